import Documents
import JSONTree
import ObjectModel
import Simulation
import Wording

/// A workspace of any number of conversations made from a seed, around the people, channels and policy of the sample.
///
/// A conversation has one to six messages of one to three people over ninety days. Half were answered, by a message of ours
/// or by a reply with its publication; a fifth were put aside, and one in ten of those was written to again; one in ten
/// is claimed, and one in twelve has two proposed answers.
struct ManyConversations {
  /// Every file but the schemas, sorted by path.
  let documents: DocumentCollection

  init(_ count: Int, seed: UInt64, sample: String) throws {
    var draws = Draws(seed: seed)
    var made = try EditorialWorkspace.base(sample)
    made.reserveCapacity(made.count + 2 * count)
    for index in 0..<count { made += try Self.conversation(index, of: count, &draws) }
    documents = DocumentCollection(made)
  }

  private static let channels: [JSONString] = ["facebook", "instagram", "linkedin", "mastodon"]
  private static let team = ["noemie", "etienne", "fiona", "wassila"]

  private static func conversation(_ index: Int, of count: Int, _ draws: inout Draws) throws -> [Document] {
    let days = 90 * 86_400
    let start = EditorialWorkspace.now.secondsSince1970 - days + days / max(count, 1) * index
    let id = EditorialWorkspace.id(made: start, &draws)
    let channel = channels[Int(draws.next() % 4)]
    let people = (0...Int(draws.next() % 3)).map { "Personne \(index)-\($0)" }
    var at = start
    var messages: [JSONValue] = []
    func say(_ author: String, to other: String? = nil) {
      var message: JSONObject = [
        "at": EditorialWorkspace.time(at), "author": JSONValue(author),
        "externalId": JSONValue("\(index)_\(messages.count)"),
        "text": JSONValue(
          "Est-ce que l’atelier \(index) est ouvert jeudi? J’ai un grille-pain et trois mitaines."),
      ]
      message["inReplyTo"] = other.map { JSONValue($0) }
      messages.append(.object(message))
    }
    for place in 0...Int(draws.next() % 6) {
      say(people[place % people.count])
      at += 60 + Int(draws.next() % 7200)
    }
    var documents: [Document] = []
    let first = "\(index)_0"
    switch draws.next() % 12 {
    case 0..<4: say("La Ravaude")
    case 4..<6:
      let reply = try reply(to: id, first, at, "proposed", &draws)
      documents += [reply, try publication(of: reply, on: channel, at, &draws)]
    case 6:
      documents += [
        try reply(to: id, first, at, "proposed", &draws),
        try reply(to: id, first, at + 60, "proposed", &draws),
      ]
    case 7: documents.append(try reply(to: id, first, at, "draft", &draws))
    default: break
    }
    var fields: JSONObject = [
      "channel": .string(channel), "createdAt": EditorialWorkspace.time(start), "createdBy": "etienne",
      "externalId": JSONValue("\(index)"), "id": JSONValue(id), "nature": "comment", "triage": "to-answer",
    ]
    if draws.chance(1, in: 5) {
      fields["triage"] = JSONValue(draws.chance(1, in: 2) ? "closed" : "ignored")
      fields["triageAt"] = EditorialWorkspace.time(at)
      at += 3600
      if draws.chance(1, in: 10) { say(people[0]) }
    }
    if draws.chance(1, in: 10) {
      fields["claim"] = [
        "at": EditorialWorkspace.time(at), "by": JSONValue(team[Int(draws.next() % 4)]),
        "until": EditorialWorkspace.time(EditorialWorkspace.now.secondsSince1970 + 3600),
      ]
    }
    fields["messages"] = .array(messages)
    documents.append(
      try EditorialWorkspace.document(
        Conversation.kind, "conversations/\(index / 1_000)/\(channel)-\(id).json", fields))
    return documents
  }

  private static func reply(
    to conversation: String, _ message: String, _ at: Int, _ state: String, _ draws: inout Draws
  ) throws -> Document {
    let id = EditorialWorkspace.id(made: at, &draws)
    return try EditorialWorkspace.document(
      Reply.kind, "replies/\(id.prefix(4))/\(id).json",
      [
        "body": "Oui, à 18 h 30. Apportez les deux.", "conversation": JSONValue(conversation),
        "createdAt": EditorialWorkspace.time(at), "createdBy": JSONValue(team[Int(draws.next() % 4)]),
        "id": JSONValue(id), "inReplyTo": JSONValue(message), "intent": "inform", "state": JSONValue(state),
      ])
  }

  private static func publication(
    of reply: Document, on channel: JSONString, _ at: Int, _ draws: inout Draws
  ) throws -> Document {
    let id = EditorialWorkspace.id(made: at, &draws)
    return try EditorialWorkspace.document(
      Publication.kind, "publications/\(id.prefix(4))/\(id).json",
      [
        "at": EditorialWorkspace.time(at + 300), "by": "fiona", "channel": .string(channel),
        "contentHash": JSONValue(DocumentCollection([reply]).contentHash(of: reply).hex),
        "createdAt": EditorialWorkspace.time(at + 300), "createdBy": "fiona", "id": JSONValue(id),
        "nature": "publication", "post": .string(reply.id),
      ])
  }
}
