public import Documents
public import EditorialReview
public import JSONTree
public import Wording

/// A post that is to go out on a channel at a time.
public struct Release: Sendable {
  public var document: Document
  public var channel: JSONString
  public var state: EditorialState
  /// When, by the clocks of the place it was chosen for.
  public var at: Moment
}

extension EditorialStates {
  /// What has a time and is not out, by time.
  public var plannedReleases: [Release] {
    let all = documents.views(Post.self).flatMap { document, post in
      standings(of: document).compactMap { standing -> Release? in
        let variant = post.variants.first { $0.channel == standing.channel }
        guard standing.state.isAhead, let at = variant?.schedule.flatMap({ Moment(rfc3339: $0.at) }) else {
          return nil
        }
        return Release(document: document, channel: standing.channel, state: standing.state, at: at)
      }
    }
    return all.sorted(by: Release.comesBefore)
  }
}

extension Release {
  /// By time; then by path and channel, so that two at one time have one order everywhere.
  static func comesBefore(_ left: Release, _ right: Release) -> Bool {
    (left.at.instant.secondsSince1970, left.document.path, left.channel)
      < (right.at.instant.secondsSince1970, right.document.path, right.channel)
  }
}
