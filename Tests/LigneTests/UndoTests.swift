import Foundation
import JSONTree
import TestSupport
import Testing

/// `ligne undo` where the last thing done was a sync: what others did goes only where somebody means it.
@Suite struct UndoTests {
  /// Ana and Léo, and a post of Léo's that Ana has just received.
  private func received() throws -> (ana: Desk, leo: Desk) {
    let (ana, leo) = try ConcurrentReviewTests.team()
    _ = try leo.ligne(["new", "post", "--title", "De Léo"])
    _ = try leo.ligne(["commit", "-m", "De Léo"])
    try DecisionsOfOthersTests.share(leo, ana)
    return (ana, leo)
  }

  private func error(of answer: TestSupport.Program.Result) throws -> JSONValue? {
    try JSONValue(parsing: answer.output)["error"]
  }

  @Test func whatIsNotCommittedIsNoReasonToTakeBackTheWorkOfOthers() throws {
    let (ana, _) = try received()
    _ = try ana.ligne(["new", "post", "--title", "De moi"])
    let before = try ana.git("rev-parse", "HEAD")
    let refused = try error(of: ana.ligne(["undo", "--json"]))
    #expect(refused?["code"] == "uncommitted")
    let hint = try #require(refused?["hint"]?.text)
    #expect(hint.contains("ligne undo --sync") && hint.contains("ligne delete DOCUMENT"))
    #expect(!hint.contains("ligne restore"))
    #expect(try ana.git("rev-parse", "HEAD") == before)
    #expect(try ana.ligne(["undo", "--sync"]).text.contains("mise en commun"))
    #expect(try ana.ligne(["list", "post"]).text.contains("De moi"))
    #expect(try !ana.ligne(["list", "post"]).text.contains("De Léo"))
  }

  @Test func whatIsNewAndNotCommittedStaysAndItIsSaid() throws {
    let (ana, _) = try received()
    _ = try ana.ligne(["new", "post", "--title", "Un"])
    _ = try ana.ligne(["commit", "-m", "Un"])
    _ = try ana.ligne(["new", "post", "--title", "Deux"])
    let answer = try ana.ligne(["undo"])
    #expect(answer.status == 0 && answer.errorText.contains("ligne delete DOCUMENT"), "\(answer.errorText)")
    #expect(try ana.ligne(["list", "post"]).text.contains("Deux"))
  }

  @Test func aCrisisOfOthersStays() throws {
    let (ana, leo) = try received()
    let plan = try leo.git("ls-files", "crisis/plans")
    let declared = try leo.ligne(["crisis", "declare", plan, "--level", "2", "--json"])
    #expect(declared.status == 0, "\(declared.text)")
    _ = try leo.ligne(["set", "De Léo", "body", "Encore."])
    _ = try leo.ligne(["commit", "-m", "Encore"])
    try DecisionsOfOthersTests.share(leo, ana)
    let undone = try JSONValue(parsing: ana.ligne(["undo", "--json"]).output)
    #expect(
      undone["crises"]?.array?.contains { $0.text?.hasPrefix("crisis/activations/") == true } == true)
    let crises = try JSONValue(parsing: ana.ligne(["status", "--json"]).output)["crises"]?.array
    #expect(crises?.count == 1)
    #expect(try !ana.ligne(["show", "De Léo", "/body"]).text.contains("Encore."))
  }

  @Test func whereOnlyACrisisCameNothingIsTakenBack() throws {
    let (ana, leo) = try received()
    _ = try ana.ligne(["undo", "--sync"])
    try DecisionsOfOthersTests.share(ana, leo)
    let plan = try leo.git("ls-files", "crisis/plans")
    _ = try leo.ligne(["crisis", "declare", plan, "--level", "2"])
    try DecisionsOfOthersTests.share(leo, ana)
    let refused = try error(of: ana.ligne(["undo", "--sync", "--json"]))
    #expect(refused?["code"] == "nothing-to-undo")
    #expect(refused?["hint"]?.text?.contains("ligne crisis") == true)
  }
}
