import Documents
import EditorialDesk
import Foundation
import JSONTree
import TestSupport
import Testing
import Wording

/// Minutes of the hours in which a team answers, added and counted.
@Suite(.enabled(if: Zones.isThere)) struct BusinessHoursTests {
  static func range(_ from: String, _ to: String) -> JSONValue {
    ["from": JSONValue(from), "to": JSONValue(to)]
  }

  /// The hours of the sample workspace.
  static let shop: JSONValue = [
    "mon": [range("09:00", "16:30")], "tue": [range("09:00", "16:30")], "wed": [range("09:00", "16:30")],
    "thu": [range("09:00", "12:00"), range("13:00", "21:00")], "fri": [range("09:00", "16:30")],
    "sat": [range("10:00", "13:00")],
  ]
  static let night: JSONValue = ["sat": [range("22:00", "06:00")], "sun": [range("00:00", "08:00")]]
  static let always = JSONValue.object(
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].reduce(into: JSONObject()) {
      $0[$1] = [range("00:00", "00:00")]
    })
  static let early: JSONValue = ["sun": [range("01:30", "02:30")]]

  static func policy(
    _ hours: JSONValue, _ zone: String, minutes: Int = 1, holidays: [String] = [], weekend: Bool? = nil
  ) throws -> ResponsePolicy {
    var value: JSONObject = [
      "id": "p", "hours": hours, "firstMinutesBusiness": .number(JSONNumber(minutes)),
      "holidays": .array(holidays.map { JSONValue($0) }),
    ]
    value["weekend"] = weekend.map(JSONValue.bool)
    return ResponsePolicy(.object(value), zone: try Zones.rules(zone))
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var hours: JSONValue
    var start: String
    var minutes: Int
    var due: String?
    var zone = "America/Toronto"
    var holidays: [String] = []
    var weekend: Bool?

    init(
      _ name: String, _ hours: JSONValue, _ start: String, _ minutes: Int, _ due: String?,
      in zone: String = "America/Toronto", holidays: [String] = [], weekend: Bool? = nil
    ) {
      (testDescription, self.hours, self.start, self.minutes, self.due) = (name, hours, start, minutes, due)
      (self.zone, self.holidays, self.weekend) = (zone, holidays, weekend)
    }
  }

  static let cases: [Case] = [
    Case("within the day", shop, "2026-11-16T10:00:00-05:00", 120, "2026-11-16T12:00:00-05:00"),
    Case("to the minute of closing", shop, "2026-11-16T14:30:00-05:00", 120, "2026-11-16T16:30:00-05:00"),
    Case("over the night", shop, "2026-11-16T15:30:00-05:00", 120, "2026-11-17T10:00:00-05:00"),
    Case("before opening", shop, "2026-11-16T05:00:00-05:00", 30, "2026-11-16T09:30:00-05:00"),
    Case("over the lunch hour", shop, "2026-11-19T11:30:00-05:00", 60, "2026-11-19T13:30:00-05:00"),
    Case("over Sunday", shop, "2026-11-21T12:30:00-05:00", 60, "2026-11-23T09:30:00-05:00"),
    Case(
      "over a weekend that does not count", shop, "2026-11-20T16:00:00-05:00", 60,
      "2026-11-23T09:30:00-05:00", weekend: false),
    Case(
      "a weekend that counts", shop, "2026-11-20T16:00:00-05:00", 60, "2026-11-21T10:30:00-05:00",
      weekend: true),
    Case(
      "over a holiday", shop, "2026-10-10T12:30:00-04:00", 60, "2026-10-13T09:30:00-04:00",
      holidays: ["2026-10-12"]),
    Case("seconds are kept", shop, "2026-11-16T10:00:41-05:00", 1, "2026-11-16T10:01:41-05:00"),
    Case("asked from elsewhere", shop, "2026-11-16T16:00:00+01:00", 60, "2026-11-16T11:00:00-05:00"),
    Case("past midnight", night, "2026-11-21T23:00:00-05:00", 120, "2026-11-22T01:00:00-05:00"),
    Case(
      "two ranges over each other count once", night, "2026-11-22T05:00:00-05:00", 150,
      "2026-11-22T07:30:00-05:00"),
    Case(
      "a holiday takes what began on it, and no more", night, "2026-11-21T20:00:00-05:00", 60,
      "2026-11-22T01:00:00-05:00", holidays: ["2026-11-21"]),
    Case(
      "midnight belongs to the next day", always, "2026-11-21T23:30:00-05:00", 60,
      "2026-11-23T00:30:00-05:00", holidays: ["2026-11-22"]),
    Case("no hours", [:], "2026-11-16T10:00:00-05:00", 1, nil),
    Case("only on a holiday", ["mon": []], "2026-11-16T10:00:00-05:00", 1, nil),
    // Clocks put forward on 8 March 2026 at 2:00, back on 1 November at 2:00.
    Case(
      "Toronto, spring: an hour less", always, "2026-03-08T00:00:00-05:00", 180, "2026-03-08T04:00:00-04:00"),
    Case(
      "Toronto, autumn: an hour more", always, "2026-11-01T00:00:00-04:00", 180, "2026-11-01T02:00:00-05:00"),
    Case(
      "Toronto, spring: 9:00 is 9:00", shop, "2026-03-07T12:30:00-05:00", 60, "2026-03-09T09:30:00-04:00"),
    Case(
      "Toronto, autumn: 9:00 is 9:00", shop, "2026-10-31T12:30:00-04:00", 60, "2026-11-02T09:30:00-05:00"),
    Case(
      "a range that ends in the hour left out", early, "2026-03-08T00:00:00-05:00", 30,
      "2026-03-08T03:00:00-04:00"),
    Case(
      "and not a minute more of it", early, "2026-03-08T00:00:00-05:00", 31, "2026-03-15T01:31:00-04:00"),
    Case(
      "a range that begins in the hour shown twice", early, "2026-11-01T00:00:00-04:00", 120,
      "2026-11-01T02:30:00-05:00"),
    // Clocks put forward on 29 March 2026 at 2:00, back on 25 October at 3:00.
    Case(
      "Paris, spring: an hour less", always, "2026-03-29T00:00:00+01:00", 180, "2026-03-29T04:00:00+02:00",
      in: "Europe/Paris"),
    Case(
      "Paris, autumn: 9:00 is 9:00", shop, "2026-10-24T12:30:00+02:00", 60, "2026-10-26T09:30:00+01:00",
      in: "Europe/Paris"),
  ]

  @Test(arguments: cases) func minutesAreAdded(_ c: Case) throws {
    var policy = try Self.policy(
      c.hours, c.zone, minutes: c.minutes, holidays: c.holidays, weekend: c.weekend)
    let start = try #require(Instant(rfc3339: c.start))
    let due = policy.due(for: start).business
    #expect(due == c.due.flatMap { Instant(rfc3339: $0) }, "\(due?.rfc3339() ?? "never")")
    // What was added is what is counted.
    let counted = due.flatMap { policy.businessSeconds(from: start, to: $0) }
    #expect(counted == due.map { _ in c.minutes * 60 })
  }

  /// Random minutes and moments of a year: counting what was added gives it back, and a minute earlier is less.
  @Test(arguments: ["America/Toronto", "Europe/Paris"]) func countingUndoesAdding(_ zone: String) throws {
    var random = SeededRandom(seed: 7)
    let begin = try #require(Instant(rfc3339: "2026-01-01T00:00:00Z"))
    for hours in [Self.shop, Self.night, Self.always, Self.early] {
      for _ in 0..<40 {
        let minutes = Int(random.next() % 3000) + 1
        var policy = try Self.policy(hours, zone, minutes: minutes, holidays: ["2026-10-12", "2026-12-25"])
        let start = Instant(
          secondsSince1970: begin.secondsSince1970 + Int(random.next() % (366 * 86_400)))
        let business = policy.due(for: start).business
        let due = try #require(business)
        let counted = policy.businessSeconds(from: start, to: due)
        #expect(counted == minutes * 60)
        let before = Instant(secondsSince1970: due.secondsSince1970 - 1)
        let less = policy.businessSeconds(from: start, to: before)
        #expect(less == minutes * 60 - 1)
      }
    }
  }

  @Test func theEarlierClockDecides() throws {
    let settings = WorkspaceSettings([
      "responsePolicies": [
        ["id": "all", "firstMinutesCalendar": 60],
        [
          "id": "shop", "channels": ["fb"], "hours": Self.shop, "firstMinutesBusiness": 120,
          "firstMinutesCalendar": 1440,
        ],
      ]
    ])
    var policies = ResponsePolicies(settings, zone: try Zones.rules("America/Toronto"))
    let monday = try #require(Instant(rfc3339: "2026-11-16T10:00:00-05:00"))
    let saturday = try #require(Instant(rfc3339: "2026-11-21T13:00:00-05:00"))
    let (first, second) = (policies.due(for: monday, on: "fb"), policies.due(for: saturday, on: "fb"))
    let onMonday = try #require(first)
    #expect(onMonday.isByBusinessHours && onMonday.first == Instant(rfc3339: "2026-11-16T12:00:00-05:00"))
    let onSaturday = try #require(second)
    #expect(!onSaturday.isByBusinessHours)
    #expect(onSaturday.first == Instant(rfc3339: "2026-11-22T13:00:00-05:00"))
    #expect(onSaturday.business == Instant(rfc3339: "2026-11-23T11:00:00-05:00"))
    // The policy for all is for a channel that none names.
    let elsewhere = policies.due(for: monday, on: "x")?.first
    #expect(elsewhere == Instant(rfc3339: "2026-11-16T11:00:00-05:00"))
    var none = ResponsePolicies(nil, zone: .utc)
    let never = none.due(for: monday, on: "fb")
    #expect(never == nil)
  }
}
