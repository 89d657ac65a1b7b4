public import JSONTree

/// `ligne.json`: what holds for the whole workspace.
public struct WorkspaceSettings: DocumentView {
  public static let kind: JSONString = "workspace"
  public let value: JSONValue
  public init(_ value: JSONValue) { self.value = value }

  public enum Field: String, CaseIterable, Sendable {
    case formatVersion = "/formatVersion"
    case mergeRulesVersion = "/mergeRulesVersion"
    case brand = "/brand"
    case languages = "/languages"
    case timeZone = "/timeZone"
    case preset = "/workflow/preset"
    case fourEyes = "/workflow/fourEyes"
    case responsePolicies = "/responsePolicies"
  }

  public var formatVersion: Int? { self[.formatVersion]?.count }
  public var mergeRulesVersion: Int? { self[.mergeRulesVersion]?.count }
  public var brand: String? { text(.brand) }
  /// The first is that of new documents.
  public var languages: [String] { texts(.languages) }
  /// A name of the IANA time zone database.
  public var timeZone: String? { text(.timeZone) }
  /// How approval works; `optional` where nothing valid is said.
  public var preset: WorkflowPreset { text(.preset).flatMap(WorkflowPreset.init(rawValue:)) ?? .optional }
  /// Whether nobody may approve their own words.
  public var hasFourEyes: Bool { self[.fourEyes]?.bool ?? false }
  public var responsePolicies: [JSONValue] { elements(.responsePolicies) }
}

/// How a team approves what it publishes.
public enum WorkflowPreset: String, CaseIterable, Hashable, Sendable {
  case free, optional, required
  case multiLevel = "multi-level"
}
