import ObjectModel
import TestSupport
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
    let order = WatchedStore()
    let overlay = OverlayObjectStore(over: order)
    let (commit, _) = try version(in: overlay)
    try overlay.keep([commit])
    #expect(order.written == [.blob, .tree, .tree, .commit])
  }

  @Test func whatCouldNotBeWrittenIsStillThere() throws {
    let order = WatchedStore(isFull: true)
    let overlay = OverlayObjectStore(over: order)
    let (commit, _) = try version(in: overlay)
    #expect(throws: ObjectStoreError.self) { try overlay.keep([commit]) }
    #expect(try overlay.commit(commit).message == "x\n")
  }
}
