import Foundation
import JSONTree
import Synchronization
import TestSupport
import Testing

/// Five people with a folder each, one address between them, and a clock that the story sets.
///
/// Nobody has a server, and two are away from any network for part of the week. What everybody writes is remembered here, so
/// that on Friday it can be asked for again.
final class Week {
  /// Who they are; two of them work in English.
  enum Person: String, CaseIterable {
    case noemie = "Noémie Roy <noemie@ravaude.example>"
    case etienne = "Étienne Vachon <etienne@ravaude.example>"
    case priya = "Priya Menon <priya@ravaude.example>"
    case sam = "Sam Okafor <sam@ravaude.example>"
    /// The client: she approves, and writes nothing.
    case madeleine = "Madeleine Cloutier <madeleine@client.example>"

    var language: String { self == .priya || self == .sam ? "en" : "fr" }
  }

  /// The date and time on everybody's clock, such as `2026-11-23T10:00`; all are in Montréal.
  var now = "2026-11-23T08:00"
  let folder: TemporaryFolder
  let address: String
  private(set) var texts: [String] = []
  private var desks: [Person: Desk] = [:]

  init() throws {
    folder = try TemporaryFolder("ligne-week")
    address = folder.path + "/equipe.git"
    try TestSupport.Program.git("init", "-q", "--bare", "-b", "main", address, in: folder.path)
    desks[.noemie] = try Desk(
      Person.noemie.rawValue, in: folder, wishing: ["--workflow", "required"], at: clock)
    try desk(.noemie).write(Self.team, to: "team.json")
    try desk(.noemie).write(Self.channels, to: "channels.json")
    try say(
      .noemie, "set", "ligne.json", "/indicators",
      #"[{"id":"answers","name":"Réponses données","target":20}]"#)
    try say(.noemie, "commit", "-m", "Qui nous sommes")
    try say(.noemie, "remote", address)
    sync(.noemie)
    for person in Person.allCases.dropFirst() {
      desks[person] = try Desk(person.rawValue, in: folder, cloning: address, at: clock)
    }
  }

  private var clock: String { now + ":00-05:00" }

  func desk(_ person: Person) throws -> Desk { try #require(desks[person]) }

  /// A text that somebody writes this week.
  func text(_ words: String) -> String {
    texts.append(words)
    return words
  }

  // MARK: What people type

  /// What the program says to a person, no-break spaces as spaces.
  @discardableResult
  func say(
    _ person: Person, _ words: String..., status: Int32 = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let answer = try run(person, words)
    let said = [answer.text, answer.errorText].joined(separator: "\n").plainSpaces
    #expect(answer.status == status, "\(words): \(said)", sourceLocation: sourceLocation)
    return said
  }

  /// The same as a fact, for scripts.
  @discardableResult
  func ask(
    _ person: Person, _ words: String..., status: Int32 = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> JSONValue {
    let answer = try run(person, words + ["--json"])
    #expect(answer.status == status, "\(words): \(answer.text)", sourceLocation: sourceLocation)
    return try JSONValue(parsing: answer.output)
  }

  /// Everybody named takes in and shares, one after the other. Findings may ask for a person; nothing may fail.
  func sync(_ people: Person..., sourceLocation: SourceLocation = #_sourceLocation) {
    for person in people {
      #expect(throws: Never.self, sourceLocation: sourceLocation) {
        let answer = try self.run(person, ["sync"])
        #expect(answer.status != 1, "\(answer.errorText)", sourceLocation: sourceLocation)
      }
    }
  }

  /// Some take in what was shared, at the same moment; they have nothing to share.
  func receive(_ people: Person..., sourceLocation: SourceLocation = #_sourceLocation) throws {
    for answer in try runAtOnce(["sync"], for: people) {
      #expect(answer.status != 1, "\(answer.errorText)", sourceLocation: sourceLocation)
    }
  }

  /// The same question for several people at the same moment.
  func ask(
    _ people: [Person], _ words: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [(person: Person, value: JSONValue)] {
    try zip(people, runAtOnce(words + ["--json"], for: people)).map { person, answer in
      #expect(answer.status == 0, "\(person), \(words): \(answer.text)", sourceLocation: sourceLocation)
      return (person, try JSONValue(parsing: answer.output))
    }
  }

  /// A version of what a person has done, and off it goes.
  func share(_ person: Person, _ message: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try keep(person, message, sourceLocation: sourceLocation)
    sync(person, sourceLocation: sourceLocation)
  }

  /// A version of what a person has done, on their computer.
  func keep(_ person: Person, _ message: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let answer = try run(person, ["commit", "-m", message])
    #expect(answer.status != 1, "\(answer.errorText)", sourceLocation: sourceLocation)
  }

  /// Where each post stands, by its title, as one person sees it.
  func states(_ person: Person) throws -> [String: String] { Self.states(try ask(person, "list", "post")) }

  static func states(_ list: JSONValue) -> [String: String] {
    var states: [String: String] = [:]
    for row in list.array ?? [] { states[row["title"]?.text ?? ""] = row["state"]?.text }
    return states
  }

  private func run(_ person: Person, _ words: [String]) throws -> TestSupport.Program.Result {
    try desk(person).ligne(words, in: person.language, environment: surroundings(person))
  }

  private func runAtOnce(_ words: [String], for people: [Person]) throws -> [TestSupport.Program.Result] {
    let seats = try people.map { (try desk($0), $0.language, try surroundings($0)) }
    let results = Mutex<[Int: Result<TestSupport.Program.Result, any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: seats.count) { place in
      let (desk, language, environment) = seats[place]
      let result = Result { try desk.ligne(words, in: language, environment: environment) }
      results.withLock { $0[place] = result }
    }
    return try results.withLock { all in try seats.indices.map { try #require(all[$0]).get() } }
  }

  /// A clock, and a home of their own, where keys lie.
  private func surroundings(_ person: Person) throws -> [String: String] {
    let home = folder.path + "/maison-\(person)"
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    return ["LIGNE_DATE": clock, "HOME": home]
  }

  // MARK: Who they are and where they speak

  private static let team = """
    {"id": "01m847vv40dxzshzkbejr9r2y4", "kind": "team", "createdAt": "2026-11-23T08:00:00-05:00", "createdBy": "noemie-roy",
     "members": [
      {"id": "noemie-roy", "name": "Noémie Roy", "email": "noemie@ravaude.example",
       "rights": {"*": ["write", "answer", "approve", "publish", "manage"]}},
      {"id": "etienne-vachon", "name": "Étienne Vachon", "email": "etienne@ravaude.example",
       "rights": {"*": ["write", "answer", "publish"]}},
      {"id": "priya-menon", "name": "Priya Menon", "email": "priya@ravaude.example",
       "rights": {"*": ["write", "answer", "publish"]}},
      {"id": "sam-okafor", "name": "Sam Okafor", "email": "sam@ravaude.example",
       "rights": {"*": ["write", "answer", "publish"]}},
      {"id": "madeleine-cloutier", "name": "Madeleine Cloutier", "email": "madeleine@client.example",
       "rights": {"*": ["approve"]}}]}
    """

  private static let channels = """
    {"id": "01m847vv40sampqv4h6k2xn8j5", "kind": "channels", "createdAt": "2026-11-23T08:00:00-05:00",
     "createdBy": "noemie-roy", "channels": [
      {"id": "fb", "platform": "facebook", "handle": "laravaude", "capacity": {"perDay": 1}},
      {"id": "bsky", "platform": "bluesky", "handle": "laravaude.example"},
      {"id": "ig", "platform": "instagram", "handle": "laravaude", "guardPhrase": "La Ravaude parle"}]}
    """
}
