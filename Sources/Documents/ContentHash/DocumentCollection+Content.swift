public import JSONTree
import ObjectModel

extension DocumentCollection {
  /// What the public will see of a post on a channel.
  public func content(of post: Post, on channel: JSONString) -> PublicContent {
    publicContent(of: post, on: channel)
  }

  /// The name of exactly what the public will see of a post on a channel, and where.
  public func contentHash(of post: Post, on channel: JSONString) -> ContentHash {
    content(of: post, on: channel).hash
  }

  /// The name of what a post says on several channels at once; none means all it is for.
  ///
  /// One channel: that of the channel. Several: of `{"channels": {id: hash}, "format", "kind": "post"}`, so that a
  /// decision on a whole post stands for each of its texts.
  public func contentHash(of post: Post, on channels: [JSONString]) -> ContentHash {
    ContentHash(of: content(of: post, on: channels) { contentHash(of: post, on: $0) })
  }

  /// The name of what a document says, without its bookkeeping.
  ///
  /// - Of a post, what it says on all its channels.
  /// - Of a reply, `{"channel", "conversation", "format", "inReplyTo", "kind", "text"}`: the words, and to whom.
  /// - Of `ligne.json`, `{"format", "kind", "workflow"}`: how approval works, which is what reviews of it are about.
  /// - Of a picture kept in the workspace, `{"blob", "document", "format"}`: its bytes, and the record as of any other kind.
  /// - Of any other kind, a team's own included, the document without ``bookkeeping``, and with `format`.
  public func contentHash(of document: Document) -> ContentHash { ContentHash(of: content(of: document)) }

  /// The canonical value that ``contentHash(of:)`` names.
  public func content(of document: Document) -> JSONValue {
    content(of: document.value, kind: document.kind.name)
  }

  private func content(of document: JSONValue, kind: JSONString?) -> JSONValue {
    switch kind {
    case Post.kind:
      let post = Post(document)
      return content(of: post, on: []) { contentHash(of: post, on: $0) }
    case Reply.kind:
      let reply = Reply(document)
      let channel = reply.conversation.flatMap { self[$0] }.flatMap { Conversation($0.value).channel }
      return [
        "channel": account(on: channel), "conversation": reply[.conversation] ?? .null,
        "format": PublicContent.format, "inReplyTo": reply[.inReplyTo] ?? .null, "kind": .string(Reply.kind),
        "text": JSONValue(reply.body),
      ]
    case WorkspaceSettings.kind:
      return [
        "format": PublicContent.format, "kind": .string(WorkspaceSettings.kind),
        "workflow": document["workflow"] ?? .null,
      ]
    default:
      var object = JSONObject()
      for member in document.object?.members ?? [] where !Self.bookkeeping.contains(member.key) {
        object[member.key] = member.value
      }
      if kind == Asset.kind, let blob = blob(of: Asset(document)) {
        return ["blob": .string(blob), "document": .object(object), "format": PublicContent.format]
      }
      // A team's own field of that name does not disappear behind ours.
      if object["format"] != nil { return ["document": .object(object), "format": PublicContent.format] }
      object["format"] = PublicContent.format
      return .object(object)
    }
  }

  /// Whether two versions of a document have the same ``content(of:)``, by the kind they say they are, whether a schema
  /// describes it or not; told without it where no public field differs.
  public func saysTheSame(_ document: JSONValue, as other: JSONValue) -> Bool {
    let kind = document["kind"]?.string
    guard kind == other["kind"]?.string else { return false }
    if kind == Post.kind {
      let (post, other) = (Post(document), Post(other))
      if Post.publicFields.allSatisfy({ post[$0] == other[$0] }) { return true }
    }
    return content(of: document, kind: kind) == content(of: other, kind: kind)
  }

  /// Fields that say how work on a document stands, and not what it says.
  public static let bookkeeping: Set<JSONString> = [
    "$schema", "assignee", "claim", "createdAt", "createdBy", "id", "labels", "lastDrill", "owner",
    "priority",
    "state", "triage", "triageAt", "triageReason",
  ]

  /// What a post says on several channels; none means all it is for.
  func content(of post: Post, on channels: [JSONString], hash: (JSONString) -> ContentHash) -> JSONValue {
    let channels = Set(channels.isEmpty ? post.variants.map(\.channel) : channels).sorted()
    guard channels.count > 1 else { return publicContent(of: post, on: channels.first).value }
    var hashes = JSONObject()
    for channel in channels { hashes[channel] = JSONValue(hash(channel).hex) }
    return ["channels": .object(hashes), "format": PublicContent.format, "kind": .string(Post.kind)]
  }

  private func publicContent(of post: Post, on channel: JSONString?) -> PublicContent {
    PublicContent(of: post, on: channel, account: account(on: channel)) { id in
      guard let document = self[id], document.kind.name == Asset.kind else { return nil }
      let asset = Asset(document.value)
      return KnownPicture(altText: asset.altText, blob: blob(of: asset), name: asset.picture)
    }
  }

  /// The bytes of a picture in the workspace, by the name git has for them: what is published is the file, whatever its record
  /// says of it.
  private func blob(of asset: Asset) -> JSONString? {
    asset.path.flatMap { files[$0] }.map { JSONString($0.hex) }
  }

  private func account(on channel: JSONString?) -> JSONValue {
    guard let channel else { return .null }
    let handle = channels.first { $0.id == channel }?.handle
    return ["handle": handle.map { JSONValue($0) } ?? .null, "id": .string(channel)]
  }
}

extension CrisisPlan {
  /// The name of a statement of a plan as it is before its slots are filled.
  public static func contentHash(ofStatement statement: JSONValue) -> ContentHash {
    ContentHash(
      of: ["format": PublicContent.format, "kind": "crisis-plan-statement", "statement": statement])
  }
}
