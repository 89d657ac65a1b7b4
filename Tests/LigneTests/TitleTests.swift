import Foundation
import JSONTree
import TestSupport
import Testing

/// Documents called by their titles, by the program itself.
@Suite struct TitleTests {
  /// Posts whose files say nothing of their titles.
  private func desk() throws -> Desk {
    let desk = try Desk()
    for (number, title) in ["Le café d’hiver est arrivé", "Marché de Noël", "Un marché"].enumerated() {
      try make(title, at: "posts/\(number).json", desk)
    }
    return desk
  }

  private func make(_ title: String, at file: String, _ desk: Desk) throws {
    let made = try desk.ligne(["new", "post", "--title", title, "--json"])
    let path = try #require(try JSONValue(parsing: made.output)["path"]?.text, "\(made.text)")
    try FileManager.default.moveItem(atPath: desk.path + "/" + path, toPath: desk.path + "/" + file)
  }

  private func shown(_ desk: Desk, _ words: String) throws -> String? {
    try JSONValue(parsing: desk.ligne(["show", words, "--json"]).output)["title"]?.text
  }

  @Test(arguments: [
    ("Le café d’hiver est arrivé", "Le café d’hiver est arrivé"), ("CAFE", "Le café d’hiver est arrivé"),
    ("café d'hiver", "Le café d’hiver est arrivé"), ("noel", "Marché de Noël"), ("un marché", "Un marché"),
  ])
  func aTitleOrWordsOfOneWillDo(_ words: String, _ title: String) throws {
    #expect(try shown(desk(), words) == title)
  }

  @Test func ofSeveralEachIsNamed() throws {
    let desk = try desk()
    let answer = try desk.ligne(["show", "marché", "--json"])
    let error = try JSONValue(parsing: answer.output)["error"]
    #expect(answer.status == 1 && error?["code"] == "ambiguous-document", "\(answer.text)")
    #expect(error?["message"]?.text?.contains("Marché de Noël") == true)
    #expect(error?["message"]?.text?.contains("Un marché") == true)
    // Half a word is none.
    #expect(try desk.ligne(["show", "caf"]).status == 1)
  }

  /// Words of a title say less than the name of what was deleted; a whole title says as much.
  @Test func whatWasDeletedKeepsItsName() throws {
    let desk = try desk()
    try make("Vieux", at: "posts/noel.json", desk)
    _ = try desk.ligne(["commit", "-m", "Quatre"])
    try FileManager.default.removeItem(atPath: desk.path + "/posts/noel.json")
    _ = try desk.ligne(["commit", "-m", "Moins un"])
    let answer = try desk.ligne(["show", "noel", "--json"])
    #expect(try JSONValue(parsing: answer.output)["error"]?["code"] == "deleted-document", "\(answer.text)")
    #expect(try shown(desk, "marché de noël") == "Marché de Noël")
    #expect(try desk.ligne(["restore", "noel", "--to", "-1"]).status == 0)
    #expect(try shown(desk, "noel") == "Vieux")
  }

  /// A few letters are a part of some id by chance: a title that they are the whole of comes first.
  @Test func aShortTitleIsNoPartOfAnId() throws {
    let desk = try desk()
    try make("x", at: "posts/essai-01m7z6g8r0h1btxdgvvvcn8qe1.json", desk)
    try make("H1", at: "posts/h.json", desk)
    #expect(try shown(desk, "h1") == "H1")
    #expect(try desk.ligne(["set", "h1", "title", "Autre"]).status == 0)
    #expect(try shown(desk, "Autre") == "Autre")
    // Nothing is called so any more, and letters of a file name will do.
    #expect(try shown(desk, "8qe1") == "x")
  }

  @Test func aWholeTitleComesBeforeWordsOfOthers() throws {
    let desk = try Desk()
    for title in ["bad", "bad 2"] { _ = try desk.ligne(["new", "post", "--title", title]) }
    #expect(try shown(desk, "bad") == "bad")
  }

  /// A copy has the id of what it was copied from; the one that bears it in its name is meant.
  @Test func ofCopiesTheOneThatBearsTheIdIsMeant() throws {
    let desk = try Desk()
    let made = try JSONValue(parsing: desk.ligne(["new", "post", "--title", "Un", "--json"]).output)
    let (path, id) = (try #require(made["path"]?.text), try #require(made["id"]?.text))
    try desk.write(desk.read(path), to: "posts/copie.json")
    for words in [id, String(id.suffix(6))] {
      let answer = try desk.ligne(["delete", words, "--json"])
      #expect(try JSONValue(parsing: answer.output)["deleted"] == [JSONValue(path)], "\(answer.text)")
      try desk.write(desk.read("posts/copie.json"), to: path)
    }
  }

  /// Moved, deleted by somebody else, brought back elsewhere: its old path is a name of it.
  @Test func anOldPathLeadsToWhereADocumentIs() throws {
    let desk = try Desk()
    let made = try JSONValue(parsing: desk.ligne(["new", "post", "--title", "Un", "--json"]).output)
    let path = try #require(made["path"]?.text)
    _ = try desk.ligne(["commit", "-m", "un"])
    let text = try desk.read(path)
    _ = try desk.ligne(["delete", path])
    _ = try desk.ligne(["commit", "-m", "parti"])
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    try desk.write(text, to: "posts/" + name)
    _ = try desk.ligne(["commit", "-m", "ailleurs"])
    #expect(try desk.ligne(["show", path, "/title"]).text == "Un")
  }

  /// Words of a file name, which says what a document was called once, come after what one is called now.
  @Test func aTitleComesBeforeWordsOfFileNames() throws {
    let desk = try Desk()
    _ = try desk.ligne(["new", "post", "--title", "La rentrée des tuques"])
    let made = try JSONValue(parsing: desk.ligne(["new", "post", "--title", "Brouillon", "--json"]).output)
    _ = try desk.ligne(["set", try #require(made["path"]?.text), "/title", "Rentrée"])
    for words in ["rentrée", "rentree"] { #expect(try shown(desk, words) == "Rentrée") }
    #expect(try shown(desk, "brouillon") == "Rentrée")
    #expect(try shown(desk, "tuques") == "La rentrée des tuques")
  }

  /// Neither does the end of a file name that is no id.
  @Test func theEndOfAFileNameIsNoId() throws {
    let desk = try Desk()
    try make("Autre", at: "posts/mon-brouillon.json", desk)
    try make("Brouillon", at: "posts/un.json", desk)
    #expect(try shown(desk, "brouillon") == "Brouillon")
    #expect(try shown(desk, "mon-brouillon") == "Autre")
  }
}
