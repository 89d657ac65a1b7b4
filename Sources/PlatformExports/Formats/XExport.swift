import JSONTree
import Wording

/// The archive an account of X asks for.
///
/// Its files are scripts, each with one list: `window.YTD.tweets.part0 = [ … ]`. What an element holds says what it is:
/// `tweet`, `dmConversation`, `account`. Posts of others are not in it; private messages are, by number of the sender.
///
/// Source: the README.txt inside the archive; developer.x.com, “Tweet object” (v1.1) and its entities.
enum XExport {
  static func wants(_ name: String) -> Bool {
    let starts = ["tweet", "deleted-tweet", "direct-message", "account."]
    return name.hasSuffix(".js") && starts.contains { name.hasPrefix($0) }
      && !name.hasPrefix("tweet-headers") && !name.contains("headers") && !name.hasPrefix("tweetdeck")
  }

  static func read(_ file: ExportFile, into draft: inout ExportDraft) {
    // The list comes after the sign of equality; a copy may lack the name before it.
    let head = file.bytes.prefix(200)
    let start = head.firstIndex(of: UInt8(ascii: "=")).map { $0 + 1 } ?? 0
    let list = RawJSON(file.bytes, from: start)
    guard list.isList else { return draft.skip(file, nil, nil, .unknownShape) }
    draft.readElements(of: list, in: file) { element, draft throws(UnreadableItem) in
      if let conversation = element["dmConversation"]?.object {
        try readMessages(of: conversation, in: file, into: &draft)
      } else if let account = element["account"]?.object {
        if let id = account.identifier("accountId") { draft.ownNames.insert(JSONString(id)) }
      } else if let tweet = element["tweet"]?.object ?? (element["full_text"] == nil ? nil : element) {
        try draft.add(item(tweet))
      } else {
        throw UnreadableItem(.unknownShape)
      }
    }
  }

  private static func item(_ tweet: JSONObject) throws(UnreadableItem) -> ExportDraft.Item {
    guard let id = tweet.identifier("id_str") ?? tweet.identifier("id") else {
      throw UnreadableItem(.field("id_str"))
    }
    do throws(UnreadableItem) {
      // Old archives call it `text`.
      let typed = withoutEntities(try tweet.text(tweet["full_text"] == nil ? "text" : "full_text"))
      let entities = tweet["entities"]?.object ?? JSONObject()
      var item = ExportDraft.Item(
        externalId: id, isPublic: true, at: try ExportDate.x(tweet.text("created_at")),
        text: text(typed, links: entities.list("urls"), media: entities.list("media")))
      item.isRelay = typed.hasPrefix("RT @")
      item.inReplyTo =
        tweet.identifier("in_reply_to_status_id_str") ?? tweet.identifier("in_reply_to_status_id")
      item.answersAuthor =
        tweet.identifier("in_reply_to_user_id_str") ?? tweet.identifier("in_reply_to_user_id")
      item.permalink = "https://x.com/i/status/\(id)"
      // `und`, `zxx` and words with q stand for no language.
      item.language = tweet["lang"]?.text.flatMap {
        $0 == "und" || $0 == "zxx" || $0.hasPrefix("q") ? nil : $0
      }
      item.deletedAt = try tweet["deleted_at"]?.text.map { text throws(UnreadableItem) in
        Instant(rfc3339: text) == nil ? try ExportDate.x(text) : try ExportDate.rfc3339(text)
      }
      item.authorId = Self.author
      item.source = tweet.without([
        "id", "id_str", "full_text", "text", "created_at", "in_reply_to_status_id",
        "in_reply_to_status_id_str", "lang",
        "deleted_at",
      ])
      return item
    } catch {
      throw UnreadableItem(error.reason, item: id)
    }
  }

  /// Whoever asked for the archive wrote every post in it.
  private static let author = "x:self"
  static let ownNames: Set<JSONString> = [JSONString(author)]

  /// What people read: short addresses replaced by what they lead to, and without the address of a picture at the end.
  private static func text(_ typed: String, links: [JSONObject], media: [JSONObject]) -> String {
    var text = typed
    for link in links {
      guard let short = link["url"]?.text, !short.isEmpty,
        let long = link["expanded_url"]?.text ?? link["expanded"]?.text, !long.isEmpty
      else { continue }
      text = text.replacing(short, with: long)
    }
    for address in media.compactMap({ $0["url"]?.text }) where text.hasSuffix(address) {
      text.removeLast(address.count)
      while text.last?.isWhitespace == true { text.removeLast() }
    }
    return text
  }

  private static func readMessages(
    of conversation: JSONObject, in file: ExportFile, into draft: inout ExportDraft
  ) throws(UnreadableItem) {
    guard let id = conversation.identifier("conversationId") else {
      throw UnreadableItem(.field("conversationId"))
    }
    for event in conversation.list("messages") {
      // Who joined, left or liked says nothing.
      guard let message = event["messageCreate"]?.object else { continue }
      let messageId = message.identifier("id")
      do throws(UnreadableItem) {
        guard let messageId else { throw UnreadableItem(.field("messageCreate.id")) }
        var item = ExportDraft.Item(
          externalId: messageId, conversation: id, nature: .message, isPublic: false,
          at: try ExportDate.rfc3339(message.text("createdAt")),
          text: text(withoutEntities(try message.text("text")), links: message.list("urls"), media: []))
        item.authorId = message.identifier("senderId")
        item.author = item.authorId
        item.source = message.without(["id", "createdAt", "text", "senderId"])
        try draft.add(item)
      } catch {
        draft.skip(file, nil, messageId ?? id, error.reason)
      }
    }
  }
}

extension String {
  /// The text with every place of one part replaced, byte by byte.
  func replacing(_ part: String, with other: String) -> String {
    let (wanted, new) = (Array(part.utf8), Array(other.utf8))
    var bytes: [UInt8] = []
    var rest = Array(utf8)[...]
    while let found = rest.firstRange(of: wanted), !wanted.isEmpty {
      bytes += rest[..<found.lowerBound]
      bytes += new
      rest = rest[found.upperBound...]
    }
    return String(decoding: bytes + rest, as: UTF8.self)
  }
}
