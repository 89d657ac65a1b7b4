import Documents
import JSONTree
import ObjectModel
import Testing
import Wording

@testable import EditorialChecks

/// The engine: which rules run where, what waivers do, and what a change brings.
@Suite struct CheckTests {
  static let existence: JSONValue = ["tokens": ["foin"]]

  static func line(_ rules: JSONValue..., more: JSONObject = [:])
    throws
    -> Document
  {
    var fields = more
    fields["rules"] = .array(rules)
    return try Fixtures.document("guideline", "01m7000000000000000000000z", fields)
  }

  static func rule(_ scope: JSONValue? = nil, _ more: JSONObject = [:]) -> JSONValue {
    var rule: JSONObject = ["id": "foin", "check": "existence", "level": "error", "parameters": existence]
    rule["scope"] = scope
    for member in more.members { rule[member.key] = member.value }
    return .object(rule)
  }

  static let post: JSONObject = [
    "body": "Du foin.", "language": "fr-CA",
    "variants": [
      "facebook": ["mode": "follows"],
      "mastodon": [
        "mode": "diverges", "body": "Foin!", "firstComment": "Et foin.",
        "thread": [["id": "un", "body": "Plus de foin."]],
      ],
    ], "assets": [["id": "a", "asset": "01m7000000000000000000000p", "altText": "Une botte de foin"]],
  ]

  static let scopes: [(scope: JSONValue?, found: [String])] = [
    (
      nil,
      [
        "/assets/@a/altText 13-17", "/body 3-7", "/variants/mastodon/body 0-4",
        "/variants/mastodon/firstComment 3-7",
        "/variants/mastodon/thread/@un/body 8-12",
      ]
    ),
    (
      ["fields": ["body"]],
      ["/body 3-7", "/variants/mastodon/body 0-4", "/variants/mastodon/thread/@un/body 8-12"]
    ),
    (["fields": ["/body", "altText"]], ["/assets/@a/altText 13-17", "/body 3-7"]),
    (["channels": ["facebook"]], ["/assets/@a/altText 13-17", "/body 3-7"]),
    (["channels": ["facebook"], "fields": ["firstComment"]], []),
    (["kinds": ["reply"]], []),
  ]

  @Test(arguments: scopes) func aRuleHoldsWhereItsScopeSays(_ scope: JSONValue?, _ found: [String]) throws {
    let post = try Fixtures.document("post", "01m7000000000000000000000a", Self.post)
    let documents = DocumentCollection([try Self.line(Self.rule(scope)), post])
    #expect(check(documents, at: Fixtures.now).filter { $0.rule == "foin" }.map(\.place) == found)
  }

  @Test func aTextNobodyWillSeeIsNotLookedAt() throws {
    for state: JSONValue in ["cancelled", "archived"] {
      var fields = Self.post
      fields["state"] = state
      let post = try Fixtures.document("post", "01m7000000000000000000000a", fields)
      let findings = check(DocumentCollection([try Self.line(Self.rule()), post]), at: Fixtures.now)
      #expect(findings.filter { $0.rule == "foin" } == [])
    }
    var fields = Self.post
    fields["variants"] = ["mastodon": ["mode": "diverges", "body": "Rien."]]
    fields["assets"] = []
    let post = try Fixtures.document("post", "01m7000000000000000000000a", fields)
    let findings = check(DocumentCollection([try Self.line(Self.rule()), post]), at: Fixtures.now)
    #expect(findings.filter { $0.rule == "foin" } == [])
  }

  @Test func aGuidelineHoldsFromItsDayOn() throws {
    let post = try Fixtures.document("post", "01m7000000000000000000000a", ["body": "Foin"])
    for (day, count) in [("2026-11-21", 1), ("2026-11-22", 0)] {
      let line = try Self.line(Self.rule(), more: ["effectiveFrom": JSONValue(day)])
      #expect(check(DocumentCollection([line, post]), at: Fixtures.now).count == count)
    }
  }

  @Test func aRuleThatIsOffSaysNothing() throws {
    let post = try Fixtures.document("post", "01m7000000000000000000000a", ["body": "Foin"])
    let line = try Self.line(Self.rule(nil, ["enabled": false]))
    #expect(check(DocumentCollection([line, post]), at: Fixtures.now) == [])
  }

  /// `from` leads to a place of the line, also through another reference; what is empty there is no mistake.
  @Test(arguments: [
    ("/redLines", ["/body 0-4"]), ("/rules/@autre/parameters", ["/body 0-4"]),
    ("/rules/@autre/parameters/from", ["/body 0-4"]),
    ("/properNames", []),
  ])
  func wordsMayStandElsewhereInTheLine(_ from: String, _ found: [String]) throws {
    let line = try Self.line(
      Self.rule(nil, ["parameters": ["from": JSONValue(from)]]),
      Self.rule(["fields": ["altText"]], ["id": "autre", "parameters": ["from": "/redLines"]]),
      more: ["redLines": ["foin"]])
    let post = try Fixtures.document("post", "01m7000000000000000000000a", ["body": "Foin"])
    #expect(check(DocumentCollection([line, post]), at: Fixtures.now).map(\.place) == found)
  }

  @Test func onlyWhatIsAskedForIsSaid() throws {
    let posts = try ["a", "b"].map {
      try Fixtures.document("post", "01m7000000000000000000000\($0)", ["body": "Foin"])
    }
    let documents = DocumentCollection([try Self.line(Self.rule())] + posts)
    let findings = check(documents, only: [posts[1].id], at: Fixtures.now)
    #expect(findings.map(\.id) == [posts[1].id])
  }

  // MARK: - Waivers

  @Test(
    arguments: [
      ("Foin", nil, [] as [String]), ("Foin", "2026-11-22T00:00:00Z", []),
      ("Foin", "2026-11-21T14:00:00Z", ["foin"]),
      ("Foin!", nil, ["foin", "outdated-waiver"]),
    ] as [(String, String?, [String])])
  func aWaiverIsForOneTextUntilItsEnd(_ body: String, _ until: String?, _ rules: [String]) throws {
    let waived = try Fixtures.document("post", "01m7000000000000000000000a", ["body": "Foin"])
    var waiver: JSONObject = ["id": "x", "rule": "foin", "by": "noemie", "reason": "C’est la saison."]
    waiver["textHash"] = textHash(at: "/body", in: waived).map { JSONValue($0) }
    waiver["until"] = until.map { JSONValue($0) }
    let post = try Fixtures.document(
      "post", "01m7000000000000000000000a", ["body": JSONValue(body), "waivers": [.object(waiver)]])
    let findings = check(DocumentCollection([try Self.line(Self.rule()), post]), at: Fixtures.now)
    #expect(findings.map(\.rule) == rules)
  }

  /// SHA-256 of the UTF-8 bytes, as `printf Foin | sha256sum` prints it.
  @Test func theHashOfATextIsThatOfItsBytes() throws {
    let post = try Fixtures.document("post", "01m7000000000000000000000a", ["body": "abc"])
    #expect(
      textHash(at: "/body", in: post) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(textHash(at: .root, in: post) == nil)
  }

  // MARK: - What a change brings

  @Test func aChangeBringsWhatItsDocumentsHaveAndWhatTheLineNowSays() throws {
    let a = try Fixtures.document("post", "01m7000000000000000000000a", ["body": "Foin"])
    let b = try Fixtures.document("post", "01m7000000000000000000000b", ["body": "Rien"])
    let edited = try Fixtures.document("post", "01m7000000000000000000000b", ["body": "Du foin"])
    let line = try Self.line(Self.rule())
    let stricter = try Self.line(Self.rule(nil, ["parameters": ["tokens": ["foin", "rien"]]]))
    func brought(_ new: [Document], _ old: [Document]) -> [JSONString] {
      newFindings(in: DocumentCollection(new), since: DocumentCollection(old), at: Fixtures.now).map(\.id)
    }
    #expect(brought([line, a, b], [line, a, b]) == [])
    #expect(brought([line, a, edited], [line, a, b]) == [edited.id])
    #expect(brought([stricter, a, b], [line, a, b]) == [b.id])
    #expect(brought([line, a, b], [a, b]) == [a.id])
  }

  // MARK: - Size

  /// As large as a document may be, with what makes careless searches slow.
  @Test func aVeryLongTextTakesTimeInProportion() throws {
    let body = String(repeating: "la le la le é a!! aaaaaaaaaaaaaaaaaaaaaaaa b. ", count: 2_000)
    let line = try Self.line(
      Self.rule(nil, ["parameters": ["tokens": ["la le la b", "!!"], "patterns": ["(a+)+c"]]]),
      ["id": "r", "check": "repetition", "level": "error"],
      ["id": "l", "check": "length", "level": "error", "parameters": ["max": 30, "per": "sentence"]])
    func time(_ part: Double) throws -> Duration {
      let text = String(body.prefix(Int(Double(body.count) * part)))
      let post = try Fixtures.document("post", "01m7000000000000000000000a", ["body": JSONValue(text)])
      let documents = DocumentCollection([line, post])
      return ContinuousClock().measure { #expect(!check(documents, at: Fixtures.now).isEmpty) }
    }
    _ = try time(0.01)
    let (short, long) = (try time(0.1), try time(1))
    #expect(long < short * 40)
  }
}
