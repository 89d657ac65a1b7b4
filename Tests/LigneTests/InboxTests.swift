import Foundation
import JSONTree
import TestSupport
import Testing

/// Everybody gets an answer, by the program itself: one person’s day, and two who work apart.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/America/Toronto")))
struct InboxTests {
  /// Saturday, 21 November 2026, 9:00: when the program is run.
  private static let talk = "01m653zkr0j8jbt5945pg9y706"
  private static let second = "01m673g2t0pmavj7d0hb6gavjf"

  private static func conversation(_ id: String, _ author: String, _ at: String, _ text: String) -> String {
    """
    {"channel":"fb","createdAt":"2026-11-20T20:00:00-05:00","createdBy":"ana-cote","externalId":"\(id)","id":"\(id)",
     "kind":"conversation","messages":[{"at":"\(at)","author":"\(author)","externalId":"m1","text":"\(text)"}],
     "nature":"comment","triage":"new"}
    """
  }

  private static let statement = """
    {"audience":"public","body":"La filature reste ouverte.","createdAt":"2026-10-02T09:00:00-04:00","createdBy":"ana-cote",
     "id":"01m3yb6f402zmp8nrkfzpsg67f","kind":"statement","language":"fr-CA","topic":"La filature","version":2}
    """

  private static let savedReply = """
    {"body":"Merci, {prénom}!","createdAt":"2026-10-02T09:00:00-04:00","createdBy":"ana-cote","id":"01m267kz808c1tjn1yvv3fe277",
     "intent":"thank","kind":"saved-reply","language":"fr-CA","statement":{"id":"01m3yb6f402zmp8nrkfzpsg67f","version":1},
     "title":"Merci","version":3}
    """

  /// A workspace with two questions, a policy, a statement and a saved reply; its address if it is to be shared.
  private func office() throws -> Desk {
    let desk = try Desk()
    try run(desk, ["channel", "add", "fb=facebook:laravaude"])
    try desk.write(
      Self.conversation(Self.talk, "Mireille", "2026-11-21T08:30:00-05:00", "La filature est vendue?"),
      to: "conversations/fb-\(Self.talk).json")
    try desk.write(
      Self.conversation(Self.second, "Yvon", "2026-11-20T08:30:00-05:00", "Ouvert jeudi?"),
      to: "conversations/fb-\(Self.second).json")
    try desk.write(Self.statement, to: "statements/filature-01m3yb6f402zmp8nrkfzpsg67f.json")
    try desk.write(Self.savedReply, to: "saved-replies/merci-01m267kz808c1tjn1yvv3fe277.json")
    let settings = try JSONValue(parsing: Array(desk.read("ligne.json").utf8))
    var object = try #require(settings.object)
    object["responsePolicies"] = [
      [
        "id": "p", "firstMinutesBusiness": 60, "firstMinutesCalendar": 1440,
        "hours": ["sat": [["from": "09:00", "to": "12:00"]]],
      ]
    ]
    try desk.write(JSONPrinter.compact.text(of: .object(object)), to: "ligne.json")
    return desk
  }

  @discardableResult
  private func run(_ desk: Desk, _ words: [String], status: Int32 = 0) throws -> JSONValue {
    let answer = try desk.ligne(words + ["--json"])
    guard answer.status == status else {
      throw Desk.Trouble(text: "\(words): \(answer.status) \(answer.text)")
    }
    return answer.output.isEmpty ? .null : try JSONValue(parsing: answer.output)
  }

  /// Whoever looks where they stand sees who waits for an answer of theirs, until it is somebody else’s.
  @Test(arguments: [
    ("fr", "1\u{A0}conversation dont vous vous occupez attend une réponse"),
    ("en", "1 conversation you are seeing to waits for an answer"),
  ]) func aLookSaysWhoWaits(_ language: String, says: String) throws {
    let desk = try office()
    try run(desk, ["commit", "-m", "Deux questions"])
    #expect(try run(desk, ["status"])["toAnswer"] == 0)
    try run(desk, ["inbox", "claim", Self.talk])
    #expect(try run(desk, ["status"])["toAnswer"] == 1)
    try run(desk, ["commit", "-m", "Je m’en occupe"])
    let page = try desk.ligne(["status"], in: language)
    #expect(page.text.contains(says) && page.errorText.contains("ligne inbox --mine"), "\(page.text)")
    try run(desk, ["inbox", "close", Self.talk])
    #expect(try run(desk, ["status"])["toAnswer"] == 0)
  }

  /// A list says where a conversation stands as the inbox does, and is asked for it in the same words.
  @Test func aListSaysWhereConversationsStand() throws {
    let desk = try office()
    try run(desk, ["inbox", "close", Self.talk])
    func listed(_ state: String) throws -> [JSONValue] {
      try run(desk, ["list", "conversations", "--state", state]).array?.compactMap { $0["id"] } ?? []
    }
    #expect(try listed("sans réponse") == [JSONValue(Self.second)])
    #expect(try listed("Fermée") == [JSONValue(Self.talk)] && listed("closed") == listed("fermée"))
    let page = try desk.ligne(["list", "conversation"], in: "fr").text
    #expect(page.contains("fermée") && page.contains("sans réponse"), "\(page)")
  }

  @Test func aDayAtTheInbox() throws {
    let desk = try office()
    let waiting = try run(desk, ["inbox"]).array ?? []
    // Yvon’s day of real time ended half an hour ago; Mireille’s hour of business ends at 10:00.
    #expect(waiting.map { $0["author"] } == ["Yvon", "Mireille"])
    #expect(waiting.map { $0["secondsLeft"] } == [-1800, 3600])
    #expect(waiting.last?["dueAt"] == "2026-11-21T10:00:00-05:00" && waiting.last?["state"] == "unanswered")
    let keys = [
      "conversation", "channel", "author", "excerpt", "receivedAt", "dueAt", "state", "claimedBy", "replies",
    ]
    for key in keys { #expect(waiting.first?[JSONString(key)] != nil, "\(key)") }

    #expect(try run(desk, ["inbox", "claim", Self.talk, "--for", "30"])["state"] == "answering")
    #expect(try run(desk, ["inbox", "--unanswered"]).array?.map { $0["author"] } == ["Yvon"])
    #expect(try run(desk, ["inbox", "--mine"]).array?.map { $0["author"] } == ["Mireille"])
    let refused = try desk.ligne(
      ["inbox", "claim", Self.talk, "--json"], environment: ["LIGNE_AUTHOR": "Léo Roy <leo@ravaude.example>"])
    #expect(refused.status == 1, "\(refused.text)")
    #expect(try JSONValue(parsing: refused.output)["error"]?["code"] == "claimed")
    // Half an hour later it is free again.
    let later = try desk.ligne(
      ["inbox", "claim", Self.talk, "--json"],
      environment: [
        "LIGNE_AUTHOR": "Léo Roy <leo@ravaude.example>", "LIGNE_DATE": "2026-11-21T09:30:00-05:00",
      ])
    #expect(later.status == 0, "\(later.text)")
    try run(desk, ["inbox", "claim", Self.talk, "--release", "--force"])

    let shown = try run(desk, ["inbox", "show", Self.talk])
    #expect(shown["statements"]?.array?.map { $0["version"] } == [2])
    try run(desk, ["inbox", "note", Self.talk, "-m", "Demander à Gaspard."])
    #expect(
      try run(desk, ["inbox", "show", Self.talk])["notes"]?.array?.map { $0["visibility"] } == ["internal"])

    let pulled = try run(
      desk, ["inbox", "answer", Self.talk, "--statement", "01m3yb6f402zmp8nrkfzpsg67f", "--propose"])
    let path = try #require(pulled["path"]?.text)
    let reply = try JSONValue(parsing: Array(desk.read(path).utf8))
    #expect(reply["body"] == "La filature reste ouverte." && reply["inReplyTo"] == "m1")
    #expect(reply["statement"] == ["id": "01m3yb6f402zmp8nrkfzpsg67f", "version": 2])
    #expect(try run(desk, ["inbox", "show", Self.talk])["state"] == "proposed")
    // Whoever approves it sees what it answers.
    #expect(try run(desk, ["review", "show", path])["answers"]?["text"] == "La filature est vendue?")
    let asked = try desk.ligne(["review", "show", path])
    #expect(asked.text.contains("En réponse à Mireille") && asked.text.contains("La filature est vendue?"))

    // A second answer to the same message is written, said, and needs a person.
    let saved = try desk.ligne(
      ["inbox", "answer", Self.talk, "--saved-reply", "01m267kz808c1tjn1yvv3fe277", "--propose"], in: "en")
    #expect(saved.status == 2)
    for words in [
      "2 answers to the same message", "La filature reste ouverte.", "Still to fill in: {prénom}",
    ] {
      #expect(saved.text.plainSpaces.contains(words), "\(saved.text)")
    }
    let rivals = try run(desk, ["inbox", "show", Self.talk])["replies"]?.array ?? []
    let thanks = try #require(rivals.first { $0["body"] == "Merci, {prénom}!" }?["id"]?.text)
    #expect(try run(desk, ["inbox", "keep", thanks])["superseded"]?.array?.count == 1)
    #expect(try run(desk, ["inbox", "show", Self.talk])["rivals"] == [])

    let closed = try desk.ligne(["inbox", "close", Self.second, "-m", "Répondu de vive voix"])
    #expect(closed.text.plainSpaces.contains("1 message restait sans réponse."), "\(closed.text)")
    #expect(try run(desk, ["inbox", "--all"]).array?.map { $0["state"] } == ["proposed", "closed"])
    #expect(try run(desk, ["inbox", "stats"])["total"]?["putAside"] == 1)
    #expect(try run(desk, ["inbox", "reopen", Self.second])["state"] == "unanswered")
  }

  @Test func aRumourIsAnsweredWithTheOfficialWordsAndRemembersWhereItWasHeard() throws {
    let desk = try office()
    let made = try run(
      desk,
      [
        "new", "rumour", "--title", "La filature est vendue", "--body", "Non.", "--set",
        "/statement=01m3yb6f402zmp8nrkfzpsg67f",
      ])
    let rumour = try #require(made["id"]?.text)
    let path = try #require(made["path"]?.text)
    #expect(path.hasPrefix("rumours/la-filature-est-vendue-"))
    #expect(try desk.ligne(["inbox"]).text.plainSpaces.contains("1 rumeur circule, 1 à vérifier"))
    // Heard in Mireille’s message: two words of it come back.
    let heard = try run(desk, ["inbox", "show", Self.talk])["rumours"]?.array
    #expect(heard?.map { $0["verdict"] } == ["unverified"])
    #expect(try run(desk, ["inbox", "show", Self.second])["rumours"] == [])

    let hasty = try desk.ligne(["inbox", "answer", Self.second, "--rumour", rumour], in: "en")
    #expect(hasty.status == 0 && hasty.text.contains("This rumour is not verified yet."), "\(hasty.text)")
    #expect(try JSONValue(parsing: Array(desk.read(path).utf8))["conversations"] == [JSONValue(Self.second)])
    try run(desk, ["set", rumour, "/verdict", "false"])
    let answer = try run(desk, ["inbox", "answer", Self.talk, "--rumour", rumour])
    let reply = try JSONValue(parsing: Array(desk.read(#require(answer["path"]?.text)).utf8))
    #expect(reply["body"] == "La filature reste ouverte." && reply["intent"] == "correct")
    #expect(reply["statement"]?["version"] == 2)
    #expect(
      try run(desk, ["inbox", "answer", Self.talk, "--rumour", Self.talk], status: 1)["error"]?["code"]
        == "not-a-rumour")

    // Over: nobody is reminded of it any more.
    try run(desk, ["set", rumour, "/state", "over"])
    #expect(try run(desk, ["inbox", "show", Self.talk])["rumours"] == [])
  }

  @Test func whoMayOnlyCommentIsAskedForAdvice() throws {
    let desk = try office()
    try run(
      desk, ["team", "add", "Gaspard Roy", "gaspard@ravaude.example", "--right", "*=comment"])
    let given = try desk.ligne(["inbox", "assign", Self.talk, "gaspard"])
    #expect(given.status == 0 && given.text.contains("pour avis"), "\(given.text)")
    #expect(try run(desk, ["inbox", "show", Self.talk])["assignee"] == "gaspard-roy")
    #expect(try run(desk, ["inbox", "assign", Self.talk, "--nobody"])["assignee"] == .null)
  }

  @Test func whatCanNotBeDoneIsSaidInBothLanguages() throws {
    let desk = try office()
    let guideline = try #require(try CheckTests.list(desk, "guideline").first)
    let cases: [(words: [String], code: String, status: Int32)] = [
      (["show", guideline], "not-a-conversation", 1), (["claim", guideline], "not-a-conversation", 1),
      (["note", guideline, "-m", "?"], "not-a-conversation", 1),
      (["claim", Self.talk, "--release"], "not-claimed", 1),
      (["claim", Self.talk, "--until", "2026-11-20T09:00"], "claim-order", 1),
      (["claim", Self.talk, "--for", "0"], "usage", 64),
      (["claim", Self.talk, "--for", "5", "--release"], "usage", 64),
      (["assign", Self.talk, "personne-de-ce-nom"], "unknown-member", 1),
      (["assign", Self.talk], "usage", 64),
      (["answer", Self.talk], "no-words", 1), (["answer", Self.talk, "-m", " "], "no-words", 1),
      (["answer", Self.talk, "-m", "Oui", "--to", "m9"], "unknown-message", 1),
      (["answer", Self.talk, "--saved-reply", guideline], "not-a-saved-reply", 1),
      (["answer", Self.talk, "--statement", guideline], "not-a-statement", 1),
      (["keep", guideline], "not-an-answer", 1), (["triage", Self.talk, "plus-tard"], "usage", 64),
      (["--channel", "radio"], "unknown-channel", 1), (["--all", "--unanswered"], "usage", 64),
      (["stats", "--from", "bientôt"], "unreadable-date", 1),
      (["stats", "--from", "2026-11-20", "--to", "2026-11-19"], "period-order", 1),
    ]
    let before = try desk.read("conversations/fb-\(Self.talk).json")
    for (words, code, status) in cases {
      var said: [String?] = []
      for language in ["fr", "en"] {
        let answer = try desk.ligne(["inbox"] + words + ["--json"], in: language)
        #expect(answer.status == status, "\(words): \(answer.text)")
        let error = try JSONValue(parsing: answer.output)["error"]
        #expect(error?["code"]?.text == code, "\(words): \(answer.text)")
        said.append(error?["message"]?.text)
      }
      #expect(said[0] != said[1], "\(words)")
    }
    #expect(try desk.read("conversations/fb-\(Self.talk).json") == before)
  }

  /// Two people with a copy each of the office.
  private func pair() throws -> (ana: Desk, leo: Desk) {
    let ana = try office()
    _ = try TestSupport.Program.git(
      ["init", "-q", "--bare", ana.folder.path + "/equipe.git"], in: ana.folder.path)
    try run(ana, ["team", "add", "Léo Roy", "leo@ravaude.example", "--right", "*=answer"])
    try run(ana, ["commit", "-m", "Départ"])
    try run(ana, ["remote", ana.folder.path + "/equipe.git"])
    try run(ana, ["sync"])
    let leo = try Desk(
      "Léo Roy <leo@ravaude.example>", in: ana.folder, cloning: ana.folder.path + "/equipe.git")
    return (ana, leo)
  }

  /// Two people without a connection close one conversation at different times: nothing has to be settled, and what was
  /// written after the earlier of the two waits.
  @Test func twoWhoSortOneConversationApartHaveNothingToSettle() throws {
    let (ana, leo) = try pair()
    for (desk, time) in [(ana, "09:00"), (leo, "10:30")] {
      let closed = try desk.ligne(
        ["inbox", "close", Self.talk], environment: ["LIGNE_DATE": "2026-11-21T\(time):00-05:00"])
      #expect(closed.status == 0, "\(closed.text)")
      try run(desk, ["commit", "-m", "Fermée"])
    }
    for desk in [ana, leo, ana] { try run(desk, ["sync"]) }
    for desk in [ana, leo] {
      #expect(try run(desk, ["conflicts"]) == [])
      #expect(try run(desk, ["inbox", "show", Self.talk])["triageAt"] == "2026-11-21T09:00:00-05:00")
    }
  }

  /// Two people without a connection take one conversation and answer it: after the sync nobody’s words are lost, and
  /// both see that they have to talk.
  @Test func twoPeopleAtOneConversationFindOut() throws {
    let (ana, leo) = try pair()
    for desk in [ana, leo] {
      try run(desk, ["inbox", "claim", Self.talk])
      try run(desk, ["inbox", "answer", Self.talk, "-m", "Bonjour de \(desk.author)", "--propose"])
      try run(desk, ["commit", "-m", "Réponse"])
    }
    try run(ana, ["sync"])
    let found = try leo.ligne(["sync"])
    #expect(found.status == 2)
    #expect(found.text.contains("recevrait plusieurs réponses"), "\(found.text)")
    #expect(try ana.ligne(["sync"]).status == 2)
    for desk in [ana, leo] {
      let entry = try #require(
        try run(desk, ["inbox"]).array?.first { $0["conversation"]?.text == Self.talk })
      #expect(entry["state"] == "conflicted" && entry["rivals"]?.array?.first?.array?.count == 2)
    }
    let shown = try leo.ligne(["inbox", "show", Self.talk]).text.plainSpaces
    #expect(shown.contains("2 réponses au même message"), "\(shown)")
    #expect(shown.contains("Bonjour de Ana") && shown.contains("Bonjour de Léo"), "\(shown)")
    // Whoever settles it gives the conversation to one of them.
    _ = try run(leo, ["resolve", Self.talk, "/claim", "--take", "1"])
    #expect(try run(leo, ["inbox", "show", Self.talk])["state"] == "proposed")
  }
}
