import SystemPackage
import Wording

extension Session {
  /// Asks a person before something is lost.
  ///
  /// - Parameters:
  ///   - summary: What is lost, in a sentence.
  ///   - loss: The same in full; shown before the question.
  ///   - question: To be answered with yes or no.
  /// - Throws: `ConfirmationError.declined` for anything but a yes; `.nobodyToAsk` where no person sits at a terminal.
  func confirm(_ question: Sentence, losing loss: Page, _ summary: Sentence) throws {
    guard canAsk else {
      if asksForJSON { throw ConfirmationError.nobodyToAsk(losing: summary) }
      output.remark(loss)
      throw ConfirmationError.nobodyToAsk(losing: nil)
    }
    output.remark(loss)
    output.draw(question.text(in: language) + Sentence(fr: " [o/N] ", en: " [y/N] ").text(in: language))
    let yes: Swift.Set<String> = ["o", "oui", "y", "yes"]
    guard let line = keyboard.line(), yes.contains(line.lowercased()) else {
      throw ConfirmationError.declined
    }
  }
}

/// Something would be lost, and nobody said yes.
enum ConfirmationError: ExplainedError, Hashable {
  case declined
  /// What would be lost; `nil` where that was said already.
  case nobodyToAsk(losing: Sentence?)

  var code: String {
    switch self {
    case .declined: "declined"
    case .nobodyToAsk: "confirmation-needed"
    }
  }

  var message: Sentence {
    switch self {
    case .declined: Sentence(fr: "Rien n’a été changé.", en: "Nothing was changed.")
    case .nobodyToAsk(let summary):
      summary ?? Sentence(fr: "Personne n’est là pour dire oui.", en: "Nobody is there to say yes.")
    }
  }

  var hint: Sentence? {
    switch self {
    case .declined: nil
    case .nobodyToAsk:
      Sentence(
        fr: "Rien n’a été changé; ajoutez « --yes » pour le faire quand même.",
        en: "Nothing was changed; add “--yes” to do it all the same.")
    }
  }
}
