import Documents
import EditorialDesk
import EditorialReview
import Foundation
import JSONTree
import ObjectModel
import TestSupport
import Testing
import Wording

@testable import SyncEngine

/// Conversations that wait for somebody's answer, told by a look at the folder: the open ones of the inbox that are theirs.
@Suite struct ConversationsInHandTests {
  @Test(arguments: [UInt64(1), 2, 3]) func aLookSaysWhatTheInboxSays(seed: UInt64) async throws {
    var life = Life(
      pair: try await Self.team(), random: SeededRandom(seed: seed), conversations: Array(0..<4))
    for round in 1...45 {
      let person = life.random.pick(AwaitedTests.people)
      let done = try await life.step(round, by: person)
      try life.compare(for: person, "seed \(seed), round \(round): \(person) \(done)")
    }
    #expect(life.waited > 3, "seed \(seed): hardly anything waited")
    #expect(life.quiet > 3, "seed \(seed): something waited nearly always")
  }

  /// A claim ends by the hour alone, and nobody has it in hand then; the conversation still waits.
  @Test func aClaimThatIsOverIsNobodys() async throws {
    let pair = try await Self.team()
    try pair.change(
      "ana", "/claim", ["by": "ana", "at": "2026-11-30T09:00:00Z", "until": "2026-11-30T11:00:00Z"],
      in: Self.file(0))
    func inHand(_ moment: String) throws -> [String] {
      let now = try #require(Instant(rfc3339: moment))
      let asked = try pair.workspace("ana").status(at: now, by: pair.attribution("ana")).asked
      return try #require(asked).toAnswer.map(\.text)
    }
    #expect(try inHand("2026-11-30T10:59:59Z") == [Self.file(0)])
    #expect(try inHand("2026-11-30T11:00:00Z") == [])
    // A clock that was ahead leaves nothing behind.
    #expect(try inHand("2026-11-30T10:00:00Z") == [Self.file(0)])
  }

  // MARK: -

  static func team() async throws -> Pair {
    try await Pair(
      AwaitedTests.people,
      files: [
        ("ligne.json", AwaitedTests.settings("optional", fourEyes: false)),
        ("team.json", AwaitedTests.team()),
        ("channels.json", AwaitedTests.channels),
      ] + (0..<4).map { (file($0), conversation($0)) })
  }

  static func file(_ number: Int) -> String { "conversations/\(number).json" }

  static func conversation(_ number: Int) -> JSONValue {
    [
      "kind": "conversation", "id": JSONValue(AwaitedTests.id(10 + number)), "channel": "fb",
      "externalId": JSONValue("fil-\(number)"), "createdAt": "2026-11-03T09:00:00-05:00",
      "createdBy": "ana", "triage": "to-answer", "messages": [message(0)],
    ]
  }

  static func message(_ number: Int) -> JSONValue {
    [
      "externalId": JSONValue("m\(number)"), "author": JSONValue("@odile\(number % 2)"),
      "at": JSONValue(Instant(secondsSince1970: 1_790_000_000 + 60 * number).rfc3339(offset: .utc)),
      "text": "Bonjour?",
    ]
  }

  /// A team that answers.
  struct Life {
    let pair: Pair
    var random: SeededRandom
    var conversations: [Int]
    /// Of those that were written, by their numbers, and the conversation of each.
    var replies: [Int: Int] = [:]
    var hours = 0
    var waited = 0
    var quiet = 0

    var now: Instant { Instant(secondsSince1970: 1_790_100_000 + 3600 * hours) }
    private func time(in hours: Int) -> JSONValue {
      JSONValue(Instant(secondsSince1970: now.secondsSince1970 + 3600 * hours).rfc3339(offset: .utc))
    }

    private func set(_ person: String, _ file: String, _ pointer: JSONPointer, _ value: JSONValue) throws {
      // What somebody has not received yet, or what is in two versions, is left alone.
      guard var document = try? pair.read(person, file) else { return }
      try document.set(value, at: pointer)
      try pair.save(person, file, document)
    }

    private func commit(_ person: String) throws {
      do { try pair.commit(person) } catch WorkspaceError.nothingToCommit {}
    }

    /// - Returns: What was done, for whoever reads of a failure.
    mutating func step(_ round: Int, by person: String) async throws -> String {
      let number = random.pick(conversations)
      let file = ConversationsInHandTests.file(number)
      switch random.next() % 16 {
      case 0, 1:
        try set(
          person, file, "/claim",
          ["by": JSONValue(person), "at": time(in: 0), "until": time(in: 1 + Int(random.next() % 6))])
        return "claims \(file)"
      case 2:
        let other = random.pick(AwaitedTests.people)
        try set(person, file, "/assignee", JSONValue(other))
        return "gives \(file) to \(other)"
      case 3, 4:
        replies[round] = number
        try pair.save(
          person, "replies/\(round).json",
          [
            "kind": "reply", "id": JSONValue(AwaitedTests.id(20 + round)),
            "conversation": JSONValue(AwaitedTests.id(10 + number)), "inReplyTo": "m0", "body": "Oui.",
            "createdAt": time(in: 0), "createdBy": JSONValue(person), "intent": "inform",
            "language": "fr-CA", "state": random.next() % 2 == 0 ? "proposed" : "draft",
          ])
        return "answers \(file) in replies/\(round).json"
      case 5, 6:
        guard let reply = replies.keys.sorted().last else { return "sends nothing" }
        try pair.save(
          person, "publications/\(round).json",
          [
            "kind": "publication", "id": JSONValue(AwaitedTests.id(20 + round)),
            "post": JSONValue(AwaitedTests.id(20 + reply)), "channel": "fb", "at": time(in: 0),
            "nature": random.next() % 4 == 0 ? "withdrawal" : "publication", "by": JSONValue(person),
            "contentHash": JSONValue(String(repeating: "0", count: 64)), "createdAt": time(in: 0),
            "createdBy": JSONValue(person),
          ])
        return "sends replies/\(reply).json"
      case 7:
        try set(
          person, file, "/messages",
          .array([ConversationsInHandTests.message(0), ConversationsInHandTests.message(round)]))
        return "brings another message into \(file)"
      case 8:
        try set(person, file, "/triage", JSONValue(random.pick(["closed", "to-answer", "ignored"])))
        try set(person, file, "/triageAt", time(in: 0))
        return "sorts \(file)"
      case 9:
        try set(person, "channels.json", "/channels/@fb/handle", JSONValue("odile\(random.next() % 2)"))
        return "gives the account another name"
      case 10:
        guard let reply = replies.keys.sorted().last else { return "gives nothing up" }
        try set(person, "replies/\(reply).json", "/state", "withdrawn")
        return "gives up replies/\(reply).json"
      case 11:
        hours += Int(random.next() % 5)
        return "waits"
      case 12:
        try pair.git(person, "add", "-A")
        _ = try? pair.git(person, "mv", file, "conversations/ailleurs-\(number)-\(round).json")
        return "moves \(file)"
      case 13:
        try commit(person)
        return "commits"
      default:
        try commit(person)
        _ = try await pair.sync(person)
        return "syncs"
      }
    }

    /// The look with what is remembered, twice, and from nothing, beside the whole inbox.
    mutating func compare(for person: String, _ place: String) throws {
      let attribution = pair.attribution(person)
      let workspace = try pair.workspace(person)
      let states = try workspace.states(of: workspace.documentsOfFolder(), at: now, by: attribution)
      let expected = Inbox(of: states, zone: .utc).entries
        .filter { $0.state.isOpen && $0.isInHand(of: JSONString(person)) }.map(\.document.path.text).sorted()
      try pair.expectLooks(
        by: person, at: now, toSay: expected, alsoFromNothing: hours % 4 == 1, place, \.toAnswer)
      if expected.isEmpty { quiet += 1 } else { waited += 1 }
    }
  }
}
