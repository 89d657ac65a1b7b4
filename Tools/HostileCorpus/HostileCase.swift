/// One hostile thing at a team's address, and what has to become of it.
///
/// The name reads as a specification. Beside the hostile thing lies a sound document that another device shared: in
/// every case but a stopped sync it arrives, whatever becomes of the other.
public struct HostileCase: Sendable, CustomStringConvertible {
  public var name: String
  public var verdict: Verdict
  /// Where the hostile thing is found at the address; `nil` for a device of any name.
  public var reference: String?
  /// What it costs to make and to meet: heavy cases are measured, and left out of a short run.
  public var weight: Weight
  /// Puts it there.
  public var plant: @Sendable (inout HostileDraft) -> Void

  public var description: String { name }

  public enum Weight: Sendable { case light, heavy }

  public enum Verdict: Hashable, Sendable {
    /// Nothing of the reference is taken in, and it is named.
    case refused(Refusal)
    /// The version is taken in; this document of it stays as it came, byte for byte, and is named.
    case left(document: String)
    /// It is somebody’s work like any other, and what is printed of it is harmless.
    case shown
    /// Nothing is taken in of anybody, with this code.
    case stopped(code: String)
  }

  /// What is said of a reference that is refused.
  public enum Refusal: Hashable, Sendable {
    /// This path, in the version that brought it, and who made that.
    case path([UInt8])
    /// The reference; git found what arrived to be damaged or too much.
    case arrival
    /// The reference; its history can’t be read, or is not the team’s.
    case history
  }

  public init(
    _ name: String, _ verdict: Verdict, at reference: String? = nil,
    weight: Weight = .light, plant: @escaping @Sendable (inout HostileDraft) -> Void
  ) {
    (self.name, self.verdict, self.reference, self.weight) = (name, verdict, reference, weight)
    self.plant = plant
  }
}

/// Every case, in the order of the files that hold them.
public let hostileCases: [HostileCase] =
  nameCases + formCases + collisionCases + documentCases + printedCases + historyCases + referenceCases
  + bombCases
