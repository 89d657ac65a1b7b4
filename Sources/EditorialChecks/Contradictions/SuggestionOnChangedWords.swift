import Documents
import EditorialReview
import JSONTree
import Wording

extension Contradiction {
  /// 24. A suggestion is about words that have changed: it can't be taken as it is, and what it wanted is not there.
  static let suggestionOnChangedWords = Contradiction(rule: "suggestion-on-changed-words") { situation in
    situation.passages().compactMap { passage, answers in
      guard passage.view.nature == .suggestion, passage.holdsQuote == false,
        !answers.contains(where: { $0.nature == .resolution || $0.nature == .acceptance }),
        !(passage.view.replacement.map { passage.place.text?.holds($0) ?? false } ?? false)
      else { return nil }
      let author = situation.name(of: passage.comment.value["createdBy"]?.string)
      let words = Sentence.quoting(passage.view.quote ?? "")
      let title = situation.title(passage.subject)
      return Finding(
        rule: "suggestion-on-changed-words", level: .suggestion, in: passage.comment, at: "/anchor",
        Sentence(
          fr: """
            \(author) proposait de remplacer \(words.french) dans \(title.french); ces mots ont changé. \
            Proposez-le de nouveau sur le texte d’aujourd’hui, ou fermez la proposition.
            """,
          en: """
            \(author) suggested a change to \(words.english) in \(title.english); those words have changed. \
            Suggest it again on the text of today, or close the suggestion.
            """))
    }
  }
}
