import EditorialHistory
import JSONTree
import ObjectModel
import TestSupport
import Testing
import ThreeWayMerge
import Wording

/// The versions of a workspace, newest first: everything a commit was made from comes after it.
@Suite struct WorkspaceVersionsTests {
  @Test func aWorkspaceWithoutVersionsHasNone() throws {
    #expect(try Newsroom().history(from: nil).versions().isEmpty)
  }

  @Test func aVersionSaysWhoWhenWhyAndWhat() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit(
      ["posts/a.json": post("a")], by: "Léo Roy", at: "2026-11-03T09:30:00-05:00",
      message: "\n  Annonce du marché\nde samedi\n\n\nParce que la\nville l’a confirmé.\n\nLigne-Test: 1\n\n")
    let version = try #require(newsroom.history(from: one).versions().first)
    #expect(version.id == one)
    #expect(version.by.name == "Léo Roy")
    #expect(version.at.description == "2026-11-03T09:30:00-05:00")
    #expect(version.subject == "Annonce du marché de samedi")
    #expect(version.body == "Parce que la\nville l’a confirmé.\n\nLigne-Test: 1")
    #expect(version.documents.map(line) == ["added posts/a.json added:/"])
  }

  @Test func jointCommitsAreNoVersions() throws {
    var newsroom = Newsroom()
    let base = try newsroom.commit(["posts/a.json": post("a")])
    let ana = try newsroom.commit(["posts/a.json": post("a", #""at":1"#)], after: base)
    let leo = try newsroom.commit(["posts/b.json": post("b")], after: base, by: "Léo")
    let head = try newsroom.join(ana, leo)
    let versions = try newsroom.history(from: head).versions()
    #expect(versions.map(\.id) == [leo, ana, base])
    #expect(
      versions.map { $0.documents.map(line) } == [
        ["added posts/b.json added:/"], ["changed posts/a.json added:/at"], ["added posts/a.json added:/"],
      ])
  }

  @Test func aVersionOnTopOfAJoinIsMeasuredAgainstTheJoin() throws {
    var newsroom = Newsroom()
    let base = try newsroom.commit(["posts/a.json": post("a")])
    let ana = try newsroom.commit(["posts/a.json": post("a", #""at":1"#)], after: base)
    let leo = try newsroom.commit(["posts/b.json": post("b")], after: base, by: "Léo")
    // A merge that a person made with git, with a change of its own.
    let merge = try newsroom.commit(["posts/c.json": post("c")], after: ana, leo, by: "Zoé")
    let version = try #require(newsroom.history(from: merge).versions().first)
    #expect(version.documents.map(line) == ["added posts/c.json added:/"])
  }

  @Test func clocksDoNotPutAVersionBeforeWhatItWasMadeFrom() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit(["a.json": "1"], at: "2030-01-01T00:00:00Z")
    let two = try newsroom.commit(["a.json": "2"], after: one, at: "1999-01-01T00:00:00Z")
    let three = try newsroom.commit(["a.json": "3"], after: two, at: "2026-01-01T00:00:00Z")
    #expect(try newsroom.history(from: three).versions().map(\.id) == [three, two, one])
  }

  @Test func ofTwoAtOneTimeTheSmallerIdComesFirst() throws {
    var newsroom = Newsroom()
    let base = try newsroom.commit([:])
    var both: [ObjectID] = []
    for text in ["1", "2"] {
      both.append(try newsroom.commit(["\(text).json": text], after: base, at: "2026-01-01T00:00:00Z"))
    }
    let head = try newsroom.join(both[0], both[1])
    #expect(try newsroom.history(from: head).versions().map(\.id) == both.sorted() + [base])
  }

  @Test func missingHistoryIsNotListedAsLess() throws {
    let newsroom = Newsroom()
    let gone = ObjectID.emptyTree
    #expect(throws: ObjectStoreError.missing(gone)) { try newsroom.history(from: gone) }
  }

  // MARK: - Filters

  @Test func filters() throws {
    var newsroom = Newsroom()
    let one = try newsroom.commit(
      ["posts/a.json": post("a", #""body":"un""#)], by: "Ana", at: "2026-11-01T12:00:00Z")
    let two = try newsroom.commit(
      ["posts/a.json": post("a", #""body":"deux","at":1"#)], after: one, by: "Léo", at: "2026-11-02T12:00:00Z"
    )
    let three = try newsroom.commit(
      ["posts/a.json": post("a", #""body":"deux","at":2"#), "posts/b.json": post("b", #""body":"x""#)],
      after: two,
      by: "Ana", at: "2026-11-03T12:00:00Z")
    let history = try newsroom.history(from: three)
    func ids(_ filter: VersionFilter) throws -> [ObjectID] {
      try history.versions(matching: filter).map(\.id)
    }
    #expect(try ids(.all) == [three, two, one])
    #expect(try ids(VersionFilter(limit: 2)) == [three, two])
    #expect(try ids(VersionFilter(limit: 0)) == [])
    #expect(try ids(VersionFilter(author: "LÉO")) == [two])
    #expect(try ids(VersionFilter(author: "ana@exemple")) == [three, one])
    #expect(try ids(VersionFilter(author: "personne")) == [])
    #expect(try ids(VersionFilter(since: Instant(rfc3339: "2026-11-02T12:00:00Z"))) == [three, two])
    #expect(try ids(VersionFilter(author: "ana", limit: 1)) == [three])
    #expect(try ids(VersionFilter(field: "/at")) == [three, two])
    let field = try history.versions(matching: VersionFilter(field: "/body"))
    #expect(
      field.map { $0.documents.map(line) } == [
        ["added posts/b.json added:/body"], ["changed posts/a.json changed:/body"],
        ["added posts/a.json added:/body"],
      ])
    let path = try WorkspacePath("posts/a.json")
    #expect(try history.versions(of: path, matching: VersionFilter(field: "/body")).map(\.id) == [two, one])
    #expect(
      try history.versions(of: path, matching: VersionFilter(author: "ana", limit: 1)).map(\.id) == [three])
  }

  /// A place inside something that came, went or changed as a whole, and a move of the element it is.
  @Test func aFieldIsFollowedThroughWhatHoldsIt() throws {
    var newsroom = Newsroom()
    let texts = [
      #""thread":[{"id":"1","body":"un"},{"id":"2","body":"deux"}]"#,
      #""thread":[{"id":"1","body":"uns"},{"id":"2","body":"deux"}]"#,
      #""thread":[{"id":"2","body":"deux"},{"id":"1","body":"uns"}]"#,
      #""thread":[{"id":"2","body":"deux"}]"#,
      #""thread":[{"id":"2","body":"deux"},{"id":"1","body":"retour"}]"#,
      #""autre":1"#,
    ]
    var head = try newsroom.commit(["posts/a.json": post("a")])
    var ids: [ObjectID] = []
    for text in texts {
      head = try newsroom.commit(["posts/a.json": post("a", text)], after: head)
      ids.append(head)
    }
    let history = try newsroom.history(from: head)
    func lines(_ field: JSONPointer) throws -> [String] {
      try history.versions(of: WorkspacePath("posts/a.json"), matching: VersionFilter(field: field)).map {
        version in
        "\(ids.firstIndex(of: version.id) ?? -1)"
          + version.documents.flatMap(\.fields)
          .map { " \($0.change.rawValue):\($0.pointer)" }.joined()
      }
    }
    #expect(
      try lines("/thread/@1/body") == [
        "5 removed:/thread/@1/body", "4 added:/thread/@1/body", "3 removed:/thread/@1/body",
        "1 changed:/thread/@1/body", "0 added:/thread/@1/body",
      ])
    // One of the two elements is the one that moved; the other stays where it was, relative to it.
    let moves = try lines("/thread/@1") + lines("/thread/@2")
    #expect(moves.count { $0.hasPrefix("2 moved:") } == 1)
  }

  // MARK: - Laws

  static let seeds: Range<UInt64> = 0..<100

  /// Any graph, any clocks: each commit once, before everything it was made from; of two that could both be next,
  /// the later one.
  @Test(arguments: seeds) func childrenComeBeforeParents(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let newsroom = Newsroom()
    var commits: [ObjectID] = []
    for number in 0..<40 {
      let parents = Set((0..<Int(random.next() % 4)).map { _ in random.next() }).sorted()
        .compactMap { commits.isEmpty ? nil : commits[Int($0 % UInt64(commits.count))] }
      let signature = Signature(
        name: "P", email: "p@exemple.example", time: Int64(random.next() % 5), offsetMinutes: 0)
      commits.append(
        try newsroom.store.write(
          Commit(
            tree: .emptyTree, parents: parents, author: signature, committer: signature,
            message: "\(number)\n")))
    }
    let signature = Signature(name: "P", email: "p@exemple.example", time: 0, offsetMinutes: 0)
    let head = try newsroom.store.write(
      Commit(tree: .emptyTree, parents: commits, author: signature, committer: signature, message: "\n"))
    let history = try History(
      head: head, in: newsroom.store, isJoint: { _, _ throws(ObjectStoreError) in false },
      before: { _ throws(ObjectStoreError) in nil }, rules: { _ throws(ObjectStoreError) in .byShape })
    let order = try history.versions().map(\.id)
    #expect(Set(order) == Set(commits + [head]), "seed \(seed)")
    #expect(order.count == commits.count + 1, "seed \(seed)")

    // The same by the definition, without a queue: look through all that are free each time.
    var left = Set(order)
    var expected: [ObjectID] = []
    while !left.isEmpty {
      let blocked = try Set(left.flatMap { try newsroom.store.commit($0).parents })
      let free = try left.subtracting(blocked).map { (try newsroom.store.commit($0).committer.time, $0) }
      guard let next = free.min(by: { $0.0 != $1.0 ? $0.0 > $1.0 : $0.1 < $1.1 })?.1 else { break }
      expected.append(next)
      left.remove(next)
    }
    #expect(order == expected, "seed \(seed)")
  }
}
