public import JSONTree

/// What the public will see of a post on one channel, and where: the whole of it and its parts.
///
/// The canonical value, whose members are left out where they are empty:
///
/// ```
/// {
///   "assets":       [{"altText", "crop", "blob", and of "sha256", "url", "file", "asset" the first that is known}],
///   "channel":      {"handle", "id"},
///   "description":  the variant's,
///   "firstComment": the variant's,
///   "format":       "ligne-content-1",
///   "hashtags":     sorted by UTF-8 bytes,
///   "kind":         "post",
///   "links":        [{"url", "utm"}],
///   "mentions":     sorted by UTF-8 bytes,
///   "options":      the variant's,
///   "text":         the variant's own, or the shared one,
///   "thread":       [{"assets": as above, "body"}],
///   "title":        the variant's: the public one
/// }
/// ```
///
/// Title of the post, brief, labels, assignee, campaign, sources, schedule, state: not in it. Texts are taken as they
/// are, byte by byte, without Unicode normalization: RFC 8785 demands it (section 3.1), platforms count bytes, and a yes
/// asked for again costs less than one that covers other bytes than it was given for.
public struct PublicContent: Hashable, Sendable {
  /// The canonical value.
  public let value: JSONValue

  /// The account it appears under.
  public var account: ContentHash { ContentHash(of: part { $0 == "channel" }) }

  /// Pictures and their alternative texts, those of the thread included.
  public var assets: ContentHash {
    let thread = value["thread"]?.array?.compactMap { $0["assets"] } ?? []
    return ContentHash(of: ["assets": value["assets"] ?? [], "format": Self.format, "thread": .array(thread)])
  }

  /// Everything else: the words, links and settings.
  public var text: ContentHash {
    guard case .object(var object) = part({ $0 != "channel" && $0 != "assets" }) else {
      preconditionFailure("a part of an object is one")
    }
    object["thread"] = value["thread"]?.array.map { .array($0.map { ["body": $0["body"] ?? ""] }) }
    return ContentHash(of: .object(object))
  }

  /// All of it: what a review or a publication carries as `contentHash`.
  public var hash: ContentHash { ContentHash(of: value) }

  /// The version of this definition; a changed definition is a new format, and old hashes keep their meaning.
  static let format: JSONValue = "ligne-content-1"

  private func part(_ isIn: (JSONString) -> Bool) -> JSONValue {
    var object = JSONObject()
    for member in value.object?.members ?? [] where isIn(member.key) || member.key == "format" {
      object[member.key] = member.value
    }
    return .object(object)
  }
}

extension Post {
  /// What ``PublicContent`` is made of: a post whose other fields change says what it said.
  public static let publicFields: [Field] = [.body, .variants, .assets, .hashtags, .mentions, .links]
}

/// What tells a picture from others.
struct KnownPicture {
  /// The alternative text that its record gives.
  var altText: String?
  /// The name git has for its bytes, where they are in the workspace.
  var blob: JSONString?
  /// What its record calls it.
  var name: (field: JSONString, value: JSONString)?
}

extension PublicContent {
  /// - Parameters:
  ///   - channel: Where; `nil` for a post that is for no channel yet, with the shared text.
  ///   - account: `{"handle", "id"}` of the channel.
  ///   - picture: What is known of a picture by the id of its record; `nil` for one that is gone.
  init(
    of post: Post, on channel: JSONString?, account: JSONValue, picture: (JSONString) -> KnownPicture?
  ) {
    let variant = channel.flatMap { id in post.variants.first { $0.channel == id } }
    let field = { (name: JSONString) in variant?.value[name] ?? .null }
    func shown(_ id: JSONValue?, altText: JSONValue?, crop: JSONValue?) -> JSONValue {
      let record = id?.string.flatMap(picture)
      var object: JSONObject = ["crop": crop ?? .null]
      let own = altText?.text.flatMap { $0.utf8.isEmpty ? nil : JSONValue($0) }
      object["altText"] = own ?? record?.altText.map { JSONValue($0) } ?? .null
      object["blob"] = record?.blob.map(JSONValue.string)
      if let (field, value) = record?.name { object[field] = .string(value) } else { object["asset"] = id }
      return .object(object)
    }
    let object: JSONObject = [
      "assets": .array(
        post.assets.map { shown($0["asset"], altText: $0["altText"], crop: $0["crop"]) }),
      "channel": account, "description": field("description"), "firstComment": field("firstComment"),
      "format": Self.format,
      "hashtags": sorted(post[.hashtags]), "kind": .string(Post.kind),
      "links": .array(post.links.map { ["url": $0["url"] ?? .null, "utm": $0["utm"] ?? .null] }),
      "mentions": sorted(post[.mentions]), "options": field("options"),
      "text": JSONValue(variant?.text(ofPost: post.body) ?? post.body),
      "thread": .array(
        (variant?.thread ?? []).map { part in
          let assets = part["assets"]?.array ?? []
          return [
            "assets": .array(assets.map { shown($0, altText: nil, crop: nil) }),
            "body": part["body"] ?? .null,
          ]
        }), "title": field("title"),
    ]
    value = JSONValue.object(object).withoutEmptyMembers
  }
}

/// A set of texts in the one order it has.
private func sorted(_ set: JSONValue?) -> JSONValue {
  .array(Set(set?.array?.compactMap(\.string) ?? []).sorted().map(JSONValue.string))
}
