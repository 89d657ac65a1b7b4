/// A store on top of another one: it reads through, and keeps what is written to itself until told otherwise.
///
/// Much of what a merge or a comparison makes is looked at once: trees of a folder with uncommitted files, bases of
/// bases, a plan that is not carried out. It stays in memory, and only what a version holds is written down.
/// References are those of the store below.
///
/// Folders that were read stay in memory as well, as far as there is room: to find a thousand files is to look into the same
/// few folders a thousand times.
public final class OverlayObjectStore: ObjectStore {
  private let base: any ObjectStore
  private var drafts: [ObjectID: RawObject] = [:]
  /// How many bytes exist only here.
  public private(set) var draftSize = 0

  private var trees: [ObjectID: RawObject] = [:]
  /// In bytes.
  private var roomForTrees = OverlayObjectStore.mostTrees
  private static let mostTrees = 4 << 20

  public init(over base: any ObjectStore) { self.base = base }

  public func object(_ id: ObjectID) throws(ObjectStoreError) -> RawObject {
    if let known = drafts[id] ?? trees[id] { return known }
    let object = try base.object(id)
    if object.kind == .tree { remember(object, as: id) }
    return object
  }

  private func remember(_ tree: RawObject, as id: ObjectID) {
    if tree.bytes.count > Self.mostTrees / 2 { return }
    roomForTrees -= tree.bytes.count
    if roomForTrees < 0 { (trees, roomForTrees) = ([:], Self.mostTrees - tree.bytes.count) }
    trees[id] = tree
  }

  public func contains(_ id: ObjectID) throws(ObjectStoreError) -> Bool {
    if drafts[id] != nil { return true }
    return try base.contains(id)
  }

  public func header(of id: ObjectID) throws(ObjectStoreError) -> ObjectHeader? {
    if let draft = drafts[id] { return ObjectHeader(kind: draft.kind, size: draft.bytes.count) }
    return try base.header(of: id)
  }

  public func write(_ object: RawObject) -> ObjectID {
    let id = ObjectID(hashing: object)
    if drafts.updateValue(object, forKey: id) == nil { draftSize += object.bytes.count }
    return id
  }

  /// Writes objects down, with everything they refer to that exists only here.
  public func keep(_ ids: [ObjectID]) throws(ObjectStoreError) {
    var kept: [RawObject] = []
    // Parts first, so that nothing on disk ever refers to what is not there. A stack of our own: trees are as deep
    // as hostile hands make them.
    var stack = ids.map { (id: $0, isReady: false) }
    var seen: Set<ObjectID> = []
    while let (id, isReady) = stack.popLast() {
      guard !seen.contains(id), let draft = drafts[id] else { continue }
      if isReady {
        seen.insert(id)
        kept.append(draft)
        continue
      }
      stack.append((id, true))
      switch draft.kind {
      case .tree: stack += try tree(id).entries.map { ($0.id, false) }
      case .commit:
        let commit = try commit(id)
        stack += ([commit.tree] + commit.parents).map { ($0, false) }
      case .blob, .tag: break
      }
    }
    try base.write(kept)
    forget(seen)
  }

  /// Drops what exists only here; what was kept stays in the store below.
  public func forget(_ ids: some Sequence<ObjectID>) {
    for id in ids { draftSize -= drafts.removeValue(forKey: id)?.bytes.count ?? 0 }
  }

  public func reference(_ name: String) throws(ObjectStoreError) -> ObjectID? { try base.reference(name) }

  public func references(withPrefix prefix: String) throws(ObjectStoreError) -> [Reference] {
    try base.references(withPrefix: prefix)
  }

  /// - Throws: As the store below; what a reference shall point at must have been kept before.
  public func moveReference(
    _ name: String, from expected: ObjectID?, to new: ObjectID?, reason: String
  ) throws(ObjectStoreError) {
    try base.moveReference(name, from: expected, to: new, reason: reason)
  }
}
