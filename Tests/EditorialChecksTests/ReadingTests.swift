import Documents
import EditorialChecks
import JSONTree
import Testing

/// What one channel shows of a post is read as one text, where a rule asks for it; what two channels show of it is told
/// of once.
@Suite struct ReadingTests {
  static let posts: [(what: String, post: JSONObject, scope: JSONValue?, found: [String])] = [
    (
      "a thread is counted with the text before it",
      [
        "body": "Un!",
        "variants": ["facebook": ["mode": "follows", "thread": [["id": "deux", "body": "Deux! Trois!"]]]],
      ], nil, ["/variants/facebook/thread/@deux/body 4-5"]
    ),
    (
      "so is the first comment",
      ["body": "Un!", "variants": ["facebook": ["mode": "follows", "firstComment": "Deux!"]]], nil,
      ["/variants/facebook/firstComment 4-5"]
    ),
    (
      "two channels are read apart",
      [
        "body": "Un!",
        "variants": ["facebook": ["mode": "follows"], "mastodon": ["mode": "diverges", "body": "Deux!"]],
      ], nil, []
    ),
    (
      "a text that two channels show is told of once",
      ["body": "Un! Deux!", "variants": ["facebook": ["mode": "follows"], "mastodon": ["mode": "follows"]]],
      nil,
      ["/body 8-9"]
    ),
    (
      "a post for no channel yet has its text",
      ["body": "Un! Deux!", "variants": [:]], nil, ["/body 8-9"]
    ),
    (
      "an alt text stands in the place of a picture",
      [
        "body": "Un!", "variants": ["facebook": ["mode": "follows"]],
        "assets": [["id": "a", "asset": "01m7000000000000000000000p", "altText": "Deux!"]],
      ], nil, []
    ),
    (
      "where the rule holds on another channel, nothing is counted",
      [
        "body": "Un!",
        "variants": ["facebook": ["mode": "follows", "thread": [["id": "2", "body": "Deux!"]]]],
      ],
      ["channels": ["mastodon"]], []
    ),
    (
      "a field the rule does not hold for is not counted",
      ["body": "Un!", "variants": ["facebook": ["mode": "follows", "firstComment": "Deux!"]]],
      ["fields": ["body"]], []
    ),
  ]

  @Test(arguments: posts) func countsWhatIsReadTogether(
    _ what: String, _ post: JSONObject, _ scope: JSONValue?, _ found: [String]
  ) throws {
    var rule: JSONObject = [
      "id": "sobre", "check": "occurrence", "level": "warning",
      "parameters": ["tokens": ["!"], "max": 1, "per": "post"],
    ]
    rule["scope"] = scope
    let line = try Fixtures.document("guideline", "01m7000000000000000000000z", ["rules": [.object(rule)]])
    let post = try Fixtures.document("post", "01m7000000000000000000000a", post)
    let findings = check(DocumentCollection([line, post]), at: Fixtures.now).filter { $0.rule == "sobre" }
    #expect(findings.map(\.place) == found, "\(what)")
  }

  /// By itself each text keeps to the limit.
  @Test func withoutAskingEachTextIsCountedByItself() throws {
    let findings = try Fixtures.findings(
      check: "occurrence", ["tokens": ["!"], "max": 1],
      post: [
        "body": "Un!", "variants": ["facebook": ["mode": "follows", "firstComment": "Deux!"]],
      ])
    #expect(findings.filter { $0.rule == "regle" } == [])
  }

  // MARK: - Tu and vous

  static let mixed: [(texts: [String], found: [String])] = [
    (["Tu viens?", "Apporte ton fil."], []),
    (["Tu viens?", "Vous êtes bienvenue."], ["/variants/facebook/firstComment 0-4"]),
    (["Vous êtes bienvenue.", "Tu viens?"], ["/variants/facebook/firstComment 0-2"]),
    (["Vous êtes bienvenue. Apporte ton fil.", "Et ta tasse."], ["/body 29-32"]),
    // Several people, or what somebody else says.
    (["Viens avec tes amis.", "Vous êtes invités."], []),
    (["Vous êtes bienvenue.", "« Tu viens? »"], []),
  ]

  @Test(arguments: mixed) func aHouseThatSaysBothKeepsToOneInAPost(_ texts: [String], _ found: [String])
    throws
  {
    let findings = try Fixtures.findings(
      check: "address", ["address": "mixed"],
      post: [
        "body": JSONValue(texts[0]), "language": "fr-CA",
        "variants": ["facebook": ["mode": "follows", "firstComment": JSONValue(texts[1])]],
      ])
    #expect(findings.filter { $0.rule == "regle" }.map(\.place) == found)
  }
}
