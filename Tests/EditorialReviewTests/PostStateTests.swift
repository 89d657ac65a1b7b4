import Documents
import EditorialReview
import JSONTree
import Testing

/// The table of computed states: what each one takes, and which of two that apply comes first.
@Suite struct PostStateTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let what: String
    let preset: String
    let state: EditorialState
    let make: @Sendable (inout Newsroom) throws -> Void

    init(
      _ what: String, _ preset: String = "required", is state: EditorialState,
      _ make: @escaping @Sendable (inout Newsroom) throws -> Void
    ) {
      (self.what, self.preset, self.state, self.make) = (what, preset, state, make)
    }

    var testDescription: String { what }
  }

  static let soon = "2026-11-23T09:00:00-05:00"
  static let past = "2026-11-19T09:00:00-05:00"

  static func crisis(_ fields: JSONObject = [:]) -> JSONValue {
    var object: JSONObject = [
      "kind": "crisis-activation", "plan": "plan", "level": "2", "state": "active", "hold": "all",
      "declaredAt": "2026-11-18T09:00:00-05:00",
    ]
    for member in fields.members { object[member.key] = member.value }
    return .object(object)
  }

  static let cases: [Case] = [
    Case("an idea is an idea", is: .idea) { $0.set("idea", at: "/state") },
    Case("text with nothing else is a draft", is: .draft) { _ in },
    Case("a post in review is in review", is: .inReview) { $0.set("in-review", at: "/state") },
    Case("a yes of somebody with the right approves", is: .approved) { try $0.review("approve", by: "ana") },
    Case("a yes without the right is asked for again, where approval is required", is: .inReview) {
      try $0.review("approve", by: "pia")
    },
    Case("anybody’s yes approves where approval is optional", "optional", is: .approved) {
      try $0.review("approve", by: "pia")
    },
    Case("a yes of somebody outside the team counts nowhere", "optional", is: .draft) {
      try $0.review("approve", by: "gone")
    },
    Case("a time and the required yes: scheduled", is: .scheduled) {
      $0.schedule(soon)
      try $0.review("approve", by: "ana")
    },
    Case("a time without the required yes is only a plan", is: .draft) { $0.schedule(soon) },
    Case("where approval is optional a time is enough", "optional", is: .scheduled) { $0.schedule(soon) },
    Case("where nobody approves a time is enough", "free", is: .scheduled) { $0.schedule(soon) },
    Case("an idea with a time is an idea", "optional", is: .idea) {
      $0.schedule(soon)
      $0.set("idea", at: "/state")
    },
    Case("edited after the yes: stale", is: .stale) {
      try $0.review("approve", by: "ana")
      $0.set("Une mitaine sauvée.", at: "/body")
    },
    Case(
      "edited after the yes, and with a time: stale, also where approval is optional", "optional", is: .stale
    ) {
      $0.schedule(soon)
      try $0.review("approve", by: "ana")
      $0.set("Une mitaine sauvée.", at: "/body")
    },
    Case("edited back to the approved words: approved", is: .approved) {
      try $0.review("approve", by: "ana")
      $0.set("x", at: "/body")
      $0.set("Une mitaine trouée.", at: "/body")
    },
    Case("a new yes on the new words approves them", is: .approved) {
      try $0.review("approve", by: "ana")
      $0.set("Une mitaine sauvée.", at: "/body")
      try $0.review("approve", by: "ana", at: "2026-11-20T11:00:00-05:00")
    },
    Case("changes asked for on these words", is: .changesRequested) {
      try $0.review("request-changes", by: "leo")
    },
    Case("one yes and one request: changes requested", is: .changesRequested) {
      try $0.review("approve", by: "ana")
      try $0.review("request-changes", by: "leo")
    },
    Case("a request that the next edit answered is over", is: .draft) {
      try $0.review("request-changes", by: "leo")
      $0.set("Une mitaine sauvée.", at: "/body")
    },
    Case("who approved older words and asks for changes now has decided again", is: .changesRequested) {
      try $0.review("approve", by: "ana")
      $0.set("Une mitaine sauvée.", at: "/body")
      try $0.review("request-changes", by: "ana", at: "2026-11-20T11:00:00-05:00")
    },
    Case("a refusal of today gives way to a later yes of the same person", is: .approved) {
      try $0.review("refuse", by: "ana")
      try $0.review("approve", by: "ana", at: "2026-11-20T11:00:00-05:00")
    },
    Case("an abstention is no yes", is: .draft) { try $0.review("abstain", by: "ana") },
    Case("its time passed and nobody approved: expired", is: .expired) { $0.schedule(past) },
    Case("its time passed, approved, not recorded as published: still scheduled", is: .scheduled) {
      $0.schedule(past)
      try $0.review("approve", by: "ana")
    },
    Case("what it announces is over", is: .expired) {
      $0.set(JSONValue(past), at: "/expiresAt")
      try $0.review("approve", by: "ana")
    },
    Case("something to settle comes before its time", is: .conflicted) {
      $0.schedule(past)
      $0.conflicted = ["post"]
    },
    Case("a crisis holds what is scheduled", is: .held) {
      $0.schedule(soon)
      try $0.review("approve", by: "ana")
      $0["crisis"] = crisis()
    },
    Case("a crisis holds what is approved", is: .held) {
      try $0.review("approve", by: "ana")
      $0["crisis"] = crisis()
    },
    Case("held comes before something to settle", is: .held) {
      $0.schedule(soon)
      $0["crisis"] = crisis()
      $0.conflicted = ["post"]
    },
    Case("a crisis holds no draft", is: .draft) { $0["crisis"] = crisis() },
    Case("a crisis that only gives notice holds nothing", "optional", is: .scheduled) {
      $0.schedule(soon)
      $0["crisis"] = crisis(["hold": "notice"])
    },
    Case("urgent posts go out where the crisis lets them", "optional", is: .scheduled) {
      $0.schedule(soon)
      $0.set("urgent", at: "/nature")
      $0["crisis"] = crisis(["hold": "except-urgent"])
    },
    Case("others do not", "optional", is: .held) {
      $0.schedule(soon)
      $0["crisis"] = crisis(["hold": "except-urgent"])
    },
    Case("a crisis on another channel holds nothing here", "optional", is: .scheduled) {
      $0.schedule(soon)
      $0["crisis"] = crisis(["scope": ["channels": ["ig"]]])
    },
    Case("a crisis about a label holds what has it", "optional", is: .held) {
      $0.schedule(soon)
      $0.set(["mitaines"], at: "/labels")
      $0["crisis"] = crisis(["scope": ["channels": ["ig"], "labels": ["mitaines"]]])
    },
    Case("a closed crisis holds nothing", "optional", is: .scheduled) {
      $0.schedule(soon)
      $0["crisis"] = crisis(["state": "closed", "closedAt": "2026-11-19T18:00:00-05:00"])
    },
    Case("its time passed while it was held: expired, although approved", is: .expired) {
      $0.schedule(past)
      try $0.review("approve", by: "ana")
      $0["crisis"] = crisis(["state": "closed", "closedAt": "2026-11-19T18:00:00-05:00"])
    },
    Case("published as it stands here", is: .published) {
      $0["crisis"] = crisis()
      try $0.publish(at: past)
    },
    Case("published and edited since", is: .publishedDiverged) {
      try $0.publish(at: past)
      $0.set("Une mitaine sauvée.", at: "/body")
    },
    Case("the correction went out as well", is: .published) {
      try $0.publish(at: past)
      $0.set("Une mitaine sauvée.", at: "/body")
      try $0.publish("correction", at: "2026-11-19T11:00:00-05:00")
    },
    Case("withdrawn, whatever it says now", is: .withdrawn) {
      try $0.publish(at: past)
      try $0.publish("withdrawal", at: "2026-11-19T11:00:00-05:00")
      $0.set("Une mitaine sauvée.", at: "/body")
    },
    Case("out twice, and one of them withdrawn", is: .published) {
      try $0.publish(at: past, url: "https://fb.example/1")
      try $0.publish(by: "leo", at: "2026-11-19T10:30:00-05:00", url: "https://fb.example/2")
      try $0.publish("withdrawal", at: "2026-11-19T11:00:00-05:00", url: "https://fb.example/1")
    },
    Case("out twice, and both withdrawn", is: .withdrawn) {
      try $0.publish(at: past, url: "https://fb.example/1")
      try $0.publish(by: "leo", at: "2026-11-19T10:30:00-05:00", url: "https://fb.example/2")
      try $0.publish("withdrawal", at: "2026-11-19T11:00:00-05:00", url: "https://fb.example/1")
      try $0.publish("withdrawal", by: "leo", at: "2026-11-19T11:30:00-05:00", url: "https://fb.example/2")
    },
    Case("corrected, and withdrawn by the address it had first", is: .withdrawn) {
      try $0.publish(at: past, url: "https://fb.example/1")
      $0.set("Une mitaine sauvée.", at: "/body")
      try $0.publish("correction", at: "2026-11-19T11:00:00-05:00")
      try $0.publish("withdrawal", at: "2026-11-19T12:00:00-05:00", url: "https://fb.example/1")
    },
    Case("one of two withdrawn by two people, apart", is: .published) {
      try $0.publish(at: past, url: "https://fb.example/1")
      try $0.publish(by: "leo", at: "2026-11-19T10:30:00-05:00", url: "https://fb.example/2")
      for person in ["ana", "leo"] {
        try $0.publish("withdrawal", by: person, at: "2026-11-19T11:00:00-05:00", url: "https://fb.example/1")
      }
    },
    Case("recorded by two people, and withdrawn once", is: .withdrawn) {
      for person in ["ana", "leo"] { try $0.publish(by: person, at: past, url: "https://fb.example/1") }
      try $0.publish("withdrawal", at: "2026-11-19T11:00:00-05:00", url: "https://fb.example/1")
    },
    Case("one of two withdrawn by an address nobody knows", is: .published) {
      try $0.publish(at: past, url: "https://fb.example/1")
      try $0.publish(by: "leo", at: "2026-11-19T10:30:00-05:00", url: "https://fb.example/2")
      try $0.publish("withdrawal", at: "2026-11-19T11:00:00-05:00", url: "https://fb.example/3")
    },
    Case("corrected at another address, and withdrawn by the first", is: .withdrawn) {
      try $0.publish(at: past, url: "https://fb.example/1")
      $0.set("Une mitaine sauvée.", at: "/body")
      try $0.publish("correction", at: "2026-11-19T11:00:00-05:00", url: "https://fb.example/2")
      try $0.publish("withdrawal", at: "2026-11-19T12:00:00-05:00", url: "https://fb.example/1")
    },
    Case("cancelled", is: .cancelled) {
      $0.schedule(soon)
      try $0.review("approve", by: "ana")
      $0.set("cancelled", at: "/state")
    },
    Case("cancelled too late: the world has it", is: .published) {
      try $0.publish(at: past)
      $0.set("cancelled", at: "/state")
    },
    Case("archived", is: .archived) {
      try $0.publish(at: past)
      $0.set("archived", at: "/state")
    },
  ]

  @Test(arguments: cases) func isTheFirstThatApplies(_ c: Case) throws {
    var room = Newsroom(c.preset)
    try c.make(&room)
    #expect(try room.state() == c.state)
  }

  /// Every state of a post is in the table.
  @Test func noStateIsForgotten() {
    let ofReplies: Set<EditorialState> = [.sent, .sentDiverged, .proposed, .superseded]
    #expect(Set(Self.cases.map(\.state)).union(ofReplies) == Set(EditorialState.allCases))
  }

  @Test func eachChannelHasItsOwnState() throws {
    var room = Newsroom("required")
    room.set(["mode": "follows"], at: "/variants/ig")
    try room.review("approve", by: "ana", scope: ["fb"])
    try room.publish(at: Self.past)
    #expect(try room.state(on: "fb") == .published)
    #expect(try room.state(on: "ig") == .draft)
    // As a whole it is where somebody has to do something.
    #expect(try room.wholeState() == .draft)
    try room.review("approve", by: "ana", at: "2026-11-20T11:00:00-05:00", scope: ["ig"])
    #expect(try room.wholeState() == .approved)
  }

  @Test func aYesToTheWholePostFallsWithAnyOfItsTextsUnlessItNamesEach() throws {
    for byParts in [false, true] {
      var room = Newsroom("required")
      room.set(["mode": "diverges", "body": "propre"], at: "/variants/ig")
      try room.review("approve", by: "ana", scope: [], byParts: byParts)
      #expect(try room.state(on: "fb") == .approved)
      #expect(try room.state(on: "ig") == .approved)
      room.set("autre", at: "/variants/ig/body")
      #expect(try room.state(on: "fb") == (byParts ? .approved : .stale))
      #expect(try room.state(on: "ig") == .stale)
    }
  }

  @Test func aPostForNoChannelIsAsFarAsItsWords() throws {
    var room = Newsroom("required")
    room.set([:], at: "/variants")
    #expect(try room.wholeState() == .draft)
    try room.review("approve", by: "ana", scope: [])
    #expect(try room.wholeState() == .approved)
    room.set("autre", at: "/body")
    #expect(try room.wholeState() == .stale)
    room.set("archived", at: "/state")
    #expect(try room.wholeState() == .archived)
  }

  /// A reply is sent when a publication says so.
  @Test func aReplyIsSentWhenItWentOut() throws {
    var room = Newsroom()
    room["talk"] = ["kind": "conversation", "channel": "fb", "externalId": "1", "messages": []]
    room["reply"] = [
      "kind": "reply", "conversation": "talk", "inReplyTo": "1", "body": "Oui.", "state": "proposed",
    ]
    func state() throws -> EditorialState {
      let states = try room.states()
      return states.state(ofReply: try #require(states.documents["reply"]))
    }
    #expect(try state() == .proposed)
    room.set("draft", at: "/state", of: "reply")
    #expect(try state() == .draft)
    let documents = try room.collection()
    let hash = documents.contentHash(of: try #require(documents["reply"])).hex
    room["out"] = [
      "kind": "publication", "post": "reply", "channel": "fb", "by": "ana", "contentHash": JSONValue(hash),
      "at": JSONValue(Self.past),
    ]
    #expect(try state() == .sent)
    room.set("Non.", at: "/body", of: "reply")
    #expect(try state() == .sentDiverged)
    room["out"] = nil
    room.set("superseded", at: "/state", of: "reply")
    #expect(try state() == .superseded)
  }
}
