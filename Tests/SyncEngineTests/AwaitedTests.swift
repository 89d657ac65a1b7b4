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

/// What waits for whom, told by a look at the folder from what is remembered: the same as from every document.
@Suite struct AwaitedTests {
  static let people = ["ana", "leo", "mia"]
  static let channels: JSONValue = [
    "kind": "channels", "id": "01m6pp5qb0wb7d3mnfvs9552fc", "createdAt": "2026-11-03T09:00:00-05:00",
    "createdBy": "ana",
    "channels": [
      ["id": "fb", "platform": "facebook", "handle": "ravaude"],
      ["id": "ig", "platform": "instagram", "handle": "ravaude"],
    ],
  ]

  static func settings(_ preset: String, fourEyes: Bool) -> JSONValue {
    [
      "kind": "workspace", "id": "01m6pp5qb0wb7d3mnfvs9552fa", "formatVersion": 1, "mergeRulesVersion": 1,
      "workflow": ["preset": JSONValue(preset), "fourEyes": .bool(fourEyes)],
    ]
  }

  static func team(approving: [String] = people) -> JSONValue {
    [
      "kind": "team", "id": "01m6pp5qb0wb7d3mnfvs9552fb", "createdAt": "2026-11-03T09:00:00-05:00",
      "createdBy": "ana",
      "members": .array(
        people.map { name in
          let rights: JSONValue =
            approving.contains(name) ? ["*": ["write", "approve", "publish"]] : ["*": ["write"]]
          return [
            "id": JSONValue(name), "name": JSONValue(name), "email": JSONValue("\(name)@exemple.example"),
            "rights": rights,
          ]
        }),
    ]
  }

  static func post(_ number: Int, by person: String) -> JSONValue {
    var post = Pair.post(title: "Texte \(number)", at: "8 h", id: id(number))
    for (pointer, value) in [
      ("/createdBy", JSONValue(person)), ("/body", "Des mots."),
      ("/variants", ["fb": [:], "ig": [:]]),
    ] as [(JSONPointer, JSONValue)] { try? post.set(value, at: pointer) }
    return post
  }

  static func id(_ number: Int) -> String {
    "01m6pp5qb0wb7d3mnfvs9552" + (number < 10 ? "0\(number)" : "\(number)")
  }

  @Test(
    arguments: [
      (1, "optional", true), (3, "required", false), (4, "required", true), (5, "free", false),
    ] as [(UInt64, String, Bool)])
  func aLookSaysWhatAListSays(seed: UInt64, preset: String, fourEyes: Bool) async throws {
    let pair = try await Pair(
      Self.people,
      files: [
        ("ligne.json", Self.settings(preset, fourEyes: fourEyes)), ("team.json", Self.team()),
        ("channels.json", Self.channels), ("posts/0.json", Self.post(0, by: "ana")),
      ])
    var life = Life(pair: pair, random: SeededRandom(seed: seed))
    for round in 1...40 {
      let person = life.random.pick(Self.people)
      let done = try await life.step(round, by: person)
      try life.compare(for: person, "seed \(seed), round \(round): \(person) \(done)")
    }
    #expect(life.asked > 3, "seed \(seed): hardly anything waited")
    #expect(life.quiet > 3, "seed \(seed): something waited nearly always")
  }

  /// A team at work, and how often somebody was asked.
  struct Life {
    let pair: Pair
    var random: SeededRandom
    /// The hours that went by since the beginning.
    var hours = 0
    var asked = 0
    var quiet = 0

    var now: Instant { Instant(secondsSince1970: 1_790_100_000 + 3600 * hours) }

    private mutating func post(of person: String) throws -> String {
      let posts = try FileManager.default.contentsOfDirectory(atPath: pair.path(of: person) + "/posts")
        .sorted()
      return "posts/" + random.pick(posts)
    }

    private func set(_ person: String, _ file: String, _ pointer: JSONPointer, _ value: JSONValue) throws {
      var document = try pair.read(person, file)
      try document.set(value, at: pointer)
      try pair.save(person, file, document)
    }

    private func commit(_ person: String) throws {
      do { try pair.commit(person) } catch WorkspaceError.nothingToCommit {}
    }

    /// - Returns: What was done, for whoever reads of a failure.
    mutating func step(_ round: Int, by person: String) async throws -> String {
      let file = try post(of: person)
      let workspace = try pair.workspace(person)
      let path = try WorkspacePath(file)
      switch random.next() % 18 {
      case 0, 1:
        try set(person, file, "/body", JSONValue("Mot \(round)."))
        return "changes \(file)"
      case 2, 3:
        _ = try workspace.requestReview(
          of: path, from: random.next() % 2 == 0 ? [] : [random.pick(AwaitedTests.people)], message: nil,
          by: pair.attribution(person), random: &random)
        return "asks about \(file)"
      case 4, 5, 6:
        let verdicts: [Review.Verdict] = [.approve, .approve, .approve, .requestChanges, .refuse, .abstain]
        let verdict = random.pick(verdicts)
        do {
          let draft = try workspace.draft(
            Decision(verdict, remark: "Voilà."), on: path, by: pair.attribution(person), random: &random)
          _ = try workspace.record(draft, signature: nil, by: pair.attribution(person))
        } catch is DecisionRefused {
          return "may not decide about \(file)"
        }
        return "decides \(verdict) about \(file)"
      case 7:
        try pair.save(person, "posts/\(round).json", AwaitedTests.post(round, by: person))
        return "writes posts/\(round).json"
      case 8:
        try pair.git(person, "add", "-A")
        try pair.git(person, "mv", "-f", file, "posts/ailleurs-\(round).json")
        return "moves \(file)"
      case 9:
        let time = Instant(secondsSince1970: now.secondsSince1970 + 3600 * Int(random.next() % 12))
          .rfc3339(offset: .utc)
        try set(person, file, "/variants/fb/schedule", ["at": JSONValue(time), "zone": "America/Toronto"])
        return "gives \(file) the time \(time)"
      case 10:
        hours += Int(random.next() % 9)
        return "waits"
      case 11 where random.next() % 2 == 0:
        let approving = AwaitedTests.people.filter { _ in random.next() % 3 > 0 }
        try pair.save(person, "team.json", AwaitedTests.team(approving: approving))
        return "changes the team"
      case 12 where random.next() % 2 == 0:
        let folder = try workspace.documentsOfFolder()
        let states = try workspace.states(of: folder, at: now, by: pair.attribution(person))
        guard let document = folder.collection.all.first(where: { $0.path == path }),
          let channel = Post(document.value).variants.first?.channel
        else { return "publishes nothing" }
        let moment = try #require(Moment(rfc3339: now.rfc3339(offset: .utc)))
        let wish = ReleaseWish(on: channel, at: moment, by: JSONString(person))
        let preflight = try workspace.preflight(of: document, wish, in: states)
        _ = try workspace.recordPublication(
          preflight, PublicationWish(note: "Voilà."), by: pair.attribution(person), random: &random)
        return "publishes \(file)"
      case 13:
        try commit(person)
        return "commits"
      case 14 where random.next() % 2 == 0:
        try set(person, "channels.json", "/channels/@fb/handle", JSONValue("ravaude\(round)"))
        return "gives the account another name"
      default:
        try commit(person)
        _ = try await pair.sync(person)
        return "syncs"
      }
    }

    /// The look with what is remembered, twice, and from nothing, beside every document.
    mutating func compare(for person: String, _ place: String) throws {
      let attribution = pair.attribution(person)
      let workspace = try pair.workspace(person)
      let states = try workspace.states(of: workspace.documentsOfFolder(), at: now, by: attribution)
      let expected = states.awaitedReviews().filter { states.waits($0, for: JSONString(person)) }
        .map(\.document.path.text).sorted()
      try pair.expectLooks(
        by: person, at: now, toSay: expected, alsoFromNothing: hours % 4 == 1, place, \.toDecide)
      if expected.isEmpty { quiet += 1 } else { asked += 1 }
    }
  }

  /// What makes every document wait or not, in the folder and in a version.
  @Test(
    arguments: [
      ("who approved loses the right", "team.json", "/members/@ana/rights", ["*": ["write"]], [false, true]),
      ("the account has another name", "channels.json", "/channels/@fb/handle", "ravaude2", [false, true]),
      ("a crisis holds what has a time", "crises/rappel.json", "/state", "active", [true, false]),
      ("a crisis is over", "crises/rappel.json", "/state", "closed", [false, true]),
    ] as [(String, String, JSONPointer, JSONValue, [Bool])])
  func whatCountsForAllIsLookedAtEverywhere(
    _ what: String, file: String, pointer: JSONPointer, value: JSONValue, waits: [Bool]
  ) async throws {
    let isCrisis = file.hasPrefix("crises/")
    var crisis: JSONValue = [
      "kind": "crisis-activation", "id": "01m6pp5qb0wb7d3mnfvs9552fd", "level": "1",
      "createdAt": "2026-11-03T09:00:00-05:00", "createdBy": "ana", "hold": "all",
      "declaredAt": "2026-11-03T09:00:00-05:00", "declaredBy": "ana", "plan": "01m6pp5qb0wb7d3mnfvs9552fe",
    ]
    try crisis.set(value == "closed" ? "active" : "closed", at: "/state")
    let pair = try await Pair(
      Self.people,
      files: [
        ("ligne.json", Self.settings("required", fourEyes: false)), ("team.json", Self.team()),
        ("channels.json", Self.channels), ("posts/0.json", Self.post(0, by: "ana")),
        ("crises/rappel.json", crisis),
      ])
    var random = SeededRandom(seed: 1)
    let path = try WorkspacePath("posts/0.json")
    try pair.change("ana", "/variants", Self.tomorrow, in: path.text)
    if !isCrisis {
      let workspace = try pair.workspace("ana")
      let draft = try workspace.draft(
        Decision(.approve), on: path, by: pair.attribution("ana"), random: &random)
      _ = try workspace.record(draft, signature: nil, by: pair.attribution("ana"))
      try pair.commit("ana")
    }
    _ = try await pair.sync("ana")
    _ = try await pair.sync("leo")
    func isAsked(_ person: String) throws -> Bool {
      return try #require(
        try pair.workspace(person).status(at: Self.noon, by: pair.attribution(person)).asked
      )
      .toDecide.contains(path)
    }
    let counted = isCrisis ? waits : [false, true]
    #expect(try isAsked("leo") == counted[0], "\(what): before")
    var document = try pair.read("ana", file)
    try document.set(value, at: pointer)
    try pair.save("ana", file, document)
    #expect(try isAsked("mia") == false, "\(what): nobody has heard of it")
    try pair.save("leo", file, document)
    #expect(try isAsked("leo") == counted[1], "\(what): in the folder")
    try pair.commit("leo")
    #expect(try isAsked("leo") == counted[1], "\(what): in a version")
    _ = try await pair.sync("leo")
    _ = try await pair.sync("mia")
    #expect(try isAsked("mia") == counted[1], "\(what): received")
  }

  /// Who writes in what they approved has approved own words, also where they take it back.
  @Test func wordsThatWereWrittenAndTakenBackAreOwnWords() async throws {
    let pair = try await Pair(
      Self.people,
      files: [
        ("ligne.json", Self.settings("required", fourEyes: true)), ("team.json", Self.team()),
        ("channels.json", Self.channels), ("posts/0.json", Self.post(0, by: "ana")),
      ])
    var random = SeededRandom(seed: 1)
    let path = try WorkspacePath("posts/0.json")
    try pair.change("ana", "/variants", Self.tomorrow, in: path.text)
    _ = try await pair.sync("ana")
    _ = try await pair.sync("leo")
    let workspace = try pair.workspace("leo")
    let draft = try workspace.draft(
      Decision(.approve), on: path, by: pair.attribution("leo"), random: &random)
    _ = try workspace.record(draft, signature: nil, by: pair.attribution("leo"))
    try pair.commit("leo")
    func asked() throws -> [WorkspacePath] {
      return try #require(try pair.workspace("mia").status(at: Self.noon, by: pair.attribution("mia")).asked)
        .toDecide
    }
    _ = try await pair.sync("leo")
    _ = try await pair.sync("mia")
    #expect(try asked() == [])
    try pair.change("leo", "/body", "D’autres mots.", in: path.text)
    try pair.change("leo", "/body", "Des mots.", in: path.text)
    _ = try await pair.sync("leo")
    _ = try await pair.sync("mia")
    // Another command comes first, and what it remembers is of the newest version already.
    let folder = try pair.workspace("mia").documentsOfFolder()
    let states = try pair.workspace("mia").states(of: folder, at: Self.noon, by: pair.attribution("mia"))
    #expect(states.awaitedReviews().map(\.document.path) == [path])
    #expect(try asked() == [path])
  }

  /// Whoever may approve everywhere grants nothing by looking: what waits, waits on every computer alike.
  @Test(arguments: ["ana", "leo"]) func lookingGrantsNothing(_ person: String) async throws {
    let pair = try await Pair(
      Self.people,
      files: [
        ("ligne.json", Self.settings("required", fourEyes: false)),
        ("team.json", Self.team(approving: ["ana"])),
        ("channels.json", Self.channels), ("posts/0.json", Self.post(0, by: "ana")),
      ])
    try pair.save("leo", "team.json", Self.team(approving: ["ana", "leo"]))
    try pair.commit("leo")
    _ = try await pair.sync("leo")
    _ = try await pair.sync("ana")
    let workspace = try pair.workspace(person)
    let states = try workspace.states(
      of: workspace.documentsOfFolder(), at: Self.noon, by: pair.attribution("ana"))
    #expect(states.awaitedReviews().map(\.document.path.text) == ["team.json"])
    // The other one’s identity first: what is remembered is nobody’s.
    for name in ["leo", "ana"] {
      let asked = try #require(
        try pair.workspace(person).status(at: Self.noon, by: pair.attribution(name)).asked)
      #expect(asked.toDecide.map(\.text) == (name == "ana" ? ["team.json"] : []), "\(name)")
    }
  }

  static let tomorrow: JSONValue = [
    "fb": ["schedule": ["at": "2026-12-01T09:00:00-05:00", "zone": "America/Toronto"]]
  ]
  static let noon = Instant(secondsSince1970: 1_796_000_000)

  @Test func aTableIsReadAsItWasWrittenOrNotAtAll() throws {
    let id = ObjectID.emptyTree
    let table = AwaitedTable(
      head: id, tree: id, authority: id, since: Instant(secondsSince1970: -5), until: nil,
      asked: [try WorkspacePath("posts/é.json"): ["ana", "leo"], try WorkspacePath("team.json"): []],
      inHand: [try WorkspacePath("conversations/1.json"): ["mia"]])
    let read = try #require(AwaitedTable(table.bytes))
    #expect(
      read.asked == table.asked && read.inHand == table.inHand && read.since == table.since
        && read.until == nil && read.head == id)
    for length in 0..<table.bytes.count { #expect(AwaitedTable(Array(table.bytes.prefix(length))) == nil) }
    #expect(AwaitedTable(table.bytes + [0]) == nil)
  }

  /// A clock that was years ahead for a day leaves nothing behind.
  @Test func anEarlierHourIsLookedAtAnew() async throws {
    let pair = try await Pair(
      Self.people,
      files: [
        ("ligne.json", Self.settings("required", fourEyes: false)), ("team.json", Self.team()),
        ("channels.json", Self.channels), ("posts/0.json", Self.post(0, by: "ana")),
      ])
    try pair.change(
      "ana", "/variants/fb/schedule", ["at": "2026-12-01T09:00:00-05:00", "zone": "America/Toronto"],
      in: "posts/0.json")
    func asked(_ moment: String) throws -> Int {
      let now = try #require(Instant(rfc3339: moment))
      return try #require(try pair.workspace("ana").status(at: now, by: pair.attribution("ana")).asked)
        .toDecide.count
    }
    #expect(try asked("2026-11-30T09:00:00-05:00") == 1)
    #expect(try asked("2031-11-30T09:00:00-05:00") == 0)
    #expect(try asked("2026-11-30T09:00:01-05:00") == 1)
    #expect(try asked("2026-12-01T08:59:59-05:00") == 1)
    #expect(try asked("2026-12-01T09:00:00-05:00") == 0)
  }
}

extension Pair {
  /// A look at the folder with what is remembered, twice, and from nothing: each time it says the same.
  ///
  /// - Parameter part: What of the answer is compared.
  func expectLooks(
    by person: String, at now: Instant, toSay expected: [String], alsoFromNothing: Bool, _ place: String,
    _ part: (AwaitedDocuments) -> [WorkspacePath]
  ) throws {
    func look() throws -> [String] {
      let asked = try workspace(person).status(at: now, by: attribution(person)).asked
      return try part(#require(asked)).map(\.text)
    }
    #expect(try look() == expected, "\(place)")
    #expect(try look() == expected, "\(place), again")
    guard alsoFromNothing else { return }
    for name in [AwaitedTable.names.version, AwaitedTable.names.folder] {
      try? FileManager.default.removeItem(atPath: path(of: person) + "/.git/ligne/\(name)")
    }
    #expect(try look() == expected, "\(place), from nothing")
  }
}
