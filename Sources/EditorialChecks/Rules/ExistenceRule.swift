public import JSONTree

/// Words, signs or patterns that a text must not have.
///
/// `{"tokens": ["!!", "incontournable"], "patterns": ["\\d{4,}"], "exceptions": […], "ignoreCase": true}`
public struct ExistenceRule: WordRule {
  public static let check = "existence"
  private let wanted: Wanted

  public init(parameters: JSONValue?) throws(RuleProblem) {
    wanted = try Wanted(RuleParameters(parameters, knowing: Wanted.names))
  }

  public func matches(in text: CheckedText) -> [RuleMatch] { wanted.ranges(in: text).map { RuleMatch($0) } }
}
