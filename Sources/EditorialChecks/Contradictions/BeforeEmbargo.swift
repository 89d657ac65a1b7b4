import Documents
import EditorialReview
import JSONTree
import Wording

extension Contradiction {
  /// 29. A post is to go out before its embargo ends.
  static let beforeEmbargo = Contradiction(rule: "before-embargo") { situation in
    situation.releasesAhead { release in
      guard let time = release.time, let end = release.post.embargoUntil.flatMap({ Instant(rfc3339: $0) })
      else { return false }
      return time < end
    }.map { releases in
      let channels = situation.channels(releases)
      let end = situation.moment(releases[0].post.embargoUntil)
      return Finding(
        rule: "before-embargo", level: .error, in: releases[0].document, at: releases[0].pointer("schedule"),
        Sentence(
          fr:
            "Sortie prévue avant la fin de l’embargo (\(end.french)) sur \(channels.french). Déplacez l’heure.",
          en: "To go out before the embargo ends (\(end.english)) on \(channels.english). Move the time."))
    }
  }
}
