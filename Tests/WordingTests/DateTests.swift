import Foundation
import TestSupport
import Testing
import Wording

@Suite struct CalendarTests {
  @Test(arguments: [
    ("1970-01-01", 0, 4), ("1969-12-31", -1, 3), ("2000-02-29", 11016, 2), ("2026-11-03", 20760, 2),
    ("1582-10-14", -141_428, 4), ("0000-01-01", -719_528, 6), ("9999-12-31", 2_932_896, 5),
  ])
  func countsDays(_ text: String, days: Int, weekday: Int) throws {
    let date = try #require(CivilDate(text))
    #expect(date.daysSince1970 == days)
    #expect(date.weekday == weekday)
    #expect(CivilDate(daysSince1970: days) == date)
    #expect(date.description == text)
  }

  @Test(arguments: [
    "", "2026", "2026-11", "2026-11-3", "2026-13-01", "2026-00-10", "2026-11-31", "2025-02-29", "1900-02-29",
    "2026-11-00", "20261103", "2026-11-03 ", "２０２６-11-03", "+026-11-03",
  ])
  func refusesDaysThatDoNotExist(_ text: String) {
    #expect(CivilDate(text) == nil)
  }

  /// Every day of the ten thousand years, against the day before it and back again.
  @Test func everyDayFollowsTheOneBefore() {
    var previous: CivilDate?
    for day in -719_528...2_932_896 {
      let date = CivilDate(daysSince1970: day)
      if date.daysSince1970 != day || (previous.map { $0 >= date } ?? false) {
        Issue.record("day \(day) is \(date), after \(String(describing: previous))")
        return
      }
      previous = date
    }
  }

  @Test func agreesWithFoundation() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    var random = SeededRandom(seed: 20_261_103)
    for _ in 0..<2000 {
      // From 1600 on: before 1582 Foundation counts in the Julian calendar.
      let seconds = Int(random.next() % 265_000_000_000) - 11_676_096_000
      let parts = calendar.dateComponents(
        [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(seconds)))
      let date = Instant(secondsSince1970: seconds).date(offset: .utc)
      #expect(
        [date.year, date.month, date.day, date.weekday + 1]
          == [parts.year, parts.month, parts.day, parts.weekday], "seed 20261103, \(seconds)")
    }
  }
}

@Suite struct RFC3339Tests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2026-11-03T14:30:00Z", 1_793_716_200),
    ("2026-11-03T09:30:00-05:00", 1_793_716_200), ("2026-11-03t14:30:00z", 1_793_716_200),
    ("2026-11-03T14:30:00.999999999Z", 1_793_716_200), ("2026-11-03T14:30:00-00:00", 1_793_716_200),
    ("2016-12-31T23:59:60Z", 1_483_228_800), ("1937-01-01T12:00:27.87+00:20", -1_041_337_173),
    ("1969-12-31T23:59:59Z", -1),
  ])
  func reads(_ text: String, seconds: Int) {
    #expect(Instant(rfc3339: text)?.secondsSince1970 == seconds)
  }

  @Test(arguments: [
    "", "2026-11-03", "2026-11-03T14:30Z", "2026-11-03T14:30:00", "2026-11-03 14:30:00Z",
    "2026-11-03T24:00:00Z", "2026-11-03T14:60:00Z", "2026-11-03T14:30:61Z", "2026-11-03T14:30:00.Z",
    "2026-11-03T14:30:00+5:00", "2026-11-03T14:30:00+0500", "2026-11-03T14:30:00+24:00",
    "2026-11-03T14:30:00Z ", "2026-02-30T14:30:00Z", "2026-11-03T14:30:00,5Z",
  ])
  func refuses(_ text: String) {
    #expect(Instant(rfc3339: text) == nil)
  }

  @Test func printsWhatItReads() throws {
    for text in ["2026-11-03T14:30:00Z", "2026-11-03T09:30:00-05:00", "0001-01-01T00:00:00+05:45"] {
      let (instant, offset) = try #require(Instant.parse(rfc3339: text))
      #expect(instant.rfc3339(offset: offset) == text)
    }
  }

  @Test func aClaimOutsideTheCalendarIsBroughtBack() {
    #expect(Instant(secondsSince1970: .max).rfc3339() == "9999-12-31T23:59:59Z")
    #expect(Instant(secondsSince1970: .min).rfc3339() == "0000-01-01T00:00:00Z")
  }
}

@Suite struct DateWordingTests {
  /// A Tuesday afternoon in Montréal.
  static let now = "2026-11-03T15:00:00-05:00"

  @Test(arguments: [
    ("2026-11-03T14:59:30-05:00", "à l’instant", "just now"),
    ("2026-11-03T15:00:30-05:00", "dans moins d’une minute", "in less than a minute"),
    ("2026-11-03T14:59:00-05:00", "il y a 1 minute", "1 minute ago"),
    ("2026-11-03T14:17:00-05:00", "il y a 43 minutes", "43 minutes ago"),
    ("2026-11-03T15:20:00-05:00", "dans 20 minutes", "in 20 minutes"),
    ("2026-11-03T00:05:00-05:00", "aujourd’hui à 0 h 05", "today at 12:05 a.m."),
    ("2026-11-03T18:00:00-05:00", "aujourd’hui à 18 h", "today at 6:00 p.m."),
    ("2026-11-02T14:05:00-05:00", "hier à 14 h 05", "yesterday at 2:05 p.m."),
    ("2026-11-02T23:59:00-05:00", "hier à 23 h 59", "yesterday at 11:59 p.m."),
    ("2026-11-04T12:00:00-05:00", "demain à 12 h", "tomorrow at 12:00 p.m."),
    ("2026-11-01T09:30:00-05:00", "dimanche 1er novembre à 9 h 30", "Sunday, November 1 at 9:30 a.m."),
    ("2026-11-09T09:30:00-05:00", "lundi 9 novembre à 9 h 30", "Monday, November 9 at 9:30 a.m."),
    ("2026-10-27T09:30:00-05:00", "le 27 octobre 2026 à 9 h 30", "October 27, 2026 at 9:30 a.m."),
    ("2025-08-01T09:05:00-05:00", "le 1er août 2025 à 9 h 05", "August 1, 2025 at 9:05 a.m."),
  ])
  func saysWhen(_ text: String, french: String, english: String) throws {
    let (now, offset) = try #require(Instant.parse(rfc3339: Self.now))
    let words = try #require(Instant(rfc3339: text)).wording(seenFrom: now, offset: offset)
    #expect(words.french.replacing("\u{A0}", with: " ") == french)
    #expect(words.english.replacing("\u{A0}", with: " ") == english)
  }

  @Test func theDayIsTheReadersDay() throws {
    let now = try #require(Instant(rfc3339: "2026-11-04T01:00:00Z"))
    let then = try #require(Instant(rfc3339: "2026-11-03T20:00:00Z"))
    #expect(then.wording(seenFrom: now, offset: .utc).english.hasPrefix("yesterday"))
    #expect(then.wording(seenFrom: now, offset: UTCOffset(minutes: -300)).english.hasPrefix("today"))
  }

  /// Clocks went back on 1 November 2026: half past eleven of that evening is seen an hour later in winter time.
  @Test func knowsThatClocksChangedBetween() throws {
    let then = try #require(Instant(rfc3339: "2026-10-31T21:00:00-04:00"))
    let now = try #require(Instant(rfc3339: "2026-11-01T23:30:00-05:00"))
    let (summer, winter) = (UTCOffset(minutes: -240), UTCOffset(minutes: -300))
    #expect(then.wording(seenFrom: now, offset: summer, offsetNow: winter).english.hasPrefix("yesterday"))
  }

  @Test func isAsWideForEveryDateInAColumn() throws {
    let (instant, offset) = try #require(Instant.parse(rfc3339: "2026-11-03T09:05:00-05:00"))
    #expect(instant.columnWording(offset: offset) == "2026-11-03 09:05")
  }
}
