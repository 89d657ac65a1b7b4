import Documents
import EditorialReview
import JSONTree
import Wording

extension Contradiction {
  /// 4. A post has a time or every yes, and a crisis was declared: it does not go out.
  static let heldByCrisis = Contradiction(rule: "held-by-crisis") { situation in
    situation.releasesAhead { $0.state == .held }.map { releases in
      let first = releases[0]
      let crises = situation.states.holds(on: first.post, channel: first.channel)
      let people = situation.names(
        of: crises.compactMap { crisis in
          CrisisActivation(crisis.value).declaredBy ?? crisis.value["createdBy"]?.string
        })
      let channels = situation.channels(releases)
      let titles = situation.titles(crises)
      return Finding(
        rule: "held-by-crisis", level: .error, in: first.document,
        at: first.time == nil ? first.pointer() : first.pointer("schedule"),
        Sentence(
          fr: """
            Retenue sur \(channels.french) par la crise \(titles.french), déclarée par \(people.french). \
            Elle ne sort pas d’elle-même après la crise : à revoir avant de la reprogrammer.
            """,
          en: """
            Held on \(channels.english) by the crisis \(titles.english), declared by \(people.english). \
            It does not go out by itself when the crisis ends: read it again before giving it a new time.
            """))
    }
  }
}
