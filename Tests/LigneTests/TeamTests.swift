import Foundation
import JSONTree
import TestSupport
import Testing
import Wording

@testable import ligne

/// Who is of the team, by the program itself.
@Suite struct TeamTests {
  static func team(_ desk: Desk) throws -> [JSONValue] {
    try JSONValue(parsing: desk.ligne(["team", "--json"]).output)["members"]?.array ?? []
  }

  @Test func aMemberJoinsGetsRolesAndRightsAndLeaves() throws {
    let desk = try Desk()
    let added = try desk.ligne([
      "team", "add", "Léo Bélanger", "leo@ravaude.example", "--role", "rédaction", "--right", "*=write",
      "--right", "*=answer", "--json",
    ])
    #expect(added.status == 0, "\(added.text)")
    #expect(try JSONValue(parsing: added.output) == JSONValue(parsing: Array(desk.read("team.json").utf8)))
    _ = try desk.ligne(["team", "role", "belanger", "veille", "direction"])
    _ = try desk.ligne(["team", "role", "leo@ravaude.example", "veille", "--remove"])
    _ = try desk.ligne(["team", "right", "leo-belanger", "*", "approve"])
    _ = try desk.ligne(["team", "right", "Léo", "*", "write", "--remove"])
    let leo = try #require(try Self.team(desk).last)
    #expect(
      leo == [
        "id": "leo-belanger", "name": "Léo Bélanger", "email": "leo@ravaude.example",
        "roles": ["rédaction", "direction"], "rights": ["*": ["answer", "approve"]],
      ])
    #expect(try desk.ligne(["commit", "-m", "Léo arrive"]).status == 0)
    #expect(try desk.ligne(["team", "remove", "Léo"]).status == 0)
    #expect(try Self.team(desk).count == 1)
  }

  @Test func theTeamIsToldInBothLanguages() throws {
    let desk = try Desk()
    _ = try desk.ligne(["team", "add", "Léo Bélanger", "leo@ravaude.example"])
    _ = try desk.ligne(["team", "delegate", "ana", "--to", "léo", "--until", "2026-12-01"])
    let french = try desk.ligne(["team"], in: "fr").text.plainSpaces
    #expect(french.contains("2 membres\n"))
    #expect(french.contains("Ana Côté  ana-cote  ana@ravaude.example"))
    #expect(french.contains("  partout : rédiger, répondre, approuver, publier, gérer\n"))
    #expect(french.contains("  Léo Bélanger décide à sa place; fin : le 1er décembre 2026 à 23 h 59\n"))
    let english = try desk.ligne(["team"], in: "en").text.plainSpaces
    #expect(english.contains("2 members\n"))
    #expect(english.contains("  everywhere: write, answer, approve, publish, manage\n"))
    #expect(
      english.contains("  Léo Bélanger decides in their place; ends December 1, 2026 at 11:59 p.m.\n"))
  }

  /// What `ligne team` calls a right can be typed, and what there is is told in the same words.
  @Test func rightsAreCalledInBothLanguages() throws {
    let desk = try Desk()
    _ = try desk.ligne(["team", "add", "Léo Bélanger", "leo@ravaude.example", "--right", "*=rédiger"])
    #expect(try Self.team(desk).last?["rights"] == ["*": ["write"]])
    #expect(try desk.ligne(["team", "right", "léo", "*", "Approuver", "publish"]).status == 0)
    #expect(try Self.team(desk).last?["rights"]?["*"]?.array?.count == 3)
    let refused = try desk.ligne(["team", "right", "léo", "*", "voler"])
    #expect(refused.status == 1 && refused.errorText.contains("rédiger, répondre"), "\(refused.errorText)")
    _ = try desk.ligne(["set", "team.json", "/members/@leo-belanger/rights/parti", #"["approve", "write"]"#])
    #expect(try desk.ligne(["team", "right", "léo", "parti", "approuver", "jadis", "--remove"]).status == 0)
    #expect(try Self.team(desk).last?["rights"]?["parti"] == ["write"])
    #expect(try desk.ligne(["team", "right", "léo", "*", "approuver", "--remove"]).status == 0)
    #expect(try Self.team(desk).last?["rights"]?["*"]?.array?.contains("approve") == false)
  }

  /// Of whom a part takes another yes first, that is said where they are shown.
  @Test(arguments: [("fr", "  ne compte pas encore : droits\n"), ("en", "  does not count yet: rights\n")])
  func whatDoesNotCountYetIsMarked(_ language: String, says: String) throws {
    let desk = try Desk()
    _ = try desk.ligne(["team", "add", "Léo Bélanger", "leo@ravaude.example", "--right", "*=approve"])
    _ = try desk.ligne(["set", "ligne.json", "/workflow/preset", "required"])
    _ = try desk.ligne(["commit", "-m", "À deux"])
    #expect(!(try desk.ligne(["team"], in: language).text.plainSpaces.contains(says)))
    _ = try desk.ligne(["team", "add", "Mia Roy", "mia@ravaude.example", "--right", "*=approve"])
    let page = try desk.ligne(["team"], in: language)
    let parts = page.text.plainSpaces.split(separator: "Mia Roy")
    #expect(parts.count == 2 && !parts[0].contains(says) && (parts[1] + "\n").contains(says), "\(page.text)")
  }

  @Test func aVoiceIsGivenAndTakenBack() throws {
    let desk = try Desk()
    _ = try desk.ligne(["team", "add", "Léo Bélanger", "leo@ravaude.example"])
    let given = try desk.ligne(["team", "delegate", "ana", "--to", "léo", "--until", "2026-12-01"])
    #expect(given.status == 0)
    let delegation = try #require(try Self.team(desk).first?["delegations"]?.array?.first)
    #expect(delegation["to"] == "leo-belanger")
    #expect(delegation["from"] == "2026-11-21T09:00:00-05:00")
    #expect(delegation["until"] == "2026-12-01T23:59:59-05:00")
    #expect(try desk.ligne(["team", "delegate", "ana", "--end"]).status == 0)
    #expect(
      try Self.team(desk).first?["delegations"]?.array?.first?["until"] == "2026-11-21T09:00:00-05:00")
    let none = try desk.ligne(["team", "delegate", "ana", "--end", "--json"])
    #expect(try JSONValue(parsing: none.output)["error"]?["code"] == "no-delegation")
  }

  @Test func aVoiceThatIsGivenLaterIsToldBefore() throws {
    let desk = try Desk()
    _ = try desk.ligne(["team", "add", "Léo Bélanger", "leo@ravaude.example"])
    _ = try desk.ligne([
      "team", "delegate", "ana", "--to", "léo", "--from", "2026-12-01", "--until", "2026-12-05",
    ])
    for (language, words) in [
      ("fr", ["Léo Bélanger décidera à sa place; début", "1er décembre 2026", "5 décembre 2026"]),
      ("en", ["Léo Bélanger will decide in their place; begins", "December 1, 2026", "December 5, 2026"]),
    ] {
      // As wide as the screen is, it may be on several lines.
      let told = try desk.ligne(["team"], in: language).text.split(whereSeparator: \.isWhitespace)
        .joined(separator: " ")
      for words in words { #expect(told.contains(words), "\(told)") }
    }
    #expect(try desk.ligne(["diff"]).text.plainSpaces.contains("À : Léo Bélanger"))
  }

  /// A repository that is there already may say who works in it.
  @Test func whoBeginsInARepositoryIsItsPerson() throws {
    let desk = try Desk()
    let folder = desk.folder.path + "/depot"
    try TestSupport.Program.git("init", "-q", "-b", "main", folder, in: desk.folder.path)
    try TestSupport.Program.git("config", "user.name", "Zoé Roy", in: folder)
    try TestSupport.Program.git("config", "user.email", "zoe@ravaude.example", in: folder)
    let answer = try desk.ligne(["init", folder, "--brand", "La Ravaude"], outside: true, anonymous: true)
    #expect(answer.status == 0, "\(answer.errorText)")
    #expect(
      try TestSupport.Program.git("log", "-1", "--format=%an <%ae>", in: folder)
        == "Zoé Roy <zoe@ravaude.example>")
    #expect(
      try String(contentsOfFile: folder + "/team.json", encoding: .utf8).contains("zoe@ravaude.example"))
  }

  /// Who stands in is told what waits for the other, and is shown that.
  @Test func whoHasAVoiceSeesWhatWaitsForIt() throws {
    let ana = try Desk()
    let address = ana.folder.path + "/equipe.git"
    try TestSupport.Program.git("init", "-q", "--bare", "-b", "main", address, in: ana.folder.path)
    for words in [
      ["team", "add", "Léo Bélanger", "leo@ravaude.example"],
      [
        "new", "post", "--title", "Soirée mitaines", "--body", "Venez.", "--set", "/reviewers=[\"ana-cote\"]",
        "--set", "/state=in-review",
      ],
      ["team", "delegate", "ana", "--to", "léo", "--until", "2026-12-01"],
      ["commit", "-m", "Vacances"], ["remote", address], ["sync"],
    ] {
      let answer = try ana.ligne(words)
      #expect(answer.status == 0, "\(words) \(answer.text) \(answer.errorText)")
    }
    let leo = try Desk("Léo Bélanger <leo@ravaude.example>", in: ana.folder, cloning: address)
    let own = try leo.ligne(["review", "list", "--mine"], in: "en")
    #expect(own.text.hasPrefix("Nothing waits for your decision."))
    #expect((own.text + own.errorText).contains("1 document waits for Ana Côté, who gave you their voice"))
    #expect((own.text + own.errorText).contains("“ligne review --for ana-cote”"))
    let list = try JSONValue(parsing: leo.ligne(["review", "list", "--for", "ana", "--json"]).output)
    #expect(list.array?.count == 1 && list.array?.first?["title"] == "Soirée mitaines")
    // In a pipe, “review” lists as well.
    #expect(try leo.ligne(["review", "--for", "ana"]).text.contains("Soirée mitaines"))
    let id = try #require(list.array?.first?["id"]?.text)
    #expect(try leo.ligne(["review", "approve", id, "--for", "ana"]).status == 0)
    #expect(try JSONValue(parsing: leo.ligne(["review", "list", "--for", "ana", "--json"]).output) == [])
    #expect(try leo.ligne(["review", "show", id, "--for", "ana"]).status == 64)
  }

  /// Joined by plain git, somebody who can be taken for a member is found by everybody.
  @Test func aLookAlikeThatCameByGitIsFound() throws {
    let desk = try Desk()
    let text = try desk.read("team.json").replacingOccurrences(
      of: "\"members\": [", with: "\"members\": [{\"id\": \"zzz\", \"name\": \"Ana C\u{43E}té\"},")
    try desk.write(text, to: "team.json")
    _ = try desk.git("commit", "-q", "-a", "-m", "moi aussi")
    for (language, words) in [("fr", "mêle les lettres"), ("en", "mixes letters")] {
      let answer = try desk.ligne(["check"], in: language)
      #expect(answer.status == 2)
      #expect(answer.text.contains("look-alike-member") && answer.text.contains(words), "\(answer.text)")
    }
    let findings = try JSONValue(parsing: desk.ligne(["check", "--json"]).output).array ?? []
    let found = try #require(findings.first { $0["rule"] == "look-alike-member" })
    #expect(found["level"] == "error" && found["path"] == "team.json")
    #expect(found["pointer"] == "/members/@zzz/name")
  }

  // MARK: Leaving

  @Test func whatSomebodyHasInHandIsSaidBeforeTheyLeave() throws {
    let desk = try Desk()
    _ = try desk.ligne(["team", "add", "Léo Bélanger", "leo@ravaude.example"])
    _ = try desk.ligne([
      "new", "post", "--title", "Soirée mitaines", "--set", "/assignee=leo-belanger", "--set",
      "/reviewers=[\"leo-belanger\"]",
    ])
    _ = try desk.ligne([
      "new", "post", "--title", "Annulée", "--set", "/assignee=leo-belanger", "--set", "/state=cancelled",
    ])
    _ = try desk.ligne(["team", "delegate", "ana", "--to", "léo"])
    let before = try desk.read("team.json")

    let asked = try desk.ligne(["team", "remove", "léo", "--json"], in: "en")
    #expect(asked.status == 1)
    let error = try JSONValue(parsing: asked.output)["error"]
    #expect(error?["code"] == "confirmation-needed")
    #expect(error?["message"] == "Léo Bélanger still has 3 things in hand.")
    let plain = try desk.ligne(["team", "remove", "léo"])
    for words in ["affectation  Soirée mitaines", "révision attendue", "voix confiée par Ana Côté"] {
      #expect(plain.errorText.contains(words), "\(plain.errorText)")
    }
    #expect(!plain.errorText.contains("Annulée"))
    #expect(try desk.read("team.json") == before)

    let gone = try desk.ligne(["team", "remove", "léo", "--yes"])
    #expect(gone.status == 0 && gone.text.contains("affectation  Soirée mitaines"))
    #expect(try Self.team(desk).compactMap { $0["delegations"] }.isEmpty)
  }

  @Test(arguments: [("oui", true), ("O", true), ("y", true), ("", false), ("non", false), (nil, false)])
  func aPersonAtATerminalIsAsked(_ answer: String?, _ leaves: Bool) async throws {
    let desk = try Desk()
    let capture = Capture()
    let status = await Localized.$language.withValue(.french) {
      await Program.run(["-C", desk.path, "team", "remove", "ana"]) { _ in
        var session = Session(
          environment: ["LIGNE_AUTHOR": desk.author, "LIGNE_DATE": "2026-11-21T09:00:00-05:00"],
          language: .french, output: capture.output(in: .french))
        session.keyboard = Keyboard(isThere: true, key: { nil }, line: { answer })
        return session
      }
    }
    #expect(status == (leaves ? 0 : 1))
    #expect(capture.remarks.contains("Retirer Ana Côté quand même? [o/N] "))
    #expect(capture.remarks.contains("Rien n’a été changé.") == !leaves)
    #expect(try Self.team(desk).isEmpty == leaves)
  }

  // MARK: What can't be

  struct Refusal: Sendable, CustomTestStringConvertible {
    var words: [String]
    var code: String
    var status: Int32 = 1
    var testDescription: String { words.joined(separator: " ") }

    init(_ words: [String], _ code: String, _ status: Int32 = 1) {
      (self.words, self.code, self.status) = (["team"] + words, code, status)
    }
  }

  static let refusals = [
    Refusal(["role", "personne", "veille"], "unknown-member"),
    Refusal(["remove", "personne", "--yes"], "unknown-member"),
    Refusal(["right", "é", "*", "write"], "ambiguous-member"),
    Refusal(["add", "ANA CÔTÉ", "a@b.example"], "look-alike-member"),
    Refusal(["add", "Ana C\u{43E}té", "a@b.example"], "refused-name"),
    Refusal(["add", "Ana\u{202E}", "a@b.example"], "refused-name"),
    Refusal(["add", " ", "a@b.example"], "refused-name"),
    Refusal(["add", "Zoé", "ANA@ravaude.example"], "same-email"),
    Refusal(["add", "Zoé", "zoe"], "malformed-email"),
    Refusal(["add", "Zoé", "z@b.example", "--id", "Zoé"], "malformed-id"),
    Refusal(["add", "Zoé", "z@b.example", "--id", "ana-cote"], "same-id"),
    Refusal(["add", "Zoé", "z@b.example", "--right", "radio=write"], "unknown-channel"),
    Refusal(["add", "Zoé", "z@b.example", "--right", "*=tout"], "unknown-right"),
    Refusal(["add", "Zoé", "z@b.example", "--role", ""], "refused-value"),
    Refusal(["right", "ana", "radio", "write"], "unknown-channel"),
    Refusal(["right", "ana", "*", "chanter"], "unknown-right"),
    Refusal(["delegate", "ana", "--to", "ana"], "self-delegation"),
    Refusal(["delegate", "ana", "--to", "léo", "--until", "2026-11-20"], "delegation-order"),
    Refusal(["delegate", "ana", "--to", "léo", "--until", "bientôt"], "unreadable-date"),
    Refusal(["delegate", "ana"], "usage", 64),
    Refusal(["delegate", "ana", "--end", "--until", "2026-12-01"], "usage", 64),
    Refusal(["add", "Zoé"], "usage", 64),
    Refusal(["add", "Zoé", "z@b.example", "--right", "write"], "usage", 64),
    Refusal(["chanter"], "usage", 64), Refusal(["role", "ana"], "usage", 64),
  ]

  @Test func isRefusedInWordsAndChangesNothing() throws {
    let desk = try Desk()
    _ = try desk.ligne(["team", "add", "Léo Bélanger", "leo@ravaude.example"])
    let before = try desk.read("team.json")
    for refusal in Self.refusals {
      var said: [String?] = []
      for language in ["fr", "en"] {
        let answer = try desk.ligne(refusal.words + ["--json"], in: language)
        #expect(answer.status == refusal.status, "\(refusal.testDescription): \(answer.text)")
        let error = try JSONValue(parsing: answer.output)["error"]
        #expect(error?["code"]?.text == refusal.code, "\(refusal.testDescription): \(answer.text)")
        said.append(error?["message"]?.text)
      }
      #expect(said[0] != said[1], "\(refusal.testDescription)")
    }
    #expect(try desk.read("team.json") == before)
  }

  @Test func withoutATeamThereIsAWayBack() throws {
    let desk = try Desk()
    try FileManager.default.removeItem(atPath: desk.path + "/team.json")
    let answer = try desk.ligne(["team", "--json"])
    #expect(try JSONValue(parsing: answer.output)["error"]?["code"] == "deleted-document")
    #expect(try desk.ligne(["restore", "team.json", "--to", "-1"]).status == 0)
    #expect(try Self.team(desk).count == 1)
  }
}
