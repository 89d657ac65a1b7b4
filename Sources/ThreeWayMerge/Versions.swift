import JSONTree

/// Three versions of one thing: the last one both sides knew, and what each side made of it.
public struct Versions<Value> {
  public var base: Value
  public var ours: Value
  public var theirs: Value

  public init(base: Value, ours: Value, theirs: Value) {
    self.base = base
    self.ours = ours
    self.theirs = theirs
  }

  /// The same with the sides exchanged. A merge gives the same value for both.
  public var swapped: Versions { Versions(base: base, ours: theirs, theirs: ours) }

  /// One aspect of each version.
  public func map<Part>(_ part: (Value) -> Part) -> Versions<Part> {
    Versions<Part>(base: part(base), ours: part(ours), theirs: part(theirs))
  }
}

extension Versions where Value == [UInt8]? {
  /// Each version as JSON; `nil` where there is none, or it can't be read.
  func parsed(by versions: inout JSONVersions) -> Versions<ParsedJSON?> {
    func read(_ bytes: [UInt8]?) -> ParsedJSON? { bytes.flatMap { try? versions.parse($0) } }
    return Versions<ParsedJSON?>(base: read(base), ours: read(ours), theirs: read(theirs))
  }
}

extension Versions: Sendable where Value: Sendable {}
extension Versions: Equatable where Value: Equatable {}
extension Versions: Hashable where Value: Hashable {}

/// The only change, where there is only one: one side changed it, or both changed it alike.
///
/// - Returns: `nil` where each side made its own change.
public func resolveTrivially<Value: Equatable>(_ versions: Versions<Value>) -> Value? {
  if versions.ours == versions.theirs { return versions.ours }
  if versions.ours == versions.base { return versions.theirs }
  if versions.theirs == versions.base { return versions.ours }
  return nil
}
