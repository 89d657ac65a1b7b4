import Foundation
import JSONTree
import TestSupport
import Testing

/// What a person does wrong is answered with a sentence, a stable code and the right status, and changes nothing.
@Suite struct WrongUseTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var words: [String]
    var code: String
    var status: Int32 = 1
    /// Run in an empty folder instead of the workspace.
    var outside = false
    /// Run without knowing who writes.
    var anonymous = false

    init(
      _ name: String, _ words: [String], _ code: String, status: Int32 = 1, outside: Bool = false,
      anonymous: Bool = false
    ) {
      (testDescription, self.words, self.code) = (name, words, code)
      (self.status, self.outside, self.anonymous) = (status, outside, anonymous)
    }
  }

  static let cases = [
    Case("not a workspace", ["status"], "not-a-workspace", outside: true),
    Case("an unknown document", ["show", "nulle-part"], "unknown-document"),
    Case(
      "a workspace in another one", ["init", "posts", "--brand", "Autre"], "inside-a-workspace"),
    Case("an ambiguous part of an id", ["show", "0"], "ambiguous-document"),
    Case("an unknown kind", ["new", "poste"], "unknown-kind"),
    Case("an unknown channel", ["new", "post", "--title", "X", "--channel", "radio"], "unknown-channel"),
    Case("an empty message", ["commit", "-m", "  "], "empty-message"),
    Case("nothing to commit", ["commit", "-m", "rien"], "nothing-to-commit"),
    Case("no author", ["commit", "-m", "qui?"], "no-author", anonymous: true),
    Case("no address", ["sync"], "no-address"),
    Case("an address that runs a program", ["remote", "ext::sh"], "address-refused"),
    Case("a pointer that does not exist", ["set", "ligne.json", "/nulle/part", "1"], "unknown-pointer"),
    Case("no field", ["set", "ligne.json", "n’importe", "1"], "malformed-pointer"),
    Case(
      "a value that the schema refuses", ["set", "ligne.json", "/formatVersion", "\"un\""], "refused-value"),
    Case("a field that is fixed", ["set", "ligne.json", "/id", "x"], "immutable-field"),
    Case("a conflict that is not there", ["resolve", "ligne.json", "/brand", "--take", "1"], "no-conflict"),
    Case("a version that does not exist", ["show", "ligne.json", "--at", "-9"], "unknown-version"),
    Case("a second workspace in one folder", ["init", "--brand", "X"], "already-a-workspace"),
    Case("an unknown command", ["publier"], "usage", status: 64),
    Case("an unknown option", ["status", "--vite"], "usage", status: 64),
    Case("help with what is no command", ["help", "zorg"], "usage", status: 64),
    Case("a missing word", ["show"], "usage", status: 64),
  ]

  @Test(arguments: cases) func isAnsweredAndChangesNothing(_ c: Case) throws {
    let desk = try Desk()
    let before = try desk.fingerprint()
    var said: [String: String] = [:]
    for language in ["fr", "en"] {
      let answer = try desk.ligne(
        c.words + ["--json"], in: language, outside: c.outside, anonymous: c.anonymous)
      #expect(answer.status == c.status, "\(answer.text)")
      let error = try JSONValue(parsing: answer.output)["error"]
      #expect(error?["code"]?.text == c.code, "\(answer.text)")
      said[language] = error?["message"]?.text
      let plain = try desk.ligne(c.words, in: language, outside: c.outside, anonymous: c.anonymous)
      #expect(plain.text.isEmpty && plain.status == c.status)
      #expect(plain.errorText.contains(said[language]?.prefix(20) ?? "?"))
    }
    #expect(said["fr"] != said["en"])
    #expect(try desk.fingerprint() == before)
  }

  @Test func aBrokenFileIsNamedAndTheRestIsCommitted() throws {
    let desk = try Desk()
    try desk.write("{\"a\":", to: "posts/2026/11/casse.json")
    #expect(try desk.ligne(["set", "ligne.json", "/brand", "Autre"]).status == 0)
    let answer = try desk.ligne(["commit", "-m", "marque", "--json"])
    #expect(answer.status == 2)
    let value = try JSONValue(parsing: answer.output)
    #expect(value["documents"] == ["ligne.json"])
    #expect(value["left"]?.array?.first?["code"] == "broken-json")
    #expect(try desk.read("posts/2026/11/casse.json") == "{\"a\":")
  }

  @Test func aWorkspaceOfANewerFormatIsLeftAlone() throws {
    let desk = try Desk()
    let text = try desk.read("ligne.json").replacingOccurrences(
      of: "\"formatVersion\": 1", with: "\"formatVersion\": 99")
    try desk.write(text, to: "ligne.json")
    let answer = try desk.ligne(["status", "--json"])
    #expect(answer.status == 1)
    #expect(try JSONValue(parsing: answer.output)["error"]?["code"] == "newer-version")
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func aFolderOneMayNotWriteIsSaid() throws {
    let desk = try Desk()
    try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: desk.path)
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: desk.path) }
    #expect(try desk.ligne(["set", "ligne.json", "/brand", "X"]).status == 1)
  }
}
