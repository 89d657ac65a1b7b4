import JSONTree
import TestSupport
import Testing

/// Who has read which version of the line, by the program itself.
@Suite struct AcknowledgementTests {
  @Test func whatChangedSinceOneHasReadItIsShown() throws {
    let desk = try Desk()
    let guideline = try #require(try CheckTests.list(desk, "guideline").first)
    let never = try desk.ligne(["diff", guideline, "--since-ack", "--json"])
    #expect(never.status == 1)
    #expect(try JSONValue(parsing: never.output)["error"]?["code"] == "never-acknowledged")

    let ack = try JSONValue(parsing: desk.ligne(["ack", guideline, "-m", "Lu", "--json"]).output)
    let head = try desk.git("rev-parse", "HEAD").split(separator: "\n").first.map(String.init)
    #expect(ack["version"]?.text == head && ack["contentHash"]?.text?.count == 64)
    let path = try #require(ack["path"]?.text)
    let written = try JSONValue(parsing: Array(desk.read(path).utf8))
    #expect(written["note"] == "Lu" && written["kind"] == "ack" && written["version"]?.text == head)
    #expect(try desk.ligne(["commit", "-m", "Lu"]).status == 0)
    #expect(try JSONValue(parsing: desk.ligne(["diff", guideline, "--since-ack", "--json"]).output) == [])

    _ = try desk.ligne(["set", guideline, "/title", "Autre titre"])
    let unread = try desk.ligne(["ack", guideline, "--json"])
    #expect(try JSONValue(parsing: unread.output)["error"]?["code"] == "uncommitted-guideline")
    _ = try desk.ligne(["commit", "-m", "Titre"])
    let changes = try JSONValue(parsing: desk.ligne(["diff", guideline, "--since-ack", "--json"]).output)
    #expect(changes.array?.first?["fields"]?.array?.map { $0["pointer"] } == ["/title"])
  }

  @Test func onlyAGuidelineIsReadThisWay() throws {
    let desk = try Desk()
    _ = try desk.ligne(["new", "post", "--title", "Soirée"])
    let post = try #require(try CheckTests.list(desk, "post").first)
    for words in [["ack", post], ["diff", post, "--since-ack"], ["show", post, "--html", "page.html"]] {
      let answer = try desk.ligne(words + ["--json"])
      #expect(try JSONValue(parsing: answer.output)["error"]?["code"] == "not-a-guideline", "\(words)")
    }
    let guideline = try #require(try CheckTests.list(desk, "guideline").first)
    #expect(try desk.ligne(["show", guideline, "--html", "ligne.html"]).status == 0)
    #expect(try desk.read("ligne.html").contains("<h1>La ligne</h1>"))
  }

  @Test func aPageIsWrittenOverAnOlderPageAndOverNothingElse() throws {
    let desk = try Desk()
    let guideline = try #require(try CheckTests.list(desk, "guideline").first)
    try desk.write("Mes notes", to: "notes.html")
    for path in ["notes.html", guideline] {
      let before = try desk.read(path)
      let answer = try desk.ligne(["show", guideline, "--html", path, "--json"])
      #expect(try JSONValue(parsing: answer.output)["error"]?["code"] == "file-in-the-way", "\(path)")
      #expect(try desk.read(path) == before)
    }
    for _ in 1...2 { #expect(try desk.ligne(["show", guideline, "--html", "ligne.html"]).status == 0) }
  }
}
