import Documents
import GitStore
import JSONTree
import ObjectModel
import PlantedBugs
import ThreeWayMerge
import WorkingCopy

/// Documents that somebody renamed in a file manager, and what is open in them.
///
/// A question lies in `conflicts/` under the name of its document, and whoever renames a document there renames it alone.
/// Nobody has answered anything by that: the question goes along.
extension Workspace {
  /// Where documents went that are not where the newest version has them: old path to new, known by the id inside.
  ///
  /// It is what a merge of the next version takes for a move.
  func moves(in state: LocalState) throws -> [WorkspacePath: WorkspacePath] {
    let documents = state.changes.filter { $0.path.isDocument }
    let gone = documents.filter { $0.new == nil }
    if gone.isEmpty { return [:] }
    var arrivals: [JSONString: WorkspacePath] = [:]
    for path in documents.filter({ $0.old == nil }).map(\.path) {
      guard let id = try files.read(path).flatMap({ documentID($0.bytes) }) else { continue }
      arrivals[id] = arrivals[id] ?? path
    }
    var moves: [WorkspacePath: WorkspacePath] = [:]
    for change in gone where !arrivals.isEmpty {
      guard let old = change.old, let id = documentID(try objects.blob(old.id)) else { continue }
      if let arrival = arrivals.removeValue(forKey: id) { moves[change.path] = arrival }
    }
    return moves
  }

  /// Some paths, and beside each that one half of a move is named by the other half.
  func bothPlaces(of paths: [WorkspacePath]) throws -> [WorkspacePath] {
    let tree = try tree(of: head())
    let mayHaveMoved = try paths.contains { path in
      guard path.isDocument else { return false }
      let isCommitted = try tree.flatMap { try objects.file(at: path, in: $0) } != nil
      return try isCommitted != (files.read(path) != nil)
    }
    if !mayHaveMoved { return paths }
    let named = Set(paths)
    return try paths
      + moves(in: localState()).flatMap { old, new in
        named.contains(old) ? [new] : named.contains(new) ? [old] : []
      }
  }

  /// The id a document has inside.
  func documentID(_ bytes: [UInt8]) -> JSONString? { (try? JSONValue(parsing: bytes))?["id"]?.string }

  /// The records in the folder that lie where their document was, by where it is now.
  ///
  /// - Parameter conflicts: The folder of what is open, where somebody has looked into it.
  func recordsLeftBehind(among conflicts: SmallFolder? = nil) throws -> [WorkspacePath: WorkspacePath] {
    let conflicts = try conflicts ?? smallFolder(WorkspacePath("conflicts"))
    let documents = conflicts.files.keys.compactMap(\.documentOfRecord).sorted()
    if documents.isEmpty { return [:] }
    // Nearly always each lies beside its document, and nobody has to look at any other.
    let beside = try localState(only: documents)
    let gone = documents.filter { beside.folder[$0] == nil && !beside.refused.hide($0) }
    if gone.isEmpty { return [:] }

    let state = try localState()
    let moves = try moves(in: state)
    func hasRecord(_ document: WorkspacePath) -> Bool {
      (try? document.conflictRecord).map { state.folder[$0] != nil } ?? true
    }
    var places: [WorkspacePath: WorkspacePath] = [:]
    for document in gone {
      guard let now = moves[document], !hasRecord(now) else { continue }
      let record = try document.conflictRecord
      if try problem(ofRecord: record, state: state)?.reason != .noRecord { places[now] = record }
    }
    // One that went along before, and whose document moved once more or back: no version knows where it lies. It belongs to
    // the document of which the newest version asks the same.
    let asking = try state.changes.filter { $0.new == nil }.compactMap { change in
      try change.path.documentOfRecord.flatMap {
        document -> (document: WorkspacePath, asked: OpenConflicts)? in
        let now = moves[document] ?? document
        guard state.folder[now] != nil, places[now] == nil, !hasRecord(now) else { return nil }
        let asked = try change.old.map { OpenConflicts(recordedIn: try objects.blob($0.id)) }
        return asked.map { (now, $0) }
      }
    }
    for record in try gone.map({ try $0.conflictRecord }) where !asking.isEmpty {
      guard !places.values.contains(record), let found = try files.read(record) else { continue }
      let asked = OpenConflicts(recordedIn: found.bytes)
      if let its = asking.first(where: { $0.asked.sharesQuestion(with: asked) }) {
        places[its.document] = record
      }
    }
    return places
  }

  /// Puts the records of moved documents beside them, in the folder.
  ///
  /// What somebody made unreadable of one is kept, and the newest version says what is open.
  func bringRecordsAlong(for command: String, before: KeptBefore, by attribution: Attribution) throws {
    if EngineBug.settlesByRenaming.isPlanted { return }
    let places = try recordsLeftBehind()
    guard !places.isEmpty, let head = try head() else { return }
    var writes: [FileWrite] = []
    for (document, place) in places.sorted(by: { $0.key < $1.key }) {
      guard let found = try files.read(place) else { continue }
      let id = try objects.write(blob: found.bytes)
      var record: TreeFile? = TreeFile(mode: found.mode, id: id)
      if ConflictRecord(reading: found.bytes) == nil {
        _ = try keepUncommitted([place], before: before, by: attribution)
        record = try tree(of: head).flatMap { try objects.file(at: place, in: $0) }
      }
      writes.append(FileWrite(path: place, expected: id, new: nil))
      writes.append(FileWrite(path: try document.conflictRecord, expected: nil, new: record))
    }
    try advance(from: head, to: head, writes: writes, command: command)
  }
}

extension OpenConflicts {
  /// Whether both ask one thing, though other candidates may have come to one of them.
  fileprivate func sharesQuestion(with other: OpenConflicts) -> Bool {
    list.contains { pointer, conflict in
      guard let same = other[pointer] else { return false }
      return same.kind == conflict.kind && same.base == conflict.base
        && same.candidates.contains(where: conflict.candidates.contains)
    }
  }
}
