import ConcurrentMap
import JSONTree
public import ObjectModel
import PlantedBugs

/// What came out of merging two trees of files.
public struct TreeMergeOutcome: Hashable, Sendable {
  public var tree: ObjectID
  /// What was settled by rule, in the order of paths.
  public var notices: [FileNotice]
}

/// A notice and the file it is about.
public struct FileNotice: Hashable, Sendable {
  public var path: WorkspacePath
  public var notice: Notice

  public init(path: WorkspacePath, notice: Notice) {
    self.path = path
    self.notice = notice
  }
}

/// Merges two trees of files that come from one.
///
/// Equal ids are never opened. A path that one side changed has that side's bytes; a path both changed is merged
/// by its content, together with its conflict record. A document is known by the `id` inside it, so one side may
/// move the file while the other edits it. Schemas are merged first, and the merged ones say how the rest merges.
/// Exchanging the sides gives the same tree.
///
/// - Parameters:
///   - versions: Ids of trees; a missing base is the empty tree.
///   - store: Where the trees are, and where the merged files and trees are written.
///   - rules: The merge rules that hold under a `schemas` folder, given by its tree id (`nil`: no such folder).
/// - Throws: What the store throws. Nothing a document holds makes a merge fail.
public func mergeTrees(
  _ versions: Versions<ObjectID?>, in store: some ObjectStore,
  rules: (_ schemas: ObjectID?) throws(ObjectStoreError) -> MergeRules
) throws(ObjectStoreError) -> TreeMergeOutcome {
  if let only = resolveTrivially(versions) {
    if let tree = only { return TreeMergeOutcome(tree: tree, notices: []) }
    return TreeMergeOutcome(tree: try store.tree(applying: [], to: nil), notices: [])
  }
  var merge = FileTreeMerge(store: store)
  let units = try merge.units(versions)

  let schemaUnits = units.filter { $0.target.isSchema }
  let schemaEdits = try merge.merge(schemaUnits, rules: .byShape)
  let withSchemas = try store.tree(applying: schemaEdits, to: versions.ours)
  let schemas = try store.folder(named: "schemas", in: withSchemas)

  let edits = try merge.merge(units.filter { !$0.target.isSchema }, rules: rules(schemas))
  let merged = try store.tree(applying: merge.separated(edits, ours: withSchemas), to: withSchemas)
  var lookAlikes = LookAlikes(
    store: store, base: versions.base, added: merge.added.ours.union(merge.added.theirs).union(merge.moved))
  let tree = try lookAlikes.separated(merged)
  merge.notices += lookAlikes.renamed.map {
    FileNotice(path: $0, notice: Notice(kind: .looksAlike, pointer: .root))
  }
  return TreeMergeOutcome(tree: tree, notices: merge.notices)
}

/// One document on its way through the merge: where it is in each version, and where it goes.
private struct Unit {
  var versions: Versions<FileVersion>
  /// Where the document was, in versions that have it elsewhere than at `target`.
  var formerPaths: Set<WorkspacePath> = []
  var target: WorkspacePath
  var isRenamedTwice = false
}

/// The files of three trees whose differences are known: to look for a file in its folder is to look at all the others.
private struct ThreeTrees {
  private let store: any ObjectStore
  private let base: ObjectID?
  private let ours, theirs: [WorkspacePath: PathChange]

  init(store: any ObjectStore, base: ObjectID?, ours: [PathChange], theirs: [PathChange]) {
    func byPath(_ changes: [PathChange]) -> [WorkspacePath: PathChange] {
      Dictionary(changes.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    }
    (self.store, self.base, self.ours, self.theirs) = (store, base, byPath(ours), byPath(theirs))
  }

  /// What stands at a path, and the record of what is open in it.
  func versions(at path: WorkspacePath) throws(ObjectStoreError) -> Versions<FileVersion> {
    let files = try files(at: path)
    guard let record = try? path.conflictRecord else { return files.map { FileVersion(file: $0) } }
    let records = try self.files(at: record)
    return Versions(
      base: FileVersion(file: files.base, record: records.base),
      ours: FileVersion(file: files.ours, record: records.ours),
      theirs: FileVersion(file: files.theirs, record: records.theirs))
  }

  private func files(at path: WorkspacePath) throws(ObjectStoreError) -> Versions<TreeFile?> {
    let (ours, theirs) = (ours[path], theirs[path])
    let old: TreeFile?
    if let change = ours ?? theirs {
      old = change.old
    } else {
      guard let base else { return Versions(base: nil, ours: nil, theirs: nil) }
      old = try store.file(at: path, in: base)
    }
    return Versions(base: old, ours: ours.map(\.new) ?? old, theirs: theirs.map(\.new) ?? old)
  }
}

/// The contents of a unit, as they are read.
private struct Source: Sendable {
  var bytes, records: Versions<[UInt8]?>
  var ids: Versions<ObjectID?>
  var isJSON: Bool

  /// In bytes, without the records.
  var size: Int {
    let files = bytes
    return [files.base, files.ours, files.theirs].reduce(0) { $0 + ($1?.count ?? 0) }
  }

  func merged(by rules: MergeRules) -> Content {
    let read = FileStates(bytes, records: records, ids: ids, isJSON: isJSON, rules: rules)
    var outcome = mergeJSON(read.states, rule: read.rule)
    if read.form == .opaque {
      // Who comes to ask something in a file has changed it, and it is not gone with somebody's deletion.
      if outcome.state.value == nil { outcome = mergeJSON(read.statesWithQuestions, rule: read.rule) }
      let state = outcome.state.offering(read.settled).showingOne(of: read.states)
      return wholeFile(state, waiting: read.waiting, outcome.notices, rules)
    }
    let file = outcome.state.value.map { value -> Content.File in
      read.form == .json
        ? .bytes(read.documents.canonicalForm(of: value)) : .bytes(Array((value.text ?? "").utf8))
    }
    return Content(file: file, conflicts: outcome.state.conflicts, notices: outcome.notices)
  }

  /// A file of a side, or several; what is open inside goes on waiting unless a document is all that is left.
  private func wholeFile(
    _ state: DocumentState, waiting: OpenConflicts, _ notices: [Notice], _ rules: MergeRules
  ) -> Content {
    guard let name = state.value?.text else {
      return Content(file: nil, conflicts: state.conflicts, notices: notices)
    }
    var content = Content(
      file: .named(name), conflicts: waiting.with(here: state.conflicts.here), files: texts, notices: notices)
    guard !waiting.isEmpty, !state.conflicts.isOfWholeFiles, let (id, bytes) = self.file(named: name),
      case .document(let document) = FileContent(bytes, of: id, isJSON: isJSON)
    else { return content }
    let read = DocumentState(chosen: .document(document), waiting: waiting, rule: rules.rule(for: document))
    content.conflicts = read.conflicts.with(here: state.conflicts.here)
    if let value = read.value, value != document { content.file = .bytes(value.canonicalForm) }
    return content
  }

  private var files: [(id: ObjectID, bytes: [UInt8])] {
    [(ids.ours, bytes.ours), (ids.theirs, bytes.theirs), (ids.base, bytes.base)].compactMap { id, bytes in
      id.flatMap { id in bytes.map { (id, $0) } }
    }
  }

  private func file(named name: String) -> (id: ObjectID, bytes: [UInt8])? {
    files.first { $0.id.hex == name }
  }

  /// The texts of the versions that can be read, and those that their records have. A merge does not know which of them it made
  /// itself.
  private var texts: [ObjectID: [UInt8]] {
    var texts: [ObjectID: [UInt8]] = [:]
    for record in [records.base, records.ours, records.theirs] {
      if let record { texts.merge(ConflictRecord(recordedIn: record).files) { first, _ in first } }
    }
    for (id, bytes) in files where bytes.count <= Self.mostBytesInRecord {
      if case .opaque = FileContent(bytes, of: id, isJSON: isJSON) { continue }
      texts[id] = bytes
    }
    return texts
  }

  /// A document is kilobytes.
  private static let mostBytesInRecord = 1 << 20
}

/// What merging them gave, ready to be written.
private struct Content: Sendable {
  enum File: Sendable {
    case bytes([UInt8])
    /// One that is there already, by the object id it has.
    case named(String)
  }

  var file: File?
  var conflicts: OpenConflicts
  /// What is known of the files that are candidates.
  var files: [ObjectID: [UInt8]] = [:]
  var notices: [Notice]
}

private typealias Edit = (WorkspacePath, TreeFile?)

private struct FileTreeMerge {
  let store: any ObjectStore
  var notices: [FileNotice] = []
  /// Paths that only one side added, so that a file can make way for a folder of the other.
  private(set) var added = Versions<Set<WorkspacePath>>(base: [], ours: [], theirs: [])
  /// Where documents went that neither side has there.
  private(set) var moved: Set<WorkspacePath> = []
  /// What either side removed.
  private var removed: Set<WorkspacePath> = []

  init(store: any ObjectStore) { self.store = store }

  /// All documents that `theirs` changed or that both changed, grouped with their conflict records.
  mutating func units(_ trees: Versions<ObjectID?>) throws(ObjectStoreError) -> [Unit] {
    let ours = try store.difference(from: trees.base, to: trees.ours)
    let theirs = try store.difference(from: trees.base, to: trees.theirs)
    let files = ThreeTrees(store: store, base: trees.base, ours: ours, theirs: theirs)
    added.ours = Set(ours.filter { $0.old == nil }.map(\.path))
    added.theirs = Set(theirs.filter { $0.old == nil }.map(\.path))
    removed = Set((ours + theirs).filter { $0.new == nil && $0.path.documentOfRecord == nil }.map(\.path))

    let oursMoves = try moves(in: ours)
    let theirsMoves = try moves(in: theirs)
    let oursChanged = changedFiles(ours)
    let theirsChanged = changedFiles(theirs)
    let (oursArrivals, theirsArrivals) = (Set(oursMoves.values), Set(theirsMoves.values))

    var units: [Unit] = []
    let paths = Set(oursChanged.keys).union(theirsChanged.keys)
    for path in paths.sorted() {
      if oursArrivals.contains(path) || theirsArrivals.contains(path) {
        // A document that the other side added here is another one, and belongs here.
        if added.theirs.contains(path), !theirsArrivals.contains(path) {
          units.append(
            Unit(
              versions: Versions(
                base: FileVersion(), ours: FileVersion(), theirs: try files.versions(at: path).theirs),
              target: path))
        } else if added.ours.contains(path), !oursArrivals.contains(path) {
          units.append(
            Unit(
              versions: Versions(
                base: FileVersion(), ours: try files.versions(at: path).ours, theirs: FileVersion()),
              target: path))
        }
        continue
      }
      let (oursPath, theirsPath) = (oursMoves[path] ?? path, theirsMoves[path] ?? path)
      // A place that the other side gave to another document is not to be had: the document stays where it was.
      let oursIsBlocked = oursPath != theirsPath && oursPath != path && added.theirs.contains(oursPath)
      let theirsIsBlocked = oursPath != theirsPath && theirsPath != path && added.ours.contains(theirsPath)
      let (oursGoal, theirsGoal) = (oursIsBlocked ? path : oursPath, theirsIsBlocked ? path : theirsPath)
      let target =
        oursGoal == path ? theirsGoal : theirsGoal == path ? oursGoal : min(oursGoal, theirsGoal)
      let isUntouchedByTheirs = theirsChanged[path] == nil && theirsPath == path
      if isUntouchedByTheirs, !oursIsBlocked { continue }
      let versions = Versions(
        base: try files.versions(at: path).base, ours: try files.versions(at: oursPath).ours,
        theirs: try files.versions(at: theirsPath).theirs)
      units.append(
        Unit(
          versions: versions, formerPaths: Set([path, oursPath, theirsPath]).subtracting([target]),
          target: target,
          isRenamedTwice: oursPath != path && theirsPath != path && oursPath != theirsPath))
    }
    return units
  }

  mutating func merge(_ units: [Unit], rules: MergeRules) throws(ObjectStoreError) -> [Edit] {
    var edits: [Edit] = []
    var place = 0
    while place < units.count {
      let start = place
      var (sources, size) = ([Source](), 0)
      // Some at a time, and few big ones: three versions of each are in memory, and what comes of them.
      while place < units.count, place - start < 256, size < 16 << 20 {
        if resolveTrivially(units[place].versions) == nil {
          let source = try source(of: units[place])
          size += source.size
          sources.append(source)
        }
        place += 1
      }
      // What is planted into the engine is so in the task that merges.
      var contents = sources.concurrentMap(portion: EngineBug.canBePlanted ? .max : 4) {
        $0.merged(by: rules)
      }[...]
      for unit in units[start..<place] {
        let only = resolveTrivially(unit.versions)
        let merged = if let only { only } else { try write(contents.removeFirst(), of: unit) }
        for former in unit.formerPaths.sorted() {
          edits.append((former, nil))
          if let record = try? former.conflictRecord { edits.append((record, nil)) }
        }
        edits.append((unit.target, merged.file))
        if merged.file != nil, !unit.formerPaths.isEmpty { moved.insert(unit.target) }
        let losesRecord = EngineBug.losesRecordsOnTheMove.isPlanted && !unit.formerPaths.isEmpty
        if let record = try? unit.target.conflictRecord {
          edits.append((record, losesRecord ? nil : merged.record))
        }
        if unit.isRenamedTwice {
          notices.append(
            FileNotice(path: unit.target, notice: Notice(kind: .renamedTwice, pointer: .root)))
        }
      }
    }
    return edits
  }

  private func source(of unit: Unit) throws(ObjectStoreError) -> Source {
    let versions = unit.versions
    return Source(
      bytes: Versions(
        base: try bytes(versions.base.file), ours: try bytes(versions.ours.file),
        theirs: try bytes(versions.theirs.file)),
      records: Versions(
        base: try bytes(versions.base.record), ours: try bytes(versions.ours.record),
        theirs: try bytes(versions.theirs.record)),
      ids: versions.map { $0.file?.id }, isJSON: unit.target.isJSON)
  }

  private mutating func write(_ content: Content, of unit: Unit) throws(ObjectStoreError) -> FileVersion {
    notices += content.notices.map { FileNotice(path: unit.target, notice: $0) }
    return FileVersion(
      file: try file(content, versions: unit.versions), record: try record(of: content))
  }

  private func file(
    _ content: Content, versions: Versions<FileVersion>
  ) throws(ObjectStoreError) -> TreeFile? {
    guard let merged = content.file else { return nil }
    let modes = versions.map { $0.file?.mode }
    let mode = (resolveTrivially(modes) ?? .file) ?? .file
    switch merged {
    case .bytes(let bytes): return TreeFile(mode: mode, id: try store.write(blob: bytes))
    case .named(let name):
      let sides = [versions.ours.file, versions.theirs.file, versions.base.file].compactMap { $0 }
      return sides.first { $0.id.hex == name }.map { TreeFile(mode: mode, id: $0.id) }
        ?? ObjectID(hex: name).map { TreeFile(mode: mode, id: $0) }
    }
  }

  private func record(of content: Content) throws(ObjectStoreError) -> TreeFile? {
    if content.conflicts.isEmpty { return nil }
    let record = ConflictRecord(content.conflicts, files: content.files)
    return TreeFile(mode: .file, id: try store.write(blob: record.value.canonicalForm))
  }

  private func bytes(_ file: TreeFile?) throws(ObjectStoreError) -> [UInt8]? {
    guard let file else { return nil }
    return try store.blob(file.id)
  }

  /// The changed paths, conflict records counted as their documents.
  private func changedFiles(_ changes: [PathChange]) -> [WorkspacePath: Bool] {
    var changed: [WorkspacePath: Bool] = [:]
    for change in changes { changed[change.path.documentOfRecord ?? change.path] = true }
    return changed
  }

  /// The documents one side moved: old path to new path, known by the id inside.
  private func moves(in changes: [PathChange]) throws(ObjectStoreError) -> [WorkspacePath: WorkspacePath] {
    let isDocument = { (path: WorkspacePath) in path.isJSON && path.documentOfRecord == nil }
    let removed = changes.filter { $0.new == nil && isDocument($0.path) }
    let added = changes.filter { $0.old == nil && isDocument($0.path) }
    if removed.isEmpty || added.isEmpty { return [:] }
    var arrivals: [JSONString: WorkspacePath] = [:]
    for change in added {
      guard let id = try documentID(change.new) else { continue }
      arrivals[id] = arrivals[id].map { min($0, change.path) } ?? change.path
    }
    var moves: [WorkspacePath: WorkspacePath] = [:]
    for change in removed {
      if let id = try documentID(change.old), let arrival = arrivals.removeValue(forKey: id) {
        moves[change.path] = arrival
      }
    }
    return moves
  }

  private func documentID(_ file: TreeFile?) throws(ObjectStoreError) -> JSONString? {
    guard let bytes = try bytes(file) else { return nil }
    return (try? JSONValue(parsing: bytes))?["id"]?.string
  }

  /// Where one side has a file of a name and the other a folder, the file makes way: its name gets a mark that
  /// depends on its bytes only, and its open conflicts go with it.
  ///
  /// - Returns: The edits with each path once.
  func separated(_ edits: [Edit], ours tree: ObjectID) throws(ObjectStoreError) -> [Edit] {
    // A document that takes the place of one that left is set there, in whatever order they come.
    var last: [WorkspacePath: TreeFile?] = [:]
    for (path, file) in edits where file != nil || last[path] == nil { last.updateValue(file, forKey: path) }

    let standing = added.ours.filter { last[$0] == nil }.union(last.filter { $0.value != nil }.keys)
      .filter { $0.documentOfRecord == nil }
    for path in standing.intersection(folders(of: standing)).sorted() {
      let file = if let edited = last[path] { edited } else { try store.file(at: path, in: tree) }
      guard let file, let aside = try? WorkspacePath(path.text + "-" + file.id.hex.prefix(8)) else {
        continue
      }
      last.updateValue(file, forKey: aside)
      last.updateValue(nil, forKey: path)
      guard let record = try? path.conflictRecord, let recordAside = try? aside.conflictRecord else {
        continue
      }
      let open = if let edited = last[record] { edited } else { try store.file(at: record, in: tree) }
      if let open { last.updateValue(open, forKey: recordAside) }
      last.updateValue(nil, forKey: record)
    }
    try dropRecordsOfNothing(&last, ours: tree)
    try dropRecordsInTheWay(&last, ours: tree)
    return last.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Plain git may leave the record of a document that it deletes. It says nothing, and its name may stand in the way of
  /// another's on computers that take the two for one.
  private func dropRecordsOfNothing(
    _ edits: inout [WorkspacePath: TreeFile?], ours tree: ObjectID
  ) throws(ObjectStoreError) {
    func standing(_ path: WorkspacePath) throws(ObjectStoreError) -> TreeFile? {
      if let edited = edits[path] { return edited }
      return try store.file(at: path, in: tree)
    }
    let records = added.ours.union(added.theirs).filter { $0.documentOfRecord != nil }
    let former = removed.compactMap { try? $0.conflictRecord }
    // By the trees, not by what was dropped before: a record may be that of a record.
    var dropped: [WorkspacePath] = []
    for record in records.union(former) {
      guard let file = try standing(record), let document = record.documentOfRecord,
        try standing(document) == nil,
        // Anybody may have a folder of that name with something else in it.
        try !OpenConflicts(recordedIn: store.blob(file.id)).isEmpty
      else { continue }
      dropped.append(record)
    }
    for record in dropped { edits.updateValue(nil, forKey: record) }
  }

  /// Of a file and a folder of one name only one is left by now, and so is one record: that of the other belongs to no
  /// document any more. Plain git leaves such records behind.
  private func dropRecordsInTheWay(
    _ edits: inout [WorkspacePath: TreeFile?], ours tree: ObjectID
  ) throws(ObjectStoreError) {
    let records = edits.filter { $0.value != nil && $0.key.documentOfRecord != nil }.keys.sorted()
    for record in records {
      for above in folders(of: [record]).sorted() where above.documentOfRecord != nil {
        let other = if let edited = edits[above] { edited } else { try store.file(at: above, in: tree) }
        guard other != nil, let document = above.documentOfRecord else { continue }
        let standing =
          if let edited = edits[document] { edited } else { try store.file(at: document, in: tree) }
        edits.updateValue(nil, forKey: standing == nil ? above : record)
      }
    }
  }

  private func folders(of paths: Set<WorkspacePath>) -> Set<WorkspacePath> {
    var folders: Set<WorkspacePath> = []
    for path in paths {
      var folder = path.parent
      while let current = folder, folders.insert(current).inserted { folder = current.parent }
    }
    return folders
  }
}

extension WorkspacePath {
  fileprivate var isSchema: Bool {
    components.count == 2 && components[0].utf8.elementsEqual("schemas".utf8)
  }
}

extension ObjectStore {
  /// The tree of a folder at the top of a tree; `nil` where there is none.
  public func folder(named name: String, in tree: ObjectID) throws(ObjectStoreError) -> ObjectID? {
    try self.tree(tree).entries.first { $0.mode == .directory && $0.name.elementsEqual(name.utf8) }?.id
  }
}
