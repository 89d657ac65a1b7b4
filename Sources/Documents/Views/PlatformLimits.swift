public import JSONTree

/// `limits/<platform>.json`: what a platform allows, each figure with its source and the day somebody looked.
public struct PlatformLimits: DocumentView {
  public static let kind: JSONString = "limits"
  public let value: JSONValue
  public init(_ value: JSONValue) { self.value = value }

  public enum Field: String, CaseIterable, Sendable {
    case platform = "/platform"
    case counting = "/counting"
    case limits = "/limits"
  }

  public var platform: String? { text(.platform) }
  /// How the platform weighs links, emoji and mentions.
  public var counting: JSONValue? { self[.counting] }
  public var limits: [Limit] { elements(.limits).map(Limit.init) }

  public struct Limit: Hashable, Sendable {
    public let value: JSONValue

    /// What is limited: `text`, `title`, `hashtags`.
    public var measure: String? { value["id"]?.text }
    public var most: Int? { value["value"]?.count }
    /// What is counted: `graphemes`, `utf-8`, `items`.
    public var unit: String? { value["unit"]?.text }
  }

  /// What a new workspace is told about a platform; `nil` for a platform nothing is known of.
  public static func builtIn(for platform: String) -> PlatformLimits? {
    starterLimits.first { $0.platform == platform }.map { limits in
      var object: JSONObject = [:]
      for (pointer, value) in limits.fields {
        if case .key(let name)? = pointer.steps.first { object[name] = value }
      }
      return PlatformLimits(.object(object))
    }
  }
}
