import ObjectModel
import Testing

@Suite struct ObjectIDTests {
  /// Ids that `git hash-object` gives.
  static let known: [(RawObject, String)] = [
    (RawObject(kind: .blob, bytes: []), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"),
    (RawObject(kind: .tree, bytes: []), "4b825dc642cb6eb9a060e54bf8d69288fbee4904"),
    (RawObject(kind: .blob, bytes: Array("hello\n".utf8)), "ce013625030ba8dba906f756967f9e9ca394464a"),
  ]

  @Test(arguments: known) func hashesAsGitDoes(_ object: RawObject, _ hex: String) {
    #expect(ObjectID(hashing: object).hex == hex)
  }

  @Test func readsAndWritesHexadecimal() throws {
    let id = try #require(ObjectID(hex: "E69DE29bb2d1d6434b8b29ae775ad8c2e48c5391"))
    #expect(id.hex == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
    #expect(ObjectID(bytes: id.bytes) == id)
    #expect(ObjectID(hex: id.hex.dropLast()) == nil)
    #expect(ObjectID(hex: id.hex + "0") == nil)
    #expect(ObjectID(hex: id.hex.dropLast() + "g") == nil)
    #expect(ObjectID(hex: "") == nil)
  }

  @Test func sortsByItsBytes() {
    var random = SystemRandomNumberGenerator()
    let ids = (0..<200).map { _ in
      ObjectID(bytes: (0..<20).map { _ in UInt8.random(in: 0...255, using: &random) & 0x81 })
    }
    #expect(ids.sorted().map(\.bytes) == ids.map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) })
  }

  @Test func knowsTheEmptyTree() {
    #expect(ObjectID.emptyTree.hex == "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
  }
}
