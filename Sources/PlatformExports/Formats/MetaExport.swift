import JSONTree
import Wording

/// What Facebook and Instagram hand out of an account as JSON.
///
/// Conversations are files `message_1.json` in a folder each, posts `your_posts_1.json` or `posts_1.json`, comments
/// `comments.json` or `post_comments_1.json`. Folders around them changed over the years, so files are known by their
/// shape. Nothing in them has an identifier but the conversation: a message is called by its time, to the
/// millisecond. Accents are broken; see ``MisreadAccents``.
///
/// Source: facebook.com/help, “Download a copy of your information”; the files themselves.
enum MetaExport {
  static func wants(_ name: String) -> Bool {
    guard name.hasSuffix(".json") else { return false }
    let starts = [
      "message_", "your_posts", "profile_posts", "posts_", "comments", "post_comments", "profile_information",
      "personal_information",
    ]
    return starts.contains { name.hasPrefix($0) }
  }

  static func read(_ file: ExportFile, into draft: inout ExportDraft) {
    var mend: ((JSONValue) -> JSONValue)?
    if MisreadAccents.areIn(file.bytes) { mend = { MisreadAccents.mended($0) } }
    if mend != nil { draft.mendedFiles += 1 }
    let root = RawJSON(file.bytes)
    if root.isList { return readPosts(of: root, in: file, mending: mend, into: &draft) }
    let parts = root.parts().parts
    func member(_ keys: JSONString...) -> RawJSON? {
      guard let found = parts.first(where: { keys.contains($0.key ?? "") }) else { return nil }
      return root.part(found)
    }
    if let messages = member("messages"), messages.isList {
      var head = JSONObject()
      for part in parts where part.key != "messages" {
        guard let key = part.key, let value = try? root.part(part).value() else { continue }
        head[key] = mend?(value) ?? value
      }
      readMessages(of: messages, head, in: file, mending: mend, into: &draft)
    } else if let comments = member("comments_v2", "comments"), comments.isList {
      readComments(of: comments, in: file, mending: mend, into: &draft)
    } else if let comments = member("comments_media_comments"), comments.isList {
      readComments(of: comments, in: file, mending: mend, into: &draft)
    } else if let profile = member("profile_v2", "profile_information", "profile_user") {
      if let value = try? profile.value() { addNames(of: mend?(value) ?? value, to: &draft) }
    } else {
      draft.skip(file, nil, nil, .unknownShape)
    }
  }

  // MARK: - Conversations

  private static func readMessages(
    of list: RawJSON, _ head: JSONObject, in file: ExportFile, mending mend: ((JSONValue) -> JSONValue)?,
    into draft: inout ExportDraft
  ) {
    guard let conversation = conversationId(head, file) else {
      return draft.skip(file, nil, nil, .field("thread_path"))
    }
    draft.readElements(of: list, in: file, mending: mend) { message, draft throws(UnreadableItem) in
      let at = try ExportDate.number(message["timestamp_ms"], unitsPerSecond: 1000)
      var text = message["content"]?.text ?? ""
      if let link = message["share"]?.object?["link"]?.text, text.range(of: link) == nil {
        text += text.isEmpty ? link : "\n\(link)"
      }
      var item = ExportDraft.Item(
        externalId: message.identifier("timestamp_ms") ?? "", conversation: conversation, nature: .message,
        isPublic: false, at: at, text: text)
      item.author = message["sender_name"]?.text
      item.authorId = item.author
      // Nobody says when it was taken back.
      if message["is_unsent"]?.bool == true { item.deletedAt = at }
      item.isNamedByTime = true
      item.source = message.without(["timestamp_ms", "content", "sender_name", "is_unsent"])
      try draft.add(item)
    }
  }

  /// The number at the end of `inbox/jolyaneb_10158`: the words before it follow the name of the person.
  private static func conversationId(_ head: JSONObject, _ file: ExportFile) -> String? {
    let folders = file.path.split(separator: "/")
    let folder = folders.count > 1 ? String(folders[folders.count - 2]) : nil
    guard let path = head["thread_path"]?.text ?? folder,
      let name = path.split(separator: "/").last.map(String.init)
    else { return nil }
    let number = name.split(separator: "_").last.map(String.init) ?? name
    return !number.isEmpty && number.utf8.allSatisfy({ (48...57).contains($0) }) ? number : name
  }

  // MARK: - Posts and comments

  private static func readPosts(
    of list: RawJSON, in file: ExportFile, mending mend: ((JSONValue) -> JSONValue)?,
    into draft: inout ExportDraft
  ) {
    draft.readElements(of: list, in: file, mending: mend) { post, draft throws(UnreadableItem) in
      let media = post.list("media")
      let time = post["timestamp"] ?? post["creation_timestamp"] ?? media.first?["creation_timestamp"]
      guard time != nil else { throw UnreadableItem(.field("timestamp")) }
      let texts =
        [
          post["data"]?.array?.compactMap { $0["post"]?.text }.first,
          media.isEmpty ? nil : post["title"]?.text,
        ]
        + media.map { $0["title"]?.text }
      var item = ExportDraft.Item(
        externalId: time?.number?.text ?? time?.text ?? "", isPublic: true, at: try ExportDate.number(time),
        text: texts.compactMap { $0 }.first { !$0.isEmpty } ?? "")
      for attachment in post.list("attachments").flatMap({ $0.list("data") }) {
        guard let link = attachment["external_context"]?["url"]?.text, item.text.range(of: link) == nil else {
          continue
        }
        item.text += item.text.isEmpty ? link : "\n\(link)"
      }
      item.authorId = Self.author
      item.isNamedByTime = true
      item.source = post.without(["timestamp", "creation_timestamp"])
      try draft.add(item)
    }
  }

  private static func readComments(
    of list: RawJSON, in file: ExportFile, mending mend: ((JSONValue) -> JSONValue)?,
    into draft: inout ExportDraft
  ) {
    draft.readElements(of: list, in: file, mending: mend) { entry, draft throws(UnreadableItem) in
      let comment = entry.list("data").first?["comment"]?.object
      let fields = entry["string_map_data"]?.object
      let time = entry["timestamp"] ?? comment?["timestamp"] ?? fields?["Time"]?["timestamp"]
      guard let text = comment?["comment"]?.text ?? fields?["Comment"]?["value"]?.text else {
        throw UnreadableItem(.field("comment"))
      }
      let number = time?.number?.text ?? ""
      var item = ExportDraft.Item(
        externalId: "comment-\(number)", isPublic: false, at: try ExportDate.number(time), text: text)
      item.authorId = Self.author
      item.isNamedByTime = true
      item.source = entry.without(["timestamp"])
      try draft.add(item)
    }
  }

  /// Posts and comments of these files are the account's own.
  private static let author = "meta:self"
  static let ownNames: Set<JSONString> = [JSONString(author)]

  private static func addNames(of profile: JSONValue, to draft: inout ExportDraft) {
    let names =
      [profile["name"]?["full_name"]?.text]
      + (profile.array ?? []).flatMap { user in
        ["Name", "Username"].map { (key: JSONString) in user["string_map_data"]?[key]?["value"]?.text }
      }
    for name in names.compactMap({ $0 }) where !name.isEmpty { draft.ownNames.insert(JSONString(name)) }
  }
}
