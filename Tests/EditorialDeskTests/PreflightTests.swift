import Documents
import EditorialDesk
import EditorialReview
import JSONTree
import Testing
import Wording

/// What stands against a text on its way out, one thing at a time.
@Suite struct PreflightTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var what: String
    var post: JSONObject = [:]
    var channel: JSONObject = [:]
    var others: [JSONValue] = []
    var nature: Publication.Nature?
    var at = "2026-11-20T12:00:00-05:00"
    var blockers: [String] = []
    var cautions = ["nobody-approved"]
    var becomes = Publication.Nature.publication

    var testDescription: String { what }

    init(
      _ what: String, post: JSONObject = [:], channel: JSONObject = [:], others: [JSONValue] = [],
      nature: Publication.Nature? = nil, at: String = "2026-11-20T12:00:00-05:00", blockers: [String] = [],
      cautions: [String] = ["nobody-approved"], becomes: Publication.Nature = .publication
    ) {
      (self.what, self.post, self.channel, self.others) = (what, post, channel, others)
      (self.nature, self.at, self.blockers, self.cautions) = (nature, at, blockers, cautions)
      self.becomes = becomes
    }
  }

  static let required: JSONValue = [
    "id": "ligne", "kind": "workspace", "brand": "x", "workflow": ["preset": "required"],
  ]
  static let team: JSONValue = [
    "id": "team", "kind": "team",
    "members": [["id": "ana", "name": "Ana", "rights": ["x": ["publish"]]], ["id": "leo", "name": "Léo"]],
  ]
  static func asset(_ permission: String, until: String? = nil, alt: String? = "Une mitaine.") -> JSONValue {
    var object: JSONObject = [
      "id": "photo", "kind": "asset", "title": "Photo", "permission": JSONValue(permission),
    ]
    object["permissionUntil"] = until.map { JSONValue($0) }
    object["altText"] = alt.map { JSONValue($0) }
    return .object(object)
  }
  static let picture: JSONObject = ["assets": [["id": "a", "asset": "photo"]]]

  static func out(_ nature: String = "publication", hash: String = "0") -> JSONValue {
    [
      "id": "out", "kind": "publication", "post": "post", "channel": "x", "by": "leo",
      "at": "2026-11-20T09:00:00-05:00", "nature": JSONValue(nature),
      "contentHash": JSONValue(String(repeating: hash, count: 64)),
    ]
  }

  static let cases = [
    Case("nothing stands against it"),
    Case(
      "a crisis", others: [CrisisTests.activation()], blockers: ["held"]),
    Case("given up", post: ["state": "cancelled"], blockers: ["given-up"]),
    Case("a yes is required", others: [required], blockers: ["not-approved"], cautions: []),
    Case("closed channel", channel: ["state": "closed"], blockers: ["channel-closed"]),
    Case("dormant channel", channel: ["state": "dormant"], cautions: ["nobody-approved", "channel-dormant"]),
    Case("another channel’s file", channel: ["id": "y"], blockers: ["no-channel"]),
    Case(
      "permission refused", post: picture, others: [asset("refused")], blockers: ["permission-refused"]),
    Case(
      "permission over", post: picture, others: [asset("granted", until: "2026-11-20T12:00:00-05:00")],
      blockers: ["permission-over"]),
    Case(
      "permission asked, nothing said to who can’t see", post: picture, others: [asset("asked", alt: nil)],
      cautions: ["nobody-approved", "permission-asked", "no-alt-text"]),
    Case("embargo", post: ["embargoUntil": "2026-11-20T12:00:01-05:00"], blockers: ["embargo"]),
    Case("no longer valid", post: ["expiresAt": "2026-11-20T12:00:00-05:00"], blockers: ["expired"]),
    Case("in the future", at: "2026-11-20T12:00:01-05:00", blockers: ["not-yet"]),
    Case("other words are out", others: [out()], becomes: .correction),
    Case("a second publication", others: [out()], nature: .publication, blockers: ["already-published"]),
    Case("nothing to correct", nature: .correction, blockers: ["nothing-published"], becomes: .correction),
    Case(
      "nothing to take back", nature: .withdrawal, blockers: ["nothing-published"], cautions: [],
      becomes: .withdrawal),
    Case("out again after it was taken back", others: [out("withdrawal")]),
    // Who takes something back needs nobody's yes, also in a crisis.
    Case(
      "taken back", others: [out(), required, CrisisTests.activation()], nature: .withdrawal, cautions: [],
      becomes: .withdrawal),
    Case("not of the team", others: [CrisisTests.team], cautions: ["nobody-approved", "not-of-the-team"]),
    Case(
      "outside of one’s hours", others: [shifts(leo: "22:00", "23:00", zoe: "11:00", "13:00")],
      cautions: ["nobody-approved", "off-duty"]),
    Case(
      "in one’s hours", others: [shifts(leo: "11:00", "13:00", zoe: "22:00", "23:00")],
      cautions: ["nobody-approved"]),
    Case("without the right", others: [team], cautions: ["nobody-approved", "no-right"]),
  ]

  /// A Friday of two people.
  static func shifts(leo from: String, _ to: String, zoe start: String, _ end: String) -> JSONValue {
    func member(_ id: JSONString, _ from: String, _ to: String) -> JSONValue {
      [
        "id": .string(id), "name": .string(id),
        "shifts": [["id": "1", "days": ["fri"], "from": JSONValue(from), "to": JSONValue(to)]],
      ]
    }
    return ["id": "team", "kind": "team", "members": [member("leo", from, to), member("zoe", start, end)]]
  }

  static func preflight(_ row: Case) throws -> Preflight {
    var post: JSONObject = [
      "id": "post", "kind": "post", "title": "Soirée", "state": "draft", "body": "Jeudi.",
      "variants": [
        "x": ["mode": "follows", "schedule": ["at": "2026-11-20T12:10:00-05:00", "zone": "UTC"]]
      ],
    ]
    for member in row.post.members { post[member.key] = member.value }
    var channel: JSONObject = ["id": "x", "platform": "x", "handle": "ravaude"]
    for member in row.channel.members { channel[member.key] = member.value }
    let channels: JSONValue = ["id": "channels", "kind": "channels", "channels": [.object(channel)]]
    let states = try DeskRoom([.object(post), channels] + row.others).states
    return Preflight(
      of: try #require(states.documents["post"]),
      ReleaseWish(
        on: "x", nature: row.nature, at: try #require(Moment(rfc3339: row.at)),
        by: row.what == "not of the team" ? "zoe" : "leo"),
      in: states, objections: [])
  }

  @Test(arguments: cases) func saysWhatStandsAgainstIt(_ row: Case) throws {
    let preflight = try Self.preflight(row)
    #expect(preflight.blockers.map(\.code) == row.blockers)
    #expect(preflight.cautions.map(\.code) == row.cautions)
    #expect(preflight.nature == row.becomes)
    #expect(preflight.isClear == row.blockers.isEmpty)
  }

  @Test func everyObstacleNamesWhatToDo() throws {
    for row in Self.cases {
      for blocker in try Self.preflight(row).blockers {
        let (message, next) = (blocker.message { $0.text }, blocker.next(document: "abc", channel: "x"))
        #expect(message.french != message.english && !next.english.isEmpty, "\(blocker.code)")
        #expect(next.english.contains("ligne "), "\(blocker.code)")
      }
    }
  }

  @Test func theSameWordsOutAlreadyAreASecondPublication() throws {
    let hash = try Self.preflight(Case("")).contentHash.hex
    var record = try #require(Self.out().object)
    record["contentHash"] = JSONValue(hash)
    let preflight = try Self.preflight(Case("", others: [.object(record)]))
    #expect(preflight.blockers.map(\.code) == ["already-published"])
    let corrected = try Self.preflight(Case("", others: [.object(record)], nature: .correction))
    #expect(corrected.blockers.map(\.code) == ["nothing-corrected"])
  }

  @Test func aHandOverHasEveryPartInTheOrderItIsPasted() throws {
    let row = Case(
      "",
      post: [
        "variants": [
          "x": [
            "mode": "follows", "title": "Jeudi soir", "firstComment": "Le lien.",
            "thread": [["id": "1", "body": "Apportez vos mitaines.", "assets": ["photo"]]],
          ]
        ]
      ], others: [Self.asset("granted")])
    let preflight = try Self.preflight(row)
    let states = try DeskRoom([preflight.document.value, Self.asset("granted")]).states
    let handoff = Handoff(preflight, text: "Jeudi.\n\n#Ravaude", in: states)
    #expect(handoff.parts.map(\.place) == [.title, .text, .thread(2), .firstComment])
    #expect(handoff.attachments.map(\.altText) == ["Une mitaine."])
    #expect(handoff.attachments.map(\.threadPart) == [2])
    #expect(handoff.json["contentHash"]?.text == preflight.contentHash.hex)
    #expect(ContentHash(of: try #require(handoff.json["content"])) == preflight.contentHash)
  }
}
