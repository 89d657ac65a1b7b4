import Documents
import EditorialReview
import JSONTree
import Testing

/// The state lists show, of documents of any kind.
@Suite struct DocumentStateTests {
  private func name(_ id: JSONString, in room: Newsroom) throws -> String? {
    let states = try room.states()
    return states.name(ofStateOf: try #require(states.documents[id]))
  }

  @Test func aKindWithStepsHasItsStep() throws {
    var room = Newsroom()
    room["campaign"] = ["kind": "campaign", "title": "Hiver", "state": "active"]
    #expect(try name("campaign", in: room) == "active")
    #expect(try name("team", in: room) == nil)
  }

  @Test func whatIsToBeSettledComesFirst() throws {
    var room = Newsroom()
    room["campaign"] = ["kind": "campaign", "title": "Hiver", "state": "active"]
    try room.publish(at: PostStateTests.past)
    room.conflicted = ["campaign", "team", "post"]
    for id in room.conflicted { #expect(try name(id, in: room) == "conflicted") }
    // On its channel it is what the world sees.
    #expect(try room.state() == .published)
  }

  @Test func aLineIsApprovedAsAWhole() throws {
    var room = Newsroom("required")
    room["line"] = ["kind": "guideline", "title": "La ligne", "owner": "pia"]
    #expect(try name("line", in: room) == nil)
    func decide(_ verdict: String, at time: String) throws {
      let documents = try room.collection()
      room[JSONString("decision-\(time)")] = [
        "kind": "review", "subject": "line", "verdict": JSONValue(verdict), "by": "ana",
        "at": JSONValue(time),
        "contentHash": JSONValue(documents.contentHash(of: try #require(documents["line"])).hex),
      ]
    }
    try decide("request-changes", at: "2026-11-20T09:00:00-05:00")
    #expect(try name("line", in: room) == "changes-requested")
    try decide("approve", at: "2026-11-20T10:00:00-05:00")
    #expect(try name("line", in: room) == "approved")
    // Another owner is another person at work on the same words.
    room.set("leo", at: "/owner", of: "line")
    #expect(try name("line", in: room) == "approved")
    room.set("La ligne, deux", at: "/title", of: "line")
    #expect(try name("line", in: room) == "stale")
  }
}
