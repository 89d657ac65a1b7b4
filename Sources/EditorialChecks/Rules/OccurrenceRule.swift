public import JSONTree
import Wording

/// How often words, signs, patterns or emoji may, or must, stand in one text.
///
/// `{"tokens": ["!"], "max": 1}`, `{"class": "emoji", "max": 2}`, `{"tokens": ["#"], "min": 1}`. With `"per": "post"` the
/// text, the thread and the first comment that one channel shows are counted together. What is too much is shown from
/// the first one beyond the limit.
public struct OccurrenceRule: WordRule, ReadingRule {
  public static let check = "occurrence"

  enum CharacterClass: String, CaseIterable { case emoji }
  enum Whole: String, CaseIterable { case text, post }

  private let wanted: Wanted?
  private let countsEmoji: Bool
  private let most: Int?
  private let least: Int?
  public let readsTogether: Bool

  public init(parameters: JSONValue?) throws(RuleProblem) {
    let parameters = try RuleParameters(parameters, knowing: Wanted.names + ["class", "max", "min", "per"])
    countsEmoji = try parameters.choice("class", of: CharacterClass.self) == .emoji
    let hasTokens =
      parameters.has("tokens") || parameters.has(RuleParameters.reference) || parameters.has("patterns")
    wanted = countsEmoji && !hasTokens ? nil : try Wanted(parameters)
    most = try parameters.count("max")
    least = try parameters.count("min")
    readsTogether = try parameters.choice("per", of: Whole.self) == .post
    if most == nil, least == nil { throw parameters.missing(["max", "min"]) }
    if let most, let least, least > most {
      throw RuleProblem(
        at: RuleParameters.place("min"),
        Sentence(fr: "« min » dépasse « max ».", en: "“min” is greater than “max”."))
    }
  }

  public func matches(across texts: [CheckedText]) -> [PlacedMatch] {
    let found = texts.flatMap { text in ranges(in: text).map { (text: text, range: $0) } }
    if let most, found.count > most {
      let (text, range) = found[most]
      return [PlacedMatch(text, RuleMatch(range, message: tooMany(text.text(in: range), found.count, most)))]
    }
    // What a post has to hold, none of its alt texts has to hold by itself.
    if readsTogether, texts.allSatisfy(\.isAltText) { return [] }
    if let least, found.count < least, let first = texts.first(where: { !$0.scalars.isEmpty }) {
      return [PlacedMatch(first, RuleMatch(message: tooFew(found.count, least)))]
    }
    return []
  }

  private func ranges(in text: CheckedText) -> [Range<Int>] {
    let found = wanted?.ranges(in: text) ?? []
    if !countsEmoji { return found }
    return (found + emoji(in: text)).sorted { $0.lowerBound < $1.lowerBound }
  }

  private func tooMany(_ words: String, _ count: Int, _ most: Int) -> Sentence {
    let times = CountedNoun(fr: ("fois", "fois"), en: ("time", "times"))
    let emoji = CountedNoun(fr: ("émoji", "émojis"), en: ("emoji", "emoji"))
    if countsEmoji {
      let counted = emoji.counted(count)
      return Sentence(
        fr: "\(counted.french), où \(most) au plus sont permis.",
        en: "\(counted.english), where at most \(most) may stand.")
    }
    let counted = times.counted(count)
    return Sentence(
      fr: "\(Language.french.quoted(words)) revient \(counted.french); \(most) au plus.",
      en: "\(Language.english.quoted(words)) stands here \(counted.english); at most \(most).")
  }

  private func tooFew(_ count: Int, _ least: Int) -> Sentence {
    Sentence(
      fr: "Il en faut au moins \(least); il y en a \(count).",
      en: "There have to be at least \(least); there are \(count).")
  }
}

/// The emoji of a text, each with its joiners, skin tones and selectors as one.
///
/// Source: Unicode Technical Standard 51: a character that is shown as emoji by itself or by a selector.
func emoji(in text: CheckedText) -> [Range<Int>] {
  // Before the arrows nothing is an emoji by itself, and no selector stands there that would make one.
  guard text.scalars.contains(where: { $0.value >= 0x2190 }) else { return [] }
  var found: [Range<Int>] = []
  var place = 0
  for character in text.text {
    let scalars = character.unicodeScalars
    let count = scalars.count
    if let first = scalars.first, !first.isASCII || count > 1,
      first.properties.isEmojiPresentation || (first.properties.isEmoji && scalars.contains("\u{FE0F}"))
    {
      found.append(place..<place + count)
    }
    place += count
  }
  return found
}
