import Foundation
import JSONTree
import TestSupport
import Testing

/// `ligne import`, by the program itself.
@Suite struct ImportTests {
  static let cases = Corpus.packageRoot.appending(path: "Tests/PlatformExportsTests/Cases").path

  /// Two people who import the same files apart have the same files, and nothing to settle.
  @Test func twoImportersWriteTheSameBytes() throws {
    let folder = try TemporaryFolder()
    let ana = try Desk(in: folder)
    _ = try TestSupport.Program.git(["init", "-q", "--bare", folder.path + "/equipe.git"], in: folder.path)
    for words in [
      ["channel", "add", "x=x:ravaude"], ["commit", "-m", "Départ"], ["remote", folder.path + "/equipe.git"],
      ["sync"],
    ] { #expect(try ana.ligne(words).status == 0) }
    let leo = try Desk("Léo Roy <leo@ravaude.example>", in: folder, cloning: folder.path + "/equipe.git")
    for (desk, day) in [(ana, "2026-11-20"), (leo, "2026-11-22")] {
      let answer = try desk.ligne(
        ["import", "x", Self.cases + "/x", "--json"], environment: ["LIGNE_DATE": "\(day)T09:00:00-05:00"])
      // One post of the sample has no date.
      #expect(answer.status == 2, "\(answer.text)")
      let value = try JSONValue(parsing: answer.output)
      #expect(value["created"] == 6 && value["unchanged"] == 0)
      #expect(value["skipped"]?.array?.map { $0["line"] } == [49])
    }
    // Ana has sorted one before Léo's import arrives.
    let folders = try FileManager.default.subpathsOfDirectory(atPath: ana.path + "/conversations")
    let files = folders.filter { $0.hasSuffix(".json") }.map { "conversations/" + $0 }
    let message = try #require(try files.first { path in try ana.read(path).contains("418 555-0134") })
    #expect(try ana.read(message).utf8.elementsEqual(try leo.read(message).utf8))
    #expect(try ana.ligne(["set", message, "/triage", "to-answer"]).status == 0)
    for desk in [ana, leo, ana] {
      _ = try desk.ligne(["commit", "-m", "Importation"])
      #expect(try desk.ligne(["sync"]).status == 0)
    }
    #expect(try ana.git("rev-parse", "HEAD^{tree}") == leo.git("rev-parse", "HEAD^{tree}"))
    #expect(try JSONValue(parsing: leo.ligne(["conflicts", "--json"]).output) == [])

    let again = try JSONValue(parsing: ana.ligne(["import", "x", Self.cases + "/x", "--json"]).output)
    #expect(again["created"] == 0 && again["changed"] == 0 && again["unchanged"] == 6)
    #expect(try ana.git("status", "--porcelain").isEmpty)

    // What somebody noted by hand under another id gets the messages, and is not imported a second time.
    let id = "01m653zkr0j8jbt5945pg9y706"
    try ana.write(
      """
      {"channel":"x","createdAt":"2026-10-04T09:00:00Z","createdBy":"ana","externalId":"9","id":"\(id)",
       "kind":"conversation","messages":[],"triage":"new"}
      """, to: "conversations/notee-\(id).json")
    try ana.write("id;date;texte\n9;2026-10-04 09:00;Ouvert?\n", to: "../t.csv")
    let noted = try JSONValue(
      parsing: ana.ligne(["import", "csv", "../t.csv", "--channel", "x", "--json"]).output)
    #expect(noted["created"] == 0 && noted["changed"] == 1)
    #expect(try ana.read("conversations/notee-\(id).json").contains("Ouvert?"))
    let check = try JSONValue(parsing: ana.ligne(["check", "--json"]).output).array ?? []
    #expect(!check.contains { $0["rule"] == "imported-twice" })
  }

  static let refusals: [(words: [String], code: String, status: Int32)] = [
    (["csv", "t.csv"], "which-channel", 1), (["csv", "t.csv", "--channel", "radio"], "unknown-channel", 1),
    (["x", "archive.zip"], "packed-export", 1), (["x", "nulle-part"], "file-unreadable", 1),
    (["x", "guidelines"], "no-export", 1), (["x", "t.csv", "--map", "a=text"], "usage", 64),
    (["x", "t.csv", "--pseudonymise"], "usage", 64), (["linkedin", "t.csv"], "usage", 64),
    (["csv", "t.csv", "--channel", "x", "--map", "a=b"], "usage", 64),
    (["x", "t.csv", "--pseudonymise", "--secret", "t.csv"], "secret-in-workspace", 1),
    (["x", "t.csv", "--pseudonymise", "--secret", "../court"], "short-secret", 1),
  ]

  @Test func isRefusedInWordsAndChangesNothing() throws {
    let desk = try Desk()
    _ = try desk.ligne(["channel", "add", "x=x:ravaude"])
    _ = try desk.ligne(["channel", "add", "facebook=facebook:ravaude"])
    try desk.write("date;texte\n2026-01-02;a\n", to: "t.csv")
    try desk.write("PK\u{3}\u{4}", to: "archive.zip")
    try desk.write("court\n", to: "../court")
    let before = try desk.fingerprint()
    for (words, code, status) in Self.refusals {
      var said: [String?] = []
      for language in ["fr", "en"] {
        let answer = try desk.ligne(["import"] + words + ["--json"], in: language)
        #expect(answer.status == status, "\(words): \(answer.text)")
        let error = try JSONValue(parsing: answer.output)["error"]
        #expect(error?["code"]?.text == code, "\(words): \(answer.text)")
        said.append(error?["message"]?.text)
      }
      #expect(said[0] != said[1], "\(words)")
    }
    #expect(try desk.fingerprint() == before)
  }
}
