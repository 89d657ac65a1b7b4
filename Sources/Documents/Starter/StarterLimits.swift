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
    /// The day it began to hold, where that is known.
    var since: String?
    var source: String
    var note: String?

    init(
      _ id: String, _ value: Int, _ unit: String, since: String? = nil, _ source: String, note: String? = nil
    ) {
      (self.id, self.value, self.unit, self.since) = (id, value, unit, since)
      (self.source, self.note) = (source, note)
    }
  }

  static let checkedAt = "2026-11-21"

  var fields: StarterFields {
    let limits = rows.map { row -> JSONValue in
      var object: JSONObject = [
        "id": JSONValue(row.id), "value": .number(JSONNumber(row.value)), "unit": JSONValue(row.unit),
        "source": JSONValue(row.source), "checkedAt": JSONValue(Self.checkedAt),
      ]
      if let since = row.since { object["since"] = JSONValue(since) }
      if let note = row.note { object["note"] = JSONValue(note) }
      return .object(object)
    }
    var fields: StarterFields = [("/platform", JSONValue(platform)), ("/limits", .array(limits))]
    if !counting.isEmpty { fields.append(("/counting", .object(counting))) }
    return fields
  }
}

/// Where the figures are from; several platforms publish theirs in no other place than the pages of those who post there.
private enum Page {
  static let bluesky = "https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json"
  static let blueskyImages =
    "https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/embed/images.json"
  static let buffer = "https://developers.buffer.com/guides/character-limits.md"
  static let threads = "https://developers.facebook.com/documentation/threads/posts"
  static let uploadPost = "https://docs.upload-post.com/resources/character-limits/"
  static let x = "https://docs.x.com/fundamentals/counting-characters"
}

/// Sorted by platform.
let starterLimits: [StarterLimits] = [
  StarterLimits(
    platform: "bluesky",
    rows: [
      .init("text", 300, "graphemes", Page.bluesky),
      .init("textBytes", 3000, "utf-8", Page.bluesky),
      .init("media", 4, "items", Page.blueskyImages),
    ]),
  StarterLimits(
    platform: "facebook",
    rows: [
      .init(
        "text", 63_206, "utf-16", since: "2011-11-30", Page.uploadPost,
        note: "Certains outils de programmation s’arrêtent à 5 000 / Some scheduling tools stop at 5,000."),
      .init(
        "title", 255, "utf-16", Page.uploadPost, note: "Titre d’une vidéo courte / Title of a short video."),
    ]),
  StarterLimits(
    platform: "instagram",
    rows: [
      .init(
        "text", 2200, "utf-16", "https://www.ayrshare.com/docs/fr/apis/post/social-networks/instagram",
        note: "Certains outils comptent 2 196 / Some tools count 2,196."),
      .init("firstComment", 2196, "utf-16", Page.uploadPost),
      .init(
        "hashtags", 5, "items", since: "2025-12-18",
        "https://www.socialmediatoday.com/news/instagrams-implementing-new-limits-on-hashtag-use/808309/",
        note: "30 dans les documents plus anciens / 30 in older documents."),
      .init("altText", 1000, "utf-16", Page.uploadPost),
    ]),
  StarterLimits(
    platform: "linkedin",
    rows: [
      .init(
        "text", 3000, "utf-16", since: "2021-06-01", Page.buffer, note: "Auparavant 1 300 / Before, 1,300."),
      .init("firstComment", 1250, "utf-16", Page.buffer),
      .init(
        "title", 400, "utf-16", Page.uploadPost,
        note: "Titre d’un document joint / Title of an attached document."),
    ]),
  StarterLimits(
    platform: "mastodon", counting: ["urlWeight": 23, "urlsNeedScheme": true, "mentionWithoutDomain": true],
    rows: [
      .init(
        "text", 500, "graphemes", "https://docs.joinmastodon.org/user/posting/",
        note: "Par défaut; chaque serveur peut la changer / By default; each server may change it."),
      .init("media", 4, "items", "https://docs.joinmastodon.org/entities/Instance/"),
    ]),
  StarterLimits(
    platform: "pinterest",
    rows: [
      .init("title", 100, "utf-16", Page.uploadPost),
      .init("description", 500, "utf-16", Page.uploadPost),
      .init("altText", 500, "utf-16", Page.uploadPost),
    ]),
  StarterLimits(
    platform: "threads", counting: ["emojiUnit": "utf-8"],
    rows: [
      .init("text", 500, "graphemes", Page.threads),
      .init("links", 5, "items", since: "2025-12-22", Page.threads),
      .init("hashtags", 1, "items", Page.threads),
    ]),
  StarterLimits(
    platform: "tiktok",
    rows: [
      .init("text", 2200, "utf-16", "https://docs.zernio.com"),
      .init(
        "photoTitle", 90, "utf-16",
        "https://developers.tiktok.com/doc/content-posting-api-reference-photo-post"),
      .init(
        "photoText", 4000, "utf-16",
        "https://developers.tiktok.com/doc/content-posting-api-reference-photo-post",
        note: "Où il n’y a que des photos / Where there are photos only."),
      .init(
        "hashtags", 5, "items", since: "2025-08-01", "https://docs.zernio.com",
        note: "Source secondaire / Secondary source."),
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
      .init("text", 280, "weighted", since: "2017-11-07", Page.x)
    ]),
  StarterLimits(
    platform: "youtube",
    rows: [
      .init("title", 100, "utf-16", Page.uploadPost),
      .init("description", 5000, "utf-8", Page.uploadPost),
      .init(
        "hashtags", 15, "items", "https://support.google.com/youtube/answer/6390658",
        note: "Au-delà, tous sont ignorés / Beyond, all are ignored."),
    ]),
]
