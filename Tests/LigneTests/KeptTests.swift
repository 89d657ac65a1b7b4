import Foundation
import JSONTree
import TestSupport
import Testing

/// `ligne kept` and `ligne undo` from the outside.
@Suite struct KeptTests {
  private let desk: Desk
  private let path: String

  init() throws {
    desk = try Desk()
    _ = try desk.ligne(["new", "post", "--title", "Soirée", "--body", "Un."])
    _ = try desk.ligne(["commit", "-m", "un"])
    path = try desk.git("ls-files", "posts")
  }

  private func kept() throws -> [JSONValue] {
    let answer = try desk.ligne(["kept", "--json"])
    #expect(answer.status == 0, "\(answer.errorText)")
    return try #require(try JSONValue(parsing: answer.output).array)
  }

  @Test func nothingIsKeptBeforeAnythingIsTouched() throws {
    #expect(try kept() == [])
    #expect(try desk.ligne(["kept"]).text == "Aucun texte n’a dû être gardé.")
  }

  /// Also a text with broken JSON comes back byte for byte, and what it replaces is kept in turn.
  @Test(arguments: ["{ \"body\": \"PRECIOUS\", ", "{\"kind\": \"post\",\n   \"body\": \"PRECIOUS\"}"])
  func whatWasWrittenOverComesBack(_ written: String) throws {
    try desk.write(written, to: path)
    _ = try desk.ligne(["restore", path, "--to", "-0"])
    let rows = try kept()
    #expect(rows.count == 1)
    let row = try #require(rows.first)
    #expect(row["path"]?.text == path && row["why"] == "restore" && row["by"] == "Ana Côté")
    #expect(row["at"] == "2026-11-21T09:00:00-05:00")
    let id = try #require(row["id"]?.text)
    let list = try desk.ligne(["kept"]).text
    #expect(list.contains(id.prefix(8)) && list.contains("avant un retour en arrière"))

    _ = try desk.ligne(["set", path, "/body", "Deux."])
    let standing = try desk.read(path)
    let answer = try desk.ligne(["kept", "restore", String(id.prefix(6)), "--json"])
    #expect(answer.status == 0, "\(answer.errorText)")
    #expect(try desk.read(path) == written)
    #expect(try desk.git("status", "--porcelain").hasSuffix(path))
    let copy = try #require(try JSONValue(parsing: answer.output)["kept"]?.text)
    #expect(try desk.ligne(["kept", "restore", copy]).status == 0)
    #expect(try desk.read(path) == standing)
    // What was replaced in turn is the very copy that was there.
    #expect(try kept().count == 2)
  }

  @Test func aNameThatNoTextAnswersToIsSaid() throws {
    for words in [["kept", "restore", "ffff"], ["kept", "restore", "x"]] {
      let answer = try desk.ligne(words + ["--json"])
      #expect(answer.status == 1 && answer.text.contains("unknown-copy"))
    }
    #expect(try desk.ligne(["kept", "restore"]).status == 64)
    #expect(try desk.ligne(["kept", "lose", "ffff"]).status == 64)
  }

  // MARK: Undo

  @Test func aVersionIsTakenBack() throws {
    _ = try desk.ligne(["set", path, "/body", "Deux."])
    _ = try desk.ligne(["commit", "-m", "Deux fois"])
    let wrong = try desk.git("rev-parse", "HEAD")
    let answer = try desk.ligne(["undo", String(wrong.prefix(8)), "--json"])
    #expect(answer.status == 0, "\(answer.errorText)")
    let value = try JSONValue(parsing: answer.output)
    #expect(try value["commit"]?.text == desk.git("rev-parse", "HEAD"))
    #expect(value["undone"] == [JSONValue(wrong)] && value["conflicts"] == [])
    #expect(try desk.ligne(["show", path, "/body"]).text == "Un.")
    #expect(try desk.git("log", "-1", "--format=%s") == "Annule «\u{A0}Deux fois\u{A0}»")
    #expect(try desk.git("status", "--porcelain") == "")
    let again = try desk.ligne(["undo", wrong, "--json"])
    #expect(again.status == 1 && again.text.contains("nothing-to-undo"))
  }

  @Test func wordsWrittenSinceAreAskedAbout() throws {
    for body in ["Deux.", "Trois."] {
      _ = try desk.ligne(["set", path, "/body", body])
      _ = try desk.ligne(["commit", "-m", body])
    }
    let answer = try desk.ligne(["undo", "-1"])
    #expect(answer.status == 2)
    #expect(answer.text.contains("1\u{A0}conflit à trancher"))
    #expect(try desk.ligne(["conflicts", "--json"]).text.contains("/body"))
    #expect(try desk.git("status", "--porcelain") == "")
  }

  @Test func withoutASyncThereIsNothingToTakeBack() throws {
    let answer = try desk.ligne(["undo", "--sync", "--json"])
    #expect(answer.status == 1 && answer.text.contains("nothing-to-undo"))
    #expect(try desk.ligne(["undo", "--sync", "-1"]).status == 64)
  }

  /// Whoever has just committed a mistake takes that back, and not what came before it.
  @Test func theVersionJustMadeIsTakenBack() throws {
    for body in ["Deux.", "Trois."] {
      _ = try desk.ligne(["set", path, "/body", body])
      _ = try desk.ligne(["commit", "-m", body])
    }
    let answer = try desk.ligne(["undo"])
    #expect(answer.status == 0 && answer.text.contains("«\u{A0}Trois.\u{A0}»"), "\(answer.text)")
    #expect(try desk.ligne(["show", path, "/body"]).text == "Deux.")
    // Once more: the one before.
    #expect(try desk.ligne(["undo"]).text.contains("«\u{A0}Deux.\u{A0}»"))
    #expect(try desk.ligne(["show", path, "/body"]).text == "Un.")
    let none = try desk.ligne(["undo", "-99", "--json"])
    #expect(none.status == 1 && none.text.contains("unknown-version"))
  }
}
