import JSONTree
import ObjectModel
import SyncEngine
import TestSupport
import Testing
import ThreeWayMerge

/// Taking back is a new version like any other: it is merged, shared, and can be taken back in turn.
@Suite struct UndoTests {
  static let file = "posts/marche.json"

  @discardableResult
  private func undo(_ name: String, _ version: ObjectID? = nil, in pair: Pair) throws -> UndoReport {
    let workspace = try pair.workspace(name)
    let target = try version.map(workspace.undoable) ?? workspace.lastSync()
    return try workspace.undo(target, message: "Annule", by: pair.attribution(name))
  }

  private func tree(_ name: String, in pair: Pair) throws -> ObjectID? {
    let workspace = try pair.workspace(name)
    return try workspace.tree(of: workspace.head())
  }

  /// Ana wrote a title and Léo an hour; Léo has both.
  private func joined() async throws -> (pair: Pair, leosOwn: ObjectID?) {
    let pair = try await Pair()
    try pair.change("ana", "/title", "Marché public")
    try pair.change("leo", "/at", "10 h")
    let own = try tree("leo", in: pair)
    _ = try await pair.sync("ana")
    _ = try await pair.sync("leo")
    return (pair, own)
  }

  @Test func theLastSyncIsTakenBackExactlyAndForEverybody() async throws {
    let (pair, own) = try await joined()
    let joint = try pair.workspace("leo").head()
    let report = try undo("leo", in: pair)
    #expect(report.documents.map(\.text) == [Self.file] && report.conflicts == [])
    #expect(try tree("leo", in: pair) == own)
    #expect(try pair.git("leo", "status", "--porcelain") == "")
    #expect(try pair.git("leo", "rev-parse", "HEAD^") == joint?.hex)

    _ = try await pair.sync("leo")
    _ = try await pair.sync("ana")
    #expect(try tree("ana", in: pair) == own)

    // And the other way round, by somebody else.
    try undo("ana", report.commit, in: pair)
    _ = try await pair.sync("ana")
    _ = try await pair.sync("leo")
    #expect(try pair.read("leo", Self.file)["title"] == "Marché public")
    #expect(try pair.workspace("ana").head() == pair.workspace("leo").head())
  }

  @Test func anUndoMeetsWhatACandidColleagueWroteMeanwhile() async throws {
    let (pair, _) = try await joined()
    try undo("leo", in: pair)
    try pair.change("ana", "/note", "Apportez un sac")
    for name in ["ana", "leo", "ana"] { _ = try await pair.sync(name) }
    let now = try pair.read("ana", Self.file)
    #expect(now["title"] == "Marché" && now["at"] == "10 h" && now["note"] == "Apportez un sac")
    #expect(try pair.workspace("ana").head() == pair.workspace("leo").head())
  }

  @Test func whatWasNotCommittedStaysSo() async throws {
    let (pair, own) = try await joined()
    var document = try pair.read("leo", Self.file)
    try document.set("ici", at: "/note")
    try pair.save("leo", Self.file, document)
    let report = try undo("leo", in: pair)
    #expect(report.carried.map(\.text) == [Self.file])
    #expect(try tree("leo", in: pair) == own)
    let now = try pair.read("leo", Self.file)
    #expect(now["note"] == "ici" && now["title"] == "Marché")
    #expect(try pair.workspace("leo").keptTexts().map(\.reason) == [.undo])
  }

  @Test func ownVersionsSinceTheSyncStay() async throws {
    let (pair, _) = try await joined()
    try pair.change("leo", "/note", "ici")
    try undo("leo", in: pair)
    let now = try pair.read("leo", Self.file)
    #expect(now["note"] == "ici" && now["title"] == "Marché" && now["at"] == "10 h")
  }

  /// What was done last is the version one has just made, then the sync before it; what was taken back is passed over.
  @Test func whatWasDoneLastIsTakenBackFirst() async throws {
    let (pair, own) = try await joined()
    try pair.change("leo", "/note", "ici")
    func undoLast() throws -> UndoReport {
      let workspace = try pair.workspace("leo")
      return try workspace.undo(workspace.lastDone(), message: "Annule", by: pair.attribution("leo"))
    }
    _ = try undoLast()
    #expect(try pair.read("leo", Self.file)["note"] == nil)
    #expect(try pair.read("leo", Self.file)["title"] == "Marché public")
    let sync = try undoLast()
    #expect(try tree("leo", in: pair) == own)
    // Then one’s own work from before it.
    _ = try undoLast()
    #expect(try pair.read("leo", Self.file)["at"] != "10 h")
    #expect(throws: WorkspaceError.nothingDoneToUndo) { try undoLast() }
    // Whoever takes the undoing back has the sync again.
    try undo("leo", sync.commit, in: pair)
    #expect(try pair.read("leo", Self.file)["title"] == "Marché public")
  }

  /// Whoever takes back a version of long ago and then thinks better of it has that taken back, and not what they did last but one.
  @Test func theUndoingOfAnOldVersionIsWhatWasDoneLast() async throws {
    let pair = try await Pair()
    try pair.change("ana", "/title", "Marché public")
    let old = try pair.workspace("ana").head()
    try pair.change("ana", "/at", "10 h")
    try pair.change("ana", "/note", "ici")
    func undoLast() throws {
      let workspace = try pair.workspace("ana")
      _ = try workspace.undo(workspace.lastDone(), message: "Annule", by: pair.attribution("ana"))
    }
    try undo("ana", old, in: pair)
    #expect(try pair.read("ana", Self.file)["title"] == "Marché")
    try undoLast()
    var now = try pair.read("ana", Self.file)
    #expect(now["title"] == "Marché public" && now["note"] == "ici")
    // From here on backwards again.
    try undoLast()
    now = try pair.read("ana", Self.file)
    #expect(now["title"] == "Marché public" && now["note"] == nil && now["at"] == "10 h")
  }

  /// What came by plain git was not done here, and what was amended or reset away is not there any more.
  @Test func whatPlainGitDidIsToldApart() async throws {
    let (pair, _) = try await joined()
    try pair.change("leo", "/note", "ici")
    try pair.git("leo", "commit", "-q", "--amend", "-m", "mieux dit")
    let amended = try pair.workspace("leo").head()
    #expect(try pair.workspace("leo").lastDone().versions == [amended].compactMap(\.self))
    try pair.git("leo", "reset", "-q", "--hard", "HEAD^")
    // The sync is what was done last now.
    #expect(try pair.workspace("leo").lastDone().kind == .sync)
    // A colleague’s version that git alone brings in is not one’s own.
    _ = try await pair.sync("leo")
    _ = try await pair.sync("ana")
    try pair.change("ana", "/note", "là")
    _ = try await pair.sync("ana")
    try pair.git("leo", "pull", "-q", "--ff-only", "origin", "main")
    #expect(try pair.read("leo", Self.file)["note"] == "là")
    let last = try pair.workspace("leo").lastDone()
    #expect(last.kind == .sync)
    _ = try pair.workspace("leo").undo(last, message: "Annule", by: pair.attribution("leo"))
    #expect(try pair.read("leo", Self.file)["note"] == "là")
  }

  @Test func aSyncIsTakenBackOnce() async throws {
    let (pair, _) = try await joined()
    try undo("leo", in: pair)
    #expect(throws: WorkspaceError.nothingToUndo) { try undo("leo", in: pair) }
  }

  @Test func whereNothingCameInThereIsNothingToTakeBack() async throws {
    let pair = try await Pair()
    try pair.change("ana", "/at", "10 h")
    _ = try await pair.sync("ana")
    #expect(throws: WorkspaceError.noSyncToUndo) { try undo("ana", in: pair) }
  }

  @Test func oneVersionIsTakenBackAndLaterWorkStays() async throws {
    let pair = try await Pair()
    try pair.change("ana", "/title", "Marché public")
    let wrong = try #require(try pair.workspace("ana").head())
    try pair.change("ana", "/at", "10 h")
    let report = try undo("ana", wrong, in: pair)
    #expect(report.conflicts == [])
    let now = try pair.read("ana", Self.file)
    #expect(now["title"] == "Marché" && now["at"] == "10 h")
    #expect(throws: WorkspaceError.nothingToUndo) { try undo("ana", wrong, in: pair) }
  }

  @Test func theSameWordsWrittenSinceAreAConflict() async throws {
    let pair = try await Pair()
    try pair.change("ana", "/at", "10 h")
    let wrong = try #require(try pair.workspace("ana").head())
    try pair.change("ana", "/at", "11 h")
    let report = try undo("ana", wrong, in: pair)
    #expect(report.conflicts.map { "\($0.path) \($0.pointer)" } == ["posts/marche.json /at"])
    #expect(try pair.workspace("ana").openConflicts().map(\.conflict.values) == [["11 h", "9 h"]])
    #expect(try pair.git("ana", "status", "--porcelain") == "")
  }

  @Test func aDeletedDocumentComesBack() async throws {
    let pair = try await Pair()
    let before = try pair.text("ana", Self.file)
    _ = try pair.git("ana", "rm", "-q", Self.file)
    let wrong = try pair.commit("ana").commit
    try undo("ana", wrong, in: pair)
    #expect(try pair.text("ana", Self.file) == before)
  }

  @Test func someVersionsCannotBeTakenBack() async throws {
    let (pair, _) = try await joined()
    let workspace = try pair.workspace("leo")
    let joint = try #require(try workspace.head())
    let first = try #require(ObjectID(hex: pair.git("leo", "rev-list", "--max-parents=0", "HEAD")))
    let other = try #require(
      ObjectID(hex: pair.git("leo", "commit-tree", "-m", "ailleurs", "HEAD^{tree}")))
    for (id, refusal) in [(joint, UndoRefusal.joint), (first, .first), (other, .elsewhere)] {
      #expect(throws: WorkspaceError.notUndoable(id, refusal)) { try workspace.undoable(id) }
    }
  }
}
