public import Documents
public import JSONTree
public import ObjectModel
import Wording

/// The documents of something we published: the post, and the records that it went out and was taken back.
public struct ImportedPost: Sendable {
  public var post: (path: WorkspacePath, value: JSONValue)
  public var records: [(path: WorkspacePath, value: JSONValue)]

  /// Makes them.
  ///
  /// The post is archived: it is found by a search and compared with new texts, and nobody is asked to mend it. All of it
  /// depends on the export, the schemas and the channel's own handle only, so whoever imports the same export writes the same bytes.
  ///
  /// - Parameters:
  ///   - schemas: Those of the workspace.
  ///   - channels: A collection with the workspace's channels: what the public saw is named by the account, too.
  /// - Throws: `NewDocumentError`, where the workspace's own schemas have no place for it.
  public init(
    _ published: PlatformPost, on channel: JSONString, kinds: (post: DocumentKind, publication: DocumentKind),
    channels: DocumentCollection
  ) throws(NewDocumentError) {
    let creation = { (id: ULID, time: Instant) in
      Creation(id: id, time: time, offset: .utc, author: importer, language: "", timeZone: "UTC")
    }
    var fields: [(pointer: JSONPointer, value: JSONValue)] = [
      ("/state", "archived"), ("/nature", published.isRelay ? "relay" : "original"),
    ]
    if !published.source.isEmpty { fields.append(("/source", .object(published.source))) }
    let id = ULID(derivedFrom: ["post", channel.text, published.externalId])
    post = try newDocument(
      of: kinds.post,
      DocumentWishes(
        title: Self.title(of: published.text), body: published.text, channels: [channel.text], fields: fields),
      creation(id, published.at))
    // The schema gives every post the workspace's language; this one has its own or none.
    if case .object(var object) = post.value {
      object["language"] = published.language.flatMap(Self.languageTag).map { JSONValue($0) }
      post.value = .object(object)
    }
    let hash = channels.contentHash(of: Post(post.value), on: channel)

    func record(_ nature: JSONValue, at time: Instant) throws(NewDocumentError) -> (WorkspacePath, JSONValue)
    {
      var fields: [(pointer: JSONPointer, value: JSONValue)] = [
        ("/post", JSONValue(id.text)), ("/channel", .string(channel)), ("/contentHash", JSONValue(hash.hex)),
        ("/externalId", JSONValue(published.externalId)), ("/nature", nature),
        ("/at", JSONValue(time.rfc3339())),
        ("/by", JSONValue(importer)), ("/mode", "tool"),
      ]
      if let url = published.url, !url.isEmpty { fields.append(("/url", JSONValue(url))) }
      let id = ULID(derivedFrom: ["publication", channel.text, published.externalId, nature.text ?? ""])
      let made = try newDocument(of: kinds.publication, DocumentWishes(fields: fields), creation(id, time))
      return (made.path, made.value)
    }
    records = [try record("publication", at: published.at)]
    if let deletedAt = published.deletedAt { records.append(try record("withdrawal", at: deletedAt)) }
  }

  /// The beginning of the first line, ended between words.
  static func title(of text: String) -> String {
    let line =
      text.split(whereSeparator: \.isNewline).first { line in line.contains { !$0.isWhitespace } } ?? ""
    let scalars = Array(String(line).unicodeScalars)
    guard scalars.count > 60 else { return String(line) }
    let end = scalars[..<60].lastIndex(of: " ") ?? 60
    return String(String.UnicodeScalarView(scalars[..<end])) + "…"
  }

  /// The tag as a post may have it: `fr`, `fr-CA`; `nil` for others.
  private static func languageTag(_ tag: String) -> String? {
    let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
    let isLetters = { (part: Substring, count: ClosedRange<Int>) in
      count.contains(part.utf8.count)
        && part.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }
    }
    guard let language = parts.first, isLetters(language, 2...3) else { return nil }
    guard parts.count == 2, isLetters(parts[1], 2...2) else { return language.lowercased() }
    return "\(language.lowercased())-\(parts[1].uppercased())"
  }
}
