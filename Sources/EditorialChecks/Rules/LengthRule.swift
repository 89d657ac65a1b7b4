public import JSONTree
import Wording

/// How long a text, or each of its sentences or paragraphs, may and must be.
///
/// `{"unit": "words", "per": "sentence", "max": 25}`. Units are `words`, `sentences` and `characters` (as people count
/// them: graphemes); `per` is `text`, `sentence` or `paragraph`, and the whole text where nothing is said. What a
/// platform allows is another matter: the check `platform-limit`.
public struct LengthRule: TextRule {
  public static let check = "length"

  enum Unit: String, CaseIterable { case words, sentences, characters }
  enum Part: String, CaseIterable { case text, sentence, paragraph }

  private let unit: Unit
  private let part: Part
  private let most: Int?
  private let least: Int?

  public init(parameters: JSONValue?) throws(RuleProblem) {
    let parameters = try RuleParameters(parameters, knowing: ["unit", "per", "max", "min"])
    unit = try parameters.choice("unit", of: Unit.self) ?? .words
    part = try parameters.choice("per", of: Part.self) ?? .text
    most = try parameters.count("max")
    least = try parameters.count("min")
    if most == nil, least == nil { throw parameters.missing(["max", "min"]) }
    if let most, let least, least > most {
      throw RuleProblem(
        at: RuleParameters.place("min"),
        Sentence(fr: "« min » dépasse « max ».", en: "“min” is greater than “max”."))
    }
  }

  public func matches(in text: CheckedText) -> [RuleMatch] {
    parts(of: text).compactMap { range in
      let count = count(in: text.scalars[range])
      let limit: (Int, isMost: Bool)
      if let most, count > most {
        limit = (most, true)
      } else if let least, count < least {
        limit = (least, false)
      } else {
        return nil
      }
      return RuleMatch(part == .text ? nil : range, message: message(count, limit.0, isMost: limit.isMost))
    }
  }

  private func parts(of text: CheckedText) -> [Range<Int>] {
    switch part {
    case .text: text.scalars.isEmpty ? [] : [text.scalars.indices]
    case .sentence: sentences(in: text.scalars)
    case .paragraph: paragraphs(in: text.scalars)
    }
  }

  private func count(in scalars: ArraySlice<Unicode.Scalar>) -> Int {
    switch unit {
    case .words: words(in: scalars).count
    case .sentences: sentences(in: Array(scalars)).count
    case .characters: String(scalars: scalars).count
    }
  }

  private func message(_ count: Int, _ limit: Int, isMost: Bool) -> Sentence {
    let noun =
      switch unit {
      case .words: CountedNoun(fr: ("mot", "mots"), en: ("word", "words"))
      case .sentences: CountedNoun(fr: ("phrase", "phrases"), en: ("sentence", "sentences"))
      case .characters: CountedNoun(fr: ("caractère", "caractères"), en: ("character", "characters"))
      }
    let (counted, fr, en) = (
      noun.counted(count), Language.french.number(limit), Language.english.number(limit)
    )
    return isMost
      ? Sentence(
        fr: "\(counted.french), où \(fr) au plus sont demandés.",
        en: "\(counted.english), where at most \(en) are asked for.")
      : Sentence(
        fr: "\(counted.french), où \(fr) au moins sont demandés.",
        en: "\(counted.english), where at least \(en) are asked for.")
  }
}

/// The lines of a text that have something on them.
private func paragraphs(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
  scalars.indices.split { scalars[$0] == "\n" || scalars[$0] == "\r" }.compactMap { line in
    guard let first = line.first(where: { !scalars[$0].isSpace }),
      let last = line.last(where: { !scalars[$0].isSpace })
    else { return nil }
    return first..<last + 1
  }
}
