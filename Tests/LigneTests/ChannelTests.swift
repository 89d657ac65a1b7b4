import JSONTree
import TestSupport
import Testing

/// Where the brand speaks, by the program itself.
@Suite struct ChannelTests {
  static func channels(_ desk: Desk) throws -> [JSONValue] {
    try JSONValue(parsing: desk.ligne(["channel", "--json"]).output)["channels"]?.array ?? []
  }

  @Test func aChannelIsAddedClosedAndOpenedAgain() throws {
    let desk = try Desk()
    let none = try desk.ligne(["channel"])
    #expect(none.text == "Aucun canal." && none.errorText.contains("ligne channel add"))
    let added = try desk.ligne([
      "channel", "add", "x=x:@ravaude", "--language", "fr-CA", "--guard-phrase", "La Ravaude sur X", "--json",
    ])
    #expect(
      try JSONValue(parsing: added.output) == JSONValue(parsing: Array(desk.read("channels.json").utf8)))
    #expect(
      try Self.channels(desk) == [
        [
          "id": "x", "platform": "x", "handle": "@ravaude", "language": "fr-CA",
          "guardPhrase": "La Ravaude sur X", "state": "active",
        ]
      ])
    #expect(try desk.ligne(["channel", "close", "x"], in: "en").text.contains("x  x:@ravaude  closed"))
    #expect(try Self.channels(desk).map { $0["state"] } == ["closed"])
    #expect(try desk.ligne(["channel", "open", "x"], in: "fr").text.contains("x  x:@ravaude  actif"))
    #expect(try desk.ligne(["channel"], in: "en").text.contains("x   x         @ravaude  fr-CA     active"))
  }

  @Test func whatIsStillPlannedOnAClosedChannelIsSaid() throws {
    let desk = try Desk()
    for id in ["x", "facebook"] { _ = try desk.ligne(["channel", "add", "\(id)=\(id):ravaude"]) }
    for (title, more) in [
      (
        "Avec heure",
        ["--set", "/variants/x/schedule={\"at\":\"2026-12-01T09:00:00-05:00\",\"zone\":\"America/Toronto\"}"]
      ),
      ("Sans heure", []), ("Annulée", ["--set", "/state=cancelled"]),
    ] {
      let made = try desk.ligne(["new", "post", "--title", title, "--channel", "x"] + more)
      #expect(made.status == 0, "\(made.errorText)")
    }
    _ = try desk.ligne(["new", "post", "--title", "Ailleurs", "--channel", "facebook"])
    let answer = try desk.ligne(["channel", "close", "x"])
    #expect(
      answer.text.plainSpaces.contains(
        "2 publications y sont encore prévues et ne pourront pas sortir :\n"
          + "  2026-12-01 09:00  Avec heure  programmée\n  Sans heure  brouillon"), "\(answer.text)")
    #expect(!answer.text.contains("Annulée") && !answer.text.contains("Ailleurs"))
    #expect(!(try desk.ligne(["channel", "open", "x"]).text.contains("Avec heure")))
  }

  @Test(arguments: [
    (["add", "x=x:autre"], "same-id", Int32(1)), (["add", "y=x:@ravaude"], "same-account", 1),
    (["add", "y=radio:b"], "unknown-platform", 1), (["add", "Y=x:b"], "malformed-id", 1),
    (["close", "radio"], "unknown-channel", 1), (["open", "radio"], "unknown-channel", 1),
    (["add", "y=x"], "usage", 64), (["add", "y=x:b", "--language", "français"], "usage", 64),
    (["close"], "usage", 64), (["fermer", "x"], "usage", 64),
  ])
  func isRefusedInWordsAndChangesNothing(_ words: [String], _ code: String, _ status: Int32) throws {
    let desk = try Desk()
    _ = try desk.ligne(["channel", "add", "x=x:@ravaude"])
    let before = try desk.read("channels.json")
    var said: [String?] = []
    for language in ["fr", "en"] {
      let answer = try desk.ligne(["channel"] + words + ["--json"], in: language)
      #expect(answer.status == status, "\(answer.text)")
      let error = try JSONValue(parsing: answer.output)["error"]
      #expect(error?["code"]?.text == code, "\(answer.text)")
      said.append(error?["message"]?.text)
    }
    #expect(said[0] != said[1])
    #expect(try desk.read("channels.json") == before)
  }

  /// A platform of the team’s own is one whose limits the workspace holds.
  @Test func aPlatformWithLimitsIsKnown() throws {
    let desk = try Desk()
    let limits = try desk.read("limits/x.json").replacing("\"x\"", with: "\"peertube\"").replacing(
      #/"id": "[0-9a-z]{26}"/#, with: "\"id\": \"01m7z6g8r010tgnv84gz5tsm95\"")
    try desk.write(limits, to: "limits/peertube.json")
    #expect(try desk.ligne(["channel", "add", "tube=peertube:ravaude"]).status == 0)
  }
}
