public import JSONTree

/// What happened in a crisis, as somebody noted it; written once.
public struct CrisisLogEntry: DocumentView {
  public static let kind: JSONString = "crisis-log"
  public let value: JSONValue
  public init(_ value: JSONValue) { self.value = value }

  public enum Field: String, CaseIterable, Sendable {
    case activation = "/activation"
    case at = "/at"
    case by = "/by"
    case nature = "/nature"
    case text = "/text"
  }

  public enum Nature: String, CaseIterable, Sendable {
    case fact, decision, message, rumour
  }

  public var activation: JSONString? { self[.activation]?.string }
  public var at: String? { text(.at) }
  public var by: JSONString? { self[.by]?.string }
  /// A fact, where nothing is said.
  public var nature: Nature { text(.nature).flatMap(Nature.init(rawValue:)) ?? .fact }
  public var text: String { text(.text) ?? "" }
}
