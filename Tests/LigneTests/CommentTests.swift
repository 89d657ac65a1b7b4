import Foundation
import JSONTree
import TestSupport
import Testing

/// Comments by the program itself: alone, and with two people through an address.
@Suite struct CommentTests {
  static let body = "La soirée a lieu le jeudi. Apportez vos mitaines."

  /// A workspace with one post, committed; its path.
  private func desk() throws -> (desk: Desk, post: String) {
    let desk = try Desk()
    let made = try desk.ligne(["new", "post", "--title", "Soirée", "--body", Self.body, "--json"])
    let path = try #require(try JSONValue(parsing: made.output)["path"]?.text)
    #expect(try desk.ligne(["commit", "-m", "Un post"]).status == 0)
    return (desk, path)
  }

  private func json(_ desk: Desk, _ words: [String], status: Int32 = 0) throws -> JSONValue {
    let answer = try desk.ligne(words + ["--json"])
    #expect(answer.status == status, "\(words): \(answer.text) \(answer.errorText)")
    return try JSONValue(parsing: answer.output)
  }

  private func comments(_ desk: Desk, _ words: String...) throws -> [JSONValue] {
    try json(desk, ["comment", "list"] + words).array ?? []
  }

  private func suggestion(_ desk: Desk, _ post: String, _ quote: String, _ words: String) throws -> String {
    try #require(
      try json(desk, ["comment", post, "--quote", quote, "--suggest", words, "-m", "Mieux"])["id"]?.text)
  }

  private func code(_ desk: Desk, _ words: [String]) throws -> String? {
    try json(desk, words, status: 1)["error"]?["code"]?.text
  }

  // MARK: Alone

  @Test func aCommentIsAFileOfItsOwnAndFollowsItsWords() throws {
    let (desk, post) = try desk()
    let made = try json(desk, ["comment", post, "--quote", "le jeudi", "-m", "Pourquoi?", "--question"])
    let path = try #require(made["path"]?.text)
    let record = try JSONValue(parsing: Array(desk.read(path).utf8))
    let subject = try JSONValue(parsing: Array(desk.read(post).utf8))["id"]
    #expect(path == "comments/\(subject?.text ?? "")/\(made["id"]?.text ?? "").json")
    #expect(record["subject"] == subject && record["pointer"] == "/body" && record["nature"] == "question")
    #expect(record["anchor"]?["exact"] == "le jeudi" && record["anchor"]?["start"] == 17)
    #expect(record["anchor"]?["prefix"] == "La soirée a lieu " && record["body"] == "Pourquoi?")

    let places: [(body: String, place: String, words: JSONValue)] = [
      (Self.body, "exact", "le jeudi"), ("Apportez vos mitaines. Venez le jeudi.", "moved", "le jeudi"),
      (Self.body.replacing("jeudi", with: "mardi"), "changed", "le mardi"),
      ("Autre chose.", "orphaned", .null),
    ]
    for (body, place, words) in places {
      #expect(try desk.ligne(["set", post, "/body", body]).status == 0)
      let listed = try #require(try comments(desk, post).first)
      #expect(listed["place"]?.text == place && listed["words"] == words, "\(body)")
      #expect(listed["quote"] == "le jeudi" && listed["state"] == "open" && listed["by"] == "Ana Côté")
    }
    for (language, words) in [("fr", "ces mots ne sont plus là"), ("en", "these words are gone")] {
      let list = try desk.ligne(["comment", "list"], in: language).text
      #expect(list.contains(words) && list.contains("le jeudi") && list.contains("Pourquoi?"), "\(list)")
    }
  }

  @Test func aSuggestionIsAcceptedAsAnOrdinaryChange() throws {
    let (desk, post) = try desk()
    let id = try suggestion(desk, post, "le jeudi", "le jeudi soir")
    _ = try desk.ligne(["set", post, "/body", "Bonjour! " + Self.body])
    let made = try json(desk, ["comment", "accept", id])
    #expect(made["parent"]?.text == id && made["document"]?.text == post && made["nature"] == "acceptance")
    #expect(
      try desk.ligne(["show", post, "/body"]).text
        == "Bonjour! La soirée a lieu le jeudi soir. Apportez vos mitaines.")
    #expect(try comments(desk).map { $0["state"] } == ["accepted"])
    #expect(try comments(desk, "--open") == [])
    #expect(try code(desk, ["comment", "accept", id]) == "already-settled")
    #expect(try code(desk, ["comment", "resolve", id]) == "already-settled")
    #expect(try desk.ligne(["commit", "-m", "Suggestion"]).status == 0)
    #expect(try desk.ligne(["check", "--json"]).text == "[]")
  }

  @Test func wordsCanBeTakenOutByASuggestion() throws {
    let (desk, post) = try desk()
    let id = try suggestion(desk, post, " Apportez vos mitaines.", "")
    #expect(try desk.ligne(["comment", "accept", id]).status == 0)
    #expect(try desk.ligne(["show", post, "/body"]).text == "La soirée a lieu le jeudi.")
  }

  @Test func aSuggestionOnChangedWordsIsRefusedAndChangesNothing() throws {
    let (desk, post) = try desk()
    let id = try suggestion(desk, post, "le jeudi", "le lundi")
    for (body, refusal) in [
      (Self.body.replacing("jeudi", with: "mardi"), "words-changed"), ("Rien.", "words-gone"),
    ] {
      _ = try desk.ligne(["set", post, "/body", body])
      let before = try desk.git("status", "--porcelain")
      #expect(try code(desk, ["comment", "accept", id]) == refusal)
      #expect(try desk.ligne(["show", post, "/body"]).text == body)
      #expect(try desk.git("status", "--porcelain") == before)
    }
    let french = try desk.ligne(["comment", "accept", id]).errorText
    #expect(french.contains("n’est plus dans le texte"))
    #expect(try desk.ligne(["comment", "resolve", id, "-m", "Réglé autrement"]).status == 0)
    #expect(try comments(desk).map { $0["state"] } == ["resolved"])
    #expect(try comments(desk).first?["settledBy"] == ["Ana Côté"])
  }

  @Test func answersStandBehindWhatTheyAnswer() throws {
    let (desk, post) = try desk()
    let first = try #require(try json(desk, ["comment", post, "-m", "Bravo"])["id"]?.text)
    let later = try #require(
      try json(desk, ["comment", post, "--quote", "mitaines", "-m", "Et les tuques?"])["id"]?.text)
    _ = try json(desk, ["comment", first, "-m", "Merci"])
    _ = try json(desk, ["comment", post, "--parent", later, "-m", "Aussi", "--client"])
    let list = try comments(desk, post)
    #expect(list.map { $0["body"] } == ["Bravo", "Merci", "Et les tuques?", "Aussi"])
    #expect(list.map { $0["parent"]?.text } == [nil, first, nil, later])
    #expect(list.map { $0["visibility"] } == ["internal", "internal", "internal", "client"])
  }

  @Test func elementsOfAThreadAreCommentedByTheirKey() throws {
    let (desk, post) = try desk()
    let thread = #"[{"id": "un", "body": "Un fil."}, {"id": "deux", "body": "Un autre fil."}]"#
    _ = try desk.ligne(["set", post, "/variants", #"{"site": {"mode": "follows", "thread": \#(thread)}}"#])
    let byIndex = try json(
      desk, ["comment", post, "/variants/site/thread/1", "--quote", "autre", "-m", "Lequel?"])
    #expect(byIndex["pointer"] == "/variants/site/thread/@deux/body")
    // Without a field, the words are looked for everywhere.
    #expect(
      try json(desk, ["comment", post, "--quote", "autre", "-m", "?"])["pointer"] == byIndex["pointer"])
    #expect(try code(desk, ["comment", post, "--quote", "fil", "-m", "?"]) == "ambiguous-quote")
    let turned = #"[{"id": "deux", "body": "Un autre fil."}, {"id": "un", "body": "Un fil."}]"#
    _ = try desk.ligne(["set", post, "/variants/site/thread", turned])
    #expect(try comments(desk, post).map { $0["place"] } == ["exact", "exact"])
    _ = try desk.ligne(["set", post, "/variants/site/thread", "[]"])
    #expect(try comments(desk, post).map { $0["place"] } == ["orphaned", "orphaned"])
    #expect(try desk.ligne(["show", post]).text.contains("ces mots ne sont plus là"))
  }

  @Test func aDeletedDocumentKeepsItsComments() throws {
    let (desk, post) = try desk()
    _ = try json(desk, ["comment", post, "--quote", "jeudi", "-m", "Dommage"])
    try FileManager.default.removeItem(atPath: desk.path + "/" + post)
    let listed = try #require(try comments(desk).first)
    #expect(listed["document"] == .null && listed["place"] == "orphaned" && listed["quote"] == "jeudi")
    for (language, words) in [("fr", "qui n’est plus là"), ("en", "not there any more")] {
      #expect(try desk.ligne(["comment", "list"], in: language).text.contains(words))
    }
  }

  @Test(arguments: [
    (
      "fr",
      ["1\u{A0}commentaire ouvert", "Ana Côté sur «\u{A0}le jeudi\u{A0}»\u{A0}: propose {+le lundi+}  Mieux"]
    ),
    ("en", ["1 open comment", "Ana Côté on “le jeudi”: suggests {+le lundi+}  Mieux"]),
  ])
  func showListsThemBesideTheirPlace(_ language: String, _ words: [String]) throws {
    let (desk, post) = try desk()
    _ = try suggestion(desk, post, "le jeudi", "le lundi")
    let text = try desk.ligne(["show", post], in: language).text
    for words in words { #expect(text.contains(words), "\(text)") }
    let lines = text.split(separator: "\n").map(String.init)
    let body = try #require(lines.firstIndex { $0.contains("La soirée a lieu") || $0.hasPrefix("body") })
    let comment = try #require(lines.firstIndex { $0.contains("> Ana Côté") })
    #expect(comment > body && comment - body <= 2)
  }

  // MARK: What a person does wrong

  @Test func whatIsUnclearIsRefusedWithASentence() throws {
    let (desk, post) = try desk()
    let note = try #require(try json(desk, ["comment", post, "-m", "Bravo"])["id"]?.text)
    _ = try desk.ligne(["commit", "-m", "Bravo"])
    let other = try #require(
      try json(desk, ["new", "post", "--title", "Autre", "--body", "vos vos"])["path"]?.text)
    let cases: [(words: [String], code: String)] = [
      (["comment", post, "--quote", "nulle part", "-m", "x"], "quote-not-there"),
      (["comment", post, "--quote", " ", "-m", "x"], "quote-not-there"),
      (["comment", other, "--quote", "vos", "-m", "x"], "ambiguous-quote"),
      (["comment", other, "--quote", "vos", "--occurrence", "3", "-m", "x"], "no-such-occurrence"),
      (["comment", post, "/nulle/part", "-m", "x"], "unknown-pointer"),
      (["comment", post, "/variants", "--quote", "a", "-m", "x"], "not-a-text"),
      (["comment", post, "nulle-part", "-m", "x"], "malformed-pointer"),
      (["comment", post], "empty-message"), (["comment", post, "-m", " "], "empty-message"),
      (["comment", post, "--suggest", "mots"], "nothing-to-replace"),
      (["comment", "nulle-part", "-m", "x"], "unknown-document"),
      (["comment", other, "--parent", note, "-m", "x"], "answers-another-document"),
      (["comment", post, "--parent", other, "-m", "x"], "not-a-comment"),
      (["comment", "accept", note], "not-a-suggestion"), (["comment", "accept", post], "not-a-comment"),
      (["comment", "resolve", "nulle-part"], "not-a-comment"),
    ]
    let before = try desk.git("status", "--porcelain")
    for (words, code) in cases {
      var said: [String] = []
      for language in ["fr", "en"] {
        let answer = try desk.ligne(words + ["--json"], in: language)
        #expect(answer.status == 1, "\(words)")
        let error = try JSONValue(parsing: answer.output)["error"]
        #expect(error?["code"]?.text == code, "\(words): \(answer.text)")
        said.append(error?["message"]?.text ?? "")
      }
      #expect(said[0] != said[1] && !said[0].isEmpty)
    }
    for words in [
      ["comment"], ["comment", "accept"], ["comment", "list", "--quote", "x"], ["comment", post, "--open"],
      ["comment", post, "-m", "x", "--internal", "--client"],
      ["comment", post, "-m", "x", "--occurrence", "1"],
      ["comment", post, "--quote", "jeudi", "--suggest", "x", "--question"],
    ] {
      #expect(try desk.ligne(words).status == 64, "\(words)")
    }
    #expect(try desk.git("status", "--porcelain") == before)
  }

  // MARK: Two people, one address

  private func team() throws -> (ana: Desk, leo: Desk, post: String) {
    let (ana, post) = try desk()
    let address = ana.folder.path + "/equipe.git"
    try TestSupport.Program.git("init", "-q", "--bare", "-b", "main", address, in: ana.folder.path)
    for words in [["remote", address], ["sync"]] { #expect(try ana.ligne(words).status == 0) }
    return (ana, try Desk("Léo Roy <leo@ravaude.example>", in: ana.folder, cloning: address), post)
  }

  private func share(_ desks: Desk..., status: Int32 = 0) throws {
    for desk in desks {
      _ = try desk.ligne(["commit", "-m", "Commentaires"])
      _ = try desk.ligne(["sync"])
    }
    for desk in desks { #expect(try desk.ligne(["sync"]).status == status) }
    let heads = try Set(desks.map { try $0.git("rev-parse", "HEAD") })
    #expect(heads.count == 1)
  }

  @Test func commentsMadeApartAreBothThere() throws {
    let (ana, leo, post) = try team()
    _ = try json(ana, ["comment", post, "--quote", "le jeudi", "-m", "Sûr?"])
    _ = try json(leo, ["comment", post, "--quote", "mitaines", "-m", "Et les tuques?"])
    _ = try leo.ligne(["set", post, "/body", "Bonsoir! " + Self.body])
    try share(ana, leo)
    for desk in [ana, leo] {
      let list = try comments(desk, post)
      #expect(list.map { $0["by"] } == ["Ana Côté", "Léo Roy"])
      #expect(list.map { $0["words"] } == ["le jeudi", "mitaines"])
    }
  }

  /// Both take the same suggestion: the words are there once, and both are named.
  @Test func aSuggestionAcceptedByTwoPeopleApart() throws {
    let (ana, leo, post) = try team()
    let id = try suggestion(ana, post, "le jeudi", "le jeudi soir")
    try share(ana, leo)
    for desk in [ana, leo] { #expect(try desk.ligne(["comment", "accept", id]).status == 0) }
    try share(ana, leo)
    for desk in [ana, leo] {
      #expect(
        try desk.ligne(["show", post, "/body"]).text == Self.body.replacing("jeudi", with: "jeudi soir"))
      let comment = try #require(try comments(desk, post).first)
      #expect(comment["state"] == "accepted")
      #expect(Set(comment["settledBy"]?.array ?? []) == ["Ana Côté", "Léo Roy"])
      #expect(try json(desk, ["conflicts"]) == [])
    }
  }

  /// One accepts a suggestion, the other edits another sentence: both are there.
  @Test func aSuggestionAcceptedWhileAnotherSentenceIsEdited() throws {
    let (ana, leo, post) = try team()
    let id = try suggestion(ana, post, "le jeudi", "le jeudi soir")
    try share(ana, leo)
    _ = try ana.ligne(["comment", "accept", id])
    _ = try leo.ligne(["set", post, "/body", Self.body.replacing("mitaines", with: "tuques")])
    try share(ana, leo)
    for desk in [ana, leo] {
      #expect(
        try desk.ligne(["show", post, "/body"]).text
          == "La soirée a lieu le jeudi soir. Apportez vos tuques.")
    }
  }

  /// One accepts a suggestion, the other edits the very words: a conflict with both, and the acceptance is kept.
  @Test func aSuggestionAcceptedWhileItsWordsAreEdited() throws {
    let (ana, leo, post) = try team()
    let id = try suggestion(ana, post, "le jeudi", "le lundi")
    try share(ana, leo)
    _ = try ana.ligne(["comment", "accept", id])
    _ = try leo.ligne(["set", post, "/body", Self.body.replacing("le jeudi", with: "le mardi")])
    try share(ana, leo, status: 2)
    let conflict = try #require(try json(leo, ["conflicts"], status: 2).array?.first)
    let candidates = conflict["candidates"]?.array?.compactMap { $0["value"]?.text } ?? []
    #expect(candidates.count == 2)
    #expect(
      candidates.contains { $0.contains("le lundi") } && candidates.contains { $0.contains("le mardi") })
    #expect(try comments(ana, post).first?["state"] == "accepted")
  }

  /// One accepts, the other resolves: both records stay, and the words are in the text.
  @Test func aSuggestionAcceptedByOneAndClosedByTheOther() throws {
    let (ana, leo, post) = try team()
    let id = try suggestion(ana, post, "le jeudi", "le lundi")
    try share(ana, leo)
    _ = try ana.ligne(["comment", "accept", id])
    _ = try leo.ligne(["comment", "resolve", id])
    try share(ana, leo)
    for desk in [ana, leo] {
      let comment = try #require(try comments(desk, post).first)
      #expect(comment["state"] == "accepted" && comment["settledBy"]?.array?.count == 2)
      #expect(try desk.ligne(["show", post, "/body"]).text.contains("le lundi"))
    }
  }

  /// A document is archived while somebody comments on it: archived, and the comment is kept.
  @Test func archivedByOneAndCommentedByTheOther() throws {
    let (ana, leo, post) = try team()
    _ = try ana.ligne(["set", post, "/state", "archived"])
    _ = try json(leo, ["comment", post, "--quote", "jeudi", "-m", "Encore?"])
    try share(ana, leo)
    for desk in [ana, leo] {
      #expect(try desk.ligne(["show", post, "/state"]).text == "archived")
      #expect(try comments(desk, post).map { $0["body"] } == ["Encore?"])
    }
  }
}
