public import JSONTree
import Wording

/// A masculine plural that stands for everybody while the house names women too: `les réparateurs`.
///
/// `{"from": "/feminineForms"}` or `{"forms": {"réparateur": "réparatrice"}}`, each in the singular. Nothing is said
/// where the feminine stands in the same sentence, and nothing of the singular, which mostly means one person. What is
/// suggested is the full doublet, the feminine first, as the Office québécois de la langue française advises.
public struct FeminineFormsRule: WordRule {
  public static let check = "feminine-forms"
  private let forms: [(masculine: String, feminine: String)]
  private let masculine: PhraseMatcher
  private let feminine: PhraseMatcher
  private let language: String?

  public init(parameters: JSONValue?) throws(RuleProblem) {
    let parameters = try RuleParameters(
      parameters, knowing: ["forms", RuleParameters.reference, RuleParameters.language])
    let pairs = try parameters.map("forms") + parameters.map(RuleParameters.reference)
    if pairs.isEmpty, !parameters.has(RuleParameters.reference) { throw parameters.missing(["forms"]) }
    forms = pairs.map { ($0.key, $0.value) }
    masculine = PhraseMatcher(forms.map { plural($0.masculine) })
    // Two for each form, so that the index says which it is: `2 * index` and the one behind it.
    feminine = PhraseMatcher(forms.flatMap { [$0.feminine, plural($0.feminine)] })
    language = try parameters.text(RuleParameters.language)
  }

  public func matches(in text: CheckedText) -> [RuleMatch] {
    guard text.speaks(language) else { return [] }
    let found = masculine.matches(in: text)
    if found.isEmpty { return [] }
    let sentences = sentences(in: text.scalars)
    /// The sentence and the form, for each feminine that is named.
    let named = Set(
      feminine.matches(in: text).map { [sentences.overlapping($0.range)?.lowerBound ?? -1, $0.phrase / 2] })
    return found.compactMap { match in
      let sentence = sentences.overlapping(match.range)?.lowerBound ?? -1
      if named.contains([sentence, match.phrase]) { return nil }
      let form = forms[match.phrase]
      let doublet = "\(plural(form.feminine)) et \(plural(form.masculine))"
      return RuleMatch(
        match.range, suggestion: Finding.Suggestion(cased(doublet, as: text.text(in: match.range))))
    }
  }
}
