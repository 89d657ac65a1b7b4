import Documents
import JSONTree

/// Every kind of rule that a guideline can ask for by its `check`, one line each.
enum RuleKinds {
  static let texts: [any TextRule.Type] = [
    CapitalisationRule.self,
    ConditionalRule.self,
    ConsistencyRule.self,
    ExistenceRule.self,
    FeminineFormsRule.self,
    LengthRule.self,
    OccurrenceRule.self,
    ReadabilityRule.self,
    RedLineRule.self,
    RepetitionRule.self,
    SequenceRule.self,
    SubstitutionRule.self,
  ]

  static let documents: [any DocumentRule.Type] = [
    AltTextRule.self,
    HashtagCaseRule.self,
    LinksRule.self,
    StatementFreshnessRule.self,
  ]

  static let collections: [any CollectionRule.Type] = [
    NearDuplicateRule.self
  ]

  /// The names a guideline may write, sorted.
  static let names: [String] =
    (texts.map { $0.check } + documents.map { $0.check } + collections.map { $0.check }
    + standingChecks.compactMap(\.check)).sorted()
}

/// A rule of a guideline, ready to be asked.
enum RunnableRule: Sendable {
  case text(any TextRule)
  case document(any DocumentRule)
  case collection(any CollectionRule)
  /// A check that looks without being asked; the rule gives it a level and words, or switches it off.
  case standing(String)

  /// - Returns: `nil` where no kind has that name.
  /// - Throws: What is wrong with the parameters.
  init?(check: String, parameters: JSONValue?, in line: Guideline) throws(RuleProblem) {
    if let kind = RuleKinds.texts.first(where: { $0.check == check }) {
      let guided = kind as? any GuidedRule.Type
      let parameters = guided.map { $0.parameters(parameters, following: line) } ?? parameters
      self = .text(try kind.init(parameters: parameters))
    } else if let kind = RuleKinds.documents.first(where: { $0.check == check }) {
      self = .document(try kind.init(parameters: parameters))
    } else if let kind = RuleKinds.collections.first(where: { $0.check == check }) {
      self = .collection(try kind.init(parameters: parameters))
    } else if standingChecks.contains(where: { $0.check == check }) {
      self = .standing(check)
    } else {
      return nil
    }
  }
}
