import JSONTree
import TestSupport
import Testing

/// What is listed is called by words, also where it has no title.
@Suite struct DocumentNamesTests {
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

  @Test func aLongNameIsCut() throws {
    let desk = try Desk()
    let long = String(repeating: "mot ", count: 40)
    _ = try desk.ligne(["new", "reply", "--body", long, "--set", "/state=draft"])
    let status = try desk.ligne(["status"]).text.plainSpaces
    #expect(
      status.contains("réponse : mot mot") && !status.contains(long) && status.contains("…"), "\(status)")
  }
}
