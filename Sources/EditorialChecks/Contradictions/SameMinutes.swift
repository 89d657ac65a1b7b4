import Documents
import EditorialDesk
import EditorialReview
import JSONTree
import Wording

extension Contradiction {
  /// 16. Two posts on one channel in the same minutes: the second covers the first.
  static let sameMinutes = Contradiction(rule: "same-minutes") { situation in
    let timed = situation.releases.compactMap { release in
      release.state.isAhead && release.state != .expired ? release.time.map { (release, $0) } : nil
    }.sorted { left, right in
      (left.0.channel, left.1.secondsSince1970, left.0.document.id)
        < (right.0.channel, right.1.secondsSince1970, right.0.document.id)
    }
    return zip(timed, timed.dropFirst()).compactMap { earlier, later in
      guard earlier.0.channel == later.0.channel, earlier.0.document.path != later.0.document.path,
        later.1.secondsSince1970 - earlier.1.secondsSince1970 < Release.secondsTooClose
      else { return nil }
      let title = situation.title(earlier.0.document)
      let moment = situation.moment(earlier.0.variant.schedule?.at)
      let channel = later.0.channel
      return Finding(
        rule: "same-minutes", level: .warning, in: later.0.document, at: later.0.pointer("schedule"),
        Sentence(
          fr:
            "Sur \(channel), \(title.french) sort dans les mêmes minutes (\(moment.french)). Déplacez l’une des deux.",
          en:
            "On \(channel), \(title.english) goes out in the same minutes (\(moment.english)). Move one of them."
        ))
    }
  }
}
