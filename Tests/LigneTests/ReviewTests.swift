import Foundation
import JSONTree
import Synchronization
import TestSupport
import Testing
import Wording

@testable import ligne

/// Deciding: from a script, with a key, and one after the other on a terminal.
@Suite struct ReviewTests {
  // MARK: - From a script

  @Test func aDecisionSaysWhatItIsAboutAndHowItCounts() throws {
    let (ana, _) = try ConcurrentReviewTests.team()
    let post = try ConcurrentReviewTests.post(ana)
    let asked = try JSONValue(
      parsing: ana.ligne(["review", "request", post.path, "--to", "Léo", "-m", "Ça va?", "--json"]).output)
    #expect(asked["state"] == "in-review")
    #expect(asked["reviewers"] == ["leo-roy"])
    for (language, words) in [
      ("fr", "L’avis de Léo Roy est déjà demandé"), ("en", "Léo Roy is asked to decide already"),
    ] {
      let again = try ana.ligne(["review", "request", post.path, "--to", "Léo"], in: language)
      #expect(again.text.hasPrefix(words), "\(again.text)")
    }
    let waiting = try JSONValue(parsing: ana.ligne(["review", "list", "--json"]).output).array
    #expect(waiting?.map { $0["id"] } == [JSONValue(post.id)])
    #expect(waiting?.first?["needs"]?.array?.first?["needed"] == .number(JSONNumber(1)))
    // It waits for Léo, whom it was asked of.
    #expect(try JSONValue(parsing: ana.ligne(["review", "list", "--mine", "--json"]).output) == [])

    let made = try JSONValue(
      parsing: ana.ligne(["review", "approve", post.path, "--channel", "fb", "--json"]).output)
    #expect(made["id"]?.text == post.id)
    #expect(made["state"] == "approved")
    #expect(made["signature"] == "unverified")
    #expect(made["contentHash"] == waiting?.first?["contentHash"])
    let shown = try JSONValue(parsing: ana.ligne(["review", "show", post.path, "--json"]).output)
    #expect(shown["approvals"]?.array?.map { $0["review"] } == [made["review"]])
    #expect(shown["comments"]?.array?.map { $0["body"] } == ["Ça va?"])
    #expect(try ana.ligne(["commit", "-m", "Oui"]).status == 0)
  }

  private static let links = """
    [{"id":"a","url":"https://ravaude.example/"},{"id":"b","url":"https://ravaude.example/deux"},
     {"id":"c","url":"https://ravaude.example/trois"},{"id":"d","url":"https://ravaude.example/quatre"},
     {"id":"e","url":"https://ravaude.example/cinq"}]
    """

  /// A yes is about pictures, what is read out in their place, tags and links as well: all of it is shown, and what changed.
  @Test func everythingAYesCoversIsShown() throws {
    let (ana, _) = try ConcurrentReviewTests.team()
    let post = try ConcurrentReviewTests.post(ana)
    let asset = try JSONValue(
      parsing: ana.ligne([
        "new", "asset", "--title", "Le banc", "--set", "/file=assets/banc.jpg", "--set",
        "/permission=granted",
        "--json",
      ]).output)
    let id = try #require(asset["id"]?.text)
    for words in [
      [
        "set", post.path, "/assets",
        #"[{"id":"i","asset":"\#(id)","altText":"Un banc bleu.","crop":{"x":12,"y":34}}]"#,
      ],
      ["set", post.path, "/hashtags", #"["Reparation"]"#],
      ["set", post.path, "/links", Self.links],
      ["set", post.path, "/variants/fb/options", #"{"audience":"public"}"#], ["commit", "-m", "Avec image"],
    ] {
      let answer = try ana.ligne(words)
      #expect(answer.status == 0, "\(words) \(answer.errorText)")
    }
    let first = try ana.ligne(["review", "show", post.path], in: "en").text
    for part in [
      "Le banc", "assets/banc.jpg", "Un banc bleu.", "12", "34", "Reparation", "https://ravaude.example/",
      "https://ravaude.example/cinq", "public",
    ] {
      #expect(first.contains(part), "\(part): \(first)")
    }
    #expect(try ana.ligne(["review", "approve", post.path]).status == 0)
    #expect(try ana.ligne(["commit", "-m", "Oui"]).status == 0)
    // In the post.
    _ = try ana.ligne(["set", post.path, "/assets/@i/altText", "Un banc rouge."])
    let changed = try ana.ligne(["review", "show", post.path], in: "en")
    #expect(changed.text.contains("covered other pictures"), "\(changed.text)")
    #expect(changed.text.contains("rouge"), "\(changed.text)")
    #expect(!changed.text.contains("have not changed."), "\(changed.text)")
    // In the record of the picture.
    _ = try ana.ligne(["set", post.path, "/assets/@i/altText", "Un banc bleu."])
    _ = try ana.ligne(["set", id, "/file", "assets/chaise.jpg"])
    let replaced = try ana.ligne(["review", "show", post.path], in: "en").text
    #expect(replaced.contains("The words have not changed; the pictures, or what describes them, have."))
    #expect(replaced.contains("assets/chaise.jpg"), "\(replaced)")
    let json = try JSONValue(parsing: ana.ligne(["review", "show", post.path, "--json"]).output)
    #expect(json["since"]?["otherPictures"] == true)
    #expect(json["pictures"]?.array?.first?["place"] == "assets/chaise.jpg")
  }

  /// A yes is about the very picture: another one in its place, by whatever program, asks again, here and at everybody else's.
  @Test func aYesIsAboutTheBytesOfAPicture() throws {
    let (ana, leo) = try ConcurrentReviewTests.team()
    let post = try ConcurrentReviewTests.post(ana)
    try ana.write("bleu", to: "assets/banc.jpg")
    let asset = try JSONValue(
      parsing: ana.ligne(["new", "asset", "--title", "Le banc", "--set", "/file=assets/banc.jpg", "--json"])
        .output)
    let id = try #require(asset["id"]?.text)
    for words in [
      [
        "set", post.path, "/assets",
        #"[{"id":"i","asset":"\#(id)","altText":"Un banc bleu devant la vitrine éclairée."}]"#,
      ],
      ["review", "request", post.path, "--to", "Ana"], ["review", "approve", post.path],
      ["commit", "-m", "Oui"], ["sync"],
    ] {
      let answer = try ana.ligne(words)
      #expect(answer.status == 0, "\(words) \(answer.errorText)")
    }
    func standing(_ desk: Desk) throws -> [String?] {
      let listed = try JSONValue(parsing: desk.ligne(["list", "post", "--json"]).output).array?.first?[
        "state"]
      let shown = try JSONValue(parsing: desk.ligne(["review", "show", post.path, "--json"]).output)["state"]
      return [listed?.text, shown?.text]
    }
    func asked(_ desk: Desk) throws -> JSONValue? {
      try JSONValue(parsing: desk.ligne(["status", "--json"]).output)["asked"]
    }
    #expect(try standing(ana) == ["approved", "approved"])
    #expect(try asked(ana) == 0)

    let first = try leo.ligne(["sync"])
    #expect(first.status == 0, "\(first.text)\(first.errorText)")
    #expect(try standing(leo) == ["approved", "approved"])
    try leo.write("rouge", to: "assets/banc.jpg")
    #expect(try standing(leo) == ["stale", "stale"])
    _ = try leo.git("commit", "-q", "-am", "Une autre photo")
    #expect(try standing(leo) == ["stale", "stale"])
    #expect(try leo.ligne(["sync"]).status == 0)

    let received = try JSONValue(parsing: ana.ligne(["sync", "--json"]).output)
    #expect(
      received["findings"]?.array?.contains { $0["rule"] == "approved-then-picture-changed" } == true,
      "\(received)")
    #expect(try standing(ana) == ["stale", "stale"])
    #expect(try asked(ana) == 1)
    let refused = try ana.ligne(["publish", post.path, "--channel", "fb"])
    #expect(refused.status == 1, "\(refused.text)")
    #expect(
      try ana.ligne(["review", "show", post.path], in: "en").text
        .contains("The words have not changed; the pictures, or what describes them, have."))

    // The same bytes are the same picture.
    try ana.write("bleu", to: "assets/banc.jpg")
    #expect(try standing(ana) == ["approved", "approved"])
    #expect(try asked(ana) == 0)
    #expect(try ana.ligne(["commit", "-m", "La première"]).status == 0)
    #expect(try standing(ana) == ["approved", "approved"])
    #expect(try asked(ana) == 0)
    // Whoever replaces it is told, like who rewrites the text.
    try ana.write("noir", to: "assets/banc.jpg")
    let told = try JSONValue(parsing: ana.ligne(["commit", "-m", "Une autre", "--json"]).output)
    #expect(told["findings"]?.array?.map { $0["rule"] } == ["approved-then-picture-changed"], "\(told)")
  }

  /// What is nowhere can't go out, and a picture of which it is open which one it is holds up the posts that show it.
  @Test func aPictureIsThereAndIsOne() throws {
    let (ana, leo) = try ConcurrentReviewTests.team()
    let post = try ConcurrentReviewTests.post(ana)
    let asset = try JSONValue(
      parsing: ana.ligne(["new", "asset", "--title", "Le banc", "--set", "/file=assets/banc.jpg", "--json"])
        .output)
    let id = try #require(asset["id"]?.text)
    let shown = #"[{"id":"i","asset":"\#(id)","altText":"Un banc bleu devant la vitrine éclairée."}]"#
    #expect(try ana.ligne(["set", post.path, "/assets", shown]).status == 0)
    func missing() throws -> [String] {
      try JSONValue(parsing: ana.ligne(["check", "--json"]).output).array?
        .filter { $0["rule"] == "missing-asset" }.compactMap { $0["message"]?.text } ?? []
    }
    #expect(try missing().map { $0.contains("assets/banc.jpg") } == [true])
    try ana.write("bleu", to: "assets/banc.jpg")
    #expect(try missing().isEmpty)
    for words in [["commit", "-m", "Une photo"], ["sync"]] {
      #expect(try ana.ligne(words).status == 0, "\(words)")
    }
    #expect(try leo.ligne(["sync"]).status == 0)

    // Each has another one.
    try ana.write("vert", to: "assets/banc.jpg")
    #expect(try ana.ligne(["commit", "-m", "Verte"]).status == 0)
    try leo.write("rouge", to: "assets/banc.jpg")
    #expect(try leo.ligne(["commit", "-m", "Rouge"]).status == 0)
    _ = try ana.ligne(["sync"])
    _ = try leo.ligne(["sync"])
    func state() throws -> [JSONValue?] {
      [
        try JSONValue(parsing: leo.ligne(["list", "post", "--json"]).output).array?.first?["state"],
        try JSONValue(parsing: leo.ligne(["review", "show", post.path, "--json"]).output)["state"],
      ]
    }
    #expect(try state() == ["conflicted", "conflicted"])
    for document in [post.path, "Le banc", "assets/banc.jpg"] {
      #expect(try leo.ligne(["conflicts", document]).text.contains("assets/banc.jpg"), "\(document)")
    }
    #expect(try leo.ligne(["resolve", "assets/banc.jpg", "--take", "1"]).status == 0)
    #expect(try !state().contains("conflicted"))
  }

  /// Who may approve on one channel says yes for that one.
  @Test func aYesIsForTheChannelsWhereItCounts() throws {
    let (ana, leo) = try ConcurrentReviewTests.team()
    let post = try ConcurrentReviewTests.post(ana)
    for words in [
      ["channel", "add", "ig=instagram:ravaude"],
      ["set", post.path, "/variants/ig", #"{"mode":"follows"}"#],
      ["set", "ligne.json", "/workflow/preset", "required"],
      ["set", "team.json", "/members/1/rights", #"{"fb":["approve"]}"#],
      ["commit", "-m", "Deux canaux"], ["sync"],
    ] {
      let answer = try ana.ligne(words)
      #expect(answer.status == 0, "\(words) \(answer.errorText)")
    }
    #expect(try leo.ligne(["sync"]).status == 0)
    for (language, words) in [("fr", "Pour fb seulement"), ("en", "For fb only")] {
      let answer = try leo.ligne(["review", "approve", post.path], in: language)
      #expect(answer.status == 0 && answer.text.contains(words), "\(answer.text)\(answer.errorText)")
    }
    let shown = try JSONValue(parsing: leo.ligne(["review", "show", post.path, "--json"]).output)
    #expect(shown["approvals"]?.array?.map { $0["channels"] } == [["fb"], ["fb"]], "\(shown)")
  }

  /// Whoever looks where they stand sees what is asked of them, and nobody sees what is asked of others.
  @Test(arguments: [
    ("fr", "1\u{A0}document attend votre décision", "«\u{A0}ligne review\u{A0}»"),
    ("en", "1 document waits for your decision", "“ligne review”"),
  ]) func aLookSaysWhatIsAsked(_ language: String, says: String, next: String) throws {
    let (ana, leo) = try ConcurrentReviewTests.team()
    let post = try ConcurrentReviewTests.post(ana)
    _ = try ana.ligne(["review", "request", post.path, "--to", "Léo"])
    for desk in [ana, leo] { _ = try desk.ligne(["commit", "-m", "Un texte"]) }
    for desk in [ana, leo] { _ = try desk.ligne(["sync"]) }
    func asked(_ desk: Desk) throws -> JSONValue? {
      try JSONValue(parsing: desk.ligne(["status", "--json"]).output)["asked"]
    }
    #expect(try asked(ana) == 0)
    #expect(try asked(leo) == 1)
    let page = try leo.ligne(["status"], in: language)
    #expect(page.text.contains(says) && page.errorText.contains(next), "\(page.text)\(page.errorText)")
    // Answered, in the folder already.
    _ = try leo.ligne(["review", "approve", post.path])
    #expect(try asked(leo) == 0)
    // Who says nothing of themselves is asked nothing.
    #expect(try leo.ligne(["status"], anonymous: true).status == 0)
  }

  @Test func aSecondThoughtReplacesTheFirst() throws {
    let (ana, _) = try ConcurrentReviewTests.team()
    let post = try ConcurrentReviewTests.post(ana)
    for (action, state) in [
      ("approve", "approved"), ("refuse", "changes-requested"), ("approve", "approved"),
    ] {
      let made = try JSONValue(parsing: ana.ligne(["review", action, post.path, "--json"]).output)
      #expect(made["state"]?.text == state)
    }
  }

  static let refusals: [(words: [String], author: String?, code: String)] = [
    (["approve", "POST"], "Zoé Inconnue <zoe@ailleurs.example>", "not-a-member"),
    (["approve", "POST", "--channel", "ig"], nil, "unknown-channel"),
    (["approve", "POST", "--level", "client"], nil, "unknown-level"),
    (["approve", "POST", "--for", "leo-roy"], nil, "no-delegation"),
    (["approve", "POST", "--for", "personne"], nil, "unknown-member"),
    (["request", "POST", "--to", "personne"], nil, "unknown-member"),
    (["request", "channels.json"], nil, "not-reviewable"),
    (["show", "rien"], nil, "unknown-document"),
  ]

  @Test(arguments: refusals) func whatWouldCountForNothingIsRefused(
    _ words: [String], _ author: String?, _ code: String
  ) throws {
    let (ana, _) = try ConcurrentReviewTests.team()
    let post = try ConcurrentReviewTests.post(ana)
    let before = try ana.git("status", "--porcelain")
    let answer = try ana.ligne(
      ["review"] + words.map { $0 == "POST" ? post.path : $0 } + ["--json"],
      environment: author.map { ["LIGNE_AUTHOR": $0] } ?? [:])
    #expect(answer.status == 1)
    #expect(try JSONValue(parsing: answer.output)["error"]?["code"]?.text == code)
    #expect(try ana.git("status", "--porcelain") == before)
  }

  @Test(arguments: [
    ["review", "approve"], ["review", "list", "posts"], ["review", "request-changes", "x"],
    ["review", "show", "x", "--for", "leo"], ["review", "approve", "x", "--to", "leo"],
    ["review", "fantaisie"],
    ["key", "revoke"], ["key", "add", "x", "--generate"], ["key", "--since", "-1"],
  ]) func wrongWordsAre64(_ words: [String]) throws {
    let desk = try Desk()
    #expect(try desk.ligne(words).status == 64)
    #expect(try desk.ligne(words, in: "en").status == 64)
  }

  /// Nobody approves their own words; who only put a label on it wrote none.
  @Test func fourEyesKnowWhoWroteTheWords() throws {
    let (ana, leo) = try ConcurrentReviewTests.team()
    let post = try ConcurrentReviewTests.post(ana)
    for words in [
      ["set", "ligne.json", "/workflow/preset", "required"],
      ["set", "ligne.json", "/workflow/fourEyes", "true"],
      ["commit", "-m", "Quatre yeux"], ["sync"],
    ] { #expect(try ana.ligne(words).status == 0) }
    #expect(try leo.ligne(["sync"]).status == 0)
    let own = try ana.ligne(["review", "approve", post.path, "--json"])
    #expect(try JSONValue(parsing: own.output)["error"]?["code"] == "own-words")
    _ = try leo.ligne(["set", post.path, "/labels", #"["hiver"]"#])
    _ = try leo.ligne(["commit", "-m", "Étiquette"])
    #expect(try leo.ligne(["review", "approve", post.path]).status == 0)
    // An approval is one of these words: with a word of his own, Léo’s own yes no longer counts.
    _ = try leo.ligne(["set", post.path, "/body", "Une mitaine de Léo."])
    func isRefused(at path: String) throws -> Bool {
      let answer = try leo.ligne(["review", "approve", path, "--json"])
      return try JSONValue(parsing: answer.output)["error"]?["code"] == "own-words"
    }
    #expect(try isRefused(at: post.path), "not committed yet")
    _ = try leo.ligne(["commit", "-m", "Des mots"])
    #expect(try isRefused(at: post.path))
    // They stay his where somebody gives the file another name.
    #expect(try leo.ligne(["sync"]).status == 0)
    // And whoever receives it is told that a yes was given to other words.
    let told = try ana.ligne(["sync"])
    #expect(told.status == 2 && told.text.contains("approbation"), "\(told.text)")
    let elsewhere = "posts/2026/ailleurs-\(post.id.lowercased()).json"
    try ana.write(try ana.read(post.path), to: elsewhere)
    try FileManager.default.removeItem(atPath: ana.path + "/" + post.path)
    _ = try ana.ligne(["commit", "-m", "Rangé"])
    #expect(try ana.ligne(["sync"]).status == 0)
    #expect(try leo.ligne(["sync"]).status == 2)
    #expect(try isRefused(at: elsewhere))
  }

  /// What was asked for is in sight until whoever asked decides again.
  @Test func anObjectionToOtherWordsIsStillShown() throws {
    let (ana, leo) = try ConcurrentReviewTests.team()
    let post = try ConcurrentReviewTests.post(ana)
    #expect(try leo.ligne(["sync"]).status == 0)
    #expect(try leo.ligne(["review", "request-changes", post.path, "-m", "Enlevez la date"]).status == 0)
    for words in [["commit", "-m", "À revoir"], ["sync"]] { #expect(try leo.ligne(words).status == 0) }
    _ = try ana.ligne(["sync"])
    #expect(try ana.ligne(["set", post.path, "/body", "Un autre mot."]).status == 0)
    for (language, words) in [("fr", "sur d’autres mots"), ("en", "about other words")] {
      let shown = try ana.ligne(["review", "show", post.path], in: language)
      #expect(shown.text.contains(words) && shown.text.contains("Enlevez la date"), "\(shown.text)")
    }
    for (desk, words) in [
      (ana, ["commit", "-m", "Revu"]), (ana, ["sync"]), (leo, ["sync"]),
      (leo, ["review", "approve", post.path]),
    ] { #expect(try desk.ligne(words).status == 0, "\(words)") }
    #expect(try !leo.ligne(["review", "show", post.path]).text.contains("Enlevez la date"))
  }

  // MARK: - Keys

  @Test(.enabled(if: Self.hasSSH, "ssh-keygen is not installed"))
  func aKeyIsMadeUsedSharedAndRevoked() throws {
    let (ana, leo) = try ConcurrentReviewTests.team()
    let post = try ConcurrentReviewTests.post(ana)
    let home = ["HOME": ana.folder.path + "/maison-leo"]
    try FileManager.default.createDirectory(
      atPath: ana.folder.path + "/maison-leo", withIntermediateDirectories: true)
    let none = try leo.ligne(["key", "add", "--json"], environment: home)
    #expect(try JSONValue(parsing: none.output)["error"]?["code"] == "no-key")
    #expect(try leo.ligne(["key", "add", "--generate"], environment: home).status == 0)
    let again = try leo.ligne(["key", "add", "--json"], environment: home)
    #expect(try JSONValue(parsing: again.output)["error"]?["code"] == "key-taken")
    let made = try JSONValue(
      parsing: leo.ligne(["review", "approve", post.path, "--json"], environment: home).output)
    #expect(made["signature"] == "verified")
    #expect(try leo.ligne(["commit", "-m", "Oui, signé"], environment: home).status == 0)
    for desk in [leo, ana] { #expect(try desk.ligne(["sync"], environment: home).status == 0) }
    // Everybody sees it, without any key and without asking a program.
    func standing(_ desk: Desk) throws -> JSONValue? {
      try JSONValue(
        parsing: desk.ligne(["review", "show", post.path, "--json"], environment: ["PATH": "/nowhere"]).output
      )["approvals"]?
      .array?.first?["signature"]
    }
    #expect(try standing(ana) == "verified")

    let shown = try ana.ligne(["key"])
    #expect(shown.text.contains("SHA256:") && shown.text.contains("compte"))
    let print = try #require(shown.text.split(separator: " ").first { $0.hasPrefix("SHA256:") })
      .trimmingCharacters(
        in: .whitespacesAndNewlines)
    #expect(try ana.ligne(["key", "revoke", String(print.prefix(20))]).status == 0)
    #expect(try ana.ligne(["commit", "-m", "Clé perdue"]).status == 0)
    // What was there when the key was lost counts; what comes after does not.
    #expect(try standing(ana) == "verified")
    for desk in [ana, leo] { #expect(try desk.ligne(["sync"]).status == 0) }
    let refused = try leo.ligne(["review", "approve", post.path, "--json"], environment: home)
    let error = try JSONValue(parsing: refused.output)["error"]
    #expect(error?["code"] == "signature-refused" && error?["message"]?.text?.contains("perdue") == true)
    let taken = try leo.ligne(["key", "add", "--generate", "--json"], environment: home)
    #expect(try JSONValue(parsing: taken.output)["error"]?["code"] == "already-revoked")
  }

  /// Whoever takes a key is told what they said without one.
  @Test(.enabled(if: Self.hasSSH, "ssh-keygen is not installed"))
  func aFirstKeyNamesTheYesesItEnds() throws {
    let (ana, leo) = try ConcurrentReviewTests.team()
    let post = try ConcurrentReviewTests.post(ana)
    let home = ["HOME": ana.folder.path + "/maison-leo"]
    try FileManager.default.createDirectory(
      atPath: ana.folder.path + "/maison-leo", withIntermediateDirectories: true)
    for words in [
      ["set", "ligne.json", "/workflow/preset", "required"], ["commit", "-m", "Avec un oui"], ["sync"],
    ] { #expect(try ana.ligne(words).status == 0) }
    #expect(try leo.ligne(["sync"]).status == 0)
    #expect(try leo.ligne(["review", "approve", post.path], environment: home).status == 0)
    let told = try leo.ligne(["key", "add", "--generate"], environment: home)
    let name = try #require(post.path.split(separator: "-").last?.split(separator: ".").first)
    #expect(told.text.contains("oui donné sans signature ne compte plus"), "\(told.text)")
    #expect(told.text.contains("ligne review approve \(name.suffix(6))"), "\(told.text)")
    #expect(try leo.ligne(["review", "approve", post.path], environment: home).status == 0)
    // With a second one nothing ends.
    let key = ana.folder.path + "/autre"
    _ = try TestSupport.Program.run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key])
    let second = try leo.ligne(["key", "add", key], in: "en", environment: home)
    #expect(second.status == 0 && !second.text.contains("without a signature"), "\(second.text)")
  }

  /// A team that counts signed yeses only: nobody decides without a key, and nobody gets one by whoever can write.
  @Test(.enabled(if: Self.hasSSH, "ssh-keygen is not installed"))
  func aTeamMayCountSignedYesesOnly() throws {
    let (ana, leo) = try ConcurrentReviewTests.team()
    let post = try ConcurrentReviewTests.post(ana)
    func home(_ desk: Desk) throws -> [String: String] {
      let path = desk.path + "-maison"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      return ["HOME": path]
    }
    func say(_ desk: Desk, _ words: String...) throws {
      let answer = try desk.ligne(words, environment: home(desk))
      #expect(answer.status == 0, "\(words) \(answer.text)\(answer.errorText)")
    }
    func refusal(_ desk: Desk, _ words: String...) throws -> JSONValue? {
      try JSONValue(parsing: desk.ligne(words + ["--json"], environment: home(desk)).output)["error"]?["code"]
    }
    try say(ana, "set", "ligne.json", "/workflow/preset", "required")
    try say(ana, "set", "ligne.json", "/workflow/signed", "true")
    try say(ana, "commit", "-m", "Des oui signés")
    for desk in [ana, leo] { try say(desk, "sync") }
    #expect(try refusal(leo, "review", "approve", post.path) == "no-key")
    for (language, words) in [("fr", "que les oui signés"), ("en", "signed yeses only")] {
      let answer = try leo.ligne(["review", "approve", post.path], in: language, environment: home(leo))
      #expect(
        answer.errorText.contains(words) && answer.errorText.contains("ligne key add"), "\(answer.errorText)")
    }
    // The first of all: there is nobody who could confirm it.
    try say(leo, "key", "add", "--generate")
    try say(leo, "review", "approve", post.path)
    try say(leo, "commit", "-m", "Oui")
    for desk in [leo, ana] { try say(desk, "sync") }
    // The next one waits for a signed yes of somebody else.
    try say(ana, "key", "add", "--generate")
    #expect(try ana.ligne(["key"], in: "en", environment: home(ana)).text.contains("to be confirmed"))
    #expect(try refusal(ana, "review", "approve", post.path) == "no-key")
    let waiting = try ana.ligne(["review", "approve", post.path], in: "en", environment: home(ana))
    #expect(waiting.errorText.contains("your key waits to be confirmed"), "\(waiting.errorText)")
    try say(ana, "commit", "-m", "Ma clé")
    for desk in [ana, leo] { try say(desk, "sync") }
    #expect(
      try JSONValue(parsing: leo.ligne(["status", "--json"], environment: home(leo)).output)["asked"] == 1)
    try say(leo, "review", "approve", "team.json")
    try say(leo, "commit", "-m", "Sa clé")
    for desk in [leo, ana] { try say(desk, "sync") }
    let made = try JSONValue(
      parsing: ana.ligne(["review", "approve", post.path, "--json"], environment: home(ana)).output)
    #expect(made["signature"] == "verified")
  }

  /// A change of how approval works waits for somebody else, and whoever makes it is told so when they do; a no that holds it is
  /// named to whoever says yes.
  @Test func aLooserWayWaitsAndSaysSo() throws {
    let (ana, leo) = try ConcurrentReviewTests.team()
    let post = try ConcurrentReviewTests.post(ana)
    for words in [["set", "ligne.json", "/workflow/preset", "required"], ["commit", "-m", "Avec un oui"]] {
      let answer = try ana.ligne(words)
      #expect(answer.status == 0 && !answer.errorText.contains("ne compte pas encore"), "\(answer.errorText)")
    }
    for desk in [ana, leo] { _ = try desk.ligne(["sync"]) }
    for words in [["set", "ligne.json", "/workflow/preset", "optional"], ["commit", "-m", "Sans"]] {
      for (language, told) in [("fr", "ne compte pas encore"), ("en", "does not count yet")] {
        if words[0] == "commit", language == "en" { continue }
        let answer = try leo.ligne(words, in: language)
        #expect(
          answer.errorText.contains(told) && answer.errorText.contains("review show ligne.json"), "\(words)")
      }
    }
    // What it would count for is said before anybody tries.
    let own = try leo.ligne(["review", "show", "ligne.json"], in: "en")
    #expect(own.errorText.contains("Nobody approves their own words"), "\(own.errorText)")
    let stranger = try Desk("Zoé Roy <zoe@ravaude.example>", in: leo.folder, at: leo.path)
    #expect(try stranger.ligne(["review", "show", post.path]).errorText.contains("aucun membre"))
    for desk in [leo, ana] { _ = try desk.ligne(["sync"]) }
    let refused = try JSONValue(
      parsing: ana.ligne(["review", "refuse", "ligne.json", "-m", "Gardons-le", "--json"]).output)
    #expect(refused["state"] == "changes-requested")
    // Of a text, too: a yes beside somebody’s no.
    #expect(try leo.ligne(["review", "refuse", post.path, "-m", "Trop long"]).status == 0)
    #expect(try leo.ligne(["commit", "-m", "Non"]).status != 1)
    for desk in [leo, ana] { _ = try desk.ligne(["sync"]) }
    let yes = try ana.ligne(["review", "approve", post.path]).text
    #expect(yes.contains("tant que tient le non dit par Léo Roy"), "\(yes)")
  }

  /// A version that is none, and a decision that nobody could read while its author lost a right, hold up nobody.
  @Test func nonsenseAboutTheTeamHoldsUpNobody() throws {
    let (ana, leo) = try ConcurrentReviewTests.team()
    let post = try ConcurrentReviewTests.post(ana)
    func say(_ desk: Desk, _ words: String...) throws {
      let answer = try desk.ligne(words)
      #expect(answer.status == 0, "\(words) \(answer.errorText)")
    }
    try say(ana, "set", "ligne.json", "/workflow/preset", "required")
    try say(ana, "commit", "-m", "Avec un oui")
    for desk in [ana, leo] { try say(desk, "sync") }
    try say(leo, "review", "approve", post.path)
    try say(leo, "commit", "-m", "Oui")
    let review = try leo.git("ls-files", "reviews")
    let bytes = try leo.read(review)
    try leo.write("<<<<<<< HEAD\n" + bytes, to: review)
    try say(leo, "set", "team.json", "/members/1/rights", #"{"fb":["write"]}"#)
    _ = try leo.git("commit", "-qam", "Abîmé")
    try leo.write(bytes, to: review)
    _ = try leo.git("commit", "-qam", "Réparé")
    let file = try leo.git("rev-parse", "HEAD:team.json")
    let lost = #"[{"id":"SHA256:fhCKgSgDfZEWkBrhWbLkXyvlLHAF4BxCMKVmS2AGlIs","since":"\#(file)"}]"#
    try say(leo, "set", "team.json", "/members/0/revokedKeys", lost)
    try say(leo, "commit", "-m", "Rien de tel")
    for desk in [leo, ana] {
      for words in [
        ["sync"], ["list", "post"], ["review", "list"], ["review", "show", post.path], ["status"],
      ] {
        let answer = try desk.ligne(words)
        // There may be something to say.
        #expect([0, 2].contains(answer.status), "\(words) \(answer.errorText)")
      }
    }
  }

  static let hasSSH = (try? TestSupport.Program.run("ssh-keygen", ["-?"])) != nil

  // MARK: - One after the other

  /// A person who types these keys and lines, and then nothing more.
  static func typing(_ keys: String, _ lines: [String] = []) -> Keyboard {
    let keys = Mutex(Array(keys))
    let lines = Mutex(lines)
    return Keyboard(
      isThere: true, key: { keys.withLock { $0.isEmpty ? nil : $0.removeFirst() } },
      line: { lines.withLock { $0.isEmpty ? nil : $0.removeFirst() } })
  }

  static func dialogue(
    _ desk: Desk, _ keyboard: Keyboard, plain: Bool = false, with words: [String] = [],
    in language: Language = .french
  ) async -> (status: Int32, text: String) {
    let said = Mutex("")
    let status = await ligne.Program.run(["-C", desk.path, "review"] + words + (plain ? ["--plain"] : [])) {
      _ in
      Session(
        environment: [
          "LIGNE_AUTHOR": "Léo Roy <leo@ravaude.example>", "LIGNE_DATE": "2026-11-22T09:00:00-05:00",
          "HOME": "/nowhere",
        ], language: language,
        output: Output(
          terminal: Terminal(
            size: (80, 24), hasColour: false, showsProgress: false, hasColouredRemarks: false),
          language: language
        ) { _, text in said.withLock { $0 += text } }, keyboard: keyboard)
    }
    return (status, said.withLock { $0 })
  }

  /// A key pressed for somebody else's voice speaks with that.
  @Test func aKeySpeaksWithTheVoiceThatIsGiven() async throws {
    let (ana, leo) = try ConcurrentReviewTests.team()
    let post = try ConcurrentReviewTests.post(ana)
    for words in [
      ["set", post.path, "/reviewers", #"["ana-cote"]"#], ["review", "request", post.path, "--to", "ana"],
      ["team", "delegate", "ana", "--to", "léo"], ["commit", "-m", "Vacances"], ["sync"],
    ] { #expect(try ana.ligne(words).status == 0, "\(words)") }
    #expect(try leo.ligne(["sync"]).status == 0)
    let (_, own) = await Self.dialogue(leo, Self.typing("o"))
    #expect(
      own.plainSpaces.contains("1 document attend Ana Côté") && own.contains("ligne review --for"), "\(own)")
    let (status, text) = await Self.dialogue(leo, Self.typing("o"), with: ["--for", "ana"])
    #expect(status == 0, "\(text)")
    let shown = try JSONValue(parsing: leo.ligne(["review", "show", post.path, "--json"]).output)
    let given = try #require(shown["approvals"]?.array?.first, "\(text)")
    #expect(given["by"] != "ana-cote" && given["onBehalfOf"] == "ana-cote")
  }

  static func waiting() throws -> (leo: Desk, posts: [String]) {
    let (ana, leo) = try ConcurrentReviewTests.team()
    let first = try ConcurrentReviewTests.post(ana)
    _ = try ana.ligne([
      "new", "post", "--title", "Tuques", "--channel", "fb", "--body", "Les tuques sont là.",
    ])
    _ = try ana.ligne(["review", "request", first.path])
    _ = try ana.ligne(["review", "request", "tuques"])
    _ = try ana.ligne(["commit", "-m", "Deux"])
    _ = try ana.ligne(["sync"])
    _ = try leo.ligne(["sync"])
    return (
      leo,
      try JSONValue(parsing: leo.ligne(["list", "post", "--json"]).output).array?.compactMap {
        $0["path"]?.text
      } ?? []
    )
  }

  static func states(_ desk: Desk) throws -> [String] {
    try JSONValue(parsing: desk.ligne(["list", "post", "--json"]).output).array?.compactMap {
      $0["state"]?.text
    } ?? []
  }

  @Test func keysDecideOneDocumentAfterTheOther() async throws {
    let (leo, posts) = try Self.waiting()
    let (status, text) = await Self.dialogue(leo, Self.typing("?oc", ["plus court"]))
    #expect(status == 0)
    #expect(text.contains("Document 1 sur 2") && text.contains("Document 2 sur 2"))
    #expect(text.contains("ravaude"))
    #expect(text.contains("2\u{A0}décisions notées, 0 en attente"))
    #expect(try Self.states(leo).sorted() == ["approved", "changes-requested"])
    #expect(posts.count == 2)
  }

  /// Every way out leaves by the same door: what was decided is whole, the rest waits.
  @Test(arguments: ["q", "", "s", "ss", "n", "c", "x", "cq"]) func nobodyIsCaught(_ keys: String) async throws
  {
    let (leo, _) = try Self.waiting()
    let (status, text) = await Self.dialogue(leo, Self.typing(keys), in: .english)
    #expect(status == 0)
    #expect(text.contains("0 decisions recorded, 2 waiting"))
    #expect(try leo.git("status", "--porcelain") == "")
  }

  @Test func withoutLayoutEverythingIsSaidInSentences() async throws {
    let (leo, posts) = try Self.waiting()
    _ = try leo.ligne(["review", "approve", posts[0]])
    _ = try leo.ligne(["set", posts[0], "/body", "Une mitaine sauvée."])
    _ = try leo.ligne(["commit", "-m", "Mots"])
    let (status, text) = await Self.dialogue(leo, Self.typing("", ["", "s", "o"]), plain: true)
    #expect(status == 0)
    #expect(text.contains("retiré"))
    #expect(!text.contains("{+") && !text.contains("[-"))
    #expect(text.contains("puis Entrée"))
    #expect(text.contains("1\u{A0}décision notée, 1 en attente"))
  }

  /// In a pipe there is nobody to ask: the list says what waits.
  @Test func inAPipeItIsAList() throws {
    let (leo, _) = try Self.waiting()
    #expect(try leo.ligne(["review"]).text.contains("2\u{A0}documents attendent une décision"))
  }

  /// Nothing a document says is obeyed by the terminal.
  @Test func wordsOfADocumentAreShownNotObeyed() async throws {
    let (ana, leo) = try ConcurrentReviewTests.team()
    let post = try ConcurrentReviewTests.post(ana)
    _ = try ana.ligne(["set", post.path, "/body", "avant\u{1B}[2Japrès\u{202E}"])
    _ = try ana.ligne(["review", "request", post.path, "-m", "\u{1B}]0;x\u{7}"])
    _ = try ana.ligne(["commit", "-m", "x"])
    _ = try ana.ligne(["sync"])
    _ = try leo.ligne(["sync"])
    let (_, text) = await Self.dialogue(leo, Self.typing("q"))
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}") && !text.contains("\u{7}"))
    #expect(text.contains("après"))
  }
}
