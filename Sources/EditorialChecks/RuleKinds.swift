import Documents
import JSONTree

/// Every kind of rule that a guideline can ask for by its `check`, one line each.
enum RuleKinds {
  static let texts: [any TextRule.Type] = [
    Address.self,
    CapitalisationRule.self,
    ConditionalRule.self,
    ConsistencyRule.self,
    ExistenceRule.self,
    FeminineFormsRule.self,
    FrenchTypography.self,
    InclusiveWriting.self,
    LengthRule.self,
    OccurrenceRule.self,
    ReadabilityRule.self,
    RedLineRule.self,
    RepetitionRule.self,
    SequenceRule.self,
    Spelling.self,
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
  /// Sees at once what one channel shows of a document.
  case reading(any ReadingRule)
  case document(any DocumentRule)
  case collection(any CollectionRule)
  /// A check that looks without being asked; the rule gives it a level and a reason, or switches it off.
  case standing(String)

  /// - Returns: `nil` where no kind has that name.
  /// - Throws: What is wrong with the parameters.
  init?(
    check: String, parameters: JSONValue?, of guideline: Guideline, spelling: (any SpellingDictionary)?
  ) throws(RuleProblem) {
    if let kind = RuleKinds.texts.first(where: { $0.check == check }) {
      let rule = try kind.init(
        parameters: (kind as? any GuidedRule.Type)?.parameters(parameters, following: guideline) ?? parameters
      )
      if let rule = rule as? Spelling, let spelling {
        self = .text(rule.asking(spelling, properNames: guideline.properNames))
      } else if let rule = rule as? any ReadingRule, rule.readsTogether {
        self = .reading(rule)
      } else {
        self = .text(rule)
      }
    } else if let kind = RuleKinds.documents.first(where: { $0.check == check }) {
      self = .document(try kind.init(parameters: parameters))
    } else if let kind = RuleKinds.collections.first(where: { $0.check == check }) {
      self = .collection(try kind.init(parameters: parameters))
    } else if standingChecks.contains(where: { $0.check == check }) {
      _ = try RuleParameters(parameters, knowing: [])
      self = .standing(check)
    } else {
      return nil
    }
  }
}
