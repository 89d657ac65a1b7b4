import Foundation
import TestSupport
import Testing

@testable import Wording

/// What clocks show, from the files of the time zone database on this computer.
@Suite struct TimeZoneRulesTests {
  static let folder = "/usr/share/zoneinfo"
  static let isThere = FileManager.default.fileExists(atPath: folder + "/America/Toronto")

  static func rules(_ name: String) throws -> TimeZoneRules {
    let bytes = try Array(Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
    return try #require(TimeZoneRules(tzif: bytes))
  }

  static func wall(_ text: String) throws -> WallTime { try #require(WallTime(text)) }

  // MARK: Rules of every year

  struct YearCase: Sendable {
    var rule: String
    var moment: String
    var hours: Double

    init(_ rule: String, _ moment: String, _ hours: Double) {
      (self.rule, self.moment, self.hours) = (rule, moment, hours)
    }
  }

  @Test(arguments: [
    YearCase("EST5EDT,M3.2.0,M11.1.0", "2040-03-11T06:59:59Z", -5),
    YearCase("EST5EDT,M3.2.0,M11.1.0", "2040-03-11T07:00:00Z", -4),
    YearCase("EST5EDT,M3.2.0,M11.1.0", "2040-11-04T05:59:59Z", -4),
    YearCase("EST5EDT,M3.2.0,M11.1.0", "2040-11-04T06:00:00Z", -5),
    YearCase("CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T00:59:59Z", 1),
    YearCase("CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T01:00:00Z", 2),
    YearCase("CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T01:00:00Z", 1),
    // South of the equator, and half an hour of summer time.
    YearCase("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2027-01-15T00:00:00Z", 11),
    YearCase("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2027-07-15T00:00:00Z", 10.5),
    YearCase("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-12-31T23:00:00Z", 11),
    // Days counted with and without the leap day.
    YearCase("AAA0BBB,J60/0,J300/0", "2028-02-29T23:59:59Z", 0),
    YearCase("AAA0BBB,J60/0,J300/0", "2028-03-01T00:00:00Z", 1),
    YearCase("AAA0BBB,59/0,300/0", "2028-02-29T00:00:00Z", 1),
    // An hour before midnight, as in Greenland.
    YearCase("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z", -2),
    YearCase("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -1),
    YearCase("UTC0", "2026-07-01T00:00:00Z", 0),
  ])
  func aRuleOfEveryYear(_ c: YearCase) throws {
    let rule = try #require(YearlyTimeRule(c.rule))
    let moment = try #require(Instant(rfc3339: c.moment))
    #expect(Double(rule.offset(at: moment.secondsSince1970)) == c.hours * 3600)
  }

  @Test(arguments: [
    "", "E5", "EST", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0",
    "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,J0,J1", "EST5EDT,M3.2.0,M11.1.0 ", "<EST5", "EST25",
    "EST5EDT,M3.2.0/168,M11.1.0",
    "EST5:60", "EST5EDT,366,1", "EST99999999999999999999",
  ])
  func whatIsNoRuleIsNone(_ text: String) { #expect(YearlyTimeRule(text) == nil) }

  // MARK: Files

  /// Python reads the same files by its own code.
  @Test(.enabled(if: isThere, "no time zones on this computer")) func offsetsAreThoseOfPython() throws {
    let script = """
      import random, datetime, zoneinfo
      random.seed(7)
      names = ["America/Toronto", "Europe/Paris", "Europe/Dublin", "Australia/Lord_Howe", "Asia/Kathmandu",
        "America/St_Johns", "Africa/Casablanca", "America/Sao_Paulo", "Pacific/Apia", "America/Nuuk", "UTC",
        "Antarctica/Troll", "Asia/Gaza"]
      for name in names:
        zone = zoneinfo.ZoneInfo(name)
        for _ in range(300):
          moment = random.randrange(0, 4102444800)
          offset = datetime.datetime.fromtimestamp(moment, zone).utcoffset().total_seconds()
          print(name, moment, int(offset // 60))
      """
    let result = try TestSupport.Program.run("python3", ["-c", script])
    #expect(result.status == 0, "\(result.errorText)")
    var known: [String: TimeZoneRules] = [:]
    var count = 0
    for line in result.text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      let rules = try known[words[0]] ?? Self.rules(words[0])
      known[words[0]] = rules
      let moment = Instant(secondsSince1970: try #require(Int(words[1])))
      #expect(rules.offset(at: moment) == UTCOffset(minutes: try #require(Int(words[2]))), "\(line)")
      count += 1
    }
    #expect(count == 3900)
  }

  @Test(.enabled(if: isThere, "no time zones on this computer")) func whatEndsTooEarlyIsNoZone() throws {
    let bytes = try Array(Data(contentsOf: URL(filePath: Self.folder + "/America/Toronto")))
    for count in stride(from: 0, to: bytes.count, by: 7) {
      #expect(TimeZoneRules(tzif: Array(bytes.prefix(count))) == nil, "\(count)")
    }
    #expect(TimeZoneRules(tzif: Array("TZif2".utf8) + [UInt8](repeating: 0xFF, count: 200)) == nil)
    var random = SeededRandom(seed: 7)
    for _ in 0..<500 {
      var broken = bytes
      broken[Int.random(in: 0..<broken.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      // Whatever it reads as, asking it ends.
      _ = TimeZoneRules(tzif: broken)?.offset(at: Instant(secondsSince1970: 1_800_000_000))
    }
  }

  // MARK: Clocks

  @Test(
    .enabled(if: isThere, "no time zones on this computer"),
    arguments: [
      ("America/Toronto", "2026-12-01T09:00", "2026-12-01T09:00:00-05:00"),
      ("America/Toronto", "2026-07-01T09:00", "2026-07-01T09:00:00-04:00"),
      ("America/Toronto", "2027-03-14T01:59", "2027-03-14T01:59:00-05:00"),
      ("America/Toronto", "2027-03-14T03:00", "2027-03-14T03:00:00-04:00"),
      ("Europe/Paris", "2026-10-25T03:00", "2026-10-25T03:00:00+01:00"),
      ("Europe/Paris", "2049-07-01T09:00", "2049-07-01T09:00:00+02:00"),
      ("Asia/Kathmandu", "2026-12-01T09:00", "2026-12-01T09:00:00+05:45"),
    ])
  func aTimeStandsForOneMoment(_ zone: String, _ wall: String, _ moment: String) throws {
    let expected = try #require(Instant(rfc3339: moment))
    #expect(try Self.rules(zone).reading(of: Self.wall(wall)) == .once(expected))
  }

  @Test(.enabled(if: isThere, "no time zones on this computer")) func aTimeMayComeTwiceOrNever() throws {
    func instant(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }
    let toronto = try Self.rules("America/Toronto")
    #expect(
      try toronto.reading(of: Self.wall("2026-11-01T01:30"))
        == .twice(instant("2026-11-01T01:30:00-04:00"), instant("2026-11-01T01:30:00-05:00")))
    #expect(try toronto.reading(of: Self.wall("2027-03-14T02:30")) == .never(skipped: 3600))
    let paris = try Self.rules("Europe/Paris")
    #expect(
      try paris.reading(of: Self.wall("2026-10-25T02:00"))
        == .twice(instant("2026-10-25T02:00:00+02:00"), instant("2026-10-25T02:00:00+01:00")))
    #expect(try paris.reading(of: Self.wall("2026-03-29T02:30")) == .never(skipped: 3600))
    #expect(
      try Self.rules("Australia/Lord_Howe").reading(of: Self.wall("2026-10-04T02:15"))
        == .never(skipped: 1800))
    // A whole day that Samoa skipped.
    #expect(
      try Self.rules("Pacific/Apia").reading(of: Self.wall("2011-12-30T12:00")) == .never(skipped: 86_400))
  }

  @Test(arguments: ["2026-11-03T09:30", "2026-11-03 09:30", "2026-11-03t09:30:00"])
  func aWallTimeIsRead(_ text: String) throws {
    let wall = try Self.wall(text)
    #expect(wall.typed == "2026-11-03T09:30")
    #expect(wall.adding(seconds: 15 * 3600).typed == "2026-11-04T00:30")
    #expect(wall.wording.french.replacing("\u{A0}", with: " ") == "le 3 novembre 2026 à 9 h 30")
  }

  @Test(arguments: [
    "2026-11-03", "2026-11-03T9:30", "2026-11-03T24:00", "2026-02-30T09:30", "2026-11-03T09:30Z",
    "2026-11-03T09:30:00-05:00", "demain", "2026-11-03T09:60", "",
  ])
  func whatIsNoWallTimeIsNone(_ text: String) { #expect(WallTime(text) == nil) }
}
