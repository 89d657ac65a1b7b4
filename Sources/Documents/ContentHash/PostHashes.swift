public import JSONTree

/// The names of what a post says on its channels, each computed when it is first asked for and then remembered.
public struct PostHashes: Sendable {
  private let post: Post
  private let documents: DocumentCollection
  private var byChannel: [JSONString: ContentHash] = [:]
  private var byScope: [[JSONString]: ContentHash] = [:]

  public init(of post: Post, in documents: DocumentCollection) {
    (self.post, self.documents) = (post, documents)
  }

  /// The name of what the public will see on a channel; see ``DocumentCollection/contentHash(of:on:)-(_,JSONString)``.
  public mutating func hash(on channel: JSONString) -> ContentHash {
    if let known = byChannel[channel] { return known }
    let hash = documents.contentHash(of: post, on: channel)
    byChannel[channel] = hash
    return hash
  }

  /// The name of what it says on several channels; none means all it is for.
  public mutating func hash(on channels: [JSONString]) -> ContentHash {
    if let known = byScope[channels] { return known }
    let (post, documents) = (post, documents)
    let whole = ContentHash(of: documents.content(of: post, on: channels) { hash(on: $0) })
    byScope[channels] = whole
    return whole
  }
}
