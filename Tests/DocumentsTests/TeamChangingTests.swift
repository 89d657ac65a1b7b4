import JSONTree
import Testing
import Wording

@testable import Documents

/// Changes of the team, as a function of team.json.
@Suite struct TeamChangingTests {
  static let team = Team([
    "kind": "team",
    "house": "own field",
    "members": [
      ["id": "ana", "name": "Ana Côté", "email": "ana@ravaude.example", "roles": ["direction"], "shoe": 38],
      [
        "id": "leo", "name": "Léo Bélanger", "email": "leo@ravaude.example",
        "delegations": [
          ["id": "a", "to": "ana", "until": "2026-11-26T00:00:00-05:00"],
          ["id": "b", "to": "ana", "from": "2027-01-01T00:00:00-05:00"],
          ["id": "c", "to": "zoe", "from": "?"],
        ],
      ],
      ["id": "zoe", "name": "Zoé Roy", "rights": ["*": ["write"], "x": ["approve"]]],
    ],
  ])
  static let now = Instant(rfc3339: "2026-11-21T09:00:00-05:00") ?? Instant(secondsSince1970: 0)
  static let offset = UTCOffset(minutes: -300)

  private func member(_ id: JSONString, in document: JSONValue) throws -> JSONValue {
    try #require(Team(document).member(id)).value
  }

  // MARK: Who is meant

  @Test(arguments: [
    ("ana", "ana"), ("ANA@Ravaude.example", "ana"), ("Léo Bélanger", "leo"), ("léo bélanger", "leo"),
    ("belanger", "leo"), ("Bé", "leo"), ("bél", "leo"), ("Roy", "zoe"),
  ])
  func aMemberIsMeantByIdAddressOrName(_ words: String, _ id: String) throws {
    #expect(try Self.team.member(meantBy: words).id?.text == id)
  }

  @Test(arguments: ["personne", "", " ", "ravaude"])
  func nobodyIsMeantByOtherWords(_ words: String) {
    #expect(throws: TeamError.unknownMember(words, known: ["ana", "leo", "zoe"])) {
      try Self.team.member(meantBy: words)
    }
  }

  @Test func aPartThatTwoNamesHaveMeansNobody() {
    #expect(throws: TeamError.ambiguousMember("o", matches: ["ana", "leo", "zoe"])) {
      try Self.team.member(meantBy: "o")
    }
  }

  // MARK: Joining and leaving

  @Test func aNewcomerIsWrittenAtTheEndAndNothingElseChanges() throws {
    var newcomer = Newcomer(name: "Inès d’Arc", email: "ines@ravaude.example")
    newcomer.roles = ["rédaction", "rédaction"]
    newcomer.rights = [
      ChannelRight(channel: "*", right: "comment"), ChannelRight(channel: "x", right: "write"),
      ChannelRight(channel: "x", right: "answer"),
    ]
    let (document, id) = try Self.team.adding(newcomer)
    #expect(id == "ines-d-arc")
    #expect(Team(document).members.dropLast().map(\.value) == Self.team.members.map(\.value))
    #expect(document["house"] == "own field")
    #expect(
      try member("ines-d-arc", in: document) == [
        "id": "ines-d-arc", "name": "Inès d’Arc", "email": "ines@ravaude.example", "roles": ["rédaction"],
        "rights": ["*": ["comment"], "x": ["write", "answer"]],
      ])
  }

  @Test func anIdIsMadeOfTheNameElseOfTheAddress() throws {
    #expect(try Self.team.adding(Newcomer(name: "Ana", email: "a@b.example")).id == "ana-2")
    #expect(try Self.team.adding(Newcomer(name: "Мария", email: "m.petrova@b.example")).id == "m-petrova")
  }

  @Test(
    arguments: [
      ("ana côté", "b@b.example", nil, TeamError.looksLike("ana côté", other: "Ana Côté")),
      ("Аnа", "b@b.example", nil, .refusedName("Аnа", .mixedAlphabets(word: "Аnа"))),
      ("Ana\u{200B}", "b@b.example", nil, .refusedName("Ana\u{200B}", .invisible("\u{200B}"))),
      ("Inès", "ANA@ravaude.example", nil, .sameEmail("ANA@ravaude.example", other: "Ana Côté")),
      ("Inès", "ines", nil, .malformedEmail("ines")),
      ("Inès", "i@b.example", "leo", .sameID("leo", other: "Léo Bélanger")),
      ("Inès", "i@b.example", "Inès", .malformedID("Inès")),
      ("Inès", "i@b.example", "a-", .malformedID("a-")),
      ("Inès", "i@b.example", "", .malformedID("")),
    ] as [(String, String, String?, TeamError)])
  func whoCanBeTakenForAMemberDoesNotJoin(_ name: String, _ email: String, _ id: String?, _ error: TeamError)
  {
    var newcomer = Newcomer(name: name, email: email)
    newcomer.id = id
    #expect(throws: error) { try Self.team.adding(newcomer) }
  }

  @Test func whoLeavesLeavesNoDelegationBehind() throws {
    let document = Self.team.removing("ana")
    #expect(Team(document).members.map(\.id) == ["leo", "zoe"])
    #expect(try member("leo", in: document)["delegations"] == [["id": "c", "to": "zoe", "from": "?"]])
    #expect(Self.team.removing("nobody") == Self.team.value)
  }

  // MARK: Roles, rights, voices

  @Test func rolesAndRightsComeAndGo() throws {
    let roles = Self.team.changing(roles: ["direction", "veille"], of: "ana", .give)
    #expect(try member("ana", in: roles)["roles"] == ["direction", "veille"])
    #expect(try member("ana", in: roles)["shoe"] == 38)
    let fewer = Team(roles).changing(roles: ["direction", "veille"], of: "ana", .take)
    #expect(try member("ana", in: fewer)["roles"] == nil)
    let right = ChannelRight(channel: "x", right: "approve")
    let rights = Self.team.changing(rights: [right], of: "zoe", .take)
    #expect(try member("zoe", in: rights)["rights"] == ["*": ["write"]])
    #expect(Self.team.changing(rights: [right], of: "zoe", .give) == Self.team.value)
    #expect(Self.team.changing(roles: ["direction"], of: "ana", .give) == Self.team.value)
  }

  @Test func aVoiceIsGivenForAWhile() throws {
    let now = Moment(instant: Self.now, offset: Self.offset)
    let until = Moment(
      instant: Instant(secondsSince1970: Self.now.secondsSince1970 + 3600), offset: Self.offset)
    let document = try Self.team.delegating("ana", to: "zoe", from: now, until: until, as: "d")
    #expect(
      try member("ana", in: document)["delegations"] == [
        ["id": "d", "to": "zoe", "from": "2026-11-21T09:00:00-05:00", "until": "2026-11-21T10:00:00-05:00"]
      ])
    #expect(throws: TeamError.endsBeforeItBegins) {
      try Self.team.delegating("ana", to: "zoe", from: now, until: now, as: "d")
    }
    #expect(throws: TeamError.delegationToOneself("Ana Côté")) {
      try Self.team.delegating("ana", to: "ana", from: nil, until: nil, as: "d")
    }
  }

  @Test func aVoiceTakenBackStaysGoodForWhatWasDecided() throws {
    let document = try Self.team.endingDelegations(of: "leo", to: nil, at: Self.now, offset: Self.offset)
    #expect(
      try member("leo", in: document)["delegations"] == [
        ["id": "a", "to": "ana", "until": "2026-11-21T09:00:00-05:00"],
        ["id": "c", "to": "zoe", "from": "?"],
      ])
    let (ended, before) = (Team(document), Instant(secondsSince1970: Self.now.secondsSince1970 - 1))
    #expect(ended.member("leo")?.delegations.map { $0.isInForce(at: before) } == [true, false])
    #expect(ended.member("leo")?.delegations.map { $0.isInForce(at: Self.now) } == [false, false])
    #expect(throws: TeamError.noDelegation("Léo Bélanger")) {
      try ended.endingDelegations(of: "leo", to: nil, at: Self.now, offset: Self.offset)
    }
    #expect(throws: TeamError.noDelegation("Léo Bélanger")) {
      try Self.team.endingDelegations(of: "leo", to: "zoe", at: Self.now, offset: Self.offset)
    }
  }

  /// What is written is what the schema of the team accepts.
  @Test func whatIsWrittenIsInOrder() throws {
    let kind = try #require(SchemaSet.builtIn.kind(named: "team"))
    var newcomer = Newcomer(name: "Inès", email: "ines@ravaude.example")
    newcomer.rights = [ChannelRight(channel: "*", right: "approve")]
    let joined = Team(try Self.team.adding(newcomer).document)
    let document = try joined.delegating(
      "ines", to: "ana", from: Moment(instant: Self.now, offset: Self.offset), until: nil, as: "d")
    let member = kind.schema.violations(of: document).filter { $0.pointer.description.contains("ines") }
    #expect(member.isEmpty)
    #expect(SchemaSet.builtIn.rightOfMember?.allowedValues.compactMap(\.text).contains("approve") == true)
  }
}
