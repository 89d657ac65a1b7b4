public import JSONTree
public import Wording

/// What people said to us in one place, and what became of it.
public struct Conversation: DocumentView {
  public static let kind: JSONString = "conversation"
  public let value: JSONValue
  public init(_ value: JSONValue) { self.value = value }

  public enum Field: String, CaseIterable, Sendable {
    case channel = "/channel"
    case externalId = "/externalId"
    case permalink = "/permalink"
    case nature = "/nature"
    case messages = "/messages"
    case triage = "/triage"
    case triageAt = "/triageAt"
    case assignee = "/assignee"
    case claim = "/claim"
    case labels = "/labels"
    case priority = "/priority"
  }

  public var channel: JSONString? { self[.channel]?.string }
  public var externalId: JSONString? { self[.externalId]?.string }
  public var permalink: String? { text(.permalink) }
  public var nature: String? { text(.nature) }
  public var messages: [Message] { elements(.messages).map(Message.init) }

  /// Who wrote first, and how it begins; `nil` without a message.
  public var beginning: String? {
    guard let first = messages.first else { return nil }
    let words = first.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return (first.author.map { $0 + " – " } ?? "") + (words.count <= 60 ? words : words.prefix(59) + "…")
  }
  public var triage: String { text(.triage) ?? "new" }
  /// When it was sorted last; a message that came later opens it again.
  public var triageAt: String? { text(.triageAt) }
  public var assignee: String? { text(.assignee) }
  /// Who is preparing the answer, and until when; `nil` where nobody said so.
  public var claim: Claim? { self[.claim].flatMap(Claim.init) }
  public var labels: [String] { texts(.labels) }
  public var priority: String? { text(.priority) }

  /// Somebody is preparing the answer.
  public struct Claim: Hashable, Sendable {
    public let by: JSONString
    public let at: String?
    /// Where nothing is said, until somebody takes it back.
    public let until: Moment?

    init?(_ value: JSONValue) {
      guard let by = value["by"]?.string else { return nil }
      (self.by, at) = (by, value["at"]?.text)
      until = value["until"]?.text.flatMap { Moment(rfc3339: $0) }
    }

    /// Whether it still keeps others from answering.
    public func holds(at now: Instant) -> Bool { until.map { now < $0.instant } ?? true }
  }

  public struct Message: Hashable, Sendable {
    public let value: JSONValue

    public var externalId: JSONString? { value["externalId"]?.string }
    public var author: String? { value["author"]?.text }
    public var at: String? { value["at"]?.text }
    public var text: String { value["text"]?.text ?? "" }
    public var inReplyTo: JSONString? { value["inReplyTo"]?.string }
    public var deletedAt: String? { value["deletedAt"]?.text }
  }
}

/// A proposed answer.
public struct Reply: DocumentView {
  public static let kind: JSONString = "reply"
  public let value: JSONValue
  public init(_ value: JSONValue) { self.value = value }

  public enum Field: String, CaseIterable, Sendable {
    case conversation = "/conversation"
    case inReplyTo = "/inReplyTo"
    case body = "/body"
    case intent = "/intent"
    case savedReply = "/savedReply"
    case statement = "/statement"
    case state = "/state"
  }

  public var conversation: JSONString? { self[.conversation]?.string }
  /// The message of the conversation that it answers.
  public var inReplyTo: JSONString? { self[.inReplyTo]?.string }
  public var body: String { text(.body) ?? "" }
  public var intent: String? { text(.intent) }
  public var savedReply: JSONString? { self[.savedReply]?["id"]?.string }
  public var statement: JSONString? { self[.statement]?["id"]?.string }
  /// The version of the statement that it quotes.
  public var statementVersion: Int? { self[.statement]?["version"]?.count }
  public var state: String { text(.state) ?? "draft" }
}
