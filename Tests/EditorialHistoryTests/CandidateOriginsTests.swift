import EditorialHistory
import JSONTree
import ObjectModel
import TestSupport
import Testing
import ThreeWayMerge

/// Who wrote the candidates of a conflict, though the conflict itself does not say.
@Suite struct CandidateOriginsTests {
  let path: WorkspacePath

  init() throws { path = try WorkspacePath("posts/a.json") }

  /// Each candidate with who wrote it, as `value by name`; one line per conflict.
  func attributed(_ newsroom: Newsroom, _ head: ObjectID) throws -> [String] {
    let open = try newsroom.openConflicts(path.text, at: head)
    return try newsroom.history(from: head).candidateOrigins(of: open, in: path).map { found in
      let candidates = zip(found.conflict.candidates, found.origins).map { candidate, origin in
        let words =
          switch candidate {
          case .deleted: "deleted"
          case .kept: "kept"
          case .value(let value): String(decoding: value.canonicalBytes, as: UTF8.self)
          }
        return "\(words) by \(origin?.by.name ?? "nobody")"
      }
      return "\(found.pointer) \(found.conflict.kind.rawValue): \(candidates.joined(separator: "; "))"
    }
  }

  @Test func aValueIsByWhoeverChangedItSo() throws {
    var newsroom = Newsroom()
    let base = try newsroom.commit(["posts/a.json": post("a", #""at":0"#)], by: "Zoé")
    let ana = try newsroom.commit(["posts/a.json": post("a", #""at":1"#)], after: base, by: "Ana")
    // Another person goes on from there, and writes something else.
    let max = try newsroom.commit(
      ["posts/a.json": post("a", #""at":1,"labels":["x"]"#)], after: ana, by: "Max")
    let leo = try newsroom.commit(["posts/a.json": post("a", #""at":2"#)], after: base, by: "Léo")
    let head = try newsroom.join(max, leo)
    #expect(try attributed(newsroom, head) == ["/at value: 1 by Ana; 2 by Léo"])
    let origins = try newsroom.history(from: head)
      .candidateOrigins(of: newsroom.openConflicts(path.text, at: head), in: path)
    #expect(origins.first?.origins.map { $0?.commit } == [ana, leo])
    #expect(origins.first?.origins.first??.at == (try newsroom.history(from: ana).versions().first?.at))
  }

  @Test func threePeopleMadeThreeCandidates() throws {
    var newsroom = Newsroom()
    let base = try newsroom.commit(["posts/a.json": post("a", #""at":0"#)])
    var heads: [ObjectID] = []
    for (name, value) in [("Ana", "3"), ("Léo", "1"), ("Zoé", "2")] {
      heads.append(
        try newsroom.commit(["posts/a.json": post("a", #""at":\#(value)"#)], after: base, by: name))
    }
    let head = try newsroom.join(heads[0], heads[1], heads[2])
    #expect(try attributed(newsroom, head) == ["/at value: 1 by Léo; 2 by Zoé; 3 by Ana"])
  }

  @Test func theNewestOfThoseWhoChangedItSo() throws {
    var newsroom = Newsroom()
    let base = try newsroom.commit(["posts/a.json": post("a", #""at":0"#)])
    let ana = try newsroom.commit(["posts/a.json": post("a", #""at":1"#)], after: base, by: "Ana")
    let back = try newsroom.commit(["posts/a.json": post("a", #""at":0"#)], after: ana, by: "Ana")
    let max = try newsroom.commit(["posts/a.json": post("a", #""at":1"#)], after: back, by: "Max")
    let leo = try newsroom.commit(["posts/a.json": post("a", #""at":2"#)], after: base, by: "Léo")
    let head = try newsroom.join(max, leo)
    #expect(try attributed(newsroom, head) == ["/at value: 1 by Max; 2 by Léo"])
  }

  // MARK: - Texts

  static let body = "Le marché ouvre samedi. Venez tôt avec vos paniers. On vous attend."

  func postSaying(_ words: (String, String)...) -> String {
    var body = Self.body
    for (old, new) in words {
      body = body.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    }
    return post("a", #""body":"\#(body)""#)
  }

  @Test func wordsAreByWhoeverWroteThem() throws {
    var newsroom = Newsroom()
    let base = try newsroom.commit(["posts/a.json": postSaying()])
    let ana = try newsroom.commit(
      ["posts/a.json": postSaying(("samedi", "dimanche"))], after: base, by: "Ana")
    let leo = try newsroom.commit(["posts/a.json": postSaying(("samedi", "lundi"))], after: base, by: "Léo")
    // Zoé's words stand in both candidates; neither is hers.
    let zoe = try newsroom.commit(["posts/a.json": postSaying(("paniers", "sacs"))], after: base, by: "Zoé")
    let head = try newsroom.join(try newsroom.join(ana, zoe), leo)
    #expect(try newsroom.openConflicts(path.text, at: head).list.count == 1)
    let lines = try attributed(newsroom, head)
    #expect(
      lines.first?.contains("dimanche. Venez tôt avec vos sacs. On vous attend.\" by Ana") == true, "\(lines)"
    )
    #expect(
      lines.first?.contains("lundi. Venez tôt avec vos sacs. On vous attend.\" by Léo") == true, "\(lines)")
  }

  @Test func writingElsewhereInAnOpenConflictMakesNobodyItsAuthor() throws {
    var newsroom = Newsroom()
    let base = try newsroom.commit(["posts/a.json": postSaying()])
    let ana = try newsroom.commit(
      ["posts/a.json": postSaying(("samedi", "dimanche"))], after: base, by: "Ana")
    let leo = try newsroom.commit(["posts/a.json": postSaying(("samedi", "lundi"))], after: base, by: "Léo")
    let joined = try newsroom.join(ana, leo)
    let head = try newsroom.commit(
      ["posts/a.json": postSaying(("samedi", "lundi"), ("tôt", "tard"))], after: joined, by: "Max")
    let lines = try attributed(newsroom, head)
    #expect(
      lines.first?.contains("dimanche. Venez tard avec vos paniers. On vous attend.\" by Ana") == true,
      "\(lines)")
    #expect(
      lines.first?.contains("lundi. Venez tard avec vos paniers. On vous attend.\" by Léo") == true,
      "\(lines)")
  }

  @Test func wordsTakenAwayAreByWhoeverTookThem() throws {
    var newsroom = Newsroom()
    let base = try newsroom.commit(["posts/a.json": postSaying()])
    let ana = try newsroom.commit(["posts/a.json": postSaying((" tôt", ""))], after: base, by: "Ana")
    let leo = try newsroom.commit(["posts/a.json": postSaying((" tôt", " tard"))], after: base, by: "Léo")
    let head = try newsroom.join(ana, leo)
    let lines = try attributed(newsroom, head)
    #expect(lines.first?.contains("Venez avec vos paniers. On vous attend.\" by Ana") == true, "\(lines)")
    #expect(
      lines.first?.contains("Venez tard avec vos paniers. On vous attend.\" by Léo") == true, "\(lines)")
  }

  @Test func aTextThatWasEmptiedIsByWhoeverEmptiedIt() throws {
    var newsroom = Newsroom()
    let base = try newsroom.commit(["posts/a.json": post("a", #""body":"un deux""#)])
    let ana = try newsroom.commit(["posts/a.json": post("a", #""body":"""#)], after: base, by: "Ana")
    let leo = try newsroom.commit(["posts/a.json": post("a", #""body":"un trois""#)], after: base, by: "Léo")
    let head = try newsroom.join(ana, leo)
    let lines = try attributed(newsroom, head)
    #expect(lines == [#"/body text: "" by Ana; "un trois" by Léo"#])
  }

  // MARK: - Deletions

  @Test func aDeletionIsByWhoeverDeleted() throws {
    var newsroom = Newsroom()
    let base = try newsroom.commit(["posts/a.json": post("a", #""at":0"#)], by: "Zoé")
    let ana = try newsroom.commit(["posts/a.json": nil], after: base, by: "Ana")
    let leo = try newsroom.commit(["posts/a.json": post("a", #""at":1"#)], after: base, by: "Léo")
    let max = try newsroom.commit(["posts/a.json": post("a", #""at":2"#)], after: leo, by: "Max")
    let head = try newsroom.join(ana, max)
    #expect(try attributed(newsroom, head) == [" delete-edit: deleted by Ana; kept by Max"])
  }

  @Test func alsoWhereOthersMovedTheFileMeanwhile() throws {
    var newsroom = Newsroom()
    let base = try newsroom.commit(["posts/0.json": post("a", #""at":0"#)], by: "Zoé")
    let ana = try newsroom.commit(["posts/0.json": nil], after: base, by: "Ana")
    let leo = try newsroom.commit(
      ["posts/0.json": nil, "posts/a.json": post("a", #""at":1"#)], after: base, by: "Léo")
    let head = try newsroom.join(ana, leo)
    #expect(try attributed(newsroom, head) == [" delete-edit: deleted by Ana; kept by Léo"])
  }

  @Test func anElementToo() throws {
    var newsroom = Newsroom()
    func thread(_ elements: String) -> String { post("a", #""thread":[\#(elements)]"#) }
    let (one, two) = (#"{"id":"1","n":1}"#, #"{"id":"2","n":1}"#)
    let base = try newsroom.commit(["posts/a.json": thread("\(one),\(two)")])
    let ana = try newsroom.commit(["posts/a.json": thread(two)], after: base, by: "Ana")
    let leo = try newsroom.commit(
      ["posts/a.json": thread(#"{"id":"1","n":2},\#(two)"#)], after: base, by: "Léo")
    #expect(
      try attributed(newsroom, newsroom.join(ana, leo)) == [
        "/thread/@1 delete-edit: deleted by Ana; kept by Léo"
      ])
  }

  @Test func anElementThatWasOnlyMoved() throws {
    var newsroom = Newsroom()
    func thread(_ ids: Int...) -> String {
      post("a", #""thread":[\#(ids.map { #"{"id":"\#($0)"}"# }.joined(separator: ","))]"#)
    }
    let base = try newsroom.commit(["posts/a.json": thread(1, 2, 3)])
    let ana = try newsroom.commit(["posts/a.json": thread(2, 3)], after: base, by: "Ana")
    let leo = try newsroom.commit(["posts/a.json": thread(2, 3, 1)], after: base, by: "Léo")
    #expect(
      try attributed(newsroom, newsroom.join(ana, leo)) == [
        "/thread/@1 delete-edit: deleted by Ana; kept by Léo"
      ])
  }

  // MARK: - Lists and shapes

  @Test func elementsWithoutKeys() throws {
    var newsroom = Newsroom()
    func steps(_ words: String...) -> String {
      post("a", #""steps":[\#(words.map { "\"\($0)\"" }.joined(separator: ","))]"#)
    }
    let base = try newsroom.commit(["posts/a.json": steps("un", "deux", "trois", "fin")])
    let zoe = try newsroom.commit(
      ["posts/a.json": steps("un", "deux", "trois", "Z", "fin")], after: base, by: "Zoé")
    let ana = try newsroom.commit(
      ["posts/a.json": steps("un", "A", "trois", "Z", "fin")], after: zoe, by: "Ana")
    let leo = try newsroom.commit(
      ["posts/a.json": steps("un", "B", "C", "trois", "fin")], after: base, by: "Léo")
    let head = try newsroom.join(ana, leo)
    let lines = try attributed(newsroom, head)
    #expect(
      lines == [
        #"/steps order: ["un","A","trois","Z","fin"] by Ana; ["un","B","C","trois","Z","fin"] by Léo"#
      ])
  }

  @Test func anotherShape() throws {
    var newsroom = Newsroom()
    let base = try newsroom.commit(["posts/a.json": post("a", #""at":0"#)])
    let ana = try newsroom.commit(["posts/a.json": post("a", #""at":"un""#)], after: base, by: "Ana")
    let leo = try newsroom.commit(["posts/a.json": post("a", #""at":[1]"#)], after: base, by: "Léo")
    #expect(try attributed(newsroom, newsroom.join(ana, leo)) == [#"/at type: "un" by Ana; [1] by Léo"#])
  }

  /// Somebody's work met others' before it was committed: only the record of their next version has it.
  @Test func whatOnlyARecordHasIsByWhoeverCommittedThat() throws {
    var newsroom = Newsroom()
    let base = try newsroom.commit(["posts/a.json": post("a", #""at":0"#)], by: "Zoé")
    let leo = try newsroom.commit(["posts/a.json": post("a", #""at":2"#)], after: base, by: "Léo")
    let record = ConflictRecord(
      OpenConflicts([
        (JSONPointer([.key("at")]), Conflict(kind: .value, base: 0, candidates: [.value(1), .value(2)]))
      ]))
    let ana = try newsroom.commit(
      ["conflicts/posts/a.json": String(decoding: record.value.canonicalForm, as: UTF8.self)], after: leo,
      by: "Ana")
    let later = try newsroom.commit(["posts/b.json": post("b", "")], after: ana, by: "Max")
    #expect(try attributed(newsroom, later) == ["/at value: 1 by Ana; 2 by Léo"])
  }

  // MARK: - What nobody wrote, and what is not read

  @Test func aCandidateNobodyWroteIsNobodys() throws {
    var newsroom = Newsroom()
    let base = try newsroom.commit(["posts/a.json": post("a", #""at":0"#)])
    let made = OpenConflicts([
      (JSONPointer([.key("at")]), Conflict(kind: .value, base: 0, candidates: [.value(8), .value(9)]))
    ])
    let found = try newsroom.history(from: base).candidateOrigins(of: made, in: path)
    #expect(found.map(\.origins) == [[nil, nil]])
  }

  @Test func oldVersionsAreNotReadOnceAllAreFound() throws {
    var newsroom = Newsroom()
    var base = try newsroom.commit(["posts/a.json": post("a", #""at":0"#)])
    for number in 1...30 {
      base = try newsroom.commit(["posts/a.json": post("a", #""at":\#(number)"#)], after: base)
    }
    let ana = try newsroom.commit(["posts/a.json": post("a", #""at":"A""#)], after: base, by: "Ana")
    let leo = try newsroom.commit(["posts/a.json": post("a", #""at":"B""#)], after: base, by: "Léo")
    let head = try newsroom.join(ana, leo)
    let open = try newsroom.openConflicts(path.text, at: head)
    let history = try newsroom.history(from: head)
    newsroom.store.forgetCounts()
    #expect(
      try history.candidateOrigins(of: open, in: path).first?.origins.map { $0?.by.name } == ["Ana", "Léo"])
    // The joined file, both candidates and what they were made from.
    #expect(Set(newsroom.store.blobsRead).count <= 4)
  }

  // MARK: - Laws

  static let seeds: Range<UInt64> = 0..<120

  /// No word of a story is written twice, so it is known who wrote each.
  @Test(arguments: seeds) func everyCandidateIsByWhoeverWroteItsWords(seed: UInt64) throws {
    var story = try Story(seed: seed, joins: seed.isMultiple(of: 2))
    try story.live(steps: 16)
    let head = try story.joinAll()
    let newsroom = story.newsroom
    let history = try newsroom.history(from: head)
    for (path, _) in try newsroom.store.files(in: newsroom.tree(of: head), under: WorkspacePath("posts")) {
      let open = try newsroom.openConflicts(path.text, at: head)
      for found in try history.candidateOrigins(of: open, in: path) {
        for (candidate, origin) in zip(found.conflict.candidates, found.origins) {
          let comment: Comment = "seed \(seed): \(candidate) at \(found.pointer) of \(path)"
          switch candidate {
          case .deleted, .kept: #expect(origin != nil, comment)
          case .value(let value):
            let others =
              found.conflict.values.filter { $0 != value } + [found.conflict.base].compactMap { $0 }
            let own = Set(words(of: value)).subtracting(others.flatMap { words(of: $0) })
            if own.isEmpty { continue }
            let writers = Set(own.compactMap { story.writers[$0] })
            #expect(origin.map { writers.contains($0.commit) } == true, comment)
          }
        }
      }
    }
  }

  private func words(of value: JSONValue) -> [String] {
    textTokens(value.text ?? "").map(\.text).filter { $0.hasPrefix("mot") }
  }
}
