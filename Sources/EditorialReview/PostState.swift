public import Documents
public import JSONTree
import Wording

/// Where a post stands on one channel, and why.
public struct ChannelStanding: Sendable {
  public let channel: JSONString
  public let state: EditorialState
  /// What people decided about it; `nil` where nobody did, or where it is out, cancelled or archived.
  public let reviews: ReviewStatus?
}

extension EditorialStates {
  /// Where a post stands on each of its channels, sorted by channel.
  ///
  /// The first that applies. Archived is a decision about the whole file, and stands above all. What went out went out,
  /// so withdrawn and published come before cancelled. A hold covers what is on its way: a post with a time, or with
  /// every yes; drafts stay drafts, so that a crisis hides nobody's work.
  public func standings(of document: Document) -> [ChannelStanding] {
    let post = Post(document.value)
    var hashes = PostHashes(of: post, in: documents)
    return post.variants.map { standing(of: document, post, on: $0.channel, &hashes) }
  }

  /// Where a post stands on a channel.
  public func state(of document: Document, on channel: JSONString) -> EditorialState {
    let post = Post(document.value)
    var hashes = PostHashes(of: post, in: documents)
    return standing(of: document, post, on: channel, &hashes).state
  }

  private func standing(
    of document: Document, _ post: Post, on channel: JSONString, _ hashes: inout PostHashes
  ) -> ChannelStanding {
    func stands(_ state: EditorialState, _ reviews: ReviewStatus? = nil) -> ChannelStanding {
      ChannelStanding(channel: channel, state: state, reviews: reviews)
    }
    if post.state == "archived" { return stands(.archived) }
    switch release(of: document, on: channel, current: { hashes.hash(on: channel) }) {
    case .withdrawn: return stands(.withdrawn)
    case .asItIs: return stands(.published)
    case .otherwise: return stands(.publishedDiverged)
    case nil: break
    }
    if post.state == "cancelled" { return stands(.cancelled) }
    let status = reviewStatus(of: document, on: channel, &hashes)
    return stands(
      aheadState(of: document, post, on: channel, status), hasReviews(document) ? status : nil)
  }

  /// The state of what may still go out.
  private func aheadState(
    of document: Document, _ post: Post, on channel: JSONString, _ status: ReviewStatus
  ) -> EditorialState {
    let time = post.releaseTime(on: channel)
    let isReady = status.isReady && post.state != "idea"
    if time != nil || status.isApproved, !holds(on: post, channel: channel).isEmpty { return .held }
    if conflicted.contains(document.id) { return .conflicted }
    if post.expiresAt.flatMap({ Instant(rfc3339: $0) }).map({ $0 <= now }) ?? false { return .expired }
    if let time, time <= now, !isReady || !holdsMissed(on: post, channel: channel).isEmpty { return .expired }
    if time != nil, isReady { return .scheduled }
    return work(status, stored: post.state)
  }

  /// Where a post stands as a whole: where the channel is that most needs a person.
  ///
  /// People read a list to find what to do. So a post counts as published once it is published everywhere, and as
  /// held, stale or expired as soon as it is so anywhere. Something to be settled comes before everything else.
  public func state(ofPost document: Document) -> EditorialState {
    if conflicted.contains(document.id) { return .conflicted }
    return state(ofPost: document, on: standings(of: document))
  }

  /// The same, of standings that were computed already.
  public func state(ofPost document: Document, on standings: [ChannelStanding]) -> EditorialState {
    if conflicted.contains(document.id) { return .conflicted }
    let states = Set(standings.map(\.state))
    if let first = EditorialState.byNeed.first(where: states.contains) { return first }
    // For no channel yet.
    switch Post(document.value).state {
    case "archived": return .archived
    case "cancelled": return .cancelled
    case let stored: return work(reviewStatus(of: document), stored: stored)
    }
  }

  /// What became of a text outside.
  enum Release {
    case withdrawn
    /// The last text that went out is the one that stands here.
    case asItIs
    case otherwise
  }

  func release(of document: Document, on channel: JSONString, current: () -> ContentHash) -> Release? {
    if publications(of: document, on: channel).isEmpty { return nil }
    guard let last = textsOutside(of: document, on: channel).last else { return .withdrawn }
    return last.last.contentHash == current() ? .asItIs : .otherwise
  }

  /// How far the work on a text is that has no time and did not go out.
  func work(_ status: ReviewStatus, stored: String) -> EditorialState {
    if status.isApproved { return .approved }
    if status.isStale { return .stale }
    if !status.objections.isEmpty { return .changesRequested }
    if !status.approvals.isEmpty { return .inReview }
    // What was approved is not forgotten because of who did: somebody has to say it again.
    if policy.preset >= .required, !status.lostApprovals.isEmpty { return .inReview }
    switch stored {
    case "in-review": return .inReview
    case "idea": return .idea
    default: return .draft
    }
  }
}
