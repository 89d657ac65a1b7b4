public import JSONTree

/// What people say about us, what we know of it, and what we answer.
public struct Rumour: DocumentView {
  public static let kind: JSONString = "rumour"
  public let value: JSONValue
  public init(_ value: JSONValue) { self.value = value }

  public enum Field: String, CaseIterable, Sendable {
    case claim = "/claim"
    case answer = "/answer"
    case verdict = "/verdict"
    case statement = "/statement"
    case conversations = "/conversations"
    case labels = "/labels"
    case state = "/state"
  }

  public enum Verdict: String, CaseIterable, Sendable {
    case unverified, `false`
    case partlyTrue = "partly-true"
    case `true`
  }

  public var claim: String? { text(.claim) }
  public var answer: String { text(.answer) ?? "" }
  /// Unverified, where nothing is said.
  public var verdict: Verdict { text(.verdict).flatMap(Verdict.init(rawValue:)) ?? .unverified }
  /// The official words that answer it, by id.
  public var statement: JSONString? { self[.statement]?.string }
  /// The conversations in which it was heard, by id.
  public var conversations: [JSONString] { self[.conversations]?.array?.compactMap(\.string) ?? [] }
  public var labels: [JSONString] { self[.labels]?.array?.compactMap(\.string) ?? [] }
  public var circulates: Bool { text(.state) != "over" }
}
