import Documents
import JSONTree
import Wording

extension Contradiction {
  /// 1. A caption was approved and edited: the merged words were approved by nobody.
  static let approvedThenEdited = Contradiction(rule: "approved-then-edited") { situation in
    StaleApproval.all(of: .text, in: situation).map { stale in
      let first = stale.releases[0]
      let people = situation.names(of: stale.approvedBy)
      let channels = situation.channels(stale.releases)
      let pointer: JSONPointer = first.variant.diverges ? first.pointer("body") : "/body"
      let message =
        stale.isKnown
        ? Sentence(
          fr: """
            L’approbation donnée par \(people.french) pour \(channels.french) couvrait un autre texte. \
            Demandez de nouveau l’approbation, ou remettez le texte approuvé.
            """,
          en: """
            The approval by \(people.english) for \(channels.english) covered another text. \
            Ask for approval again, or put back the approved text.
            """)
        : Sentence(
          fr: """
            L’approbation donnée par \(people.french) pour \(channels.french) ne couvre plus ce qui sortirait : le \
            texte, une image ou le compte a changé depuis. Demandez de nouveau l’approbation.
            """,
          en: """
            The approval by \(people.english) for \(channels.english) no longer covers what would go out: the text, \
            a picture or the account has changed since. Ask for approval again.
            """)
      return Finding(
        rule: "approved-then-edited", level: stale.level, in: first.document, at: pointer, message)
    }
  }
}
