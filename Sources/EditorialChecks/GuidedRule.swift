public import Documents
public import JSONTree

/// A kind of rule that takes from its guideline what its own parameters do not say.
public protocol GuidedRule: TextRule {
  /// The parameters of a rule of this kind, completed by the settings of its guideline.
  static func parameters(_ own: JSONValue?, following line: Guideline) -> JSONValue
}

/// A kind of rule whose words are those of one language: that of the guideline, unless the rule says another.
protocol WordRule: GuidedRule {}

extension WordRule {
  public static func parameters(_ own: JSONValue?, following line: Guideline) -> JSONValue {
    guard case .object(var object) = own ?? [:] else { return own ?? [:] }
    object[RuleParameters.language] = object[RuleParameters.language] ?? line.value["language"]
    return .object(object)
  }
}
