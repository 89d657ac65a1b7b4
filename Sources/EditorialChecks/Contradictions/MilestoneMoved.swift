import Documents
import EditorialReview
import JSONTree
import Wording

extension Contradiction {
  /// 18. A milestone of a campaign moved, and a post that hangs on it has a fixed time that did not.
  ///
  /// Needs the variant's `anchor`.
  static let milestoneMoved = Contradiction(rule: "milestone-moved") { situation in
    situation.releases.compactMap { release in
      guard release.state.isAhead, let time = release.time, let anchor = release.variant.anchor,
        let campaign = release.post.campaign.flatMap({ situation.documents[$0] }),
        let milestone = Campaign(campaign.value).milestones.first(where: { $0.id == anchor.milestone }),
        let at = milestone.at.flatMap({ Instant(rfc3339: $0) })
      else { return nil }
      guard anchor.due(after: at) != time else { return nil }
      let name = Sentence.quoting(milestone.title ?? anchor.milestone.text)
      let (planned, moved) = (situation.moment(release.variant.schedule?.at), situation.moment(milestone.at))
      let title = situation.title(campaign)
      return Finding(
        rule: "milestone-moved", level: .error, in: release.document, at: release.pointer("schedule"),
        Sentence(
          fr: """
            Sur \(release.channel), la sortie est prévue \(planned.french), mais l’étape \(name.french) de \
            \(title.french) a lieu \(moved.french). Choisissez l’heure qui tient.
            """,
          en: """
            On \(release.channel), the release is set for \(planned.english), but the milestone \(name.english) of \
            \(title.english) is on \(moved.english). Choose the time that holds.
            """))
    }
  }
}
