import Documents
import EditorialChecks
import JSONTree
import ObjectModel
import Testing
import Wording

/// What a schema lets through and a check has to bear, and what the page on checks promises.
@Suite struct SecondLookTests {
  private static let post = "01m7000000000000000000000a"
  private static let other = "01m7000000000000000000000b"

  private func line(_ rules: JSONValue..., more: JSONObject = [:]) throws -> Document {
    var fields = more
    fields["rules"] = .array(rules)
    fields["language"] = "fr-CA"
    return try Fixtures.document("guideline", "01m7000000000000000000000g", fields)
  }

  private func rules(_ documents: Document...) -> [String] {
    check(DocumentCollection(documents), at: Fixtures.now).map(\.rule)
  }

  /// The last two are no number of minutes that is read, so the post goes out with its milestone.
  @Test(arguments: [
    ("900000000000000000", true), ("-900000000000000000", true), ("60.0", true),
    ("9223372036854775807", false),
    ("1e400", false),
  ])
  func anAnchorNoCalendarHoldsIsNoTimeThePostHas(_ minutes: String, isMoved: Bool) throws {
    let campaign = try Fixtures.document(
      "campaign", Self.other,
      [
        "title": "Hiver", "state": "active",
        "milestones": [["id": "m", "title": "Départ", "at": "2026-12-01T09:00:00-05:00"]],
      ])
    let post = try Fixtures.document(
      "post", Self.post,
      [
        "campaign": JSONValue(Self.other), "body": "Bonjour.",
        "variants": [
          "facebook": [
            "mode": "follows", "schedule": ["at": "2026-12-01T09:00:00-05:00", "zone": "America/Toronto"],
            "anchor": ["milestone": "m", "minutes": .number(JSONNumber(unchecked: minutes))],
          ]
        ],
      ])
    #expect(rules(campaign, post).contains("milestone-moved") == isMoved)
  }

  @Test func weightsWithoutBoundsOverflowNothing() throws {
    let great = JSONValue.number(JSONNumber(unchecked: "9000000000000000000"))
    let limits = try Fixtures.document(
      "limits", "01m7000000000000000000000c",
      [
        "platform": "x",
        "counting": ["scale": great, "defaultWeight": great, "urlWeight": great],
        "limits": [
          [
            "id": "text", "value": 280, "unit": "weighted", "checkedAt": "2026-11-21",
            "source": "https://x.com",
          ]
        ],
      ])
    let channels = try Fixtures.document(
      "channels", "01m7000000000000000000000d",
      ["channels": [["id": "x", "platform": "x", "handle": "@a", "state": "active"]]])
    let post = try Fixtures.document(
      "post", Self.post,
      ["body": "Ça va? https://laravaude.ca/page", "variants": ["x": ["mode": "follows"]]])
    #expect(limitFindings(in: DocumentCollection([limits, channels, post])).count <= 1)
  }

  /// The lists of a scope merge as sets, so two people may empty one together.
  @Test(arguments: ["channels", "kinds", "fields"] as [JSONString])
  func anEmptiedListOfAScopeMeansEverywhere(_ name: JSONString) throws {
    let rule: JSONValue = [
      "id": "foin", "check": "existence", "level": "error", "parameters": ["tokens": ["foin"]],
      "scope": .object([name: []]),
    ]
    let reply = try Fixtures.document(
      "reply", Self.post, ["conversation": JSONValue(Self.other), "body": "Du foin."])
    #expect(try rules(line(rule), reply).contains("foin"))
  }

  @Test(
    arguments: [
      ("french-typography", ["profil": "fr-FR"]), ("spelling", ["ignore": [1]]),
      ("inclusive", ["noMixing": "yes"]),
      ("address", ["adress": "tu"]),
    ] as [(String, JSONValue)])
  func aSlipInTheSettingsOfARuleIsNamed(_ check: String, _ parameters: JSONValue) throws {
    let rule: JSONValue = ["id": "r", "check": JSONValue(check), "level": "error", "parameters": parameters]
    #expect(try rules(line(rule, more: ["tone": ["address": "vous"]])) == ["broken-rule"])
  }

  @Test func aRuleForAltTextsFindsPicturesThatHaveNone() throws {
    let rule: JSONValue = [
      "id": "alt", "check": "alt-text", "level": "error", "scope": ["fields": ["altText"]],
    ]
    let post = try Fixtures.document(
      "post", Self.post,
      [
        "body": "Bonjour.", "variants": ["facebook": ["mode": "follows"]],
        "assets": [["id": "a", "asset": JSONValue(Self.other)]],
      ])
    #expect(try rules(line(rule), post).contains("alt"))
  }

  /// Letters may come in one code point or in two; the dictionary is asked about one word.
  @Test func aWordIsAskedAboutInOneForm() throws {
    let rule: JSONValue = ["id": "r", "check": "spelling", "level": "warning"]
    let documents = DocumentCollection([
      try line(rule),
      try Fixtures.document(
        "post", Self.post,
        ["body": "Un cafe\u{301}.", "language": "fr-CA", "variants": ["facebook": ["mode": "follows"]]]),
    ])
    let asked = spellingQuestions(documents, at: Fixtures.now)["fr-CA"] ?? []
    #expect(asked.contains { $0.utf8.elementsEqual("café".utf8) })
    #expect(!asked.contains { $0.utf8.elementsEqual("cafe\u{301}".utf8) })
  }

  @Test func anExceptionForATextThatNoChannelShowsIsNotCalledOutdated() throws {
    let body = "Du foin."
    let post = try Fixtures.document(
      "post", Self.post,
      [
        "body": JSONValue(body), "state": "cancelled",
        "waivers": [
          [
            "id": "w", "rule": "foin", "textHash": JSONValue(SHA256Digest(of: body).hex),
            "reason": "citation",
            "by": "noemie",
          ]
        ],
      ])
    #expect(rules(post) == [])
  }

  /// A colleague takes the words of a picture away: the post that shows it is another's, and lacks them now.
  @Test func whatChangedBesideAPostIsNewInIt() throws {
    let rule: JSONValue = ["id": "declaration", "check": "statement-freshness", "level": "error"]
    let reply = try Fixtures.document(
      "reply", Self.post,
      [
        "conversation": "01m7000000000000000000000e", "body": "Voici.",
        "statement": ["id": JSONValue(Self.other), "version": 1],
      ])
    func tree(_ fields: JSONObject) throws -> DocumentCollection {
      DocumentCollection([try line(rule), reply, try Fixtures.document("statement", Self.other, fields)])
    }
    let before = try tree(["body": "Nous restons."])
    let after = try tree(["body": "Nous restons.", "validUntil": "2026-11-01T00:00:00-05:00"])
    let new = newFindings(in: after, since: before, at: Fixtures.now)
    #expect(new.contains { $0.rule == "declaration" && $0.path == reply.path })
    #expect(newFindings(in: after, since: after, at: Fixtures.now) == [])
  }
}
