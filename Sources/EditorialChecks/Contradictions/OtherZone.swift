import Documents
import EditorialReview
import JSONTree
import Wording

extension Contradiction {
  /// 30. The brand's time zone changed, and a post was given a wall time in the one before: the hour that was meant and
  /// the moment it stands for disagree.
  ///
  /// A channel may have an audience in another zone: its `timeZone` says so. A warning: the moment is still exact.
  static let otherZone = Contradiction(rule: "other-zone") { situation in
    guard let zone = situation.documents.single(WorkspaceSettings.self)?.timeZone else { return [] }
    let own = situation.documents.channels.reduce(into: [JSONString: JSONString]()) { zones, channel in
      if let id = channel.id { zones[id] = channel.value["timeZone"]?.string }
    }
    return situation.releases.compactMap { release in
      guard release.state.isAhead, release.state != .expired, let schedule = release.variant.schedule,
        JSONString(schedule.zone) != JSONString(zone), JSONString(schedule.zone) != own[release.channel]
      else { return nil }
      let moment = situation.moment(schedule.at)
      return Finding(
        rule: "other-zone", level: .warning, in: release.document, at: release.pointer("schedule"),
        Sentence(
          fr: """
            Sur \(release.channel), l’heure (\(moment.french)) suit le fuseau \(schedule.zone), et la marque \
            suit le fuseau \(zone). Choisissez l’heure de nouveau.
            """,
          en: """
            On \(release.channel), the time (\(moment.english)) is that of \(schedule.zone), and the brand keeps \
            that of \(zone). Choose the time again.
            """))
    }
  }
}
