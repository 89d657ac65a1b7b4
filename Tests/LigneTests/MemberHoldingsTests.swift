import Documents
import EditorialReview
import JSONTree
import ObjectModel
import Testing
import Wording

@testable import ligne

/// What a member has in hand, as a function of the documents and the moment.
@Suite struct MemberHoldingsTests {
  static let now = Instant(rfc3339: "2026-11-21T09:00:00-05:00") ?? Instant(secondsSince1970: 0)

  static func document(_ kind: JSONString, _ number: Int, _ fields: JSONObject) throws -> Document {
    let id = "01m7z6g8r000000000000000" + String(number + 10)
    var fields = fields
    (fields["id"], fields["kind"]) = (JSONValue(id), .string(kind))
    let path = try WorkspacePath(kind == "team" ? "team.json" : "\(kind)/\(id).json")
    return Document(
      path: path, value: .object(fields), kind: try #require(SchemaSet.builtIn.kind(named: kind)))
  }

  /// What Léo has in hand, in English.
  static func holdings(_ documents: [Document]) throws -> [String] {
    let team = try document(
      "team", 0,
      [
        "members": [
          ["id": "leo", "name": "Léo", "rights": ["*": ["approve"]]],
          [
            "id": "ana", "name": "Ana",
            "delegations": [["id": "a", "to": "leo", "until": "2026-11-20T00:00:00Z"]],
          ],
          ["id": "eve", "name": "Eve", "delegations": [["id": "a", "to": "leo"]]],
        ]
      ])
    let states = EditorialStates(of: DocumentCollection([team] + documents), at: now)
    return MemberHoldings(of: "leo", in: states).holdings.map(\.what.english)
  }

  @Test func onlyAVoiceThatIsInForceIsHeld() throws {
    #expect(try Self.holdings([]) == ["voice given by Eve"])
  }

  @Test func anApprovalCountsWhereItCoversTheWordsAsTheyAre() throws {
    let post = try Self.document(
      "post", 1, ["title": "Soirée", "body": "a", "variants": ["x": [:], "y": [:]]])
    let hash = DocumentCollection([post]).contentHash(of: Post(post.value), on: ["x"])
    func review(_ number: Int, of hash: String, _ fields: JSONObject = [:]) throws -> Document {
      var review: JSONObject = [
        "subject": .string(post.id), "verdict": "approve", "by": "leo", "scope": ["x"],
        "at": "2026-11-20T10:00:00Z", "contentHash": JSONValue(hash),
      ]
      for member in fields.members { review[member.key] = member.value }
      return try Self.document("review", number, review)
    }
    let other = String(repeating: "0", count: 64)
    func approvals(_ documents: [Document]) throws -> [String] {
      try Self.holdings(documents).filter { $0.hasPrefix("approval") }
    }
    #expect(
      try approvals([post, review(2, of: hash.hex)]) == ["approval that will no longer count (x)"])
    #expect(try approvals([post, review(2, of: other)]).isEmpty)
    #expect(try approvals([post, review(2, of: hash.hex, ["by": "ana"])]).isEmpty)
    #expect(
      try approvals([post, review(2, of: hash.hex, ["by": "ana", "onBehalfOf": "leo"])]).isEmpty,
      "without a delegation it never counted")
  }

  @Test func theOnlyRightToApproveIsHeldWhereApprovalIsRequired() throws {
    let channels = try Self.document(
      "channels", 1, ["channels": [["id": "x"], ["id": "y", "state": "closed"]]])
    func settings(_ preset: String) throws -> Document {
      try Self.document("workspace", 2, ["workflow": ["preset": JSONValue(preset)]])
    }
    let right = "the only right to approve, where approval is required (x)"
    #expect(try Self.holdings([channels, settings("required")]).contains(right))
    #expect(try !Self.holdings([channels, settings("optional")]).contains(right))
  }

  @Test func whatIsOpenIsHeldAndWhatIsDoneIsNot() throws {
    let open = try Self.document(
      "conversation", 1,
      [
        "assignee": "leo", "triage": "to-answer", "messages": [],
        "claim": ["by": "leo", "until": "2026-11-21T10:00:00-05:00"],
      ])
    let over = try Self.document(
      "conversation", 2,
      [
        "assignee": "leo", "triage": "closed", "messages": [],
        "claim": ["by": "leo", "until": "2026-11-21T08:00:00-05:00"],
      ])
    let plan = try Self.document(
      "crisis-plan", 3,
      ["owner": "leo", "roster": ["voice": ["holder": "leo"], "watch": ["holder": "ana", "deputy": "leo"]]])
    #expect(
      try Self.holdings([open, over, plan]) == [
        "assignment", "answer they took", "owner", "role in a crisis: voice", "deputy in a crisis: watch",
        "voice given by Eve",
      ])
  }
}
