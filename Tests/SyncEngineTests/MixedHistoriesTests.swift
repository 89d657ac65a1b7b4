import JSONTree
import ObjectModel
import SyncEngine
import Testing

/// Another workspace whose history plain git mixed into ours.
@Suite struct MixedHistoriesTests {
  @Test func ourFirstVersionStaysTheFirst() async throws {
    let pair = try await Pair()
    let first = try pair.workspace("ana").identity()
    #expect(first?.hex == (try pair.git("ana", "rev-list", "--max-parents=0", "HEAD")))
    // Whichever id is the smaller.
    for number in 0..<4 {
      let other = try pair.git("ana", "commit-tree", "-m", "ailleurs \(number)", "HEAD^{tree}")
      try pair.git("ana", "merge", "-q", "--allow-unrelated-histories", "-s", "ours", "-m", "mêlé", other)
      try pair.change("ana", "/note", JSONValue("\(number)"))
      #expect(try pair.workspace("ana").identity() == first)
    }
    for name in ["ana", "leo", "ana"] { _ = try await pair.sync(name) }
    #expect(try pair.workspace("leo").head() == pair.workspace("ana").head())
    #expect(try pair.workspace("leo").identity() == first)
    #expect(try pair.read("leo", UndoTests.file)["note"] == "3")
  }

  /// Ours mixed into another one is another one, also where it comes as the team's own version.
  @Test func oursInAnotherIsAnother() async throws {
    let pair = try await Pair()
    try pair.change("ana", "/note", "ici")
    _ = try await pair.sync("ana")
    let head = try pair.workspace("ana").head()
    let other = try pair.git("ana", "commit-tree", "-m", "ailleurs", "HEAD^{tree}")
    let mixed = try pair.git("ana", "commit-tree", "-p", other, "-p", "HEAD", "-m", "mêlé", "HEAD^{tree}")
    try pair.git("ana", "push", "-q", "origin", "\(mixed):refs/heads/main")
    let report = try await pair.sync("leo")
    #expect(report.refused.map(\.code) == ["other-workspace"])
    #expect(try pair.workspace("leo").head() == head)
    #expect(try pair.read("leo", UndoTests.file)["note"] == "ici")
  }
}
