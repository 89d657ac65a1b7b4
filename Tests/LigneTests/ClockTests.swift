import Foundation
import JSONTree
import TestSupport
import Testing
import Wording

@testable import ligne

/// Times by the brand’s clocks, and days as people type them, by the program itself: on Saturday 21 November 2026, nine o’clock in
/// Toronto.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/America/Toronto")))
struct ClockTests {
  /// The same moment as the tests’ own, on a computer in Paris.
  static let inParis = ["LIGNE_DATE": "2026-11-21T15:00:00+01:00"]

  /// A post of three versions: on Tuesday morning, on Thursday by a computer in Paris, and today.
  private func desk() throws -> Desk {
    let desk = try Desk(at: "2026-11-16T09:00:00-05:00")
    for (words, date) in [
      (["new", "post", "--title", "Soirée", "--body", "Un."], "2026-11-17T08:00:00-05:00"),
      (["commit", "-m", "Mardi"], "2026-11-17T08:00:00-05:00"),
      (["set", "soiree", "/body", "Deux."], "2026-11-20T00:30:00+01:00"),
      (["commit", "-m", "Jeudi"], "2026-11-20T00:30:00+01:00"),
    ] {
      let answer = try desk.ligne(words, environment: ["LIGNE_DATE": date])
      guard answer.status == 0 else { throw Desk.Trouble(text: answer.errorText) }
    }
    return desk
  }

  @Test func everybodyReadsTheHourOfTheBrand() throws {
    let desk = try desk()
    // Half past midnight in Paris is the evening before in Toronto.
    let here = try desk.ligne(["log", "soiree"]).text.plainSpaces
    #expect(here.contains("Ana Côté, jeudi 19 novembre à 18 h 30  "), "\(here)")
    let there = try desk.ligne(["log", "soiree"], environment: Self.inParis).text.plainSpaces
    #expect(there.contains("Ana Côté, jeudi 19 novembre à 18 h 30 (Toronto)  "), "\(there)")
    let english = try desk.ligne(["log", "soiree"], in: "en", environment: Self.inParis).text.plainSpaces
    #expect(english.contains("Ana Côté, Thursday, November 19 at 6:30 p.m. (Toronto)  "), "\(english)")
    #expect(try desk.ligne(["list", "post"]).text.contains("2026-11-19"))
    let shown = try desk.ligne(["show", "soiree"], environment: Self.inParis).text.plainSpaces
    #expect(shown.contains("le 17 novembre 2026 à 8 h (Toronto)"), "\(shown)")
  }

  @Test func columnsSayWhoseHoursTheyAreToWhomIsElsewhere() throws {
    let desk = try desk()
    _ = try desk.ligne(["channel", "add", "x=x:ravaude"])
    _ = try desk.ligne(["schedule", "soiree", "--channel", "x", "--add", "--at", "jeudi 8 h"])
    #expect(try !desk.ligne(["calendar"]).text.contains("Toronto"))
    let there = try desk.ligne(["calendar"], environment: Self.inParis).text
    #expect(there.contains("08:00") && there.contains("Les heures sont celles de Toronto."), "\(there)")
    let english = try desk.ligne(["calendar"], in: "en", environment: Self.inParis).text
    #expect(english.contains("Times are those of Toronto."))
  }

  @Test(arguments: [
    ("hier", 0), ("yesterday", 0), ("jeudi", 1), ("last thursday", 1), ("19 novembre", 1), ("mardi", 2),
    ("il y a 2 semaines", 3), ("jeudi 19 h", 0), ("jeudi 18 h", 1),
  ])
  func versionsSinceADay(_ day: String, _ count: Int) throws {
    let desk = try desk()
    let answer = try desk.ligne(["log", "--since", day, "--json"])
    #expect(try JSONValue(parsing: answer.output).array?.count == count, "\(answer.text)")
  }

  @Test(arguments: [("mercredi", "Un."), ("hier", "Deux."), ("nov 19 at 6 pm", "Un."), ("jeudi", "Deux.")])
  func aDocumentAsItWasOnADay(_ day: String, _ body: String) throws {
    let answer = try desk().ligne(["show", "soiree", "/body", "--at", day])
    #expect(answer.text == body, "\(answer.text)")
  }

  @Test(arguments: [
    ("lundi", "mercredi", nil, "2026-11-23", "2026-11-25"),
    ("1er novembre", "30 novembre", nil, "2026-11-01", "2026-11-30"),
    ("december 28", "january 3", nil, "2026-12-28", "2027-01-03"),
    ("2026-12", nil, nil, "2026-12-01", "2026-12-31"),
    ("hier", "demain", nil, "2026-11-20", "2026-11-22"),
    ("demain", nil, nil, "2026-11-22", "2026-12-19"),
    ("demain", nil, CalendarDays.View.week, "2026-11-16", "2026-11-22"),
    ("3 novembre", nil, CalendarDays.View.month, "2026-11-01", "2026-11-30"),
  ])
  func daysOfACalendar(
    _ from: String, _ to: String?, _ view: CalendarDays.View?, _ first: String, _ last: String
  ) throws {
    let now = try #require(Instant(rfc3339: "2026-11-21T09:00:00-05:00"))
    let clock = ZonedClock(rules: TimeZoneRules(fixed: UTCOffset(minutes: -300)), now: now)
    let days = try CalendarDays(from: from, to: to, view: view, everything: false, clock: clock).range
    #expect("\(days.lowerBound)" == first && "\(days.upperBound)" == last)
  }

  /// Whoever says “until Saturday” on a Saturday means all of it.
  @Test func theLastDayCounts() throws {
    let desk = try desk()
    _ = try desk.ligne(["team", "add", "Léo Roy", "leo@ravaude.example"])
    let given = try desk.ligne(["team", "delegate", "ana", "--to", "léo", "--until", "samedi"])
    #expect(given.status == 0, "\(given.errorText)")
    #expect(given.text.plainSpaces.contains("fin : aujourd’hui à 23 h 59"), "\(given.text)")
    let summer = try desk.ligne(["team", "delegate", "ana", "--to", "léo", "--until", "1er juillet"])
    #expect(summer.text.plainSpaces.contains("fin : le 1er juillet 2027 à 23 h 59"), "\(summer.text)")
  }

  /// A zone that somebody mistyped in a file: `check` names it, whatever needs it says where it stands, and the rest goes on.
  @Test func aZoneThatIsNoneIsNamedWhereItStands() throws {
    let desk = try desk()
    try desk.write(
      desk.read("ligne.json").replacing("America/Toronto", with: "America/Toronton"), to: "ligne.json")
    let check = try desk.ligne(["check", "--json"])
    #expect(check.status == 2)
    let finding = try #require(JSONValue(parsing: check.output).array?.first)
    #expect(finding["rule"] == "unknown-zone" && finding["pointer"] == "/timeZone", "\(check.text)")
    let calendar = try desk.ligne(["calendar"], in: "en")
    #expect(
      calendar.status == 1 && calendar.errorText.contains("ligne set ligne.json /timeZone America/Toronto"),
      "\(calendar.errorText)")
    for words in [["log", "soiree"], ["status"], ["show", "soiree"]] {
      #expect(try desk.ligne(words).status == 0)
    }
    #expect(try desk.ligne(["set", "ligne.json", "/timeZone", "America/Toronto"]).status == 0)
    #expect(try desk.ligne(["check"]).status == 0)
  }

  @Test func whatIsNoDayIsSaidInWords() throws {
    let desk = try desk()
    let hour = try desk.ligne(["calendar", "--from", "lundi 8 h", "--json"])
    #expect(try JSONValue(parsing: hour.output)["error"]?["code"] == "unreadable-date")
    #expect(hour.text.contains("sans heure"))
    #expect(
      try desk.ligne(["log", "--since", "bientôt"]).errorText.contains(
        "« hier »".replacing(" ", with: "\u{A0}")))
  }
}
