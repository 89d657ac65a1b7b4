/// What a dictionary says of a word.
public enum SpellingVerdict: Hashable, Sendable {
  case known
  /// With words it may have been meant to be, the likeliest first.
  case unknown(suggestions: [String])
}

/// Knows the words of languages. Programs and files that do stand outside the floors that decide.
public protocol SpellingDictionary: Sendable {
  /// - Parameters:
  ///   - word: One word, without an elided `l’` or a hyphenated pronoun; with `’` for an apostrophe.
  ///   - language: A BCP 47 tag: `fr-CA`.
  /// - Returns: `nil` where no dictionary of that language can be asked.
  func verdict(on word: String, language: String) -> SpellingVerdict?
}

/// A dictionary that was asked beforehand, all words at once, as programs like to be.
///
/// ``Spelling/words(in:)`` says which words those are.
public struct SpellingAnswers: SpellingDictionary {
  private let unknown: [String: [String: [String]]]

  /// - Parameter unknown: For each language that could be asked, the words it does not know, with its suggestions.
  public init(unknown: [String: [String: [String]]]) { self.unknown = unknown }

  public func verdict(on word: String, language: String) -> SpellingVerdict? {
    guard let words = unknown[language] else { return nil }
    return words[word].map { .unknown(suggestions: $0) } ?? .known
  }
}
