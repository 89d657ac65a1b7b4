import JSONTree
import TestSupport
import Testing

/// Fields, values and people by what they are called, as a person types and reads them.
@Suite struct SaidInWordsTests {
  let ana: Desk
  let post: String

  init() throws {
    ana = try Desk(wishing: ["--channel", "facebook=facebook:ravaude"])
    let made = try ana.ligne([
      "new", "post", "--title", "Soirée", "--body", "Vendredi, sans inscription.", "--channel", "facebook",
      "--json",
    ])
    post = try #require(try JSONValue(parsing: made.output)["path"]?.text)
    _ = try ana.ligne([
      "team", "add", "Léo Roy", "leo@ravaude.example", "--right", "*=write", "--right", "*=approve",
    ])
    #expect(try ana.ligne(["commit", "-m", "Départ"]).status == 0)
  }

  private func value(_ pointer: String) throws -> JSONValue? {
    try JSONValue(parsing: ana.ligne(["show", post, "--json"]).output).value(
      at: try JSONPointer(parsing: pointer))
  }

  private func said(_ words: [String], in language: String = "fr") throws -> String {
    let answer = try ana.ligne(words, in: language)
    return (answer.text + "\n" + answer.errorText).plainSpaces
  }

  @Test(arguments: [
    ("fr", "texte", "Samedi."), ("en", "Text", "Samedi."),
    ("fr", "Versions par canal › facebook › Mode", "diverges"),
    ("fr", "état", "idea"), ("en", "state", "idea"),
  ]) func aFieldIsSetByItsName(_ language: String, _ name: String, _ new: String) throws {
    let answer = try ana.ligne(["set", post, name, new, "--json"], in: language)
    #expect(answer.status == 0, "\(answer.errorText)")
    let pointer = try #require(try JSONValue(parsing: answer.output)["pointer"]?.text)
    let meant = ["texte": "/body", "Text": "/body", "état": "/state", "state": "/state"]
    #expect(pointer == meant[name] ?? "/variants/facebook/mode")
    #expect(try value(pointer)?.text == new)
  }

  /// A yes and a no are typed as they are shown.
  @Test(arguments: [("oui", true), ("non", false), ("yes", true), ("no", false), ("true", true)])
  func aYesOrNoIsTypedAsItIsShown(_ typed: String, _ value: Bool) throws {
    let answer = try ana.ligne(["set", "ligne.json", "/workflow/fourEyes", typed])
    #expect(answer.status == 0, "\(answer.errorText)")
    #expect(
      try JSONValue(parsing: ana.ligne(["show", "ligne.json", "--json"]).output)["workflow"]?["fourEyes"]
        == .bool(value))
    // Where it is a text it is one.
    #expect(try ana.ligne(["set", post, "/body", typed]).status == 0)
    #expect(try self.value("/body")?.text == typed)
  }

  @Test func whatChangedIsSaidInWordsAndAsItIsTyped() throws {
    _ = try ana.ligne(["set", post, "état", "idée"])
    _ = try ana.ligne(["set", post, "responsable", "léo"])
    _ = try ana.ligne(["set", post, "étiquettes", "laine, coin du feu"])
    #expect(try value("/assignee")?.text == "leo-roy")
    #expect(try value("/labels") == ["laine", "coin du feu"])
    #expect(try said(["status"]).contains("Responsable, Étiquettes, État"))
    let french = try said(["diff"])
    for words in [
      "État  /state  [-brouillon-] {+idée+}", "Responsable  /assignee  {+Léo Roy+}",
      "Étiquettes  /labels  {+laine et coin du feu+}",
    ] { #expect(french.contains(words), "\(french)") }
    let english = try said(["diff"], in: "en")
    for words in ["State  /state  [-draft-] {+idea+}", "Assignee  /assignee  {+Léo Roy+}"] {
      #expect(english.contains(words), "\(english)")
    }
    _ = try ana.ligne(["commit", "-m", "Mieux"])
    #expect(try said(["log", post]).contains("État  /state  [-brouillon-] {+idée+}"))
    #expect(try said(["blame", post]).contains("Responsable"))
    #expect(try said(["show", post]).contains("Responsable  Léo Roy"))
    // What one asks for by itself is given as it stands.
    #expect(try ana.ligne(["show", post, "état"]).text == "idea")
    #expect(
      try JSONValue(parsing: ana.ligne(["diff", "--from", "-1", "--json"]).output)
        .array?.first?["fields"]?.array?.map { $0["pointer"]?.text } == ["/assignee", "/labels", "/state"])
  }

  @Test(arguments: [
    ("léo, ana", #"["leo-roy","ana-cote"]"#), ("Léo Roy", #"["leo-roy"]"#),
    (#"["leo-roy"]"#, #"["leo-roy"]"#),
  ]) func membersOfAListAreCalledByTheirNames(_ words: String, _ members: String) throws {
    #expect(try ana.ligne(["set", post, "réviseurs", words]).status == 0)
    #expect(try value("/reviewers") == JSONValue(parsing: members.utf8))
    #expect(try said(["diff"]).contains("Léo Roy"))
  }

  @Test(arguments: ["[laine,tuque]", "{laine}", "", " , "]) func whatIsNoListIsRefused(_ words: String) throws
  {
    #expect(try ana.ligne(["set", post, "étiquettes", words]).status == 1)
  }

  @Test func aYearIsALabelAsWell() throws {
    #expect(try ana.ligne(["set", post, "étiquettes", "2026"]).status == 0)
    #expect(try value("/labels") == ["2026"])
  }

  /// With two of one name nobody is taken for the other.
  @Test func aNameThatTwoHaveIsRefused() throws {
    _ = try ana.ligne(["team", "add", "Léo Tremblay", "leot@ravaude.example"])
    let answer = try ana.ligne(["set", post, "responsable", "léo", "--json"])
    #expect(answer.status == 1)
    #expect(try JSONValue(parsing: answer.output)["error"]?["code"] == "ambiguous-member")
  }

  /// Somebody who is not of the team may join it later.
  @Test func whoIsNotOfTheTeamIsSaidAndKept() throws {
    let answer = try ana.ligne(["set", post, "responsable", "Gaston"])
    #expect(answer.status == 0 && answer.errorText.contains("Gaston"))
    #expect(try value("/assignee")?.text == "Gaston")
  }

  @Test func whatNoFieldIsCalledIsSaidWithThoseThereAre() throws {
    let before = try ana.fingerprint()
    for (language, words) in [("fr", "aucun ne s’appelle ainsi"), ("en", "none is called so")] {
      let answer = try ana.ligne(["set", post, "couleur", "bleu"], in: language)
      #expect(answer.status == 1 && answer.errorText.contains(words), "\(answer.errorText)")
      #expect(answer.errorText.contains(language == "fr" ? "Étiquettes" : "Labels"))
    }
    #expect(try ana.fingerprint() == before)
    #expect(try said(["log", post, "--field", "/boddy"]).contains("ne connaît pas le champ /boddy"))
    #expect(try said(["log", "--author", "zoe"]).contains("Personne qui s’appelle « zoe »"))
  }

  /// One moment by two clocks reads alike, and is told as it is written as well.
  @Test func twoValuesThatReadAlikeAreToldApart() throws {
    _ = try ana.ligne(["set", post, "/expiresAt", "2026-12-03T09:30:00-05:00"])
    _ = try ana.ligne(["commit", "-m", "Une heure"])
    _ = try ana.ligne(["set", post, "/expiresAt", "2026-12-03T14:30:00Z"])
    let said = try said(["diff"])
    #expect(said.contains("-05:00") && said.contains("14:30:00Z"), "\(said)")
  }

  @Test func publicationIsAPostForWhoMakesOneByHand() throws {
    let made = try JSONValue(parsing: ana.ligne(["new", "publication", "--title", "Deux", "--json"]).output)
    #expect(made["kind"] == "post")
    let words = ["new", "publication", "--set", "/post=\(post)", "--json"]
    #expect(try JSONValue(parsing: ana.ligne(words).output)["kind"] != "post")
  }

  @Test func aConflictIsSettledByTheLastPartOfItsName() throws {
    let address = ana.folder.path + "/equipe.git"
    try Program.git("init", "-q", "--bare", "-b", "main", address, in: ana.folder.path)
    _ = try ana.ligne(["remote", address])
    _ = try ana.ligne(["sync"])
    let leo = try Desk("Léo Roy <leo@ravaude.example>", in: ana.folder, cloning: address)
    for (desk, title, mode) in [(ana, "Un", "Bonsoir."), (leo, "Deux", "Bonjour.")] {
      _ = try desk.ligne(["set", post, "titre", title])
      _ = try desk.ligne(["set", post, "variants/facebook/body", mode])
      _ = try desk.ligne(["set", post, "/body", mode])
      _ = try desk.ligne(["commit", "-m", title])
      _ = try desk.ligne(["sync"])
    }
    _ = try ana.ligne(["sync"])
    let asked = try said(["conflicts"])
    #expect(asked.contains("Versions par canal › facebook › Texte  /variants/facebook/body"), "\(asked)")
    let unknown = try ana.ligne(["resolve", post, "couleur", "--take", "1"])
    #expect(unknown.status == 1 && unknown.errorText.contains("Titre"), "\(unknown.errorText)")
    // The whole name of one is the end of the other’s.
    #expect(try ana.ligne(["resolve", post, "texte", "--take", "1"]).status == 0)
    #expect(try !said(["conflicts"]).contains("  Texte  /body"))
    #expect(try ana.ligne(["resolve", post, "facebook texte", "--take", "1"]).status == 0)
    #expect(try ana.ligne(["resolve", post, "TITRE", "--take", "2"]).status == 0)
    #expect(try JSONValue(parsing: ana.ligne(["conflicts", "--json"]).output) == [])
  }

  /// It goes out without anybody's yes, and somebody asked for one all the same.
  @Test func aRequestReachesWhomItIsForAlsoWhereThePostHasATime() throws {
    _ = try ana.ligne(["schedule", post, "--channel", "facebook", "--at", "2026-12-03T09:30"])
    let requested = try JSONValue(
      parsing: ana.ligne(["review", "request", post, "--to", "léo", "--json"]).output)
    #expect(requested["waitsFor"] == ["leo-roy"], "\(requested)")
    _ = try ana.ligne(["commit", "-m", "À voir"])
    let leo = try Desk("Léo Roy <leo@ravaude.example>", in: ana.folder, at: ana.path)
    #expect(
      try JSONValue(parsing: leo.ligne(["review", "list", "--mine", "--json"]).output).array?.count == 1)
    #expect(try JSONValue(parsing: leo.ligne(["status", "--json"]).output)["asked"]?.number?.text == "1")
    #expect(
      try leo.ligne(["review", "show", post]).text.plainSpaces.contains("Avis demandé à Léo Roy (vous)"))
    #expect(try leo.ligne(["review", "refuse", post, "-m", "Trop tôt"]).status == 0)
    _ = try leo.ligne(["commit", "-m", "Non"])
    // The same words once more: there is nothing to decide.
    for (language, words) in [
      ("fr", "on a déjà décidé de ces mots-ci"), ("en", "these very words have been decided about"),
    ] {
      #expect(try ana.ligne(["review", "request", post, "--to", "léo"], in: language).text.contains(words))
    }
  }
}
