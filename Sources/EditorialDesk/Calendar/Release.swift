public import Documents
public import EditorialReview
public import JSONTree
public import Wording

/// A post on a channel at a time: when it is to go out, or when it went out.
public struct Release: Sendable {
  public var document: Document
  public var channel: JSONString
  public var state: EditorialState
  /// By the clocks of the place it was chosen for.
  public var at: Moment
  /// The name of that place’s zone; `nil` of what went out without having been planned.
  public var zone: String?
  /// Whether it went out, whatever became of it since.
  public var wentOut: Bool
  /// Where it can be read, once it is out.
  public var url: String?

  /// Closer than this is too close, on one channel: the second post covers the first.
  public static let secondsTooClose = 10 * 60
}

extension EditorialStates {
  /// What has a time and is not out, by time.
  public var plannedReleases: [Release] { releases.filter(\.state.isAhead) }

  /// What has a time or went out, by time; cancelled and archived posts, too.
  ///
  /// The time of what went out is that of its last publication, whatever was planned.
  public var releases: [Release] { releases(of: standingPosts) }

  /// Every post with where it stands on each of its channels.
  var standingPosts: [StandingPost] {
    documents.views(Post.self).map { document, post in
      StandingPost(document: document, post: post, standings: standings(of: document))
    }
  }

  func releases(of posts: [StandingPost]) -> [Release] {
    let all = posts.flatMap { entry in
      entry.standings.compactMap { standing -> Release? in
        let document = entry.document
        let schedule = entry.post.variants.first { $0.channel == standing.channel }?.schedule
        let outside = textsOutside(of: document, on: standing.channel).last
        // Of what was taken back it is told when it had gone out.
        let out =
          outside?.first
          ?? publications(of: document, on: standing.channel).last { $0.publication.nature == .publication }?
          .publication
        guard let at = (out?.at ?? schedule?.at).flatMap(Moment.init(rfc3339:)) else { return nil }
        return Release(
          document: document, channel: standing.channel, state: standing.state, at: at, zone: schedule?.zone,
          wentOut: out != nil, url: outside?.urls.last ?? out?.url)
      }
    }
    return all.sorted(by: Release.comesBefore)
  }
}

/// A post, and where it stands.
struct StandingPost {
  var document: Document
  var post: Post
  var standings: [ChannelStanding]
}

extension Release {
  /// Whether its time came some days ago at most, nobody gave it up, and nobody has said that it went out: who never records what
  /// went out is not told of years.
  func isLate(at now: Instant) -> Bool {
    let seconds = now.secondsSince1970 - at.instant.secondsSince1970
    return !wentOut && state.isAhead && (0...Self.secondsToldLate).contains(seconds)
  }

  private static let secondsToldLate = 28 * 86_400

  /// Whether people see something at its time, or saw it: not what was cancelled, or laid aside before it went out.
  public var takesItsPlace: Bool { wentOut || state != .cancelled && state != .archived }

  /// By time; then by path and channel, so that two at one time have one order everywhere.
  static func comesBefore(_ left: Release, _ right: Release) -> Bool {
    (left.at.instant.secondsSince1970, left.document.path, left.channel)
      < (right.at.instant.secondsSince1970, right.document.path, right.channel)
  }
}
