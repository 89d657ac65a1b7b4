import Documents
import JSONTree
import Testing
import Wording

@testable import EditorialDesk

/// What people say about us, where it is heard again, and the official words that answer it.
@Suite struct RumoursHeardTests {
  static func rumour(_ id: JSONString, _ claim: JSONValue, _ fields: JSONObject = [:]) -> JSONValue {
    var object: JSONObject = ["id": .string(id), "kind": "rumour", "claim": claim, "verdict": "false"]
    for member in fields.members { object[member.key] = member.value }
    return .object(object)
  }

  static func statement(_ id: JSONString, _ fields: JSONObject = [:]) -> JSONValue {
    StatementsInForceTests.statement(id, fields)
  }

  @Test(
    arguments: [
      ("two words of the claim", "Il paraît que la FILATURE est vendue au printemps?", [], ["mill"]),
      ("one word alone is not enough", "C’est où, la filature?", [], []),
      ("a label", "Bonjour!", ["laine"], ["wool"]),
      ("noted before", "Bonjour!", ["x"], []),
      ("nothing of it", "De la laine?", [], []),
    ] as [(String, String, [String], [String])])
  func aConversationRepeatsARumour(_ name: String, _ text: String, _ labels: [String], _ found: [String])
    throws
  {
    let talk: JSONValue = [
      "id": "talk", "kind": "conversation", "labels": .array(labels.map { JSONValue($0) }),
      "messages": [["text": JSONValue(text)]],
    ]
    let room = try DeskRoom([
      talk, Self.rumour("mill", "La filature est vendue au printemps"),
      Self.rumour("over", "La filature est vendue au printemps", ["state": "over"]),
      Self.rumour("wool", "Rien", ["labels": ["laine"]]),
    ])
    let document = try #require(room.documents["talk"])
    let heard = room.documents.rumours(heardIn: document, Conversation(document.value))
    #expect(heard.map(\.document.id.text) == found, "\(name)")
  }

  @Test func whereItWasHeardItIsShownWhateverIsSaid() throws {
    let room = try DeskRoom([
      ["id": "talk", "kind": "conversation", "messages": []],
      Self.rumour("mill", "La filature", ["conversations": ["talk"]]),
    ])
    let document = try #require(room.documents["talk"])
    #expect(room.documents.rumours(heardIn: document, Conversation(document.value)).count == 1)
  }

  @Test(
    arguments: [
      ("it holds", [statement("a")], "a"),
      ("it is over", [statement("a", ["validUntil": "2026-11-19T00:00:00-05:00"])], nil),
      ("superseded", [statement("a"), statement("b", ["supersedes": "a"])], "b"),
      (
        "superseded twice",
        [statement("c", ["supersedes": "b"]), statement("a"), statement("b", ["supersedes": "a"])], "c"
      ),
      (
        "the newer one has not begun",
        [statement("a"), statement("b", ["supersedes": "a", "validFrom": "2026-11-21T00:00:00-05:00"])], "a"
      ),
      (
        "over, and superseded by one that holds",
        [
          statement("a", ["validUntil": "2026-11-19T00:00:00-05:00"]), statement("b", ["supersedes": "a"]),
        ], "b"
      ),
      ("the old one is gone", [statement("b", ["supersedes": "a"])], "b"),
      ("in a circle", [statement("a", ["supersedes": "b"]), statement("b", ["supersedes": "a"])], "a"),
      ("nowhere", [], nil),
    ] as [(String, [JSONValue], String?)])
  func theNewestOfficialWordsStandForOlderOnes(_ name: String, _ statements: [JSONValue], _ found: String?)
    throws
  {
    let documents = try DeskRoom(statements).documents
    let holds = documents.statement(inForceFor: "a", at: DeskRoom.now)
    #expect(holds?.document.id.text == found, "\(name)")
  }
}
