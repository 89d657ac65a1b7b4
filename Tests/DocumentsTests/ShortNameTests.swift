import Documents
import ObjectModel
import Testing

/// What is typed for a document, in a sentence that tells what to type.
@Suite struct ShortNameTests {
  @Test(
    arguments: [
      ("posts/2026/11/un-marche-01m8p4v8grxbwacnwkw61v3d3y.json", "1v3d3y"),
      ("team.json", "team.json"), ("posts/été_1.2@x.json", "posts/été_1.2@x.json"),
      ("posts/mon texte.json", "'posts/mon texte.json'"),
      ("posts/l'hiver.json", "'posts/l'\\''hiver.json'"),
      ("posts/$HOME;`ls`!.json", "'posts/$HOME;`ls`!.json'"),
    ])
  func isOneWordOfAShell(_ path: String, _ typed: String) throws {
    #expect(try WorkspacePath(path).shortName == typed)
  }
}
