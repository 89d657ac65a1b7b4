import Documents
import JSONTree
import Wording

extension Contradiction {
  /// 25. A comment was resolved, and the passage it was about has been edited since: what was agreed may be gone.
  ///
  /// The resolution's own anchor says how the passage read then.
  static let resolvedThenEdited = Contradiction(rule: "resolved-then-edited") { situation in
    situation.passages().compactMap { passage, _ in
      guard passage.view.nature == .resolution, passage.holdsQuote == false else { return nil }
      let author = situation.name(of: passage.comment.value["createdBy"]?.string)
      let title = situation.title(passage.subject)
      return Finding(
        rule: "resolved-then-edited", level: .suggestion, in: passage.comment, at: "/anchor",
        Sentence(
          fr: """
            \(author) a réglé ce commentaire, et le passage de \(title.french) a changé depuis. \
            Vérifiez que ce qui était convenu y est encore.
            """,
          en: """
            \(author) resolved this comment, and the passage of \(title.english) has changed since. \
            Check that what was agreed is still there.
            """))
    }
  }
}
