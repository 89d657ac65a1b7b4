import Documents
import EditorialReview
import JSONTree
import Testing

/// Whose yes counts, and when there are enough of them.
@Suite struct ApprovalTests {
  @Test func nobodyApprovesTheirOwnWords() throws {
    var room = Newsroom("required", fourEyes: true)
    room.set("ana", at: "/createdBy")
    try room.review("approve", by: "ana")
    #expect(try room.state() == .draft)
    #expect(try room.status().decisions.map(\.objection) == [.ownWords])
    try room.review("approve", by: "leo")
    #expect(try room.state() == .approved)
  }

  /// Whoever approved and then changed words wrote none of those that were approved.
  @Test func aYesThatItsOwnAuthorMadeStaleIsStale() throws {
    var room = Newsroom("required", fourEyes: true)
    try room.review("approve", by: "leo")
    #expect(try room.state() == .approved)
    room.set("leo", at: "/createdBy")
    room.set("Une mitaine neuve.", at: "/body")
    #expect(try room.status().isStale)
    #expect(try room.status().decisions.map(\.objection) == [nil])
    // It is no yes to the new words, and there can be none by the same person.
    try room.review("approve", by: "leo")
    #expect(try !room.status().isApproved)
    #expect(try room.status().decisions.last?.objection == .ownWords)
  }

  /// What waits for somebody away waits for who has their voice.
  @Test func aDelegateIsAskedForWhomTheyStandIn() throws {
    var room = Newsroom("required")
    room.set([["id": "d", "to": "pia"]], at: "/members/0/delegations", of: "team")
    room.set(["ana"], at: "/reviewers")
    room.set("in-review", at: "/state")
    let states = try room.states()
    let awaited = try #require(states.awaitedReviews().first)
    #expect(states.voices(givenTo: "pia") == ["ana"] && states.voices(givenTo: "leo") == [])
    #expect(!states.waits(awaited, for: "pia") && states.waits(awaited, for: "ana"))
    #expect(states.waits(awaited, for: "pia", onBehalfOf: "ana"))
    #expect(!states.waits(awaited, for: "leo", onBehalfOf: "ana"))
    try room.review("approve", by: "pia", for: "ana")
    #expect(try room.states().awaitedReviews().isEmpty)
  }

  /// Standing in for somebody makes nobody another person.
  @Test func nobodyApprovesTheirOwnWordsForSomebodyElse() throws {
    var room = Newsroom("optional", fourEyes: true)
    room.set(
      [["id": "d", "to": "pia"]], at: "/members/0/delegations", of: "team")
    try room.review("approve", by: "pia", for: "ana")
    #expect(try room.status().decisions.map(\.objection) == [.ownWords])
  }

  static let times: [(at: String, counts: Bool)] = [
    ("2026-11-19T23:59:59-05:00", false), ("2026-11-20T00:00:00-05:00", true),
    ("2026-11-21T23:59:59-05:00", true), ("2026-11-22T00:00:00-05:00", false),
  ]

  @Test(arguments: times) func aVoiceIsGivenForAWhile(at time: String, counts: Bool) throws {
    var room = Newsroom("required")
    room.set(
      [
        [
          "id": "d", "to": "pia", "from": "2026-11-20T00:00:00-05:00", "until": "2026-11-22T00:00:00-05:00",
        ]
      ], at: "/members/0/delegations", of: "team")
    try room.review("approve", by: "pia", for: "ana", at: time)
    #expect(try room.status().isApproved == counts)
    #expect(try room.status().decisions.map(\.objection) == [counts ? nil : .noDelegation])
  }

  @Test func rightsAreThoseOfTheChannel() throws {
    var room = Newsroom("required")
    room.set(["mode": "follows"], at: "/variants/ig")
    try room.review("approve", by: "leo", scope: [], byParts: true)
    #expect(try room.status(on: "fb").isApproved)
    #expect(try room.status(on: "ig").decisions.map(\.objection) == [.noRight])
  }

  @Test(arguments: [
    (SignatureStanding.verified, "required", true), (.unverified, "required", true),
    (.missing, "required", false),
    (.refused, "required", false), (.missing, "optional", true), (.refused, "optional", false),
  ])
  func aSignatureIsDueOnceSomebodyHasAKey(_ standing: SignatureStanding, _ preset: String, _ counts: Bool)
    throws
  {
    var room = Newsroom(preset)
    try room.review("approve", by: "ana")
    let states = try room.states { _, _ in standing }
    let status = states.reviewStatus(of: try #require(states.documents["post"]), on: "fb")
    #expect(status.isApproved == counts)
    #expect(status.decisions.map(\.signature) == [standing])
  }

  static let levels: [JSONValue] = [
    ["id": "client", "order": 2, "role": "client", "need": "all"],
    ["id": "maison", "order": 1, "role": "direction", "need": "any"],
  ]

  /// Several levels: one of the house (who may approve), then every client.
  @Test func levelsAreObtainedInTheirOrder() throws {
    var room = Newsroom("multi-level", levels: Self.levels)
    #expect(try room.status().progress.map(\.level.id) == ["maison", "client"])
    #expect(try room.status().progress.map(\.needed) == [1, 2])
    #expect(try room.status().missing.map(\.level.id) == ["maison", "client"])
    try room.review("approve", by: "ana")
    #expect(try room.state() == .inReview)
    #expect(try room.status().missing.map(\.level.id) == ["client"])
    try room.review("approve", by: "leo")
    #expect(try !room.status().isApproved)
    try room.review("approve", by: "zoe")
    #expect(try room.state() == .approved)
    #expect(try room.status().missing.isEmpty)
    room.set("autre", at: "/body")
    #expect(try room.state() == .stale)
  }

  private func asked(_ room: Newsroom) throws -> [JSONString] {
    let states = try room.states()
    let post = try #require(states.documents["post"])
    return states.peopleAsked(try #require(states.awaitedReview(of: post)))
  }

  /// The house first; the client once it has said yes.
  @Test func aLevelIsAskedOnceThoseBeforeHaveSaidYes() throws {
    var room = Newsroom("multi-level", levels: Self.levels)
    room.set("in-review", at: "/state")
    #expect(try asked(room) == ["ana"])
    try room.review("approve", by: "ana")
    #expect(try asked(room) == ["leo", "zoe"])
    try room.review("approve", by: "leo")
    #expect(try asked(room) == ["zoe"])
    // Other words are the first level's again.
    room.set("autre", at: "/body")
    #expect(try asked(room) == ["ana"])
  }

  /// A yes is about these very words, whoever said theirs first.
  @Test func aYesBeforeItsTurnIsKept() throws {
    var room = Newsroom("multi-level", levels: Self.levels)
    room.set("in-review", at: "/state")
    for person in ["leo", "zoe"] { try room.review("approve", by: person) }
    #expect(try room.status().missing.map(\.level.id) == ["maison"])
    #expect(try asked(room) == ["ana"])
    try room.review("approve", by: "ana")
    #expect(try room.state() == .approved)
  }

  /// Where nobody can say the yes whose turn it is, it is not their silence that keeps the others from theirs.
  @Test func nobodyWaitsForWhoCannotAnswer() throws {
    // Pia has the role, and may not approve.
    var named = Newsroom("multi-level", levels: Self.levels)
    named.set("in-review", at: "/state")
    named.set(["direction"], at: "/members/3/roles", of: "team")
    named.set(["pia", "leo"], at: "/reviewers")
    #expect(try asked(named) == ["leo"])
    // The only one of the house abstains.
    var room = Newsroom("multi-level", levels: Self.levels)
    room.set("in-review", at: "/state")
    try room.review("abstain", by: "ana")
    #expect(try asked(room) == ["leo", "zoe"])
    let states = try room.states()
    let post = try #require(states.documents["post"])
    let awaited = try #require(states.awaitedReview(of: post))
    #expect(awaited.needs.map(\.isAskedNow) == [true, true])
    // A role that nobody has.
    var nobody = Newsroom(
      "multi-level", levels: [["id": "droit", "role": "droit", "need": "any"]] + Self.levels)
    nobody.set(0, at: "/workflow/levels/0/order", of: "ligne")
    nobody.set("in-review", at: "/state")
    #expect(try asked(nobody) == ["ana"])
    try nobody.review("approve", by: "ana")
    #expect(try asked(nobody) == ["leo", "zoe"])
  }

  /// Who has the roles of two levels and says yes for one is asked for the other when its turn comes.
  @Test func aYesForOneLevelLeavesTheOtherToBeAsked() throws {
    var room = Newsroom("multi-level", levels: Self.levels)
    room.set(["direction", "client"], at: "/members/0/roles", of: "team")
    room.set("in-review", at: "/state")
    try room.review("approve", by: "ana", level: "maison")
    #expect(try asked(room).contains("ana"))
    try room.review("approve", by: "ana", level: "client", id: "second")
    #expect(try !asked(room).contains("ana"))
  }

  @Test func levelsOfOneNumberAreAskedAtOnce() throws {
    var room = Newsroom(
      "multi-level",
      levels: [
        ["id": "client", "order": 1, "role": "client", "need": "any"],
        ["id": "maison", "order": 1, "role": "direction", "need": "any"],
        ["id": "droit", "role": "droit", "need": "any"],
      ])
    room.set("in-review", at: "/state")
    #expect(try room.status().progress.map(\.level.turn) == [0, 0, 1])
    #expect(try asked(room) == ["ana", "leo", "zoe"])
  }

  /// Whoever was asked by name answers in turn as well, and out of turn only where nobody else was asked.
  @Test(arguments: [
    (["leo", "ana"], ["ana"], ["leo"]), (["leo"], ["leo"], ["leo"]), (["ana"], ["ana"], []),
  ]) func thoseAskedByNameAnswerInTurn(names: [JSONString], first: [JSONString], then: [JSONString]) throws {
    var room = Newsroom("multi-level", levels: Self.levels)
    room.set("in-review", at: "/state")
    room.set(.array(names.map(JSONValue.string)), at: "/reviewers")
    #expect(try asked(room) == first)
    try room.review("approve", by: "ana")
    #expect(try asked(room) == then)
  }

  @Test func soManyMeansSoManyPeople() throws {
    var room = Newsroom(
      "multi-level", levels: [["id": "client", "role": "client", "need": "count", "count": 2]])
    room.set([["id": "d", "to": "leo"]], at: "/members/2/delegations", of: "team")
    try room.review("approve", by: "leo")
    try room.review("approve", by: "leo", for: "zoe", id: "stand-in")
    #expect(try room.status().progress.map(\.approvedBy) == [["leo"]])
    #expect(try !room.status().isApproved)
    try room.review("approve", by: "zoe")
    #expect(try room.status().isApproved)
  }

  @Test func aYesForOneLevelIsNoneForAnother() throws {
    var room = Newsroom("multi-level", levels: Self.levels)
    try room.review("approve", by: "leo", level: "maison")
    #expect(try room.status().progress.map(\.approvedBy) == [[], []])
  }

  /// Who may approve and has no role that a level asks for is not asked, and their yes counts for nothing.
  @Test func aYesWithoutARoleOfALevelCountsForNothing() throws {
    var room = Newsroom("multi-level", levels: Self.levels)
    room.set(["fb": ["approve"]], at: "/members/3/rights", of: "team")
    room.set(["redaction"], at: "/members/3/roles", of: "team")
    room.set("in-review", at: "/state")
    let before = try room.states()
    let post = try #require(before.documents["post"])
    let awaited = try #require(before.awaitedReview(of: post))
    #expect(before.peopleAsked(awaited) == ["ana"])
    #expect(
      before.objection(to: .approve, by: "pia", on: awaited.document, channels: ["fb"]) == .noRole)
    #expect(before.objection(to: .refuse, by: "pia", on: awaited.document, channels: ["fb"]) == nil)
    try room.review("approve", by: "pia")
    #expect(try room.status().decisions.map(\.objection) == [.noRole])
    #expect(try room.status().approvals.isEmpty)
  }

  @Test func aYesForALevelOfAnotherRoleIsRefusedBeforeItIsSaid() throws {
    let states = try Newsroom("multi-level", levels: Self.levels).states()
    let post = try #require(states.documents["post"])
    func objection(_ level: JSONString?) -> ReviewStatus.Disqualification? {
      states.objection(to: .approve, by: "leo", level: level, on: post, channels: ["fb"])
    }
    #expect(objection(nil) == nil && objection("client") == nil && objection("maison") == .noRole)
  }

  /// A looser policy holds once somebody else said yes to it under the old one.
  @Test func aLooserPolicyWaitsForAYesUnderTheOldOne() throws {
    var room = Newsroom("optional")
    room.set(["*": ["approve"]], at: "/members/3/rights", of: "team")
    room.schedule(PostStateTests.soon)
    #expect(try room.state() == .scheduled)
    room.set(
      ["preset": "required", "by": "ana", "at": "2026-11-20T09:00:00-05:00"], at: "/workflow/previous",
      of: "ligne")
    #expect(try room.states().policy.preset == .required)
    #expect(try room.state() == .draft)

    func approve(by person: String) throws {
      let documents = try room.collection()
      room[JSONString("policy-\(person)")] = [
        "kind": "review", "subject": "ligne", "verdict": "approve", "by": JSONValue(person),
        "contentHash": JSONValue(documents.contentHash(of: try #require(documents["ligne"])).hex),
        "policyVersion": JSONValue(try room.states().authority.version.hex),
        "at": "2026-11-20T10:00:00-05:00",
      ]
    }
    // Not by who loosened it, nor by somebody who may not approve everywhere.
    try approve(by: "ana")
    try approve(by: "leo")
    #expect(try room.states().policy.preset == .required)
    try approve(by: "pia")
    #expect(try room.states().policy.preset == .optional)
    #expect(try room.state() == .scheduled)
  }
}
