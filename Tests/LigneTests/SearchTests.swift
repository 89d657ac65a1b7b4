import Foundation
import JSONTree
import TestSupport
import Testing

/// Finding words: in the folder as it stands, and in everything that was ever written.
@Suite struct SearchTests {
  private func desk() throws -> Desk {
    let desk = try Desk()
    for words in [
      ["new", "post", "--title", "Soirée", "--body", "L’été revient : des mitaines et un cœur d’or."],
      ["commit", "-m", "Un"], ["set", "soiree", "/body", "Des tuques, et rien d’autre."],
      ["commit", "-m", "Deux"],
    ] {
      let answer = try desk.ligne(words)
      guard answer.status == 0 else { throw Desk.Trouble(text: answer.errorText) }
    }
    return desk
  }

  private func found(_ desk: Desk, _ words: String...) throws -> [JSONValue] {
    try JSONValue(parsing: desk.ligne(["search"] + words + ["--json"]).output).array ?? []
  }

  /// Accents, capitals, ligatures and elisions make no difference.
  @Test(arguments: ["tuques", "TUQUES", "Túques", "autre tuques", "\"des tuques\""])
  func findsWhatStandsInTheFolder(_ words: String) throws {
    let hits = try found(desk(), words)
    #expect(hits.map { $0["pointer"] } == ["/body"])
    #expect(hits.first?["current"] == true)
  }

  @Test(arguments: ["mitaines", "REVIENT", "coeur", "\"tuques des\"", "tuques mitaines"])
  func whatIsNotThereIsNotFound(_ words: String) throws {
    let desk = try desk()
    #expect(try found(desk, words) == [])
    #expect(try desk.ligne(["search", words]).text == "Rien de tel.")
  }

  @Test(arguments: ["mitaines", "REVIENT", "coeur"]) func historyFindsWhatWasWrittenOver(_ words: String)
    throws
  {
    let desk = try desk()
    let hits = try found(desk, words, "--history")
    #expect(hits.map { $0["current"] } == [false])
    #expect(hits.first?["by"] == "Ana Côté")
    #expect(hits.first?["commit"]?.text?.count == 40)
    #expect(try desk.ligne(["search", words, "--history"], in: "en").text.contains("no longer there"))
  }

  @Test func historyFindsWhatWasDeleted() throws {
    let desk = try desk()
    let path = try #require(found(desk, "tuques").first?["path"]?.text)
    #expect(
      try desk.ligne(["search", "tuques", "--history"]).text.contains("d’abord écrit par Ana Côté"))
    _ = try desk.git("rm", "-q", path)
    _ = try desk.ligne(["commit", "-m", "Trois"])
    #expect(try found(desk, "tuques") == [])
    #expect(try found(desk, "tuques", "--history").count == 1)
    #expect(try desk.ligne(["search", "tuques", "--history"]).text.contains("supprimé"))
  }

  /// An index that is there is asked where words may stand; what is in no version is looked at all the same.
  @Test func anIndexChangesNothingOfWhatIsFoundInTheFolder() throws {
    let desk = try desk()
    _ = try found(desk, "rien", "--history")
    #expect(try found(desk, "tuques").map { $0["pointer"] } == ["/body"])
    #expect(try found(desk, "mitaines") == [])
    let path = try #require(found(desk, "tuques").first?["path"]?.text)
    _ = try desk.ligne(["set", path, "/title", "Bise"])
    _ = try desk.ligne(["new", "post", "--title", "Tempête"])
    #expect(try found(desk, "bise").map { $0["pointer"] } == ["/title"])
    #expect(try found(desk, "tempete").count == 1)
    #expect(try found(desk, "tuques").map { $0["pointer"] } == ["/body"])
    // What can't be read is said where it may hold what is looked for.
    try desk.write("{\"title\": \"La BISE", to: "posts/cassee.json")
    #expect(try desk.ligne(["search", "bise"]).errorText.contains("Impossible à lire"))
    #expect(try desk.ligne(["search", "tuques"]).errorText == "")
    // Also where nothing is found: “une moufle” may stand in it, as another program wrote it.
    try Data([0x22, 0xE9, 0x74, 0xE9]).write(to: URL(filePath: desk.path + "/posts/cassee.json"))
    #expect(try desk.ligne(["search", "moufle"]).errorText.contains("Impossible à lire"))
    _ = try desk.git("rm", "-q", "-f", path)
    #expect(try found(desk, "tuques") == [])
  }

  /// Words are words, whatever they mean to a database or a shell.
  @Test(arguments: ["OR", "tuques*", "NEAR(a b)", "'; DROP TABLE texts; --", "\"tuques", "a\u{1B}[2Jb"])
  func wordsAreNoLanguage(_ words: String) throws {
    let answer = try desk().ligne(["search", words, "--history"])
    #expect(answer.status == 0 || answer.errorText.contains("aucun mot"))
    #expect(!answer.text.contains("\u{1B}"))
  }

  @Test func nothingToLookForIsSaid() throws {
    let desk = try desk()
    #expect(try desk.ligne(["search"]).status == 64)
    let answer = try desk.ligne(["search", "…", "--json"])
    #expect(answer.status == 1)
    #expect(try JSONValue(parsing: answer.output)["error"]?["code"] == "nothing-to-find")
  }
}
