import JSONTree
import TestSupport
import Testing

/// Taking over from somebody: what the others did, what waits, what was promised.
@Suite struct HandoverTests {
  /// Ana founds a workspace and shares it; Léo works in it two days later; Ana comes back on the third.
  private func office() throws -> (ana: Desk, folder: TemporaryFolder) {
    let folder = try TemporaryFolder()
    let ana = try Desk(in: folder)
    _ = try TestSupport.Program.git(["init", "-q", "--bare", folder.path + "/equipe.git"], in: folder.path)
    try run(
      ana, on: "2026-11-20", ["channel", "add", "facebook=facebook:laravaude"],
      ["new", "post", "--title", "Soirée", "--body", "La soirée a lieu jeudi."],
      ["new", "post", "--title", "Marché", "--body", "Le marché ouvre."],
      ["new", "post", "--title", "Oubli", "--body", "À retirer."],
      ["new", "post", "--title", "Calme", "--body", "Rien de neuf."],
      ["commit", "-m", "Départ"], ["remote", folder.path + "/equipe.git"], ["sync"])
    let leo = try Desk("Léo Roy <leo@ravaude.example>", in: folder, cloning: folder.path + "/equipe.git")
    try leo.write(Self.conversation, to: "conversations/facebook/01m653zkr0j8jbt5945pg9y706.json")
    try leo.write(Self.reply, to: "replies/01m673g2t0pmavj7d0hb6gavjf.json")
    let listed = try JSONValue(parsing: leo.ligne(["list", "--json"]).output).array ?? []
    let gone = try #require(listed.first { $0["title"] == "Oubli" }?["path"]?.text)
    _ = try leo.git("rm", "-q", gone)
    try run(
      leo, on: "2026-11-22", ["set", "soiree", "/body", "La soirée a lieu vendredi."],
      ["set", "soiree", "/variants/facebook", #"{"mode":"follows"}"#],
      ["schedule", "soiree", "--channel", "facebook", "--at", "2026-11-27T18:00"],
      ["comment", "soiree", "--quote", "vendredi", "-m", "Sûr?"],
      ["review", "request", "marche", "--to", "ana"], ["commit", "-m", "Vendredi"], ["sync"])
    try run(ana, on: "2026-11-23", ["sync"])
    return (ana, folder)
  }

  private func run(_ desk: Desk, on day: String, _ commands: [String]...) throws {
    for words in commands {
      let answer = try desk.ligne(words, environment: ["LIGNE_DATE": "\(day)T09:00:00-05:00"])
      guard answer.status == 0 else { throw Desk.Trouble(text: "\(words): \(answer.errorText)") }
    }
  }

  private func answer(_ desk: Desk, _ words: String...) throws -> JSONValue {
    let answer = try desk.ligne(
      ["handover"] + words + ["--json"], environment: ["LIGNE_DATE": "2026-11-23T09:00:00-05:00"])
    #expect(answer.status == 0, "\(answer.errorText)")
    return try JSONValue(parsing: answer.output)
  }

  private static let conversation = """
    {"channel":"facebook","createdAt":"2026-11-21T20:00:00-05:00","createdBy":"leo-roy","externalId":"42","id":"01m653zkr0j8jbt5945pg9y706","kind":"conversation",
     "messages":[{"at":"2026-11-21T20:00:00-05:00","author":"Mireille","externalId":"42",
     "text":"Y a-t-il de la place pour un vélo?"}],"nature":"comment","triage":"to-answer"}
    """
  private static let reply = """
    {"body":"On vous revient là-dessus.","conversation":"01m653zkr0j8jbt5945pg9y706",
     "createdAt":"2026-11-21T21:00:00-05:00","createdBy":"leo-roy",
     "followUpAt":"2026-11-22T08:00:00-05:00","id":"01m673g2t0pmavj7d0hb6gavjf","inReplyTo":"42",
     "intent":"inform","kind":"reply","state":"draft"}
    """

  @Test func sinceOnesOwnLastVersion() throws {
    let (ana, _) = try office()
    let told = try answer(ana)
    #expect(told["for"] == "Ana Côté" && told["since"]?.text?.hasPrefix("2026-11-20T09:00:00") == true)
    let changed = told["changed"]?.array ?? []
    let soiree = try #require(changed.first { $0["title"] == "Soirée" })
    #expect(soiree["change"] == "changed" && soiree["by"] == ["Léo Roy"] && soiree["records"] == 1)
    #expect(soiree["fields"]?.array?.contains("/body") == true)
    #expect(changed.first { $0["title"] == "Oubli" }?["change"] == "removed")
    // Nobody touched it, and her own work is no news to her.
    #expect(!changed.contains { $0["title"] == "Calme" })
    #expect(told["waiting"]?.array?.map { $0["theirs"] } == [true])
    #expect(told["conversations"]?.array?.map { $0["state"] } == ["unanswered"])
    let promised = told["promised"]?.array ?? []
    #expect(promised.map { $0["nature"] } == ["follow-up", "release"])
    #expect(promised.map { $0["over"] } == [true, false])
    #expect(promised.last?["channel"] == "facebook")
  }

  /// Written before her last version, shared after it: she has not seen it.
  @Test func whatWasWrittenEarlierAndSharedLaterIsNews() throws {
    let (ana, folder) = try office()
    let leo = try Desk("Léo Roy <leo@ravaude.example>", in: folder, at: folder.path + "/Léo")
    try run(leo, on: "2026-11-22", ["set", "calme", "/body", "Un mot."], ["commit", "-m", "Hors ligne"])
    try run(
      ana, on: "2026-11-23", ["set", "soiree", "/title", "La soirée"], ["commit", "-m", "Titre"], ["sync"])
    try run(leo, on: "2026-11-24", ["sync"])
    #expect(try answer(ana)["changed"] == [])
    try run(ana, on: "2026-11-25", ["sync"])
    let told = try answer(ana)
    #expect(told["changed"]?.array?.map { $0["title"] } == ["Calme"])
    #expect(told["since"]?.text?.hasPrefix("2026-11-23") == true)
  }

  @Test func sinceADayAndForSomebodyElse() throws {
    let (ana, _) = try office()
    #expect(try answer(ana, "--since", "2026-11-23")["changed"] == [])
    // Who asked has seen it, and it does not wait for them.
    let other = try ana.ligne(["handover", "--for", "zoe", "--json"])
    #expect(other.status == 1)
    #expect(try JSONValue(parsing: other.output)["error"]?["code"] == "unknown-member")
    #expect(try answer(ana, "--for", "ana@ravaude.example")["for"] == "Ana Côté")
  }

  @Test(arguments: [
    ("fr", ["Relève pour Ana Côté", "Ce qui attend une décision", "attend Ana Côté", "relance (passé)"]),
    (
      "en", ["Hand-over for Ana Côté", "What waits for a decision", "waits for Ana Côté", "follow-up (over)"]
    ),
  ])
  func isToldInWords(_ language: String, _ wanted: [String]) throws {
    let (ana, _) = try office()
    let text = try ana.ligne(
      ["handover"], in: language, environment: ["LIGNE_DATE": "2026-11-23T09:00:00-05:00"]
    ).text
    for words in wanted { #expect(text.contains(words), "\(text)") }
  }

  @Test func nothingNewIsSaidInOneLook() throws {
    let desk = try Desk()
    let told = try JSONValue(parsing: desk.ligne(["handover", "--json"]).output)
    for part in ["changed", "waiting", "conversations", "promised", "crises", "conflicts"] {
      #expect(told[JSONString(part)] == [], "\(part)")
    }
  }
}
