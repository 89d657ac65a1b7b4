import Foundation
import JSONTree
import TestSupport
import Testing

/// What two people get from the program itself, through an address on this disk.
@Suite struct TeamworkTests {
  private func team() throws -> (ana: Desk, leo: Desk, address: String) {
    let ana = try Desk()
    let address = ana.folder.path + "/equipe.git"
    try TestSupport.Program.git("init", "-q", "--bare", "-b", "main", address, in: ana.folder.path)
    for words in [
      ["new", "post", "--title", "Soirée", "--body", "Un. Deux. Trois."], ["commit", "-m", "Un post"],
      ["remote", address], ["sync"],
    ] {
      #expect(try ana.ligne(words).status == 0)
    }
    return (ana, try Desk("Léo Roy <leo@ravaude.example>", in: ana.folder, cloning: address), address)
  }

  private func post(_ desk: Desk) throws -> String {
    let list = try JSONValue(parsing: desk.ligne(["list", "post", "--json"]).output)
    return try #require(list.array?.first?["path"]?.text)
  }

  /// Nobody has to know what a bare repository is: an empty folder will do.
  @Test func anEmptyFolderBecomesTheTeamsSpace() throws {
    let ana = try Desk()
    let address = ana.folder.path + "/partage"
    let missing = try ana.ligne(["remote", address])
    #expect(missing.status == 0 && missing.text.contains("Rien n’est là pour l’instant"), "\(missing.text)")
    try FileManager.default.createDirectory(atPath: address, withIntermediateDirectories: false)
    let ready = try ana.ligne(["remote", address], in: "en")
    #expect(ready.text.contains("the team’s space is ready there"), "\(ready.text)")
    #expect(try ana.ligne(["sync"]).status == 0)
    // What holds something is nobody’s to change.
    #expect(try ana.ligne(["remote", address]).text == address)
    let full = ana.folder.path + "/plein"
    try FileManager.default.createDirectory(atPath: full, withIntermediateDirectories: false)
    try Data("x".utf8).write(to: URL(filePath: full + "/x"))
    #expect(try ana.ligne(["remote", full]).text.contains("n’est pas un espace d’équipe"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: full) == ["x"])
    // Nor is a folder of the workspace itself.
    try FileManager.default.createDirectory(atPath: ana.path + "/dedans", withIntermediateDirectories: false)
    let inside = try ana.ligne(["remote", "dedans", "--json"])
    #expect(try JSONValue(parsing: inside.output)["error"]?["code"] == "address-inside")
    #expect(try FileManager.default.contentsOfDirectory(atPath: ana.path + "/dedans") == [])
    #expect(try ana.ligne(["remote", address]).status == 0)
    let leo = try Desk("Léo Roy <leo@ravaude.example>", in: ana.folder, cloning: address)
    #expect(try leo.git("rev-parse", "HEAD") == ana.git("rev-parse", "HEAD"))
  }

  @Test func aSyncNamesWhatCameIn() throws {
    let (ana, leo, _) = try team()
    _ = try leo.ligne(["set", "soiree", "/body", "Un. Deux bis. Trois."])
    _ = try leo.ligne(["new", "post", "--title", "Brunch"])
    _ = try leo.ligne(["commit", "-m", "Léo"])
    _ = try leo.ligne(["sync"])
    let rehearsed = try ana.ligne(["sync", "--dry-run"]).text
    #expect(!rehearsed.contains("Brunch"))
    _ = try ana.ligne(["set", "soiree", "/title", "Grande soirée"])
    _ = try ana.ligne(["commit", "-m", "Ana"])
    let answer = try ana.ligne(["sync"]).text
    #expect(answer.contains("Grande soirée") && answer.contains("Texte"), "\(answer)")
    #expect(answer.contains("Brunch") && !answer.contains("Titre"), "\(answer)")
    #expect(try !ana.ligne(["sync"]).text.contains("Brunch"))
  }

  @Test func gitMergeWithTheDriverGivesTheDocumentThatSyncGives() throws {
    let (ana, leo, address) = try team()
    let path = try post(ana)
    _ = try ana.ligne(["set", path, "/body", "Un. Deux bis. Trois."])
    _ = try ana.ligne(["set", path, "/hashtags", "[\"Atelier\"]"])
    _ = try ana.ligne(["commit", "-m", "Ana"])
    _ = try leo.ligne(["set", path, "/body", "Un. Deux. Trois ter."])
    _ = try leo.ligne(["set", path, "/hashtags", "[\"Réparer\"]"])
    _ = try leo.ligne(["commit", "-m", "Léo"])
    #expect(try ana.ligne(["sync"]).status == 0)

    _ = try leo.git("fetch", "-q", address, "main")
    _ = try leo.git("branch", "essai")
    _ = try leo.git(
      "-c", "user.name=x", "-c", "user.email=x@y.example", "merge", "-q", "-m", "par git", "FETCH_HEAD")
    let byGit = try leo.read(path)
    _ = try leo.git("reset", "-q", "--hard", "essai")
    #expect(try leo.ligne(["sync"]).status == 0)
    #expect(try leo.read(path) == byGit)
    #expect(byGit.contains("Un. Deux bis. Trois ter."))
  }

  @Test func aPlainCloneShowsTheSameTree() throws {
    let (ana, leo, address) = try team()
    _ = try leo.ligne(["new", "post", "--title", "Autre"])
    _ = try leo.ligne(["commit", "-m", "Autre"])
    #expect(try leo.ligne(["sync"]).status == 0)
    #expect(try ana.ligne(["sync"]).status == 0)
    let plain = ana.folder.path + "/simple"
    try TestSupport.Program.git("clone", "-q", address, plain, in: ana.folder.path)
    let tree = try TestSupport.Program.git("rev-parse", "HEAD^{tree}", in: plain)
    #expect(try ana.git("rev-parse", "HEAD^{tree}") == tree)
    #expect(try leo.git("rev-parse", "HEAD") == ana.git("rev-parse", "HEAD"))
  }

  @Test func aConflictIsListedWithItsAuthorsAndSettled() throws {
    let (ana, leo, _) = try team()
    let path = try post(ana)
    for (desk, title) in [(ana, "Soirée d’automne"), (leo, "Soirée d’hiver")] {
      _ = try desk.ligne(["set", path, "/title", title])
      _ = try desk.ligne(["commit", "-m", title])
    }
    #expect(try ana.ligne(["sync"]).status == 0)
    #expect(try leo.ligne(["sync"]).status == 2)

    let listed = try leo.ligne(["conflicts", "--json"])
    let conflict = try #require(try JSONValue(parsing: listed.output).array?.first)
    #expect(conflict["candidates"]?.array?.compactMap { $0["by"]?.text } == ["Ana Côté", "Léo Roy"])
    #expect(try leo.ligne(["conflicts"]).text.contains("Soirée d’automne"))

    #expect(try leo.ligne(["resolve", path, "/title", "--take", "1"]).status == 0)
    #expect(try leo.ligne(["commit", "-m", "On garde l’automne"]).status == 0)
    #expect(try leo.ligne(["sync"]).status == 0)
    #expect(try ana.ligne(["sync"]).status == 0)
    #expect(try ana.ligne(["show", path, "/title"]).text == "Soirée d’automne")
    for desk in [ana, leo] {
      #expect(try desk.git("status", "--porcelain") == "")
      #expect(try desk.git("fsck", "--strict") == "")
    }
  }

  /// Where only one thing is to be settled nobody has to say which; where there are several, they are named.
  @Test func theOnlyThingToSettleNeedsNoName() throws {
    let (ana, leo, _) = try team()
    let path = try post(ana)
    for (desk, word) in [(ana, "automne"), (leo, "hiver")] {
      _ = try desk.ligne(["set", path, "/title", "Soirée d’\(word)"])
      _ = try desk.ligne(["set", path, "/body", "Une \(word). Deux \(word). Trois."])
      _ = try desk.ligne(["commit", "-m", word])
      _ = try desk.ligne(["sync"])
    }
    let open = try JSONValue(parsing: leo.ligne(["conflicts", "--json"]).output).array ?? []
    let places = open.compactMap { $0["pointer"]?.text }
    try #require(places.count > 1)
    let asked = try leo.ligne(["resolve", path, "--take", "1"])
    #expect(asked.status == 1 && places.allSatisfy(asked.errorText.contains), "\(asked.errorText)")
    for place in places.dropFirst() { _ = try leo.ligne(["resolve", path, place, "--take", "1"]) }
    let hint = try leo.ligne(["conflicts"]).errorText
    #expect(hint.contains("ligne resolve \(String(path.dropLast(5).suffix(6))) --take N"), "\(hint)")
    #expect(try leo.ligne(["resolve", path, "--take", "1"]).status == 0)
    #expect(try JSONValue(parsing: leo.ligne(["conflicts", "--json"]).output) == [])
    let none = try leo.ligne(["resolve", path, "--take", "1", "--json"])
    #expect(try JSONValue(parsing: none.output)["error"]?["code"] == "no-conflict")
  }

  /// Where what stands there is chosen, nothing in the document changes, and that it is settled is said all the same.
  @Test func aChoiceThatChangesNothingIsToldAsOne() throws {
    let (ana, leo, _) = try team()
    let path = try post(ana)
    for (desk, title) in [(ana, "Soirée d’automne"), (leo, "Soirée d’hiver")] {
      _ = try desk.ligne(["set", path, "/title", title])
      _ = try desk.ligne(["commit", "-m", title])
      _ = try desk.ligne(["sync"])
    }
    _ = try leo.ligne(["resolve", path, "--all"])
    for (language, words) in [("fr", "tranché : Titre"), ("en", "settled: Title")] {
      #expect(try leo.ligne(["status"], in: language).text.plainSpaces.contains(words))
      #expect(try leo.ligne(["diff"], in: language).text.plainSpaces.contains(words))
    }
    _ = try leo.ligne(["commit", "-m", "On garde"])
    #expect(try leo.ligne(["log", "--limit", "1"]).text.plainSpaces.contains("tranché : Titre"))
    _ = try leo.ligne(["sync"])
    _ = try ana.ligne(["sync"])
    let handover = try ana.ligne(["handover", "--since", "2026-01-01"]).text.plainSpaces
    #expect(handover.contains("choix tranché") && !handover.contains("mise en forme"), "\(handover)")
  }

  /// Léo's edit, not committed, meets Ana's: he is told at once, and named.
  @Test(arguments: [
    ("/title", "Soirée d’automne", "Soirée d’hiver"),
    ("/body", "Alpha. Deux. Trois.", "Bêta. Deux. Trois ter."),
  ])
  func anUncommittedEditThatCollidesIsAConflict(pointer: String, anas: String, leos: String) throws {
    let (ana, leo, _) = try team()
    let path = try post(ana)
    _ = try ana.ligne(["set", path, pointer, anas])
    _ = try ana.ligne(["commit", "-m", "Ana"])
    #expect(try ana.ligne(["sync"]).status == 0)
    _ = try leo.ligne(["set", path, pointer, leos])
    let sync = try leo.ligne(["sync", "--json"])
    #expect(sync.status == 2)
    let report = try JSONValue(parsing: sync.output)
    #expect(report["conflicts"]?.array?.compactMap { $0["pointer"]?.text } == [pointer])
    #expect(report["contradicted"]?.array?.compactMap(\.text) == [path])

    let conflict = try #require(
      try JSONValue(parsing: leo.ligne(["conflicts", "--json"]).output).array?.first)
    let mine = conflict["candidates"]?.array?.filter { $0["uncommitted"] == true } ?? []
    #expect(mine.compactMap { $0["by"]?.text } == ["Léo Roy"])
    #expect(mine.first?["value"]?.text?.contains(pointer == "/title" ? "hiver" : "Bêta") == true)
    #expect(mine.first?["commit"] == .null)
    let all = Set(conflict["candidates"]?.array?.compactMap { $0["by"]?.text } ?? [])
    #expect(all == ["Ana Côté", "Léo Roy"])
    #expect(try leo.ligne(["conflicts"], in: "en").text.contains("you, not committed yet"))

    let commit = try leo.ligne(["commit", "-m", "quand même"])
    #expect(commit.status == 0)
    #expect(commit.text.contains("1\u{A0}conflit à trancher"))
    #expect(try leo.ligne(["sync"]).status == 2)
  }

  @Test func minusOneAfterJoinedWorkKeepsWhatTheColleagueWrote() throws {
    let (ana, leo, _) = try team()
    let path = try post(ana)
    _ = try ana.ligne(["set", path, "/body", "Un, Ana. Deux. Trois."])
    _ = try ana.ligne(["commit", "-m", "Ana"])
    #expect(try ana.ligne(["sync"]).status == 0)
    _ = try leo.ligne(["set", path, "/body", "Un. Deux. Trois, Léo."])
    _ = try leo.ligne(["commit", "-m", "Léo"])
    #expect(try leo.ligne(["sync"]).status == 0)
    _ = try leo.ligne(["set", path, "/body", "Un, Ana. Deux, Léo. Trois, Léo."])
    _ = try leo.ligne(["commit", "-m", "Léo encore"])
    #expect(try leo.ligne(["show", path, "/body", "--at", "-1"]).text == "Un, Ana. Deux. Trois, Léo.")
    let diff = try JSONValue(parsing: leo.ligne(["diff", path, "--from", "-1", "--json"]).output)
    #expect(diff.array?.first?["fields"]?.array?.first?["from"] == "Un, Ana. Deux. Trois, Léo.")
    #expect(try leo.ligne(["restore", path, "--to", "-1"]).status == 0)
    #expect(try leo.ligne(["show", path, "/body"]).text == "Un, Ana. Deux. Trois, Léo.")
  }

  @Test func removingAFieldRemovesIt() throws {
    let desk = try Desk()
    #expect(try desk.ligne(["set", "ligne.json", "/nouveau", "1"]).status == 0)
    #expect(try desk.ligne(["set", "ligne.json", "/nouveau", "--delete"]).status == 0)
    #expect(try JSONValue(parsing: Array(desk.read("ligne.json").utf8))["nouveau"] == nil)
  }
}
