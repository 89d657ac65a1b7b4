import Documents
import EditorialChecks
import JSONTree
import Testing
import Wording

/// Rules that look at more of a document than one text: where they point at, in a post that has nothing else.
@Suite struct DocumentRuleTests {
  static let hashtags: [(post: JSONObject, found: [String])] = [
    (["hashtags": ["UnHiver", "2026", "CAFÉ", "Été"]], []),
    (["hashtags": ["UnHiver", "mitaines"]], ["/hashtags/1 0-8"]),
    (["body": "Jeudi #mitaines, #Mitaines et #éTé", "hashtags": []], ["/body 7-15", "/body 31-34"]),
    (["hashtags": ["mitaines"], "state": "archived"], []),
  ]

  @Test(arguments: hashtags) func hashtagsHaveACapitalForEachWord(_ post: JSONObject, _ found: [String])
    throws
  {
    let findings = try Fixtures.findings(check: "hashtag-case", ["style": "pascal"], post: post)
    #expect(findings.map(\.place) == found)
  }

  @Test func aKnownHashtagIsSuggested() throws {
    let findings = try Fixtures.findings(
      check: "hashtag-case", ["known": ["Grand Raccommodage", "L’Écho"]],
      post: ["hashtags": ["grandraccommodage", "unHiver", "lécho", "inconnu"]])
    #expect(findings.map(\.suggestion?.replacement) == ["GrandRaccommodage", "UnHiver", "LÉcho", nil])
  }

  static let pictures: [(assets: JSONValue, found: [String])] = [
    ([["id": "a", "asset": "01m7000000000000000000000p", "altText": "Un autobus jaune au quai."]], []),
    ([["id": "a", "asset": "01m7000000000000000000000p"]], ["/assets/@a"]),
    ([["id": "a", "asset": "01m7000000000000000000000p", "altText": "  "]], ["/assets/@a"]),
    ([["id": "a", "asset": "01m7000000000000000000000p", "altText": "Autobus"]], ["/assets/@a/altText"]),
    (
      [["id": "a", "asset": "01m7000000000000000000000p", "altText": "Une photo du bus jaune au quai"]],
      ["/assets/@a/altText 0-12"]
    ),
    (
      [
        ["id": "a", "asset": "01m7000000000000000000000p", "altText": "Le mur d’une image de saint, au quai"]
      ], []
    ),
    (
      [["id": "a", "asset": "01m7000000000000000000000p", "altText": "grande_photo_du_quai.JPG"]],
      ["/assets/@a/altText 0-24"]
    ),
    ([["id": "a", "asset": "01m7000000000000000000000s"]], []),
    ([["id": "a", "asset": "01m7000000000000000000000w"]], []),
  ]

  @Test(arguments: pictures) func picturesHaveWords(_ assets: JSONValue, _ found: [String]) throws {
    func asset(_ id: String, _ fields: JSONObject) throws -> Document {
      var fields = fields
      fields["title"] = "Fichier"
      fields["permission"] = "granted"
      return try Fixtures.document("asset", id, fields)
    }
    let assetsOfTheHouse = [
      try asset("01m7000000000000000000000p", ["mediaType": "image/png"]),
      try asset("01m7000000000000000000000s", ["mediaType": "audio/ogg"]),
      try asset("01m7000000000000000000000w", ["altText": "Un autobus jaune au quai."]),
    ]
    let findings = try Fixtures.findings(
      check: "alt-text", ["min": 20], post: ["assets": assets], others: assetsOfTheHouse)
    #expect(findings.map(\.place) == found)
  }

  static let links: [(post: JSONObject, found: [String])] = [
    (["links": [["id": "a", "url": "https://maison.example/x", "utm": ["source": "ici"]]]], []),
    (["links": [["id": "a", "url": "https://www.maison.example/x?utm_source=b#c"]]], []),
    (["links": [["id": "a", "url": "https://ailleurs.example/x"]]], []),
    (["links": [["id": "a", "url": "https://maison.example.ailleurs.example/x"]]], []),
    (["links": [["id": "a", "url": "https://maison.example/x", "utm": ["source": ""]]]], ["/links/@a"]),
    (["links": [["id": "a", "url": "http://ailleurs.example/x"]]], ["/links/@a/url 0-4"]),
    (["links": [["id": "a", "url": "https://Bit.ly/abc"]]], ["/links/@a/url 8-14"]),
    (["body": "Ici : (https://t.co/abc)."], ["/body 15-19"]),
    (["body": "Ici : http://maison.example"], ["/body 6-10", "/body 6-27"]),
    (["body": "Ici : maison.example, bonjour@maison.example"], []),
  ]

  @Test(arguments: links) func linksAreSafeAndKnown(_ post: JSONObject, _ found: [String]) throws {
    let findings = try Fixtures.findings(
      check: "links", ["host": "maison.example", "utm": ["source"]], post: post)
    #expect(findings.map(\.place) == found)
  }

  static let duplicates: [(body: String, isSaidBefore: Bool)] = [
    ("Samedi, Philomène s’arrête au quai avec trois machines à coudre et deux fers à souder.", true),
    ("Samedi Philomène s’arrête au quai avec trois machines à coudre et deux fers à souder, promis!", true),
    ("Dimanche, on répare les vélos de tout le monde derrière la bibliothèque du village voisin.", false),
    ("Samedi, Philomène s’arrête.", false),
  ]

  @Test(arguments: duplicates) func aTextSaidBeforeIsNamed(_ body: String, _ isSaidBefore: Bool) throws {
    let older = try Fixtures.document(
      "post", "01m70000000000000000000000",
      [
        "body": "Samedi, Philomène s’arrête au quai avec trois machines à coudre et deux fers à souder.",
        "createdAt": "2026-10-01T09:00:00-04:00", "title": "Au quai",
      ])
    let findings = try Fixtures.findings(
      check: "near-duplicate", ["similarity": 75, "words": 8], post: ["body": JSONValue(body)],
      others: [older])
    #expect(findings.map(\.place) == (isSaidBefore ? ["/body"] : []))
    #expect(findings.allSatisfy { $0.message.french.contains("Au quai") })
  }

  /// What an import brought is archived, and was said; a draft that was put aside was not.
  @Test(arguments: [true, false]) func anArchivedPostCountsWhereItWentOut(_ wentOut: Bool) throws {
    let body: JSONValue =
      "Samedi, Philomène s’arrête au quai avec trois machines à coudre et deux fers à souder."
    let archived = try ["01m70000000000000000000000", "01m70000000000000000000001"].map { id in
      try Fixtures.document(
        "post", id,
        ["body": body, "createdAt": "2026-10-01T09:00:00-04:00", "state": "archived", "title": "Au quai"])
    }
    let record = try Fixtures.document(
      "publication", "01m70000000000000000000002",
      [
        "post": "01m70000000000000000000000", "channel": "facebook", "at": "2026-10-01T09:00:00-04:00",
        "by": "ana",
        "contentHash": JSONValue(String(repeating: "0", count: 64)),
      ])
    let findings = try Fixtures.findings(
      check: "near-duplicate", ["similarity": 75, "words": 8], post: ["body": body],
      others: archived + (wentOut ? [record] : []))
    // Of the two archived ones, neither is named.
    #expect(findings.map(\.place) == (wentOut ? ["/body"] : []))
  }
}
