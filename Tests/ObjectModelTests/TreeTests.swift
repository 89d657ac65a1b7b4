import ObjectModel
import TestSupport
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
    (bytes(("100644", "a"), ("40000", "a.b"), ("40000", "a")), .duplicateName(at: 59)),
    (bytes(("100644", "a.b"), ("120000", "a.b.c"), ("40000", "a.b")), .duplicateName(at: 64)),
  ]

  @Test(arguments: malformed) func refusesWhatGitWouldNotWrite(_ bytes: [UInt8], _ problem: MalformedTree) {
    #expect(throws: problem) { try Tree(decoding: bytes) }
  }

  /// Entries in any order, from names that are often beginnings of others.
  @Test(arguments: 0..<40) func acceptsWhatIsSortedWithEachNameOnce(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for _ in 0..<200 {
      var entries = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        let name = (0..<Int.random(in: 1...3, using: &random)).map { _ in
          "a.-0".utf8.randomElement(using: &random)!
        }
        return TreeEntry(name: name, mode: Bool.random(using: &random) ? .file : .directory, id: Self.id)
      }
      // Most orders are wrong at once.
      if Bool.random(using: &random) { entries.sort() }
      let isSorted = zip(entries, entries.dropFirst()).allSatisfy { $0 < $1 }
      let isFit = isSorted && Set(entries.map(\.name)).count == entries.count
      let bytes = Tree([]).encoded + entries.flatMap { Tree([$0]).encoded }
      #expect((try? Tree(decoding: bytes))?.entries == (isFit ? entries : nil), "seed \(seed): \(entries)")
    }
  }

  @Test func judgesNoNames() throws {
    // Reading must not depend on the allow-list: what is refused has to be shown, and kept as it is.
    let tree = try Tree(decoding: Self.bytes(("100644", ".."), ("40000", ".git"), ("100644", "a\u{202E}")))
    #expect(tree.entries.count == 3)
  }
}
