import JSONTree
import Wording

extension ExportDraft {
  /// What was read, by conversation: texts of ours that answer nobody else are posts, everything else is a message.
  consuming func export(of account: OwnAccount) -> PlatformExport {
    let ownNames = ownNames
    items.sort(by: Item.precedes)
    let items = Self.withoutCopies(items)
    var parents: [JSONString: JSONString] = [:]
    var ownTexts: Set<JSONString> = []
    for item in items {
      let id = JSONString(item.externalId)
      if let parent = item.inReplyTo { parents[id] = JSONString(parent) }
      if item.isPublic, item.isOurs(ownNames) { ownTexts.insert(id) }
    }
    var export = PlatformExport()
    var conversations: [JSONString: [(item: Item, message: PlatformMessage)]] = [:]
    for item in items {
      let isOurs = item.isOurs(ownNames)
      if isOurs, item.isPublic, item.answersOnlyUs(ownTexts, ownNames) {
        export.posts.append(item.post)
        continue
      }
      let root = item.conversation ?? Self.root(of: item, parents).text
      let message = item.message(by: isOurs ? account.handle ?? account.channel : item.author, isOurs: isOurs)
      conversations[JSONString(root), default: []].append((item, message))
    }
    export.posts.sort { JSONString($0.externalId) < JSONString($1.externalId) }
    export.conversations = conversations.sorted { $0.key < $1.key }.map { key, members in
      // The first message says what it is and where it stands.
      let first = members[0]
      let permalink =
        members.first { JSONString($0.item.externalId) == key }?.item.permalink ?? first.item.permalink
      return PlatformConversation(
        externalId: key.text, nature: first.item.nature, permalink: permalink,
        messages: members.map(\.message))
    }
    export.skipped = skipped.sorted()
    export.remarks = remarks
    return export
  }

  /// The same thing once: overlapping parts of an export, or two exports, may both hold it.
  ///
  /// Of two versions the one edited last counts; a word that it was deleted is kept from either. Different things of one
  /// conversation that share a name, as messages called by their time may, get numbers.
  private static func withoutCopies(_ items: [Item]) -> [Item] {
    var places: [[JSONString]: Int] = [:]
    var result: [Item] = []
    for var item in items {
      let conversation = item.conversation ?? ""
      var number = 1
      let name = item.externalId
      while true {
        let key = [JSONString(conversation), JSONString(item.externalId)]
        guard let place = places[key] else {
          places[key] = result.count
          result.append(item)
          break
        }
        if result[place].isSame(as: item) {
          let deletedAt = result[place].deletedAt ?? item.deletedAt
          if (item.editedAt ?? item.at) > (result[place].editedAt ?? result[place].at) {
            result[place] = item
          }
          result[place].deletedAt = deletedAt
          break
        }
        number += 1
        item.externalId = "\(name)-\(number)"
      }
    }
    return result
  }

  /// The first message of the thread, as far as it is known; of a circle, the one that sorts first.
  private static func root(of item: Item, _ parents: [JSONString: JSONString]) -> JSONString {
    var seen: Set<JSONString> = []
    var current = JSONString(item.externalId)
    while let parent = parents[current] {
      if !seen.insert(current).inserted { return seen.min() ?? current }
      current = parent
    }
    return current
  }
}

extension ExportDraft.Item {
  /// By time, then by the bytes of everything else, so that no order of files shows.
  static func precedes(_ left: Self, _ right: Self) -> Bool {
    if left.at != right.at { return left.at < right.at }
    let (leftID, rightID) = (JSONString(left.externalId), JSONString(right.externalId))
    if leftID != rightID { return leftID < rightID }
    return left.sortKey.lexicographicallyPrecedes(right.sortKey)
  }

  private var sortKey: [UInt8] {
    JSONValue.array(
      [conversation ?? "", author ?? "", text, editedAt?.rfc3339() ?? "", deletedAt?.rfc3339() ?? ""]
        .map { JSONValue($0) } + [.object(source)]
    ).canonicalBytes
  }

  /// Whether the other one is this thing again, perhaps edited. Where its name is only a time, author and text tell.
  fileprivate func isSame(as other: Self) -> Bool {
    guard isNamedByTime else { return true }
    return JSONString(text) == JSONString(other.text)
      && JSONString(author ?? "") == JSONString(other.author ?? "")
  }

  fileprivate func isOurs(_ ownNames: Set<JSONString>) -> Bool {
    [authorId, author].contains { $0.map { ownNames.contains(JSONString($0)) } ?? false }
  }

  /// Whether it begins something, or goes on with what we began.
  fileprivate func answersOnlyUs(_ ownTexts: Set<JSONString>, _ ownNames: Set<JSONString>) -> Bool {
    guard let parent = inReplyTo else { return answersAuthor == nil || isToUs(ownNames) }
    return ownTexts.contains(JSONString(parent)) || isToUs(ownNames)
      || ownNames.contains { !$0.text.isEmpty && parent.hasPrefix($0.text + "/") }
  }

  private func isToUs(_ ownNames: Set<JSONString>) -> Bool {
    answersAuthor.map { ownNames.contains(JSONString($0)) } ?? false
  }

  fileprivate func message(by author: String?, isOurs: Bool) -> PlatformMessage {
    PlatformMessage(
      externalId: externalId, author: author, isOurs: isOurs, at: at, text: text, inReplyTo: inReplyTo,
      permalink: permalink, editedAt: editedAt, deletedAt: deletedAt, source: source)
  }

  fileprivate var post: PlatformPost {
    PlatformPost(
      externalId: externalId, at: at, text: text, url: permalink, isRelay: isRelay, language: language,
      deletedAt: deletedAt, source: source)
  }
}
