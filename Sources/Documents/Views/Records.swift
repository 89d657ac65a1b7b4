public import JSONTree

/// A person's yes, no or silence on exact words; written once.
public struct Review: DocumentView {
  public static let kind: JSONString = "review"
  public let value: JSONValue
  public init(_ value: JSONValue) { self.value = value }

  public enum Field: String, CaseIterable, Sendable {
    case subject = "/subject"
    case contentHash = "/contentHash"
    case contents = "/contents"
    case scope = "/scope"
    case level = "/level"
    case verdict = "/verdict"
    case remark = "/remark"
    case by = "/by"
    case onBehalfOf = "/onBehalfOf"
    case at = "/at"
    case sequence = "/sequence"
    case policyVersion = "/policyVersion"
    case errorRules = "/errorRules"
    case signature = "/signature"
  }

  public enum Verdict: String, CaseIterable, Sendable {
    case approve, refuse, abstain
    case requestChanges = "request-changes"

    /// Whether it asks that the words do not go out as they are.
    public var isObjection: Bool { self == .refuse || self == .requestChanges }
  }

  /// The document it is about.
  public var subject: JSONString? { self[.subject]?.string }
  public var contentHash: ContentHash? { text(.contentHash).flatMap { ContentHash($0) } }
  /// What was seen on each channel; empty where the review says only the whole.
  public var contents: [(channel: JSONString, seen: Seen)] {
    members(.contents).compactMap { member in Seen(member.value).map { (member.key, $0) } }
  }
  /// The channels it is about; none stands for the whole document.
  public var scope: [JSONString] { self[.scope]?.array?.compactMap(\.string) ?? [] }
  /// The approval level.
  public var level: JSONString? { self[.level]?.string }
  public var verdict: Verdict? { text(.verdict).flatMap(Verdict.init(rawValue:)) }
  public var remark: String? { text(.remark) }
  public var by: JSONString? { self[.by]?.string }
  /// Whose voice it is, where somebody decides for somebody else.
  public var onBehalfOf: JSONString? { self[.onBehalfOf]?.string }
  public var at: String? { text(.at) }
  /// A person's decision with the highest number counts.
  public var sequence: Int { self[.sequence]?.count ?? 0 }
  public var policyVersion: String? { text(.policyVersion) }
  /// The rules of the line that were errors then; `nil` where nobody noted them.
  public var errorRules: Set<JSONString>? {
    self[.errorRules]?.array.map { Set($0.compactMap(\.string)) }
  }
  public var signature: String? { text(.signature) }

  /// What was seen on one channel, by parts.
  public struct Seen: Hashable, Sendable {
    public let content: ContentHash
    public let text, assets, account: ContentHash?

    init?(_ value: JSONValue) {
      guard let content = value["content"]?.text.flatMap({ ContentHash($0) }) else { return nil }
      self.content = content
      text = value["text"]?.text.flatMap { ContentHash($0) }
      assets = value["assets"]?.text.flatMap { ContentHash($0) }
      account = value["account"]?.text.flatMap { ContentHash($0) }
    }

    /// What a review of this content writes down.
    public init(_ content: PublicContent) {
      self.content = content.hash
      (text, assets, account) = (content.text, content.assets, content.account)
    }

    public var value: JSONValue {
      var object: JSONObject = [:]
      object["account"] = account.map { JSONValue($0.hex) }
      object["assets"] = assets.map { JSONValue($0.hex) }
      object["content"] = JSONValue(content.hex)
      object["text"] = text.map { JSONValue($0.hex) }
      return .object(object)
    }
  }
}

/// The fact that an exact text went out, where and when; written once.
public struct Publication: DocumentView {
  public static let kind: JSONString = "publication"
  public let value: JSONValue
  public init(_ value: JSONValue) { self.value = value }

  public enum Field: String, CaseIterable, Sendable {
    case post = "/post"
    case channel = "/channel"
    case contentHash = "/contentHash"
    case nature = "/nature"
    case at = "/at"
    case by = "/by"
    case externalId = "/externalId"
    case url = "/url"
  }

  public enum Nature: String, CaseIterable, Sendable {
    case publication, correction, withdrawal
  }

  /// The post or the reply that went out.
  public var post: JSONString? { self[.post]?.string }
  public var channel: JSONString? { self[.channel]?.string }
  public var contentHash: ContentHash? { text(.contentHash).flatMap { ContentHash($0) } }
  /// A publication, where nothing is said.
  public var nature: Nature { text(.nature).flatMap(Nature.init(rawValue:)) ?? .publication }
  public var at: String? { text(.at) }
  public var by: JSONString? { self[.by]?.string }
  public var externalId: JSONString? { self[.externalId]?.string }
  public var url: String? { text(.url) }
}

/// A remark tied to a passage.
public struct Comment: DocumentView {
  public static let kind: JSONString = "comment"
  public let value: JSONValue
  public init(_ value: JSONValue) { self.value = value }

  public enum Field: String, CaseIterable, Sendable {
    case subject = "/subject"
    case pointer = "/pointer"
    case anchor = "/anchor"
    case body = "/body"
    case nature = "/nature"
    case replacement = "/replacement"
    case parent = "/parent"
    case visibility = "/visibility"
  }

  public enum Nature: String, CaseIterable, Sendable {
    case note, question, suggestion, acceptance, resolution
  }

  public var subject: JSONString? { self[.subject]?.string }
  /// The field it is about; `nil` where it is about the whole document or names no place.
  public var pointer: JSONPointer? { text(.pointer).flatMap { try? JSONPointer(parsing: $0) } }
  /// The words it is tied to, as they were, with their neighbours.
  public var anchor: JSONValue? { self[.anchor] }
  public var quote: String? { anchor?["exact"]?.text }
  public var body: String { text(.body) ?? "" }
  public var nature: Nature { text(.nature).flatMap(Nature.init(rawValue:)) ?? .note }
  /// What a suggestion would write in the place of the quote.
  public var replacement: String? { text(.replacement) }
  public var parent: JSONString? { self[.parent]?.string }
  public var visibility: String? { text(.visibility) }
}
