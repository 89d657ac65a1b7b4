public import JSONTree
import SocialText
import Wording

/// Words that no dictionary knows.
///
/// Left alone: links, hashtags, mentions and numbers, the brand's proper names, initials, and words with a capital inside
/// a sentence, which are names. A name that begins a sentence can't be told from a mistake, and is a suggestion at most.
///
/// Parameters: `ignore`, a list of words to accept.
public struct Spelling: TextRule {
  public static let check = "spelling"

  private let accepted: Set<String>
  private let dictionary: (any SpellingDictionary)?

  /// A rule without a dictionary, which finds nothing; ``asking(_:properNames:)`` gives it one.
  public init(parameters: JSONValue?) throws(RuleProblem) {
    let settings = try RuleParameters(parameters, knowing: ["ignore"])
    if let list = parameters?["ignore"], list.array == nil {
      throw RuleProblem(
        at: "/parameters/ignore", Sentence(fr: "Il faut une liste de mots.", en: "It is a list of words."))
    }
    let words = try settings.texts("ignore")
    self.init(accepted: Set(words.flatMap(Self.parts)), dictionary: nil)
  }

  private init(accepted: Set<String>, dictionary: (any SpellingDictionary)?) {
    (self.accepted, self.dictionary) = (accepted, dictionary)
  }

  /// The same rule with a dictionary, and names it accepts.
  public func asking(_ dictionary: any SpellingDictionary, properNames: [String]) -> Spelling {
    Spelling(accepted: accepted.union(properNames.flatMap(Self.parts)), dictionary: dictionary)
  }

  /// Every word the rule may ask about in a text.
  public func words(in text: CheckedText) -> Set<String> {
    candidates(in: text).reduce(into: []) { words, candidate in
      for reading in candidate.readings { words.formUnion(reading) }
    }
  }

  public func matches(in text: CheckedText) -> [RuleMatch] {
    guard let dictionary else { return [] }
    return candidates(in: text).compactMap { candidate in
      var suggestions: [String] = []
      for (place, reading) in candidate.readings.enumerated() {
        var isKnown = true
        for word in reading {
          guard let verdict = dictionary.verdict(on: word, language: text.language) else { return nil }
          if case .unknown(let offered) = verdict {
            isKnown = false
            // Only where one word was asked can its suggestion stand in the place of all.
            if place == 0, reading.count == 1 { suggestions = offered }
          }
        }
        if isKnown { return nil }
      }
      let suggestion = suggestions.first.map { Finding.Suggestion(candidate.capitalised($0)) }
      return RuleMatch(
        candidate.range,
        message: Sentence(
          fr: "Mot inconnu du dictionnaire : « \(candidate.text) ».",
          en: "Not in the dictionary: “\(candidate.text)”."),
        suggestion: suggestion, atMost: candidate.mayBeName ? .suggestion : nil)
    }
  }

  // MARK: - Words to ask about

  private struct Candidate {
    var range: Range<Int>
    var text: String
    /// Ways to understand it; one whose words are all known is enough.
    var readings: [[String]]
    var mayBeName: Bool

    /// A suggestion with the capital the word had.
    func capitalised(_ word: String) -> String {
      mayBeName ? word.prefix(1).uppercased() + word.dropFirst() : word
    }
  }

  private func candidates(in text: CheckedText) -> [Candidate] {
    let prose = text.prose
    return Self.chains(in: prose).compactMap { words in
      var words = words
      if text.isFrench {
        // l’eau, qu’on: the small word before the apostrophe is none to ask about.
        while words.count > 1, Self.elided.contains(prose.lowercased(words[0])),
          prose.scalars[words[0].range.upperBound].isApostrophe
        {
          words.removeFirst()
        }
        // donne-le-moi, a-t-il: pronouns behind a verb.
        while words.count > 1, Self.behindHyphen.contains(prose.lowercased(words[words.count - 1])),
          prose.scalars[words[words.count - 1].range.lowerBound - 1] == "-"
        {
          words.removeLast()
        }
      } else if words.count > 1, ["s", "S"].contains(prose.text(words[words.count - 1])) {
        // the mill’s
        words.removeLast()
      }
      let range = words[0].range.lowerBound..<words[words.count - 1].range.upperBound
      let whole = prose.text(range)
      let signs = whole.scalars
      guard signs.count > 1, !isHalf(range, prose), !signs.contains(where: \.isDigit),
        !isAccepted(whole, words.map(prose.text))
      else { return nil }
      let capitals = signs.filter(\.isUppercaseLetter).count
      // Initials, and names like iPhone or Grand-Mère.
      if capitals > 1 || (capitals == 1 && !signs[0].isUppercaseLetter) { return nil }
      let beginsSentence = prose.mayBeginSentence(at: Self.startOfChain(range.lowerBound, prose))
      if capitals == 1, !beginsSentence { return nil }
      let asked = Self.plain(capitals == 1 ? whole.lowercased() : whole)
      let parts = words.map { Self.plain(prose.lowercased($0)) }.filter { $0.unicodeScalars.count > 1 }
      // A word that begins a sentence may be a name the dictionary has.
      let readings =
        [[asked]] + (capitals == 1 ? [[Self.plain(whole)]] : []) + (words.count > 1 ? [parts] : [])
      return Candidate(range: range, text: whole, readings: readings, mayBeName: capitals == 1)
    }
  }

  /// What stands in or around a bracket inside a word: `réparateur(-trice)s`.
  private func isHalf(_ range: Range<Int>, _ prose: Prose) -> Bool {
    var start = range.lowerBound - 1
    if prose[start] == "-" { start -= 1 }
    if let bracket = prose[start], "([".unicodeScalars.contains(bracket),
      prose[start - 1]?.isWordSign ?? false
    {
      return true
    }
    guard let bracket = prose[range.upperBound], "([".unicodeScalars.contains(bracket) else { return false }
    return prose[range.upperBound + 1].map { $0.isWordSign || $0 == "-" } ?? false
  }

  /// Words with the hyphens and apostrophes that join them.
  private static func chains(in prose: Prose) -> [[Prose.Word]] {
    var chains: [[Prose.Word]] = []
    for word in prose.words {
      let joint = word.range.lowerBound - 1
      if let last = chains.last?.last, last.range.upperBound == joint, let sign = prose[joint],
        sign == "-" || sign.isApostrophe
      {
        chains[chains.count - 1].append(word)
      } else {
        chains.append([word])
      }
    }
    return chains
  }

  /// Where the word begins with the elided ones before it.
  private static func startOfChain(_ start: Int, _ prose: Prose) -> Int {
    var start = start
    while start > 0, let before = prose[start - 1], before.isApostrophe || before.isWordSign { start -= 1 }
    return start
  }

  private func isAccepted(_ whole: String, _ words: [String]) -> Bool {
    accepted.contains(Self.plain(whole)) || words.allSatisfy(accepted.contains)
  }

  /// A name and its words: « La Ravaude » accepts « Ravaude ».
  private static func parts(_ name: String) -> [String] {
    let scalars = name.scalars
    let prose = Prose(scalars, addresses: addresses(in: scalars))
    return chains(in: prose).flatMap { chain in
      let range = chain[0].range.lowerBound..<chain[chain.count - 1].range.upperBound
      return [plain(prose.text(range))] + chain.map(prose.text)
    }
  }

  /// One apostrophe for both, and letters with their accents as one sign each: dictionaries compare bytes.
  private static func plain(_ word: String) -> String {
    String(scalars: composed(word.unicodeScalars.map { $0 == "'" ? "’" : $0 }))
  }

  private static let elided: Set<String> = [
    "c", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "puisqu", "qu", "quoiqu", "s", "t",
  ]

  private static let behindHyphen: Set<String> = [
    "ce", "ci", "elle", "elles", "en", "eux", "il", "ils", "je", "la", "là", "le", "les", "leur", "lui", "m",
    "même",
    "mêmes", "moi", "nous", "on", "t", "toi", "tu", "vous", "y",
  ]
}
