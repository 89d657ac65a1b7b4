import JSONTree
import TestSupport
import Testing

/// `show` of a post ends with the room each channel leaves.
@Suite struct RemainingTests {
  private func desk() throws -> (Desk, String) {
    let desk = try Desk()
    try desk.write(
      """
      {"id": "01m20fy9a0t9ne85h343v1qmpv", "kind": "channels", "createdAt": "2026-11-21T09:00:00-05:00",
       "createdBy": "ana", "channels": [
        {"id": "x", "platform": "x", "handle": "@ravaude"},
        {"id": "bsky", "platform": "bluesky", "handle": "@ravaude", "limits": {"hashtags": 1}}]}
      """, to: "channels.json")
    let answer = try desk.ligne([
      "new", "post", "--title", "Soirée", "--body", "Venez… #Un #Deux", "--channel", "x", "--channel", "bsky",
      "--json",
    ])
    let path = try JSONValue(parsing: answer.output)["path"]?.text
    return (desk, try #require(path, "\(answer.text) \(answer.errorText)"))
  }

  @Test func saysWhatIsLeftAsEachPlatformCounts() throws {
    let (desk, path) = try desk()
    let french = try desk.ligne(["show", path]).text
    #expect(french.contains("Place sur les réseaux"))
    #expect(french.contains("reste 263\u{A0}caractères pondérés"), "\(french)")
    #expect(french.contains("reste 284\u{A0}caractères"))
    #expect(french.contains("1\u{A0}mot-clic de trop"))
    let english = try desk.ligne(["show", path], in: "en").text
    #expect(english.contains("Room on the channels") && english.contains("17 of 280"))
    #expect(english.contains("263 weighted characters left") && english.contains("1 hashtag too many"))
  }

  @Test func oneFieldAndOtherDocumentsAreShownAlone() throws {
    let (desk, path) = try desk()
    #expect(try desk.ligne(["show", path, "/body"]).text == "Venez… #Un #Deux")
    #expect(try !desk.ligne(["show", "ligne.json"]).text.contains("Place sur les réseaux"))
  }

  @Test func limitsNobodyCanReadHoldNothingUp() throws {
    let (desk, path) = try desk()
    try desk.write("{", to: "limits/x.json")
    #expect(try desk.ligne(["show", path]).status == 0)
  }
}
