import Documents
import EditorialChecks
import JSONTree
import ObjectModel
import SocialText
import Testing
import Wording

/// What is too long for a channel: how much, where, and in which words.
@Suite struct LimitTests {
  /// A brand on one channel of each platform; the channel is named as the platform.
  static func documents(
    _ post: JSONObject, channel: JSONObject = [:], others: [Document] = []
  ) throws -> DocumentCollection {
    let channels = try SampleDocuments.channels(
      [
        "bluesky", "facebook", "instagram", "linkedin", "mastodon", "pinterest", "threads", "tiktok", "x",
        "youtube",
      ].map { platform in
        var object: JSONObject = [
          "id": JSONValue(platform), "platform": JSONValue(platform), "state": "active", "handle": "@ravaude",
        ]
        for member in channel.members { object[member.key] = member.value }
        return .object(object)
      })
    return DocumentCollection([channels, try SampleDocuments.post(post)] + others)
  }

  static func findings(_ post: JSONObject, channel: JSONObject = [:]) throws -> [Finding] {
    limitFindings(in: try documents(post, channel: channel))
  }

  static func follows(_ channels: String...) -> JSONValue {
    .object(channels.reduce(into: JSONObject()) { $0[JSONString($1)] = ["mode": "follows"] })
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let platform: String
    let text: String
    let limit: Int

    init(_ platform: String, _ name: String, _ text: String, limit: Int) {
      (testDescription, self.platform, self.text, self.limit) = (
        "\(platform): \(name)", platform, text, limit
      )
    }
  }

  /// One sign repeated up to the limit of its platform, and once more.
  static let signs = [
    Case("x", "letters", "a", limit: 280),
    Case("x", "narrow no-break spaces weigh two", "\u{202F}", limit: 140),
    Case("x", "no-break spaces weigh one", "\u{A0}", limit: 280),
    Case("x", "… weighs two", "…", limit: 140),
    Case("x", "€ weighs two", "€", limit: 140),
    Case("x", "guillemets weigh one", "«", limit: 280),
    Case("x", "a family weighs two", "👨‍👩‍👧‍👦", limit: 140),
    Case("bluesky", "graphemes", "é", limit: 300),
    Case("bluesky", "bytes come first for families", "👨‍👩‍👧‍👦", limit: 120),
    Case("mastodon", "graphemes", "👍🏽", limit: 500),
    Case("threads", "an emoji is its bytes", "🧵", limit: 125),
    Case("linkedin", "UTF-16", "🧵", limit: 1500),
    Case("instagram", "UTF-16", "a", limit: 2200),
    Case("facebook", "UTF-16", "a", limit: 63_206),
    Case("tiktok", "UTF-16", "a", limit: 2200),
    Case("youtube", "the text is the description, in bytes", "é", limit: 2500),
    Case("pinterest", "the text is the description", "a", limit: 500),
  ]

  @Test(arguments: signs) func oneMoreThanTheLimitIsTooMuch(_ c: Case) throws {
    func findings(_ count: Int) throws -> [Finding] {
      try Self.findings([
        "body": JSONValue(String(repeating: c.text, count: count)), "variants": Self.follows(c.platform),
      ])
    }
    #expect(try findings(c.limit).isEmpty)
    let finding = try #require(findings(c.limit + 1).first)
    #expect(finding.rule == "limit" && finding.level == .error && finding.pointer == "/body")
    let length = c.text.unicodeScalars.count
    #expect(finding.range == (c.limit * length)..<((c.limit + 1) * length))
  }

  @Test func theSentenceSaysCountLimitUnitAndExcess() throws {
    let finding = try #require(
      Self.findings(["body": JSONValue(String(repeating: "ab", count: 156)), "variants": Self.follows("x")])
        .first)
    #expect(
      finding.message.french
        == "Le texte compte 312\u{A0}caractères pondérés sur X; la limite est de 280, soit 32 de trop.")
    #expect(
      finding.message.english
        == "The text counts 312 weighted characters on X; the limit is 280, so 32 too many.")
  }

  @Test func linksAndHashtagsCountWithTheText() throws {
    let body = String(repeating: "a", count: 250)
    let post: JSONObject = [
      "body": JSONValue(body), "variants": Self.follows("x"), "hashtags": ["Maison"],
      "links": [
        ["id": "page", "url": "https://exemple.ca/page#bas", "utm": ["source": "x", "campaign": "été 2026"]]
      ],
    ]
    // 250, an empty line, 23 for the link, an empty line, seven for the hashtag.
    let finding = try #require(Self.findings(post).first)
    #expect(finding.range == nil)
    #expect(
      finding.message.english
        == "With its links and hashtags, the text counts 284 weighted characters on X; the limit is 280, so 4 too many."
    )
  }

  @Test func whatStandsInTheTextIsNotCountedTwice() throws {
    let documents = try Self.documents([
      "body": "Venez! #Maison https://exemple.ca/page?utm_source=x", "variants": Self.follows("mastodon"),
      "hashtags": ["Maison", "Mai"],
      "links": [["id": "page", "url": "https://exemple.ca/page", "utm": ["source": "x"]]],
    ])
    let post = try #require(documents.documents(of: "post").first)
    // The hashtag #Mai is another than #Maison: an empty line, and four more.
    #expect(remaining(of: post, in: documents).first { $0.measure == "text" }?.count == 15 + 23 + 2 + 4)
  }

  @Test func aVariantOfItsOwnIsMeasuredWhereItStands() throws {
    let findings = try Self.findings([
      "body": "court",
      "variants": [
        "x": ["mode": "diverges", "body": JSONValue(String(repeating: "a", count: 281))],
        "facebook": ["mode": "follows"],
      ],
    ])
    #expect(findings.map(\.pointer) == ["/variants/x/body"])
    #expect(findings.map(\.range) == [280..<281])
  }

  @Test func eachMessageOfAThreadIsMeasured() throws {
    let findings = try Self.findings([
      "body": "Un fil",
      "variants": [
        "x": [
          "mode": "follows",
          "thread": [
            ["id": "deux", "body": "court"],
            ["id": "trois", "body": JSONValue(String(repeating: "é", count: 290))],
          ],
        ]
      ],
    ])
    #expect(findings.map(\.pointer.description) == ["/variants/x/thread/@trois/body"])
    #expect(findings.first?.range == 280..<290)
    #expect(findings.first?.message.french.hasPrefix("Le message 3 du fil compte 290") == true)
  }

  @Test func eachMessageOfAThreadHasItsFilesAndHashtags() throws {
    let files: JSONValue = .array(Array("01234").map { JSONValue("01m6p9jwq0nke99tsdmh8can0\($0)") })
    let findings = try Self.findings([
      "body": "Un fil",
      "variants": [
        "mastodon": ["mode": "follows", "thread": [["id": "deux", "body": "court", "assets": files]]],
        "threads": ["mode": "follows", "thread": [["id": "deux", "body": "#Un #Deux"]]],
      ],
    ])
    #expect(
      findings.map(\.pointer.description) == [
        "/variants/mastodon/thread/@deux/assets", "/variants/threads/thread/@deux/body",
      ])
  }

  @Test func titlesCommentsAltTextsAndThingsAreCounted() throws {
    let long = JSONValue(String(repeating: "a", count: 2197))
    let findings = try Self.findings([
      "body": "Court", "hashtags": ["A1", "B2", "C3", "D4", "E5", "F6"],
      "assets": [["id": "image", "asset": "01m6p9jwq0nke99tsdmh8can00", "altText": long]],
      "variants": [
        "instagram": ["mode": "follows", "firstComment": long],
        "youtube": [
          "mode": "follows", "title": JSONValue(String(repeating: "a", count: 101)), "description": "d",
        ],
      ],
    ])
    #expect(
      findings.map { "\($0.pointer) \($0.range.map { "\($0)" } ?? "-")" } == [
        "/variants/instagram/firstComment 2196..<2197", "/assets/@image/altText 1000..<2197", "/hashtags -",
        "/variants/youtube/title 100..<101",
      ])
    #expect(
      findings[2].message.french == "6\u{A0}mots-clics sur Instagram; la limite est de 5, soit 1 de trop.")
  }

  @Test func photosAloneGiveTikTokRoom() throws {
    let photo = try SampleDocuments.make(
      "asset", "assets/photo-01m6p9jwq0nke99tsdmh8can00.json",
      [
        "id": "01m6p9jwq0nke99tsdmh8can00", "title": "Photo", "mediaType": "image/jpeg",
        "permission": "granted",
        "altText": "Une photo",
      ])
    let post: JSONObject = [
      "body": JSONValue(String(repeating: "a", count: 3000)), "variants": Self.follows("tiktok"),
      "assets": [["id": "image", "asset": "01m6p9jwq0nke99tsdmh8can00", "altText": "Une photo"]],
    ]
    #expect(limitFindings(in: try Self.documents(post, others: [photo])).isEmpty)
    #expect(try Self.findings(post).count == 1)
  }

  @Test func theBrandMayOverrideAddAndLift() throws {
    let post: JSONObject = [
      "body": "abcdef", "variants": Self.follows("x", "linkedin"), "hashtags": ["A1", "B2", "C3"],
    ]
    #expect(try Self.findings(post).isEmpty)
    let narrow = try Self.findings(post, channel: ["limits": ["text": 5, "hashtags": 2]])
    #expect(narrow.count == 4)
    #expect(
      try Self.findings(post, channel: ["limits": ["hashtags": 2]]).map(\.pointer) == [
        "/hashtags", "/hashtags",
      ])
    let long: JSONObject = [
      "body": JSONValue(String(repeating: "a", count: 281)), "variants": Self.follows("x"),
    ]
    #expect(try Self.findings(long, channel: ["limits": ["text": .null]]).isEmpty)
  }

  @Test func theFileOfTheWorkspaceComesBeforeWhatIsBuiltIn() throws {
    let own = try SampleDocuments.make(
      "limits", "limits/x.json",
      [
        "platform": "x", "limits": [["id": "text", "value": 3, "unit": "graphemes"]],
        "id": "01m20gsr70xtfg2nmdyska2dcr",
      ])
    let documents = try Self.documents(["body": "abcd", "variants": Self.follows("x")], others: [own])
    #expect(limitFindings(in: documents).map(\.range) == [3..<4])
  }

  @Test(arguments: ["cancelled", "archived"]) func whatWillNotGoOutIsLeftAlone(_ state: String) throws {
    let body = JSONValue(String(repeating: "a", count: 300))
    #expect(
      try Self.findings(["body": body, "variants": Self.follows("x"), "state": JSONValue(state)]).isEmpty)
  }

  @Test func anAnswerIsAComment() throws {
    let conversation = try SampleDocuments.make(
      "conversation", "conversations/2026/11/linkedin-01m7b4kg208fp9hj9t9jt0w1hv.json",
      [
        "id": "01m7b4kg208fp9hj9t9jt0w1hv", "channel": "linkedin", "externalId": "1", "nature": "comment",
        "triage": "to-answer", "messages": [],
      ])
    let reply = try SampleDocuments.make(
      "reply", "replies/2026/11/essai-01m7p6cx70tbmq7wvahkzr4g88.json",
      [
        "id": "01m7p6cx70tbmq7wvahkzr4g88", "conversation": "01m7b4kg208fp9hj9t9jt0w1hv", "intent": "inform",
        "state": "draft", "body": JSONValue(String(repeating: "a", count: 1251)),
      ])
    let findings = limitFindings(in: try Self.documents([:], others: [conversation, reply]))
    #expect(findings.map(\.range) == [1250..<1251])
    #expect(findings.first?.path == reply.path)
  }

  @Test func whatIsLeftIsSaidForEachChannel() throws {
    let documents = try Self.documents(["body": "abc", "variants": Self.follows("x", "bluesky")])
    let post = try #require(documents.documents(of: "post").first)
    let left = remaining(of: post, in: documents).filter { $0.measure.hasPrefix("text") }
    #expect(left.map(\.channel) == ["bluesky", "bluesky", "x"])
    #expect(left.map(\.left) == [297, 2997, 277])
    #expect(left.map(\.unit) == [.characters(.graphemes), .characters(.utf8), .characters(.weighted)])
  }

  @Test func theSampleIsWithinItsLimits() throws {
    let documents = try SampleDocuments.workspace()
    #expect(limitFindings(in: documents).map(\.message.french) == [])
    #expect(
      documents.documents(of: "post").allSatisfy {
        Post($0.value).variants.isEmpty || !remaining(of: $0, in: documents).isEmpty
      })
  }

  @Test func tenPlatformsAreKnown() {
    let platforms = [
      "bluesky", "facebook", "instagram", "linkedin", "mastodon", "pinterest", "threads", "tiktok", "x",
      "youtube",
    ]
    for platform in platforms {
      let rows = PlatformLimits.builtIn(for: platform)?.limits ?? []
      #expect(!rows.isEmpty, "\(platform)")
      #expect(rows.allSatisfy { $0.value["source"] != nil && $0.value["checkedAt"] != nil })
    }
  }
}
