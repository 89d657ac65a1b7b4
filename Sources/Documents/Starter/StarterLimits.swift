import JSONTree

/// What platforms allow, as of the day in each row. A workspace gets its own copy, to correct when it changes.
///
/// Sources disagree and change, so each figure carries its own; the research notes behind them compare several.
struct StarterLimits {
  var platform: String
  var counting: JSONObject = [:]
  var rows: [Row]

  struct Row {
    var id: String
    var value: Int
    var unit: String
    var source: String
    var note: String?

    init(_ id: String, _ value: Int, _ unit: String, _ source: String, note: String? = nil) {
      (self.id, self.value, self.unit, self.source, self.note) = (id, value, unit, source, note)
    }
  }

  static let checkedAt = "2026-11-21"

  var fields: StarterFields {
    let limits = rows.map { row -> JSONValue in
      var object: JSONObject = [
        "id": JSONValue(row.id), "value": .number(JSONNumber(row.value)), "unit": JSONValue(row.unit),
        "source": JSONValue(row.source), "checkedAt": JSONValue(Self.checkedAt),
      ]
      if let note = row.note { object["note"] = JSONValue(note) }
      return .object(object)
    }
    var fields: StarterFields = [("/platform", JSONValue(platform)), ("/limits", .array(limits))]
    if !counting.isEmpty { fields.append(("/counting", .object(counting))) }
    return fields
  }
}

/// Sorted by platform.
let starterLimits: [StarterLimits] = [
  StarterLimits(
    platform: "bluesky",
    rows: [
      .init(
        "text", 300, "graphemes",
        "https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json"),
      .init(
        "textBytes", 3000, "utf-8",
        "https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json"),
      .init(
        "hashtags", 8, "items",
        "https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json"),
      .init(
        "media", 4, "items",
        "https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/embed/images.json"),
    ]),
  StarterLimits(
    platform: "facebook",
    rows: [
      .init("text", 63_206, "utf-16", "https://docs.upload-post.com")
    ]),
  StarterLimits(
    platform: "instagram",
    rows: [
      .init("text", 2200, "graphemes", "https://docs.ayrshare.com"),
      .init(
        "hashtags", 5, "items", "https://docs.ayrshare.com",
        note: "30 dans les documents plus anciens / 30 in older documents."),
    ]),
  StarterLimits(
    platform: "linkedin",
    rows: [
      .init("text", 3000, "utf-16", "https://docs.upload-post.com"),
      .init("firstComment", 1250, "utf-16", "https://docs.upload-post.com"),
    ]),
  StarterLimits(
    platform: "mastodon", counting: ["urlWeight": 23, "mentionWithoutDomain": true],
    rows: [
      .init(
        "text", 500, "graphemes", "https://docs.joinmastodon.org/user/posting/",
        note: "Par défaut; chaque serveur peut la changer / By default; each server may change it."),
      .init("media", 4, "items", "https://docs.joinmastodon.org/entities/Instance/"),
    ]),
  StarterLimits(
    platform: "pinterest",
    rows: [
      .init("title", 100, "utf-16", "https://docs.upload-post.com"),
      .init("description", 500, "utf-16", "https://docs.upload-post.com"),
      .init("altText", 500, "utf-16", "https://docs.upload-post.com"),
    ]),
  StarterLimits(
    platform: "threads", counting: ["emojiUnit": "utf-8"],
    rows: [
      .init("text", 500, "graphemes", "https://developers.facebook.com/documentation/threads/posts"),
      .init("links", 5, "items", "https://developers.facebook.com/documentation/threads/posts"),
      .init("hashtags", 1, "items", "https://developers.facebook.com/documentation/threads/posts"),
    ]),
  StarterLimits(
    platform: "tiktok",
    rows: [
      .init("text", 2200, "utf-16", "https://docs.zernio.com"),
      .init("photoDescription", 4000, "utf-16", "https://developers.tiktok.com"),
    ]),
  StarterLimits(
    platform: "x",
    counting: [
      "urlWeight": 23, "emojiUnit": "weighted", "scale": 100, "defaultWeight": 200,
      "weights": [
        ["from": 0, "to": 4351, "weight": 100], ["from": 8192, "to": 8205, "weight": 100],
        ["from": 8208, "to": 8223, "weight": 100], ["from": 8242, "to": 8247, "weight": 100],
      ],
    ],
    rows: [
      .init("text", 280, "weighted", "https://docs.x.com/fundamentals/counting-characters")
    ]),
  StarterLimits(
    platform: "youtube",
    rows: [
      .init("title", 100, "utf-16", "https://docs.upload-post.com"),
      .init("description", 5000, "utf-8", "https://docs.upload-post.com"),
    ]),
]
