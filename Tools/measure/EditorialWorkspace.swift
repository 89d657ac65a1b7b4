import Documents
import Foundation
import JSONTree
import ObjectModel
import Simulation
import Wording

/// A workspace of any number of posts: the line, channels, limits and people of the sample, and posts made from a seed.
///
/// A post has 2 to 8 KB: a shared text, one to four variants, some with a text of their own or a thread, pictures with
/// alternative texts, links and hashtags. One text in twelve holds a fault. Every third post was reviewed, and half of
/// those by what it says now; every fourth is out on its first channel.
struct EditorialWorkspace {
  /// Every file but the schemas, sorted by path.
  let documents: DocumentCollection

  /// - Parameters:
  ///   - sample: The folder of the sample workspace.
  ///   - line: Changes the guideline, if anything.
  init(
    posts count: Int, seed: UInt64, sample: String, line: (JSONValue) -> JSONValue = { $0 }
  ) throws {
    let base = try Self.base(sample).map { document in
      document.kind.name == Guideline.kind
        ? Document(path: document.path, value: line(document.value), kind: document.kind) : document
    }
    var draws = Draws(seed: seed)
    var posts: [Document] = []
    for index in 0..<count { posts.append(try Self.post(index, &draws)) }
    // What was seen and published is named by what the posts say.
    let saying = DocumentCollection(base + posts)
    let records = try posts.enumerated().flatMap { try Self.records(of: $1, index: $0, in: saying) }
    documents = DocumentCollection(base + posts + records)
  }

  /// The moment for which it is made: half of what has a time is over.
  static let now = Instant(secondsSince1970: 1_795_500_000)

  static func document(_ kind: JSONString, _ path: String, _ value: JSONObject) throws -> Document {
    guard let kind = SchemaSet.builtIn.kind(named: kind) else { throw Missing(kind: kind.text) }
    var value = value
    value["kind"] = .string(kind.name)
    return Document(path: try WorkspacePath(path), value: .object(value), kind: kind)
  }

  struct Missing: Error {
    var kind: String
  }

  // MARK: - What all have

  static func base(_ sample: String) throws -> [Document] {
    let kinds: Set<JSONString> = [
      Guideline.kind, Channels.kind, Team.kind, WorkspaceSettings.kind, PlatformLimits.kind, Asset.kind,
      Source.kind,
      Conversation.kind, Reply.kind,
    ]
    let names = try FileManager.default.subpathsOfDirectory(atPath: sample)
      .filter { $0.hasSuffix(".json") && !$0.hasPrefix("schemas/") && !$0.hasPrefix(".") }
    return try names.map { name in
      let bytes = Array(try Data(contentsOf: URL(filePath: sample).appending(path: name)))
      return try Document.read(WorkspacePath(name), bytes, schemas: .builtIn).get()
    }.filter { kinds.contains($0.kind.name) }
  }

  // MARK: - Posts

  private static let channels: [JSONString] = ["facebook", "instagram", "linkedin", "mastodon"]
  private static let people = ["noemie", "etienne", "fiona", "wassila"]
  private static let pictures = ["01m673g2t0pmavj7d0hb6gavjf", "01m653zkr0j8jbt5945pg9y706"]

  static func post(_ index: Int, _ draws: inout Draws) throws -> Document {
    let made = now.secondsSince1970 - 40_000_000 + index * 3_600
    let id = id(made: made, &draws)
    let title = Prose.title(&draws)
    var variants: JSONObject = [:]
    let first = draws.below(channels.count)
    for offset in 0...draws.below(channels.count) {
      let channel = channels[(first + offset) % channels.count]
      variants[channel] = variant(on: channel, index: index, &draws)
    }
    let assets = (0..<draws.below(3)).map { number -> JSONValue in
      [
        "altText": JSONValue(text(120, &draws)), "asset": JSONValue(draws.one(of: pictures)),
        "id": JSONValue("image-\(number)"),
      ]
    }
    let address = JSONValue("https://laravaude.example/nouvelles/\(index)")
    return try document(
      Post.kind, "posts/\(index / 1_000)/\(index)-\(id).json",
      [
        "assets": .array(assets), "body": JSONValue(text(600 + draws.below(1_600), &draws)),
        "createdAt": time(made), "createdBy": JSONValue(draws.one(of: people)),
        "hashtags": [JSONValue(draws.one(of: Prose.hashtags))], "id": JSONValue(id), "labels": ["atelier"],
        "language": "fr-CA",
        "links": [
          [
            "id": "page", "url": address,
            "utm": ["campaign": "atelier", "medium": "social", "source": "la-ravaude"],
          ]
        ],
        "nature": "original", "sources": index.isMultiple(of: 7) ? ["01m53ph6j0jazpys9w7rbkab53"] : [],
        "state": draws.chance(1, in: 4) ? "draft" : "in-review", "title": JSONValue(title),
        "variants": .object(variants),
      ])
  }

  private static func variant(on channel: JSONString, index: Int, _ draws: inout Draws) -> JSONValue {
    var variant: JSONObject = ["mode": "follows"]
    if draws.chance(1, in: 2) {
      variant["mode"] = "diverges"
      variant["body"] = JSONValue(text(channel == "mastodon" ? 350 : 500 + draws.below(900), &draws))
    }
    if channel == "mastodon", draws.chance(2, in: 3) {
      variant["thread"] = .array(
        (0..<1 + draws.below(4)).map { part in
          ["body": JSONValue(text(340, &draws)), "id": JSONValue("partie-\(part)")]
        })
    }
    if channel == "instagram", draws.chance(1, in: 2) {
      variant["firstComment"] = JSONValue(text(120, &draws))
    }
    if draws.chance(2, in: 3) {
      // A quarter of an hour between two posts, and now and then two in the same minutes.
      let at = now.secondsSince1970 - 5_000_000 + index * 900 + draws.below(4) * 300
      variant["schedule"] = ["at": time(at), "zone": "America/Toronto"]
    }
    return .object(variant)
  }

  private static func text(_ length: Int, _ draws: inout Draws) -> String {
    Prose.text(length, faulty: draws.chance(1, in: 12), &draws)
  }

  // MARK: - What people decided, and what went out

  private static func records(of post: Document, index: Int, in documents: DocumentCollection) throws
    -> [Document]
  {
    let view = Post(post.value)
    guard let channel = view.variants.first?.channel else { return [] }
    let content = documents.content(of: view, on: channel)
    var draws = Draws(seed: UInt64(index) &+ 1)
    let at = now.secondsSince1970 - 4_000_000 + index * 60
    var records: [Document] = []
    if index.isMultiple(of: 3) {
      var seen = Review.Seen(content).value.object ?? [:]
      if index.isMultiple(of: 2) { seen["content"] = JSONValue(String(repeating: "0", count: 64)) }
      let id = id(made: at, &draws)
      records.append(
        try document(
          Review.kind, "reviews/\(index / 1_000)/\(id).json",
          [
            "at": time(at), "by": "etienne", "contents": .object([channel: .object(seen)]),
            "contentHash": JSONValue(content.hash.hex), "createdAt": time(at), "createdBy": "etienne",
            "id": JSONValue(id), "scope": [.string(channel)], "subject": .string(post.id),
            "verdict": "approve",
          ]))
    }
    if index.isMultiple(of: 4) {
      let id = id(made: at, &draws)
      records.append(
        try document(
          Publication.kind, "publications/\(index / 1_000)/\(id).json",
          [
            "at": time(at), "by": "fiona", "channel": .string(channel),
            "contentHash": JSONValue(content.hash.hex),
            "createdAt": time(at), "createdBy": "fiona", "id": JSONValue(id), "nature": "publication",
            "post": .string(post.id), "url": JSONValue("https://reseau.example/\(index)"),
          ]))
    }
    return records
  }

  static func id(made seconds: Int, _ draws: inout Draws) -> String {
    let random = (UInt16(truncatingIfNeeded: draws.next()), draws.next())
    return ULID(milliseconds: UInt64(seconds) * 1_000, random: random).text
  }

  static func time(_ seconds: Int) -> JSONValue {
    JSONValue(Instant(secondsSince1970: seconds).rfc3339(offset: UTCOffset(minutes: -300)))
  }
}
