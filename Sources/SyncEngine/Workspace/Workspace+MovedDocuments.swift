import Documents
import GitStore
import JSONTree
import ObjectModel
import ThreeWayMerge
import WorkingCopy

/// Documents that somebody renamed in a file manager, and what is open in them.
///
/// A question lies in `conflicts/` under the name of its document, and whoever renames a document there renames it alone.
/// Nobody has answered anything by that. So until a version knows the new place, the record stays under the name that the
/// newest version has for the document, however often it is moved, and whoever looks for what is open in a document looks
/// there (``RecordPlaces``). The commit of the move moves the record as well.
extension Workspace {
  /// Documents that are gone from their place and stand where the newest version has none, old place to new: what a merge of
  /// the next version takes for a move.
  func moves(in state: LocalState) throws -> [WorkspacePath: WorkspacePath] {
    let gone = try state.changes.filter { $0.new == nil && $0.path.isDocument }.map(departure)
    return try moves(of: gone, among: state.changes)
  }

  /// The same from one version to another.
  func moves(from old: ObjectID?, to new: ObjectID) throws -> [WorkspacePath: WorkspacePath] {
    let changes = try objects.difference(from: old, to: new)
    let gone = try changes.filter { $0.new == nil && $0.path.documentOfRecord == nil }.map(departure)
    return try moves(of: gone, among: changes)
  }

  /// Where the records of documents lie in the folder.
  ///
  /// - Parameters:
  ///   - conflicts: The folder of what is open, where somebody has looked into it.
  ///   - state: The folder, where somebody has looked at it; whatever it leaves out is taken to be in its place.
  func recordPlaces(
    among conflicts: SmallFolder? = nil, in state: LocalState? = nil
  ) throws -> RecordPlaces {
    let conflicts = try conflicts ?? smallFolder(WorkspacePath("conflicts"))
    let documents = Set(conflicts.files.keys.compactMap(\.documentOfRecord))
    if documents.isEmpty { return RecordPlaces() }
    // Nearly always each lies beside its document, and nobody has to look at any other.
    let beside = try state ?? localState(only: documents.sorted())
    var gone = try beside.changes.filter { $0.new == nil && documents.contains($0.path) }.map(departure)
    // What others deleted or moved and somebody here had changed stays in its place, where no version has it, and asks.
    let changed = Set(beside.changes.map(\.path))
    var unknown = documents.subtracting(changed).sorted().compactMap { path in
      beside.folder[path] == nil && !beside.refused.hide(path) ? Departure(path: path, marks: []) : nil
    }
    if gone.isEmpty, unknown.isEmpty { return RecordPlaces() }
    // Somebody may have put another document in the place of one before others' work came beside that.
    let (carried, committed) = (try carriedTree(), try tree(of: head()))
    func learn(_ departures: inout [Departure]) throws {
      for index in departures.indices {
        let path = departures[index].path
        departures[index].marks += try marks(inRecordOf: path)
        departures[index].marks += try carried.map { try marks(ofFileAt: path, in: $0) } ?? []
        // A record that a version has without its document was left behind by plain git.
        let isLeftBehind =
          try committed.map { tree in
            try objects.file(at: path.conflictRecord, in: tree) != nil
              && objects.file(at: path, in: tree) == nil
          } ?? false
        departures[index].file =
          isLeftBehind ? nil : try carried.flatMap { try objects.file(at: path, in: $0)?.id }
      }
    }
    try learn(&gone)
    try learn(&unknown)
    let all = try state ?? localState()
    let others = try all.changes.filter {
      $0.new == nil && $0.path.isDocument && !documents.contains($0.path)
    }.map(departure)
    return RecordPlaces(
      moved: try moves(of: gone, others, unknown, among: all.changes).filter { document, now in
        // Where no record can lie, or another one does, nothing can go along.
        try documents.contains(document) && !documents.contains(now) && (try? now.conflictRecord) != nil
          && problem(ofRecord: document.conflictRecord, state: all)?.reason != .noRecord
      })
  }

  /// Where the records of some documents lie, or would, had they one.
  func recordPlaces(ofAny documents: [WorkspacePath], under version: ObjectID?) throws -> RecordPlaces {
    if documents.isEmpty { return RecordPlaces() }
    let tree = try self.tree(of: version)
    let areCommitted = try documents.allSatisfy { path in
      try path.documentOfRecord != nil || tree.map { try objects.file(at: path, in: $0) != nil } ?? false
    }
    if areCommitted { return try recordPlaces() }
    let state = try localState()
    return RecordPlaces(moved: try moves(in: state).merging(recordPlaces(in: state).moved) { $1 })
  }

  /// What the record of a document says that it was, where that is open.
  private func marks(inRecordOf document: WorkspacePath) throws -> [Mark] {
    guard let bytes = try files.read(document.conflictRecord)?.bytes else { return [] }
    let recorded = OpenConflicts(recordedIn: bytes)
    let whole = (recorded.here.map { [$0.base].compactMap(\.self) + $0.values } ?? []).map { $0["id"] }
    let ids = whole + (recorded["/id"]?.values ?? [])
    return Set(ids.compactMap { $0?.string }).sorted().map(Mark.document)
  }

  /// What was not committed when others' work last came beside it.
  private func carriedTree() throws -> ObjectID? {
    try repository.reference(SyncReferences.carried).flatMap {
      try objects.header(of: $0)?.kind == .commit ? objects.commit($0).tree : nil
    }
  }

  private func marks(ofFileAt path: WorkspacePath, in tree: ObjectID) throws -> [Mark] {
    try objects.file(at: path, in: tree).map { try marks(of: $0, at: path) } ?? []
  }

  /// Where files went that are not in their place any more.
  ///
  /// They went to a place that is new. What no version has may also be where the newest version has the same document, or
  /// something that nobody can read: nothing says that this is another one.
  ///
  /// - Parameters:
  ///   - gone: Those of the newest version in which something may be open. To lose a question is worse than to ask it in a
  ///     copy, so of several that may have gone to one place one of these did.
  ///   - others: The rest of the newest version, if anybody asks: none of them is known by its name alone.
  ///   - unknown: Those that no version has.
  private func moves(
    of gone: [Departure], _ others: [Departure] = [], _ unknown: [Departure] = [], among changes: [PathChange]
  ) throws -> [WorkspacePath: WorkspacePath] {
    if gone.isEmpty, unknown.isEmpty { return [:] }
    var arrivals: [Mark: [WorkspacePath]] = [:]
    var returns: [Mark: [WorkspacePath]] = [:]
    var arrivedFiles: [Mark: [WorkspacePath]] = [:]
    for change in changes where change.path.documentOfRecord == nil {
      guard let new = change.new else { continue }
      let isReturn = change.old != nil
      if !isReturn { arrivedFiles[.bytes(new.id), default: []].append(change.path) }
      if isReturn, unknown.isEmpty { continue }
      var marks = try marks(of: new, at: change.path)
      if let old = change.old, try !isUnreadable(old, at: change.path) {
        // What can be read there is another one, or this very document, which others moved there.
        let before = try self.marks(of: old, at: change.path)
        marks = marks.filter { $0.isID && before.contains($0) }
      }
      for mark in marks {
        if isReturn {
          returns[mark, default: []].append(change.path)
        } else {
          arrivals[mark, default: []].append(change.path)
        }
      }
    }
    var moves: [WorkspacePath: WorkspacePath] = [:]
    var taken: Set<WorkspacePath> = []
    let (carried, committed) = (try carriedTree(), try tree(of: head()))
    /// Whether a file asks something of its own, or was where it is already when a document left its place: in the folder as
    /// others’ work last came beside it, unless the document was gone from its place by then and is where it was then. So what
    /// was there then may be where it went, and what is new since is not.
    func hasNotComeFrom(_ place: WorkspacePath, _ wasElsewhere: Bool) throws -> Bool {
      // Where no record can lie, nothing is asked.
      if let record = try? place.conflictRecord, try files.read(record) != nil { return true }
      guard let carried else { return false }
      let wasThere = try objects.file(at: place, in: carried) != nil
      return wasElsewhere ? !wasThere : wasThere
    }
    /// Whether a document of the newest version was elsewhere in a folder, and has not gone on from there.
    func hadArrived(_ document: Departure, in folder: ObjectID) throws -> Bool {
      guard let committed, try objects.file(at: document.path, in: committed) != nil,
        let record = try? document.path.conflictRecord, try objects.file(at: record, in: folder) != nil,
        try objects.file(at: document.path, in: folder) == nil
      else { return false }
      let places = try objects.difference(from: committed, to: folder).filter { change in
        guard change.old == nil, change.path.documentOfRecord == nil, let file = change.new else {
          return false
        }
        return try !Set(marks(of: file, at: change.path)).isDisjoint(with: document.marks)
      }.map(\.path)
      // Of several with its id the one that is still called so had it.
      let name = Mark.unreadable(at: document.path)
      let called = places.filter { Mark.unreadable(at: $0) == name }
      return try (called.isEmpty ? places : called).allSatisfy { try readingOfFile(at: $0) != nil }
    }
    func find(_ document: Departure, by marks: [Mark], among arrivals: [Mark: [WorkspacePath]]) throws {
      if moves[document.path] != nil { return }
      let name = Mark.unreadable(at: document.path)
      // It may have been damaged on the way.
      let places = try marks.flatMap { mark in
        let found = arrivals[mark] ?? []
        if found.count < 2 { return found }
        // Of copies with the same id the one in which the most is still open, and of several the one that is still called so.
        let ranked = try found.enumerated().map { index, place in
          let isCalledSo = Mark.unreadable(at: place) == name
          return (place, rank: (-(try asked(in: place, by: document.path)), isCalledSo ? 0 : 1, index))
        }
        return ranked.sorted { $0.rank < $1.rank }.map(\.0)
      }
      // A copy that stood there before has not come from anywhere.
      let wasElsewhere = try places.count > 1 && carried.map { try hadArrived(document, in: $0) } ?? false
      let stood = places.count < 2 ? [] : try places.filter { try hasNotComeFrom($0, wasElsewhere) }
      let candidates = places.filter { !stood.contains($0) } + stood
      guard let arrival = candidates.first(where: { !taken.contains($0) }) else { return }
      moves[document.path] = arrival
      taken.insert(arrival)
    }
    // What another one with the same id may have left is not where the very text of one that asks stands.
    func findText(of document: Departure) throws {
      if let file = document.file { try find(document, by: [.bytes(file)], among: arrivedFiles) }
    }
    for document in gone { try findText(of: document) }
    // Of several with one id that went, each is first where its very text is.
    let bearers = gone.flatMap { Set($0.marks.filter(\.isID)) }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    for document in gone where document.marks.contains(where: { bearers[$0, default: 0] > 1 }) {
      if let text = document.text { try find(document, by: [.bytes(text)], among: arrivedFiles) }
    }
    for document in gone {
      try find(document, by: document.marks + [.unreadable(at: document.path)], among: arrivals)
    }
    for document in unknown { try findText(of: document) }
    for document in others { try find(document, by: document.marks.filter { !$0.isName }, among: arrivals) }
    for document in unknown {
      let marks = document.marks + [.unreadable(at: document.path)]
      try find(document, by: marks, among: arrivals)
      try find(document, by: marks, among: returns)
    }
    return moves
  }

  private func isUnreadable(_ file: TreeFile, at path: WorkspacePath) throws -> Bool {
    path.isJSON ? (try? JSONValue(parsing: objects.blob(file.id))) == nil : false
  }

  /// How much of what a record asks of one document is open in another.
  private func asked(in document: WorkspacePath, by recorded: WorkspacePath) throws -> Int {
    guard let record = try? recorded.conflictRecord, let recorded = try files.read(record)?.bytes,
      let bytes = try files.read(document)?.bytes
    else { return 0 }
    let id = ObjectID(blob: bytes)
    let content = FileContent(bytes, of: id, at: document)
    let rules = try rulebook.mergeRules(
      in: tree(of: head()).flatMap { try objects.folder(named: "schemas", in: $0) })
    let state = DocumentState(
      content, of: id, recorded: OpenConflicts(recordedIn: recorded), rule: content.rule(rules))
    return state.conflicts.list.count
  }

  /// A file that is not in its place any more, and what it is known by, the surest first.
  private struct Departure {
    var path: WorkspacePath
    var marks: [Mark]
    /// What the newest version has there.
    var text: ObjectID?
    /// What was there when others' work last came beside it.
    var file: ObjectID?
  }

  /// Of what the newest version has.
  private func departure(_ change: PathChange) throws -> Departure {
    Departure(
      path: change.path, marks: try change.old.map { try marks(of: $0, at: change.path) } ?? [],
      text: change.old?.id)
  }

  /// What a file is known by, wherever it lies.
  private enum Mark: Hashable {
    /// The id inside, or in the name while nobody can read it.
    case document(JSONString)
    /// Of what has no id.
    case bytes(ObjectID)
    /// The name of a document that nobody can read, in bytes and small letters.
    case unreadable([UInt8])

    var isID: Bool { if case .document = self { true } else { false } }
    var isName: Bool { if case .unreadable = self { true } else { false } }

    static func unreadable(at path: WorkspacePath) -> Mark { .unreadable(Array(path.name.lowercased().utf8)) }
  }

  /// The surest first.
  private func marks(of file: TreeFile, at path: WorkspacePath) throws -> [Mark] {
    guard path.isJSON else { return [.bytes(file.id)] }
    let bytes = try objects.contains(file.id) ? objects.blob(file.id) : files.read(path)?.bytes
    if let document = bytes.flatMap({ try? JSONValue(parsing: $0) }) {
      return document["id"]?.string.map { [.document($0)] } ?? [.bytes(file.id)]
    }
    let named = path.idInName.map { [Mark.document(JSONString($0))] } ?? []
    return named + [.bytes(file.id), .unreadable(at: path)]
  }

  /// Some paths, and beside each that one half of a move is named by the other half.
  func bothPlaces(of paths: [WorkspacePath]) throws -> [WorkspacePath] {
    let records = paths.compactMap { try? $0.conflictRecord }
    let near = try localState(only: (paths + records).sorted())
    let mayHaveMoved = paths.contains { path in
      let change = near.changes.first { $0.path == path }
      if let change { return (change.old == nil) != (change.new == nil) }
      // In no version, and not there: what its record asks may be asked elsewhere.
      return near.folder[path] == nil
    }
    if !mayHaveMoved { return paths }
    let state = try localState()
    let moves = try moves(in: state).merging(recordPlaces(in: state).moved) { $1 }
    let named = Set(paths)
    return paths
      + moves.flatMap { old, new in named.contains(old) ? [new] : named.contains(new) ? [old] : [] }
  }

  // MARK: - As a version has it, and as the folder has it

  /// What is different in a version that holds what the folder holds: there each record is beside its document.
  func edits(bringingAlong records: RecordPlaces, in state: LocalState) throws -> [(WorkspacePath, TreeFile?)]
  {
    try edits(records.moved) { document, now in
      let record = try document.conflictRecord
      // One that was damaged is what it was in the newest version.
      let isReadable = try problem(ofRecord: record, state: state) == nil
      let file =
        isReadable
        ? try stored(record, state.file(at: record))
        : try state.headTree.flatMap { try objects.file(at: record, in: $0) }
      return (from: record, to: try now.conflictRecord, file)
    }
  }

  /// Where the folder shall have the records of a tree in which each is beside its document: under the names that a version
  /// has for their documents.
  func recordPlaces(of tree: ObjectID, under version: ObjectID?) throws -> RecordPlaces {
    let records = try objects.files(in: tree, under: WorkspacePath("conflicts")).map(\.path)
    let open = Set(records.compactMap(\.documentOfRecord))
    if open.isEmpty { return RecordPlaces() }
    return RecordPlaces(moved: try moves(from: version, to: tree).filter { open.contains($0.value) })
  }

  /// What is different in a folder that has the records there.
  func edits(leaving records: RecordPlaces, of tree: ObjectID) throws -> [(WorkspacePath, TreeFile?)] {
    try edits(records.moved) { document, now in
      let record = try now.conflictRecord
      return (from: record, to: try document.conflictRecord, try objects.file(at: record, in: tree))
    }
  }

  private func edits(
    _ moved: [WorkspacePath: WorkspacePath],
    _ move: (_ document: WorkspacePath, _ now: WorkspacePath) throws -> (
      from: WorkspacePath, to: WorkspacePath, TreeFile?
    )
  ) throws -> [(WorkspacePath, TreeFile?)] {
    var edits: [WorkspacePath: TreeFile?] = [:]
    for (from, to, file) in try moved.map({ try move($0, $1) }) {
      // Where another comes, what it left is covered.
      if edits[from] == nil { edits.updateValue(nil, forKey: from) }
      edits.updateValue(file, forKey: to)
    }
    return edits.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

/// Where the records of documents lie in the folder: beside them, but for those of documents that moved.
struct RecordPlaces {
  /// Documents that lie elsewhere than their records, by where the newest version has them.
  private(set) var moved: [WorkspacePath: WorkspacePath] = [:]
  private var origins: [WorkspacePath: WorkspacePath] = [:]

  init(moved: [WorkspacePath: WorkspacePath] = [:]) {
    self.moved = moved
    for (old, now) in moved { origins[now] = old }
  }

  /// Where the record of the document at a path lies; `nil` where none can, and of a place that its document has left.
  subscript(_ document: WorkspacePath) -> WorkspacePath? {
    if let origin = origins[document] { return try? origin.conflictRecord }
    return moved[document] == nil ? try? document.conflictRecord : nil
  }

  /// Where the document of a record is.
  func document(of record: WorkspacePath) -> WorkspacePath? {
    record.documentOfRecord.map { moved[$0] ?? $0 }
  }

  /// Where a document is that somebody may call by its old place.
  ///
  /// - Parameter isThere: Whether a file stands at that place.
  func whereabouts(of document: WorkspacePath, isThere: Bool) -> WorkspacePath {
    isThere ? document : moved[document] ?? document
  }

  /// Whether a document is not where the newest version has it.
  func isMoved(_ document: WorkspacePath) -> Bool { origins[document] != nil }
}
