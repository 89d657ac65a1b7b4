import Foundation
import JSONTree
import TestSupport
import Testing

/// What is listed is called by words, also where it has no title.
@Suite struct DocumentNamesTests {
  /// A schema answers to its whole name alone: a part of one is more likely to mean a document.
  @Test func aSchemaIsFoundByItsWholeName() throws {
    let desk = try Desk()
    let part = try desk.ligne(["review", "show", "line", "--json"])
    #expect(try JSONValue(parsing: part.output)["error"]?["code"] == "unknown-document", "\(part.text)")
    #expect(try desk.ligne(["log", "guideline.schema"]).status == 0)
  }

  @Test(
    arguments: [
      (
        "fr",
        [
          "changements demandés : Soirée mitaines", "suggestion : Soirée mitaines – Quand?",
          "commentaire : Soirée mitaines – Ça va?",
        ]
      ),
      (
        "en",
        [
          "changes requested: Soirée mitaines", "suggestion: Soirée mitaines – Quand?",
          "comment: Soirée mitaines – Ça va?",
        ]
      ),
    ])
  func whatWasDecidedOrSaidIsNamedByWhatItIsAbout(_ language: String, names: [String]) throws {
    let desk = try Desk()
    let made = try desk.ligne(["new", "post", "--title", "Soirée mitaines", "--body", "Venez.", "--json"])
    let post = try #require(try JSONValue(parsing: made.output)["path"]?.text)
    // What it is about is committed, and is found there.
    _ = try desk.ligne(["commit", "-m", "Un texte"])
    _ = try desk.ligne(["review", "request-changes", post, "-m", "Plus long."])
    _ = try desk.ligne([
      "comment", post, "/body", "--quote", "Venez", "-m", "Quand?", "--suggest", "Venez samedi",
    ])
    _ = try desk.ligne(["comment", post, "-m", "Ça va?"])
    func shows(_ words: [String]) throws -> String {
      let answer = try desk.ligne(words, in: language)
      let text = answer.text.plainSpaces
      for name in names { #expect(text.contains(name), "\(words): \(text)") }
      return text
    }
    _ = try shows(["status"])
    let diff = try shows(["diff"])
    #expect(diff.contains("{+Plus long.+}") && diff.contains("reviews/"))
    _ = try shows(["commit", "-m", "Un avis"])
    #expect(!(try shows(["log", "--limit", "1"]).contains("reviews/")))
    // Of what is gone the last words.
    let comments = try JSONValue(parsing: desk.ligne(["list", "comment", "--json"]).output).array ?? []
    for comment in comments {
      _ = try desk.git("rm", "-q", #require(comment["path"]?.text))
    }
    #expect(try desk.ligne(["diff"], in: language).text.contains("[-Ça va?-]"))
  }

  /// Two documents that change places are two that moved, and a version that is made is told whatever is lost behind it.
  @Test func aCommitNamesWhatItHolds() throws {
    let desk = try Desk()
    var paths: [String] = []
    for title in ["Un", "Deux"] {
      let made = try desk.ligne(["new", "post", "--title", title, "--body", title, "--json"])
      paths.append(try #require(try JSONValue(parsing: made.output)["path"]?.text))
    }
    _ = try desk.ligne(["commit", "-m", "Deux textes"])
    let texts = try paths.map { try desk.read($0) }
    try desk.write(texts[1], to: paths[0])
    try desk.write(texts[0], to: paths[1])
    let swapped = try desk.ligne(["commit", "-m", "Échangés"]).text.plainSpaces
    #expect(
      swapped.hasPrefix("2 documents") && swapped.contains("Un") && swapped.contains("Deux"), "\(swapped)")
    let blob = try desk.git("rev-parse", "HEAD:\(paths[0])")
    _ = try desk.ligne(["set", paths[0], "/body", "Autre"])
    let object = desk.path + "/.git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))"
    try FileManager.default.removeItem(atPath: object)
    let told = try desk.ligne(["commit", "-m", "Perdu derrière"])
    #expect(
      told.status == 0 && told.text.plainSpaces.hasPrefix("1 document"), "\(told.text)\(told.errorText)")
  }

  @Test func aLongNameIsCut() throws {
    let desk = try Desk()
    let long = String(repeating: "mot ", count: 40)
    _ = try desk.ligne(["new", "reply", "--body", long, "--set", "/state=draft"])
    let status = try desk.ligne(["status"]).text.plainSpaces
    #expect(
      status.contains("réponse : mot mot") && !status.contains(long) && status.contains("…"), "\(status)")
  }
}
