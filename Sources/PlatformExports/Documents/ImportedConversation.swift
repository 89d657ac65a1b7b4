public import Documents
public import JSONTree
public import ObjectModel
import Wording

/// Who a document that came from an export was made by: not whoever ran the import, or two people who import the same
/// export would write two files.
public let importer = "import"

extension PlatformConversation {
  /// The document of a conversation that a workspace does not have yet.
  ///
  /// It depends on the export and the schemas only: the id on channel and identifier, the time of making on the first
  /// message. So whoever imports the same export writes the same bytes.
  ///
  /// - Throws: `NewDocumentError`, where the workspace's own schema has no place for it.
  public func document(
    of kind: DocumentKind, on channel: JSONString
  ) throws(NewDocumentError) -> (path: WorkspacePath, value: JSONValue) {
    var fields: [(pointer: JSONPointer, value: JSONValue)] = [
      ("/channel", .string(channel)), ("/externalId", JSONValue(externalId)),
      ("/nature", JSONValue(nature.rawValue)),
      ("/messages", .array(messages.map { $0.value(in: self) })),
    ]
    // Where nobody else says anything, nothing waits for an answer.
    if messages.allSatisfy(\.isOurs), let last = messages.last {
      fields += [("/triage", "closed"), ("/triageAt", JSONValue(last.at.rfc3339()))]
    }
    if let permalink, !permalink.isEmpty { fields.append(("/permalink", JSONValue(permalink))) }
    return try newDocument(
      of: kind, DocumentWishes(fields: fields),
      Creation(
        id: ULID(derivedFrom: ["conversation", channel.text, externalId]), time: messages[0].at, offset: .utc,
        author: importer, language: "", timeZone: "UTC"))
  }

  /// The document with what this export knows beyond it; the same value where it knows nothing.
  ///
  /// Messages are added, and in their place by time. One that is there stays as it is, with two exceptions: an export may
  /// know that it was deleted since, and an edit that is later than the one known. Nothing is ever taken out, and no
  /// other field is touched: triage, labels and claims are people's.
  public func added(to document: JSONValue) -> JSONValue {
    guard case .object(var object) = document else { return document }
    let old = object["messages"]?.array ?? []
    var places: [JSONString: Int] = [:]
    for (place, message) in old.enumerated() {
      if let id = message["externalId"]?.string { places[id] = places[id] ?? place }
    }
    var new = old
    for message in messages {
      if let place = places[JSONString(message.externalId)] {
        new[place] = message.told(of: new[place])
      } else {
        new.append(message.value(in: self))
      }
    }
    if new == old { return document }
    if new.count > old.count { new.sort(by: precedes) }
    object["messages"] = .array(new)
    return .object(object)
  }
}

/// Messages by time, then by their ids; one without a readable time keeps to the front.
private func precedes(_ left: JSONValue, _ right: JSONValue) -> Bool {
  let times = [left, right].map { $0["at"]?.text.flatMap { Instant(rfc3339: $0) }?.secondsSince1970 ?? .min }
  if times[0] != times[1] { return times[0] < times[1] }
  return left["externalId"]?.string ?? "" < right["externalId"]?.string ?? ""
}

extension PlatformMessage {
  fileprivate func value(in conversation: PlatformConversation) -> JSONValue {
    var object: JSONObject = [
      "externalId": JSONValue(externalId), "at": JSONValue(at.rfc3339()), "text": JSONValue(text),
    ]
    if let author, !author.isEmpty { object["author"] = JSONValue(author) }
    if let inReplyTo, !inReplyTo.isEmpty { object["inReplyTo"] = JSONValue(inReplyTo) }
    if let deletedAt { object["deletedAt"] = JSONValue(deletedAt.rfc3339()) }
    if let editedAt { object["editedAt"] = JSONValue(editedAt.rfc3339()) }
    if let permalink, permalink != conversation.permalink { object["permalink"] = JSONValue(permalink) }
    if !source.isEmpty { object["source"] = .object(source) }
    return JSONValue.object(object.sortedByKey())
  }

  /// The message as a workspace has it, with what happened to it since.
  fileprivate func told(of known: JSONValue) -> JSONValue {
    guard case .object(var object) = known else { return known }
    if let deletedAt, object["deletedAt"] == nil { object["deletedAt"] = JSONValue(deletedAt.rfc3339()) }
    let knownEdit = object["editedAt"]?.text.flatMap { Instant(rfc3339: $0) }
    // What was deleted has no words any more in a later export; those we have stay.
    if let editedAt, knownEdit.map({ $0 < editedAt }) ?? true, !text.isEmpty {
      object["editedAt"] = JSONValue(editedAt.rfc3339())
      object["text"] = JSONValue(text)
    }
    return .object(object.sortedByKey())
  }
}

extension PlatformConversation {
  /// The conversation in parts that each fit a document.
  ///
  /// A part is full at a thousand messages or two million bytes; the second one is called `…#2`. Messages are taken in the
  /// order of time, so a later export fills the last part and begins new ones.
  public func parts() -> [PlatformConversation] {
    if messages.count == 1 { return [self] }
    var parts: [PlatformConversation] = []
    var current: [PlatformMessage] = []
    var size = 0
    func close() {
      var part = self
      part.messages = current
      if !parts.isEmpty { part.externalId = "\(externalId)#\(parts.count + 1)" }
      parts.append(part)
      (current, size) = ([], 0)
    }
    for message in messages {
      let bytes = message.value(in: self).canonicalBytes.count
      if current.count == Self.mostMessages || !current.isEmpty && size + bytes > Self.mostBytes { close() }
      current.append(message)
      size += bytes
    }
    close()
    return parts
  }

  private static let mostMessages = 1000
  private static let mostBytes = 2 << 20
}
