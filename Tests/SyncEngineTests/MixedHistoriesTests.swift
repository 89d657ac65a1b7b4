import Foundation
import JSONTree
import ObjectModel
import TestSupport
import Testing

@testable import SyncEngine

/// Another workspace whose history plain git mixed into ours.
@Suite struct MixedHistoriesTests {
  /// A version of another workspace, with a team of its own.
  private func stranger(_ pair: Pair, _ number: Int) throws -> String {
    try pair.git("ana", "checkout", "-q", "--orphan", "autre-\(number)")
    try pair.save("ana", "team.json", Self.team(["mallory"], id: number))
    try pair.git("ana", "add", "-A")
    try pair.git("ana", "commit", "-q", "-m", "ailleurs \(number)")
    let version = try pair.git("ana", "rev-parse", "HEAD")
    try pair.git("ana", "checkout", "-q", "main")
    return version
  }

  private static func team(_ people: [String], id: Int) -> JSONValue {
    [
      "id": JSONValue("01m7nhgjg0zr0tc9d9yhctc2a\(id)"), "kind": "team",
      "members": .array(
        people.map {
          [
            "id": JSONValue($0), "name": JSONValue($0), "email": JSONValue("\($0)@exemple.example"),
            "rights": ["*": ["approve"]],
          ]
        }),
    ]
  }

  @Test func ourFirstVersionStaysTheFirst() async throws {
    let pair = try await Pair()
    let first = try pair.workspace("ana").identity()
    #expect(first?.hex == (try pair.git("ana", "rev-list", "--max-parents=0", "HEAD")))
    // Whichever id is the smaller.
    for number in 0..<4 {
      let other = try stranger(pair, number)
      try pair.git("ana", "merge", "-q", "--allow-unrelated-histories", "-s", "ours", "-m", "mêlé", other)
      for turn in 0..<2 { try pair.change("ana", "/note", JSONValue("\(number) \(turn)")) }
      let workspace = try pair.workspace("ana")
      let head = try #require(try workspace.head())
      // What the commands before remembered, and what none did.
      let remembered = try workspace.provenanceMemory(at: head)
      try FileManager.default.removeItem(atPath: pair.path(of: "ana") + "/.git/ligne/provenance")
      let anew = try pair.workspace("ana").provenanceMemory(at: head)
      #expect(remembered.identity == first && anew.identity == first)
      #expect(remembered.isMixed && anew.isMixed && remembered.guarded == anew.guarded)
      #expect(try !anew.guarded.contains(#require(ObjectID(hex: other))))
    }
    for name in ["ana", "leo", "ana"] { _ = try await pair.sync(name) }
    #expect(try pair.workspace("leo").head() == pair.workspace("ana").head())
    #expect(try pair.workspace("leo").identity() == first)
    #expect(try pair.read("leo", UndoTests.file)["note"] == "3 1")
  }

  /// Ours mixed into another one is another one, also where it comes as the team's own version.
  @Test func oursInAnotherIsAnother() async throws {
    let pair = try await Pair()
    try pair.change("ana", "/note", "ici")
    _ = try await pair.sync("ana")
    let head = try pair.workspace("ana").head()
    let other = try stranger(pair, 0)
    let mixed = try pair.git("ana", "commit-tree", "-p", other, "-p", "HEAD", "-m", "mêlé", "HEAD^{tree}")
    try pair.git("ana", "push", "-q", "origin", "\(mixed):refs/heads/main")
    let report = try await pair.sync("leo")
    #expect(report.refused.map(\.code) == ["other-workspace"])
    #expect(try pair.workspace("leo").head() == head)
    #expect(try pair.read("leo", UndoTests.file)["note"] == "ici")
  }
}
