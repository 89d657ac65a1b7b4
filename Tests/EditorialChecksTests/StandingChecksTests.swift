import Documents
import JSONTree
import Testing
import Wording

@testable import EditorialChecks

/// What is looked at without a rule, and what a rule may say about it.
@Suite struct StandingChecksTests {
  /// A post too long for X and for Mastodon, and an answer too long for LinkedIn.
  static func documents(_ rules: [JSONValue]) throws -> DocumentCollection {
    let line = try Fixtures.document("guideline", "01m7000000000000000000000z", ["rules": .array(rules)])
    let channels = try SampleDocuments.channels(
      ["linkedin", "mastodon", "x"].map {
        ["id": JSONValue($0), "platform": JSONValue($0), "handle": "@ravaude", "state": "active"]
      })
    let post = try Fixtures.document(
      "post", "01m7000000000000000000000a",
      [
        "body": JSONValue(String(repeating: "a", count: 501)),
        "variants": ["mastodon": ["mode": "follows"], "x": ["mode": "follows"]],
      ])
    let conversation = try Fixtures.document(
      "conversation", "01m7000000000000000000000c",
      ["channel": "linkedin", "externalId": "1", "triage": "to-answer", "messages": []])
    let reply = try Fixtures.document(
      "reply", "01m7000000000000000000000b",
      [
        "conversation": JSONValue(conversation.id.text),
        "body": JSONValue(String(repeating: "a", count: 1251)),
      ])
    return DocumentCollection([line, channels, post, conversation, reply])
  }

  static func rule(_ fields: JSONObject) -> JSONValue {
    var rule: JSONObject = ["id": "longueurs", "check": "platform-limit", "level": "warning"]
    for member in fields.members { rule[member.key] = member.value }
    return .object(rule)
  }

  static let mastodon = "/body 500-501"
  static let x = "/body 280-501"
  static let reply = "/body 1250-1251"

  static let lines: [(what: String, rules: [JSONValue], found: [String])] = [
    ("no rule", [], ["limit error \(x)", "limit error \(mastodon)", "limit error \(reply)"]),
    (
      "a rule for all", [rule([:])],
      ["longueurs warning \(x)", "longueurs warning \(mastodon)", "longueurs warning \(reply)"]
    ),
    ("switched off", [rule(["enabled": false])], []),
    (
      "switched off on a channel of two", [rule(["enabled": false, "scope": ["channels": ["x"]]])],
      ["limit error \(mastodon)", "limit error \(reply)"]
    ),
    (
      "only for answers", [rule(["level": "suggestion", "scope": ["kinds": ["reply"]]])],
      ["limit error \(x)", "limit error \(mastodon)", "longueurs suggestion \(reply)"]
    ),
    (
      "the first whose scope it is decides",
      [
        rule(["scope": ["channels": ["mastodon"]]]),
        rule(["id": "le-reste", "level": "error", "scope": ["kinds": ["post"]]]),
      ], ["le-reste error \(x)", "longueurs warning \(mastodon)", "limit error \(reply)"]
    ),
    (
      "a rule that can’t be used decides nothing", [rule(["parameters": ["max": 5]])],
      [
        "broken-rule warning /rules/@longueurs/parameters/max", "limit error \(x)",
        "limit error \(mastodon)", "limit error \(reply)",
      ]
    ),
  ]

  @Test(arguments: lines) func aRuleGivesALevelOrSwitchesOff(
    _ what: String, _ rules: [JSONValue], _ found: [String]
  ) throws {
    let findings = check(try Self.documents(rules), at: Fixtures.now)
    #expect(findings.map { "\($0.rule) \($0.level) \($0.place)" } == found, "\(what)")
  }

  @Test func theReasonOfTheRuleIsSaid() throws {
    let findings = check(
      try Self.documents([Self.rule(["rationale": "On relit à voix haute."])]), at: Fixtures.now)
    #expect(findings.map(\.rationale) == Array(repeating: "On relit à voix haute.", count: 3))
    #expect(findings.first?.message.french.contains("la limite est de 280") == true)
  }

  @Test(arguments: Finding.Level.allCases, Finding.Level.allCases)
  func noRuleMakesMoreOfItThanItIs(_ found: Finding.Level, _ asked: Finding.Level) throws {
    let post = try Fixtures.document("post", "01m7000000000000000000000a", [:])
    let rule = EditorialLine.Rule(
      id: "longueurs", level: asked, runnable: .standing("platform-limit"), scope: RuleScope(nil),
      isEnabled: true, message: nil, rationale: nil)
    let finding = Finding(rule: "limit", level: found, in: post, Sentence(fr: "Long.", en: "Long."))
    #expect(rule.wording(finding)?.level == min(found, asked))
  }
}
