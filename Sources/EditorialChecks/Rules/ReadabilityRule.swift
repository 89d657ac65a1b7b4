public import JSONTree
import Wording

/// How easily a text reads, as a number.
///
/// `{"min": 50}`, by the measure of the text's language: Kandel and Moles in French, Flesch in English, both from 0
/// (hard) to 100 (easy). `{"measure": "lix", "max": 40}` counts long words instead and serves for any language, from
/// 20 (easy) to 60 (hard). Texts under 30 words (`words`) are not measured: a measure of two sentences is chance.
///
/// Sources: Kandel and Moles, “Application de l’indice de Flesch à la langue française”, Cahiers d’études de
/// radio-télévision 19, 1958; Flesch, “A new readability yardstick”, Journal of Applied Psychology 32, 1948;
/// Björnsson, “Läsbarhet”, 1968.
public struct ReadabilityRule: TextRule {
  public static let check = "readability"

  enum Measure: String, CaseIterable {
    case kandelMoles = "kandel-moles"
    case flesch, lix
  }

  private let measure: Measure?
  private let least: Int?
  private let most: Int?
  private let fewestWords: Int

  public init(parameters: JSONValue?) throws(RuleProblem) {
    let parameters = try RuleParameters(parameters, knowing: ["measure", "min", "max", "words"])
    measure = try parameters.choice("measure", of: Measure.self)
    least = try parameters.count("min")
    most = try parameters.count("max")
    fewestWords = max(1, try parameters.count("words") ?? 30)
    if most == nil, least == nil { throw parameters.missing(["min", "max"]) }
  }

  public func matches(in text: CheckedText) -> [RuleMatch] {
    guard let measure = measure ?? text.usualMeasure, let value = Self.value(of: text, measure, fewestWords)
    else {
      return []
    }
    let isHard = least.map { value < $0 } ?? false
    let isOver = most.map { value > $0 } ?? false
    guard isHard || isOver, let limit = isHard ? least : most else { return [] }
    let name = measure.name
    return [
      RuleMatch(
        message: Sentence(
          fr: "Lisibilité \(value) (\(name)); la ligne demande \(limit) au \(isHard ? "moins" : "plus").",
          en: "Readability \(value) (\(name)); the line asks for at \(isHard ? "least" : "most") \(limit)."))
    ]
  }

  /// The measure, rounded to a whole number; `nil` for a text of too few words.
  static func value(of text: CheckedText, _ measure: Measure, _ fewestWords: Int) -> Int? {
    let words = words(in: text.scalars[...]).filter { range in
      text.addresses.overlapping(range) == nil && text.scalars[range].contains(where: \.isLetter)
    }
    if words.count < fewestWords { return nil }
    let sentenceCount = Double(max(1, sentences(in: text.scalars).count))
    let wordCount = Double(words.count)
    let wordsPerSentence = wordCount / sentenceCount
    func syllablesPerWord(_ count: (ArraySlice<Unicode.Scalar>) -> Int) -> Double {
      Double(words.reduce(0) { $0 + count(text.scalars[$1]) }) / wordCount
    }
    let value =
      switch measure {
      case .kandelMoles: 207 - 1.015 * wordsPerSentence - 73.6 * syllablesPerWord(frenchSyllables)
      case .flesch: 206.835 - 1.015 * wordsPerSentence - 84.6 * syllablesPerWord(englishSyllables)
      case .lix: wordsPerSentence + 100 * Double(words.count { $0.count > 6 }) / wordCount
      }
    return Int(value.rounded())
  }
}

extension ReadabilityRule.Measure {
  fileprivate var name: String {
    switch self {
    case .kandelMoles: "Kandel-Moles"
    case .flesch: "Flesch"
    case .lix: "LIX"
    }
  }
}

extension CheckedText {
  fileprivate var usualMeasure: ReadabilityRule.Measure? {
    speaks("fr") ? .kandelMoles : speaks("en") ? .flesch : nil
  }
}

/// The syllables one hears: groups of vowels, without the mute e at the end (`-e`, `-es`, `-ent` of a verb is rarer
/// than of an adverb, and counts).
func frenchSyllables(_ word: ArraySlice<Unicode.Scalar>) -> Int {
  let letters = FoldedText(word, accents: .kept).scalars
  var groups = 0
  var wasVowel = false
  for (index, letter) in letters.enumerated() where !letter.isMark {
    let isVowel = "aeiouy".unicodeScalars.contains(letter)
    if isVowel, !wasVowel { groups += 1 }
    // é after a vowel begins a syllable of its own: `créé`, `poésie`.
    if isVowel, wasVowel, index + 1 < letters.count,
      letters[index + 1] == "\u{301}" || letters[index + 1] == "\u{308}"
    {
      groups += 1
    }
    wasVowel = isVowel
  }
  if let last = letters.lastIndex(where: { $0 != "s" }), last > 0, letters[last] == "e",
    !"aeiouy".unicodeScalars.contains(letters[last - 1]), groups > 1
  {
    groups -= 1
  }
  return max(1, groups)
}

/// The syllables of an English word: groups of vowels, without a mute final e.
func englishSyllables(_ word: ArraySlice<Unicode.Scalar>) -> Int {
  let letters = FoldedText(word, accents: .dropped).scalars
  var groups = 0
  var wasVowel = false
  for letter in letters {
    let isVowel = "aeiouy".unicodeScalars.contains(letter)
    if isVowel, !wasVowel { groups += 1 }
    wasVowel = isVowel
  }
  let endsInMuteE = letters.last == "e" && letters.count > 2 && letters[letters.count - 2] != "l"
  return max(1, groups - (endsInMuteE && groups > 1 ? 1 : 0))
}
