public import JSONTree

/// The editorial line.
public struct Guideline: DocumentView {
  public static let kind: JSONString = "guideline"
  public let value: JSONValue
  public init(_ value: JSONValue) { self.value = value }

  public enum Field: String, CaseIterable, Sendable {
    case title = "/title"
    case owner = "/owner"
    case effectiveFrom = "/effectiveFrom"
    case sections = "/sections"
    case tone = "/tone"
    case rules = "/rules"
    case terms = "/terms"
    case properNames = "/properNames"
    case feminineForms = "/feminineForms"
    case positions = "/positions"
    case myths = "/myths"
    case redLines = "/redLines"
    case convention = "/inclusive/convention"
    case noMixing = "/inclusive/noMixing"
    case pillars = "/pillars"
  }

  public var title: String? { text(.title) }
  public var owner: String? { text(.owner) }
  public var effectiveFrom: String? { text(.effectiveFrom) }
  public var sections: [JSONValue] { elements(.sections) }
  public var tone: JSONValue? { self[.tone] }
  /// Every rule, also those that are switched off.
  public var rules: [Rule] { elements(.rules).map(Rule.init) }
  /// What to avoid, with what to prefer; sorted.
  public var terms: [(avoid: String, prefer: String)] {
    members(.terms).map { ($0.key.text, $0.value.text ?? "") }
  }
  public var properNames: [String] { texts(.properNames) }
  public var feminineForms: [(masculine: String, feminine: String)] {
    members(.feminineForms).map { ($0.key.text, $0.value.text ?? "") }
  }
  public var positions: [JSONValue] { elements(.positions) }
  public var myths: [JSONValue] { elements(.myths) }
  public var redLines: [String] { texts(.redLines) }
  public var inclusiveConvention: String? { text(.convention) }
  public var allowsNoMixing: Bool { self[.noMixing]?.bool ?? false }
  /// Shares from 0 to 1, by pillar, with the numbers as they are written.
  public var pillars: [(name: String, share: JSONNumber)] {
    members(.pillars).compactMap { member in member.value.number.map { (member.key.text, $0) } }
  }

  /// Something the computer checks in texts.
  public struct Rule: Hashable, Sendable {
    public let value: JSONValue

    public var id: JSONString? { value["id"]?.string }
    public var check: String? { value["check"]?.text }
    /// `error`, `warning` or `suggestion`.
    public var level: String? { value["level"]?.text }
    public var parameters: JSONValue? { value["parameters"] }
    public var message: String? { value["message"]?.text }
    public var isEnabled: Bool { value["enabled"]?.bool ?? true }
  }
}

/// What to do on a bad day, written on a good one.
public struct CrisisPlan: DocumentView {
  public static let kind: JSONString = "crisis-plan"
  public let value: JSONValue
  public init(_ value: JSONValue) { self.value = value }

  public enum Field: String, CaseIterable, Sendable {
    case title = "/title"
    case owner = "/owner"
    case scenarios = "/scenarios"
    case levels = "/levels"
    case roster = "/roster"
    case statements = "/statements"
    case checklist = "/checklist"
    case contacts = "/contacts"
    case doNot = "/doNot"
    case language = "/language"
    case lastDrill = "/lastDrill"
    case reviewEvery = "/reviewEvery"
  }

  public var title: String? { text(.title) }
  public var owner: String? { text(.owner) }
  public var scenarios: [String] { texts(.scenarios) }
  /// From the lowest to the highest.
  public var levels: [Level] {
    elements(.levels).map(Level.init).enumerated()
      .sorted { ($0.element.rank ?? 0, $0.offset) < ($1.element.rank ?? 0, $1.offset) }.map(\.element)
  }
  /// Sorted by role.
  public var roster: [(role: String, entry: JSONValue)] { members(.roster).map { ($0.key.text, $0.value) } }
  public var statements: [JSONValue] { elements(.statements) }
  public var checklist: [JSONValue] { elements(.checklist) }
  public var contacts: [JSONValue] { elements(.contacts) }
  /// What not to do, each with an id and a text.
  public var doNot: [JSONValue] { elements(.doNot) }
  /// A BCP 47 tag; what is written down in the name of the plan is written in it.
  public var language: String? { text(.language) }
  /// A day.
  public var lastDrill: String? { text(.lastDrill) }
  /// A duration of ISO 8601.
  public var reviewEvery: String? { text(.reviewEvery) }

  public struct Level: Hashable, Sendable {
    public let value: JSONValue

    public var id: JSONString? { value["id"]?.string }
    public var rank: Int? { value["rank"]?.count }
    public var name: String? { value["name"]?.text }
    public var criteria: String? { value["criteria"]?.text }
    public var actions: [JSONValue] { value["actions"]?.array ?? [] }
    /// How soon something is said in public; a duration of ISO 8601.
    public var firstResponse: String? { value["firstResponse"]?.text }
    /// How often after that; the same.
    public var updateEvery: String? { value["updateEvery"]?.text }
  }
}
