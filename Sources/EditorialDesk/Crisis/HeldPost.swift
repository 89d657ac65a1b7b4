public import Documents
public import EditorialReview
public import JSONTree
public import Wording

/// A post that a crisis keeps from going out on a channel.
public struct HeldPost: Sendable {
  public var document: Document
  public var channel: JSONString
  /// When it was to go out; `nil` for one that is approved and has no time.
  public var at: Moment?

  /// By time, those without one last; then by path and channel.
  static func comesBefore(_ left: HeldPost, _ right: HeldPost) -> Bool {
    let (leftTime, rightTime) = (left.time, right.time)
    return (leftTime, left.document.path, left.channel) < (rightTime, right.document.path, right.channel)
  }

  private var time: Int { at?.instant.secondsSince1970 ?? .max }
}

extension EditorialStates {
  /// What a crisis keeps from going out now, by time.
  public func heldPosts(by activation: JSONString) -> [HeldPost] {
    documents.views(Post.self).flatMap { document, post in
      standings(of: document).compactMap { standing -> HeldPost? in
        guard standing.state == .held,
          holds(on: post, channel: standing.channel).contains(where: { $0.id == activation })
        else { return nil }
        let variant = post.variants.first { $0.channel == standing.channel }
        return HeldPost(
          document: document, channel: standing.channel,
          at: variant?.schedule.flatMap { Moment(rfc3339: $0.at) })
      }
    }.sorted(by: HeldPost.comesBefore)
  }
}

/// What becomes of a post when the crisis that held it ends. Nothing of it goes out by itself.
public struct LetGoPost: Sendable {
  public var post: HeldPost
  /// Where it stands now: `expired` where its time passed meanwhile, `held` where another crisis goes on.
  public var state: EditorialState

  /// Whether somebody has to choose a new time for it, or give it up.
  public var needsDecision: Bool { state == .expired }
}

extension EditorialStates {
  /// What became of posts that a crisis held, in these states: those after its end.
  public func letGo(_ held: [HeldPost]) -> [LetGoPost] {
    held.map { post in LetGoPost(post: post, state: state(of: post.document, on: post.channel)) }
  }
}
