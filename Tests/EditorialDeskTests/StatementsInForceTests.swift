import Documents
import EditorialDesk
import JSONTree
import Testing
import Wording

/// The official words that hold now, and those that may help with a conversation.
@Suite struct StatementsInForceTests {
  static func statement(_ id: JSONString, _ fields: JSONObject) -> JSONValue {
    var object: JSONObject = ["id": .string(id), "kind": "statement", "topic": "L’avenir de la filature"]
    for member in fields.members { object[member.key] = member.value }
    return .object(object)
  }

  static let documents = [
    statement("always", [:]), statement("over", ["validUntil": "2026-11-19T00:00:00-05:00"]),
    statement("ahead", ["validFrom": "2026-11-21T00:00:00-05:00", "supersedes": "always"]),
    statement("old", [:]), statement("new", ["supersedes": "old", "topic": "Autre", "labels": ["local"]]),
  ]

  @Test func whatBeganAndIsNotOverOrReplacedHolds() throws {
    let room = try DeskRoom(Self.documents)
    #expect(room.documents.statements(inForceAt: DeskRoom.now).map(\.document.id) == ["always", "new"])
  }

  @Test(
    arguments: [
      ("Il paraît que la FILATURE est vendue?", [], ["always"]), ("Bonjour!", ["local"], ["new"]),
      ("L’avenir est loin.", ["local"], ["always", "new"]), ("De la laine?", [], []),
    ] as [(String, [String], [String])])
  func aLabelOrAWordOfTheTopicTies(_ text: String, _ labels: [String], _ found: [String]) throws {
    let room = try DeskRoom(Self.documents)
    let conversation = Conversation([
      "labels": .array(labels.map { JSONValue($0) }), "messages": [["text": JSONValue(text)]],
    ])
    let ids = room.documents.statements(about: conversation, inForceAt: DeskRoom.now).map(\.document.id.text)
    #expect(ids == found)
  }
}
