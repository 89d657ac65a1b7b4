import Foundation
import JSONTree
import TestSupport
import Testing

/// When a post goes out, by the program itself.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/America/Toronto")))
struct ScheduleTests {
  static func desk(_ wishes: [String] = []) throws -> (desk: Desk, post: String) {
    let desk = try Desk()
    for channel in ["x=x:ravaude", "y=x:ravaude-aide"] { _ = try desk.ligne(["channel", "add", channel]) }
    let made = try desk.ligne(["new", "post", "--title", "Soirée", "--channel", "x", "--json"] + wishes)
    return (desk, try #require(try JSONValue(parsing: made.output)["id"]?.text, "\(made.text)"))
  }

  static func schedule(_ desk: Desk, _ post: String) throws -> JSONValue? {
    try JSONValue(parsing: desk.ligne(["show", post, "--json"]).output)["variants"]?["x"]?["schedule"]
  }

  @Test(arguments: [
    (["--at", "2026-12-01T09:00"], "2026-12-01T09:00:00-05:00", "America/Toronto"),
    (["--at", "2027-07-01 09:00"], "2027-07-01T09:00:00-04:00", "America/Toronto"),
    (["--at", "2026-12-01T09:00", "--zone", "Europe/Paris"], "2026-12-01T09:00:00+01:00", "Europe/Paris"),
    // A moment is a moment: the clocks of the zone say what they say then.
    (["--at", "2026-12-01T09:00:00Z"], "2026-12-01T04:00:00-05:00", "America/Toronto"),
    (["--at", "2026-11-01T01:30:00-04:00"], "2026-11-01T01:30:00-04:00", "America/Toronto"),
  ])
  func aTimeIsThatOfTheZoneWithItsOffset(_ words: [String], _ at: String, _ zone: String) throws {
    let (desk, post) = try Self.desk()
    let answer = try desk.ligne(["schedule", post, "--channel", "x", "--json"] + words)
    #expect(answer.status == 0, "\(answer.text)")
    let value = try JSONValue(parsing: answer.output)
    #expect(value["id"]?.text == post && value["channel"] == "x" && value["at"]?.text == at)
    #expect(try Self.schedule(desk, post) == ["at": JSONValue(at), "zone": JSONValue(zone)])
  }

  /// The tests look at Saturday 21 November 2026, nine o’clock in the morning.
  @Test(arguments: [
    ("jeudi 8 h", "2026-11-26T08:00:00-05:00"), ("tomorrow at 9:30 am", "2026-11-22T09:30:00-05:00"),
    ("1er décembre à midi", "2026-12-01T12:00:00-05:00"), ("juillet 1, 8h", "2027-07-01T08:00:00-04:00"),
  ])
  func aTimeMayBeTypedAsPeopleSayIt(_ typed: String, _ at: String) throws {
    let (desk, post) = try Self.desk()
    let answer = try desk.ligne(["schedule", post, "--channel", "x", "--at", typed, "--json"])
    #expect(try JSONValue(parsing: answer.output)["at"]?.text == at, "\(answer.text)")
  }

  @Test func aChannelIsAddedOnlyWhereSomebodyAsksForIt() throws {
    let (desk, post) = try Self.desk()
    let words = ["schedule", post, "--channel", "y", "--at", "2026-12-01T09:00"]
    #expect(try desk.ligne(words).status == 1)
    #expect(try desk.ligne(words + ["--add"]).status == 0)
    let variants = try JSONValue(parsing: desk.ligne(["show", post, "--json"]).output)["variants"]
    #expect(variants?["y"]?["mode"] == "follows" && variants?["y"]?["schedule"] != nil)
    #expect(variants?["x"]?["schedule"] == nil)
  }

  @Test func aTimeIsToldAndTakenAway() throws {
    let (desk, post) = try Self.desk()
    let french = try desk.ligne(["schedule", post, "--channel", "x", "--at", "2026-12-01T09:00"], in: "fr")
    #expect(french.text.plainSpaces.hasPrefix("Soirée  x  mardi 1er décembre 2026 à 9 h\n"))
    let english = try desk.ligne(["schedule", post, "--channel", "x", "--at", "2026-12-01T09:00"], in: "en")
    #expect(english.text.plainSpaces.hasPrefix("Soirée  x  Tuesday, December 1, 2026 at 9:00 a.m.\n"))
    for _ in 1...2 {
      let clear = try desk.ligne(["schedule", post, "--channel", "x", "--clear", "--json"])
      #expect(clear.status == 0)
      #expect(try JSONValue(parsing: clear.output)["at"] == .null)
      #expect(try Self.schedule(desk, post) == nil)
    }
  }

  @Test func whatMayKeepItFromGoingOutIsSaid() throws {
    let (desk, post) = try Self.desk([
      "--set", "/embargoUntil=2026-12-05T00:00:00-05:00", "--set", "/expiresAt=2026-12-10T00:00:00-05:00",
    ])
    func said(_ at: String, in language: String = "fr") throws -> String {
      try desk.ligne(["schedule", post, "--channel", "x", "--at", at], in: language).text.plainSpaces
    }
    #expect(try said("2026-11-20T09:00").contains("Cette heure est passée."))
    #expect(
      try said("2026-12-01T09:00").contains("L’embargo dure encore à cette heure-là : le 5 décembre"))
    #expect(try said("2026-12-10T00:00", in: "en").contains("The post is no longer valid at that time"))
    #expect(try said("2026-12-06T09:00").split(separator: "\n").count == 2)
    _ = try desk.ligne(["channel", "close", "x"])
    #expect(try said("2026-12-06T09:00", in: "en").contains("This channel is closed"))
    let path = try #require(try CheckTests.list(desk, "crisis-plan").first)
    let plan = try #require(try JSONValue(parsing: desk.ligne(["show", path, "--json"]).output)["id"]?.text)
    let made = try desk.ligne([
      "new", "crisis-activation", "--set", "/plan=\(plan)", "--set", "/level=vigilance", "--set", "/hold=all",
      "--set", "/state=active", "--set", "/declaredAt=2026-11-21T08:00:00-05:00", "--set",
      "/declaredBy=ana-cote",
    ])
    #expect(made.status == 0, "\(made.errorText)")
    #expect(try said("2026-12-06T09:00").contains("la publication est retenue"))
    let json = try desk.ligne(["schedule", post, "--channel", "x", "--at", "2026-12-06T09:00", "--json"])
    #expect(json.errorText.contains("la publication est retenue"))
  }

  static let refusals: [(words: [String], code: String, status: Int32, hint: String)] = [
    (["--at", "2027-03-14T02:30"], "no-such-time", 1, "2027-03-14T03:30"),
    (["--at", "2026-11-01T01:30"], "ambiguous-time", 1, "--at 2026-11-01T01:30:00-04:00"),
    (["--at", "demain matin"], "unreadable-time", 1, "2026-11-03T09:30"),
    (["--at", "demain"], "unreadable-time", 1, "2026-11-03T09:30"),
    (["--at", "2026-12-01"], "unreadable-time", 1, ""),
    (["--at", "2026-12-01T09:00", "--zone", "Mars/Olympus"], "unknown-zone", 1, ""),
    (["--at", "2026-12-01T09:00", "--zone", "../../etc/passwd"], "unknown-zone", 1, ""),
    ([], "usage", 64, ""), (["--at", "2026-12-01T09:00", "--clear"], "usage", 64, ""),
  ]

  @Test func isRefusedInWordsAndChangesNothing() throws {
    let (desk, post) = try Self.desk()
    let guideline = try #require(try CheckTests.list(desk, "guideline").first)
    let cases =
      Self.refusals.map { (["schedule", post, "--channel", "x"] + $0.words, $0.code, $0.status, $0.hint) } + [
        (["schedule", post, "--channel", "radio", "--at", "2026-12-01T09:00"], "unknown-channel", 1, "x"),
        (["schedule", post, "--channel", "y", "--at", "2026-12-01T09:00"], "not-on-channel", 1, "--add"),
        (["schedule", post, "--channel", "y", "--add", "--clear"], "usage", 64, ""),
        (["schedule", guideline, "--channel", "x", "--clear"], "not-a-post", 1, "ligne list post"),
        (["schedule", "nulle-part", "--channel", "x", "--clear"], "unknown-document", 1, ""),
      ]
    for (words, code, status, hint) in cases {
      var said: [String?] = []
      for language in ["fr", "en"] {
        let answer = try desk.ligne(words + ["--json"], in: language)
        #expect(answer.status == status, "\(words): \(answer.text)")
        let error = try JSONValue(parsing: answer.output)["error"]
        #expect(error?["code"]?.text == code, "\(words): \(answer.text)")
        #expect(hint.isEmpty || error?["hint"]?.text?.contains(hint) == true, "\(words): \(answer.text)")
        said.append(error?["message"]?.text)
      }
      #expect(said[0] != said[1], "\(words)")
    }
    #expect(try Self.schedule(desk, post) == nil)
  }
}
