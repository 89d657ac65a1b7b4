public import JSONTree
import Wording

/// Words for which the house has others.
///
/// `{"from": "/terms"}` or `{"terms": {"e-mail": "courriel"}, "exceptions": ["live-tweet"], "safe": false}`. With
/// `safe` the house says that the replacement fits wherever the words stand, so that `check --fix` may write it.
public struct SubstitutionRule: WordRule {
  public static let check = "substitution"
  private let avoided: PhraseMatcher
  private let signs: PhraseMatcher
  private let terms: [(key: String, value: String)]
  private let marks: [(key: String, value: String)]
  private let exceptions: PhraseMatcher
  private let isSafe: Bool
  private let language: String?

  public init(parameters: JSONValue?) throws(RuleProblem) {
    let parameters = try RuleParameters(
      parameters,
      knowing: ["terms", RuleParameters.reference, "exceptions", "safe", RuleParameters.language])
    let pairs = try parameters.map("terms") + parameters.map(RuleParameters.reference)
    if pairs.isEmpty, !parameters.has(RuleParameters.reference) { throw parameters.missing(["terms"]) }
    terms = pairs.filter { hasLetter($0.key) }
    marks = pairs.filter { !hasLetter($0.key) }
    avoided = PhraseMatcher(terms.map(\.key))
    signs = PhraseMatcher(marks.map(\.key))
    exceptions = PhraseMatcher(try parameters.texts("exceptions"))
    isSafe = try parameters.bool("safe") ?? false
    language = try parameters.text(RuleParameters.language)
  }

  public func matches(in text: CheckedText) -> [RuleMatch] {
    var found = signs.matches(in: text).map { ($0.range, marks[$0.phrase].value) }
    if text.speaks(language) {
      found += avoided.matches(in: text).map { ($0.range, terms[$0.phrase].value) }
    }
    found.sort { $0.0.lowerBound < $1.0.lowerBound }
    let kept = Set(outside(exceptions.matches(in: text).map(\.range), found.map(\.0)))
    return found.filter { kept.contains($0.0) }.map { range, preferred in
      let words = text.text(in: range)
      let replacement = cased(preferred, as: words)
      return RuleMatch(
        range,
        message: preferred.isEmpty
          ? nil
          : Sentence(
            fr: "\(Language.french.quoted(words)) : préférez \(Language.french.quoted(replacement)).",
            en: "\(Language.english.quoted(words)): prefer \(Language.english.quoted(replacement))."),
        suggestion: preferred.isEmpty ? nil : Finding.Suggestion(replacement, isSafe: isSafe))
    }
  }
}

/// Words with a capital at the beginning where the words they replace have one.
func cased(_ preferred: String, as words: String) -> String {
  guard let first = words.unicodeScalars.first(where: \.isLetter), first.properties.isUppercase,
    let start = preferred.first, start.isLowercase
  else { return preferred }
  return start.uppercased() + preferred.dropFirst()
}
