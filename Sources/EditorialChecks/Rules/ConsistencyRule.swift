public import JSONTree
import Wording

/// Words that are written in one way: names exactly as the house writes them, and one of two spellings in one text.
///
/// `{"from": "/properNames"}` or `{"names": ["Philomène"]}` finds names with another accent or another case.
/// `{"either": {"clé": "clef"}}` finds the spelling that came second where a text has both.
///
/// A name of several words in small letters throughout may be ordinary words (`un hiver de mitaines`), and one in
/// capitals throughout is a matter of capitals: neither is a finding.
public struct ConsistencyRule: WordRule {
  public static let check = "consistency"
  private let names: [String]
  private let nameMatcher: PhraseMatcher
  private let pairs: [(key: String, value: String)]
  private let firsts: PhraseMatcher
  private let seconds: PhraseMatcher
  private let language: String?

  public init(parameters: JSONValue?) throws(RuleProblem) {
    let parameters = try RuleParameters(
      parameters, knowing: ["names", "either", RuleParameters.reference, RuleParameters.language])
    names = try parameters.texts("names") + parameters.texts(RuleParameters.reference)
    pairs = try parameters.map("either")
    if names.isEmpty, pairs.isEmpty, !parameters.has(RuleParameters.reference) {
      throw parameters.missing(["names", "either", "from"])
    }
    nameMatcher = PhraseMatcher(names, accents: .dropped)
    firsts = PhraseMatcher(pairs.map(\.key))
    seconds = PhraseMatcher(pairs.map(\.value))
    language = try parameters.text(RuleParameters.language)
  }

  public func matches(in text: CheckedText) -> [RuleMatch] {
    let matches = misspelled(in: text) + (text.speaks(language) ? mixed(in: text) : [])
    return matches.sorted { ($0.range?.lowerBound ?? 0) < ($1.range?.lowerBound ?? 0) }
  }

  private func misspelled(in text: CheckedText) -> [RuleMatch] {
    nameMatcher.matches(in: text).compactMap { match in
      let name = names[match.phrase]
      let written = text.text(in: match.range)
      guard isMisspelled(written, name) else { return nil }
      return RuleMatch(
        match.range,
        message: Sentence(
          fr: "\(Language.french.quoted(name)) s’écrit ainsi, pas \(Language.french.quoted(written)).",
          en:
            "\(Language.english.quoted(name)) is written like this, not \(Language.english.quoted(written))."),
        suggestion: Finding.Suggestion(name))
    }
  }

  private func isMisspelled(_ written: String, _ name: String) -> Bool {
    if written.utf8.elementsEqual(name.utf8) { return false }
    let (found, right) = (comparable(written), comparable(name))
    if found == right { return false }
    let letters = found.filter(\.isLetter)
    if letters.allSatisfy({ !$0.properties.isLowercase }) { return false }
    // At the beginning of a sentence the first letter is a capital whatever the name.
    if found.dropFirst().elementsEqual(right.dropFirst()), right.first?.properties.isLowercase == true,
      found.first?.properties.isUppercase == true
    {
      return false
    }
    let isSmall = letters.allSatisfy { !$0.properties.isUppercase }
    return !(isSmall && name.contains(" ") && hasSameAccents(written, name))
  }

  private func hasSameAccents(_ written: String, _ name: String) -> Bool {
    FoldedText(written).scalars == FoldedText(name).scalars
  }

  /// The letters, whichever apostrophe, hyphen or space stands between them; composed and decomposed are the same.
  private func comparable(_ text: String) -> [Unicode.Scalar] {
    // Case is kept here, so each letter is folded with its case as a second sign.
    text.unicodeScalars.flatMap { scalar -> [Unicode.Scalar] in
      let folded = FoldedText([scalar]).scalars
      return scalar.properties.isUppercase
        ? folded.map { $0.properties.uppercaseMapping.unicodeScalars.first ?? $0 } : folded
    }
  }

  private func mixed(in text: CheckedText) -> [RuleMatch] {
    if pairs.isEmpty { return [] }
    let (left, right) = (firsts.matches(in: text), seconds.matches(in: text))
    var firstPlaces: [Int: (left: Int?, right: Int?)] = [:]
    for match in left.reversed() {
      firstPlaces[match.phrase, default: (nil, nil)].left = match.range.lowerBound
    }
    for match in right.reversed() {
      firstPlaces[match.phrase, default: (nil, nil)].right = match.range.lowerBound
    }
    func finding(_ match: PhraseMatcher.Match, instead: String, cameFirst: Bool) -> RuleMatch? {
      guard let places = firstPlaces[match.phrase], let left = places.left, let right = places.right,
        (left < right) == cameFirst
      else { return nil }
      let written = text.text(in: match.range)
      let other = cased(instead, as: written)
      return RuleMatch(
        match.range,
        message: Sentence(
          fr: "Ce texte a déjà \(Language.french.quoted(instead)).",
          en: "This text has \(Language.english.quoted(instead)) already."),
        suggestion: Finding.Suggestion(other))
    }
    return left.compactMap { finding($0, instead: pairs[$0.phrase].value, cameFirst: false) }
      + right.compactMap { finding($0, instead: pairs[$0.phrase].key, cameFirst: true) }
  }
}
