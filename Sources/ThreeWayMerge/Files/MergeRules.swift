public import JSONTree

/// The merge rules of a workspace: what each kind of document merges by.
public struct MergeRules: Sendable {
  private let rule: @Sendable (JSONValue) -> MergeRule

  /// - Parameter rule: The rule for a document, from what it says of itself (its `kind`).
  public init(_ rule: @escaping @Sendable (JSONValue) -> MergeRule) { self.rule = rule }

  /// Every document by the shape of its values.
  public static let byShape = MergeRules { _ in .byShape }

  public func rule(for document: JSONValue) -> MergeRule { rule(document) }

  /// The rule for versions of one document; by shape where they say different things of themselves.
  func rule(for versions: [JSONValue]) -> MergeRule {
    guard let first = versions.first else { return .byShape }
    let rule = rule(for: first)
    return versions.dropFirst().allSatisfy { self.rule(for: $0) == rule } ? rule : .byShape
  }
}
