import ConcurrentMap
public import Documents
public import EditorialChecks
import GitStore
import JSONTree
public import ObjectModel
import PlantedBugs
import ThreeWayMerge
import Wording
import WorkingCopy

/// What a commit did.
public struct CommitReport: Hashable, Sendable {
  /// The new version; `nil` where nothing was left to commit after what can't be read was put aside.
  public var commit: ObjectID
  /// The documents in it, sorted by path.
  public var documents: [WorkspacePath]
  /// Documents left out, each exactly as it was found.
  public var left: [LeftOut]
  /// Those of them that got another name, because theirs is another one's on some computers; their names now.
  public var renamed: [WorkspacePath] = []
  /// How many conflicts are open in the workspace after it.
  public var openConflicts = 0
  /// What the line and the platforms have to say of the documents in it.
  public var findings: [Finding] = []
  /// How many documents nobody asked them about, because they are too many at once: all of them, or none.
  public var unchecked = 0

  /// A document that was not committed, and why.
  public struct LeftOut: Hashable, Sendable {
    public var path: WorkspacePath
    public var problem: DocumentProblem
  }
}

/// What a commit does with documents to which the line objects.
public enum Objections: Hashable, Sendable {
  /// They are committed, and the report names the findings.
  case told
  /// Nothing is committed while there is an error or a warning.
  case refused
}

extension Workspace {
  /// Makes a version of what changed.
  ///
  /// Documents are checked and written in canonical form, in the version and on disk. One that can't be read, or
  /// that its schema refuses, is left exactly as it is and named; the others are committed. Plain files are taken
  /// as they are. The line is not asked about very many at once; see ``CommitReport/unchecked``.
  ///
  /// - Parameters:
  ///   - selection: Only these files; `nil` for everything that changed.
  ///   - message: What changed and why; not empty.
  ///   - objections: What an error or a warning of the line does.
  /// - Throws: `WorkspaceError.nothingToCommit`, `.emptyMessage`, `.nothingReadable`, `.findings`.
  public func commit(
    _ selection: [WorkspacePath]?, message: String, objections: Objections = .told,
    by attribution: Attribution
  ) throws -> CommitReport {
    guard let message = commitMessage(message) else { throw WorkspaceError.emptyMessage }
    try refuseUnfinishedGit()
    return try locked(for: "commit", at: attribution.time) {
      let wanted = EngineBug.commitsTheWholeFolder.isPlanted ? nil : selection
      // A document and what is open in it are one thing, whichever of the two was named.
      let selected = try wanted.map { paths in
        let documents = try bothPlaces(of: paths.map { $0.documentOfRecord ?? $0 })
        return Set(documents.flatMap { [$0, try? $0.conflictRecord] }.compactMap(\.self))
      }
      // Where somebody says which documents, nobody has to look at the others.
      let state = try localState(only: selected.map { $0.sorted() })
      let changes = state.changes.filter { selected?.contains($0.path) ?? true }
      var plan = try commitPlan(changes, state: state, by: attribution)
      let bases = try basesKept(of: plan.edits.map(\.0))

      let tree = try tree(of: &plan, state: state)
      if tree == state.headTree {
        try bring(plan.writes, to: state.head)
        try forgetBases(bases)
        if plan.left.isEmpty {
          throw plan.writes.isEmpty ? WorkspaceError.nothingToCommit : .onlyLayoutChanged
        }
        throw WorkspaceError.nothingReadable(plan.left.map(\.problem))
      }
      let now = Instant(secondsSince1970: Int(attribution.time))
      let changed = plan.edits.filter { $0.1 != nil }.map(\.0)
      let documents = Set(plan.edits.map { $0.0.documentOfRecord ?? $0.0 })
      let toCheck = changed.count { $0.isDocument }
      let isChecked = objections == .refused || toCheck <= Self.mostCheckedOnTheWay
      let findings =
        isChecked
        ? try findings(in: tree, of: changed, at: now) + findings(ofPictures: changed, in: tree, at: now) : []
      let objecting = findings.filter { $0.level > .suggestion }
      if objections == .refused, !objecting.isEmpty { throw WorkspaceError.findings(objecting) }
      func version(_ tree: ObjectID, after parent: ObjectID?) throws -> ObjectID {
        let signature = attribution.signature
        return try objects.write(
          Commit(
            tree: tree, parents: [parent].compactMap { $0 }, author: signature, committer: signature,
            message: message))
      }
      // A conflict names whole files by their bytes, and only what a version holds is on every computer.
      let parent = try filesOnlyHere(in: plan, tree, state: state).reduce(state.head) { parent, files in
        try version(objects.tree(applying: files, to: state.headTree), after: parent)
      }
      let commit = try version(tree, after: parent)
      try advance(
        from: state.head, to: commit, writes: plan.writes, known: { state.folder[$0] },
        command: "commit")
      try forgetBases(bases)
      remember(plan.ties, of: tree)
      return CommitReport(
        commit: commit, documents: documents.sorted(), left: plan.left, renamed: plan.renamed,
        openConflicts: try openConflicts().count, findings: findings,
        unchecked: isChecked ? 0 : toCheck)
    }
  }

  /// The files that conflicts of a new version name and that no version holds: somebody's work that met others' before it
  /// was committed, where another file is shown.
  ///
  /// - Returns: The edits of a version each, of which most commits need none and nearly all others one. Nothing is open in
  ///   what it holds.
  private func filesOnlyHere(
    in plan: CommitPlan, _ tree: ObjectID, state: LocalState
  ) throws -> [[(WorkspacePath, TreeFile?)]] {
    let named = try plan.edits.compactMap { record, file -> (path: WorkspacePath, files: [ObjectID])? in
      guard let file, let path = record.documentOfRecord else { return nil }
      return try wholeFiles(namedIn: file).map { (path, $0) }
    }
    if named.isEmpty { return [] }
    // Whatever moved is known where it was.
    var known: Set<ObjectID> = []
    for (path, _) in plan.edits {
      guard let file = try state.headTree.flatMap({ try objects.file(at: path, in: $0) }) else { continue }
      known.insert(file.id)
      if path.documentOfRecord != nil { known.formUnion(try wholeFiles(namedIn: file) ?? []) }
    }
    var versions: [[(WorkspacePath, TreeFile?)]] = []
    for (path, files) in named {
      let shown = try objects.file(at: path, in: tree)
      let missing = try files.filter { try $0 != shown?.id && !known.contains($0) && sizeOfFile($0) != nil }
      for (number, id) in missing.enumerated() {
        if number == versions.count { versions.append([]) }
        versions[number].append((path, TreeFile(mode: shown?.mode ?? .file, id: id)))
        if let record = try? path.conflictRecord { versions[number].append((record, nil)) }
      }
    }
    return versions
  }

  /// The candidates of a record of whole files; `nil` for any other record.
  private func wholeFiles(namedIn record: TreeFile) throws -> [ObjectID]? {
    let recorded = OpenConflicts(recordedIn: try objects.blob(record.id))
    return recorded.isOfWholeFiles ? recorded.here?.values.compactMap(\.namedFile) : nil
  }

  /// The tree of the new version, in which no two names are one name on some computers.
  ///
  /// Files that get another name for that are renamed in the folder as well.
  private func tree(of plan: inout CommitPlan, state: LocalState) throws -> ObjectID {
    let tree = try objects.tree(applying: plan.edits, to: state.headTree)
    if EngineBug.keepsLookAlikes.isPlanted { return tree }
    let added = try plan.edits.filter { path, file in
      guard file != nil, let headTree = state.headTree else { return file != nil }
      return try objects.file(at: path, in: headTree) == nil
    }
    let separated = try treeWithoutLookAlikes(
      tree, base: state.headTree, added: Set(added.map(\.0)), in: objects)
    for change in try objects.difference(from: tree, to: separated) {
      // What had the name for the moment between two trees is no part of the version.
      plan.edits.removeAll { $0.0 == change.path || $0.0.documentOfRecord == change.path && $0.1 == nil }
      if change.new != nil {
        plan.edits.append((change.path, change.new))
        if change.path.documentOfRecord == nil { plan.renamed.append(change.path) }
      }
      if let place = plan.writes.firstIndex(where: { $0.path == change.path }) {
        plan.writes[place].new = change.new
      } else {
        plan.writes.append(FileWrite(path: change.path, expected: change.old?.id, new: change.new))
      }
    }
    return separated
  }

  struct CommitPlan {
    /// Where what is open lies in the folder.
    var records = RecordPlaces()
    var edits: [(WorkspacePath, TreeFile?)] = []
    /// New names of files whose own could not stay.
    var renamed: [WorkspacePath] = []
    /// What has to be written back, because the canonical form is not what is on disk.
    var writes: [FileWrite] = []
    var left: [CommitReport.LeftOut] = []
    /// Documents that wait for a record to be put right.
    var waiting: Set<WorkspacePath> = []
    /// What others decided, and is deleted or other than they wrote it.
    var rewritings: [WorkspacePath: DocumentProblem] = [:]
    /// What documents are tied to, by the bytes that the version holds: they were read, and the next command asks.
    var ties: [ObjectID: DocumentTies] = [:]
  }

  /// Decides for each changed file what the version holds.
  ///
  /// - Parameter attribution: Who commits; `nil` for whom git says works here.
  func commitPlan(
    _ changes: [PathChange], state: LocalState, by attribution: Attribution? = nil
  ) throws -> CommitPlan {
    var plan = CommitPlan()
    if changes.isEmpty { return plan }
    plan.rewritings = try rewritingsOfOthers(in: changes, state: state, by: attribution)
    if !EngineBug.settlesByRenaming.isPlanted { plan.records = try recordPlaces(in: state) }
    // Documents and their conflict records are one thing: an edit may settle a conflict.
    let paths = Set(changes.map { $0.path.documentOfRecord ?? $0.path }).sorted()
    // Schemas as they stand on disk: a version may bring a kind and its first document together.
    let schemaEdits = changes.filter { $0.path.components.first == "schemas" }
    let withSchemas = try objects.tree(
      applying: schemaEdits.map { ($0.path, try stored($0.path, $0.new)) }, to: state.headTree)
    let schemas = try rulebook.schemas(ofTree: withSchemas)

    var (kept, size) = ((edits: 0, writes: 0), objects.draftSize)
    for portion in paths.portions(of: 256) {
      let checked = try checkedFiles(portion, state: state, schemas: schemas)
      for path in portion {
        try decide(path, checked[path], state: state, schemas: schemas, &plan)
      }
      // What a version of many documents holds is written down while it is put together; the rest fits into memory.
      if objects.draftSize - size > Self.mostDrafted {
        try objects.keep(
          plan.edits[kept.edits...].compactMap(\.1?.id) + plan.writes[kept.writes...].compactMap(\.expected))
        (kept, size) = ((plan.edits.count, plan.writes.count), objects.draftSize)
      }
    }
    // What is in the way of one may be named for itself as well.
    var named: Set<WorkspacePath> = []
    plan.left = plan.left.filter { named.insert($0.path).inserted }
    // A document that waits is still where the newest version has it.
    let waiting = plan.waiting.union(plan.left.map(\.path))
    if !waiting.isEmpty {
      let moves = try moves(in: state).merging(plan.records.moved) { $1 }
      let stays = Set(moves.filter { waiting.contains($0.value) }.keys)
      plan.edits.removeAll { stays.contains($0.0.documentOfRecord ?? $0.0) }
      plan.writes.removeAll { stays.contains($0.path.documentOfRecord ?? $0.path) }
    }
    return plan
  }

  /// In bytes: 64 MiB.
  private static let mostDrafted = 64 << 20

  /// A file of the folder as it was read, and what its schema says of it.
  private struct CheckedFile: Sendable {
    var reading: FileReading
    var document: Result<JSONValue, DocumentProblem>
    /// The document in canonical form; nothing for one that can't be read.
    var canonicalForm: [UInt8]
    /// What it is tied to; `nil` for one that can't be read.
    var ties: DocumentTies?
  }

  /// Those of some documents that are in the folder, checked on all processors.
  private func checkedFiles(
    _ paths: ArraySlice<WorkspacePath>, state: LocalState, schemas: SchemaSet
  ) throws -> [WorkspacePath: CheckedFile] {
    let there = paths.filter { $0.isDocument && state.file(at: $0) != nil }
    let readings = zip(there, try files.read(there)).compactMap { path, reading in
      reading.map { (path: path, reading: $0) }
    }
    let checked = readings.concurrentMap(portion: 8) { path, reading in
      let document = checkDocument(path, reading.bytes, schemas: schemas)
      let value = try? document.get()
      let ties = value.flatMap { value in
        schemas.kind(of: value).flatMap { DocumentTies(of: Document(path: path, value: value, kind: $0)) }
      }
      return (
        path,
        CheckedFile(
          reading: reading, document: document, canonicalForm: value?.canonicalForm ?? [], ties: ties)
      )
    }
    return Dictionary(uniqueKeysWithValues: checked)
  }

  /// Decides for one changed file.
  private func decide(
    _ path: WorkspacePath, _ checked: CheckedFile?, state: LocalState, schemas: SchemaSet,
    _ plan: inout CommitPlan
  ) throws {
    if let problem = plan.rewritings[path] {
      plan.left.append(CommitReport.LeftOut(path: path, problem: problem))
      return
    }
    let onDisk = state.file(at: path)
    var record = try? path.conflictRecord
    let source = plan.records[path]
    if plan.records.isMoved(path), let record, try !isFree(record, comingFrom: source, &plan) {
      plan.waiting.insert(path)
      return
    }
    if let place = source, let problem = try problem(ofRecord: place, state: state) {
      let committed = try state.headTree.flatMap { try objects.file(at: place, in: $0) }
      if committed?.id != state.file(at: place)?.id {
        plan.left.append(CommitReport.LeftOut(path: place, problem: problem))
      }
      // What is open in a document goes with it, so both wait; a file of somebody’s own says nothing of another.
      let isChanged = try onDisk != state.headTree.flatMap { try objects.file(at: path, in: $0) }
      if problem.reason == .damagedRecord || !isChanged {
        plan.waiting.insert(path)
        return
      }
      record = nil
    }
    // Nobody would know any more who is of the team, or where we speak: `ligne delete` refuses it as well.
    let isNeeded = path == Self.settingsPath || schemas.kinds.contains { $0.placement.path == path.text }
    if onDisk == nil, isNeeded, try moves(in: state)[path] == nil {
      plan.left.append(
        CommitReport.LeftOut(path: path, problem: DocumentProblem(path: path, reason: .settingsDeleted)))
      return
    }
    let recordOnDisk = record.flatMap { state.file(at: $0) }
    func take(_ decided: RecordedFile, inPlaceOf found: ObjectID?) {
      plan.edits.append((path, decided.file))
      if decided.file?.id != found {
        plan.writes.append(FileWrite(path: path, expected: found, new: decided.file))
      }
      guard let record else { return }
      plan.edits.append((record, decided.record))
      if decided.record != recordOnDisk {
        plan.writes.append(FileWrite(path: record, expected: recordOnDisk?.id, new: decided.record))
      }
    }
    guard path.isDocument, onDisk != nil else {
      let file = try stored(path, onDisk)
      if let caughtUp = try catchingUp(path, file, state: state) {
        take(caughtUp, inPlaceOf: file?.id)
      } else if onDisk == nil {
        // What was open in it goes with it, in the folder as well.
        take(RecordedFile(), inPlaceOf: nil)
      } else {
        let settled = try file.flatMap { file in
          try settledRecord(source, state: state) { recorded in
            let content = FileContent(try objects.blob(file.id), of: file.id, at: path)
            let rule = content.rule(MergeRules { schemas.mergeRule(for: $0) })
            return DocumentState(content, of: file.id, recorded: recorded, rule: rule)
          }
        }
        take(RecordedFile(file: file, record: settled), inPlaceOf: file?.id)
      }
      return
    }
    guard let checked else { return }  // Gone meanwhile; the next commit sees it.
    let reading = checked.reading
    switch checked.document {
    case .failure(let problem):
      plan.left.append(CommitReport.LeftOut(path: path, problem: problem))
    case .success(let value):
      let isCanonical = checked.canonicalForm == reading.bytes
      var written = TreeFile(mode: reading.mode, id: try objects.write(blob: checked.canonicalForm))
      plan.ties[written.id] = checked.ties
      let readID = isCanonical ? written.id : try objects.write(blob: reading.bytes)
      let settled = try settledRecord(source, state: state) { recorded in
        let left = DocumentState(
          .document(value), of: readID, recorded: recorded, rule: schemas.mergeRule(for: value))
        if left.conflicts.isOfWholeFiles {
          // A file that is one of several known by their bytes is so in these alone.
          written.id = readID
        } else if let shown = left.value, shown != value {
          // An edit beside contested words changed which candidate sorts last, and that is the one a document shows: read
          // again, the other would count as somebody’s choice.
          written.id = try objects.write(blob: shown.canonicalForm)
        }
        return left
      }
      let caughtUp = try catchingUp(path, written, state: state)
      take(caughtUp ?? RecordedFile(file: written, record: settled), inPlaceOf: readID)
    }
  }

  /// Whether the record of a document that moved can stand here; what is in the way is named.
  private func isFree(
    _ place: WorkspacePath, comingFrom source: WorkspacePath?, _ plan: inout CommitPlan
  ) throws -> Bool {
    func isInTheWay(_ path: WorkspacePath) -> Bool {
      do throws(WorkingCopyError) {
        guard let reading = try files.read(path) else { return false }
        return path != place || ConflictRecord(reading: reading.bytes) == nil
      } catch {
        // A folder, a link, or something that can't be read.
        return path == place
      }
    }
    var path = [place]
    while let above = path.last?.parent { path.append(above) }
    guard let obstacle = path.reversed().first(where: { $0 != source && isInTheWay($0) }) else { return true }
    let problem = DocumentProblem(path: obstacle, reason: .noRecord)
    plan.left.append(CommitReport.LeftOut(path: obstacle, problem: problem))
    return false
  }

  /// Why a file in the folder of open conflicts is no record; `nil` for one that is, and where there is none.
  func problem(ofRecord place: WorkspacePath, state: LocalState) throws -> DocumentProblem? {
    guard state.file(at: place) != nil, let reading = try files.read(place),
      ConflictRecord(reading: reading.bytes) == nil
    else { return nil }
    return DocumentProblem(
      path: place,
      reason: try committedRecord(at: place, in: state.headTree) == nil ? .noRecord : .damagedRecord)
  }

  /// What the newest version says is open in a document; `nil` where it says nothing.
  func committedRecord(at place: WorkspacePath, in tree: ObjectID?) throws -> ConflictRecord? {
    try tree.flatMap { try objects.file(at: place, in: $0) }
      .flatMap { ConflictRecord(reading: try objects.blob($0.id)) }
  }

  /// What is left of the recorded conflicts of a file now that it says this.
  ///
  /// - Parameters:
  ///   - record: Where it lies in the folder.
  ///   - read: Reads the file with what the record says was open.
  private func settledRecord(
    _ record: WorkspacePath?, state: LocalState, _ read: (OpenConflicts) throws -> DocumentState
  ) throws -> TreeFile? {
    guard !EngineBug.settlesByCommitting.isPlanted, let record,
      state.file(at: record) != nil, let reading = try files.read(record)
    else { return nil }
    let recorded = ConflictRecord(recordedIn: reading.bytes)
    let left = try read(recorded.conflicts).conflicts
    if left.isEmpty { return nil }
    let leftRecord = ConflictRecord(left, files: recorded.files)
    return TreeFile(mode: .file, id: try objects.write(blob: leftRecord.value.canonicalForm))
  }

  /// A file that a sync passed by while others changed it, with what they did merged in; `nil` for any other.
  ///
  /// - Parameter ours: `nil` for one that is deleted now, which is a deletion against what they did.
  private func catchingUp(
    _ path: WorkspacePath, _ ours: TreeFile?, state: LocalState
  ) throws -> RecordedFile? {
    guard let base = try baseKept(of: path), let headTree = state.headTree,
      let theirs = try objects.file(at: path, in: headTree),
      // Only what is open in it may have changed since, and its record stands in the folder.
      base != theirs.id,
      // A document that nobody can read is put right by what can be read; it stays in the history.
      try !path.isDocument || isMergeable(path, theirs)
    else { return nil }
    let record = try? path.conflictRecord
    let recorded = try record.flatMap { try objects.file(at: $0, in: headTree) }
    let recordOnDisk = try ours == nil ? nil : record.flatMap { try stored($0, state.file(at: $0)) }
    return try mergeFile(
      at: path,
      // What was open when it was passed by is not known. What the file said then tells what it had to do with.
      Versions(
        base: RecordedFile(
          file: try baseToMerge(base, of: path, ours: ours, theirs: theirs), record: recorded),
        ours: RecordedFile(file: ours, record: recordOnDisk),
        theirs: RecordedFile(file: theirs, record: recorded)),
      head: state.head)
  }

  /// A plain file with its content in the store.
  func stored(_ path: WorkspacePath, _ file: TreeFile?) throws -> TreeFile? {
    guard let file else { return nil }
    if try objects.contains(file.id) { return file }
    // What is read now, not what was scanned: it may have changed in between.
    guard let reading = try files.read(path) else { return nil }
    return TreeFile(mode: reading.mode, id: try objects.write(blob: reading.bytes))
  }
}

/// The message with one final newline; `nil` for nothing but white space.
private func commitMessage(_ text: String) -> String? {
  let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
  let bytes = Array(text.utf8)
  guard let first = bytes.firstIndex(where: { !isSpace($0) }),
    let last = bytes.lastIndex(where: { !isSpace($0) })
  else { return nil }
  return String(decoding: bytes[first...last], as: UTF8.self) + "\n"
}
