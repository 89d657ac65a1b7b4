public import JSONTree
import Wording

/// A word that stands twice in a row.
///
/// `{"allow": ["toc"]}` adds to the words that may: pronouns that French doubles (`vous vous demandez`), words that
/// insist (`très très`), and numbers.
public struct RepetitionRule: TextRule {
  public static let check = "repetition"
  private let allowed: Set<String>

  public init(parameters: JSONValue?) throws(RuleProblem) {
    let parameters = try RuleParameters(parameters, knowing: ["allow"])
    allowed = usuallyDoubled.union(try parameters.texts("allow").map { key(Array($0.unicodeScalars)[...]) })
  }

  public func matches(in text: CheckedText) -> [RuleMatch] {
    let words = words(in: text.scalars[...])
    var matches: [RuleMatch] = []
    var last: Range<Int>?
    for (first, second) in zip(words, words.dropFirst()) {
      let between = text.scalars[first.upperBound..<second.lowerBound]
      guard !between.isEmpty, between.allSatisfy(\.isSpace), first.lowerBound >= last?.upperBound ?? 0 else {
        continue
      }
      // A line break begins something else.
      if between.contains(where: { $0 == "\n" || $0 == "\r" }) { continue }
      let word = key(text.scalars[first])
      guard word == key(text.scalars[second]), !allowed.contains(word), hasLetter(word),
        text.addresses.overlapping(first) == nil
      else { continue }
      let range = first.lowerBound..<second.upperBound
      last = range
      matches.append(RuleMatch(range, suggestion: Finding.Suggestion(text.text(in: first))))
    }
    return matches
  }
}

private func key(_ word: ArraySlice<Unicode.Scalar>) -> String {
  String(scalars: FoldedText(word).scalars)
}

private let usuallyDoubled = Set(
  [
    "nous", "vous", "très", "bien", "oui", "non", "si", "tout", "ha", "hé", "hi", "ho", "oh", "ah", "eh",
    "hum", "bla",
    "toc", "tic", "cric", "chut", "allô", "bravo", "merci", "vite", "loin", "longtemps", "doucement",
    "jamais", "pas",
    "that", "had", "is", "very", "so", "no", "yes", "bye", "now", "there", "many", "her",
  ].map { key(Array($0.unicodeScalars)[...]) })
