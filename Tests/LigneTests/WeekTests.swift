import Foundation
import JSONTree
import TestSupport
import Testing

/// A whole week of a team, by the program itself: planned on Monday, corrected and approved on Tuesday, a crisis from
/// Wednesday to Thursday, figures on Friday. Everybody ends with the same files, and no word is lost.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/America/Toronto")))
struct WeekTests {
  @Test(.enabled(if: ReviewTests.hasSSH, "ssh-keygen is not installed"))
  func aWeekEndsTheSameForEverybody() throws {
    let week = try Week()
    try week.mondayIsPlannedTogether()
    try week.tuesdayIsCorrectedAndApproved()
    try week.wednesdayACrisisIsDeclaredWithoutANetwork()
    try week.wednesdayPreparedWordsGoOut()
    try week.wednesdayTwoPeopleAnswerOneMessage()
    try week.wednesdayOneEndsItAndOneRaisesIt()
    try week.thursdayNothingGoesOutByItself()
    try week.fridayIsCountedAndHandedOver()
    try week.everybodyHasTheSame()
    try week.noWordIsLost()
  }
}

// MARK: - Monday and Tuesday

extension Week {
  func mondayIsPlannedTogether() throws {
    now = "2026-11-23T10:00"
    let milestone = #"/milestones=[{"id":"opening","title":"Ouverture","at":"2026-11-26T10:00:00-05:00"}]"#
    let campaign = try ask(.noemie, "new", "campaign", "--title", "Grand raccommodage", "--set", milestone)
    let id = try #require(campaign["id"]?.text)
    try say(
      .noemie, "new", "post", "--title", "Ouverture des portes", "--channel", "fb", "--channel", "bsky",
      "--set", "/campaign=\(id)", "--body",
      text("Jeudi, on ouvre les portes de l’atelier. Apportez vos mitaines, on fournit la laine et le café."))
    try say(.noemie, "schedule", "ouverture", "--channel", "fb", "--milestone", "opening", "--by", "-1d")
    try say(.noemie, "schedule", "ouverture", "--channel", "bsky", "--milestone", "opening", "--by", "-2h")
    try say(
      .etienne, "new", "post", "--title", "Trois points", "--channel", "fb", "--body",
      text("Trois points pour sauver une mitaine. Le premier se fait sans dé."))
    try say(.etienne, "schedule", "trois-points", "--channel", "fb", "--at", "2026-11-25T08:30")
    try say(
      .sam, "new", "post", "--title", "Darning at noon", "--channel", "ig", "--set", "/language=en-CA",
      "--body",
      text("Darning at noon, soup at one. Bring one sock."))
    try say(.sam, "schedule", "darning", "--channel", "ig", "--at", "2026-11-25T12:00")
    for (person, post) in [(Person.noemie, "ouverture"), (.etienne, "trois-points"), (.sam, "darning")] {
      try say(person, "review", "request", post, "--to", "madeleine")
      try share(person, "La semaine")
    }
    try theCalendarShowsTheWeek()
  }

  private func theCalendarShowsTheWeek() throws {
    let entries = try ask(.sam, "calendar", "week").array ?? []
    #expect(
      entries.map { $0["at"] } == [
        "2026-11-25T08:30:00-05:00", "2026-11-25T10:00:00-05:00", "2026-11-25T12:00:00-05:00",
        "2026-11-26T08:00:00-05:00",
      ])
    #expect(entries.compactMap { $0["anchor"]?["minutes"] } == [-1440, -120])
    // Two on one day, on a channel that takes one; and four days to fill.
    #expect(entries.map { $0["remarks"] }.contains(["over-day"]))
    let english = try say(.sam, "calendar", "week")
    #expect(
      english.hasPrefix("4 releases from Mon, Nov 23 to Sun, Nov 29, 2026 · 5 empty days"), "\(english)")
    #expect(english.contains("more than 1 that day on this channel; 1 day before “Ouverture”"), "\(english)")
  }

  func tuesdayIsCorrectedAndApproved() throws {
    now = "2026-11-24T08:30"
    try twoPeopleCorrectOnePost()
    try oneConflictIsSettled()
    now = "2026-11-24T10:30"
    sync(.madeleine)
    try say(.madeleine, "key", "add", "--generate")
    #expect(try ask(.madeleine, "review", "list", "--mine").array?.count == 3)
    for post in ["ouverture", "trois-points", "darning"] {
      let given = try ask(.madeleine, "review", "approve", post)
      #expect(given["signature"] == "verified" && given["state"] == "scheduled")
    }
    try share(.madeleine, "Oui")
    now = "2026-11-24T11:00"
    try aCorrectionAfterTheYesIsApprovedAgain()
    try receive(.etienne, .priya)
  }

  private func twoPeopleCorrectOnePost() throws {
    try say(
      .etienne, "set", "ouverture", "/body",
      text("Jeudi, on ouvre les portes de l’atelier. Apportez vos mitaines, on fournit la laine et la soupe.")
    )
    try say(
      .sam, "set", "ouverture", "/body",
      text(
        "Jeudi, on ouvre grand les portes de l’atelier. Apportez vos mitaines, on fournit la laine et le café."
      ))
    // And one place where only a person can choose.
    try say(
      .etienne, "set", "trois-points", "/body",
      text("Trois points pour sauver une mitaine. Le premier se fait sans aiguille."))
    try say(
      .sam, "set", "trois-points", "/body",
      text("Trois points pour sauver une mitaine. Le premier se fait sans ciseaux."))
    try share(.etienne, "Corrections")
    try keep(.sam, "Corrections")
    let joined = try ask(.sam, "sync", status: 2)
    #expect(joined["result"] == "joined" && joined["conflicts"]?.array?.map { $0["pointer"] } == ["/body"])
  }

  private func oneConflictIsSettled() throws {
    let open = try #require(try ask(.sam, "conflicts", status: 2).array?.first)
    #expect(open["candidates"]?.array?.map { $0["by"] } == ["Étienne Vachon", "Sam Okafor"])
    #expect(
      try say(.sam, "resolve", "trois-points", "/body", "--take", "1").contains("Everything is settled."))
    try share(.sam, "Étienne’s words")
    #expect(
      try ask(.sam, "show", "ouverture", "/body")
        == "Jeudi, on ouvre grand les portes de l’atelier. Apportez vos mitaines, on fournit la laine et la soupe."
    )
  }

  private func aCorrectionAfterTheYesIsApprovedAgain() throws {
    sync(.noemie)
    try say(
      .noemie, "set", "ouverture", "/body",
      text(
        "Jeudi, on ouvre grand les portes de l’atelier. Apportez vos mitaines, on fournit la laine et la soupe chaude."
      ))
    try share(.noemie, "La soupe est chaude")
    #expect(try states(.noemie)["Ouverture des portes"] == "stale")
    let refused = try say(.noemie, "publish", "ouverture", "--channel", "fb", status: 1)
    #expect(refused.contains("--record-anyway"), "\(refused)")
    sync(.madeleine)
    let shown = try say(.madeleine, "review", "show", "ouverture")
    // Nobody wrote the text of the yes: the two corrections were joined to it.
    for words in [
      "portait sur un autre texte", "Changé depuis par Noémie Roy", "la laine et la soupe{+ chaude+}.",
    ] { #expect(shown.contains(words), "\(shown)") }
    try say(.madeleine, "review", "approve", "ouverture", "-m", "Oui, chaude")
    try share(.madeleine, "Oui, la soupe chaude")
  }
}

// MARK: - Wednesday

extension Week {
  /// Priya has no network. The others go on, as they know of nothing.
  func wednesdayACrisisIsDeclaredWithoutANetwork() throws {
    now = "2026-11-25T08:00"
    let declared = try ask(
      .priya, "crisis", "declare", "plan-de-crise", "--level", "2", "--reason", text("A needle in a mitten."))
    #expect(declared["held"]?.array?.count == 4)
    try onePostGoesOutAsPlanned()
    try aPostIsScheduledAndApprovedMeanwhile()

    now = "2026-11-25T10:30"
    let received = try ask(.priya, "sync", status: 2)
    let held = received["findings"]?.array?.filter { $0["rule"] == "held-by-crisis" }
    #expect(held?.map { $0["pointer"] } == ["/variants/fb/schedule"])
    let told = try say(.sam, "sync", status: 2)
    #expect(told.contains("Crisis declared at level 2 by Priya Menon: Plan de crise"), "\(told)")
    #expect(told.contains("“ligne crisis” shows what is held and who does what."), "\(told)")
    try receive(.noemie, .etienne, .madeleine)
    for (person, list) in try ask(Person.allCases, "list", "post") {
      let states = Week.states(list)
      #expect(states["Trois points"] == "published", "\(person)")
      for title in ["Ouverture des portes", "Darning at noon", "Laine à donner"] {
        #expect(states[title] == "held", "\(person), \(title)")
      }
    }
    let refused = try say(.sam, "publish", "darning", "--guard-phrase", "La Ravaude parle", status: 1)
    #expect(refused.contains("A crisis holds it: Plan de crise → ligne crisis status"), "\(refused)")
  }

  private func onePostGoesOutAsPlanned() throws {
    now = "2026-11-25T08:31"
    try say(.etienne, "publish", "trois-points", "--export", folder.path + "/sorties")
    let handed = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/sorties").sorted()
    let file = folder["sorties/" + (try #require(handed.last))]
    #expect(
      try String(contentsOf: file, encoding: .utf8)
        == "Trois points pour sauver une mitaine. Le premier se fait sans aiguille.\n")
    try say(.etienne, "publish", "trois-points", "--url", "https://fb.example/1")
    try share(.etienne, "Sorti")
  }

  private func aPostIsScheduledAndApprovedMeanwhile() throws {
    now = "2026-11-25T09:00"
    sync(.noemie)
    try say(
      .noemie, "new", "post", "--title", "Laine à donner", "--channel", "fb", "--body",
      text("On donne de la laine cet après-midi."))
    try say(.noemie, "schedule", "laine", "--channel", "fb", "--at", "2026-11-25T15:00")
    try share(.noemie, "De la laine")
    sync(.madeleine)
    #expect(try ask(.madeleine, "review", "approve", "laine")["state"] == "scheduled")
    try share(.madeleine, "Oui, la laine")
  }

  func wednesdayPreparedWordsGoOut() throws {
    now = "2026-11-25T10:40"
    let empty = try say(.noemie, "crisis", "statement", "attente", "--channel", "fb", status: 1)
    #expect(empty.contains("Il reste à remplir : heure; sujet"), "\(empty)")
    let made = try ask(
      .noemie, "crisis", "statement", "attente", "--channel", "fb", "--slot", "sujet=l’aiguille", "--slot",
      "heure=14\u{A0}h")
    let statement = try #require(made["id"]?.text)
    _ = text(try #require(made["body"]?.text))
    // Prepared is not approved: somebody else has to say yes.
    #expect(try ask(.noemie, "publish", statement, "--dry-run", status: 2)["clear"] == false)
    sync(.noemie, .madeleine)
    let waiting = try ask(.madeleine, "review", "list", "--mine").array ?? []
    #expect(waiting.map { $0["id"]?.text } == [statement])
    #expect(try ask(.madeleine, "review", "approve", "attente")["state"] == "approved")
    try share(.madeleine, "Oui, tout de suite")
    now = "2026-11-25T10:50"
    sync(.etienne)
    try say(.etienne, "publish", statement, "--url", "https://fb.example/2")
    try share(.etienne, "Message d’attente")
    let status = try ask(.etienne, "crisis", "status")
    #expect(status["timeline"]?.array?.last?["nature"] == "publication")
    #expect(status["held"]?.array?.count == 4)
  }

  func wednesdayTwoPeopleAnswerOneMessage() throws {
    now = "2026-11-25T11:00"
    try folder.write(
      """
      id;date;auteur;texte
      m1;2026-11-25 09:40;Mireille;Il y avait une aiguille dans la mitaine de ma fille.
      m2;2026-11-25 10:05;Yvon;Est-ce que l’ouverture de jeudi tient toujours?

      """, to: "messages.csv")
    _ = text("Il y avait une aiguille dans la mitaine de ma fille.")
    #expect(try ask(.sam, "import", "csv", folder.path + "/messages.csv", "--channel", "fb")["created"] == 2)
    try share(.sam, "Messages")
    try receive(.etienne, .priya)
    let inbox = try ask(.etienne, "inbox").array ?? []
    let talk = try #require(inbox.first { $0["author"] == "Mireille" }?["conversation"]?.text)

    // Neither has a network.
    now = "2026-11-25T11:30"
    let kept = try ask(
      .etienne, "inbox", "answer", talk, "--propose", "-m",
      text("Bonjour Mireille, c’est grave. Nous vous appelons."))
    try say(
      .priya, "inbox", "answer", talk, "--propose", "-m", text("Bonjour Mireille. Gardez cette mitaine."))
    try keep(.etienne, "Réponse")
    try share(.priya, "Answer")
    now = "2026-11-25T12:30"
    let found = try ask(.etienne, "sync", status: 2)["findings"]?.array ?? []
    #expect(found.contains { $0["rule"] == "two-answers" }, "\(found)")
    let shown = try say(.etienne, "inbox", "show", talk)
    #expect(shown.contains("2 réponses au même message"), "\(shown)")
    // By the clocks of the team, whatever the export says.
    #expect(shown.contains("Attend depuis : aujourd’hui à 9 h 40"), "\(shown)")
    for words in ["Étienne Vachon  proposée", "Priya Menon  proposée"] {
      #expect(shown.contains(words), "\(shown)")
    }
    let answer = try #require(kept["id"]?.text)
    #expect(try ask(.etienne, "inbox", "keep", answer)["superseded"]?.array?.count == 1)
    try share(.etienne, "Une seule réponse")
    try theAnswerGoesOut(answer, in: talk)
  }

  private func theAnswerGoesOut(_ answer: String, in talk: String) throws {
    sync(.madeleine)
    try say(.madeleine, "review", "approve", answer)
    try share(.madeleine, "Oui, appelez-la")
    now = "2026-11-25T12:45"
    sync(.etienne)
    try say(.etienne, "publish", answer, "--url", "https://fb.example/3")
    try share(.etienne, "Répondu")
    #expect(try ask(.etienne, "inbox").array?.map { $0["author"] } == ["Yvon"])
    #expect(try ask(.etienne, "inbox", "show", talk)["state"] == "answered")
  }

  func wednesdayOneEndsItAndOneRaisesIt() throws {
    now = "2026-11-25T16:00"
    let end = try say(.noemie, "crisis", "end", "-m", text("Une aiguille de la famille."))
    // Its other channel may still go out: only this one is given up.
    #expect(end.contains("--channel fb --clear"), "\(end)")
    try say(.priya, "crisis", "raise", "--level", "3", "-m", text("A newspaper called."))
    try say(.sam, "crisis", "note", "-m", text("The radio asks, too."))
    sync(.noemie, .priya, .sam)
    let told = try say(.noemie, "sync", status: 2)
    #expect(told.contains("La crise continue, au niveau 3"), "\(told)")
    try receive(.priya, .sam)
    for (person, status) in try ask([.noemie, .priya, .sam], "crisis", "status") {
      #expect(status["state"] == "active" && status["level"] == "3", "\(person)")
      #expect(status["held"]?.array?.count == 4, "\(person)")
      #expect(status["timeline"]?.array?.contains { $0["text"] == "The radio asks, too." } == true)
    }
  }
}

// MARK: - Thursday and Friday

extension Week {
  func thursdayNothingGoesOutByItself() throws {
    now = "2026-11-26T08:30"
    let ended = try ask(.priya, "crisis", "end", "-m", text("Everybody is well."))
    #expect(ended["state"] == "closed" && ended["released"] == [])
    sync(.priya)
    try receive(.noemie, .etienne, .sam)
    let expired = try states(.noemie).filter { $0.value == "expired" }.keys.sorted()
    #expect(expired == ["Darning at noon", "Laine à donner", "Ouverture des portes"])
    #expect(try ask(.noemie, "list", "publication").array?.count == 3)

    try say(.noemie, "schedule", "ouverture", "--channel", "fb", "--at", "2026-11-26T09:30")
    try say(.noemie, "schedule", "ouverture", "--channel", "bsky", "--at", "2026-11-26T09:30")
    try say(.sam, "schedule", "darning", "--channel", "ig", "--at", "2026-11-27T12:00")
    try say(.etienne, "set", "laine", "/state", "cancelled")
    now = "2026-11-26T09:30"
    for (channel, link) in [("fb", "https://fb.example/4"), ("bsky", "https://bsky.example/4")] {
      try say(.noemie, "publish", "ouverture", "--channel", channel, "--url", link)
    }
    for person in [Person.noemie, .sam, .etienne] { try share(person, "Reprise") }
  }

  func fridayIsCountedAndHandedOver() throws {
    now = "2026-11-27T12:00"
    try say(
      .sam, "publish", "darning", "--guard-phrase", "La Ravaude parle", "--url", "https://ig.example/5")
    try share(.sam, "Out")
    now = "2026-11-27T15:00"
    sync(.noemie)
    try say(.noemie, "measure", "answers=12", "--source", "Boîte de réception", "--window", "P7D")
    try share(.noemie, "Chiffres")
    try receive(.etienne, .priya, .sam, .madeleine)
    try theMonthIsReported()
    try theWeekIsHandedOver()
    try theCrisisIsTold()
  }

  private func theMonthIsReported() throws {
    let files = ["--html", "mois.html", "--csv", "mois.csv", "--markdown", "mois.md"].map {
      $0.hasPrefix("--") ? $0 : folder.path + "/" + $0
    }
    try say(
      .noemie, "report", "--month", "2026-11", files[0], files[1], files[2], files[3], files[4], files[5])
    for (file, wanted) in [
      ("mois.md", ["| fb | 3 |", "| Réponses données | 12 |", "| Plan de crise | 3 |"]),
      ("mois.csv", ["Ce qui est sorti;fb;Sorties;3", "Ce que nous suivons;Réponses données;Ce mois;12"]),
      ("mois.html", ["<h1>", "Réponses données", "Plan de crise"]),
    ] {
      let written = try String(contentsOf: folder[file], encoding: .utf8).plainSpaces
      for words in wanted { #expect(written.contains(words), "\(written)") }
    }
  }

  private func theWeekIsHandedOver() throws {
    let told = try ask(.madeleine, "handover", "--since", "2026-11-25")
    let changed = told["changed"]?.array?.compactMap { $0["title"]?.text } ?? []
    for title in ["Trois points", "Laine à donner", "Ouverture des portes"] {
      #expect(changed.contains(title), "\(changed)")
    }
    let out = told["changed"]?.array?.first { $0["title"] == "Ouverture des portes" }
    #expect(out?["releases"] == 2)
    #expect(told["crises"] == [])
    // What was answered is not open.
    let open = told["conversations"]?.array?.map { $0["title"]?.text }
    #expect(open == ["Yvon – Est-ce que l’ouverture de jeudi tient toujours?"])
  }

  private func theCrisisIsTold() throws {
    let told = try say(.priya, "crisis", "review")
    for words in [
      "After a crisis: Plan de crise", "A needle in a mitten.", "published on fb", "A newspaper called.",
      "The radio asks, too.", "Everybody is well.",
      "- 2026-11-25 08:30, fb: Trois points → published, 2026-11-25 08:31",
      "- 2026-11-25 12:00, ig: Darning at noon → published, 2026-11-27 12:00",
      "- 2026-11-25 15:00, fb: Laine à donner → cancelled",
    ] { #expect(told.contains(words), "\(told)") }
  }

  func everybodyHasTheSame() throws {
    var versions: Set<String> = []
    for person in Person.allCases {
      let desk = try desk(person)
      versions.insert(try desk.git("rev-parse", "HEAD", "HEAD^{tree}"))
      #expect(try desk.git("status", "--porcelain").isEmpty, "\(person)")
      #expect(try desk.git("fsck", "--strict", "--no-dangling").isEmpty, "\(person)")
    }
    #expect(versions.count == 1)
    for (person, found) in try ask(Person.allCases, "verify") { #expect(found["ok"] == true, "\(person)") }
    for (person, found) in try ask(Person.allCases, "doctor") { #expect(found == [], "\(person)") }
    let links = try ask(.etienne, "list", "publication").array ?? []
    #expect(links.count == 6)
  }

  /// In the folder of the one who wrote nothing, or in what the team ever wrote.
  func noWordIsLost() throws {
    let desk = try desk(.madeleine)
    let files = try desk.git("ls-files", "-z", "*.json").split(separator: "\0").map {
      try desk.read(String($0))
    }
    for text in texts where !files.contains(where: { $0.contains(text) }) {
      let found = try ask(.madeleine, "search", "\"\(text)\"", "--history").array ?? []
      #expect(found.contains { $0["current"] == false }, "\(text)")
    }
  }
}
