public import PlantedBugs

/// Something wrong, put there on purpose: an invariant that no bug can break is no invariant.
public enum PlantedBug: Hashable, Sendable, CaseIterable {
  /// In what the engine stands on.
  case below(SimulatedBug)
  /// In the engine itself.
  case engine(EngineBug)

  /// Those that can be planted in this program.
  public static let allCases =
    SimulatedBug.allCases.map(Self.below) + (canBeInEngine ? EngineBug.allCases.map(Self.engine) : [])

  /// Whether this program was built with an engine that can be told to err.
  public static var canBeInEngine: Bool { EngineBug.canBePlanted }

  /// Its name in tables.
  public var name: String {
    switch self {
    case .below(let bug): bug.rawValue
    case .engine(let bug): bug.rawValue
    }
  }

  var simulated: SimulatedBug? { if case .below(let bug) = self { bug } else { nil } }
  var inEngine: EngineBug? { if case .engine(let bug) = self { bug } else { nil } }
}
