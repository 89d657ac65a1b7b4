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

  private func found(_ desk: Desk, _ words: String...) throws -> [JSONValue] { try found(desk, words) }

  private func found(_ desk: Desk, _ words: [String]) throws -> [JSONValue] {
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

  /// Of more than somebody wants, they get what was written last.
  @Test(arguments: [[], ["--history"]])
  func aLimitKeepsTheLatest(_ history: [String]) throws {
    let desk = try Desk()
    // The newest comes first by its path.
    for (number, title) in ["Zinnia", "Myosotis", "Aubépine"].enumerated() {
      let date = ["LIGNE_DATE": "2026-11-1\(number)T09:00:00-05:00"]
      _ = try desk.ligne(["new", "post", "--title", title, "--body", "Une fleur."], environment: date)
      _ = try desk.ligne(["commit", "-m", title], environment: date)
    }
    _ = try desk.ligne(["set", "myosotis", "/body", "Une fleur bleue."])
    _ = try desk.ligne(["commit", "-m", "Bleue"])
    func titles(_ words: String...) throws -> [String?] {
      try found(desk, ["fleur"] + history + words).map {
        $0["path"]?.text?.split(separator: "/").last?.prefix(4)
      }
      .map { $0.map(String.init) }
    }
    #expect(try titles() == ["aube", "myos", "zinn"])
    // Without an index, that of the documents that were made last.
    _ = try found(desk, ["rien", "--history"])
    #expect(try titles("--limit", "1") == ["myos"])
    #expect(try titles("--limit", "2") == ["aube", "myos"])
    #expect(try titles("--limit", "3") == titles())
    let page = try desk.ligne(["search", "fleur", "--limit", "2"] + history)
    #expect(page.errorText == "")
    #expect(page.text.plainSpaces.hasPrefix(history.isEmpty ? "2 champs" : "2 champs sur 3, 2 documents"))
    let english = try desk.ligne(["search", "fleur", "--limit", "3"] + history, in: "en")
    #expect(english.text.hasPrefix("3 fields, 3 documents"))
    #expect(try desk.ligne(["search", "fleur", "--limit", "0"]).status == 64)
  }

  /// Words that only the folder has are found beside those of the past, with a limit and without.
  @Test func aLimitThatIsNotReachedLeavesNothingOut() throws {
    let desk = try desk()
    _ = try desk.ligne(["set", "soiree", "/title", "Des tuques"])
    let all = try found(desk, ["tuques", "--history"])
    #expect(try all.count == 2 && found(desk, ["tuques", "--history", "--limit", "50"]) == all)
  }

  @Test func aFieldIsCalledByItsName() throws {
    #expect(try desk().ligne(["search", "tuques"]).text.contains("  Texte  "))
    #expect(try desk().ligne(["search", "tuques"], in: "en").text.contains("  Text  "))
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
