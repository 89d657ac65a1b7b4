public import Documents
import EditorialChecks
public import EditorialDesk
public import EditorialReview
public import JSONTree
public import ObjectModel
import Wording

/// What is written down of a text that went out.
public struct PublicationWish: Sendable {
  public var url: String?
  /// The id the platform gave it.
  public var externalID: String?
  /// Why it is recorded although something stood against it.
  public var note: String?

  public init(url: String? = nil, externalID: String? = nil, note: String? = nil) {
    (self.url, self.externalID, self.note) = (url, externalID, note)
  }
}

extension Workspace {
  /// The channel a document goes out on: that of its conversation for a reply.
  ///
  /// - Parameter name: The one that was asked for; `nil` where there is only one.
  /// - Throws: `ReleaseRefused` for what is no post or reply, and for a channel it is not for.
  public func releaseChannel(
    of document: Document, named name: String?, in documents: DocumentCollection
  ) throws -> JSONString {
    let known: [JSONString]
    switch document.kind.name {
    case Post.kind: known = Post(document.value).variants.map(\.channel)
    case Reply.kind:
      let conversation = Reply(document.value).conversation.flatMap { documents[$0] }
      known = [conversation.flatMap { Conversation($0.value).channel }].compactMap { $0 }
    default: throw ReleaseRefused.notPublishable(document.path.text)
    }
    if let name {
      guard let channel = known.first(where: { $0 == JSONString(name) }) else {
        throw ReleaseRefused.notOnChannel(name, document: document.path.text, known: known.map(\.text))
      }
      return channel
    }
    guard let only = known.first, known.count == 1 else {
      throw ReleaseRefused.whichChannel(known.map(\.text))
    }
    return only
  }

  /// Everything to know before a text of the folder goes out.
  public func preflight(
    of document: Document, _ wish: ReleaseWish, in states: EditorialStates
  ) throws -> Preflight {
    Preflight(of: document, wish, in: states, objections: try objections(to: document, wish.channel, states))
  }

  /// What rules at level error say of a document on a channel, without what a preflight looks at itself.
  private func objections(
    to document: Document, _ channel: JSONString, _ states: EditorialStates
  ) throws -> [RuleObjection] {
    let variants = JSONPointer([.key("variants")])
    let own = JSONPointer([.key("variants"), .key(channel)])
    let found = try check([document.path], at: states.now).findings.filter { finding in
      finding.level == .error && finding.id == document.id
        && !Self.rulesOfPreflight.contains(where: { $0.utf8.elementsEqual(finding.rule.utf8) })
        && (!finding.pointer.steps.starts(with: variants.steps)
          || finding.pointer.steps.starts(with: own.steps))
    }
    // How long a text may be depends on the channel, not on the place of its words.
    let alone = document.kind.name == Post.kind ? document.only(on: channel) : document
    let limits = limitFindings(in: states.documents.replacing(alone)).filter { $0.id == document.id }
    return (found + limits).map { RuleObjection(rule: $0.rule, message: $0.message) }
  }

  /// `limit` is asked for one channel alone; the others are questions a preflight answers by itself, more closely.
  private static let rulesOfPreflight = [
    "limit", "held-by-crisis", "expired-in-crisis", "closed-channel", "refused-permission", "before-embargo",
    "published-twice", "approved-then-edited", "approved-then-picture-changed", "approved-then-redirected",
  ]

  /// A text as it is handed to whoever sends it.
  public func handoff(_ preflight: Preflight, in states: EditorialStates) -> Handoff {
    let post = Post(preflight.document.value)
    let variant = post.variants.first { $0.channel == preflight.channel }
    return Handoff(
      preflight, text: variant.map { publicText(of: post, as: $0) } ?? post.body, in: states)
  }

  /// Writes down that a text went out, as it stands in the folder; nothing is committed.
  ///
  /// - Throws: `ReleaseRefused.changedMeanwhile` where the folder says something else than what was looked at.
  public func recordPublication(
    _ preflight: Preflight, _ wish: PublicationWish, by attribution: Attribution,
    random: inout some RandomNumberGenerator
  ) throws -> (path: WorkspacePath, id: JSONString) {
    var fields: [(pointer: JSONPointer, value: JSONValue)] = [
      ("/post", .string(preflight.document.id)), ("/channel", .string(preflight.channel)),
      ("/contentHash", JSONValue(preflight.contentHash.hex)),
      ("/nature", JSONValue(preflight.nature.rawValue)),
      ("/at", JSONValue(preflight.at.description)),
    ]
    if let url = wish.url { fields.append(("/url", JSONValue(url))) }
    if let id = wish.externalID { fields.append(("/externalId", JSONValue(id))) }
    let documents = try documentsOfFolder().collection
    guard let now = documents[preflight.document.id],
      documents.hash(of: now, like: preflight) == preflight.contentHash
    else { throw ReleaseRefused.changedMeanwhile(preflight.document.path.text) }
    let created = attribution.moment.description
    let before = documents.views(Publication.self).filter { document, publication in
      publication.post == now.id && document.value["createdAt"]?.text == created
    }
    let made = try unwrittenDocument(
      kind: Publication.kind.text, DocumentWishes(body: wish.note, fields: fields), by: attribution,
      after: before.count, random: &random)
    try write(
      [Edit(path: made.path, value: made.value, basis: .reading(nil))], for: "publish", by: attribution)
    return (made.path, made.value["id"]?.string ?? "")
  }
}

extension DocumentCollection {
  fileprivate func replacing(_ document: Document) -> DocumentCollection {
    DocumentCollection(all.map { $0.path == document.path ? document : $0 }, files: files)
  }

  fileprivate func hash(of document: Document, like preflight: Preflight) -> ContentHash {
    document.kind.name == Post.kind
      ? contentHash(of: Post(document.value), on: preflight.channel) : contentHash(of: document)
  }
}

extension Document {
  /// The post as if it were for one channel only.
  fileprivate func only(on channel: JSONString) -> Document {
    guard case .object(var object) = value, let variant = object["variants"]?[channel] else { return self }
    object["variants"] = .object([channel: variant])
    return Document(path: path, value: .object(object), kind: kind)
  }
}
