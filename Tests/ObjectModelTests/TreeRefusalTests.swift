import ObjectModel
import Testing

/// What a colleague, a broken tool or an attacker may put into a tree, and what is said about it.
@Suite struct TreeRefusalTests {
  private let store = InMemoryObjectStore()
  private let blob: ObjectID

  init() throws { blob = try store.write(blob: "x".utf8) }

  private func entry(_ name: String, _ mode: FileMode = .file, _ id: ObjectID? = nil) -> TreeEntry {
    TreeEntry(name: Array(name.utf8), mode: mode, id: id ?? blob)
  }

  private func refusals(_ entries: TreeEntry..., known: ObjectID? = nil) throws -> [String: TreeRefusal
    .Reason]
  {
    let found = try store.refusals(in: store.write(Tree(entries)), notIn: known)
    return Dictionary(
      uniqueKeysWithValues: found.map { (String(decoding: $0.path, as: UTF8.self), $0.reason) })
  }

  @Test func hasNothingAgainstOrdinaryFiles() throws {
    let folder = try store.write(Tree([entry("launch.json"), entry("run.sh", .executable)]))
    #expect(try refusals(entry(".gitignore"), entry("été.json"), entry("posts", .directory, folder)).isEmpty)
    #expect(try store.refusals(in: .emptyTree, notIn: nil).isEmpty)
  }

  @Test func namesEachHostileEntry() throws {
    let hooks = try store.write(Tree([entry("post-checkout", .executable)]))
    let found = try refusals(
      entry("..", .directory, hooks), entry(".git", .directory, hooks), entry("CON"), entry("a\\b"),
      entry("fine.json"), entry("link", .link), entry("lib", .submodule), entry("odd", .other(0o100666)))
    #expect(
      found == [
        "..": .name(.dots), ".git": .name(.reservedByGit), "CON": .name(.reservedByWindows("CON")),
        "a\\b": .name(.separator("\\")), "link": .link, "lib": .submodule, "odd": .mode(0o100666),
      ])
  }

  @Test func refusesNamesThatAreNotUTF8() throws {
    let tree = try store.write(Tree([TreeEntry(name: [0x61, 0xFF], mode: .file, id: blob)]))
    #expect(
      try store.refusals(in: tree, notIn: nil) == [TreeRefusal(path: [0x61, 0xFF], reason: .name(.notUTF8))])
  }

  static let collisions: [(String, String)] = [
    ("A.json", "a.json"), ("e\u{301}.json", "\u{E9}.json"), ("E\u{301}.json", "\u{E9}.json"),
    ("strasse", "straße"), ("k", "\u{212A}"), ("i", "\u{131}"), ("S", "\u{17F}"), ("ς", "σ"),
    ("\u{1112}\u{1161}\u{11AB}", "\u{D55C}"), ("Å", "\u{212B}"), ("ÉTÉ", "été"),
  ]

  /// The first in the order of bytes keeps the name; the other would cover it on macOS or Windows.
  @Test(arguments: collisions) func refusesNamesThatSomeComputersTakeForOne(_ a: String, _ b: String) throws {
    let (first, second) = a.utf8.lexicographicallyPrecedes(b.utf8) ? (a, b) : (b, a)
    let found = try store.refusals(in: try store.write(Tree([entry(a), entry(b)])), notIn: nil)
    #expect(found == [TreeRefusal(path: Array(second.utf8), reason: .sameNameAs(Array(first.utf8)))])
  }

  @Test(arguments: [("a", "b"), ("e", "é"), ("o", "ø"), ("a.json", "a-.json")])
  func leavesDifferentNamesAlone(_ a: String, _ b: String) throws {
    #expect(try refusals(entry(a), entry(b)).isEmpty)
  }

  @Test func aNewNameCanNotDisplaceAKnownOne() throws {
    let known = try store.write(Tree([entry("plan.json")]))
    let found = try refusals(entry("PLAN.json"), entry("plan.json"), known: known)
    #expect(found == ["PLAN.json": .sameNameAs(Array("plan.json".utf8))])
    // The same name in other letters, once the old one is gone, is a rename.
    #expect(try refusals(entry("PLAN.json"), known: known).isEmpty)
  }

  @Test func findsMissingAndDamagedObjects() throws {
    let nowhere = ObjectID(hashing: RawObject(kind: .blob, bytes: [1]))
    let damaged = store.write(RawObject(kind: .tree, bytes: [1, 2, 3]))
    let tree = try store.write(Tree([]))
    let found = try refusals(
      entry("blob-as-folder", .directory, blob), entry("damaged", .directory, damaged),
      entry("folder-as-file", .file, tree), entry("missing-file", .file, nowhere),
      entry("missing-folder", .directory, nowhere))
    #expect(found["missing-file"] == .missing(nowhere))
    #expect(found["missing-folder"] == .missing(nowhere))
    #expect(found["folder-as-file"] == .wrongKind(tree, found: .tree))
    for path in ["blob-as-folder", "damaged"] {
      guard case .malformed = found[path] else {
        Issue.record("\(path): \(String(describing: found[path]))")
        continue
      }
    }
    #expect(try store.refusals(in: nowhere, notIn: nil) == [TreeRefusal(path: [], reason: .missing(nowhere))])
  }

  @Test func refusesWhatIsTooDeepOrTooLarge() throws {
    var tree = try store.write(Tree([entry("file")]))
    for _ in 0..<1000 { tree = try store.write(Tree([entry("d", .directory, tree)])) }
    let found = try store.refusals(in: tree, notIn: nil)
    #expect(found.map(\.reason) == [.name(.tooDeep(parts: 17))])

    let big = try store.write(blob: repeatElement(0, count: 100))
    let limits = TreeLimits(bytesPerFile: 99)
    let top = try store.write(Tree([entry("big", .file, big)]))
    #expect(
      try store.refusals(in: top, notIn: nil, limits: limits).map(\.reason) == [
        .tooLarge(bytes: 100, limit: 99)
      ])
  }

  /// Ten names, each the same folder, ten times over: 10 to the power of 10 paths in ten small objects.
  @Test func survivesABombOfFolders() throws {
    var tree = try store.write(Tree([entry("f")]))
    for _ in 0..<10 {
      tree = try store.write(Tree((0..<10).map { entry("d\($0)", .directory, tree) }))
    }
    let found = try store.refusals(in: tree, notIn: nil, limits: TreeLimits(entries: 5000))
    #expect(found == [TreeRefusal(path: [], reason: .tooMany(limit: 5000))])
  }

  @Test func looksOnlyAtWhatIsNew() throws {
    let bad = try store.write(Tree([entry("CON")]))
    let known = try store.write(Tree([entry("old", .directory, bad), entry("x.json")]))
    #expect(try refusals(entry("old", .directory, bad), entry("y.json"), known: known).isEmpty)
    #expect(
      try refusals(entry("new", .directory, bad), known: known) == [
        "new/CON": .name(.reservedByWindows("CON"))
      ])
  }

  @Test func aBadEntryHidesNoOther() throws {
    let folder = try store.write(Tree([entry("NUL"), entry("good.json"), entry("z ")]))
    let found = try refusals(entry("a", .link), entry("b", .directory, folder))
    #expect(found.keys.sorted() == ["a", "b/NUL", "b/z "])
  }
}
