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
}
