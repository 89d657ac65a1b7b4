public import JSONTree
public import Wording

/// A kind of export, by who hands it out.
public enum ExportKind: String, CaseIterable, Sendable {
  case mastodon, x, meta, bluesky, csv
}

/// A file of an export.
public struct ExportFile: Sendable {
  /// Where it lies in the export, parts joined by `/`.
  public var path: String
  public var bytes: [UInt8]

  public init(path: String, bytes: [UInt8]) { (self.path, self.bytes) = (path, bytes) }

  /// The last part of its path, in lower case.
  var name: String { path.split(separator: "/").last.map { $0.lowercased() } ?? "" }
}

/// The account an export belongs to, as the workspace knows it.
public struct OwnAccount: Hashable, Sendable {
  /// The id of the channel.
  public var channel: String
  /// How the channel is called there, as people write it: `@ravaude@social.example`.
  public var handle: String?

  public init(channel: String, handle: String?) { (self.channel, self.handle) = (channel, handle) }
}

/// What an export says, whoever handed it out.
public struct PlatformExport: Sendable {
  /// Sorted by the bytes of what the platform calls them.
  public var conversations: [PlatformConversation] = []
  /// What we published, sorted the same way.
  public var posts: [PlatformPost] = []
  /// What could not be read, by file and place. It never keeps the rest from being read.
  public var skipped: [SkippedItem] = []
  /// What was read in another way than it claims to be.
  public var remarks: [ExportRemark] = []
}

/// What people said to each other in one place.
public struct PlatformConversation: Hashable, Sendable {
  public enum Nature: String, CaseIterable, Sendable { case comment, mention, message, review }

  /// What the platform calls it.
  public var externalId: String
  public var nature: Nature
  public var permalink: String?
  /// By time; at the same second by the bytes of their ids.
  public var messages: [PlatformMessage]
}

/// What somebody said once.
public struct PlatformMessage: Hashable, Sendable {
  public var externalId: String
  /// The public name; of ours, the handle of the channel.
  public var author: String?
  public var isOurs: Bool
  public var at: Instant
  public var text: String
  public var inReplyTo: String?
  public var permalink: String?
  public var editedAt: Instant?
  public var deletedAt: Instant?
  /// What else the export says of it, as it says it.
  public var source: JSONObject
}

/// What we published once.
public struct PlatformPost: Hashable, Sendable {
  public var externalId: String
  public var at: Instant
  public var text: String
  public var url: String?
  /// Whether it passes on what somebody else wrote.
  public var isRelay: Bool
  /// A tag of BCP 47, where the export has one that a post may have.
  public var language: String?
  public var deletedAt: Instant?
  /// What else the export says of it, as it says it.
  public var source: JSONObject
}
