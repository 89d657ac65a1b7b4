import Foundation
import JSONTree
import TestSupport
import Testing

/// `ligne delete`: nothing is lost, and what is said leads back.
@Suite struct DeleteTests {
  private let desk: Desk
  private let path: String

  init() throws {
    desk = try Desk()
    _ = try desk.ligne(["new", "post", "--title", "Café d’été", "--body", "Un."])
    _ = try desk.ligne(["commit", "-m", "un"])
    path = try desk.git("ls-files", "posts")
  }

  private func isThere(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: desk.path + "/" + path)
  }

  @Test func whatAVersionHasComesBackAsItIsSaid() throws {
    let written = try desk.read(path)
    let answer = try desk.ligne(["delete", "Café d’été"])
    #expect(answer.status == 0, "\(answer.errorText)")
    #expect(answer.text.hasPrefix("1\u{A0}document supprimé du dossier\n  Café d’été  \(path)"))
    #expect(!isThere(path))
    let way = try #require(answer.errorText.firstMatch(of: /ligne (restore [a-z0-9]+ --to -1)/))
    #expect(try desk.ligne(way.1.split(separator: " ").map(String.init)).status == 0)
    #expect(try desk.read(path) == written)
    #expect(try desk.ligne(["kept", "--json"]).text == "[]")
    // Committed, it comes back by the words of its title.
    _ = try desk.ligne(["delete", path])
    #expect(try desk.ligne(["commit", "-m", "parti"]).status == 0)
    #expect(try desk.ligne(["restore", "cafe d'ete", "--to", "-1"]).status == 0)
    #expect(try desk.read(path) == written)
  }

  @Test(arguments: ["{ \"body\": \"PRECIOUS\", ", "{\"kind\": \"post\",\n   \"body\": \"PRECIOUS\"}"])
  func whatNoVersionHasIsKept(_ written: String) throws {
    try desk.write(written, to: path)
    let answer = try JSONValue(parsing: desk.ligne(["delete", path, "--json"]).output)
    #expect(answer["deleted"] == [JSONValue(path)])
    let kept = try #require(answer["kept"]?.text)
    #expect(try desk.ligne(["kept"]).text.contains("avant une suppression"))
    #expect(try desk.ligne(["kept", "restore", kept]).status == 0)
    #expect(try desk.read(path) == written)
  }

  @Test func severalGoTogetherOrNone() throws {
    let made = try JSONValue(parsing: desk.ligne(["new", "post", "--title", "Autre", "--json"]).output)
    let other = try #require(made["path"]?.text)
    #expect(try desk.ligne(["delete", path, other, "team.json"]).status == 1)
    #expect(isThere(path) && isThere(other))
    let answer = try desk.ligne(["delete", path, other])
    #expect(answer.text.contains("2\u{A0}documents supprimés du dossier"))
    #expect(answer.errorText.contains("ligne kept restore"))
    #expect(!isThere(path) && !isThere(other))
  }

  @Test func whatSpeaksOfItIsNamedAndStays() throws {
    _ = try desk.ligne(["review", "approve", path])
    let answer = try desk.ligne(["delete", path])
    #expect(answer.text.contains("1\u{A0}document qui en parle reste\n  reviews/"))
  }

  @Test(arguments: ["ligne.json", "team.json", "channels.json"])
  func whatAWorkspaceNeedsStays(_ name: String) throws {
    let answer = try desk.ligne(["delete", name, "--json"])
    #expect(answer.status == 1 && answer.text.contains("needed-document"))
    #expect(isThere(name))
  }

  @Test func aDecisionOfAVersionStaysAndOneThatIsNotDoesNot() throws {
    let made = try JSONValue(parsing: desk.ligne(["review", "approve", path, "--json"]).output)
    let review = try #require(made["review"]?.text)
    #expect(try desk.ligne(["delete", review]).status == 0)
    _ = try desk.ligne(["review", "approve", path])
    _ = try desk.ligne(["commit", "-m", "oui"])
    let committed = try desk.git("ls-files", "reviews")
    let answer = try desk.ligne(["delete", committed, "--json"])
    #expect(answer.status == 1 && answer.text.contains("written-once"))
    #expect(isThere(committed))
  }

  /// What it is is judged by the newest version where nobody can read it any more.
  @Test(arguments: ["team.json", "channels.json"]) func whatIsNeededStaysDamagedAsWell(_ name: String) throws
  {
    try desk.write("{", to: name)
    #expect(try desk.ligne(["delete", name, "--json"]).text.contains("needed-document"))
  }

  @Test(arguments: [".gitattributes", "schemas/post.schema.json"]) func whatIsNoDocumentStays(_ name: String)
    throws
  {
    #expect(try desk.ligne(["delete", name, "--json"]).text.contains("no-document"))
    #expect(isThere(name))
  }

  @Test func aPictureNamesThePostsThatUseIt() throws {
    let made = try JSONValue(
      parsing: desk.ligne(["new", "asset", "--title", "Photo", "--json"]).output)
    let (asset, id) = (try #require(made["path"]?.text), try #require(made["id"]?.text))
    _ = try desk.ligne(["set", path, "/assets", #"[{"id": "a", "asset": "\#(id)"}]"#])
    _ = try desk.ligne(["commit", "-m", "photo"])
    let answer = try JSONValue(parsing: desk.ligne(["delete", asset, "--json"]).output)
    #expect(answer["speakingOfThem"] == [JSONValue(path)])
  }

  @Test func aCrisisThatGoesOnStays() throws {
    let plan = try desk.git("ls-files", "crisis/plans")
    _ = try desk.ligne(["crisis", "declare", plan, "--level", "2"])
    let crisis = try desk.git("ls-files", "crisis/activations")
    let answer = try desk.ligne(["delete", crisis, "--json"])
    #expect(answer.status == 1 && answer.text.contains("open-crisis"), "\(answer.text)")
    #expect(try desk.ligne(["crisis", "end"]).status == 0)
    #expect(try desk.ligne(["delete", crisis]).status == 0)
  }

  @Test func byItsOldPathWhereItWasMoved() throws {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    try FileManager.default.moveItem(atPath: desk.path + "/" + path, toPath: desk.path + "/posts/" + name)
    let answer = try JSONValue(parsing: desk.ligne(["delete", path, "--json"]).output)
    #expect(answer["deleted"] == [JSONValue("posts/" + name)])
  }

  /// The path of a copy that was deleted is none of the original.
  @Test func aCopyThatIsGoneIsNotTheOriginal() throws {
    try desk.write(desk.read(path), to: "posts/copie.json")
    _ = try desk.ligne(["commit", "-m", "copie"])
    for status in [Int32(0), 1] {
      let answer = try desk.ligne(["delete", "posts/copie.json"])
      #expect(answer.status == status, "\(answer.text)")
      if status == 0 { _ = try desk.ligne(["commit", "-m", "sans copie"]) }
    }
    #expect(isThere(path))
    #expect(try desk.ligne(["restore", "posts/copie.json", "--to", "-1"]).status == 0)
    #expect(isThere("posts/copie.json"))
  }

  @Test func whatIsGoneIsSaid() throws {
    _ = try desk.ligne(["delete", path])
    let again = try desk.ligne(["delete", path, "--json"])
    #expect(again.status == 1 && again.text.contains("deleted-document"))
    #expect(try desk.ligne(["delete"]).status == 64)
  }
}
