import Documents
import EditorialReview
import JSONTree
import Wording

extension Contradiction {
  /// 5. A crisis ended, and the time of a post it held has passed: it expired, and nothing releases it by itself.
  ///
  /// A warning: nothing wrong can go out, but something right will not.
  static let expiredInCrisis = Contradiction(rule: "expired-in-crisis") { situation in
    situation.releasesAhead { release in
      release.state == .expired
        && !situation.states.holdsMissed(on: release.post, channel: release.channel).isEmpty
    }.map { releases in
      let first = releases[0]
      let crises = situation.titles(situation.states.holdsMissed(on: first.post, channel: first.channel))
      let channels = situation.channels(releases)
      return Finding(
        rule: "expired-in-crisis", level: .warning, in: first.document, at: first.pointer("schedule"),
        Sentence(
          fr: """
            Son heure est passée sur \(channels.french) pendant la crise \(crises.french), close depuis. \
            Choisissez une nouvelle heure, ou annulez la publication.
            """,
          en: """
            Its time passed on \(channels.english) during the crisis \(crises.english), closed since. \
            Choose a new time, or cancel the post.
            """))
    }
  }
}
