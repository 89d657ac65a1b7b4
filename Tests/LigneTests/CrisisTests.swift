import Foundation
import JSONTree
import TestSupport
import Testing

/// A bad day, by the program itself: one person, then two who do not know of each other.
@Suite struct CrisisTests {
  static let nine = #"{"at": "2026-11-21T10:00:00-05:00", "zone": "America/Toronto"}"#

  static func json(_ desk: Desk, _ words: String..., at: String? = nil, status: Int32 = 0) throws -> JSONValue
  {
    let answer = try desk.ligne(words + ["--json"], environment: at.map { ["LIGNE_DATE": $0] } ?? [:])
    #expect(answer.status == status, "\(words): \(answer.text)")
    return try JSONValue(parsing: answer.output)
  }

  static func plan(_ desk: Desk) throws -> String {
    try #require(try CheckTests.list(desk, "crisis-plan").first)
  }

  /// Two people; a post of theirs that goes out at ten.
  static func team() throws -> (ana: Desk, leo: Desk, post: String) {
    let (ana, leo) = try ConcurrentReviewTests.team()
    let post = try ConcurrentReviewTests.post(ana)
    try ConcurrentReviewTests.run([["set", "POST", "/variants/fb/schedule", nine]], at: ana, post)
    for desk in [ana, leo] { _ = try desk.ligne(["sync"]) }
    return (ana, leo, post.path)
  }

  static func exchange(_ ana: Desk, _ leo: Desk) throws {
    for desk in [ana, leo, ana] { #expect(try desk.ligne(["sync"]).status != 1) }
    #expect(try ana.git("rev-parse", "HEAD") == leo.git("rev-parse", "HEAD"))
  }

  @Test func declaredIsCommittedAloneAndHoldsUntilSomebodyEndsIt() throws {
    let (ana, _, post) = try Self.team()
    _ = try ana.ligne(["set", post, "/labels", #"["brouillon"]"#])
    let declared = try Self.json(
      ana, "crisis", "declare", Self.plan(ana), "--level", "alerte", "--reason", "Une rumeur.")
    #expect(
      declared["level"] == "2" && declared["state"] == "active" && declared["planHash"]?.text?.count == 64)
    #expect(declared["held"]?.array?.map { $0["channel"] } == ["fb"])
    #expect(declared["statements"]?.array?.first?["slots"] == ["heure", "sujet"])
    // Just the crisis and its log; the rest of the folder is as it was.
    #expect(try ana.git("show", "--name-only", "--format=", "HEAD").split(separator: "\n").count == 2)
    #expect(try ana.git("status", "--porcelain").contains("posts/"))
    #expect(try Self.json(ana, "list", "post").array?.first?["state"] == "held")

    let again = try Self.json(ana, "crisis", "declare", Self.plan(ana), "--level", "3", status: 1)
    #expect(again["error"]?["code"] == "already-declared")
    #expect(again["error"]?["hint"]?.text?.contains("ligne crisis raise") == true)
    #expect(
      try Self.json(ana, "crisis", "raise", "--level", "1", status: 1)["error"]?["code"] == "not-higher")
    #expect(try Self.json(ana, "crisis", "raise", "--level", "Crise")["level"] == "3")
    _ = try Self.json(ana, "crisis", "note", "-m", "Appel du journal.", "--nature", "message")
    let status = try Self.json(ana, "crisis", "status")
    #expect(status["next"]?["nature"] == "update")
    #expect(status["timeline"]?.array?.map { $0["nature"] } == ["declared", "raised", "message"])

    let ended = try Self.json(ana, "crisis", "end", "-m", "Tout va bien.", at: "2026-11-21T12:00:00-05:00")
    #expect(ended["state"] == "closed" && ended["released"] == [] && ended["held"] == [])
    #expect(ended["expired"]?.array?.map { $0["title"] } == ["Soirée"])
    #expect(try Self.json(ana, "crisis", "end", status: 1)["error"]?["code"] == "no-open-crisis")
    #expect(try Self.json(ana, "crisis", "status")["activation"] == .null)
    let after = try Self.json(ana, "list", "post", at: "2026-11-21T12:00:00-05:00").array?.first
    #expect(after?["state"] == "expired")
    // Nothing goes out by itself.
    #expect(try Self.json(ana, "list", "publication") == [])
  }

  @Test func itIsToldInBothLanguages() throws {
    let (ana, _, _) = try Self.team()
    let french = try ana.ligne(["crisis", "declare", Self.plan(ana), "--level", "2"]).text.plainSpaces
    // Whoever looks where they stand is told first.
    #expect(try ana.ligne(["status"], in: "fr").text.plainSpaces.contains("Crise en cours, niveau 2 : "))
    #expect(try ana.ligne(["status"], in: "en").text.contains("Crisis under way, level 2: "))
    #expect(try JSONValue(parsing: ana.ligne(["status", "--json"]).output)["crises"]?.array?.count == 1)
    #expect(french.hasPrefix("Crise déclarée au niveau 2, Alerte : Plan de crise"))
    #expect(french.contains("1 sortie retenue") && french.contains("Première réponse attendue"))
    let english = try ana.ligne(["crisis"], in: "en").text
    #expect(english.hasPrefix("Crisis under way, level 2, Alerte: Plan de crise"))
    #expect(english.contains("1 release held") && english.contains("Who does what"))
    let end = try ana.ligne(
      ["crisis", "end"], in: "en", environment: ["LIGNE_DATE": "2026-11-22T09:00:00-05:00"]
    ).text
    #expect(end.contains("1 release missed its time:") && end.contains("ligne schedule"))
  }

  @Test func twoPeopleDeclareAtOnceAndBothHold() throws {
    let (ana, leo, _) = try Self.team()
    _ = try Self.json(ana, "crisis", "declare", Self.plan(ana), "--level", "2")
    _ = try Self.json(leo, "crisis", "declare", Self.plan(leo), "--level", "3")
    try Self.exchange(ana, leo)
    let crises = try Self.json(ana, "crisis", "status")["crises"]?.array ?? []
    #expect(crises.map { $0["level"] } == ["3", "2"])
    #expect(crises.allSatisfy { $0["held"]?.array?.count == 1 })
    #expect(try Self.json(leo, "crisis", "end", status: 1)["error"]?["code"] == "several-crises")
    let words = try ana.ligne(["crisis", "status"], in: "fr")
    #expect(words.text.hasPrefix("2 crises en cours".replacing(" ", with: "\u{A0}", maxReplacements: 1)))
    let lower = try #require(crises.last?["path"]?.text)
    #expect(words.errorText.contains("ligne crisis end \(lower.dropLast(5).suffix(6))"))
    _ = try Self.json(ana, "crisis", "end", lower)
    #expect(try Self.json(ana, "list", "post").array?.first?["state"] == "held")
  }

  @Test func anEndAndARaiseAtOnceLeaveItActiveAtTheHigherLevel() throws {
    let (ana, leo, _) = try Self.team()
    _ = try Self.json(ana, "crisis", "declare", Self.plan(ana), "--level", "2")
    try Self.exchange(ana, leo)
    _ = try Self.json(ana, "crisis", "end")
    _ = try Self.json(leo, "crisis", "raise", "--level", "3")
    try Self.exchange(ana, leo)
    for desk in [ana, leo] {
      let status = try Self.json(desk, "crisis", "status")
      #expect(status["state"] == "active" && status["level"] == "3" && status["held"]?.array?.count == 1)
    }
    #expect(try Self.json(ana, "crisis", "end")["state"] == "closed")
  }

  @Test func anEndAndANoteAtOnceAreBothThere() throws {
    let (ana, leo, _) = try Self.team()
    _ = try Self.json(ana, "crisis", "declare", Self.plan(ana), "--level", "2")
    try Self.exchange(ana, leo)
    _ = try Self.json(ana, "crisis", "end")
    _ = try Self.json(leo, "crisis", "note", "-m", "Appel du journal.")
    try Self.exchange(ana, leo)
    let all = try Self.json(leo, "crisis", "status", "--all")
    #expect(all["state"] == "closed")
    #expect(all["timeline"]?.array?.contains { $0["text"] == "Appel du journal." } == true)
  }

  @Test func whatIsScheduledAndApprovedMeanwhileIsHeldAndTold() throws {
    let (ana, leo) = try ConcurrentReviewTests.team()
    let post = try ConcurrentReviewTests.post(ana)
    _ = try Self.json(ana, "crisis", "declare", Self.plan(ana), "--level", "3")
    try ConcurrentReviewTests.run(
      [["set", "POST", "/variants/fb/schedule", Self.nine], ["review", "approve", "POST"]], at: leo, post)
    #expect(try ana.ligne(["sync"]).status != 1)
    let received = try Self.json(leo, "sync", status: 2)
    #expect(received["findings"]?.array?.contains { $0["rule"] == "held-by-crisis" } == true)
    #expect(try Self.json(leo, "list", "post").array?.first?["state"] == "held")
  }

  @Test func aPreparedStatementBecomesAPostThatThisCrisisLetsThrough() throws {
    let (ana, leo, _) = try Self.team()
    let plan = try Self.plan(ana)
    _ = try Self.json(ana, "crisis", "declare", plan, "--level", "2")
    let words = ["crisis", "statement", "attente"]
    let left = try ana.ligne(words + ["--channel", "fb"], in: "en")
    #expect(left.status == 1 && left.errorText.contains("Still to be filled in: heure; sujet"))
    let filled = words + ["--channel", "fb", "--slot", "heure=16 h", "--slot", "sujet=la soirée", "--json"]
    let made = try JSONValue(parsing: ana.ligne(filled).output)
    #expect(made["body"]?.text?.contains("à propos de la soirée") == true)
    let post = try #require(made["id"]?.text)
    #expect(try ana.git("status", "--porcelain").isEmpty)
    let dry = try Self.json(ana, "publish", post, "--dry-run")
    #expect(dry["clear"] == true && dry["blockers"] == [])
    #expect(
      try Self.json(ana, "publish", "soiree", "--dry-run", status: 2)["blockers"]?.array?.first?["code"]
        == "held")

    // Meanwhile somebody changes the words of the plan.
    try Self.exchange(ana, leo)
    _ = try leo.ligne(["set", plan, "/statements/@attente/body", "Nous revenons à {heure} sur {sujet}."])
    _ = try leo.ligne(["commit", "-m", "Plan"])
    #expect(try leo.ligne(["sync"]).status != 1)
    let received = try Self.json(ana, "sync", status: 2)
    #expect(received["findings"]?.array?.contains { $0["rule"] == "plan-statement-changed" } == true)
    let status = try Self.json(ana, "crisis", "status")
    #expect(status["planStanding"] == "changed" && status["statements"]?.array?.first?["outdated"] == true)
  }

  @Test func aDrillChangesNothingButItsDayAndAReviewTellsTheStory() throws {
    let (ana, _, _) = try Self.team()
    let plan = try Self.plan(ana)
    let drill = try Self.json(ana, "crisis", "drill", plan)
    #expect(drill["level"] == "3" && drill["held"]?.array?.count == 1)
    #expect(drill["gaps"]?.array?.contains { $0["code"] == "not-approved" } == true)
    #expect(try CheckTests.list(ana, "crisis-activation") == [])
    let changes = try Self.json(ana, "status")["changes"]?.array ?? []
    #expect(changes.map { $0["fields"] } == [["/lastDrill"]])

    _ = try Self.json(ana, "crisis", "declare", plan, "--level", "3")
    _ = try Self.json(ana, "crisis", "end", at: "2026-11-21T12:00:00-05:00")
    let told = try ana.ligne(
      ["crisis", "review"], environment: ["LIGNE_DATE": "2026-11-22T09:00:00-05:00"]
    ).text.plainSpaces
    #expect(told.hasPrefix("# Retour sur une crise : Plan de crise") && told.contains("fb : Soirée"))
    #expect(try ana.ligne(["crisis", "review", "--output", "../retour.md"]).status == 0)
    let piped = try ana.ligne(["crisis", "review", "--output", "-"])
    #expect(try piped.output == Array(ana.read("../retour.md").utf8))
    #expect(!FileManager.default.fileExists(atPath: ana.path + "/-"))
    #expect(try Self.json(ana, "crisis", "review", "--output", "../retour.md", status: 1)["error"] != nil)
  }
}
