import Documents
import EditorialDesk
import EditorialReview
import Foundation
import JSONTree
import ObjectModel
import TestSupport
import Testing
import Wording

@testable import EditorialReports

/// The iCalendar file: the lines of the standard, and events that stay the same ones.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/America/Toronto")))
struct ICalendarTests {
  static func rules(_ name: String) -> TimeZoneRules? {
    guard let data = FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)") else { return nil }
    return TimeZoneRules(tzif: Array(data))
  }

  static func post(
    _ id: String, _ at: String, zone: String = "America/Toronto", title: String = "Soirée",
    body: String = "Venez",
    state: String = "draft"
  ) throws -> Document {
    try ReportTests.document(
      "posts/\(id).json", "post",
      [
        "id": JSONValue(id), "title": JSONValue(title), "body": JSONValue(body), "state": JSONValue(state),
        "labels": ["mitaines"],
        "variants": ["fb": ["mode": "follows", "schedule": ["at": JSONValue(at), "zone": JSONValue(zone)]]],
      ])
  }

  static func file(_ posts: [Document], changed: String = "2026-11-19T10:00:00-05:00") throws -> String {
    let campaign = try ReportTests.document(
      "campaigns/c.json", "campaign",
      [
        "id": "c", "title": "Hiver", "state": "active",
        "milestones": [["id": "m", "title": "Ouverture; bacs, bas", "at": "2026-11-23T08:00:00-05:00"]],
      ])
    let channels = try ReportTests.document(
      "channels.json", "channels",
      ["id": "channels", "channels": [["id": "fb", "platform": "facebook", "handle": "ravaude"]]])
    let documents = DocumentCollection(posts + [campaign, channels])
    let now = try #require(Instant(rfc3339: "2026-11-20T12:00:00-05:00"))
    let calendar = EditorialCalendar(
      of: EditorialStates(of: documents, at: now),
      days: try #require(CivilDate("2000-01-01"))...(try #require(CivilDate("2100-01-01"))),
      clocks: try #require(rules("America/Toronto")), zones: rules)
    return iCalendarFile(
      of: calendar, name: "La Ravaude", zone: "America/Toronto", in: .french, documents: documents,
      zones: rules
    ) { _ in Instant(rfc3339: changed) }
  }

  @Test func linesAreFoldedAndTextIsEscaped() throws {
    let body = "Une ligne; une autre, \\ puis\r\nla fin\u{7}.\u{202E} " + String(repeating: "é—😀", count: 60)
    let text = try Self.file([Self.post("p", "2026-12-01T09:00:00-05:00", title: "A,B;C", body: body)])
    let lines = text.components(separatedBy: "\r\n")
    #expect(lines.allSatisfy { $0.utf8.count <= 75 && !$0.contains("\n") && !$0.contains("\r") })
    #expect(lines.first == "BEGIN:VCALENDAR" && lines.suffix(2) == ["END:VCALENDAR", ""])
    let unfolded = text.replacing("\r\n ", with: "")
    #expect(unfolded.contains("SUMMARY:A\\,B\\;C · fb\r\n"))
    #expect(unfolded.contains("\\n\\nUne ligne\\; une autre\\, \\\\ puis\\nla fin.\u{202E} é—😀é—😀"))
    #expect(unfolded.contains("SUMMARY:◆ Ouverture\\; bacs\\, bas\r\n"))
  }

  @Test func anEventStaysTheSameOneWhateverChanges() throws {
    func identifiers(_ text: String) -> [String] {
      text.components(separatedBy: "\r\n").filter { $0.hasPrefix("UID:") }.sorted()
    }
    let first = try Self.file([Self.post("p", "2026-12-01T09:00:00-05:00")])
    let later = try Self.file(
      [Self.post("p", "2027-05-01T09:00:00-04:00", title: "Autre", body: "x", state: "cancelled")],
      changed: "2026-11-20T10:00:00-05:00")
    #expect(identifiers(first) == ["UID:c-m@ligne", "UID:p-fb@ligne"])
    #expect(identifiers(first) == identifiers(later))
    #expect(later.contains("STATUS:CANCELLED") && later.contains("LAST-MODIFIED:20261120T150000Z"))
    #expect(try Self.file([Self.post("p", "2026-12-01T09:00:00-05:00")]) == first)
  }

  /// A parser that is not ours reads every event at the moment it stands for, by the zones in the file.
  @Test(.enabled(if: Peer.isThere, "python3-icalendar is not installed"))
  func aStrictParserReadsTheSameMoments() throws {
    let posts = try [
      // The night summer time ends in Toronto: the hour that comes twice, both times, and the mornings around.
      Self.post("a", "2026-10-31T09:00:00-04:00"), Self.post("b", "2026-11-01T09:00:00-05:00"),
      // The day it begins in Paris, and the day before.
      Self.post("c", "2027-03-27T09:00:00+01:00", zone: "Europe/Paris"),
      Self.post(
        "d", "2027-03-28T09:00:00+02:00", zone: "Europe/Paris", body: "ligne 1\nligne 2, « fin »; \\"),
      // No summer time; half an hour; and a zone nobody knows.
      Self.post("e", "2026-12-24T18:30:00-03:00", zone: "America/Sao_Paulo"),
      Self.post("f", "2026-12-24T18:30:00-03:30", zone: "America/St_Johns"),
      Self.post("g", "2026-12-24T18:30:00-05:00", zone: "Nowhere/Land"),
    ]
    let events = try Peer.events(of: Self.file(posts))
    let expected: [String: String] = [
      "a-fb@ligne": "2026-10-31T09:00:00-04:00", "b-fb@ligne": "2026-11-01T09:00:00-05:00",
      "c-fb@ligne": "2027-03-27T09:00:00+01:00", "d-fb@ligne": "2027-03-28T09:00:00+02:00",
      "e-fb@ligne": "2026-12-24T18:30:00-03:00", "f-fb@ligne": "2026-12-24T18:30:00-03:30",
      "g-fb@ligne": "2026-12-24T23:30:00+00:00", "c-m@ligne": "2026-11-23T08:00:00-05:00",
    ]
    #expect(events.mapValues(\.start) == expected)
    #expect(events["d-fb@ligne"]?.description.hasSuffix("ligne 1\nligne 2, « fin »; \\") == true)
  }

  /// The icalendar package for Python, as Debian has it.
  enum Peer {
    static let isThere =
      (try? Program.run("/usr/bin/python3", ["-c", "import icalendar"], timeLimit: .seconds(20)).status) == 0

    static func events(of file: String) throws -> [String: (start: String, description: String)] {
      let folder = try TemporaryFolder()
      let path = folder.path + "/ligne.ics"
      try Data(file.utf8).write(to: URL(filePath: path))
      let script = """
        import icalendar, json, sys
        calendar = icalendar.Calendar.from_ical(open(sys.argv[1], "rb").read())
        for part in calendar.walk():
            assert not part.errors, part.errors
        print(json.dumps({str(e["UID"]): [e["DTSTART"].dt.isoformat(), str(e["DESCRIPTION"])]
                          for e in calendar.walk("VEVENT")}))
        """
      let answer = try Program.run("/usr/bin/python3", ["-c", script, path], timeLimit: .seconds(30))
      guard answer.status == 0 else {
        Issue.record("\(answer.errorText)")
        return [:]
      }
      let value = try JSONValue(parsing: Array(answer.output))
      return (value.object?.members ?? []).reduce(into: [:]) { events, member in
        events[member.key.text] = (
          member.value.array?.first?.text ?? "", member.value.array?.last?.text ?? ""
        )
      }
    }
  }
}

/// The page to print.
@Suite struct CalendarPageTests {
  @Test func textsOfPeopleAreEscapedAndEachMonthIsATable() throws {
    let hostile = "<script>alert(1)</script>\u{202E}&"
    let documents = DocumentCollection([
      try ICalendarTests.post("p", "2026-12-01T09:00:00-05:00", title: hostile),
      try ICalendarTests.post("q", "2026-11-30T09:00:00-05:00", title: "Une"),
    ])
    let now = try #require(Instant(rfc3339: "2026-11-20T12:00:00-05:00"))
    func page(_ from: String, _ to: String) throws -> String {
      let calendar = EditorialCalendar(
        of: EditorialStates(of: documents, at: now),
        days: try #require(CivilDate(from))...(try #require(CivilDate(to))), clocks: .utc, zones: { _ in nil }
      )
      return CalendarPage(of: calendar, brand: hostile, in: .french).html
    }
    let two = try page("2026-11-15", "2026-12-15")
    #expect(!two.contains("<script") && !two.contains("\u{202E}") && !two.contains("http"))
    #expect(two.components(separatedBy: "<table").count == 3)
    #expect(two.contains("novembre 2026") && two.contains("décembre 2026"))
    // A month begins on a Monday and is whole weeks.
    let one = try page("2026-11-01", "2026-11-30")
    #expect(one.components(separatedBy: "<td").count - 1 == 42)
    #expect(one.contains("<td class=\"today\">"))
  }
}
