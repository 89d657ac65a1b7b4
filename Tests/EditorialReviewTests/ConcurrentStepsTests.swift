import Documents
import EditorialReview
import JSONTree
import Testing

/// The table “Concurrent steps”: two people start from the same state, and this is where the post stands after the
/// merge. Each row is merged from both sides.
@Suite struct ConcurrentStepsTests {
  typealias Step = @Sendable (inout Newsroom) throws -> Void

  struct Row: CustomTestStringConvertible, Sendable {
    let what: String
    var base: Step = { _ in }
    let ours, theirs: Step
    let state: EditorialState
    var look: @Sendable (Newsroom) throws -> Void = { _ in }

    var testDescription: String { what }
  }

  static let rows: [Row] = [
    Row(
      what: "approve, edit an approved field", ours: { try $0.review("approve", by: "ana") },
      theirs: { $0.set("Une mitaine sauvée.", at: "/body") }, state: .stale,
      look: { room in
        let status = try room.status()
        #expect(status.staleApprovals.map(\.by) == ["ana"])
      }),
    Row(
      what: "approve, edit only labels or assignee", ours: { try $0.review("approve", by: "ana") },
      theirs: {
        $0.set(["mitaines"], at: "/labels")
        $0.set("leo", at: "/assignee")
      }, state: .approved),
    Row(
      what: "approve, request changes", ours: { try $0.review("approve", by: "ana") },
      theirs: { try $0.review("request-changes", by: "leo") }, state: .changesRequested,
      look: { room in
        let status = try room.status()
        #expect(status.decisions.count == 2)
      }),
    Row(
      what: "A edits and gets approval, B edits and gets approval",
      base: { $0.set("Une mitaine trouée.\n\nUn fil.\n\nUne aiguille.", at: "/body") },
      ours: {
        $0.set("Une mitaine bleue.\n\nUn fil.\n\nUne aiguille.", at: "/body")
        try $0.review("approve", by: "ana")
      },
      theirs: {
        $0.set("Une mitaine trouée.\n\nUn fil.\n\nUne aiguille et un dé.", at: "/body")
        try $0.review("approve", by: "leo")
      }, state: .stale,
      look: { room in
        let approvals = try room.status().staleApprovals
        #expect(Set(approvals.map(\.by)) == ["ana", "leo"])
        #expect(room["post"]?["body"] == "Une mitaine bleue.\n\nUn fil.\n\nUne aiguille et un dé.")
      }),
    Row(
      what: "schedule 9:00, schedule 10:00", base: { try $0.review("approve", by: "ana") },
      ours: { $0.schedule("2026-11-23T09:00:00-05:00") },
      theirs: { $0.schedule("2026-11-23T10:00:00-05:00") },
      state: .conflicted),
    Row(
      what: "schedule, cancel", base: { try $0.review("approve", by: "ana") },
      ours: { $0.schedule("2026-11-23T09:00:00-05:00") }, theirs: { $0.set("cancelled", at: "/state") },
      state: .cancelled),
    Row(
      what: "declare a crisis, schedule in its scope", base: { try $0.review("approve", by: "ana") },
      ours: { $0["crisis"] = PostStateTests.crisis() },
      theirs: { $0.schedule("2026-11-23T09:00:00-05:00") }, state: .held,
      look: { room in
        let states = try room.states()
        let post = Post(try #require(room["post"]))
        #expect(states.holds(on: post, channel: "fb").map(\.id) == ["crisis"])
      }),
    Row(
      what: "declare a crisis, approve in its scope",
      ours: { $0["crisis"] = PostStateTests.crisis() }, theirs: { try $0.review("approve", by: "ana") },
      state: .held),
    Row(
      what: "close a crisis, raise its level",
      base: {
        try $0.review("approve", by: "ana")
        $0["crisis"] = PostStateTests.crisis(["level": "1", "state": "watch"])
      },
      ours: { $0.set("closed", at: "/state", of: "crisis") },
      theirs: {
        $0.set("3", at: "/level", of: "crisis")
        $0.set("active", at: "/state", of: "crisis")
      }, state: .held,
      look: { room in
        #expect(room["crisis"]?["state"] == "active")
        #expect(room["crisis"]?["level"] == "3")
      }),
    Row(
      what: "close an active crisis, raise its level",
      base: {
        try $0.review("approve", by: "ana")
        $0.schedule("2026-11-23T09:00:00-05:00")
        $0["crisis"] = PostStateTests.crisis(["level": "1", "state": "active"])
      },
      ours: {
        $0.set("closed", at: "/state", of: "crisis")
        $0.set("1", at: "/closedLevel", of: "crisis")
      }, theirs: { $0.set("3", at: "/level", of: "crisis") }, state: .held),
    Row(
      what: "publish, edit", ours: { try $0.publish(at: PostStateTests.past) },
      theirs: { $0.set("Une mitaine sauvée.", at: "/body") }, state: .publishedDiverged),
    Row(
      what: "publish, publish by two people", ours: { try $0.publish(by: "ana", at: PostStateTests.past) },
      theirs: { try $0.publish(by: "leo", at: "2026-11-19T09:02:00-05:00") }, state: .published,
      look: { room in
        let states = try room.states()
        let post = try #require(states.documents["post"])
        #expect(states.publications(of: post, on: "fb").count == 2)
      }),
    Row(
      what: "publish, cancel", ours: { try $0.publish(at: PostStateTests.past) },
      theirs: { $0.set("cancelled", at: "/state") }, state: .published),
    Row(
      what: "delete, edit", ours: { $0["post"] = nil },
      theirs: { $0.set("Une mitaine sauvée.", at: "/body") }, state: .conflicted,
      look: { #expect($0["post"]?["body"] == "Une mitaine sauvée.") }),
    Row(
      what: "archive, comment", ours: { $0.set("archived", at: "/state") },
      theirs: { $0["comment"] = ["kind": "comment", "subject": "post", "body": "Bravo."] }, state: .archived,
      look: { #expect($0["comment"] != nil) }),
  ]

  @Test(arguments: rows, [false, true]) func endsWhereTheTableSays(_ row: Row, fromTheOtherSide: Bool) throws
  {
    var base = Newsroom("required")
    try row.base(&base)
    let merged =
      try fromTheOtherSide ? base.merging(row.theirs, row.ours) : base.merging(row.ours, row.theirs)
    #expect(try merged.state() == row.state)
    try row.look(merged)
  }
}
