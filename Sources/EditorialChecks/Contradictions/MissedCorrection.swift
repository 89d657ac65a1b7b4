import Documents
import EditorialReview
import JSONTree
import Wording

extension Contradiction {
  /// 9. The shared text was corrected, and a variant took its own text from the one before: it does not get the
  /// correction.
  ///
  /// Needs `divergedFrom`, the hash of the shared text that the variant left.
  static let missedCorrection = Contradiction(rule: "missed-correction") { situation in
    situation.releasesAhead { release in
      guard release.variant.diverges, let origin = release.variant.divergedFrom else { return false }
      return origin != ContentHash(ofText: release.post.body)
    }.map { releases in
      let channels = situation.channels(releases)
      return Finding(
        rule: "missed-correction", level: .warning, in: releases[0].document, at: releases[0].pointer("body"),
        Sentence(
          fr: """
            Le texte commun a changé depuis qu’un texte à part a été écrit pour \(channels.french) : le \
            changement n’y est pas. Reprenez-le, ou confirmez que le texte est bon tel quel.
            """,
          en: """
            The shared text has changed since \(channels.english) got a text of its own: the change is not in it. \
            Take it over, or confirm that the text is good as it is.
            """))
    }
  }
}
