import ObjectModel
import Testing

@Suite struct TreeTests {
  private static let id = ObjectID(hashing: RawObject(kind: .blob, bytes: []))

  /// The content of a tree object, entry by entry: mode, name, id.
  private static func bytes(_ entries: (String, String)...) -> [UInt8] {
    entries.flatMap { Array("\($0.0) \($0.1)\0".utf8) + id.bytes }
  }

  @Test func writesWhatItRead() throws {
    let bytes = Self.bytes(
      ("100644", "a"), ("100644", "a.b"), ("40000", "a0"), ("100755", "b"), ("40000", "c"), ("120000", "c0"),
      ("160000", "d"), ("100664", "e"))
    let tree = try Tree(decoding: bytes)
    #expect(tree.encoded == bytes)
    #expect(
      tree.entries.map(\.mode)
        == [.file, .file, .directory, .executable, .directory, .link, .submodule, .other(0o100664)])
  }

  @Test func sortsFoldersAsIfTheyEndedInASlash() throws {
    func entry(_ name: String, _ mode: FileMode) -> TreeEntry {
      TreeEntry(name: Array(name.utf8), mode: mode, id: Self.id)
    }
    let tree = Tree([
      entry("a", .directory), entry("a0", .file), entry("a.b", .file), entry("a-", .directory),
    ])
    #expect(tree.entries.map { String(decoding: $0.name, as: UTF8.self) } == ["a-", "a.b", "a", "a0"])
    #expect(try Tree(decoding: tree.encoded) == tree)
  }

  @Test func findsFilesAndFoldersOfOneBeginning() throws {
    let tree = try Tree(
      decoding: Self.bytes(
        ("100644", "a-"), ("100644", "a.b"), ("40000", "a"), ("100644", "a0"), ("120000", "b")))
    for (name, mode) in [
      ("a-", FileMode.file), ("a.b", .file), ("a", .directory), ("a0", .file), ("b", .link),
    ] {
      #expect(tree[Array(name.utf8)]?.mode == mode)
    }
    for name in ["", "a.", "a/", "A", "c"] { #expect(tree[Array(name.utf8)] == nil) }
  }

  static let malformed: [([UInt8], MalformedTree)] = [
    (bytes(("100644", "a")).dropLast(), .truncated(at: 0)),
    (bytes(("100644", "a")) + Array("100644 b".utf8), .truncated(at: 29)),
    (Array("100644".utf8), .truncated(at: 0)),
    (bytes(("040000", "a")), .zeroPaddedMode(at: 0)),
    (bytes(("10064x", "a")), .unreadableMode(at: 0)),
    (bytes(("77777777", "a")), .unreadableMode(at: 0)),
    (bytes(("", "a")), .unreadableMode(at: 0)),
    (bytes(("100644", "")), .emptyName(at: 0)),
    (bytes(("100644", "a/b")), .slashInName(at: 0)),
    (bytes(("100644", "b"), ("100644", "a")), .unsorted(at: 29)),
    (bytes(("40000", "a"), ("100644", "a.b")), .unsorted(at: 28)),
    (bytes(("100644", "a"), ("100644", "a")), .duplicateName(at: 29)),
    (bytes(("100644", "a"), ("120000", "a")), .duplicateName(at: 29)),
    (bytes(("100644", "a"), ("40000", "a")), .duplicateName(at: 29)),
    (bytes(("100644", "a"), ("100644", "a.b"), ("40000", "a")), .duplicateName(at: 60)),
  ]

  @Test(arguments: malformed) func refusesWhatGitWouldNotWrite(_ bytes: [UInt8], _ problem: MalformedTree) {
    #expect(throws: problem) { try Tree(decoding: bytes) }
  }

  @Test func judgesNoNames() throws {
    // Reading must not depend on the allow-list: what is refused has to be shown, and kept as it is.
    let tree = try Tree(decoding: Self.bytes(("100644", ".."), ("40000", ".git"), ("100644", "a\u{202E}")))
    #expect(tree.entries.count == 3)
  }
}
