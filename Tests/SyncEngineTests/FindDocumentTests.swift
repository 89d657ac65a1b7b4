import Foundation
import JSONTree
import ObjectModel
import SyncEngine
import TestSupport
import Testing

/// What a person types for a document: a path, an id, or any part of an id or a name that only one has.
@Suite struct FindDocumentTests {
  static let id = "01m6pp5qb0wb7d3mnfvs9552f1"

  /// Files that people gave names of their own, and one with its id in its name.
  private func pair() async throws -> Pair {
    let other = "01m6pp5qb0wb7d3mnfvs9552f2"
    return try await Pair(
      ["ana"],
      files: Pair.sample + [
        ("posts/foire.json", Pair.post(title: "Foire", at: "8 h", id: "01m6pp5qb0wb7d3mnfvs9552f8")),
        ("posts/fete-\(other).json", Pair.post(title: "Fête", at: "8 h", id: other)),
      ])
  }

  @Test(arguments: [
    ("posts/marche.json", "posts/marche.json"), ("marche", "posts/marche.json"),
    ("marc", "posts/marche.json"),
    (id, "posts/marche.json"), ("9552f1", "posts/marche.json"), ("9552F1", "posts/marche.json"),
    ("9552f8", "posts/foire.json"), ("9552f2", "posts/fete-01m6pp5qb0wb7d3mnfvs9552f2.json"),
  ]) func oneIsMeant(_ words: String, _ path: String) async throws {
    let pair = try await pair()
    #expect(try pair.workspace("ana").findDocument(words) == WorkspacePath(path))
  }

  /// It has one place, also before that is committed.
  @Test(arguments: ["9552f1", id]) func oneThatWasMovedIsWhereItIsNow(_ words: String) async throws {
    let pair = try await pair()
    try FileManager.default.moveItem(
      atPath: pair.path(of: "ana") + "/posts/marche.json", toPath: pair.path(of: "ana") + "/posts/autre.json")
    #expect(try pair.workspace("ana").findDocument(words) == WorkspacePath("posts/autre.json"))
  }

  @Test func noneIsMeantOrSeveral() async throws {
    let pair = try await pair()
    #expect(throws: WorkspaceError.unknownDocument("nulle part")) {
      try pair.workspace("ana").findDocument("nulle part")
    }
    // Whether the id stands in the name or inside only.
    let named = "posts/fete-01m6pp5qb0wb7d3mnfvs9552f2.json"
    #expect(
      throws: WorkspaceError.ambiguousDocument(
        "9552f", matches: try [named, "posts/foire.json", "posts/marche.json"].map { try WorkspacePath($0) })
    ) { try pair.workspace("ana").findDocument("9552f") }
  }
}
