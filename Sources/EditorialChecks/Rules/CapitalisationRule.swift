public import JSONTree
import Wording

/// Capitals where they help, and none that shout.
///
/// `{"style": "no-capitals", "words": 3}` finds words in capitals, three or more in a row; shorter ones may be
/// acronyms. `{"style": "sentence"}` wants a capital at the beginning of the text.
public struct CapitalisationRule: TextRule {
  public static let check = "capitalisation"

  enum Style: String, CaseIterable {
    case noCapitals = "no-capitals"
    case sentence
  }

  private let style: Style
  private let least: Int

  public init(parameters: JSONValue?) throws(RuleProblem) {
    let parameters = try RuleParameters(parameters, knowing: ["style", "words"])
    style = try parameters.choice("style", of: Style.self) ?? .noCapitals
    least = max(1, try parameters.count("words") ?? 3)
  }

  public func matches(in text: CheckedText) -> [RuleMatch] {
    switch style {
    case .noCapitals: shouted(in: text)
    case .sentence: smallBeginning(of: text)
    }
  }

  private func shouted(in text: CheckedText) -> [RuleMatch] {
    var matches: [RuleMatch] = []
    var run: [Range<Int>] = []
    func end() {
      // A word of one letter (`À`, `I`) belongs to capitals around it and makes none.
      let loud = run.filter { $0.count > 1 }
      if loud.count >= least, let first = loud.first, let last = loud.last {
        matches.append(RuleMatch(first.lowerBound..<last.upperBound))
      }
      run = []
    }
    for word in words(in: text.scalars[...]) {
      let letters = text.scalars[word].filter(\.isLetter)
      let isLoud =
        !letters.isEmpty && letters.allSatisfy { $0.properties.isUppercase }
        && text.addresses.overlapping(word) == nil
      // Figures between words in capitals neither begin nor end a run.
      if isLoud { run.append(word) } else if !letters.isEmpty { end() }
    }
    end()
    return matches
  }

  private func smallBeginning(of text: CheckedText) -> [RuleMatch] {
    guard let start = text.scalars.firstIndex(where: \.isInWord), text.scalars[start].properties.isLowercase,
      text.addresses.overlapping(start..<start + 1) == nil
    else { return [] }
    let capital = text.scalars[start].properties.titlecaseMapping
    return [RuleMatch(start..<start + 1, suggestion: Finding.Suggestion(capital))]
  }
}
