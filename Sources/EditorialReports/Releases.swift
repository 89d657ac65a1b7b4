import Documents
import EditorialHistory
import EditorialReview
import JSONTree
import Wording

/// A post that is to go out on a channel at a time.
struct Release {
  var moment: Moment
  var document: Document
  var channel: JSONString
  var state: EditorialState
}

extension Report {
  /// What has a time and is not out, by time.
  var releases: [Release] {
    let all = source.documents.views(Post.self).flatMap { document, post in
      states.standings(of: document).compactMap { standing -> Release? in
        let variant = post.variants.first { $0.channel == standing.channel }
        guard standing.state.isAhead, let stamp = variant?.schedule?.at,
          let (instant, offset) = Instant.parse(rfc3339: stamp)
        else { return nil }
        return Release(
          moment: Moment(instant: instant, offset: offset), document: document, channel: standing.channel,
          state: standing.state)
      }
    }
    return all.sorted {
      ($0.moment.instant.secondsSince1970, $0.document.path, $0.channel)
        < ($1.moment.instant.secondsSince1970, $1.document.path, $1.channel)
    }
  }
}
