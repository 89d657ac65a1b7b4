public import Documents
public import JSONTree
public import Wording

extension EditorialStates {
  /// The activations that hold a post back on a channel right now, by path.
  ///
  /// A hold ends when somebody closes the crisis, never by itself: `endsAt` is a reminder.
  public func holds(on post: Post, channel: JSONString) -> [Document] {
    activations.filter { !$0.activation.isClosed && $0.activation.holds(post, on: channel) }.map(\.document)
  }

  /// The activations, over by now, that held a post back on a channel when its time came.
  ///
  /// It does not go out when the crisis ends: somebody has to choose a new time.
  public func holdsMissed(on post: Post, channel: JSONString) -> [Document] {
    guard let time = post.releaseTime(on: channel), time <= now else { return [] }
    return activations.filter { entry in
      guard entry.activation.isClosed, entry.activation.holds(post, on: channel) else { return false }
      // Where nobody noted when it ended, it may have ended after.
      let end = entry.activation.closedAt.flatMap { Instant(rfc3339: $0) }
      let start = entry.activation.declaredAt.flatMap { Instant(rfc3339: $0) }
      return (start.map { $0 <= time } ?? true) && (end.map { time <= $0 } ?? true)
    }.map(\.document)
  }
}

extension Post {
  /// When it is to go out on a channel; `nil` where nobody chose a time that can be read.
  public func releaseTime(on channel: JSONString) -> Instant? {
    variants.first { $0.channel == channel }?.schedule.flatMap { Instant(rfc3339: $0.at) }
  }
}
