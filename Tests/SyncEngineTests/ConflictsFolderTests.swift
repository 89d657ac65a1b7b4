import Documents
import Foundation
import GitStore
import JSONTree
import ObjectModel
import SyncEngine
import TestSupport
import Testing
import ThreeWayMerge

/// What people do to the folder in which Ligne notes what is left to settle.
@Suite struct ConflictsFolderTests {
  static let file = "posts/marche.json"
  static let record = "conflicts/posts/marche.json"

  /// Two people who changed one time, and have both.
  private func contested() async throws -> Pair {
    let pair = try await Pair()
    try pair.change("leo", "/at", "11 h")
    _ = try await pair.sync("leo")
    try pair.change("ana", "/at", "10 h")
    #expect(try await pair.sync("ana").conflicts.count == 1)
    return pair
  }

  @Test(arguments: ["todo.txt", "posts/liste.json"]) func aFileOfOnesOwnStaysAndIsNamed(_ name: String)
    async throws
  {
    let pair = try await contested()
    let (own, text) = ("conflicts/" + name, "{ précieux")
    try pair.save("ana", own, text)
    try pair.save("ana", "posts/liste.txt", "autre chose")
    let report = try pair.commit("ana")
    #expect(report.left.map(\.path.text) == [own])
    #expect(report.left.map(\.problem.code) == ["reserved-folder"])
    #expect(report.documents.map(\.text) == ["posts/liste.txt"])
    #expect(try pair.workspace("ana").status().left.map(\.path.text) == [own])
    // Alone it is nothing to commit, and says why.
    #expect(throws: WorkspaceError.self) { try pair.commit("ana") }
    // Nor does a sync touch it, whatever comes.
    _ = try await pair.sync("ana")
    try pair.change("leo", "/title", "Marché d’hiver")
    _ = try await pair.sync("leo")
    _ = try await pair.sync("ana")
    #expect(try pair.read("ana", Self.file)["title"] == "Marché d’hiver")
    #expect(try pair.text("ana", own) == text)
    #expect(try pair.git("ana", "ls-files", own) == "")
  }

  /// Whoever names it names no document.
  @Test func aFileOfOnesOwnThatIsNamedTakesNoDocumentAway() async throws {
    let pair = try await Pair()
    try pair.save("ana", "todo.txt", "à faire")
    try pair.commit("ana")
    try pair.save("ana", "conflicts/todo.txt", "autre chose")
    #expect(throws: WorkspaceError.self) {
      try pair.workspace("ana").commit(
        [WorkspacePath("conflicts/todo.txt")], message: "x", by: pair.attribution("ana"))
    }
    #expect(try pair.git("ana", "ls-files", "todo.txt") == "todo.txt")
    #expect(try pair.text("ana", "conflicts/todo.txt") == "autre chose")
  }

  /// Its document may still be committed.
  @Test func aFileOfOnesOwnHoldsNoDocumentUp() async throws {
    let pair = try await Pair()
    try pair.save("ana", Self.record, "[]")
    try pair.change("ana", "/at", "10 h")
    #expect(try pair.git("ana", "show", "HEAD:" + Self.file).contains("10 h"))
    #expect(try pair.text("ana", Self.record) == "[]")
  }

  @Test func aDamagedRecordSettlesNothing() async throws {
    let pair = try await contested()
    try pair.save("ana", Self.record, "{ abîmé")
    #expect(try pair.workspace("ana").openConflicts().count == 1)
    #expect(try pair.workspace("ana").status().left.map(\.problem.code) == ["damaged-record"])
    // Neither alone, nor with its document.
    #expect(throws: WorkspaceError.self) { try pair.commit("ana") }
    var post = try pair.read("ana", Self.file)
    try post.set("Marché", at: "/title")
    try pair.save("ana", Self.file, post)
    try pair.save("ana", "note.txt", "x")
    #expect(try pair.commit("ana").left.map(\.path.text) == [Self.record])
    _ = try await pair.sync("ana")
    _ = try await pair.sync("leo")
    #expect(try pair.workspace("leo").openConflicts().count == 1)
    #expect(try pair.text("ana", Self.record) == "{ abîmé")

    // It is settled as ever, and the file is right again.
    #expect(
      try pair.workspace("ana").resolve(
        WorkspacePath(Self.file), "/at", with: .candidate(1), by: pair.attribution("ana")) == 0)
    try pair.commit("ana")
    #expect(!pair.exists("ana", Self.record))
    _ = try await pair.sync("ana")
    _ = try await pair.sync("leo")
    #expect(try pair.workspace("leo").openConflicts().isEmpty)
  }

  /// A sync may wait for its host for a minute; who saves meanwhile began before the question came.
  @Test func whatIsSavedWhileASyncGoesOnAnswersNoQuestionItBrought() async throws {
    let pair = try await Pair()
    try pair.change("leo", "/at", "11 h")
    _ = try await pair.sync("leo")
    try pair.change("ana", "/at", "10 h")
    let workspace = try pair.workspace("ana")
    workspace.onTakenIn = { _ in
      #expect(throws: Never.self) {
        var post = try pair.read("ana", Self.file)
        try post.set("midi", at: "/at")
        try pair.save("ana", Self.file, post)
      }
    }
    var random = SeededRandom(seed: 3)
    let report = try await workspace.sync(
      over: GitTransport(gitFolder: workspace.gitFolder), by: pair.attribution("ana"), random: &random)
    #expect(report.conflicts.map(\.pointer.description) == ["/at"])
    let open = try #require(try pair.workspace("ana").openConflicts().first)
    let texts = open.conflict.values.compactMap(\.text)
    #expect(texts.contains("midi") && texts.contains("11 h"))
  }
}
