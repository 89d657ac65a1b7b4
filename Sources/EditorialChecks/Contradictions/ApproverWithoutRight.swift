import Documents
import EditorialReview
import JSONTree
import Wording

extension Contradiction {
  /// 20. Somebody approved these very words who has no longer the right, or the role that a level asks for, or is no longer of
  /// the team: the yes counts for nothing.
  static let approverWithoutRight = Contradiction(rule: "approver-without-right") { situation in
    situation.releasesAhead { $0.reviews.map { !$0.isApproved } ?? false }.compactMap { releases in
      var lost: [Situation.Release] = []
      var people: [JSONString] = []
      for release in releases {
        let ignored = (release.reviews?.decisions ?? []).filter { decision in
          decision.isCurrent && decision.verdict == .approve
            && [.noRight, .noRole, .notOfTheTeam].contains(decision.objection)
        }
        guard !ignored.isEmpty else { continue }
        lost.append(release)
        people += ignored.map(\.voice)
      }
      guard let first = lost.first else { return nil }
      let names = situation.names(of: people)
      let channels = situation.channels(lost)
      let isRequired = situation.states.policy.preset >= .required
      return Finding(
        rule: "approver-without-right", level: isRequired ? .error : .warning, in: first.document,
        at: first.pointer(),
        Sentence(
          fr: """
            L’approbation donnée par \(names.french) pour \(channels.french) ne compte pas : il y faut le droit \
            d’approuver, et le rôle qu’un niveau demande, qui manque ou a été retiré. Demandez-la à quelqu’un qui l’a.
            """,
          en: """
            The approval by \(names.english) for \(channels.english) does not count: it takes the right \
            to approve, and the role that a level asks for, which is missing or was taken away. Ask somebody who has it.
            """))
    }
  }
}
