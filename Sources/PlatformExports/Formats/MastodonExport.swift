import JSONTree
import Wording

/// The archive a Mastodon account asks for: what it wrote and passed on.
///
/// `outbox.json` is an OrderedCollection of activities: `Create` holds a note, `Announce` the address of somebody else's;
/// `actor.json` says whose it is. The notes of others are not in it.
///
/// Source: W3C ActivityStreams 2.0 and its vocabulary; docs.joinmastodon.org, “ActivityPub” and “Moving or leaving
/// accounts”.
enum MastodonExport {
  static func wants(_ name: String) -> Bool { name == "outbox.json" || name == "actor.json" }

  static func read(_ file: ExportFile, into draft: inout ExportDraft) {
    let root = RawJSON(file.bytes)
    if let list = root.member("orderedItems") ?? (root.isList ? root : nil) {
      draft.readElements(of: list, in: file) { activity, draft throws(UnreadableItem) in
        try read(activity, into: &draft)
      }
    } else if let actor = try? root.value().object, actor["preferredUsername"] != nil,
      let id = actor["id"]?.string
    {
      draft.ownNames.insert(id)
    } else {
      draft.skip(file, nil, nil, .unknownShape)
    }
  }

  private static func read(_ activity: JSONObject, into draft: inout ExportDraft) throws(UnreadableItem) {
    let actor = activity.identifier("actor")
    if let actor { draft.ownNames.insert(JSONString(actor)) }
    switch activity["type"]?.text {
    case "Create":
      guard let note = activity["object"]?.object else { throw UnreadableItem(.field("object")) }
      try draft.add(item(note, by: actor))
    case "Announce":
      let address = try activity.text("object")
      var item = ExportDraft.Item(
        externalId: try activity.text("id"), isPublic: isPublic(activity),
        at: try ExportDate.rfc3339(activity.text("published")), text: address)
      (item.isRelay, item.authorId) = (true, actor)
      item.source = activity.without(["id", "published", "object"])
      try draft.add(item)
    // Follows, likes and what else people do say nothing.
    case _?: break
    case nil: throw UnreadableItem(.field("type"))
    }
  }

  private static func item(_ note: JSONObject, by actor: String?) throws(UnreadableItem) -> ExportDraft.Item {
    let id = try note.text("id")
    do throws(UnreadableItem) {
      var text = plainText(ofHTML: note["content"]?.text ?? "")
      if let warning = note["summary"]?.text, !warning.isEmpty { text = "\(warning)\n\n\(text)" }
      var item = ExportDraft.Item(
        externalId: id, isPublic: isPublic(note), at: try ExportDate.rfc3339(note.text("published")),
        text: text)
      item.nature = item.isPublic ? .comment : .message
      item.conversation = note.identifier("conversation") ?? note.identifier("context")
      item.authorId = note.identifier("attributedTo") ?? actor
      item.inReplyTo = note.identifier("inReplyTo")
      item.permalink = note["url"]?.text
      item.language = note["contentMap"]?.object?.keys.first?.text
      item.editedAt = try note["updated"]?.text.map { text throws(UnreadableItem) in
        try ExportDate.rfc3339(text)
      }
      item.source = note.without([
        "id", "content", "summary", "published", "updated", "conversation", "inReplyTo", "url",
        "attributedTo",
        "contentMap",
      ])
      return item
    } catch {
      throw UnreadableItem(error.reason, item: id)
    }
  }

  /// Whether everybody or all who follow may read it; else it was written to somebody.
  private static func isPublic(_ object: JSONObject) -> Bool {
    let readers = ["to", "cc"].flatMap { (key: JSONString) in
      object[key]?.array?.compactMap(\.text) ?? [object[key]?.text].compactMap { $0 }
    }
    return readers.contains { $0.hasSuffix("#Public") || $0 == "as:Public" || $0.hasSuffix("/followers") }
  }
}
