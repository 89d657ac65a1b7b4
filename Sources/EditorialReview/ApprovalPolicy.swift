public import Documents
public import JSONTree

/// Who has to say yes before a text may go out.
public struct ApprovalPolicy: Hashable, Sendable {
  public var preset: WorkflowPreset
  /// Whether nobody may approve their own words.
  public var hasFourEyes: Bool
  /// Whether a yes counts only with a signature, also that of somebody who has no key yet.
  public var wantsSignatures: Bool
  /// The steps of `multi-level`, the first to be obtained first.
  public var levels: [Level]

  /// One step: so many people of a role.
  public struct Level: Hashable, Sendable {
    public var id: JSONString
    public var role: String
    public var need: Need
    /// When it is asked, from 0: once those before have said yes. Levels with one number in the workflow are asked at once.
    public var turn: Int

    public enum Need: Hashable, Sendable {
      /// One of them.
      case any
      /// Everybody who has the role and may approve there.
      case all
      /// So many different people.
      case count(Int)
    }
  }

  public init(
    preset: WorkflowPreset = .optional, hasFourEyes: Bool = false, wantsSignatures: Bool = false,
    levels: [Level] = []
  ) {
    (self.preset, self.hasFourEyes, self.levels) = (preset, hasFourEyes, levels)
    self.wantsSignatures = wantsSignatures
  }

  /// The policy a workspace declares.
  public init(_ settings: WorkspaceSettings) {
    preset = settings.preset
    hasFourEyes = settings.hasFourEyes
    wantsSignatures = settings.wantsSignatures
    let ordered = settings.levels.enumerated().map { place, level in
      (level: level, number: level["order"]?.count, place: place)
    }.sorted { left, right in
      // Levels without a number keep their place behind the numbered ones.
      (left.number ?? .max, left.place) < (right.number ?? .max, right.place)
    }
    levels = []
    var last: Int?
    for (value, number, _) in ordered {
      let turn = levels.last.map { number != nil && number == last ? $0.turn : $0.turn + 1 } ?? 0
      guard let level = Level(value, turn: turn) else { continue }
      levels.append(level)
      last = number
    }
  }
}

extension ApprovalPolicy.Level {
  fileprivate init?(_ value: JSONValue, turn: Int) {
    guard let id = value["id"]?.string, let role = value["role"]?.text else { return nil }
    (self.id, self.role, self.turn) = (id, role, turn)
    switch value["need"]?.text {
    case "all": need = .all
    case "count":
      // Nothing said is one; a number nobody can reach asks for more than there are.
      need = .count(max(value["count"].map { $0.count ?? .max } ?? 1, 1))
    default: need = .any
    }
  }
}
