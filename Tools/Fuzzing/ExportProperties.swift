import Documents
import JSONTree
import ObjectModel
import PlatformExports

/// An export of any bytes is read in one way, what can't be read is named, and what it says has documents that the
/// workspace's schemas accept and that a second import leaves alone.
///
/// - Parameter input: A byte that chooses the kind of export, then the file.
func brokenExport(_ input: [UInt8]) -> String? {
  guard let choice = input.first else { return nil }
  let kind = ExportKind.allCases[Int(choice) % ExportKind.allCases.count]
  let files = kind.fileNames.map { ExportFile(path: $0, bytes: Array(input.dropFirst())) }
  func read(_ files: [ExportFile]) -> PlatformExport {
    var reader = ExportReader(kind, of: OwnAccount(channel: "nous", handle: "@nous@social.example"))
    for file in files { reader.take(file) }
    return reader.finished()
  }
  let export = read(files)
  let turned = read(files.reversed())
  if export.conversations != turned.conversations || export.posts != turned.posts {
    return "the order of the files changes what they say"
  }
  let problem = export.conversations.lazy.flatMap { $0.parts() }.compactMap(brokenConversation).first
  return problem ?? export.posts.lazy.compactMap(brokenPost).first
}

private func brokenConversation(_ conversation: PlatformConversation) -> String? {
  guard let kind = SchemaSet.builtIn.kind(named: Conversation.kind) else { return "no kind of conversations" }
  if conversation.messages.isEmpty { return "a conversation without a message" }
  // What the schema refuses is named by the import and not written.
  guard let (path, value) = try? conversation.document(of: kind, on: "nous") else { return nil }
  if case .failure = checkDocument(path, value.canonicalForm, schemas: .builtIn) {
    return "a conversation that its schema refuses"
  }
  return conversation.added(to: value) == value ? nil : "a second import changes a conversation"
}

private func brokenPost(_ published: PlatformPost) -> String? {
  guard let post = SchemaSet.builtIn.kind(named: Post.kind),
    let publication = SchemaSet.builtIn.kind(named: Publication.kind)
  else { return "no kind of posts" }
  let channels = DocumentCollection([])
  guard
    let made = try? ImportedPost(published, on: "nous", kinds: (post, publication), channels: channels)
  else { return nil }
  for (path, value) in [made.post] + made.records {
    if case .failure = checkDocument(path, value.canonicalForm, schemas: .builtIn) {
      return "\(path) is refused by its schema"
    }
  }
  return nil
}

extension ExportKind {
  /// Files of a folder that say something, by their names.
  fileprivate var fileNames: [String] {
    switch self {
    case .mastodon: ["outbox.json", "actor.json"]
    case .x: ["data/tweets.js", "data/direct-messages.js"]
    case .meta: ["posts/your_posts_1.json", "messages/inbox/a/message_1.json", "comments/comments.json"]
    case .bluesky: ["app.bsky.feed.post.json"]
    case .csv: ["messages.csv"]
    }
  }
}
