import Documents
public import EditorialReview
public import JSONTree
import Wording

/// A text as it is handed to whoever, or whatever, sends it.
public struct Handoff: Sendable {
  /// Something to paste, and where.
  public struct Part: Hashable, Sendable {
    public enum Place: Hashable, Sendable {
      case title, text, description
      /// From 2: the text is the first.
      case thread(Int)
      case firstComment
    }

    public var place: Place
    public var text: String
  }

  /// A picture, a film, a sound.
  public struct Attachment: Hashable, Sendable {
    public var id: JSONString
    /// In the workspace.
    public var file: String?
    public var url: String?
    public var sha256: String?
    public var altText: String?
    /// The part of the thread it belongs to, from 2; `nil` for the text itself.
    public var threadPart: Int?
  }

  public let preflight: Preflight
  public let parts: [Part]
  public let attachments: [Attachment]
  /// What a reply answers.
  public let inReplyTo: (permalink: String?, message: JSONString?)?

  /// - Parameter text: The text of a post with its links and hashtags, as its channel counts it.
  public init(_ preflight: Preflight, text: String, in states: EditorialStates) {
    self.preflight = preflight
    let document = preflight.document
    guard document.kind.name == Post.kind else {
      let reply = Reply(document.value)
      let conversation = reply.conversation.flatMap { states.documents[$0] }.map { Conversation($0.value) }
      parts = [Part(place: .text, text: reply.body)]
      attachments = []
      inReplyTo = (conversation?.permalink, reply.inReplyTo)
      return
    }
    inReplyTo = nil
    let post = Post(document.value)
    let variant = post.variants.first { $0.channel == preflight.channel }
    let thread = variant?.thread ?? []
    var parts: [Part] = []
    func add(_ place: Part.Place, _ text: String?) {
      if let text, !text.utf8.isEmpty { parts.append(Part(place: place, text: text)) }
    }
    add(.title, variant?.value["title"]?.text)
    add(.text, text)
    for (index, part) in thread.enumerated() { add(.thread(index + 2), part["body"]?.text) }
    add(.firstComment, variant?.firstComment)
    add(.description, variant?.value["description"]?.text)
    self.parts = parts
    func attachment(_ id: JSONString, altText: String?, threadPart: Int? = nil) -> Attachment {
      let asset = states.documents[id].flatMap { $0.kind.name == Asset.kind ? Asset($0.value) : nil }
      let own = altText.flatMap { $0.utf8.isEmpty ? nil : $0 }
      return Attachment(
        id: id, file: asset?.value["file"]?.text, url: asset?.value["url"]?.text,
        sha256: asset?.value["sha256"]?.text, altText: own ?? asset?.altText, threadPart: threadPart)
    }
    attachments =
      post.assets.compactMap { element in
        element["asset"]?.string.map { attachment($0, altText: element["altText"]?.text) }
      }
      + thread.enumerated().flatMap { index, part in
        (part["assets"]?.array ?? []).compactMap(\.string).map {
          attachment($0, altText: nil, threadPart: index + 2)
        }
      }
  }

  /// For a program that sends it.
  public var json: JSONValue {
    let account = preflight.account
    func text(_ text: String?) -> JSONValue { text.map { JSONValue($0) } ?? .null }
    var object: JSONObject = [
      "format": "ligne-handoff-1", "id": .string(preflight.document.id),
      "kind": .string(preflight.document.kind.name), "title": JSONValue(preflight.document.title),
      "channel": .string(preflight.channel),
      "account": [
        "platform": text(account?.platform), "handle": text(account?.handle),
        "nature": account?.value["nature"] ?? .null,
      ],
      "contentHash": JSONValue(preflight.contentHash.hex), "content": preflight.content,
      "at": text(preflight.scheduledAt?.description),
      "parts": .array(
        parts.map { part in
          var object: JSONObject = ["place": JSONValue(part.place.name), "text": JSONValue(part.text)]
          if case .thread(let number) = part.place { object["number"] = .number(JSONNumber(number)) }
          return .object(object)
        }),
      "assets": .array(
        attachments.map { asset in
          [
            "id": .string(asset.id), "file": text(asset.file), "url": text(asset.url),
            "sha256": text(asset.sha256), "altText": text(asset.altText),
            "threadPart": asset.threadPart.map { .number(JSONNumber($0)) } ?? .null,
          ]
        }),
    ]
    if let inReplyTo {
      object["inReplyTo"] = [
        "permalink": text(inReplyTo.permalink), "message": inReplyTo.message.map(JSONValue.string) ?? .null,
      ]
    }
    return .object(object)
  }
}

extension Handoff.Part.Place {
  /// A stable name for scripts.
  fileprivate var name: String {
    switch self {
    case .title: "title"
    case .text: "text"
    case .description: "description"
    case .thread: "thread"
    case .firstComment: "first-comment"
    }
  }
}
