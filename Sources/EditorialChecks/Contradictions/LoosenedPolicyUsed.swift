import Documents
import EditorialReview
import JSONTree
import Wording

extension Contradiction {
  /// 21. The approval policy was loosened, and a post uses it before anybody said yes to that under the old one.
  ///
  /// A folder without its history needs `workflow.previous` in `ligne.json` to know of it.
  static let loosenedPolicyUsed = Contradiction(rule: "loosened-policy-used") { situation in
    let changes = situation.states.authority.waiting.filter { $0.subject == .workflow }
    guard !changes.isEmpty, let settings = situation.documents.single(WorkspaceSettings.self),
      case let declared = ApprovalPolicy(settings), declared != situation.states.policy
    else { return [] }
    let loosened = situation.states.under(declared)
    return situation.releasesAhead { release in
      release.time != nil && release.state != .held && release.state != .scheduled
        && loosened.state(of: release.document, on: release.channel) == .scheduled
    }.map { releases in
      let channels = situation.channels(releases)
      let people = changes.flatMap(\.by)
      let person = people.isEmpty ? situation.someone : situation.names(of: people)
      return Finding(
        rule: "loosened-policy-used", level: .error, in: releases[0].document,
        at: releases[0].pointer("schedule"),
        Sentence(
          fr: """
            Sans approbation, mais programmée sur \(channels.french) : \(person.french) a assoupli les approbations, et \
            personne d’autre n’a encore dit oui à ce changement. D’ici là, l’ancienne règle tient.
            """,
          en: """
            Not approved, but scheduled on \(channels.english): \(person.english) loosened how approval works, and nobody \
            else has said yes to that change yet. Until then the old rule holds.
            """))
    }
  }
}
