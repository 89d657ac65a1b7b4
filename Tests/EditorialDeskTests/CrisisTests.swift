import Documents
import EditorialReview
import JSONTree
import Testing
import Wording

@testable import EditorialDesk

/// What a crisis holds, who does what in it, and what is left when it ends.
@Suite struct CrisisTests {
  static let plan: JSONValue = [
    "id": "plan", "kind": "crisis-plan", "title": "Accident", "language": "fr-CA",
    "levels": [
      [
        "id": "2", "name": "Alerte", "rank": 2, "firstResponse": "PT1H", "updateEvery": "PT4H",
        "actions": [["id": "retenir", "role": "redaction", "text": "Retenir."]],
      ],
      ["id": "3", "name": "Crise", "rank": 3, "firstResponse": "PT30M"],
      // Somebody numbered by hand: the rank of one is the id of another.
      ["id": "1", "name": "Vigilance", "rank": 1], ["id": "rouge", "name": "3", "rank": 4],
    ],
    "roster": ["redaction": ["holder": "ana", "deputy": "leo", "contact": "poste 12"], "veille": [:]],
    "checklist": [
      ["id": "lire", "text": "Lire la liste."], ["id": "noter", "role": "veille", "text": "Noter."],
    ],
    "statements": [
      [
        "id": "attente", "level": "2", "body": "Prochaine nouvelle : {heure}. {x y} {lieu}",
        "channels": ["x"],
        "slots": ["heure": "free", "lieu": ["ici", "là"], "reste": "free"],
      ]
    ],
  ]

  static let team: JSONValue = [
    "id": "team", "kind": "team",
    "members": [
      [
        "id": "ana", "name": "Ana",
        "delegations": [
          ["id": "avant", "to": "zoe", "until": "2026-11-19T00:00:00-05:00"],
          [
            "id": "jour", "to": "leo", "from": "2026-11-20T00:00:00-05:00",
            "until": "2026-11-21T00:00:00-05:00",
          ],
        ],
      ]
    ],
  ]

  static func activation(_ fields: JSONObject = [:]) -> JSONValue {
    var object: JSONObject = [
      "id": "crise", "kind": "crisis-activation", "title": "Accident", "plan": "plan", "level": "2",
      "state": "active", "hold": "all", "declaredAt": "2026-11-20T10:00:00-05:00", "declaredBy": "ana",
    ]
    for member in fields.members { object[member.key] = member.value }
    return .object(object)
  }

  static func entry(
    _ id: JSONString, _ at: String, _ nature: String, text: String = "", refs: [JSONValue] = []
  ) -> JSONValue {
    [
      "id": .string(id), "kind": "crisis-log", "activation": "crise", "at": JSONValue(at), "by": "leo",
      "nature": JSONValue(nature), "text": JSONValue(text), "refs": .array(refs),
    ]
  }

  @Test(arguments: [
    ("2", "2"), ("alerte", "2"), ("ALERTE", "2"), ("1", "1"), ("Vigilance", "1"), ("rouge", "rouge"),
    // The id of one, the name of a higher one: the higher.
    ("3", "rouge"), ("4", "rouge"),
  ])
  func aLevelIsMeantByIdRankOrNameTheHighestOfSeveral(_ words: String, _ id: String) throws {
    #expect(try CrisisPlan(Self.plan).level(meantBy: words).id?.text == id)
  }

  @Test func anUnknownLevelNamesThoseThereAre() {
    #expect(
      throws: CrisisRefused.unknownLevel("9", known: ["1, Vigilance", "2, Alerte", "3, Crise", "rouge, 3"])
    ) {
      try CrisisPlan(Self.plan).level(meantBy: "9")
    }
  }

  @Test func whatIsOnItsWayIsHeldByTimeAndNeverTheCrisisOwnWords() throws {
    let room = try DeskRoom([
      Self.plan,
      Self.activation(["statements": [["id": "attente", "contentHash": "0", "posts": ["own"]]]]),
      ReleaseTests.post("late", "draft", ["x": "2026-12-02T09:00:00-05:00", "y": nil]),
      ReleaseTests.post("early", "draft", ["x": "2026-12-01T09:00:00-05:00"]),
      ReleaseTests.post("own", "draft", ["x": "2026-11-20T13:00:00-05:00"]),
      ReleaseTests.post("sketch", "draft", ["x": nil]),
    ])
    #expect(
      room.states.heldPosts(by: "crise").map { "\($0.document.id) \($0.channel)" } == ["early x", "late x"])
    #expect(room.states.heldPosts(by: "another").isEmpty)
  }

  @Test func anEndLeavesWhatMissedItsTimeToPeopleAndTheRestWhereItWas() throws {
    let posts = [
      ReleaseTests.post("missed", "draft", ["x": "2026-11-20T11:00:00-05:00"]),
      ReleaseTests.post("ahead", "draft", ["x": "2026-12-01T09:00:00-05:00"]),
    ]
    let held = try DeskRoom([Self.activation()] + posts).states.heldPosts(by: "crise")
    let closed = Self.activation([
      "state": "closed", "closedLevel": "2", "closedAt": "2026-11-20T12:00:00-05:00",
    ])
    let after = try DeskRoom([closed] + posts).states
    #expect(after.letGo(held).map(\.state) == [.expired, .scheduled])
    #expect(after.letGo(held).map(\.needsDecision) == [true, false])
    // Another crisis goes on.
    let other = Self.activation(["id": "autre", "plan": "autre-plan"])
    #expect(try DeskRoom([closed, other] + posts).states.letGo(held).map(\.state) == [.held, .held])
  }

  @Test func everyRoleHasItsTasksAndWhoeverStandsInToday() throws {
    let plan = CrisisPlan(Self.plan)
    let duties = plan.duties(at: plan.level("2"), team: Team(Self.team), now: DeskRoom.now)
    #expect(duties.map(\.role) == ["redaction", "veille", nil])
    #expect(duties[0].holder == "ana" && duties[0].deputy == "leo" && duties[0].standIn == "leo")
    #expect(duties.map { $0.tasks.map(\.id) } == [["retenir"], ["noter"], ["lire"]])
    #expect(duties[1].holder == nil)
  }

  @Test func theTimelineTellsEachStepOnceInTheOrderOfTime() throws {
    let room = try DeskRoom([
      Self.plan,
      Self.activation([
        "state": "closed", "closedLevel": "2", "closedAt": "2026-11-20T11:00:00-05:00", "closedBy": "leo",
        "statements": [["id": "attente", "contentHash": "0", "posts": ["own"]]],
      ]),
      Self.entry("b", "2026-11-20T10:00:00-05:00", "decision", refs: ["declared:2"]),
      Self.entry("a", "2026-11-20T10:00:00-05:00", "fact"),
      // Written by another clock: earlier than it looks.
      Self.entry("c", "2026-11-20T16:30:00+01:00", "decision", refs: ["raised:3"]),
      [
        "id": "pub", "kind": "publication", "post": "own", "channel": "x",
        "at": "2026-11-20T10:45:00-05:00", "by": "leo", "contentHash": "0",
      ],
      ReleaseTests.post("own", "draft", ["x": nil]),
    ])
    let document = try #require(room.documents["crise"])
    let told = room.states.timeline(of: document).map(\.nature)
    #expect(
      told == [
        .declared, .noted(.fact), .raised(to: "3"), .published(.publication, channel: "x", url: nil), .closed,
      ])
  }

  /// `said`: when something was last said in public.
  @Test(
    arguments: [
      ("2", nil, "first-response", "2026-11-20T11:00:00-05:00", true),
      ("2", "2026-11-20T11:30:00-05:00", "update", "2026-11-20T15:30:00-05:00", false),
      ("3", nil, "first-response", "2026-11-20T10:30:00-05:00", true),
    ] as [(String, String?, String, String, Bool)])
  func theNextWordIsDueWhenThePlanSaysSo(
    _ level: String, _ said: String?, _ nature: String, _ at: String, _ isLate: Bool
  ) throws {
    let notes = said.map { [Self.entry("note", $0, "message")] } ?? []
    let room = try DeskRoom([Self.plan, Self.activation(["level": JSONValue(level)])] + notes)
    let deadline = try #require(room.states.crises().first?.deadline)
    #expect(deadline.nature.rawValue == nature && deadline.at.description == at && deadline.isLate == isLate)
  }

  @Test func aLevelWithoutTimesAndAClosedCrisisWaitForNobody() throws {
    #expect(try DeskRoom([Self.plan, Self.activation(["level": "1"])]).states.crises()[0].deadline == nil)
    let closed = Self.activation(["state": "closed", "closedLevel": "2"])
    let states = try DeskRoom([Self.plan, closed]).states
    #expect(states.crises().isEmpty)
    #expect(states.crises(closedToo: true).map { $0.deadline == nil } == [true])
  }

  @Test func aStatementKnowsItsGaps() throws {
    let statement = try #require(CrisisPlan(Self.plan).preparedStatements.first)
    #expect(statement.slots.map(\.name) == ["heure", "lieu", "reste"])
    #expect(statement.slots.map(\.allowed) == [nil, ["ici", "là"], nil])
    #expect(
      SlotText(statement.body).filled(with: ["heure": "16 h", "lieu": "{heure}"])
        == "Prochaine nouvelle : 16 h. {x y} {heure}")
  }

  static let fillings: [(values: [JSONString: String], refused: CrisisRefused?)] = [
    (["heure": "16 h", "lieu": "ici"], nil),
    (["heure": "16 h", "lieu": "ici", "reste": "rien"], nil),
    (["heure": " ", "lieu": "ici"], .emptySlots(["heure"])),
    ([:], .emptySlots(["heure", "lieu (ici | là)"])),
    (["heure": "16 h", "lieu": "Ici"], .refusedValue("Ici", slot: "lieu", allowed: ["ici", "là"])),
    (["jour": "lundi"], .unknownSlot("jour", known: ["heure", "lieu", "reste"])),
  ]

  @Test(arguments: fillings) func aGapIsFilledWithWhatThePlanAllows(
    _ values: [JSONString: String], _ refused: CrisisRefused?
  ) throws {
    let statement = try #require(CrisisPlan(Self.plan).preparedStatements.first)
    do throws(CrisisRefused) {
      #expect(try statement.filled(with: values) == "Prochaine nouvelle : 16 h. {x y} ici")
      #expect(refused == nil)
    } catch {
      #expect(error == refused)
    }
  }

  @Test func aDrillFindsWhatThePlanLacks() throws {
    var plan = try #require(Self.plan.object)
    plan["contacts"] = [
      ["id": "a", "name": "Journal", "validUntil": "2026-11-19"],
      ["id": "b", "name": "Police", "validUntil": "2026-11-20"],
    ]
    plan["createdAt"] = "2026-01-31T09:00:00-05:00"
    plan["reviewEvery"] = "P6M"
    plan["levels"] = [
      ["id": "2", "name": "Alerte", "rank": 2, "firstResponse": "PT1H", "updateEvery": "PT4H"],
      [
        "id": "3", "name": "Crise", "rank": 3,
        "actions": [["id": "a", "role": "direction", "text": "Voir."]],
      ],
    ]
    let value = JSONValue.object(plan)
    let level = CrisisPlan(value).level("3")
    let played = CrisisDrill.activation(of: try #require(DeskRoom([value]).documents["plan"]), at: level)
    let channels: JSONValue = [
      "id": "channels", "kind": "channels", "channels": [["id": "y", "platform": "x", "handle": "y"]],
    ]
    let room = try DeskRoom([
      value, played, Self.team, channels, ReleaseTests.post("p", "draft", ["y": "2026-12-01T09:00:00-05:00"]),
    ])
    let drill = CrisisDrill(
      of: try #require(room.documents["plan"]), at: level, in: room.states,
      today: try #require(CivilDate("2026-11-20")))
    #expect(drill.held.map(\.document.id) == ["p"])
    #expect(
      drill.gaps == [
        .noTimes(level: "3, Crise"), .noStatement(level: "3, Crise"), .gone(person: "leo", role: "redaction"),
        .noHolder(role: "veille"), .noDeputy(role: "veille"), .unknownRole("direction"),
        .contactOver(name: "Journal", since: try #require(CivilDate("2026-11-19"))),
        .unknownChannel(statement: "attente", channel: "x"), .notApproved,
        .reviewOverdue(since: try #require(CivilDate("2026-07-31"))),
      ])
    for gap in drill.gaps { #expect(gap.message.french != gap.message.english && !gap.code.isEmpty) }
  }

  @Test func afterwardsItIsToldInMarkdownThatNobodyCanForge() throws {
    let room = try DeskRoom([
      Self.plan,
      Self.activation([
        "state": "closed", "closedLevel": "2", "closedAt": "2026-11-20T11:00:00-05:00", "closedBy": "leo",
      ]),
      Self.entry("note", "2026-11-20T10:15:00-05:00", "fact", text: "a | b\n# c"),
      ReleaseTests.post("missed", "draft", ["x": "2026-11-20T10:30:00-05:00"]),
    ])
    let situation = CrisisSituation(of: try #require(room.documents["crise"]), in: room.states)
    let clock = ZonedClock(rules: TimeZoneRules(fixed: UTCOffset(minutes: -300)), now: DeskRoom.now)
    let told = AfterAction(situation, in: room.states, by: clock, language: .english) { $0.text }.markdown
    #expect(told.hasPrefix("# After a crisis: Accident\n\n- Level: 2, Alerte\n"))
    #expect(told.contains("| 2026-11-20 10:15 | leo | fact | a \\| b \\# c |"))
    #expect(told.contains("- 2026-11-20 10:30, x: missed"))
    #expect(told.contains("- leo, 2 steps noted"))
  }

  @Test(arguments: [
    ("PT30M", "2026-01-31T12:30:00-05:00"), ("P1D", "2026-02-01T12:00:00-05:00"),
    ("P1M", "2026-02-28T12:00:00-05:00"), ("P1Y1M", "2027-02-28T12:00:00-05:00"),
    ("P2WT1S", "2026-02-14T12:00:01-05:00"),
  ])
  func aPeriodIsCountedByTheCalendar(_ text: String, _ end: String) throws {
    let start = try #require(Moment(rfc3339: "2026-01-31T12:00:00-05:00"))
    #expect(try #require(Period(text)).after(start).description == end)
  }

  @Test(arguments: ["", "P", "PT", "1D", "P1", "PT1D", "P1H", "P-1D", "P1DT", "P99999999D", "P1.5D"])
  func whatIsNoPeriodIsNone(_ text: String) { #expect(Period(text) == nil) }
}
