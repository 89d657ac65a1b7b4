public import JSONTree

/// Figures that somebody read somewhere at a moment; written once.
public struct Metrics: DocumentView {
  public static let kind: JSONString = "metrics"
  public let value: JSONValue
  public init(_ value: JSONValue) { self.value = value }

  public enum Field: String, CaseIterable, Sendable {
    case subject = "/subject"
    case channel = "/channel"
    case takenAt = "/takenAt"
    case source = "/source"
    case window = "/window"
    case values = "/values"
    case note = "/note"
  }

  /// The document they are about; that of the workspace for the organisation’s indicators.
  public var subject: JSONString? { self[.subject]?.string }
  public var channel: JSONString? { self[.channel]?.string }
  public var takenAt: String? { text(.takenAt) }
  /// Where they were read: “Meta Business Suite, export”.
  public var source: String? { text(.source) }
  /// The time they cover, such as `P1M`.
  public var window: String? { text(.window) }
  /// Sorted by name.
  public var values: [(name: JSONString, number: JSONNumber)] {
    members(.values).compactMap { member in member.value.number.map { (member.key, $0) } }
  }
  public var note: String? { text(.note) }
}

/// Something the organisation chose to follow.
public struct Indicator: Hashable, Sendable {
  public let value: JSONValue

  public var id: JSONString? { value["id"]?.string }
  public var name: String? { value["name"]?.text }
  public var meaning: String? { value["description"]?.text }
  public var unit: String? { value["unit"]?.text }
  public var target: JSONNumber? { value["target"]?.number }
}

extension WorkspaceSettings {
  /// What the organisation follows, in its order.
  public var indicators: [Indicator] { value["indicators"]?.array?.map(Indicator.init) ?? [] }
}
