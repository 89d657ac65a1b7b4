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
    case levels = "/workflow/levels"
    case signed = "/workflow/signed"
    case previous = "/workflow/previous"
    case labelAliases = "/labelAliases"
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
  /// Whether a yes counts only with a signature.
  public var wantsSignatures: Bool { self[.signed]?.bool ?? false }
  /// Approval levels, as they are listed.
  public var levels: [JSONValue] { elements(.levels) }
  /// How approval worked before somebody loosened it; `nil` where nothing waits.
  public var loosening: Loosening? { self[.previous].flatMap(Loosening.init) }
  /// The new name of each label that was renamed, by the old one.
  public var labelAliases: [JSONString: JSONString] {
    members(.labelAliases).reduce(into: [:]) { names, member in names[member.key] = member.value.string }
  }
  public var responsePolicies: [JSONValue] { elements(.responsePolicies) }
}

/// A looser way to approve, which waits for a yes under the old one.
public struct Loosening: Hashable, Sendable {
  /// How approval worked before.
  public let preset: WorkflowPreset
  public let by: JSONString
  public let at: String?

  init?(_ value: JSONValue) {
    guard let preset = value["preset"]?.text.flatMap(WorkflowPreset.init(rawValue:)),
      let by = value["by"]?.string
    else { return nil }
    (self.preset, self.by, at) = (preset, by, value["at"]?.text)
  }
}

/// How a team approves what it publishes, from the loosest to the strictest.
public enum WorkflowPreset: String, CaseIterable, Comparable, Hashable, Sendable {
  case free, optional, required
  case multiLevel = "multi-level"

  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .free: 0
    case .optional: 1
    case .required: 2
    case .multiLevel: 3
    }
  }
}
