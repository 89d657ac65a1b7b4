import Documents
import JSONTree
import Wording

extension Contradiction {
  /// 3. A post was approved, and its picture or the alternative text changed.
  static let approvedThenPictureChanged = Contradiction(rule: "approved-then-picture-changed") { situation in
    StaleApproval.all(of: .assets, in: situation).map { stale in
      let people = situation.names(of: stale.approvedBy)
      let channels = situation.channels(stale.releases)
      return Finding(
        rule: "approved-then-picture-changed", level: stale.level, in: stale.releases[0].document,
        at: "/assets",
        Sentence(
          fr: """
            L’approbation donnée par \(people.french) pour \(channels.french) couvrait une autre image ou un autre texte \
            de remplacement. Demandez de nouveau l’approbation.
            """,
          en: """
            The approval by \(people.english) for \(channels.english) covered another picture or another \
            alternative text. Ask for approval again.
            """))
    }
  }
}
