import Foundation
import JSONTree
import TestSupport
import Testing

/// Going back never loses what somebody wrote, and finds what was deleted.
@Suite struct LookingBackTests {
  private let desk: Desk
  private let path: String

  init() throws {
    desk = try Desk()
    _ = try desk.ligne(["new", "post", "--title", "Soirée", "--body", "Un."])
    _ = try desk.ligne(["commit", "-m", "un"])
    let list = try JSONValue(parsing: desk.ligne(["list", "post", "--json"]).output)
    path = try #require(list.array?.first?["path"]?.text)
  }

  private func body() throws -> String { try desk.ligne(["show", path, "/body"]).text }

  private func commit(body: String) throws {
    _ = try desk.ligne(["set", path, "/body", body])
    #expect(try desk.ligne(["commit", "-m", body]).status == 0)
  }

  @Test(arguments: [true, false]) func restoreKeepsWhatNoVersionHolds(readable: Bool) throws {
    try commit(body: "Deux.")
    if readable {
      _ = try desk.ligne(["set", path, "/body", "PRECIOUS"])
    } else {
      try desk.write("{ \"body\": \"PRECIOUS\", ", to: path)
    }
    let written = try desk.read(path)
    let answer = try desk.ligne(["restore", path, "--to", "-1", "--json"])
    #expect(answer.status == 0, "\(answer.errorText)")
    let kept = try #require(try JSONValue(parsing: answer.output)["kept"]?.text)
    #expect(try desk.git("for-each-ref", "--format=%(objectname)", "refs/ligne/kept/").contains(kept))
    #expect(
      try desk.git("show", "\(kept):\(path)") == written.trimmingCharacters(in: .newlines)
        || desk.git("show", "\(kept):\(path)") == written)
    // What can't be read is no version of its own: the newest one comes back.
    #expect(try body() == (readable ? "Un." : "Deux."))
    if readable {
      #expect(try desk.ligne(["restore", path, "--to", kept]).status == 0)
      #expect(try body() == "PRECIOUS")
    }
  }

  @Test func restoreSaysSoInOneSentenceAndOnlyThen() throws {
    try commit(body: "Deux.")
    #expect(try !desk.ligne(["restore", path, "--to", "-1"]).text.contains("gardé"))
    let again = try desk.ligne(["restore", path, "--to", "-0", "--field", "/body"])
    #expect(again.text.contains("Ce qui n’était pas enregistré est gardé"))
  }

  @Test func anOldTextSaysWhichVersionItIs() throws {
    try commit(body: "Deux.")
    let id = try desk.git("rev-parse", "HEAD~1").prefix(8)
    let text = try desk.ligne(["show", path, "--at", "-1"]).text
    #expect(text.contains("\nversion \(id), par Ana Côté, "))
    // A field alone is given as it stands.
    #expect(try desk.ligne(["show", path, "/body", "--at", "-1"]).text == "Un.")
  }

  @Test func whatNobodyWroteIsCountedInTheFirstVersion() throws {
    let text = try desk.ligne(["log"]).text
    #expect(text.contains("fichiers de la mise en place") && !text.contains(".gitattributes"))
  }

  @Test(arguments: ["path", "id", "part"]) func aDeletedDocumentIsFoundInHistory(by name: String) throws {
    try commit(body: "Deux.")
    let id = try #require(try JSONValue(parsing: Array(desk.read(path).utf8))["id"]?.text)
    let words = name == "path" ? path : name == "id" ? id : String(id.suffix(6))
    try FileManager.default.removeItem(atPath: desk.path + "/" + path)
    #expect(try desk.ligne(["commit", "-m", "x"]).status == 0)

    #expect(try desk.ligne(["log", words]).text.contains("3\u{A0}versions"))
    #expect(try desk.ligne(["show", words, "/body", "--at", "-1"]).text == "Deux.")
    #expect(try desk.ligne(["show", words, "/body", "--at", "-2"]).text == "Un.")
    #expect(try desk.ligne(["diff", words, "--from", "-2", "--to", "-1"]).text.contains("Deux"))
    let show = try desk.ligne(["show", words])
    #expect(show.status == 1 && show.errorText.contains("supprimé") && show.errorText.contains("restore"))
    #expect(try desk.ligne(["restore", words, "--to", "-1"]).status == 0)
    #expect(try body() == "Deux.")
  }

  /// Whoever moves a document in a file manager finds its past where it is now.
  @Test func aDocumentThatWasMovedHasItsPast() throws {
    try commit(body: "Deux.")
    let moved = "archives/" + (path.split(separator: "/").last.map(String.init) ?? "")
    try FileManager.default.createDirectory(
      atPath: desk.path + "/archives", withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: desk.path + "/" + path, toPath: desk.path + "/" + moved)
    let id = String(path.dropLast(5).suffix(6))
    for words in [moved, id] {
      #expect(try desk.ligne(["log", words]).text.contains("2\u{A0}versions"), "\(words)")
      #expect(try desk.ligne(["show", words, "/body", "--at", "-1"]).text == "Un.", "\(words)")
      #expect(try desk.ligne(["diff", words, "--from", "-1"]).text.contains("Deux"), "\(words)")
    }
    #expect(try desk.ligne(["restore", id, "--to", "-1"]).status == 0)
    #expect(try JSONValue(parsing: Array(desk.read(moved).utf8))["body"] == "Un.")
    // Committed, the move is told by the document’s own log.
    _ = try desk.ligne(["commit", "-m", "Rangé"])
    #expect(try desk.ligne(["log", id]).text.contains("déplacé"))
  }

  @Test func aDeletionThatIsNotCommittedCountsAsTheNewest() throws {
    try FileManager.default.removeItem(atPath: desk.path + "/" + path)
    let answer = try desk.ligne(["restore", path, "--to", "-1"])
    #expect(answer.status == 0, "\(answer.errorText)")
    #expect(try body() == "Un.")
  }

  @Test func aVersionWithoutTheDocumentDeletesNothing() throws {
    let first = try desk.git("rev-list", "--max-parents=0", "HEAD").trimmingCharacters(in: .newlines)
    let answer = try desk.ligne(["restore", path, "--to", first, "--json"])
    #expect(answer.status == 1 && answer.text.contains("not-in-version"))
    #expect(try body() == "Un.")
  }

  @Test func anUnfinishedMergeOfGitsIsLeftToGit() throws {
    _ = try desk.git("branch", "autre")
    try commit(body: "Deux.")
    _ = try desk.git("switch", "-q", "autre")
    try desk.write(try desk.read(path).replacing("Un.", with: "Trois."), to: path)
    _ = try desk.git("-c", "user.name=x", "-c", "user.email=x@y.example", "commit", "-qam", "autre")
    _ = try desk.git("switch", "-q", "main")
    _ = try? desk.git("-c", "user.name=x", "-c", "user.email=x@y.example", "merge", "-q", "autre")
    #expect(try desk.git("ls-files", "--unmerged") != "")
    let before = try desk.git("rev-parse", "HEAD")
    for words in [
      ["commit", "-m", "x"], ["sync"], ["restore", path, "--to", "-1"],
      ["resolve", path, "/body", "--take", "1"],
    ] {
      _ = try desk.ligne(["remote", desk.folder.path + "/nulle-part.git"])
      let answer = try desk.ligne(words + ["--json"])
      #expect(answer.status == 1 && answer.text.contains("unfinished-git"), "\(words) \(answer.text)")
      #expect(answer.text.contains("git merge --abort"))
    }
    #expect(try desk.git("rev-parse", "HEAD") == before)
    #expect(try desk.ligne(["status"]).text.contains("git merge"))
    _ = try desk.git("merge", "--abort")
    #expect(try desk.ligne(["status"]).text.contains("Tout est enregistré"))
  }
}
