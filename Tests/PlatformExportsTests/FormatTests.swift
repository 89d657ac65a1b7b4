import JSONTree
import PlatformExports
import Testing
import Wording

/// What each platform's files say, from the small exports in `Cases`.
@Suite struct FormatTests {
  static let told: [(ExportKind, [String])] = [
    (
      .mastodon,
      [
        "comment https://pilotis.example/users/oriane/statuses/77",
        "2026-10-04T09:00:00Z | https://social.laravaude.example/users/ravaude/statuses/1003 | @ravaude@social.laravaude.example | @oriane Oui, les bottes aussi! | edited 2026-10-04T09:10:00Z",
        "message https://social.laravaude.example/users/ravaude/statuses/1004",
        "2026-10-05T09:00:00Z | https://social.laravaude.example/users/ravaude/statuses/1004 | @ravaude@social.laravaude.example | En privé : écrivez-nous.",
        "post | 2026-10-03T14:00:00Z | https://social.laravaude.example/users/ravaude/statuses/1001 | fr | L’atelier de samedi\u{A0}: apportez vos mitaines & vos grille-pain.\nOn répare ensemble.\n\nhttps://laravaude.example/atelier #Reparation",
        "post | 2026-10-03T14:05:00Z | https://social.laravaude.example/users/ravaude/statuses/1002 | - | Et du café.",
        "relay | 2026-10-06T09:00:00Z | https://social.laravaude.example/users/ravaude/statuses/1005/activity | - | https://pilotis.example/users/oriane/statuses/80",
        "skipped outbox.json, line 89 (https://social.laravaude.example/users/ravaude/statuses/1006): date",
      ]
    ),
    (
      .x,
      [
        "comment 1499999999999999999",
        "2026-10-04T09:00:00Z | 1500000000000000003 | @ravaude@social.laravaude.example | @jolyane_b Oui, jusqu’à samedi.",
        "message 777-900100",
        "2026-10-07T12:00:00Z | 21 | 777 | Bonjour, mon numéro : 418 555-0134",
        "2026-10-07T12:00:30Z | 22 | @ravaude@social.laravaude.example | Écrivez à atelier@laravaude.example : https://laravaude.example/",
        "post | 2026-10-03T14:00:00Z | 1500000000000000001 | fr | Réparer & partager : https://laravaude.example/atelier?a=1&b=2 <3",
        "post | 2026-10-03T14:05:00Z | 1500000000000000002 | - | Et du café.",
        "relay | 2026-10-05T09:00:00Z | 1500000000000000004 | - | RT @filature: Portes ouvertes",
        "post | 2026-10-06T09:00:00Z | 1500000000000000006 | - | Une erreur d’heure. | deleted 2026-10-06T10:00:00Z",
        "skipped data/tweets.js, line 49 (1500000000000000005): field",
      ]
    ),
    (
      .meta,
      [
        "message 10158",
        "2025-10-03T14:00:00Z | 1759500000000 | Jolyane Bélanger | ",
        "2025-10-03T14:00:00Z | 1759500000000-2 | Jolyane Bélanger | Est-ce que c’est gratuit?",
        "2025-10-03T14:01:00Z | 1759500060000 | @ravaude@social.laravaude.example | Oui, avec plaisir 🙂",
        // Cut in the middle of a character: nobody can say what it was.
        "2025-10-03T14:02:00Z | 1759500120000 | Jolyane Bélanger | coup\u{C3} | deleted 2025-10-03T14:02:00Z",
        "comment comment-1759600000",
        "2025-10-04T17:46:40Z | comment-1759600000 | @ravaude@social.laravaude.example | Merci Jolyane!",
        "post | 2025-10-02T10:13:20Z | 1759400000 | - | L’atelier de samedi.\nhttps://laravaude.example/atelier",
        "skipped posts/your_posts_1.json, line 22 (no\u{A0}2): date",
      ]
    ),
    (
      .bluesky,
      [
        "comment at://did:plc:oriane00000000000000000/app.bsky.feed.post/3kzzzzzzzzz2z",
        "2026-10-04T14:00:00Z | at://did:plc:ravaude0000000000000000/app.bsky.feed.post/3kaaaaaaaaa2b | @ravaude@social.laravaude.example | Avec joie!",
        "post | 2026-10-03T14:00:00Z | at://did:plc:ravaude0000000000000000/app.bsky.feed.post/3kaaaaaaaaa2a | fr-ca | Répare-moi ça : https://laravaude.example/atelier et notre page (https://laravaude.example/)",
        "skipped posts.json, line 48 (at://did:plc:ravaude0000000000000000/app.bsky.feed.post/3kaaaaaaaaa2d): field",
      ]
    ),
  ]

  @Test(arguments: told) func says(_ kind: ExportKind, _ lines: [String]) throws {
    #expect(Exports.read(kind, try Exports.files(kind)).told == lines)
  }

  @Test(arguments: ExportKind.allCases) func theOrderOfFilesMakesNoDifference(_ kind: ExportKind) throws {
    let files = try Exports.files(kind)
    #expect(Exports.read(kind, files).told == Exports.read(kind, files.reversed()).told)
  }

  @Test(arguments: [ExportKind.mastodon, .x, .bluesky, .csv]) func theSameFileTwiceSaysIt(_ kind: ExportKind)
    throws
  {
    let files = try Exports.files(kind)
    let (once, twice) = (Exports.read(kind, files), Exports.read(kind, files + files))
    #expect(once.conversations == twice.conversations)
    #expect(once.posts == twice.posts)
  }

  /// A file cut anywhere, or with any byte broken, costs what stands there and never the program.
  @Test(arguments: ExportKind.allCases) func aDamagedFileCostsItself(_ kind: ExportKind) throws {
    for file in try Exports.files(kind) {
      for cut in stride(from: 0, to: file.bytes.count, by: 37) {
        _ = Exports.read(kind, [ExportFile(path: file.path, bytes: Array(file.bytes[..<cut]))])
        var broken = file.bytes
        broken[cut] = 0xFF
        _ = Exports.read(kind, [ExportFile(path: file.path, bytes: broken)])
      }
    }
  }

  @Test func oneBrokenElementLeavesTheOthers() {
    let good = #"{"tweet":{"id_str":"1","full_text":"Un","created_at":"Sat Oct 03 14:00:00 +0000 2026"}}"#
    let deep = String(repeating: "[", count: 90_000)
    let export = Exports.read(
      .x,
      """
      window.YTD.tweets.part0 = [
      {"tweet": {"id_str": "2", "full_text": "\\ud83d", "created_at": "?"}},
      12,
      {"tweet": {"id_str": "3", "full_text": \(deep)\(String(repeating: "]", count: 90_000)), "created_at": "?"}},
      {"tweet": {"id_str": "4", "full_text": "\(String(repeating: "a", count: 300_000))", "created_at": "Sat Oct 03 14:00:00 +0000 2026"}},
      \(good),
      {"tweet": {"id_str": "5"
      """)
    #expect(export.posts.map(\.text) == ["Un"])
    #expect(
      export.skipped.map(\.reason.code) == [
        "syntax", "unknown-shape", "syntax", "too-long", "syntax", "cut-off",
      ])
    #expect(export.skipped.map(\.line) == [2, 3, 4, 5, 7, 7])
  }

  /// Only what Meta's writer broke is mended: `Ã©` that somebody wrote in a sound file is what they wrote.
  @Test(arguments: [
    (#"caf\u00c3\u00a9"#, "café"), (#"\u00f0\u009f\u0099\u0082"#, "🙂"), (#"\u00c3\u0083\u00c2\u00a9"#, "Ã©"),
    ("cafÃ©", "cafÃ©"), (#"\u00e9"#, "é"), (#"\u2019\u00c3\u00a9"#, "’Ã©"), ("plain", "plain"),
  ])
  func brokenAccentsAreMended(_ written: String, _ meant: String) throws {
    let export = Exports.read(.meta, #"[{"timestamp": 1759400000, "data": [{"post": "\#(written)"}]}]"#)
    #expect(export.posts.map { JSONString($0.text) } == [JSONString(meant)])
  }

  @Test func threadsOfOthersAreOneConversation() {
    func post(_ id: String, _ parent: String?, by author: String) -> String {
      let reply = parent.map { #","in_reply_to_status_id_str":"\#($0)","in_reply_to_user_id_str":"5""# } ?? ""
      return
        #"{"tweet":{"id_str":"\#(id)","full_text":"\#(id)","created_at":"Sat Oct 03 14:00:00 +0000 2026"\#(reply)}}"#
    }
    // 12 answers 11, 11 answers somebody's 9; 20 and 21 answer each other, which no platform does.
    let export = Exports.read(
      .x, "[\(post("12", "11", by: "a")), \(post("11", "9", by: "a")), \(post("13", "9", by: "b"))]")
    #expect(export.conversations.map(\.externalId) == ["9"])
    #expect(export.conversations.flatMap(\.messages).map(\.externalId) == ["11", "13"])
    #expect(export.posts.map(\.externalId) == ["12"])
  }
}
