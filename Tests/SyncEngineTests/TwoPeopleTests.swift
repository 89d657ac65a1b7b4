import Foundation
import JSONTree
import ObjectModel
import SyncEngine
import TestSupport
import Testing
import ThreeWayMerge

/// Two people, two folders, one address on disk: what they made apart comes together.
@Suite struct TwoPeopleTests {
  static let file = "posts/marche.json"

  @Test(arguments: [["ana", "leo", "ana"], ["leo", "ana", "leo"]])
  func differentFieldsMergeIntoOneCommit(order: [String]) async throws {
    let pair = try await Pair()
    try pair.change("ana", "/title", "Marché public")
    try pair.change("leo", "/at", "10 h")
    var reports: [SyncReport] = []
    for name in order { reports.append(try await pair.sync(name)) }

    #expect(reports.map(\.result) == [.shared, .joined, .received])
    #expect(try pair.workspace("ana").head() == pair.workspace("leo").head())
    for name in ["ana", "leo"] {
      #expect(try pair.read(name, Self.file)["title"] == "Marché public")
      #expect(try pair.read(name, Self.file)["at"] == "10 h")
      #expect(try pair.git(name, "status", "--porcelain") == "")
      #expect(try pair.git(name, "fsck", "--strict") == "")
    }
    #expect(try pair.git("team.git", "rev-parse", "main") == pair.git("ana", "rev-parse", "HEAD"))
    #expect(try await pair.sync("ana").result == .upToDate)
  }

  @Test func theSameFieldIsAConflictThatTravelsAndIsSettledOnce() async throws {
    let pair = try await Pair()
    try pair.change("ana", "/at", "10 h")
    try pair.change("leo", "/at", "11 h")
    _ = try await pair.sync("ana")
    let report = try await pair.sync("leo")
    #expect(report.conflicts.map { "\($0.path) \($0.pointer) \($0.kind)" } == ["posts/marche.json /at value"])

    _ = try await pair.sync("ana")
    let open = try pair.workspace("ana").openConflicts()
    #expect(open.map(\.conflict.values) == [["10 h", "11 h"]])
    #expect(open.first?.current == "11 h")
    let left = try pair.workspace("ana").resolve(
      try WorkspacePath(Self.file), "/at", with: .candidate(1), by: pair.attribution("ana"))
    #expect(left == 0)
    try pair.commit("ana", "10 h, comme prévu")
    _ = try await pair.sync("ana")
    #expect(try await pair.sync("leo").conflicts.isEmpty)
    #expect(try pair.read("leo", Self.file)["at"] == "10 h")
    #expect(!pair.exists("leo", "conflicts/posts/marche.json"))
  }

  /// A record left behind would show as a change for ever that no commit takes.
  @Test func whatWasOpenInADocumentGoesWithIt() async throws {
    let pair = try await Pair()
    try pair.change("ana", "/at", "10 h")
    try pair.change("leo", "/at", "11 h")
    _ = try await pair.sync("ana")
    _ = try await pair.sync("leo")
    #expect(pair.exists("leo", "conflicts/posts/marche.json"))
    try FileManager.default.removeItem(atPath: pair.path(of: "leo") + "/" + Self.file)
    try pair.commit("leo")
    #expect(!pair.exists("leo", "conflicts/posts/marche.json"))
    #expect(try pair.git("leo", "status", "--porcelain") == "")
  }

  @Test func whatIsNotCommittedIsKeptWhenAChoiceDeletesTheDocument() async throws {
    let pair = try await Pair()
    try FileManager.default.removeItem(atPath: pair.path(of: "ana") + "/" + Self.file)
    try pair.commit("ana")
    try pair.change("leo", "/at", "11 h")
    _ = try await pair.sync("ana")
    _ = try await pair.sync("leo")
    var document = try pair.read("leo", Self.file)
    try document.set("Marché couvert", at: "/title")
    try pair.save("leo", Self.file, document)

    let path = try WorkspacePath(Self.file)
    _ = try pair.workspace("leo").resolve(path, .root, with: .candidate(1), by: pair.attribution("leo"))
    #expect(!pair.exists("leo", Self.file))
    let kept = try pair.workspace("leo").keptTexts().filter { $0.path == path && $0.reason == .resolve }
    #expect(kept.count == 1)
    _ = try pair.workspace("leo").restoreKept(#require(kept.first).id, by: pair.attribution("leo"))
    #expect(try pair.read("leo", Self.file)["title"] == "Marché couvert")
  }

  @Test func uncommittedWorkIsCarriedAlongAndStaysUncommitted() async throws {
    let pair = try await Pair()
    try pair.change("ana", "/title", "Marché public")
    _ = try await pair.sync("ana")
    var document = try pair.read("leo", Self.file)
    try document.set("10 h", at: "/at")
    try pair.save("leo", Self.file, document)
    let report = try await pair.sync("leo")
    #expect(report.carried.map(\.text) == [Self.file])
    #expect(try pair.read("leo", Self.file)["title"] == "Marché public")
    #expect(try pair.read("leo", Self.file)["at"] == "10 h")
    #expect(try pair.workspace("leo").localState().changes.map(\.path.text) == [Self.file])
    #expect(try pair.git("leo", "for-each-ref", "refs/ligne/kept/") != "")
  }

  /// The version it is merged onto exists nowhere else yet: this sync makes it.
  @Test func uncommittedWorkIsCarriedThroughAJoin() async throws {
    let pair = try await Pair()
    try pair.change("ana", "/at", "10 h")
    _ = try await pair.sync("ana")
    try pair.change("leo", "/title", "Marché public")
    var document = try pair.read("leo", Self.file)
    try document.set("ready", at: "/state")
    try pair.save("leo", Self.file, document)
    let report = try await pair.sync("leo")
    #expect(report.result == .joined)
    #expect(report.carried.map(\.text) == [Self.file])
    #expect(try pair.read("leo", Self.file)["at"] == "10 h")
    #expect(try pair.read("leo", Self.file)["title"] == "Marché public")
    #expect(try pair.read("leo", Self.file)["state"] == "ready")
    #expect(try pair.workspace("leo").localState().changes.map(\.path.text) == [Self.file])
  }

  @Test func aFileThatCannotBeReadStaysAsItIsAndBlocksNothing() async throws {
    let pair = try await Pair()
    try pair.save("leo", Self.file, "{ \"title\": ")
    try pair.save(
      "leo", "posts/autre.json", Pair.post(title: "Autre", at: "1 h", id: "01m77xs330wq30sehf0sxqjc65"))
    let committed = try pair.commit("leo")
    #expect(committed.left.map(\.path.text) == [Self.file])
    #expect(committed.documents.map(\.text) == ["posts/autre.json"])
    try pair.change("ana", "/title", "Marché public")
    _ = try await pair.sync("ana")
    let report = try await pair.sync("leo")
    #expect(report.passedBy.map(\.text) == [Self.file])
    #expect(try pair.text("leo", Self.file) == "{ \"title\": ")

    // Mended, it is merged with what the others did meanwhile.
    try pair.save(
      "leo", Self.file,
      Pair.post(title: "Marché", at: "8 h"))
    try pair.commit("leo")
    #expect(try pair.read("leo", Self.file)["title"] == "Marché public")
    #expect(try pair.read("leo", Self.file)["at"] == "8 h")
  }

  /// A post that Léo can't read any more, and that Ana changed since.
  private func pairWithAFilePassedBy() async throws -> Pair {
    let pair = try await Pair()
    try pair.save("leo", Self.file, "{ \"title\": ")
    try pair.change("ana", "/title", "Marché public")
    _ = try await pair.sync("ana")
    let report = try await pair.sync("leo")
    #expect(report.passedBy.map(\.text) == [Self.file])
    return pair
  }

  /// Léo gives the post a title, and it is that one.
  private func expectTitle(_ title: String, ofLeoIn pair: Pair) throws {
    var document = try pair.read("leo", Self.file)
    try document.set(JSONValue(title), at: "/title")
    try pair.save("leo", Self.file, document)
    #expect(try pair.commit("leo").openConflicts == 0)
    #expect(try pair.read("leo", Self.file)["title"] == JSONValue(title))
  }

  @Test func whoDeletesAFileThatWasPassedByDeletesItAgainstWhatOthersDid() async throws {
    let pair = try await pairWithAFilePassedBy()
    try FileManager.default.removeItem(atPath: pair.folder.path + "/leo/" + Self.file)
    let committed = try pair.commit("leo")
    #expect(committed.openConflicts == 1)
    #expect(try pair.read("leo", Self.file)["title"] == "Marché public")
    #expect(try pair.workspace("leo").localState().changes.isEmpty)
  }

  /// Both changed the title; Léo has the question, and Ana’s file was damaged when it came.
  private func pairWithAConflictPassedBy() async throws -> Pair {
    let pair = try await Pair()
    try pair.change("ana", "/title", "Marché public")
    _ = try await pair.sync("ana")
    try pair.change("leo", "/title", "Marché privé")
    try pair.change("leo", "/summary", "Samedi")
    _ = try await pair.sync("leo")
    #expect(try pair.workspace("leo").openConflicts().count == 1)
    try pair.save("ana", Self.file, "{ \"title\": ")
    #expect(try await pair.sync("ana").passedBy.map(\.text) == [Self.file])
    return pair
  }

  @Test func aConflictThatCameWithWhatWasPassedByStaysOpen() async throws {
    let pair = try await pairWithAConflictPassedBy()
    try pair.save("ana", Self.file, Pair.post(title: "Marché public", at: "8 h"))
    #expect(try pair.commit("ana").openConflicts == 1)
    #expect(try pair.read("ana", Self.file)["at"] == "8 h")
    #expect(try pair.read("ana", Self.file)["summary"] == "Samedi")
  }

  /// The document itself did not change then, and stays passed by.
  @Test func aConflictThatCameWithWhatWasPassedByIsSettledByOthers() async throws {
    let pair = try await pairWithAConflictPassedBy()
    let open = try #require(try pair.workspace("leo").openConflicts().first)
    _ = try pair.workspace("leo").resolve(open.path, open.pointer, with: .shown, by: pair.attribution("leo"))
    _ = try pair.commit("leo")
    _ = try await pair.sync("leo")
    _ = try await pair.sync("ana")
    #expect(try pair.text("ana", Self.file) == "{ \"title\": ")
    try pair.save("ana", Self.file, Pair.post(title: "Marché public", at: "8 h"))
    _ = try pair.commit("ana")
    #expect(try pair.read("ana", Self.file)["at"] == "8 h")
    #expect(try pair.read("ana", Self.file)["summary"] == "Samedi")
  }

  /// First which file it shall be, then which words: nobody’s title is gone because a third version can’t be read.
  @Test(arguments: ["Marché public", nil]) func whatIsOpenInAFileWaitsUntilTheFileIsChosen(
    _ title: String?
  ) async throws {
    let pair = try await Pair(["ana", "leo", "mia"])
    try pair.change("ana", "/title", "Marché public")
    _ = try await pair.sync("ana")
    try pair.change("leo", "/title", "Marché privé")
    _ = try await pair.sync("leo")
    // A version of his that holds the question.
    try pair.change("leo", "/at", "10 h")
    _ = try await pair.sync("leo")
    try pair.save("mia", Self.file, "{ \"title\": ")
    _ = try pair.git("mia", "commit", "-qam", "sans ligne")
    let report = try await pair.sync("mia")
    #expect(report.conflicts.map(\.pointer) == [.root])

    let mia = try pair.workspace("mia")
    let open = try #require(try mia.openConflicts().first)
    #expect(open.isOfWholeFile)
    #expect(open.conflict.candidates.count == 2)
    #expect(throws: WorkspaceError.self) {
      try mia.resolve(open.path, "/title", with: .shown, by: pair.attribution("mia"))
    }
    let readable = try #require(
      open.conflict.candidates.firstIndex { candidate in
        guard case .value(let name) = candidate, case .document? = open.files[name]?.reading else {
          return false
        }
        return true
      })
    #expect(
      try mia.resolve(open.path, .root, with: .candidate(readable + 1), by: pair.attribution("mia")) == 1)
    let inside = try #require(try mia.openConflicts().first)
    #expect(inside.pointer == "/title")
    #expect(inside.conflict.values == ["Marché privé", "Marché public"])
    #expect(inside.current == "Marché public")

    let choice = title.map { Choice.value(JSONValue($0)) } ?? .candidate(1)
    #expect(try mia.resolve(open.path, "/title", with: choice, by: pair.attribution("mia")) == 0)
    #expect(try pair.commit("mia").openConflicts == 0)
    _ = try await pair.sync("mia")
    _ = try await pair.sync("ana")
    #expect(try pair.read("ana", Self.file)["title"] == JSONValue(title ?? "Marché privé"))
  }

  /// Somebody’s damaged file that no version has, in the place of a document that comes: mended it meets that one, and to
  /// delete it is to ask for that.
  @Test(arguments: [true, false]) func aDamagedNewFileStandsWhereADocumentComes(_ isMended: Bool) async throws
  {
    let pair = try await Pair()
    let file = "posts/neuf.json"
    try pair.save("leo", file, "{ \"title\": ")
    try pair.save("ana", file, Pair.post(title: "Marché d’Ana", at: "8 h", id: "01m6pp5qb0wb7d3mnfvs9552f9"))
    _ = try pair.commit("ana")
    _ = try await pair.sync("ana")
    #expect(try await pair.sync("leo").passedBy.map(\.text) == [file])
    if isMended {
      try pair.save(
        "leo", file, Pair.post(title: "Marché de Léo", at: "8 h", id: "01m6pp5qb0wb7d3mnfvs9552f9"))
    } else {
      try FileManager.default.removeItem(atPath: pair.folder.path + "/leo/" + file)
    }
    #expect(try pair.commit("leo").openConflicts == 1)
    let open = try #require(try pair.workspace("leo").openConflicts().first)
    #expect(open.pointer.description == (isMended ? "/title" : ""))
    #expect(open.conflict.candidates.count == 2)
  }

  @Test func aFileAsTheNewestVersionHasItIsBasedOnThat() async throws {
    let pair = try await pairWithAFilePassedBy()
    _ = try pair.git("leo", "checkout", "--", Self.file)
    try pair.change("ana", "/at", "10 h")
    _ = try await pair.sync("ana")
    _ = try await pair.sync("leo")
    try expectTitle("Marché couvert", ofLeoIn: pair)
  }

  @Test func whoGivesAFileUpThatWasPassedByStartsFromTheNewestVersion() async throws {
    let pair = try await pairWithAFilePassedBy()
    let workspace = try pair.workspace("leo")
    let newest = try #require(try workspace.localState().headTree)
    let path = try WorkspacePath(Self.file)
    _ = try workspace.restore(path, to: newest, at: path, field: nil, by: pair.attribution("leo"))
    try expectTitle("Marché", ofLeoIn: pair)
  }

  /// What can't be seen is not as the newest version has it.
  @Test func theBaseOfAFileThatCannotBeSeenStays() async throws {
    let pair = try await pairWithAFilePassedBy()
    let (posts, aside) = (pair.path(of: "leo") + "/posts", pair.folder.path + "/aside")
    try FileManager.default.moveItem(atPath: posts, toPath: aside)
    try FileManager.default.createSymbolicLink(atPath: posts, withDestinationPath: aside)
    try pair.save("ana", "notes.txt", "Samedi")
    try pair.commit("ana")
    _ = try await pair.sync("ana")
    #expect(try await pair.sync("leo").received.count == 1)
    try FileManager.default.removeItem(atPath: posts)
    try FileManager.default.moveItem(atPath: aside, toPath: posts)
    try pair.save("leo", Self.file, Pair.post(title: "Marché", at: "8 h"))
    try pair.commit("leo")
    #expect(try pair.read("leo", Self.file)["title"] == "Marché public")
    #expect(try pair.read("leo", Self.file)["at"] == "8 h")
  }

  @Test func aCommitByPlainGitCountsLikeAnyOther() async throws {
    let pair = try await Pair()
    let clone = pair.folder.path + "/plain"
    _ = try pair.git("team.git", "clone", "-q", ".", clone)
    try pair.save(
      "plain", Self.file, Pair.post(title: "Par git", at: "9 h"))
    _ = try pair.git("plain", "commit", "-qam", "sans ligne")
    _ = try pair.git("plain", "push", "-q", pair.address, "HEAD:main")
    try pair.change("ana", "/at", "10 h")
    let report = try await pair.sync("ana")
    #expect(report.result == .joined)
    #expect(try pair.read("ana", Self.file)["title"] == "Par git")
    #expect(try pair.read("ana", Self.file)["at"] == "10 h")
  }

  @Test func threeWeeksOfflineAreOneSync() async throws {
    let pair = try await Pair(["ana", "leo", "mia"])
    for day in 1...30 {
      try pair.change("mia", JSONPointer([.key(JSONString("note\(day)"))]), JSONValue("jour \(day)"))
    }
    try pair.change("ana", "/title", "Marché public")
    try pair.change("leo", "/at", "10 h")
    _ = try await pair.sync("ana")
    _ = try await pair.sync("leo")
    let report = try await pair.sync("mia")
    #expect(report.shared.count == 30)
    #expect(report.received.count == 2)
    _ = try await pair.sync("ana")
    #expect(try pair.workspace("ana").head() == pair.workspace("mia").head())
  }

  @Test func anotherWorkspaceIsRefusedBeforeAnythingMoves() async throws {
    let pair = try await Pair()
    let other = try await Pair(["eva", "max"], files: [("ligne.json", ["kind": "workspace", "id": "x"])])
    try other.workspace("eva").setAddress(pair.address)
    let before = try pair.git("team.git", "for-each-ref")
    await #expect(throws: WorkspaceError.unrelatedTeam(address: pair.address)) { try await other.sync("eva") }
    #expect(try pair.git("team.git", "for-each-ref") == before)
  }

  @Test func aDeletedDocumentThatTheOtherEditedStays() async throws {
    let pair = try await Pair()
    try pair.change("ana", "/title", "Marché public")
    _ = try pair.git("leo", "rm", "-q", Self.file)
    try pair.commit("leo")
    _ = try await pair.sync("ana")
    let report = try await pair.sync("leo")
    #expect(report.conflicts.map { "\($0.pointer) \($0.kind)" } == [" deleteEdit"])
    #expect(try pair.read("leo", Self.file)["title"] == "Marché public")
  }
}
