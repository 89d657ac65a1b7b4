public import JSONTree
public import ObjectModel
public import ThreeWayMerge

/// What changed between two trees, as documents.
///
/// Only files that differ are read. A document is known by the `id` inside it: a file that left one path and
/// arrived at another is one moved document, and a file of another id at an old path is another document. Files
/// without an id are moved where their bytes are the same. Conflict records are not listed themselves; a conflict
/// that opened or was settled is said of its document.
///
/// - Parameters:
///   - old: `nil` for nothing.
///   - new: `nil` for nothing.
///   - field: Only documents changed at this place, and only the changes there or inside it; `nil` for all.
///   - rules: The merge rules that hold under a `schemas` folder, given by its tree id (`nil`: no such folder);
///     those of the new tree are used.
/// - Returns: Sorted by path; a document removed from a path before one that arrived there.
public func documentChanges(
  from old: ObjectID?, to new: ObjectID?, in store: some ObjectStore, at field: JSONPointer? = nil,
  rules: (_ schemas: ObjectID?) throws(ObjectStoreError) -> MergeRules
) throws(ObjectStoreError) -> [DocumentChange] {
  let changes = try store.difference(from: old, to: new)
  if changes.isEmpty { return [] }
  return try documentChanges(
    changes, at: field, rules: rules(schemas(of: new ?? old, in: store)),
    unchanged: { path throws(ObjectStoreError) in
      guard let old else { return nil }
      return try store.file(at: path, in: old)
    },
    bytes: { _, file throws(ObjectStoreError) in try store.blob(file.id) })
}

/// What some changed files mean, as documents; see ``documentChanges(from:to:in:at:rules:)``.
///
/// For versions that are not both trees of a store, such as the folder a person is working in.
///
/// - Parameters:
///   - changes: All files that differ, conflict records among them.
///   - field: Only documents changed at this place, and only the changes there or inside it; `nil` for all.
///   - unchanged: The file at a path that is not among the changes, if there is one: the conflict record of a
///     changed document, or the document of a changed record.
///   - bytes: What a file of either version holds.
/// - Throws: What the closures throw. Nothing a file holds makes it fail.
public func documentChanges<Failure: Error>(
  _ changes: [PathChange], at field: JSONPointer? = nil, rules: MergeRules,
  unchanged: (WorkspacePath) throws(Failure) -> TreeFile?,
  bytes: (WorkspacePath, TreeFile) throws(Failure) -> [UInt8]
) throws(Failure) -> [DocumentChange] {
  let known = Dictionary(changes.map { ($0.path, $0) }) { first, _ in first }
  func change(at path: WorkspacePath) throws(Failure) -> PathChange {
    if let change = known[path] { return change }
    let file = try unchanged(path)
    return PathChange(path: path, old: file, new: file)
  }
  func snapshot(
    _ file: TreeFile?, _ record: TreeFile?, at path: WorkspacePath
  ) throws(Failure) -> Snapshot? {
    guard let file else { return nil }
    var snapshot = Snapshot(
      path: path, file: file, content: FileContent(try bytes(path, file), of: file.id, at: path))
    if let record, let recordPath = try? path.conflictRecord {
      snapshot.recorded = OpenConflicts(recordedIn: try bytes(recordPath, record))
    }
    return snapshot
  }

  var pairing = Pairing()
  for path in Set(changes.map { $0.path.documentOfRecord ?? $0.path }).sorted() {
    let file = try change(at: path)
    let record = try (try? path.conflictRecord).map(change(at:))
    let old = try snapshot(file.old, record?.old, at: path)
    let new = try snapshot(file.new, record?.new, at: path)
    pairing.add(old: old, new: new)
  }
  return pairing.pairs().compactMap { SnapshotPair(old: $0.old, new: $0.new, rules: rules).change(at: field) }
}

/// Finds out which old file a new one is.
private struct Pairing {
  private var stayed: [(old: Snapshot, new: Snapshot)] = []
  private var departures: [Snapshot] = []
  private var arrivals: [Snapshot] = []

  /// What a file is known by when its path is another.
  private enum Identity: Hashable {
    case id(JSONString)
    case bytes(ObjectID)

    init?(_ snapshot: Snapshot) {
      if let id = snapshot.id {
        self = .id(id)
      } else if snapshot.file.id != .emptyBlob {
        self = .bytes(snapshot.file.id)
      } else {
        return nil
      }
    }
  }

  /// Takes what one path held and holds, in the order of paths.
  mutating func add(old: Snapshot?, new: Snapshot?) {
    if let old, let new, old.id == nil || new.id == nil || old.id == new.id {
      stayed.append((old, new))
    } else {
      if let old { departures.append(old) }
      if let new { arrivals.append(new) }
    }
  }

  func pairs() -> [(old: Snapshot?, new: Snapshot?)] {
    // Of several arrivals of one identity, the first by path is the one that moved.
    var waiting: [Identity: [Int]] = [:]
    for (place, arrival) in arrivals.enumerated().reversed() {
      if let identity = Identity(arrival) { waiting[identity, default: []].append(place) }
    }
    var arrived: Set<Int> = []
    var pairs: [(old: Snapshot?, new: Snapshot?)] = stayed.map { ($0.old, $0.new) }
    for departure in departures {
      let place = Identity(departure).flatMap { waiting[$0]?.popLast() }
      if let place { arrived.insert(place) }
      pairs.append((departure, place.map { arrivals[$0] }))
    }
    for (place, arrival) in arrivals.enumerated() where !arrived.contains(place) {
      pairs.append((nil, arrival))
    }
    return pairs.sorted { left, right in
      guard let one = (left.new ?? left.old)?.path, let other = (right.new ?? right.old)?.path else {
        return false
      }
      if one != other { return one < other }
      return left.new == nil && right.new != nil
    }
  }
}

extension ObjectID {
  fileprivate static let emptyBlob = ObjectID(hashing: RawObject(kind: .blob, bytes: []))
}

/// The `schemas` folder of a tree, which says how its documents are compared.
func schemas(of tree: ObjectID?, in store: some ObjectStore) throws(ObjectStoreError) -> ObjectID? {
  guard let tree else { return nil }
  return try store.folder(named: "schemas", in: tree)
}
