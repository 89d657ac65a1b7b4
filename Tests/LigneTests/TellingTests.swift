import Foundation
import JSONTree
import TestSupport
import Testing

/// What can't be read, or is not what it seems, is named by every command in the same words.
@Suite struct TellingTests {
  private func desk() throws -> (Desk, String) {
    let desk = try Desk()
    _ = try desk.ligne(["new", "post", "--title", "Soirée", "--body", "Un."])
    _ = try desk.ligne(["commit", "-m", "un"])
    let list = try JSONValue(parsing: desk.ligne(["list", "post", "--json"]).output)
    return (desk, try #require(list.array?.first?["path"]?.text))
  }

  private static let git = ["-c", "user.name=x", "-c", "user.email=x@y.example"]

  @Test func brokenJSONIsSaidTheSameEverywhere() throws {
    let (desk, path) = try desk()
    try desk.write("{\n\"title\": }", to: path)
    let place = "Ligne 2, colonne 10"
    let status = try desk.ligne(["status"])
    #expect(status.text.contains(place) && status.text.contains(path))
    #expect(!status.text.contains("1\u{A0}document à enregistrer"))
    #expect(!status.errorText.contains("ligne commit") && status.errorText.contains("ligne edit"))
    let diff = try desk.ligne(["diff"]).text
    #expect(diff.contains(place))
    #expect(
      diff.split(separator: "\n").filter { $0.hasPrefix(path) && !$0.contains("ne se lit pas") }.count == 1)
    for words in [["show", path], ["set", path, "/title", "x"], ["commit", "-m", "x"]] {
      let answer = try desk.ligne(words)
      #expect(answer.status == 1)
      #expect(answer.errorText.contains(path) && answer.errorText.contains(place), "\(answer.errorText)")
      #expect(answer.errorText.contains("ligne edit"))
    }
    #expect(try desk.ligne(["list"]).text.contains(place))
    let listed = try JSONValue(parsing: desk.ligne(["list", "--json"]).output).array ?? []
    #expect(listed.contains { $0["path"]?.text == path && $0["problem"]?["code"] == "broken-json" })
  }

  @Test func whatWasCommittedUnreadableIsNamedUntilItIsMended() throws {
    let (desk, path) = try desk()
    let sound = try desk.read(path)
    try desk.write("{", to: path)
    try desk.write("{\"id\": \"q1\", \"kind\": \"quiz\"}", to: "quiz/q1.json")
    _ = try desk.git("add", "-A")
    _ = try TestSupport.Program.git(Self.git + ["commit", "-qm", "par git"], in: desk.path)
    let address = desk.folder.path + "/equipe.git"
    try TestSupport.Program.git("init", "-q", "--bare", "-b", "main", address, in: desk.folder.path)
    _ = try desk.ligne(["remote", address])
    for words in [["status"], ["list"], ["sync"], ["status"]] {
      let answer = try desk.ligne(words)
      #expect(answer.status == 0)
      #expect(answer.text.contains(path) && answer.text.contains("quiz/q1.json"), "\(words): \(answer.text)")
      #expect(answer.text.contains("« quiz »".replacing(" ", with: "\u{A0}")))
    }
    let codes = try JSONValue(parsing: desk.ligne(["sync", "--json"]).output)["left"]?.array?.compactMap {
      $0["code"]?.text
    }
    #expect(codes == ["broken-json", "unknown-kind"])
    let other = try Desk("Léo Roy <leo@ravaude.example>", in: desk.folder, cloning: address)
    #expect(try other.ligne(["status"]).text.contains("quiz/q1.json"))

    try desk.write(sound, to: path)
    let status = try desk.ligne(["status"]).text
    #expect(status.contains("1\u{A0}document à enregistrer") && status.contains("quiz/q1.json"))
    #expect(!status.contains("ne se lit pas"))
  }

  @Test func aTextBecomesTheBody() throws {
    let (desk, _) = try desk()
    try desk.write("Texte brut.\n", to: "t.txt")
    let made = try JSONValue(
      parsing: desk.ligne(["new", "post", "--title", "B", "--from", "t.txt", "--json"]).output)
    let path = try #require(made["path"]?.text)
    #expect(try desk.ligne(["show", path, "/body"]).text == "Texte brut.")
    try desk.write("{ \"body\": ", to: "d.json")
    #expect(try desk.ligne(["new", "post", "--title", "B", "--from", "d.json"]).status == 1)
  }

  @Test func aZoneThatIsNoneIsRefused() throws {
    let (desk, _) = try desk()
    let answer = try desk.ligne(["set", "ligne.json", "/timeZone", "Mars/Autre", "--json"])
    #expect(answer.status == 1 && answer.text.contains("unknown-zone"))
    #expect(try desk.ligne(["set", "ligne.json", "/timeZone", "Europe/Paris"]).status == 0)
  }

  @Test(arguments: [
    (["--zone", "Mars/Base"], "--zone"), (["--zone", "America"], "--zone"),
    (["--channel", "a=nosuch:h"], "--channel"), (["--language", "klingon!!"], "--language"),
  ])
  func initNamesTheOptionThatIsWrong(words: [String], option: String) async {
    for language in ["fr", "en"] {
      let run = try? TestSupport.Program.run(
        ExecutableTests.path, ["init", "--brand", "B", "/nulle/part"] + words,
        environment: ["LIGNE_LANG": language], timeLimit: .seconds(20))
      #expect(run?.status == 64 && run?.errorText.contains(option) == true, "\(run?.errorText ?? "")")
    }
  }

  @Test func aSlipInAPointerIsRemarked() throws {
    let (desk, path) = try desk()
    let slip = try desk.ligne(["set", path, "/nofield", "x"])
    #expect(
      slip.status == 0 && slip.errorText.contains("/nofield") && slip.errorText.contains("faute de frappe"))
    #expect(try !desk.ligne(["set", path, "/title", "x"]).errorText.contains("faute de frappe"))
  }

  @Test func gitsDriverNamesTheConflict() throws {
    let (desk, _) = try desk()
    for (file, title) in [("b", "un"), ("o", "deux"), ("t", "trois")] {
      try desk.write("{\"id\": \"x\", \"title\": \"\(title)\"}", to: file)
    }
    let answer = try desk.ligne(["merge-file", "b", "o", "t", "posts/x.json"])
    #expect(answer.status == 2)
    for word in ["posts/x.json", "/title", "deux", "trois", "1\u{A0}conflit"] {
      #expect(answer.errorText.contains(word), "\(answer.errorText)")
    }
  }

  @Test func aListOfVersionsSaysHowManyThereAre() throws {
    let (desk, path) = try desk()
    _ = try desk.ligne(["set", path, "/title", "Autre"])
    _ = try desk.ligne(["commit", "-m", "deux"])
    #expect(try desk.ligne(["log", "--limit", "2"]).text.hasPrefix("2\u{A0}versions sur 3"))
    #expect(try desk.ligne(["log", path, "--limit", "1"], in: "en").text.hasPrefix("1 of 2 versions"))
    #expect(try desk.ligne(["log", "--limit", "3"]).text.hasPrefix("3\u{A0}versions\n"))
    try FileManager.default.removeItem(atPath: desk.path + "/" + path)
    _ = try desk.ligne(["commit", "-m", "parti"])
    #expect(try desk.ligne(["log", "--limit", "1"]).text.contains("Autre  supprimé"))

    // Whoever asks for two does not wait for the count of thousands.
    let most = 100
    for number in 5...most + 2 { _ = try desk.git("commit", "-q", "--allow-empty", "-m", "\(number)") }
    #expect(try desk.ligne(["log", "--limit", "2"]).text.hasPrefix("2\u{A0}versions sur \(most + 2)\n"))
    _ = try desk.git("commit", "-q", "--allow-empty", "-m", "encore")
    #expect(try desk.ligne(["log", "--limit", "2"]).text.hasPrefix("2\u{A0}versions sur plus de \(most)\n"))
    #expect(
      try desk.ligne(["log", "--limit", "2"], in: "en").text.hasPrefix("2 of more than \(most) versions\n"))
  }

  @Test func aRehearsalCountsWhatItWouldDo() throws {
    let (desk, _) = try desk()
    let address = desk.folder.path + "/equipe.git"
    try TestSupport.Program.git("init", "-q", "--bare", "-b", "main", address, in: desk.folder.path)
    _ = try desk.ligne(["remote", address])
    let report = try JSONValue(parsing: desk.ligne(["sync", "--dry-run", "--json"]).output)
    #expect(report["result"] == "shared" && report["shared"] == 2 && report["dryRun"] == true)
  }

  @Test func aStateOrAChannelThatDoesNotExistIsSaid() throws {
    let (desk, _) = try desk()
    for (words, code) in [
      (["--state", "bogus"], "unknown-state"), (["--channel", "bogus"], "unknown-channel"),
    ] {
      let answer = try desk.ligne(["list", "--json"] + words)
      #expect(answer.status == 1 && answer.text.contains(code))
    }
    #expect(try desk.ligne(["list", "--state", "draft"]).status == 0)
    #expect(try desk.ligne(["list", "--state", "conflicted"]).status == 0)
  }

  /// What a list shows can be typed back, in both languages.
  @Test func aListIsAskedInTheWordsItShows() throws {
    let (desk, path) = try desk()
    for words in [
      ["post", "--state", "draft"], ["posts", "--state", "brouillon"],
      ["Publications", "--state", "Brouillon"],
    ] {
      let answer = try JSONValue(parsing: desk.ligne(["list", "--json"] + words).output)
      #expect(answer.array?.map { $0["path"] } == [JSONValue(path)], "\(words)")
    }
    #expect(try desk.ligne(["list", "--state", "à trancher", "--json"]).status == 0)
    #expect(try desk.ligne(["set", path, "/state", "Archivée"]).status == 0)
    #expect(try JSONValue(parsing: Array(desk.read(path).utf8))["state"] == "archived")
    #expect(try desk.ligne(["set", path, "/state", "brouillon"]).status == 0)
    let refused = try desk.ligne(["list", "--state", "finie"])
    #expect(refused.errorText.contains("brouillon") && !refused.errorText.contains("draft"))
    // Nothing went out yet, and the French word for a post is the name of that kind.
    let none = try desk.ligne(["list", "publication"])
    #expect(none.status == 0 && none.errorText.plainSpaces.contains("« post »"), "\(none.errorText)")
    // Who makes one by hand means a post, unless a field of the record is given.
    let made = try desk.ligne(["new", "publication", "--set", "/post=\(path)"])
    #expect(made.status == 1 && made.errorText.plainSpaces.contains("« post »"), "\(made.errorText)")
    let reply = try desk.ligne(["new", "conversation"])
    #expect(reply.status == 1 && reply.errorText.contains("--channel"), "\(reply.errorText)")
    // Which channels there are can't be told.
    try desk.write("{", to: "channels.json")
    let unread = try desk.ligne(["new", "post", "--channel", "fb", "--json"])
    #expect(try JSONValue(parsing: unread.output)["error"]?["code"] == "broken-json", "\(unread.text)")
  }

  @Test func documentsAreCountedApartFromOtherFiles() throws {
    let (desk, path) = try desk()
    _ = try desk.ligne(["set", path, "/title", "Autre"])
    try desk.write("Lisez-moi.\n", to: "README.md")
    #expect(try desk.ligne(["status"]).text.contains("1\u{A0}document et 1\u{A0}autre fichier à enregistrer"))
    #expect(
      try desk.ligne(["commit", "-m", "x"]).text.hasPrefix(
        "1\u{A0}document et 1\u{A0}autre fichier dans la version"))
  }

  /// A file no colleague could get is not part of “everything”.
  @Test func whatCannotBeSharedIsNotPassedOverInSilence() throws {
    let (desk, _) = try desk()
    try desk.write("{}", to: "posts/aux.json")
    let status = try desk.ligne(["status"])
    #expect(!status.text.contains("Tout est enregistré") && status.text.contains("posts/aux.json"))
    #expect(try JSONValue(parsing: desk.ligne(["status", "--json"]).output)["unseen"]?.array?.count == 1)
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func aFileOneMayNotReadIsNotPassedOverInSilence() throws {
    let (desk, path) = try desk()
    try FileManager.default.setAttributes([.posixPermissions: 0o200], ofItemAtPath: desk.path + "/" + path)
    let status = try desk.ligne(["status"])
    #expect(!status.text.contains("Tout est enregistré") && status.text.contains(path))
  }

  @Test func aMissingFieldHasNoLineAndAHint() throws {
    let (desk, _) = try desk()
    let other = try desk.ligne(["set", "ligne.json", "/brand", "--delete"])
    #expect(
      other.status == 1 && !other.errorText.contains("Ligne 1"), "\(other.errorText)")
    #expect(other.errorText.contains("brand") && other.errorText.contains("ligne show"))
  }
}
