import EditorialHistory
import JSONTree
import ObjectModel
import TestSupport
import Testing
import ThreeWayMerge

/// Who wrote which words, by examples; the laws are in `BlameLawTests`.
@Suite struct BlameTests {
  private let path = "posts/a.json"

  /// Each passage as `words by name`, in the order of the field.
  private func blame(
    _ newsroom: Newsroom, _ head: ObjectID?, at field: JSONPointer = "/body", as standing: String? = nil
  ) throws -> [String] {
    let document =
      try standing.map { try JSONValue(parsing: Array($0.utf8)) }
      ?? newsroom.document(path, at: #require(head))
    let fields = try newsroom.history(from: head).blame(
      of: WorkspacePath(path), as: #require(document), at: field)
    return try #require(fields).flatMap(\.passages).map { "\($0.text) by \(name($0.by))" }
  }

  private func name(_ authorship: Authorship) -> String {
    switch authorship {
    case .version(let origin): origin.by.name
    case .notCommitted: "nobody yet"
    case .unaccounted: "?"
    }
  }

  private func body(_ text: String, _ members: String = "") -> [String: String?] {
    [path: post("a", #""body":"\#(text)"\#(members.isEmpty ? "" : "," + members)"#)]
  }

  @Test func wordsAreByWhoeverBroughtThem() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit(body("Le marché ouvre samedi."), by: "Ana")
    let two = try newsroom.commit(body("Le marché ouvre dimanche."), after: one, by: "Léo")
    let head = try newsroom.commit(body("Le marché ouvre dimanche. Venez tôt."), after: two, by: "Zoé")
    #expect(
      try blame(newsroom, head)
        == [
          "Le marché ouvre  by Ana", "dimanche by Léo", ".  by Ana", "Venez tôt. by Zoé",
        ])
  }

  @Test func aValueIsByWhoeverSetItLast() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit([path: post("a", #""at":1,"labels":["x"]"#)], by: "Ana")
    let two = try newsroom.commit([path: post("a", #""at":2,"labels":["x","y"]"#)], after: one, by: "Léo")
    #expect(try blame(newsroom, two, at: "/at") == ["2 by Léo"])
    #expect(try blame(newsroom, two, at: "/title") == ["Titre a by Ana"])
    #expect(try blame(newsroom, two, at: "/labels") == ["x by Ana", "y by Léo"])
    #expect(try blame(newsroom, two, at: "/labels/1") == ["y by Léo"])
  }

  @Test func aJoinMakesNobodyAnAuthor() throws {
    var newsroom = Newsroom()
    let base = try newsroom.commit(body("Un deux trois. Quatre cinq six."), by: "Zoé")
    let ana = try newsroom.commit(body("Un DEUX trois. Quatre cinq six."), after: base, by: "Ana")
    let leo = try newsroom.commit(body("Un deux trois. Quatre CINQ six."), after: base, by: "Léo")
    let head = try newsroom.join(ana, leo)
    #expect(
      try blame(newsroom, head) == [
        "Un  by Zoé", "DEUX  by Ana", "trois. Quatre  by Zoé", "CINQ  by Léo", "six. by Zoé",
      ])
  }

  @Test func twoInsertionsAtOnePlaceAreEachByTheirAuthor() throws {
    var newsroom = Newsroom()
    let base = try newsroom.commit(body("Un. Fin."), by: "Zoé")
    let ana = try newsroom.commit(body("Un. Le chat. Fin."), after: base, by: "Ana")
    let leo = try newsroom.commit(body("Un. Le chien. Fin."), after: base, by: "Léo")
    let lines = try blame(newsroom, newsroom.join(ana, leo))
    #expect(lines.contains { $0.contains("chat") && $0.hasSuffix("by Ana") }, "\(lines)")
    #expect(lines.contains { $0.contains("chien") && $0.hasSuffix("by Léo") }, "\(lines)")
    #expect(lines.allSatisfy { !$0.hasSuffix("by ?") }, "\(lines)")
  }

  @Test(arguments: [("dimanche", "Ana"), ("lundi", "Léo")])
  func whoeverSettlesAConflictDidNotWriteTheWords(_ word: String, _ author: String) throws {
    var newsroom = Newsroom()
    let base = try newsroom.commit(body("Le marché ouvre samedi."), by: "Zoé")
    let ana = try newsroom.commit(body("Le marché ouvre dimanche."), after: base, by: "Ana")
    let leo = try newsroom.commit(body("Le marché ouvre lundi."), after: base, by: "Léo")
    let joined = try newsroom.join(ana, leo)
    #expect(try newsroom.openConflicts(path, at: joined).list.count == 1)
    var settled = body("Le marché ouvre \(word).")
    settled["conflicts/" + path] = .some(nil)
    let head = try newsroom.commit(settled, after: joined, by: "Max")
    #expect(
      try blame(newsroom, head) == ["Le marché ouvre  by Zoé", "\(word) by \(author)", ". by Zoé"])
    // In the folder as well, before it is committed.
    #expect(
      try blame(newsroom, joined, as: #require(settled[path] ?? nil)) == [
        "Le marché ouvre  by Zoé", "\(word) by \(author)", ". by Zoé",
      ])
  }

  @Test func aValueTakenFromAConflictIsByWhoeverSetIt() throws {
    var newsroom = Newsroom()
    let base = try newsroom.commit([path: post("a", #""at":0"#)], by: "Zoé")
    let ana = try newsroom.commit([path: post("a", #""at":1"#)], after: base, by: "Ana")
    let leo = try newsroom.commit([path: post("a", #""at":2"#)], after: base, by: "Léo")
    let joined = try newsroom.join(ana, leo)
    #expect(try blame(newsroom, joined, at: "/at") == ["2 by Léo"])
    let head = try newsroom.commit(
      [path: post("a", #""at":1"#), "conflicts/" + path: nil], after: joined, by: "Max")
    #expect(try blame(newsroom, head, at: "/at") == ["1 by Ana"])
  }

  @Test func aMovedFileKeepsItsAuthors() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit(["posts/0.json": post("a", #""body":"un deux""#)], by: "Ana")
    let head = try newsroom.commit(
      ["posts/0.json": nil, path: post("a", #""body":"un deux trois""#)], after: one, by: "Léo")
    #expect(try blame(newsroom, head) == ["un deux  by Ana", "trois by Léo"])
  }

  @Test func aMovedElementKeepsItsAuthors() throws {
    var newsroom = Newsroom()
    func thread(_ elements: String...) -> [String: String?] {
      [path: post("a", #""thread":[\#(elements.joined(separator: ","))]"#)]
    }
    let (one, two) = (#"{"id":"1","body":"un"}"#, #"{"id":"2","body":"deux"}"#)
    let base = try newsroom.commit(thread(one, two), by: "Ana")
    let head = try newsroom.commit(thread(two, #"{"id":"1","body":"un peu"}"#), after: base, by: "Léo")
    #expect(try blame(newsroom, head, at: "/thread/@2/body") == ["deux by Ana"])
    #expect(try blame(newsroom, head, at: "/thread/@1/body") == ["un  by Ana", "peu by Léo"])
  }

  @Test func anElementWithoutAKeyIsFollowedByItsNeighbours() throws {
    var newsroom = Newsroom()
    func steps(_ words: String...) -> [String: String?] {
      [path: post("a", #""steps":[\#(words.map { "\"\($0)\"" }.joined(separator: ","))]"#)]
    }
    let base = try newsroom.commit(steps("un", "deux"), by: "Ana")
    let head = try newsroom.commit(steps("zéro", "un", "deux"), after: base, by: "Léo")
    #expect(
      try blame(newsroom, head, at: "/steps") == ["zéro by Léo", "un by Ana", "deux by Ana"])
  }

  @Test func aDocumentThatComesBackKeepsItsAuthors() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit(body("un deux"), by: "Ana")
    let gone = try newsroom.commit([path: nil], after: one, by: "Léo")
    let other = try newsroom.commit(["posts/b.json": post("b")], after: gone, by: "Max")
    let head = try newsroom.commit(body("un deux trois"), after: other, by: "Zoé")
    #expect(try blame(newsroom, head) == ["un deux  by Ana", "trois by Zoé"])
  }

  @Test func aVersionNobodyCanReadChangesNoAuthor() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit(body("un deux"), by: "Ana")
    let broken = try newsroom.commit([path: #"{"id":"a","body":"un deux"#], after: one, by: "Léo")
    let head = try newsroom.commit(body("un deux trois"), after: broken, by: "Zoé")
    #expect(try blame(newsroom, head) == ["un deux  by Ana", "trois by Zoé"])
  }

  @Test func whatIsNotCommittedIsNobodys() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit(body("un deux"), by: "Ana")
    let standing = post("a", #""body":"un deux trois","at":7"#)
    #expect(try blame(newsroom, one, as: standing) == ["un deux  by Ana", "trois by nobody yet"])
    #expect(try blame(newsroom, one, at: "/at", as: standing) == ["7 by nobody yet"])
    #expect(try blame(newsroom, nil, as: standing) == ["un deux trois by nobody yet"])
  }

  @Test func whoeverMergesWithPlainGitWroteWhatTheyChanged() throws {
    var newsroom = Newsroom()
    let base = try newsroom.commit(body("Un deux trois. Quatre cinq six."), by: "Zoé")
    let ana = try newsroom.commit(body("Un DEUX trois. Quatre cinq six."), after: base, by: "Ana")
    let leo = try newsroom.commit(body("Un deux trois. Quatre CINQ six."), after: base, by: "Léo")
    let head = try newsroom.commit(
      body("Un DEUX trois. Quatre CINQ sept."), after: ana, leo, by: "Max")
    #expect(
      try blame(newsroom, head) == [
        "Un  by Zoé", "DEUX  by Ana", "trois. Quatre  by Zoé", "CINQ  by Léo", "sept by Max", ". by Zoé",
      ])
  }

  @Test func aSideWithoutNewsChangesNothing() throws {
    // Léo took a word away, Zoé wrote it anew: it is hers, whatever others did elsewhere meanwhile.
    var newsroom = Newsroom()
    let base = try newsroom.commit(body("un deux trois"), by: "Ana")
    let leo = try newsroom.commit(body("un trois"), after: base, by: "Léo")
    let zoe = try newsroom.commit(body("un deux trois"), after: leo, by: "Zoé")
    let max = try newsroom.commit(["posts/b.json": post("b")], after: base, by: "Max")
    let alone = try blame(newsroom, zoe)
    #expect(alone == ["un  by Ana", "deux  by Zoé", "trois by Ana"])
    #expect(try blame(newsroom, newsroom.join(zoe, max)) == alone)
  }

  @Test func aPlaceInsideAValueThatChangesAsOneIsByWhoeverSetIt() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit([path: post("a", #""labels":"x","body":{"a":[1]}"#)], by: "Ana")
    // Texts that are no texts are values.
    #expect(try blame(newsroom, one, at: "/body/a/0") == ["1 by Ana"])
  }

  @Test func nothingIsSaidOfAPlaceThatIsNotThere() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit(body("un"))
    let document = try #require(try newsroom.document(path, at: one))
    for field in ["/nothing", "/body/0", "/title/x"] as [JSONPointer] {
      #expect(try newsroom.history(from: one).blame(of: WorkspacePath(path), as: document, at: field) == nil)
    }
  }

  @Test func onlyVersionsOfTheDocumentAreRead() throws {
    var newsroom = Newsroom()
    var head = try newsroom.commit(body("un").merging(["posts/b.json": post("b")]) { $1 })
    for number in 1...40 {
      head = try newsroom.commit(["posts/b.json": post("b", #""at":\#(number)"#)], after: head)
    }
    head = try newsroom.commit(body("un deux"), after: head, by: "Léo")
    let document = try #require(try newsroom.document(path, at: head))
    let history = try newsroom.history(from: head)
    newsroom.store.forgetCounts()
    _ = try history.blame(of: WorkspacePath(path), as: document)
    #expect(newsroom.store.blobsRead.count <= 5)
  }
}
