import Documents
import Foundation
import GitStore
import JSONTree
import ObjectModel
import SyncEngine
import TestSupport
import Testing
import ThreeWayMerge

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

  /// Léo has moved the post and wants another hour in it, uncommitted; so does Ana, who has shared hers.
  private func movedAndAboutToBeAsked() async throws -> Pair {
    let pair = try await Pair()
    try move(pair, Self.old, Self.new)
    var post = try pair.read("leo", Self.new)
    try post.set("11 h", at: "/at")
    try pair.save("leo", Self.new, post)
    try pair.change("ana", "/at", "10 h")
    _ = try await pair.sync("ana")
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
    // Nobody's work of this computer is in it.
    let asked = try pair.workspace("leo").openConflicts()
    #expect(asked.map(\.uncommitted) == [[]] && asked.map(\.isNew) == [false])
  }

  @Test func whatASyncAsksOfAMovedDocumentGoesAlongToo() async throws {
    let pair = try await movedAndAboutToBeAsked()
    _ = try await pair.sync("leo")
    #expect(try open(pair) == Self.question)
    #expect(try pair.workspace("leo").openConflicts().map(\.uncommitted.count) == [1])
    try move(pair, Self.new, "elsewhere/marche.json")
    #expect(try open(pair) == ["elsewhere/marche.json /at"])
    try move(pair, "elsewhere/marche.json", Self.old)
    #expect(try open(pair) == ["\(Self.old) /at"])
    try pair.commit("leo")
    #expect(try open(pair) == ["\(Self.old) /at"])
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
    #expect(third == Self.old || !pair.exists("leo", Self.record))
    #expect(try pair.git("leo", "status", "--porcelain") == "")
  }

  @Test func aDocumentWaitsForItsDamagedRecordWhereverItIs() async throws {
    let pair = try await contested()
    try pair.save("leo", Self.record, "{ \"conflicts\": [")
    try move(pair, Self.old, Self.new)
    #expect(try open(pair) == Self.question)
    #expect(throws: WorkspaceError.self) { try pair.commit("leo") }
    try pair.save("leo", "notes.txt", "Rien\n")
    #expect(try pair.commit("leo").left.map(\.path.text) == [Self.record])
    #expect(try pair.git("leo", "ls-files", "posts", "archive") == Self.old)
    _ = try pair.workspace("leo").resolve(
      WorkspacePath(Self.new), "/at", with: .candidate(1), by: pair.attribution("leo"))
    try pair.commit("leo")
    #expect(try pair.git("leo", "ls-files", "posts", "archive", "conflicts") == Self.new)
  }

  /// A question that a sync brings is not answered by what was saved while it went on, wherever the document is.
  @Test func whatIsSavedDuringASyncAnswersNothingThereEither() async throws {
    let pair = try await movedAndAboutToBeAsked()
    let workspace = try pair.workspace("leo")
    var saved = try pair.read("leo", Self.new)
    try saved.set("11 h 30", at: "/at")
    var isSaved = false
    workspace.onTakenIn = { _ in
      isSaved = (try? pair.save("leo", Self.new, saved)) != nil
    }
    var random = SeededRandom(seed: 2)
    _ = try await workspace.sync(
      SyncOptions(), over: GitTransport(gitFolder: workspace.gitFolder), by: pair.attribution("leo"),
      random: &random)
    #expect(isSaved)
    #expect(try open(pair) == Self.question)
    let candidates = try pair.workspace("leo").openConflicts().first?.conflict.candidates
    #expect(candidates?.contains(.value("10 h")) == true)
  }

  /// One that others deleted and that stays is in no version, and is known by its record.
  @Test func aKeptDocumentTakesItsQuestionAlong() async throws {
    let pair = try await Pair()
    try FileManager.default.removeItem(atPath: pair.path(of: "ana") + "/" + Self.old)
    try pair.commit("ana")
    _ = try await pair.sync("ana")
    var post = try pair.read("leo", Self.old)
    try post.set("11 h", at: "/at")
    try pair.save("leo", Self.old, post)
    _ = try await pair.sync("leo")
    #expect(try open(pair) == ["\(Self.old) "])
    try move(pair, Self.old, Self.new)
    #expect(try open(pair) == ["\(Self.new) "])
    _ = try pair.workspace("leo").commit(
      [WorkspacePath(Self.record)], message: "Rangé", by: pair.attribution("leo"))
    #expect(try open(pair) == ["\(Self.new) "])
    #expect(try pair.git("leo", "status", "--porcelain") == "")
  }

  /// The record of one is not that of the other, however alike their questions are.
  @Test func twoThatAskTheSameEachTakeTheirOwn() async throws {
    let ids = ["01m6pp5qb0wb7d3mnfvs9552f1", "01m6pp5qb0wb7d3mnfvs9552f2"]
    let names = ["a", "b"]
    let pair = try await Pair(
      files: [Pair.sample[0]]
        + zip(names, ids).map { ("posts/\($0).json", Pair.post(title: $0, at: "9 h", id: $1)) })
    for name in names {
      try pair.change("ana", "/at", "10 h", in: "posts/\(name).json")
      try pair.change("leo", "/at", "11 h", in: "posts/\(name).json")
    }
    try pair.change("ana", "/title", "A", in: "posts/a.json")
    try pair.change("leo", "/title", "Â", in: "posts/a.json")
    _ = try await pair.sync("ana")
    _ = try await pair.sync("leo")
    let asked = ["posts/a.json /at", "posts/a.json /title", "posts/b.json /at"]
    #expect(try open(pair) == asked)
    for name in names { try move(pair, "posts/\(name).json", "archive/\(name).json") }
    try pair.change("ana", "/body", "Venez.", in: "posts/b.json")
    _ = try await pair.sync("ana")
    _ = try await pair.sync("leo")
    for name in names { try move(pair, "archive/\(name).json", "attic/\(name).json") }
    try pair.commit("leo")
    #expect(try open(pair) == asked.map { $0.replacing("posts", with: "attic") })
  }

  @Test func whatIsAnsweredIsNotAskedAgainByTheRecordOfAnother() async throws {
    let pair = try await Pair(
      files: Pair.sample + [
        ("posts/fete.json", Pair.post(title: "Fête", at: "9 h", id: "01m6pp5qb0wb7d3mnfvs9552f2"))
      ])
    for file in [Self.old, "posts/fete.json"] {
      try pair.change("ana", "/at", "10 h", in: file)
      try pair.change("leo", "/at", "11 h", in: file)
    }
    _ = try await pair.sync("ana")
    _ = try await pair.sync("leo")
    _ = try pair.workspace("leo").resolve(
      WorkspacePath(Self.old), "/at", with: .candidate(2), by: pair.attribution("leo"))
    try FileManager.default.removeItem(atPath: pair.path(of: "leo") + "/posts/fete.json")
    #expect(try open(pair) == [])
    try pair.commit("leo")
    #expect(try open(pair) == [])
  }

  @Test(arguments: [nil, new]) func aMoveWaitsWithItsDocument(_ named: String?) async throws {
    let pair = try await moved()
    var post = try pair.read("leo", Self.new)
    _ = try post.remove(at: "/title")
    try pair.save("leo", Self.new, post)
    try pair.save("leo", "notes.txt", "Rien\n")
    let paths = try named.map { [try WorkspacePath($0), try WorkspacePath("notes.txt")] }
    let report = try pair.workspace("leo").commit(paths, message: "Rangé", by: pair.attribution("leo"))
    #expect(report.left.map(\.path.text) == [Self.new])
    #expect(try pair.git("leo", "ls-files", "posts", "archive") == Self.old)
    #expect(pair.exists("leo", Self.record))
    // Nor where nobody can read it.
    try pair.save("leo", Self.new, "{")
    try pair.save("leo", "notes.txt", "Rien encore\n")
    _ = try? pair.commit("leo")
    #expect(pair.exists("leo", Self.record))
  }

  @Test func whatIsInTheWayOfARecordIsNamedAndTheMoveWaits() async throws {
    let pair = try await moved()
    try pair.save("leo", "conflicts/archive", "à moi")
    #expect(throws: WorkspaceError.self) {
      try pair.workspace("leo").commit([WorkspacePath(Self.new)], message: "x", by: pair.attribution("leo"))
    }
    try pair.save("leo", "notes.txt", "Rien\n")
    let report = try pair.commit("leo")
    #expect(report.left.map(\.path.text) == ["conflicts/archive"])
    #expect(report.left.map(\.problem.code) == ["reserved-folder"])
    #expect(try open(pair) == Self.question)
    #expect(try pair.git("leo", "ls-files", "posts", "archive") == Self.old)
    #expect(try pair.text("leo", "conflicts/archive") == "à moi")
  }

  @Test func aPictureTakesAlongWhatIsOpenInIt() async throws {
    let pair = try await Pair()
    try pair.save("ana", "images/logo.txt", "un\n")
    try pair.commit("ana")
    _ = try await pair.sync("ana")
    _ = try await pair.sync("leo")
    for (name, text) in [("ana", "deux\n"), ("leo", "trois\n")] {
      try pair.save(name, "images/logo.txt", text)
      try pair.commit(name)
      _ = try await pair.sync(name)
    }
    try #require(open(pair) == ["images/logo.txt "])
    try move(pair, "images/logo.txt", "archive/logo.txt")
    #expect(try open(pair) == ["archive/logo.txt "])
    try pair.commit("leo")
    #expect(try open(pair) == ["archive/logo.txt "])
  }

  @Test func aDocumentIsFoundByItsOldPlaceToo() async throws {
    let pair = try await moved()
    let old = try WorkspacePath(Self.old)
    #expect(try pair.workspace("leo").openConflicts(in: old).map(\.path.text) == [Self.new])
    #expect(
      try pair.workspace("leo").resolve(old, "/at", with: .candidate(1), by: pair.attribution("leo")) == 0)
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

  /// Of two files with one id and one name the one that asks is moved and the copy is deleted: the question stays.
  @Test func aCopyThatIsDeletedTakesNothingWithIt() async throws {
    let pair = try await Pair()
    for name in ["ana", "leo"] { _ = try await pair.sync(name) }
    try pair.save("ana", "copies/marche.json", pair.text("ana", Self.old))
    try pair.commit("ana")
    for name in ["ana", "leo"] { _ = try await pair.sync(name) }
    try pair.change("ana", "/at", "10 h")
    try pair.change("leo", "/at", "11 h")
    for name in ["ana", "leo"] { _ = try await pair.sync(name) }
    try #require(pair.exists("leo", Self.record) && pair.exists("leo", "copies/marche.json"))
    try move(pair, Self.old, Self.new)
    try FileManager.default.removeItem(atPath: pair.path(of: "leo") + "/copies/marche.json")
    #expect(try open(pair) == Self.question)
    try pair.commit("leo")
    #expect(try open(pair) == Self.question)
    #expect(pair.exists("leo", Self.newRecord))
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
