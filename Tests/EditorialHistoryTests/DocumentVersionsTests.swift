import EditorialHistory
import JSONTree
import ObjectModel
import TestSupport
import Testing
import ThreeWayMerge

/// The versions of one document: followed by its id, and nothing else is read.
@Suite struct DocumentVersionsTests {
  let path: WorkspacePath

  init() throws { path = try WorkspacePath("posts/a.json") }

  @Test func listsWhatChangedTheDocument() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit(["posts/a.json": post("a"), "posts/b.json": post("b")])
    let two = try newsroom.commit(["posts/b.json": post("b", #""at":1"#)], after: one)
    let three = try newsroom.commit(
      ["posts/a.json": post("a", #""at":1"#), "posts/c.json": post("c")], after: two)
    let versions = try newsroom.history(from: three).versions(of: path)
    #expect(versions.map(\.id) == [three, one])
    #expect(
      versions.map { $0.documents.map(line) } == [
        ["changed posts/a.json added:/at"], ["added posts/a.json added:/"],
      ])
  }

  @Test func followsTheDocumentThroughMoves() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit(["posts/0.json": post("a")])
    let two = try newsroom.commit(["posts/0.json": nil, "posts/1.json": post("a", #""at":1"#)], after: one)
    let three = try newsroom.commit(["posts/1.json": nil, "posts/a.json": post("a", #""at":1"#)], after: two)
    #expect(
      try newsroom.history(from: three).versions(of: path).flatMap(\.documents).map(line) == [
        "moved posts/a.json (posts/1.json)", "moved posts/1.json (posts/0.json) added:/at",
        "added posts/0.json added:/",
      ])
  }

  @Test func followsEachBranchToItsOwnPath() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit(["posts/0.json": post("a", #""body":"un deux trois""#)])
    let ana = try newsroom.commit(
      ["posts/0.json": nil, "posts/a.json": post("a", #""body":"un deux trois""#)], after: one)
    let leo = try newsroom.commit(
      ["posts/0.json": post("a", #""body":"un deux quatre""#)], after: one, by: "Léo")
    let head = try newsroom.join(ana, leo)
    #expect(try newsroom.document("posts/a.json", at: head)?["body"] == "un deux quatre")
    let versions = try newsroom.history(from: head).versions(of: path)
    #expect(versions.map(\.id) == [leo, ana, one])
    #expect(
      versions.flatMap(\.documents).map(line) == [
        "changed posts/0.json changed:/body", "moved posts/a.json (posts/0.json)",
        "added posts/0.json added:/",
      ])
  }

  @Test func aDeletedDocumentKeepsItsHistory() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit(["posts/a.json": post("a")])
    let two = try newsroom.commit(["posts/a.json": nil], after: one)
    let three = try newsroom.commit(["posts/b.json": post("b")], after: two)
    #expect(
      try newsroom.history(from: three).versions(of: path).flatMap(\.documents).map(line) == [
        "removed posts/a.json removed:/", "added posts/a.json added:/",
      ])
  }

  @Test func andSoDoesOneThatCameBack() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit(["posts/a.json": post("a")])
    let two = try newsroom.commit(["posts/a.json": nil], after: one)
    let three = try newsroom.commit(["posts/a.json": post("a", #""at":1"#)], after: two)
    #expect(try newsroom.history(from: three).versions(of: path).map(\.id) == [three, two, one])
  }

  @Test func anotherDocumentAtItsPathIsNotIt() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit(["posts/a.json": post("other")])
    let two = try newsroom.commit(["posts/a.json": nil], after: one)
    let three = try newsroom.commit(["posts/a.json": post("a")], after: two)
    #expect(try newsroom.history(from: three).versions(of: path).map(\.id) == [three])
  }

  @Test func norIsOneThatMadeWayForIt() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit(["posts/a.json": post("b"), "posts/z.json": post("a")])
    let two = try newsroom.commit(["posts/z.json": post("b"), "posts/a.json": post("a")], after: one)
    #expect(
      try newsroom.history(from: two).versions(of: path).flatMap(\.documents).map(line) == [
        "moved posts/a.json (posts/z.json)", "added posts/z.json added:/",
      ])
  }

  @Test func settlingAConflictIsAVersion() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit(["posts/a.json": post("a", #""at":0"#)])
    let ana = try newsroom.commit(["posts/a.json": post("a", #""at":1"#)], after: one)
    let leo = try newsroom.commit(["posts/a.json": post("a", #""at":2"#)], after: one)
    let joined = try newsroom.join(ana, leo)
    // Keeps what is shown: only the record goes.
    let head = try newsroom.commit(["conflicts/posts/a.json": nil], after: joined)
    let versions = try newsroom.history(from: head).versions(of: path)
    #expect(versions.map(\.id) == [head, leo, ana, one])
    #expect(versions[0].documents.map(line) == ["changed posts/a.json settled:/at"])
  }

  @Test func filesWithoutAnIdAreKnownByTheirPath() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit(["notes.txt": "un"])
    let two = try newsroom.commit(["notes.txt": "deux"], after: one)
    let versions = try newsroom.history(from: two).versions(of: WorkspacePath("notes.txt"))
    #expect(
      versions.flatMap(\.documents).map(line) == [
        "changed notes.txt [text] changed:/", "added notes.txt [text] added:/",
      ])
  }

  /// Showing or restoring an old version needs the path the document had then.
  @Test func itsPathInAnOldVersionIsKnown() throws {
    var newsroom = Newsroom()
    let zero = try newsroom.commit(["posts/b.json": post("b")])
    let one = try newsroom.commit(["posts/0.json": post("a", #""at":0"#)], after: zero)
    let ana = try newsroom.commit(["posts/0.json": nil, "posts/a.json": post("a", #""at":0"#)], after: one)
    let leo = try newsroom.commit(["posts/0.json": post("a", #""at":1"#)], after: one)
    let head = try newsroom.join(ana, leo)
    let elsewhere = try newsroom.commit(["posts/a.json": post("a", #""at":9"#)])
    let history = try newsroom.history(from: head)
    func place(in commit: ObjectID) throws -> String? { try history.path(of: path, in: commit)?.text }
    #expect(try place(in: head) == "posts/a.json")
    #expect(try place(in: ana) == "posts/a.json")
    #expect(try place(in: leo) == "posts/0.json")
    #expect(try place(in: one) == "posts/0.json")
    #expect(try place(in: zero) == nil)
    #expect(try place(in: elsewhere) == "posts/a.json")
  }

  @Test func aDocumentThatNeverWasHasNoVersions() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit(["posts/b.json": post("b")])
    #expect(try newsroom.history(from: one).versions(of: path).isEmpty)
  }

  @Test func nothingButTheDocumentIsRead() throws {
    var newsroom = Newsroom()
    var head = try newsroom.commit(["posts/a.json": post("a")])
    var own: Set<ObjectID> = []
    for number in 0..<60 {
      let path = number % 10 == 0 ? "posts/a.json" : "posts/\(number % 7).json"
      let text = post(number % 10 == 0 ? "a" : "p\(number % 7)", #""at":\#(number)"#)
      head = try newsroom.commit([path: text], after: head)
      let tree = try newsroom.tree(of: head)
      own.insert(try #require(try newsroom.store.file(at: self.path, in: tree)).id)
    }
    let history = try newsroom.history(from: head)
    newsroom.store.forgetCounts()
    #expect(try history.versions(of: path).count == 7)
    // Once as the new and once as the old version, and once for the id inside.
    let others = Set(newsroom.store.blobsRead).subtracting(own)
    #expect(others.count == 1, "only the first version, from before the loop")
    #expect(newsroom.store.blobsRead.count <= 3 * (own.count + 1))
  }

  // MARK: - Laws

  static let seeds: Range<UInt64> = 0..<80

  /// What the history of a document says is what the history of the workspace says of it.
  @Test(arguments: seeds) func agreesWithTheHistoryOfTheWorkspace(seed: UInt64) throws {
    var story = try Story(seed: seed, joins: true)
    try story.live(steps: 24)
    let head = try story.joinAll()
    let history = try story.newsroom.history(from: head)
    let all = try history.versions()
    // Two files of one id are two documents to a history of one path.
    let twice = try story.commits.reduce(into: Set<JSONString>()) { twice, commit in
      var seen: Set<JSONString> = []
      for (_, id) in try documents(in: story.newsroom, at: commit) where !seen.insert(id).inserted {
        twice.insert(id)
      }
    }
    for (path, id) in try documents(in: story.newsroom, at: head) where !twice.contains(id) {
      let expected = all.compactMap { version in
        var version = version
        version.documents.removeAll { $0.id != id }
        return version.documents.isEmpty ? nil : version
      }
      let found = try history.versions(of: path)
      #expect(found.map(summary) == expected.map(summary), "seed \(seed): \(path)")
      #expect(found == expected, "seed \(seed): \(path)")
    }
  }

  private func documents(
    in newsroom: Newsroom, at commit: ObjectID
  ) throws -> [(path: WorkspacePath, id: JSONString)] {
    try newsroom.store.files(in: newsroom.tree(of: commit), under: WorkspacePath("posts")).compactMap {
      path, file in
      try JSONValue(parsing: newsroom.store.blob(file.id))["id"]?.string.map { (path, $0) }
    }
  }

  private func summary(_ version: Version) -> String {
    "\(version.subject): \(version.documents.map(line).joined(separator: ", "))"
  }
}
