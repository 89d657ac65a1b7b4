import EditorialHistory
import JSONTree
import ObjectModel
import TestSupport
import Testing
import ThreeWayMerge

/// Two trees, and what a person would say became of the documents.
@Suite struct TreeChangesTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var old: [String: String]
    var new: [String: String]
    var lines: [String]

    init(_ name: String, _ old: [String: String], _ new: [String: String], _ lines: String...) {
      (self.name, self.old, self.new, self.lines) = (name, old, new, lines)
    }

    var testDescription: String { name }
  }

  static let a = post("a", #""body":"un deux""#)
  static let conflict =
    #"{"conflicts":[{"pointer":"/title","kind":"value","candidates":[{"value":"Autre"},{"value":"Titre a"}],"shown":1}],"kind":"conflicts"}"#

  static let cases = [
    Case("nothing", ["posts/a.json": a], ["posts/a.json": a]),
    Case("a new document", [:], ["posts/a.json": a], "added posts/a.json added:/"),
    Case("a deleted document", ["posts/a.json": a], [:], "removed posts/a.json removed:/"),
    Case(
      "changed fields", ["posts/a.json": a], ["posts/a.json": post("a", #""body":"un","labels":["x"]"#)],
      "changed posts/a.json changed:/body added:/labels"),
    Case("a moved document", ["posts/a.json": a], ["posts/z.json": a], "moved posts/z.json (posts/a.json)"),
    Case(
      "moved and edited", ["posts/a.json": a], ["posts/z.json": post("a")],
      "moved posts/z.json (posts/a.json) removed:/body"),
    Case(
      "two that exchange their places", ["posts/1.json": post("a"), "posts/2.json": post("b")],
      ["posts/1.json": post("b"), "posts/2.json": post("a")],
      "moved posts/1.json (posts/2.json)", "moved posts/2.json (posts/1.json)"),
    Case(
      "another document in its place", ["posts/1.json": post("a")],
      ["posts/1.json": post("b"), "posts/2.json": post("a")],
      "added posts/1.json added:/", "moved posts/2.json (posts/1.json)"),
    Case(
      "another document at its path, and it is gone", ["posts/1.json": post("a")],
      ["posts/1.json": post("b")],
      "removed posts/1.json removed:/", "added posts/1.json added:/"),
    Case(
      "a copy is a new document", ["posts/1.json": a], ["posts/1.json": a, "posts/2.json": a],
      "added posts/2.json added:/"),
    Case(
      "of two copies the first is the one that moved", ["posts/1.json": a],
      ["posts/3.json": a, "posts/2.json": a], "moved posts/2.json (posts/1.json)",
      "added posts/3.json added:/"),
    Case(
      "other text has words", ["notes.txt": "un deux"], ["notes.txt": "un trois"],
      "changed notes.txt [text] changed:/"),
    Case(
      "a picture has no fields", ["assets/x.png": "\0un"], ["assets/x.png": "\0deux"],
      "changed assets/x.png [opaque]"),
    Case(
      "a file without id moves with its bytes", ["assets/x.png": "\0un"], ["assets/y.png": "\0un"],
      "moved assets/y.png (assets/x.png) [opaque]"),
    Case(
      "empty files are not one file", ["x.txt": ""], ["y.txt": ""], "removed x.txt [text] removed:/",
      "added y.txt [text] added:/"),
    Case(
      "JSON that can't be read has no fields", ["posts/a.json": a], ["posts/a.json": "{\"id\":"],
      "changed posts/a.json [opaque]"),
    Case(
      "nor when it is mended", ["posts/a.json": "{\"id\":"], ["posts/a.json": a],
      "changed posts/a.json [opaque]"),
    Case(
      "a conflict that opened is said of its document", ["posts/a.json": a],
      ["posts/a.json": a, "conflicts/posts/a.json": conflict], "changed posts/a.json opened:/title"),
    Case(
      "a settled one too", ["posts/a.json": a, "conflicts/posts/a.json": conflict], ["posts/a.json": a],
      "changed posts/a.json settled:/title"),
    Case(
      "settled by an edit, whatever the record says",
      ["posts/a.json": a, "conflicts/posts/a.json": conflict],
      ["posts/a.json": a.replacing("Titre a", with: "Neuf"), "conflicts/posts/a.json": conflict],
      "changed posts/a.json changed:/title settled:/title"),
    Case(
      "still open, with other candidates", ["posts/a.json": a, "conflicts/posts/a.json": conflict],
      ["posts/a.json": a, "conflicts/posts/a.json": conflict.replacing("Autre", with: "Encore")],
      "changed posts/a.json still-open:/title"),
    Case(
      "a record moves with its document", ["posts/a.json": a, "conflicts/posts/a.json": conflict],
      ["posts/z.json": a, "conflicts/posts/z.json": conflict], "moved posts/z.json (posts/a.json)"),
    Case("a record without a document says nothing", [:], ["conflicts/posts/a.json": conflict]),
    Case(
      "a damaged record counts as none", ["posts/a.json": a],
      ["posts/a.json": a, "conflicts/posts/a.json": "[]"]),
    Case(
      "sorted by path", [:], ["b.json": "1", "a/z.json": "1", "a-b.json": "1"],
      "added a-b.json added:/", "added a/z.json added:/", "added b.json added:/"),
  ]

  @Test(arguments: cases) func saysWhatBecameOfDocuments(_ c: Case) throws {
    var newsroom = Newsroom()
    let old = try newsroom.commit(c.old.mapValues(Optional.some))
    let new = try newsroom.commit(c.new.mapValues(Optional.some))
    #expect(try newsroom.changes(from: old, to: new).map(line) == c.lines)
  }

  @Test func saysWhatADocumentIs() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit(["posts/a.json": Self.a])
    let two = try newsroom.commit(["posts/a.json": nil], after: one)
    for change in try newsroom.changes(from: nil, to: one) + newsroom.changes(from: one, to: two) {
      #expect([change.id, change.kind, change.title] == ["a", "post", "Titre a"])
    }
  }

  @Test func givesTheWordsOfTexts() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit(["notes.txt": "un deux", "posts/a.json": Self.a])
    let two = try newsroom.commit(
      ["notes.txt": "un trois", "posts/a.json": post("a", #""body":"un trois""#)], after: one)
    let changes = try newsroom.changes(from: one, to: two)
    let words = [WordRun(.same, "un "), WordRun(.removed, "deux"), WordRun(.added, "trois")]
    #expect(changes.flatMap(\.fields).map(\.words) == [words, words])
  }

  @Test func readsOnlyWhatDiffers() throws {
    var newsroom = Newsroom()
    var edits: [String: String?] = [:]
    for number in 0..<200 { edits["posts/\(number / 10)/\(number).json"] = post("p\(number)") }
    let one = try newsroom.commit(edits)
    let two = try newsroom.commit(["posts/3/31.json": post("p31", #""body":"neuf""#)], after: one)
    newsroom.store.forgetCounts()
    #expect(try newsroom.changes(from: one, to: two).map(line) == ["changed posts/3/31.json added:/body"])
    #expect(newsroom.store.blobsRead.count == 2)
  }

  @Test func comparesAFolderThatIsNoTree() throws {
    let disk = ["posts/a.json": post("a", #""body":"neuf""#), "conflicts/posts/a.json": Self.conflict]
    let path = try WorkspacePath("posts/a.json")
    let file = TreeFile(id: ObjectID(hashing: RawObject(kind: .blob, bytes: Array(Self.a.utf8))))
    let edited = TreeFile(id: ObjectID(hashing: RawObject(kind: .blob, bytes: Array("edited".utf8))))
    let record = TreeFile(id: ObjectID(hashing: RawObject(kind: .blob, bytes: Array(Self.conflict.utf8))))
    let changes = documentChanges(
      [PathChange(path: path, old: file, new: edited)], rules: Newsroom.rules,
      unchanged: { path in path.text == "conflicts/posts/a.json" ? record : nil },
      bytes: { path, wanted in Array((wanted == file ? Self.a : disk[path.text] ?? "").utf8) })
    #expect(changes.map(line) == ["changed posts/a.json changed:/body"])
  }

  // MARK: - Laws

  static let seeds: Range<UInt64> = 0..<200

  /// Every file that differs is named once on each side it is on, with the fields that lead from one to the other.
  @Test(arguments: seeds) func namesEveryDifferenceOnce(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var newsroom = Newsroom()
    func tree() -> [String: String?] {
      var files: [String: String?] = [:]
      for path in ["a.json", "b.json", "c/a.json", "c/b.json", "d.txt", "e.bin"] where random.chance(2, in: 3)
      {
        switch path.suffix(4) {
        case ".txt": files[path] = random.pick(["un deux", "un trois", ""])
        case ".bin": files[path] = random.pick(["\0un", "\0deux"])
        default:
          files[path] =
            random.chance(1, in: 10)
            ? "{" : post(random.pick(["x", "y", "z"]), #""body":"\#(random.pick(["un", "deux"]))""#)
        }
      }
      return files
    }
    let one = try newsroom.commit(tree())
    let two = try newsroom.commit(tree())
    let changes = try newsroom.changes(from: one, to: two)

    let differing = try newsroom.store.difference(from: newsroom.tree(of: one), to: newsroom.tree(of: two))
    let left = changes.filter { $0.change != .added }.map { $0.formerPath ?? $0.path }
    let arrived = changes.filter { $0.change != .removed }.map(\.path)
    #expect(left.sorted() == differing.filter { $0.old != nil }.map(\.path), "seed \(seed)")
    #expect(arrived.sorted() == differing.filter { $0.new != nil }.map(\.path), "seed \(seed)")

    for change in changes where change.form == .document {
      let former = change.formerPath ?? change.path
      let old = change.change == .added ? nil : try newsroom.document(former.text, at: one)
      let new = change.change == .removed ? nil : try newsroom.document(change.path.text, at: two)
      let rule = (new ?? old).map(Newsroom.rules.rule(for:)) ?? .byShape
      #expect(change.fields == fieldChanges(from: old, to: new, rule: rule), "seed \(seed)")
      if let old, let new { #expect(old["id"] == new["id"], "seed \(seed)") }
    }
  }
}

extension String {
  fileprivate func replacing(_ words: String, with others: String) -> String {
    split(separator: words, omittingEmptySubsequences: false).joined(separator: others)
  }
}
