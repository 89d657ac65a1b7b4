import JSONTree
import TestSupport
import Testing

/// Who wrote which words, as the program tells it.
@Suite struct BlameTests {
  private let ana: Desk
  private let leo: Desk
  private let path: String

  /// Ana wrote, Léo changed one word in his copy and Ana another one in hers; Ana has joined both.
  init() throws {
    ana = try Desk()
    _ = try ana.ligne(["new", "post", "--title", "Soirée", "--body", "Un deux trois. Quatre cinq six."])
    _ = try ana.ligne(["commit", "-m", "un"], environment: ["LIGNE_DATE": "2026-11-03T09:30:00-05:00"])
    let address = ana.folder.path + "/equipe.git"
    _ = try ana.git("init", "--quiet", "--bare", address)
    _ = try ana.ligne(["remote", address])
    _ = try ana.ligne(["sync"])
    leo = try Desk("Léo Roy <leo@ravaude.example>", in: ana.folder, cloning: address)
    path = try #require(
      try JSONValue(parsing: ana.ligne(["list", "post", "--json"]).output).array?.first?["path"]?.text)
    for (desk, words) in [(leo, "Un deux trois. Quatre CINQ six."), (ana, "Un DEUX trois. Quatre cinq six.")]
    {
      _ = try desk.ligne(["set", path, "/body", words])
      _ = try desk.ligne(["commit", "-m", "deux"])
      _ = try desk.ligne(["sync"])
    }
  }

  private func spans(_ words: String...) throws -> [JSONValue] {
    let answer = try ana.ligne(["blame"] + words + ["--json"])
    #expect(answer.status == 0, "\(answer.errorText)")
    return try JSONValue(parsing: answer.output).array?.flatMap { $0["spans"]?.array ?? [] } ?? []
  }

  @Test func aJoinedTextIsByThoseWhoWroteIt() throws {
    #expect(
      try spans(path, "/body").map { "\($0["text"]?.text ?? "")|\($0["by"]?.text ?? "")" } == [
        "Un |Ana Côté", "DEUX |Ana Côté", "trois. Quatre |Ana Côté", "CINQ |Léo Roy", "six.|Ana Côté",
      ])
    let first = try #require(try spans(path, "/body").first)
    #expect(first["at"]?.text == "2026-11-03T09:30:00-05:00")
    #expect(try ana.git("cat-file", "-t", #require(first["commit"]?.text)).hasPrefix("commit"))
  }

  @Test func whatIsNotCommittedIsNobodys() throws {
    _ = try ana.ligne(["set", path, "/body", "Un DEUX trois. Quatre CINQ six sept."])
    let last = try #require(
      try spans(path, "/body").first { $0["text"]?.text == "sept" || $0["by"] == .null })
    #expect(last["by"] == .null && last["commit"] == .null && last["at"] == .null)
    #expect(try ana.ligne(["blame", path, "/body"]).text.contains("pas enregistré"))
    #expect(try ana.ligne(["blame", path, "/body"], in: "en").text.contains("not committed"))
  }

  @Test func aDocumentMovedInTheFolderKeepsItsAuthors() throws {
    let text = try ana.read(path)
    _ = try ana.git("mv", path, "posts/ailleurs.json")
    #expect(try ana.read("posts/ailleurs.json") == text)
    #expect(try spans("posts/ailleurs.json", "/body").allSatisfy { $0["by"] != .null })
  }

  @Test(arguments: ["fr", "en"]) func aPipeGetsLinesOfEightyColumns(_ language: String) throws {
    let answer = try ana.ligne(["blame", path], in: language)
    #expect(answer.text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(answer.text)")
    #expect(
      answer.text.contains(language == "fr" ? "2\u{A0}personnes, 3\u{A0}versions" : "2 people, 3 versions"))
    #expect(answer.text.contains("CINQ") && answer.text.contains("Léo Roy"))
    #expect(answer.text.contains(language == "fr" ? "le 3\u{A0}novembre 2026" : "November\u{A0}3, 2026"))
  }

  static let wrong: [([String], Int32)] = [
    (["blame"], 64), (["blame", "nulle-part"], 1), (["blame", "PATH", "/body/x"], 1),
    (["blame", "PATH", "nulle-part"], 1),
  ]

  @Test(arguments: wrong) func saysWhatIsWrong(_ words: [String], _ status: Int32) throws {
    let words = words.map { $0 == "PATH" ? path : $0 }
    for language in ["fr", "en"] {
      let answer = try ana.ligne(words, in: language)
      #expect(answer.status == status && !answer.errorText.isEmpty, "\(words) \(answer.errorText)")
    }
  }
}
