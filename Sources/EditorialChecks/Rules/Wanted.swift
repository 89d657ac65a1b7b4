import Documents
import JSONTree

/// What a rule looks for: words and signs (`tokens`, or `from` another place of the line), and patterns.
///
/// Words are those of one language: a rule of a French line does not find `live` in an English text. Signs, and
/// patterns, belong to every text.
struct Wanted: Sendable {
  static let names: [JSONString] = [
    "tokens", RuleParameters.reference, "patterns", "exceptions", "ignoreCase", RuleParameters.language,
  ]

  private let words: PhraseMatcher
  private let signs: PhraseMatcher
  private let patterns: [SchemaPattern]
  private let exceptions: PhraseMatcher
  private let ignoresCase: Bool
  private let language: String?

  /// - Parameter derived: Further forms of a word that count as the word; none as a rule.
  init(
    _ parameters: RuleParameters, forms derived: (String) -> [String] = { _ in [] }
  ) throws(RuleProblem) {
    let tokens = try parameters.texts("tokens") + parameters.texts(RuleParameters.reference)
    let patterns = try parameters.patterns("patterns")
    if tokens.isEmpty, patterns.isEmpty, !parameters.has(RuleParameters.reference) {
      throw parameters.missing(["tokens", "patterns"])
    }
    try self.init(tokens: tokens, patterns: patterns, parameters, forms: derived)
  }

  /// - Parameter name: A setting that holds the words itself.
  init(_ parameters: RuleParameters, tokensIn name: JSONString) throws(RuleProblem) {
    let tokens = try parameters.texts(name)
    if tokens.isEmpty { throw parameters.missing([name]) }
    try self.init(tokens: tokens, patterns: [], parameters, forms: { _ in [] })
  }

  private init(
    tokens: [String], patterns: [SchemaPattern], _ parameters: RuleParameters, forms: (String) -> [String]
  ) throws(RuleProblem) {
    self.patterns = patterns
    words = PhraseMatcher(tokens.filter(hasLetter).flatMap { [$0] + forms($0) })
    signs = PhraseMatcher(tokens.filter { !hasLetter($0) })
    exceptions = PhraseMatcher(try parameters.texts("exceptions"))
    ignoresCase = try parameters.bool("ignoreCase") ?? true
    language = try parameters.text(RuleParameters.language)
  }

  /// Where it is found, from left to right.
  func ranges(in text: CheckedText) -> [Range<Int>] {
    var found = signs.matches(in: text).map(\.range)
    if text.speaks(language) { found += words.matches(in: text).map(\.range) }
    for pattern in patterns { found += pattern.ranges(in: text.scalars, ignoringCase: ignoresCase) }
    found.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    let excepted = exceptions.matches(in: text).map(\.range)
    return excepted.isEmpty ? found : outside(excepted, found)
  }
}

/// Those of some ranges that lie in none of the others; both from left to right.
func outside(_ excepted: [Range<Int>], _ found: [Range<Int>]) -> [Range<Int>] {
  var rest = excepted[...]
  return found.filter { range in
    while let first = rest.first, first.upperBound < range.upperBound { rest.removeFirst() }
    return rest.first.map { $0.lowerBound > range.lowerBound } ?? true
  }
}

func hasLetter(_ token: String) -> Bool { token.unicodeScalars.contains(where: \.isLetter) }

extension CheckedText {
  /// Whether the text is in a language, whatever the country; `nil` and `*` are every language.
  func speaks(_ language: String?) -> Bool {
    guard let language, language != "*" else { return true }
    return primaryLanguage.utf8.elementsEqual(language.prefix { $0 != "-" }.utf8)
  }
}
