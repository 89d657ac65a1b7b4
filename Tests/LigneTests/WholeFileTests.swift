import Foundation
import JSONTree
import TestSupport
import Testing

/// What two people did to a file that is no document, or to a document of which one version can't be read: nobody is left
/// untold, each version can be had, and what was not settled stays open.
@Suite struct WholeFileTests {
  private let ana: Desk
  private let leo: Desk
  private let post: String

  init() throws {
    ana = try Desk()
    let address = ana.folder.path + "/equipe.git"
    try TestSupport.Program.git("init", "-q", "--bare", "-b", "main", address, in: ana.folder.path)
    _ = try ana.ligne(["new", "post", "--title", "Soirée", "--body", "Un."])
    try ana.write("\u{0}image", to: "assets/affiche.png")
    try ana.write("Une note de l’équipe.\n", to: "notes.md")
    for words in [["commit", "-m", "Le début"], ["remote", address], ["sync"]] {
      #expect(try ana.ligne(words).status == 0)
    }
    leo = try Desk("Léo Roy <leo@ravaude.example>", in: ana.folder, cloning: address)
    post = try ana.git("ls-files", "posts")
  }

  /// Both change a file; Léo syncs last, and is told.
  private func meet(_ file: String, _ anas: String, _ leos: String) throws {
    try ana.write(anas, to: file)
    #expect(try ana.ligne(["commit", "-m", "D’Ana"]).status == 0)
    #expect(try ana.ligne(["sync"]).status == 0)
    try leo.write(leos, to: file)
    #expect(try leo.ligne(["commit", "-m", "De Léo"]).status == 0)
    #expect(try leo.ligne(["sync"]).status == 2)
    #expect(try open(at: ana) == [])
    #expect(try ana.ligne(["sync"]).status == 2)
  }

  private func open(at desk: Desk) throws -> [JSONValue] {
    try #require(try JSONValue(parsing: desk.ligne(["conflicts", "--json"]).output).array)
  }

  /// The number of somebody's version, from 1.
  private func number(of person: String, in conflict: JSONValue) throws -> Int {
    let candidates = try #require(conflict["candidates"]?.array)
    return try #require(candidates.firstIndex { $0["by"]?.text == person }) + 1
  }

  @Test func aPictureThatTwoReplacedIsChosenByOne() throws {
    try meet("assets/affiche.png", "\u{0}celle d’Ana", "\u{0}celle de Léo, plus grande")
    let conflict = try #require(try open(at: ana).first)
    #expect(
      conflict["path"] == "assets/affiche.png" && conflict["kind"] == "value" && conflict["pointer"] == "")
    #expect(Set(try #require(conflict["candidates"]?.array).map { $0["size"] }) == [14, 27])
    let page = try ana.ligne(["conflicts"]).text
    #expect(page.contains("Léo Roy") && page.contains("un fichier, 27\u{A0}octets"))
    #expect(try ana.ligne(["status"]).text.contains("1\u{A0}conflit à trancher"))

    for words in [["--value", "x"], ["--edit"]] {
      let answer = try ana.ligne(["resolve", "assets/affiche.png", ""] + words + ["--json"])
      #expect(answer.status == 1 && answer.text.contains("whole-file-conflict"))
    }
    for (person, content) in [
      ("Ana Côté", "\u{0}celle d’Ana"), ("Léo Roy", "\u{0}celle de Léo, plus grande"),
    ] {
      let take = String(try number(of: person, in: conflict))
      _ = try ana.git("checkout", "-q", "HEAD", "--", "assets", "conflicts")
      #expect(try ana.ligne(["resolve", "assets/affiche.png", "", "--take", take]).status == 0)
      #expect(try ana.read("assets/affiche.png") == content)
      #expect(try open(at: ana) == [])
    }
    #expect(try ana.ligne(["commit", "-m", "Celle de Léo"]).status == 0)
    #expect(try ana.ligne(["sync"]).status == 0)
    #expect(try leo.ligne(["sync"]).status == 0)
    #expect(try open(at: leo) == [])
    #expect(try leo.read("assets/affiche.png") == "\u{0}celle de Léo, plus grande")
    #expect(try leo.git("ls-files", "conflicts") == "")
  }

  /// Whoever saves a picture may not have seen the question, and least the picture it covers: nothing is settled before they
  /// say so, and all can be had until then.
  @Test func aPictureThatIsPutInThePlaceOfBothWaitsForAYes() throws {
    try meet("assets/affiche.png", "\u{0}celle d’Ana", "\u{0}celle de Léo")
    let before = try #require(try open(at: ana).first)
    try ana.write("\u{0}une troisième", to: "assets/affiche.png")
    for isCommitted in [false, true] {
      if isCommitted { #expect(try ana.ligne(["commit", "-m", "Une troisième"]).status == 0) }
      let conflict = try #require(try open(at: ana).first)
      let candidates = try #require(conflict["candidates"]?.array)
      let shown = try #require(conflict["shown"]?.number.flatMap { Int($0.text) }) - 1
      #expect(candidates.count == 3 && candidates[shown]["by"] == "Ana Côté")
      #expect(
        candidates[shown]["size"] == 15
          && candidates.filter { $0["uncommitted"] == true }.count == (isCommitted ? 0 : 1))
      #expect(candidates[shown]["uncommitted"] == (isCommitted ? nil : true))
      for candidate in try #require(before["candidates"]?.array) {
        #expect(candidates.contains { $0["value"] == candidate["value"] })
      }
    }
    #expect(try ana.ligne(["sync"]).status == 2)
    #expect(try ana.read("assets/affiche.png") == "\u{0}une troisième")
    #expect(try leo.ligne(["sync"]).status == 2)
    #expect(try leo.read("assets/affiche.png") == "\u{0}une troisième")
    #expect(try open(at: leo).count == 1)

    #expect(try ana.ligne(["resolve", post, "--all"]).text == "Rien à trancher ici.")
    #expect(try ana.ligne(["resolve", "--all"]).text == "Tout est tranché.")
    #expect(try ana.ligne(["resolve", "--all"], in: "en").text == "Nothing to settle here.")
    #expect(try ana.read("assets/affiche.png") == "\u{0}une troisième")
    #expect(try open(at: ana) == [])
    #expect(try ana.ligne(["commit", "-m", "La troisième"]).status == 0)
    #expect(try ana.git("ls-files", "conflicts") == "")
    #expect(try ana.ligne(["sync"]).status == 0)
    #expect(try leo.ligne(["sync"]).status == 0)
    #expect(try open(at: leo) == [])
  }

  @Test func wordsOfATextFileAreSettledLikeThoseOfADocument() throws {
    try meet("notes.md", "Une note d’Ana.\n", "Une note de Léo.\n")
    let conflict = try #require(try open(at: ana).first)
    #expect(conflict["path"] == "notes.md" && conflict["kind"] == "text")
    let take = String(try number(of: "Ana Côté", in: conflict))
    #expect(try ana.ligne(["resolve", "notes.md", "", "--take", take]).status == 0)
    #expect(try ana.read("notes.md") == "Une note d’Ana.\n")
    _ = try ana.git("checkout", "-q", "HEAD", "--", "notes.md", "conflicts")
    #expect(try ana.ligne(["resolve", "notes.md", "", "--value", "Une note des deux.\n"]).status == 0)
    #expect(try ana.read("notes.md") == "Une note des deux.\n")
    #expect(try ana.ligne(["commit", "-m", "Des deux"]).status == 0)
    #expect(try ana.git("ls-files", "conflicts") == "")
  }

  /// Whoever deletes what another changes is asked; the file itself is no value that could be typed.
  @Test func aPictureThatOneDeletedStaysOrGoes() throws {
    try FileManager.default.removeItem(atPath: ana.path + "/assets/affiche.png")
    #expect(try ana.ligne(["commit", "-m", "Sans affiche"]).status == 0)
    #expect(try ana.ligne(["sync"]).status == 0)
    try leo.write("\u{0}la nouvelle", to: "assets/affiche.png")
    #expect(try leo.ligne(["commit", "-m", "Nouvelle affiche"]).status == 0)
    #expect(try leo.ligne(["sync"]).status == 2)
    let conflict = try #require(try open(at: leo).first)
    #expect(conflict["kind"] == "delete-edit")
    let answer = try leo.ligne(["resolve", "assets/affiche.png", "", "--value", "x", "--json"])
    #expect(answer.status == 1 && answer.text.contains("whole-file-conflict"))
    #expect(try leo.ligne(["resolve", "--all"]).status == 0)
    #expect(try leo.read("assets/affiche.png") == "\u{0}la nouvelle")
    #expect(try open(at: leo) == [])
    #expect(try leo.ligne(["commit", "-m", "Elle reste"]).status == 0)
    #expect(try leo.ligne(["sync"]).status == 0)
  }

  /// A version that plain git brought and nobody can read, against one that can be read.
  @Test func aDocumentThatMeetsWhatNobodyCanReadIsTold() throws {
    try ana.write("{\"title\": \"Coupé", to: post)
    _ = try ana.git("commit", "-q", "-a", "-m", "par git")
    _ = try ana.ligne(["sync"])
    #expect(try leo.ligne(["set", post, "/title", "Soirée de Léo"]).status == 0)
    #expect(try leo.ligne(["commit", "-m", "De Léo"]).status == 0)
    #expect(try leo.ligne(["sync"]).status == 2)
    let conflict = try #require(try open(at: leo).first)
    #expect(conflict["path"]?.text == post && conflict["pointer"] == "")
    let page = try leo.ligne(["conflicts"]).text
    #expect(page.contains("un document que personne ne peut lire, 17\u{A0}octets"))
    #expect(page.contains("le document «\u{A0}Soirée de Léo\u{A0}»"))

    // A commit of something else settles nothing.
    try leo.write("Autre chose.\n", to: "notes.md")
    #expect(try leo.ligne(["commit", "-m", "Autre chose"]).status == 0)
    #expect(try open(at: leo).count == 1)

    // Who chooses what nobody can read is not sent to commit it.
    let unreadable = String(3 - (try number(of: "Léo Roy", in: conflict)))
    let chosen = try leo.ligne(["resolve", post, "", "--take", unreadable])
    #expect(chosen.status == 0 && chosen.errorText.contains("personne ne peut lire\u{A0}: \(post)"))
    #expect(!chosen.errorText.contains("ligne commit"))
    #expect(try leo.git("checkout", "-q", "HEAD", "--", post, "conflicts").isEmpty)

    let take = String(try number(of: "Léo Roy", in: conflict))
    #expect(try leo.ligne(["resolve", post, "", "--take", take]).status == 0)
    #expect(try leo.read(post).contains("Soirée de Léo"))
    _ = try leo.ligne(["commit", "-m", "Celle qu’on peut lire"])
    #expect(try leo.ligne(["sync"]).status == 0)
    #expect(try ana.ligne(["sync"]).status == 0)
    #expect(try ana.read(post).contains("Soirée de Léo"))
    #expect(try open(at: ana) == [])
  }

  /// A sync brings only a question about a file that somebody is in the middle of typing: it stays as it is, and who mends
  /// it with other words leaves no question behind.
  @Test func aFileThatIsBeingTypedStaysWhenOnlyAQuestionComes() throws {
    #expect(try ana.ligne(["set", post, "/title", "Z d’Ana"]).status == 0)
    #expect(try ana.ligne(["commit", "-m", "D’Ana"]).status == 0)
    #expect(try ana.ligne(["sync"]).status == 0)
    #expect(try leo.ligne(["set", post, "/title", "A de Léo"]).status == 0)
    #expect(try leo.ligne(["commit", "-m", "De Léo"]).status == 0)
    #expect(try leo.ligne(["sync"]).status == 2)
    let mine = try ana.read(post)
    #expect(try leo.read(post) == mine, "the title that sorts last is shown")

    let typing = String(mine.prefix(mine.count / 2))
    try ana.write(typing, to: post)
    let answer = try ana.ligne(["sync"])
    #expect(answer.status == 0, "\(answer.text)\n\(answer.errorText)")
    #expect(try ana.read(post) == typing)
    try ana.write(mine.replacing("Z d’Ana", with: "Encore autre chose"), to: post)
    #expect(try ana.ligne(["commit", "-m", "Corrigé"]).status == 0)
    #expect(try open(at: ana) == [])
    #expect(try ana.git("ls-files", "conflicts").isEmpty)
    #expect(try ana.read(post).contains("Encore autre chose"))
  }

  /// A conflict names files by their bytes, and names none that only one computer has.
  @Test func workThatMetOthersBeforeItWasCommittedIsOnEveryComputer() throws {
    try ana.write("\u{0}celle d’Ana", to: "assets/affiche.png")
    #expect(try ana.ligne(["commit", "-m", "D’Ana"]).status == 0)
    #expect(try ana.ligne(["sync"]).status == 0)
    try leo.write("\u{0}de Léo", to: "assets/affiche.png")
    #expect(try leo.ligne(["sync"]).status == 2)
    #expect(try leo.ligne(["commit", "-m", "De Léo, avec ce qui est ouvert"]).status == 0)
    #expect(try leo.ligne(["sync"]).status == 2)
    #expect(try ana.ligne(["sync"]).status == 2)
    let conflict = try #require(try open(at: ana).first)
    let candidates = try #require(conflict["candidates"]?.array)
    #expect(Set(candidates.map { $0["size"] }) == [8, 14])
    for number in 1...2 {
      _ = try ana.git("checkout", "-q", "HEAD", "--", "assets", "conflicts")
      #expect(try ana.ligne(["resolve", "assets/affiche.png", "", "--take", "\(number)"]).status == 0)
    }
    #expect(try ana.ligne(["verify"]).status == 0)
  }

  /// A record is what anybody writes into it with plain git.
  @Test func aRecordThatNamesWhatIsNoFileBlocksNobody() throws {
    let head = try ana.git("rev-parse", "HEAD")
    let file = try ana.git("rev-parse", "HEAD:assets/affiche.png")
    try ana.write(
      """
      {"conflicts": [{"candidates": [{"value": "\(head)"}, {"value": "\(file)"}], "kind": "value", "pointer": "",
      "shown": 1}], "kind": "conflicts"}
      """, to: "conflicts/assets/affiche.png")
    _ = try ana.git("add", "conflicts")
    _ = try ana.git("commit", "-q", "-m", "par git")
    _ = try ana.ligne(["sync"])
    for words in [["sync"], ["status"], ["conflicts"]] {
      let answer = try leo.ligne(words)
      #expect([0, 2].contains(answer.status), "\(words): \(answer.errorText)")
    }
    let answer = try leo.ligne(["resolve", "assets/affiche.png", "", "--take", "1", "--json"])
    // Which of the two is shown is the matter of their names.
    let codes = ["candidate-not-here", "no-conflict"]
    #expect(answer.status == 0 || codes.contains { answer.text.contains($0) }, "\(answer.text)")
    try leo.write("Autre chose.\n", to: "notes.md")
    #expect(try leo.ligne(["commit", "-m", "Autre chose"]).status == 0)
  }

  @Test func aTextOfFortyDigitsIsAText() throws {
    let digits = ["0", "1"].map { String(repeating: $0, count: 40) }
    try meet("notes.md", digits[0], digits[1])
    let conflict = try #require(try open(at: ana).first)
    #expect(conflict["kind"] == "text" && conflict["candidates"]?.array?.count == 2)
  }

  @Test func aThirdPersonsTextTakesNoVersionAway() throws {
    let zoe = try Desk(
      "Zoé Lavoie <zoe@ravaude.example>", in: ana.folder, cloning: ana.folder.path + "/equipe.git")
    try meet("notes.md", "\u{0}d’Ana", "De Léo.\n")
    try zoe.write("De Zoé.\n", to: "notes.md")
    #expect(try zoe.ligne(["commit", "-m", "De Zoé"]).status == 0)
    #expect(try zoe.ligne(["sync"]).status == 2)
    let conflict = try #require(try open(at: zoe).first)
    #expect(try #require(conflict["candidates"]?.array).contains { $0["by"] == "Ana Côté" })
  }

  @Test func whoMovesAPictureWithItsConflictHasNotMadeIt() throws {
    try meet("assets/affiche.png", "\u{0}celle d’Ana", "\u{0}celle de Léo")
    _ = try ana.git("mv", "assets/affiche.png", "assets/soir.png")
    _ = try ana.git("mv", "conflicts/assets/affiche.png", "conflicts/assets/soir.png")
    let before = try ana.git("rev-list", "--count", "HEAD")
    #expect(try ana.ligne(["commit", "-m", "Ailleurs"]).status == 0)
    #expect(try ana.git("rev-list", "--count", "HEAD") == "\(try #require(Int(before)) + 1)")
  }

  @Test func aChosenFileKeepsWhatMayBeDoneWithIt() throws {
    for desk in [ana, leo] {
      try desk.write("#!/bin/sh\n", to: "outil.sh")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: desk.path + "/outil.sh")
    }
    try meet("outil.sh", "#!/bin/sh\necho Ana\n", "#!/bin/sh\necho Léo\n")
    #expect(try ana.ligne(["resolve", "outil.sh", "", "--take", "1"]).status == 0)
    #expect(FileManager.default.isExecutableFile(atPath: ana.path + "/outil.sh"))
  }

  @Test func whatNobodyCanReadMayBeDeleted() throws {
    try ana.write("{\"title\": \"Coupé", to: post)
    _ = try ana.git("commit", "-q", "-a", "-m", "par git")
    _ = try ana.ligne(["sync"])
    try FileManager.default.removeItem(atPath: leo.path + "/" + post)
    #expect(try leo.ligne(["sync"]).status == 2)
    let conflict = try #require(try open(at: leo).first)
    #expect(conflict["path"]?.text == post && conflict["kind"] == "delete-edit")
    #expect(try leo.ligne(["resolve", post, "", "--take", "1"]).status == 0)
    #expect(!FileManager.default.fileExists(atPath: leo.path + "/" + post))
    #expect(try leo.ligne(["commit", "-m", "Sans elle"]).status == 0)
    #expect(try leo.ligne(["sync"]).status == 0)
  }

  @Test func valuesOfOtherJSONFilesKeepTheirKind() throws {
    try ana.write("{\"a\": 1}\n", to: ".vscode/x.json")
    #expect(try ana.ligne(["commit", "-m", "Réglages"]).status == 0)
    #expect(try ana.ligne(["sync"]).status == 0)
    #expect(try leo.ligne(["sync"]).status == 0)
    try meet(".vscode/x.json", "{\"a\": 2}\n", "{\"a\": 3}\n")
    #expect(try ana.ligne(["resolve", ".vscode/x.json", "/a", "--value", "5"]).status == 0)
    #expect(try JSONValue(parsing: Array(ana.read(".vscode/x.json").utf8))["a"] == 5)
  }
}
