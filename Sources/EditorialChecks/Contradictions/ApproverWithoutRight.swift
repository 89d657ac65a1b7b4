import Documents
import EditorialReview
import JSONTree
import Wording

extension Contradiction {
  /// 20. Somebody approved these very words who has no longer the right, or the role that a level asks for, or the key they
  /// signed with, or is no longer of the team: the yes counts for nothing.
  static let approverWithoutRight = Contradiction(rule: "approver-without-right") { situation in
    situation.releasesAhead { $0.reviews.map { !$0.isApproved } ?? false }.compactMap { releases in
      var lost: [Situation.Release] = []
      var ignored: [ReviewStatus.Decision] = []
      for release in releases {
        let here = (release.reviews?.decisions ?? []).filter { decision in
          decision.isCurrent && decision.verdict == .approve
            && (lostRight.contains(decision.objection) || lostKey.contains(decision.objection))
        }
        guard !here.isEmpty else { continue }
        lost.append(release)
        ignored += here
      }
      guard let first = lost.first else { return nil }
      let people = ignored.map(\.voice)
      let names = situation.names(of: people)
      let channels = situation.channels(lost)
      let isRequired = situation.states.policy.preset >= .required
      let level: Finding.Level = isRequired ? .error : .warning
      if ignored.allSatisfy({ lostKey.contains($0.objection) }) {
        return Finding(
          rule: "approver-without-right", level: level, in: first.document, at: first.pointer(),
          Sentence(
            fr: """
              L’approbation donnée par \(names.french) pour \(channels.french) ne compte pas : il y faut une clé \
              pour la signer, qui manque ou a été révoquée depuis. Demandez-la de nouveau.
              """,
            en: """
              The approval by \(names.english) for \(channels.english) does not count: it takes a key to sign it with, \
              which is missing or was revoked since. Ask for it again.
              """))
      }
      return Finding(
        rule: "approver-without-right", level: level, in: first.document, at: first.pointer(),
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

private let lostRight: Set<ReviewStatus.Disqualification?> = [.noRight, .noRole, .notOfTheTeam]
private let lostKey: Set<ReviewStatus.Disqualification?> = [.revokedKey, .noKey]
