import Testing
import Wording

/// Days and hours as people type them, on Thursday 12 November 2026 at 10 o’clock.
@Suite struct TypedTimeTests {
  static let now = WallTime("2026-11-12T10:00")

  /// What was typed, what it is for who looks back, and for who looks ahead; a day, or a day and an hour.
  static let readings: [(typed: String, past: String, future: String)] = [
    ("2026-11-03", "2026-11-03", "2026-11-03"),
    ("2026-11-03T09:30", "2026-11-03T09:30", "2026-11-03T09:30"),
    ("2026-11-03 9h30", "2026-11-03T09:30", "2026-11-03T09:30"),
    ("hier", "2026-11-11", "2026-11-11"),
    ("Avant-hier", "2026-11-10", "2026-11-10"),
    ("aujourd’hui", "2026-11-12", "2026-11-12"),
    ("aujourd'hui à 8 h", "2026-11-12T08:00", "2026-11-12T08:00"),
    ("yesterday at 2:05 p.m.", "2026-11-11T14:05", "2026-11-11T14:05"),
    ("tomorrow noon", "2026-11-13T12:00", "2026-11-13T12:00"),
    ("après-demain", "2026-11-14", "2026-11-14"),
    ("apres-demain", "2026-11-14", "2026-11-14"),
    ("in 3 days", "2026-11-15", "2026-11-15"),
    ("dans 2 semaines", "2026-11-26", "2026-11-26"),
    ("il y a 3 jours", "2026-11-09", "2026-11-09"),
    ("2 weeks ago", "2026-10-29", "2026-10-29"),
    // A weekday is the last one or the next one; today counts while it lasts.
    ("lundi", "2026-11-09", "2026-11-16"),
    ("monday", "2026-11-09", "2026-11-16"),
    ("thursday", "2026-11-12", "2026-11-12"),
    ("jeudi 8 h", "2026-11-12T08:00", "2026-11-19T08:00"),
    ("jeudi 18h30", "2026-11-05T18:30", "2026-11-12T18:30"),
    ("jeu. 8h", "2026-11-12T08:00", "2026-11-19T08:00"),
    ("mardi à midi", "2026-11-10T12:00", "2026-11-17T12:00"),
    ("mar. 12 h", "2026-11-10T12:00", "2026-11-17T12:00"),
    ("next thursday", "2026-11-19", "2026-11-19"),
    ("jeudi dernier", "2026-11-05", "2026-11-05"),
    ("lundi prochain 9h", "2026-11-16T09:00", "2026-11-16T09:00"),
    // A day without a year is the last one or the next one.
    ("3 novembre", "2026-11-03", "2027-11-03"),
    ("le 1er décembre à 9 h 30", "2025-12-01T09:30", "2026-12-01T09:30"),
    ("1er decembre", "2025-12-01", "2026-12-01"),
    ("november 3", "2026-11-03", "2027-11-03"),
    ("Nov. 3rd, 8 am", "2026-11-03T08:00", "2027-11-03T08:00"),
    ("3rd of november", "2026-11-03", "2027-11-03"),
    ("Mar 3", "2026-03-03", "2027-03-03"),
    ("3 mars 2030", "2030-03-03", "2030-03-03"),
    ("November 3, 2024", "2024-11-03", "2024-11-03"),
    ("29 février", "2024-02-29", "2028-02-29"),
    ("jeudi 12 novembre", "2026-11-12", "2026-11-12"),
    // An hour alone.
    ("8h", "2026-11-12T08:00", "2026-11-13T08:00"),
    ("23:15", "2026-11-11T23:15", "2026-11-12T23:15"),
    ("12 am", "2026-11-12T00:00", "2026-11-13T00:00"),
    ("9 heures", "2026-11-12T09:00", "2026-11-13T09:00"),
    ("14 heures 30", "2026-11-11T14:30", "2026-11-12T14:30"),
    ("demain matin 8 h", "2026-11-13T08:00", "2026-11-13T08:00"),
    ("ce soir 20 h", "2026-11-12T20:00", "2026-11-12T20:00"),
    ("ce jeudi 9 h", "2026-11-12T09:00", "2026-11-19T09:00"),
    ("ce matin 9 h", "2026-11-12T09:00", "2026-11-12T09:00"),
    ("tonight 8 pm", "2026-11-12T20:00", "2026-11-12T20:00"),
    ("8 h du soir", "2026-11-11T20:00", "2026-11-12T20:00"),
    ("tomorrow at 3:15 in the afternoon", "2026-11-13T15:15", "2026-11-13T15:15"),
    ("8 h 3 novembre", "2026-11-03T08:00", "2027-11-03T08:00"),
    ("tues 9am", "2026-11-10T09:00", "2026-11-17T09:00"),
    ("14 juil", "2026-07-14", "2027-07-14"),
  ]

  @Test(arguments: readings)
  func isReadInBothLanguages(_ typed: String, _ past: String, _ future: String) throws {
    let now = try #require(Self.now)
    #expect(Self.told(TypedTime(typed, seenFrom: now, towards: .past)) == past)
    #expect(Self.told(TypedTime(typed, seenFrom: now, towards: .future)) == future)
  }

  static let others = [
    "", "demain matin", "jeudi soir", "13 h du matin", "minuit", "demain à minuit", "november 3 1530",
    "lundi mardi", "8h 9h", "lundi 13 novembre", "31 novembre", "12", "jeudi 12",
    "25h", "9h60", "13 pm", "0 am", "prochain", "next 8h", "8h prochain", "next november 3", "3 jours",
    "hier hier", "-1", "-2", "1a2b", "deadbeef", "2026-02-30", "20261103", "brand-2026", "v8", "h", "9:",
    "2026-11-03T09:30:00-05:00", "10000 novembre", "99999999999999999999 h", "8h\u{202E}", "Ⅷ h",
  ]

  @Test(arguments: others)
  func nothingElseIs(_ typed: String) throws {
    for direction in [TypedTime.Direction.past, .future] {
      #expect(TypedTime(typed, seenFrom: try #require(Self.now), towards: direction) == nil)
    }
  }

  /// Of a calendar, the nearest day of all years; a weekday is still ahead.
  @Test(arguments: [
    ("1er novembre", "2026-11-01"), ("10 juin", "2026-06-10"), ("december 28", "2026-12-28"),
    ("january 3", "2027-01-03"), ("lundi", "2026-11-16"), ("demain", "2026-11-13"),
    ("2020-02-29", "2020-02-29"),
  ])
  func theNearestOfACalendar(_ typed: String, _ day: String) throws {
    let now = try #require(Self.now)
    #expect(Self.told(TypedTime(typed, seenFrom: now, towards: .nearest)) == day)
  }

  /// The end of some days is looked for from their beginning, but for what is counted from today.
  @Test(arguments: [
    ("mercredi", "2026-11-25"), ("3 décembre", "2026-12-03"), ("demain", "2026-11-13"),
    ("hier", "2026-11-11"),
    ("next monday", "2026-11-16"), ("lundi", "2026-11-23"), ("dans 2 semaines", "2026-11-26"),
  ])
  func theEndOfSomeDays(_ typed: String, _ day: String) throws {
    let now = try #require(Self.now)
    let start = try #require(CivilDate("2026-11-23"))
    #expect(Self.told(TypedTime(typed, seenFrom: now, from: start, towards: .future)) == day)
  }

  /// What the program shows can be typed again.
  @Test func readsWhatIsShown() throws {
    let now = try #require(Self.now)
    for days in -400...400 {
      let date = now.date.adding(days: days)
      let shown = WallTime(date: date, secondsOfDay: 34_200).wording
      for text in [shown.french, shown.english] {
        #expect(Self.told(TypedTime(text, seenFrom: now, towards: .past)) == "\(date)T09:30", "\(text)")
      }
      let short = [date.shortWording, date.dayAndMonth].flatMap { [$0.french, $0.english] }
      for text in short where (0...360).contains(days) {
        #expect(Self.told(TypedTime(text, seenFrom: now, towards: .future)) == "\(date)", "\(text)")
      }
    }
  }

  private static func told(_ time: TypedTime?) -> String? {
    time.map { time in
      time.secondsOfDay.map { WallTime(date: time.date, secondsOfDay: $0).typed } ?? "\(time.date)"
    }
  }
}

/// Times by the clocks of one place.
@Suite struct ZonedClockTests {
  static func clock(of zone: String, at now: String, isElsewhere: Bool = false) throws -> ZonedClock {
    ZonedClock(
      rules: try TimeZoneRulesTests.rules(zone), now: try #require(Instant(rfc3339: now)), place: "Toronto",
      isElsewhere: isElsewhere)
  }

  @Test func tellsAnHourOfThePlaceWhereverItWasWrittenDown() throws {
    let clock = try Self.clock(of: "America/Toronto", at: "2026-11-12T10:00:00-05:00")
    // Late in Paris, and the day before.
    let there = try #require(Instant(rfc3339: "2026-11-12T00:30:00+01:00"))
    #expect(clock.wording(of: there).french == "hier à 18\u{A0}h\u{A0}30")
    #expect(clock.wording(of: there).english == "yesterday at 6:30\u{A0}p.m.")
    // Before the clocks were put back.
    let summer = try #require(Instant(rfc3339: "2026-10-20T12:00:00Z"))
    #expect(clock.wording(of: summer).french == "le 20\u{A0}octobre 2026 à 8\u{A0}h")
  }

  @Test func namesThePlaceToWhomIsElsewhere() throws {
    let clock = try Self.clock(of: "America/Toronto", at: "2026-11-12T10:00:00-05:00", isElsewhere: true)
    let then = try #require(Instant(rfc3339: "2026-11-11T14:05:00-05:00"))
    #expect(clock.wording(of: then).french == "hier à 14\u{A0}h\u{A0}05 (Toronto)")
    let before = try #require(Instant(rfc3339: "2026-01-11T14:05:00-05:00"))
    #expect(clock.wording(of: before).english == "January\u{A0}11, 2026 at 2:05\u{A0}p.m. (Toronto)")
    // That is the same everywhere.
    let now = try #require(Instant(rfc3339: "2026-11-12T09:55:00-05:00"))
    #expect(clock.wording(of: now).english == "5 minutes ago")
  }

  @Test(arguments: [
    ("2026-11-11", "2026-11-11T05:00:00Z"), ("hier", "2026-11-11T05:00:00Z"),
    ("2026-07-01", "2026-07-01T04:00:00Z"), ("8h30", "2026-11-12T13:30:00Z"),
    ("2026-11-11T00:00:00Z", "2026-11-11T00:00:00Z"),
    // Shown twice: the first. Never shown: what the clocks show instead.
    ("2026-11-01T01:30", "2026-11-01T05:30:00Z"), ("2026-03-08T02:30", "2026-03-08T07:30:00Z"),
  ])
  func aDayBeginsWhereTheBrandIs(_ typed: String, _ moment: String) throws {
    let clock = try Self.clock(of: "America/Toronto", at: "2026-11-12T10:00:00-05:00")
    #expect(clock.start(ofTyped: typed, towards: .past)?.rfc3339() == moment)
  }

  @Test(arguments: [
    ("jeudi", "2026-11-13T04:59:59Z"), ("jeudi 18 h", "2026-11-12T23:00:00Z"),
    ("2026-07-01", "2026-07-02T03:59:59Z"), ("2026-11-11T00:00:00Z", "2026-11-11T00:00:00Z"),
  ])
  func aDayEndsWithItsLastSecond(_ typed: String, _ moment: String) throws {
    let clock = try Self.clock(of: "America/Toronto", at: "2026-11-12T10:00:00-05:00")
    #expect(clock.end(ofTyped: typed, towards: .future)?.rfc3339() == moment)
    #expect(clock.end(ofTyped: "bientôt", towards: .future) == nil)
  }

  @Test(arguments: [
    ("2026-11", "2026-11-01", "2026-11-01"), ("novembre", "2026-11-01", "2027-11-01"),
    ("Décembre", "2025-12-01", "2026-12-01"), ("dec. 2026", "2026-12-01", "2026-12-01"),
    ("march 2025", "2025-03-01", "2025-03-01"), ("ce mois-ci", "2026-11-01", "2026-11-01"),
    ("le mois dernier", "2026-10-01", "2026-10-01"), ("next month", "2026-12-01", "2026-12-01"),
  ])
  func aMonthIsItsFirstDay(_ typed: String, _ past: String, _ future: String) throws {
    let clock = try Self.clock(of: "America/Toronto", at: "2026-11-12T10:00:00-05:00")
    #expect(clock.month(typed: typed, towards: .past)?.description == past)
    #expect(clock.month(typed: typed, towards: .future)?.description == future)
  }

  @Test(arguments: [
    "", "2026", "2026-13", "2026-11-03", "3 novembre", "novembre 26", "jour", "lundi", "mois", "mar", "mar.",
    "h",
  ])
  func whatIsNoMonthIsNone(_ typed: String) throws {
    let clock = try Self.clock(of: "America/Toronto", at: "2026-11-12T10:00:00-05:00")
    #expect(clock.month(typed: typed, towards: .past) == nil)
  }

  @Test(arguments: [(0, "UTC"), (-300, "UTC−5"), (60, "UTC+1"), (330, "UTC+5:30"), (-210, "UTC−3:30")])
  func offsetsAreWrittenAsPeopleDo(_ minutes: Int, _ wording: String) {
    #expect(UTCOffset(minutes: minutes).wording == wording)
  }
}
