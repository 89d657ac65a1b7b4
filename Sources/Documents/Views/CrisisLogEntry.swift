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
    case refs = "/refs"
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

  /// A step of the crisis itself, which the entry was written with.
  public enum Step: String, CaseIterable, Sendable {
    case declared, raised, closed

    /// What the entry refers to: the step and the level it was taken at, such as `raised:3`.
    public func reference(level: JSONString) -> JSONString { JSONString("\(rawValue):\(level.text)") }
  }

  /// The step it tells of, with its level; `nil` for a note.
  public var step: (step: Step, level: JSONString)? {
    texts(.refs).lazy.compactMap { reference in
      let parts = reference.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let step = Step(rawValue: String(parts[0])) else { return nil }
      return (step, JSONString(String(parts[1])))
    }.first
  }
}
