import Documents
import EditorialDesk
import EditorialReview
import JSONTree
import TestSupport
import Testing
import Wording

/// What waits for an answer, and where each conversation stands, at noon on Friday, 20 November 2026.
@Suite struct InboxTests {
  /// A message at a time of that day: `10:30`.
  static func message(
    _ id: String, _ author: String, _ time: String, deleted: Bool = false, to other: String? = nil
  ) -> JSONValue {
    var object: JSONObject = [
      "externalId": JSONValue(id), "author": JSONValue(author), "text": JSONValue("\(author): \(id)"),
      "at": JSONValue(at(time)),
    ]
    if deleted { object["deletedAt"] = JSONValue(at("11:59")) }
    object["inReplyTo"] = other.map { JSONValue($0) }
    return .object(object)
  }

  static func at(_ time: String) -> String { "2026-11-20T\(time):00-05:00" }

  static func conversation(
    _ messages: [JSONValue], _ fields: JSONObject = [:], id: JSONString = "talk"
  ) -> JSONValue {
    var object: JSONObject = [
      "id": .string(id), "kind": "conversation", "channel": "fb", "externalId": .string(id),
      "messages": .array(messages),
    ]
    for member in fields.members { object[member.key] = member.value }
    return .object(object)
  }

  static func reply(_ id: JSONString, to message: String, _ state: String = "proposed") -> JSONValue {
    [
      "id": .string(id), "kind": "reply", "conversation": "talk", "inReplyTo": JSONValue(message),
      "body": "Oui.", "state": JSONValue(state), "createdBy": "ana",
    ]
  }

  static func publication(of reply: JSONString, _ time: String, _ nature: String = "publication") -> JSONValue
  {
    [
      "id": JSONValue("\(nature)-\(reply)"),
      "kind": "publication", "post": .string(reply), "channel": "fb", "at": JSONValue(at(time)),
      "nature": JSONValue(nature), "by": "ana", "contentHash": JSONValue(String(repeating: "0", count: 64)),
    ]
  }

  static func approval(of reply: JSONString, in documents: [JSONValue]) throws -> JSONValue {
    let room = try DeskRoom(documents)
    let hash = try #require(room.documents[reply].map { room.documents.contentHash(of: $0) })
    return [
      "id": "yes", "kind": "review", "subject": .string(reply), "verdict": "approve", "by": "leo",
      "contentHash": JSONValue(hash.hex), "at": JSONValue(at("11:00")),
    ]
  }

  static let house: [JSONValue] = [
    [
      "id": "ws", "kind": "workspace", "brand": "La Ravaude",
      "responsePolicies": [["id": "p", "firstMinutesCalendar": 90]],
    ],
    [
      "id": "team", "kind": "team",
      "members": [["id": "ana", "name": "Ana"], ["id": "leo", "name": "Léo"]],
    ],
    [
      "id": "ch", "kind": "channels",
      "channels": [["id": "fb", "platform": "facebook", "handle": "ravaude"]],
    ],
  ]

  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var documents: [JSONValue]
    var state: ConversationState
    /// The ids of the messages that wait.
    var waiting: [String]

    init(_ name: String, _ state: ConversationState, waiting: [String], _ documents: JSONValue...) {
      (testDescription, self.documents, self.state, self.waiting) = (name, documents, state, waiting)
    }
  }

  static let ask = message("1", "Mireille", "10:00")
  static func claim(_ until: String?) -> JSONValue {
    var object: JSONObject = ["by": "leo", "at": JSONValue(at("11:00"))]
    object["until"] = until.map { JSONValue(at($0)) }
    return .object(object)
  }
  static func sorted(_ triage: String, _ time: String? = nil) -> JSONObject {
    var object: JSONObject = ["triage": JSONValue(triage)]
    object["triageAt"] = time.map { JSONValue(at($0)) }
    return object
  }

  static let cases: [Case] = [
    Case("a question", .unanswered, waiting: ["1"], conversation([ask])),
    Case("somebody is at it", .answering, waiting: ["1"], conversation([ask], ["claim": claim("12:30")])),
    Case("a claim that is over", .unanswered, waiting: ["1"], conversation([ask], ["claim": claim("12:00")])),
    Case("a claim without an end", .answering, waiting: ["1"], conversation([ask], ["claim": claim(nil)])),
    Case(
      "a draft is nobody’s answer", .unanswered, waiting: ["1"], conversation([ask]),
      reply("r", to: "1", "draft")),
    Case("an answer is proposed", .proposed, waiting: ["1"], conversation([ask]), reply("r", to: "1")),
    Case(
      "an answer that was taken back", .unanswered, waiting: ["1"], conversation([ask]),
      reply("r", to: "1", "withdrawn")),
    Case(
      "an answer went out", .answered, waiting: [], conversation([ask]), reply("r", to: "1"),
      publication(of: "r", "11:00")),
    Case(
      "an answer went out and was taken down", .unanswered, waiting: ["1"], conversation([ask]),
      reply("r", to: "1"), publication(of: "r", "11:00"), publication(of: "r", "11:30", "withdrawal")),
    Case(
      "our own message answers", .answered, waiting: [],
      conversation([ask, message("2", "La Ravaude", "10:20")])),
    Case(
      "under the name of the account as well", .answered, waiting: [],
      conversation([ask, message("2", "ravaude", "10:20")])),
    Case(
      "a message after the answer", .unanswered, waiting: ["3"],
      conversation([ask, message("2", "La Ravaude", "10:20"), message("3", "Mireille", "10:30")])),
    Case(
      "an answer to one is none to another", .unanswered, waiting: ["2"],
      conversation([ask, message("2", "Yvon", "10:10"), message("3", "La Ravaude", "10:20", to: "1")])),
    Case(
      "a reply to one is none to another", .unanswered, waiting: ["2"],
      conversation([ask, message("2", "Yvon", "10:10")]), reply("r", to: "1"), publication(of: "r", "11:00")),
    Case(
      "a message to nobody in particular is for all", .answered, waiting: [],
      conversation([ask, message("2", "Yvon", "10:10"), message("3", "La Ravaude", "10:20")])),
    Case(
      "an answer by a clock that was slow", .answered, waiting: [], conversation([ask]),
      reply("r", to: "1"), publication(of: "r", "09:00")),
    Case(
      "a message its author deleted", .deleted, waiting: [],
      conversation([message("1", "Mireille", "10:00", deleted: true)])),
    Case(
      "one of two is deleted", .unanswered, waiting: ["1"],
      conversation([ask, message("2", "Mireille", "10:01", deleted: true)])),
    Case("closed", .closed, waiting: [], conversation([ask], sorted("closed", "11:00"))),
    Case("closed, nobody knows when", .closed, waiting: [], conversation([ask], sorted("closed"))),
    Case("ignored", .ignored, waiting: [], conversation([ask], sorted("ignored", "11:00"))),
    Case("hidden", .hidden, waiting: [], conversation([ask], sorted("hidden", "11:00"))),
    Case("passed on", .passedOn, waiting: [], conversation([ask], sorted("passed-on", "11:00"))),
    Case(
      "closed, and somebody writes again", .unanswered, waiting: ["2"],
      conversation([ask, message("2", "Mireille", "11:30")], sorted("closed", "11:00"))),
    Case(
      "passed on, and somebody writes again", .unanswered, waiting: ["2"],
      conversation([ask, message("2", "Mireille", "11:30")], sorted("passed-on", "11:00"))),
    Case(
      "answered, and somebody says there is more", .unanswered, waiting: ["1"],
      conversation([ask, message("2", "La Ravaude", "10:20")], sorted("to-answer", "11:00"))),
    Case(
      "answered after it was sorted", .answered, waiting: [],
      conversation([ask, message("2", "La Ravaude", "10:20")], sorted("to-answer", "10:05"))),
    Case(
      "ours, and nobody said anything", .answered, waiting: [],
      conversation([message("1", "La Ravaude", "10:00")])),
  ]

  @Test(arguments: cases) func aConversationStandsWhereItsDocumentsSay(_ c: Case) throws {
    let room = try DeskRoom(Self.house + c.documents)
    let entry = try #require(Inbox(of: room.states, zone: .utc).entries.first)
    #expect(entry.state == c.state)
    #expect(entry.waiting.compactMap { $0.externalId?.text } == c.waiting)
    #expect(entry.state.isOpen == !c.waiting.isEmpty)
    #expect((entry.due != nil) == !c.waiting.isEmpty)
  }

  @Test func anApprovedAnswerIsReady() throws {
    let documents = Self.house + [Self.conversation([Self.ask]), Self.reply("r", to: "1")]
    let room = try DeskRoom(documents + [Self.approval(of: "r", in: documents)])
    #expect(Inbox(of: room.states, zone: .utc).entries.map(\.state) == [.ready])
  }

  @Test func whatIsToBeSettledSaysSo() throws {
    let room = try DeskRoom(Self.house + [Self.conversation([Self.ask])])
    let states = EditorialStates(of: room.documents, at: DeskRoom.now, conflicted: ["talk"])
    #expect(Inbox(of: states, zone: .utc).entries.map(\.state) == [.conflicted])
  }

  @Test func twoAnswersToOneMessageStandTogether() throws {
    let room = try DeskRoom(
      Self.house + [
        Self.conversation([Self.ask, Self.message("2", "Yvon", "10:10")]), Self.reply("r2", to: "1"),
        Self.reply("r1", to: "1"), Self.reply("r3", to: "2"), Self.reply("r4", to: "1", "draft"),
      ])
    let entry = try #require(Inbox(of: room.states, zone: .utc).entries.first)
    #expect(entry.rivals.map { $0.map(\.document.id) } == [["r1", "r2"]])
    #expect(entry.answers.count == 4)
  }

  @Test func theShortestTimeComesFirst() throws {
    let room = try DeskRoom(
      Self.house + [
        Self.conversation([Self.message("1", "A", "11:00")], id: "c"),
        Self.conversation([Self.message("1", "A", "10:00")], id: "b"),
        Self.conversation([Self.message("1", "A", "09:00")], Self.sorted("closed", "11:00"), id: "e"),
        Self.conversation([Self.message("1", "A", "10:00")], id: "d"),
      ])
    let entries = Inbox(of: room.states, zone: .utc).entries
    #expect(entries.map(\.document.id) == ["b", "d", "c", "e"])
    #expect(entries.map { $0.secondsLeft(at: DeskRoom.now) } == [-1800, -1800, 1800, nil])
  }

  /// The same document, and what it names, under other ids.
  static func renamed(_ value: JSONValue, _ ending: String) -> JSONValue {
    var object = value.object ?? JSONObject()
    for key in ["id", "conversation", "post", "subject"] as [JSONString] {
      object[key] = object[key]?.text.map { JSONValue($0 + ending) }
    }
    return .object(object)
  }

  /// A law: whoever reads the files in another order sees the same inbox and the same figures.
  @Test func theOrderOfDocumentsDoesNotMatter() throws {
    let documents =
      Self.house
      + Self.cases.enumerated().flatMap { index, c in
        c.documents.map { value in
          // Each case becomes a conversation of its own.
          Self.renamed(value, "-\(index)")
        }
      }
    var random = SeededRandom(seed: 11)
    func seen(_ documents: [JSONValue]) throws -> [String] {
      let room = try DeskRoom(documents)
      let inbox = Inbox(of: room.states, zone: .utc)
      let coverage = InboxCoverage(of: room.states, zone: .utc)
      return inbox.entries.map { "\($0.document.id) \($0.state) \($0.waiting.count) \($0.answers.count)" }
        + coverage.rows.map { "\($0.channel) \($0.week) \($0.figures.answered)/\($0.figures.received)" }
    }
    let first = try seen(documents)
    for _ in 0..<8 { #expect(try seen(documents.shuffled(using: &random)) == first) }
  }
}
