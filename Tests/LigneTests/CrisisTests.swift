import Foundation
import JSONTree
import TestSupport
import Testing

/// From a plan to a crisis that holds everything in its scope, and back, by the program itself.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/America/Toronto")))
struct CrisisTests {
  /// Two people of one team, each in their own copy, with a planned post and the starter's plan.
  private static func team() throws -> (ana: Desk, leo: Desk, post: String, plan: String) {
    let (ana, post) = try ScheduleTests.desk()
    _ = try ana.ligne(["schedule", post, "--channel", "x", "--at", "2026-12-01T09:00"])
    let address = ana.folder.path + "/team.git"
    _ = try TestSupport.Program.git(["init", "-q", "--bare", "-b", "main", address], in: ana.folder.path)
    try run(ana, ["remote", address])
    try run(ana, ["commit", "-m", "Départ"])
    try run(ana, ["sync"])
    let leo = try Desk("Léo Roy <leo@ravaude.example>", in: ana.folder, cloning: address)
    let plan = try run(ana, ["list", "crisis-plan"]).array?.first?["id"]?.text
    return (ana, leo, post, try #require(plan))
  }

  @discardableResult
  private static func run(_ desk: Desk, _ words: [String], status: Int32 = 0, at time: String? = nil) throws
    -> JSONValue
  {
    let answer = try desk.ligne(words + ["--json"], environment: time.map { ["LIGNE_DATE": $0] } ?? [:])
    guard answer.status == status else {
      throw Desk.Trouble(text: "\(words): \(answer.status) \(answer.text) \(answer.errorText)")
    }
    return try JSONValue(parsing: answer.output)
  }

  @Test func oneCommandDeclaresAndHoldsAndKeepsTheRestUncommitted() throws {
    let (ana, _, post, plan) = try Self.team()
    _ = try ana.ligne(["set", post, "/title", "En chantier"])
    #expect(
      try Self.run(ana, ["crisis", "declare", plan, "--level", "0"], status: 1)["error"]?["code"] != nil)
    let declared = try Self.run(ana, ["crisis", "declare", plan, "--level", "2", "--reason", "Un incendie"])
    #expect(declared["level"] == "2" && declared["state"] == "active")
    #expect(declared["held"]?.array?.count == 1 && declared["held"]?.array?.first?["id"]?.text == post)
    // A version of exactly the activation and its entry; what somebody was writing stays uncommitted.
    let files = try ana.git("show", "--name-only", "--format=", "HEAD").split(separator: "\n")
    #expect(files.count == 2 && files.allSatisfy { $0.hasPrefix("crisis/") }, "\(files)")
    #expect(try ana.git("status", "--porcelain").contains("posts/"))
    #expect(try Self.run(ana, ["crisis", "declare", plan, "--level", "3"], status: 1)["error"] != nil)
    #expect(try Self.run(ana, ["crisis", "raise", "--level", "2"], status: 1)["error"] != nil)
    try Self.run(ana, ["crisis", "note", "-m", "Personne n’est blessé", "--nature", "fact"])
    #expect(try Self.run(ana, ["crisis", "note", "-m", "  "], status: 1)["error"] != nil)
    let shown = try ana.ligne(["crisis", "status"], in: "fr").text.plainSpaces
    #expect(shown.contains("Un incendie") && shown.contains("Personne n’est blessé"), "\(shown)")
    #expect(shown.contains("1 publication retenue"))
    #expect(try Self.run(ana, ["calendar"]).array?.first?["state"] == "held")
  }

  @Test func whatMissedItsTimeExpiresAndNothingGoesOutByItself() throws {
    let (ana, _, post, plan) = try Self.team()
    try Self.run(ana, ["crisis", "declare", plan, "--level", "2"])
    let after = "2026-12-02T09:00:00-05:00"
    let ended = try ana.ligne(["crisis", "end", "-m", "Fini"], in: "en", environment: ["LIGNE_DATE": after])
    #expect(ended.status == 0 && ended.text.contains("ligne schedule"), "\(ended.text)")
    let states = try Self.run(ana, ["list", "post"], at: after).array ?? []
    #expect(states.first { $0["id"]?.text == post }?["state"] == "expired")
    #expect(try Self.run(ana, ["list", "publication"]).array == [])
    #expect(try Self.run(ana, ["crisis", "status"])["state"] == .null)
    #expect(try Self.run(ana, ["crisis", "end"], status: 1)["error"]?["code"] != nil)
  }

  @Test func whoEndsAndWhoRaisesApartLeaveItActiveAtTheHigherLevel() throws {
    let (ana, leo, post, plan) = try Self.team()
    let crisis = try #require(
      try Self.run(ana, ["crisis", "declare", plan, "--level", "1"])["activation"]?.text)
    try Self.run(ana, ["sync"])
    // He is told at once what it holds: a person is needed.
    try Self.run(leo, ["sync"], status: 2)
    // Without a network: she ends it, he raises it, and plans a post besides.
    try Self.run(ana, ["crisis", "end", "-m", "Rien de grave"])
    try Self.run(leo, ["crisis", "raise", crisis, "--level", "3"])
    _ = try leo.ligne(["schedule", post, "--channel", "x", "--at", "2026-12-03T09:00"])
    try Self.run(leo, ["commit", "-m", "Programmée"])
    for desk in [ana, leo, ana] { _ = try desk.ligne(["sync"]) }
    for desk in [ana, leo] {
      let status = try Self.run(desk, ["crisis", "status"])
      #expect(status["level"] == "3" && status["state"] == "active" && status["held"]?.array?.count == 1)
    }
    #expect(try ana.git("rev-parse", "HEAD") == leo.git("rev-parse", "HEAD"))
  }

  @Test func twoWhoDeclareApartHaveTwoCrisesAndEachIsEnded() throws {
    let (ana, leo, _, plan) = try Self.team()
    try Self.run(ana, ["crisis", "declare", plan, "--level", "1"])
    try Self.run(leo, ["crisis", "declare", plan, "--level", "2"])
    try Self.run(ana, ["sync"])
    _ = try leo.ligne(["sync"])
    let crises = try Self.run(leo, ["crisis", "status"])["crises"]?.array ?? []
    #expect(crises.count == 2)
    #expect(try Self.run(leo, ["crisis", "end"], status: 1)["error"]?["code"] != nil)
    for crisis in crises {
      try Self.run(leo, ["crisis", "end", try #require(crisis["activation"]?.text)])
    }
    #expect(try Self.run(leo, ["crisis", "status"])["crises"] == [])
  }
}
