public import Documents
import Wording

/// What is written down in a crisis by itself, in the language of its plan: documents speak the team's language, not that
/// of whoever sits at the keyboard.
public struct CrisisWords: Sendable {
  let language: Language

  public func declared(_ level: CrisisPlan.Level, reason: String?) -> String {
    with(
      reason,
      Sentence(
        fr: "Crise déclarée au niveau \(level.shownName)", en: "Crisis declared at level \(level.shownName)"))
  }

  public func raised(from former: String, to level: CrisisPlan.Level, reason: String?) -> String {
    with(
      reason,
      Sentence(
        fr: "Niveau haussé de \(former) à \(level.shownName)",
        en: "Level raised from \(former) to \(level.shownName)"))
  }

  public func closed(reason: String?) -> String {
    with(reason, Sentence(fr: "Crise close", en: "Crisis closed"))
  }

  public func prepared(_ statement: String) -> String {
    Sentence(
      fr: "Message préparé d’après \(Language.french.quoted(statement))",
      en: "Message prepared from \(Language.english.quoted(statement))"
    ).text(in: language) + "."
  }

  /// The title of a post that is made of a statement: of which crisis, and which words.
  public func title(of statement: String, in crisis: String) -> String {
    crisis + Sentence(fr: "\u{A0}: ", en: ": ").text(in: language) + statement
  }

  private func with(_ reason: String?, _ sentence: Sentence) -> String {
    guard let reason, reason.contains(where: { !$0.isWhitespace }) else {
      return sentence.text(in: language) + "."
    }
    return sentence.text(in: language) + Sentence(fr: "\u{A0}: ", en: ": ").text(in: language) + reason
  }
}

extension CrisisPlan {
  /// French unless it says that it is written in another language.
  public var words: CrisisWords {
    let isFrench = language.map { $0.utf8.starts(with: "fr".utf8) } ?? true
    return CrisisWords(language: isFrench ? .french : .english)
  }
}
