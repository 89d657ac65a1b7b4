import ObjectModel
import Testing

/// What is written to the overlay stays in memory until it is kept, with all that it refers to.
@Suite struct OverlayObjectStoreTests {
  private let base = InMemoryObjectStore()

  /// Two folders with one file, a version of them, and a file that belongs to nothing.
  private func version(in overlay: OverlayObjectStore) throws -> (commit: ObjectID, stray: ObjectID) {
    let file = try overlay.write(blob: "x".utf8)
    let shared = try overlay.write(Tree([TreeEntry(name: Array("x".utf8), mode: .file, id: file)]))
    let tree = try overlay.write(
      Tree([
        TreeEntry(name: Array("a".utf8), mode: .directory, id: shared),
        TreeEntry(name: Array("b".utf8), mode: .directory, id: shared),
      ]))
    let ana = Signature(name: "Ana", email: "ana@example.org", time: 1, offsetMinutes: 0)
    let commit = try overlay.write(
      Commit(tree: tree, parents: [], author: ana, committer: ana, message: "x\n"))
    return (commit, try overlay.write(blob: "stray".utf8))
  }

  @Test func whatIsKeptIsWrittenDownWithItsParts() throws {
    let overlay = OverlayObjectStore(over: base)
    let (commit, stray) = try version(in: overlay)
    #expect(base.objectCount == 0)
    try overlay.keep([commit, commit])
    #expect(base.objectCount == 4)
    #expect(!base.contains(stray))
    #expect(try overlay.contains(stray))
    #expect(try base.commit(commit).message == "x\n")
  }

  @Test func partsComeBeforeWholes() throws {
    let order = OrderKeepingStore()
    let overlay = OverlayObjectStore(over: order)
    let (commit, _) = try version(in: overlay)
    try overlay.keep([commit])
    #expect(order.kinds == [.blob, .tree, .tree, .commit])
  }

  @Test func whatCouldNotBeWrittenIsStillThere() throws {
    let order = OrderKeepingStore(isFull: true)
    let overlay = OverlayObjectStore(over: order)
    let (commit, _) = try version(in: overlay)
    #expect(throws: ObjectStoreError.self) { try overlay.keep([commit]) }
    #expect(try overlay.commit(commit).message == "x\n")
  }
}

/// Remembers in which order objects came, or has no room for any.
private final class OrderKeepingStore: ObjectStore {
  private let store = InMemoryObjectStore()
  private let isFull: Bool
  private(set) var kinds: [ObjectKind] = []

  init(isFull: Bool = false) { self.isFull = isFull }

  func object(_ id: ObjectID) throws(ObjectStoreError) -> RawObject { try store.object(id) }
  func contains(_ id: ObjectID) -> Bool { store.contains(id) }
  func write(_ object: RawObject) throws(ObjectStoreError) -> ObjectID {
    if isFull { throw .failed(operation: "write", detail: "full") }
    kinds.append(object.kind)
    return store.write(object)
  }
  func reference(_ name: String) throws(ObjectStoreError) -> ObjectID? { try store.reference(name) }
  func references(withPrefix prefix: String) throws(ObjectStoreError) -> [Reference] {
    try store.references(withPrefix: prefix)
  }
  func moveReference(
    _ name: String, from expected: ObjectID?, to new: ObjectID?, reason: String
  ) throws(ObjectStoreError) {
    try store.moveReference(name, from: expected, to: new, reason: reason)
  }
}
