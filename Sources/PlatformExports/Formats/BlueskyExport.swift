import JSONTree
import Wording

/// Records of a Bluesky repository as JSON.
///
/// Taken are a list of records as `com.atproto.repo.listRecords` gives it, a folder with a file for each record as tools
/// unpack a repository, and posts as `app.bsky.feed` shows them, with their author. A repository holds what its
/// account wrote; others' posts come in the last form only.
///
/// Source: atproto.com, “Repository” and “AT URI scheme”; docs.bsky.app, “Posts” and “Rich text” (facets are ranges of
/// UTF-8 bytes); lexicons `app.bsky.feed.post`, `app.bsky.feed.defs#postView`.
enum BlueskyExport {
  static func wants(_ path: String) -> Bool { path.lowercased().hasSuffix(".json") }

  static func read(_ file: ExportFile, into draft: inout ExportDraft) {
    let root = RawJSON(file.bytes)
    let list = root.member("records") ?? root.member("posts") ?? root.member("notifications") ?? root
    if list.isList {
      draft.readElements(of: list, in: file) { record, draft throws(UnreadableItem) in
        try read(record, in: file, into: &draft)
      }
      return
    }
    do {
      guard let record = try root.value().object else { return draft.skip(file, nil, nil, .unknownShape) }
      do throws(UnreadableItem) {
        try read(record, in: file, into: &draft)
      } catch {
        draft.skip(file, nil, error.item, error.reason)
      }
    } catch {
      draft.skip(file, error.position.line, nil, .syntax(error.reason))
    }
  }

  private static func read(
    _ entry: JSONObject, in file: ExportFile, into draft: inout ExportDraft
  ) throws(UnreadableItem) {
    guard
      let post = entry["value"]?.object ?? entry["record"]?.object ?? (entry["$type"] == nil ? nil : entry)
    else {
      // The repository's own commit, for one.
      if entry["did"] != nil { return }
      throw UnreadableItem(.unknownShape)
    }
    guard let type = post["$type"]?.text else { throw UnreadableItem(.field("$type")) }
    // Likes, follows and profiles are not words.
    guard type == "app.bsky.feed.post" else { return }
    let uri = entry.identifier("uri") ?? address(of: file)
    do throws(UnreadableItem) {
      let facets = Facets(of: post.list("facets"))
      var item = ExportDraft.Item(
        externalId: uri, isPublic: true, at: try ExportDate.rfc3339(post.text("createdAt")),
        text: facets.text(of: try post.text("text")))
      let repository = uri.split(separator: "/").dropFirst().first.map(String.init)
      let author = entry["author"]?.object
      item.authorId = author?.identifier("did") ?? repository
      item.author = author?["handle"]?.text.map { "@\($0)" }
      if author == nil, let repository { draft.ownNames.insert(JSONString(repository)) }
      item.inReplyTo = post["reply"]?["parent"]?["uri"]?.text
      item.conversation = post["reply"]?["root"]?["uri"]?.text
      if item.inReplyTo == nil, author != nil { item.nature = .mention }
      item.language = post["langs"]?.array?.first?.text
      if let repository, let key = uri.split(separator: "/").last, uri.hasPrefix("at://") {
        item.permalink = "https://bsky.app/profile/\(repository)/post/\(key)"
      }
      var source = post.without(["$type", "text", "createdAt", "reply", "langs"])
      source["cid"] = entry["cid"]
      item.source = source
      try draft.add(item)
    } catch {
      throw UnreadableItem(error.reason, item: uri)
    }
  }

  /// The address of a record that was unpacked into a file: `did:plc:…/app.bsky.feed.post/3kz….json`.
  private static func address(of file: ExportFile) -> String {
    let parts = file.path.split(separator: "/").map(String.init)
    let key = (parts.last ?? "").replacing(".json", with: "")
    let repository = parts.last { $0.hasPrefix("did:") }
    return (repository.map { "at://\($0)/" } ?? "") + "app.bsky.feed.post/\(key)"
  }
}

/// The links in a post, by the bytes they cover.
private struct Facets {
  private var links: [(bytes: Range<Int>, address: String)] = []

  init(of facets: [JSONObject]) {
    for facet in facets {
      guard let start = number(facet["index"]?["byteStart"]), let end = number(facet["index"]?["byteEnd"]),
        start < end,
        let address = facet.list("features").compactMap({ $0["uri"]?.text }).first
      else { continue }
      links.append((start..<end, address))
    }
    // From the end, so that what is replaced moves nothing that comes after.
    links.sort { ($0.bytes.lowerBound, $0.bytes.upperBound) > ($1.bytes.lowerBound, $1.bytes.upperBound) }
  }

  /// The text with the addresses that its links lead to.
  ///
  /// Words that are a cut address become the address; others have it after them. A link outside the text, over half a
  /// character or over another link is no link.
  func text(of text: String) -> String {
    var bytes = Array(text.utf8)
    var limit = bytes.count
    for (range, address) in links where range.upperBound <= limit {
      guard isBoundary(range.lowerBound, bytes), isBoundary(range.upperBound, bytes) else { continue }
      limit = range.lowerBound
      let words = Array(bytes[range])
      if words.elementsEqual(address.utf8) { continue }
      let isCut = Array(address.utf8).firstRange(
        of: Array(words.prefix { $0 != 0xE2 && $0 != UInt8(ascii: " ") }))
      let replacement = isCut != nil ? address : String(decoding: words, as: UTF8.self) + " (\(address))"
      bytes.replaceSubrange(range, with: replacement.utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func isBoundary(_ place: Int, _ bytes: [UInt8]) -> Bool {
    place == bytes.count || bytes[place] & 0xC0 != 0x80
  }
}

private func number(_ value: JSONValue?) -> Int? {
  value?.number.flatMap { Int($0.text) }.flatMap { $0 >= 0 ? $0 : nil }
}
