import Foundation
import JSONTree
import ObjectModel
import SyncEngine
import Testing

/// A document that somebody renames in a file manager takes along what is open in it.
struct MovedDocumentsTests {
  private static let (old, new) = ("posts/marche.json", "archive/marche.json")
  private static let record = "conflicts/" + old
  private static let newRecord = "conflicts/" + new

  /// Two people who want different hours; Léo has moved the post and not committed it.
  private func moved() async throws -> Pair {
    let pair = try await contested()
    try move(pair, Self.old, Self.new)
    return pair
  }

  private func contested() async throws -> Pair {
    let pair = try await Pair()
    try pair.change("ana", "/at", "10 h")
    try pair.change("leo", "/at", "11 h")
    _ = try await pair.sync("ana")
    _ = try await pair.sync("leo")
    try #require(pair.exists("leo", Self.record))
    return pair
  }

  private func move(_ pair: Pair, _ from: String, _ to: String) throws {
    let target = URL(filePath: pair.path(of: "leo") + "/" + to)
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.moveItem(at: URL(filePath: pair.path(of: "leo") + "/" + from), to: target)
  }

  private func open(_ pair: Pair, _ name: String = "leo") throws -> [String] {
    try pair.workspace(name).openConflicts().map { "\($0.path.text) \($0.pointer)" }
  }

  private static let question = ["\(new) /at"]

  @Test func isAskedWhereItIsNowBeforeItIsCommitted() async throws {
    let pair = try await moved()
    #expect(try open(pair) == Self.question)
    let path = try WorkspacePath(Self.new)
    #expect(try pair.workspace("leo").openConflicts(in: path).map(\.isNew) == [false])
    #expect(try pair.workspace("leo").documents().filter(\.isConflicted).map(\.path) == [path])
    // To look changes nothing.
    #expect(pair.exists("leo", Self.record))
  }

  @Test(arguments: [nil, new, old, record]) func aCommitOfEitherPlaceMovesBoth(_ named: String?) async throws
  {
    let pair = try await moved()
    let report = try pair.workspace("leo").commit(
      named.map { [try WorkspacePath($0)] }, message: "Rangé", by: pair.attribution("leo"))
    #expect(report.openConflicts == 1)
    #expect(try pair.git("leo", "status", "--porcelain") == "")
    #expect(try open(pair) == Self.question)
    #expect(!pair.exists("leo", Self.record))
    _ = try await pair.sync("leo")
    _ = try await pair.sync("ana")
    #expect(try open(pair, "ana") == Self.question)
  }

  @Test func aMoveIsOneChangeWhereNothingIsOpenToo() async throws {
    let pair = try await Pair()
    try move(pair, Self.old, Self.new)
    _ = try pair.workspace("leo").commit(
      [WorkspacePath(Self.new)], message: "Rangé", by: pair.attribution("leo"))
    #expect(try pair.git("leo", "ls-files", "posts", "archive") == Self.new)
  }

  @Test func itIsSettledWhereItIsNow() async throws {
    let pair = try await moved()
    let left = try pair.workspace("leo").resolve(
      WorkspacePath(Self.new), "/at", with: .value("12 h"), by: pair.attribution("leo"))
    #expect(left == 0)
    #expect(try pair.read("leo", Self.new)["at"] == "12 h")
    #expect(!pair.exists("leo", Self.record) && !pair.exists("leo", Self.newRecord))
  }

  @Test func aSyncBringsItAlong() async throws {
    let pair = try await moved()
    try pair.change("ana", "/title", "Marché couvert")
    _ = try await pair.sync("ana")
    _ = try await pair.sync("leo")
    #expect(try pair.read("leo", Self.new)["title"] == "Marché couvert")
    #expect(try open(pair) == Self.question)
    #expect(pair.exists("leo", Self.newRecord) && !pair.exists("leo", Self.record))
  }

  @Test(arguments: [old, "elsewhere/marche.json"])
  func whatMovesOnceMoreStillTakesItAlong(_ third: String) async throws {
    let pair = try await moved()
    try pair.change("ana", "/title", "Marché couvert")
    _ = try await pair.sync("ana")
    _ = try await pair.sync("leo")
    try move(pair, Self.new, third)
    #expect(try open(pair) == ["\(third) /at"])
    if third == Self.old {
      #expect(throws: WorkspaceError.nothingToCommit) { try pair.commit("leo") }
    } else {
      try pair.commit("leo")
    }
    #expect(try open(pair) == ["\(third) /at"])
    #expect(pair.exists("leo", "conflicts/" + third) && !pair.exists("leo", Self.newRecord))
    #expect(try pair.git("leo", "status", "--porcelain") == "")
  }

  @Test func aDamagedRecordIsKeptAndTheNewestVersionSaysWhatIsOpen() async throws {
    let pair = try await contested()
    try pair.save("leo", Self.record, "{ \"conflicts\": [")
    try move(pair, Self.old, Self.new)
    #expect(try open(pair) == Self.question)
    try pair.commit("leo")
    #expect(try open(pair) == Self.question)
    #expect(try pair.git("leo", "status", "--porcelain") == "")
    let kept = try pair.workspace("leo").keptTexts().filter { $0.path.text == Self.record }
    #expect(kept.map(\.reason) == [.commit])
  }

  @Test func aChoiceOverADamagedRecordKeepsItsBytes() async throws {
    let pair = try await contested()
    try pair.save("leo", Self.record, "{ \"conflicts\": [")
    _ = try pair.workspace("leo").resolve(
      WorkspacePath(Self.old), "/at", with: .candidate(1), by: pair.attribution("leo"))
    let kept = try pair.workspace("leo").keptTexts().filter { $0.path.text == Self.record }
    #expect(kept.map(\.reason) == [.resolve])
  }

  @Test func aCopyTakesNothingAlong() async throws {
    let pair = try await contested()
    try pair.save("leo", Self.new, pair.read("leo", Self.old))
    #expect(try open(pair) == ["\(Self.old) /at"])
    try pair.commit("leo")
    #expect(try open(pair) == ["\(Self.old) /at"])
  }

  @Test func aFileOfOnesOwnInTheFolderOfQuestionsStaysWhereItIs() async throws {
    let pair = try await Pair()
    try pair.save("leo", Self.record, "Notes d’une réunion\n")
    try move(pair, Self.old, Self.new)
    try pair.commit("leo")
    #expect(try pair.text("leo", Self.record) == "Notes d’une réunion\n")
    #expect(!pair.exists("leo", Self.newRecord))
  }
}
