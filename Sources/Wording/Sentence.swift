/// A language Ligne speaks.
public enum Language: String, CaseIterable, Sendable {
  case french = "fr"
  case english = "en"
}

/// Something a person reads, in both languages, written side by side where it is used.
///
/// ```swift
/// Sentence(fr: "Rien à enregistrer.", en: "Nothing to commit.")
/// ```
public struct Sentence: Hashable, Sendable {
  public let french: String
  public let english: String

  public init(fr french: String, en english: String) {
    self.french = french
    self.english = english
  }

  public func text(in language: Language) -> String {
    switch language {
    case .french: french
    case .english: english
    }
  }
}

/// An error a person can act on.
public protocol ExplainedError: Error {
  /// A stable name for scripts: lower case, words joined by hyphens. Never changed once released.
  var code: String { get }
  /// What happened, in one sentence.
  var message: Sentence { get }
  /// What to do next: a command to type or a person to ask.
  var hint: Sentence? { get }
}
