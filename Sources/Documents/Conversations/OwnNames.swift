public import JSONTree

/// Under which names the brand itself writes: its own, and that of its account on the channel.
public struct OwnNames: Sendable {
  private let brand: JSONString?
  private let handles: [JSONString: JSONString]

  public init(of documents: DocumentCollection) {
    brand = documents.single(WorkspaceSettings.self)?.brand.map { JSONString($0) }
    let channels = documents.channels.compactMap { channel in
      channel.id.flatMap { id in channel.handle.map { (id, JSONString($0)) } }
    }
    // An id that stands there twice is somebody’s mistake; the first stands for both, as everywhere.
    handles = Dictionary(channels) { first, _ in first }
  }

  /// Whether a message on a channel is one of ours.
  public func isOwn(_ message: Conversation.Message, on channel: JSONString?) -> Bool {
    guard let author = message.author.map({ JSONString($0) }) else { return false }
    return author == brand || channel.flatMap { handles[$0] } == author
  }
}
