import Documents
import EditorialDesk
import EditorialReview
import JSONTree
import ObjectModel
import Testing
import Wording

/// What a calendar shows of some days, by the clocks of the brand.
@Suite(.enabled(if: Zones.isThere)) struct CalendarTests {
  static func post(
    _ id: JSONString, _ at: String?, on channel: JSONString = "fb", zone: String = "America/Toronto",
    state: String = "draft", anchor: JSONValue? = nil
  ) -> JSONValue {
    var variant: JSONObject = ["mode": "follows"]
    if let at { variant["schedule"] = ["at": JSONValue(at), "zone": JSONValue(zone)] }
    variant["anchor"] = anchor
    return [
      "id": .string(id), "kind": "post", "title": .string(id), "state": JSONValue(state), "body": "b",
      "campaign": "winter", "variants": .object([channel: .object(variant)]),
    ]
  }

  static let channels: JSONValue = [
    "id": "channels", "kind": "channels",
    "channels": [
      [
        "id": "fb", "platform": "facebook", "handle": "r", "capacity": ["perDay": 2, "perWeek": 3],
        "audience": [
          ["id": "morning", "days": ["mon", "tue"], "from": "06:00", "to": "12:00"],
          ["id": "night", "days": ["sat"], "from": "22:00", "to": "02:00"],
        ],
      ],
      ["id": "ig", "platform": "instagram", "handle": "r"],
      ["id": "old", "platform": "x", "handle": "r", "state": "closed"],
    ],
  ]

  static let campaign: JSONValue = [
    "id": "winter", "kind": "campaign", "title": "Winter", "state": "active",
    "milestones": [["id": "opening", "title": "Opening", "at": "2026-11-24T08:00:00-05:00"]],
  ]

  static func calendar(
    _ posts: [JSONValue], _ from: String = "2026-11-23", _ to: String = "2026-11-29",
    on channel: JSONString? = nil
  ) throws -> EditorialCalendar {
    let room = try DeskRoom(posts + [channels, campaign])
    let toronto = try Zones.rules("America/Toronto")
    return EditorialCalendar(
      of: room.states, days: try #require(CivilDate(from))...(try #require(CivilDate(to))), on: channel,
      clocks: toronto, zones: { try? Zones.rules($0) })
  }

  @Test(arguments: [
    // The day is that of the brand, whatever the zone a time was chosen in.
    ("2026-11-23T00:30:00-05:00", true), ("2026-11-22T23:59:00-05:00", false),
    ("2026-11-23T05:30:00+01:00", false), ("2026-11-23T06:30:00+01:00", true),
    ("2026-11-29T23:59:00-05:00", true), ("2026-11-30T00:00:00-05:00", false),
  ])
  func aDayIsThatOfTheBrand(_ at: String, _ isIn: Bool) throws {
    let calendar = try Self.calendar([Self.post("p", at)])
    #expect(calendar.entries.isEmpty != isIn)
  }

  @Test func timesThatDoNotSuitAreRemarked() throws {
    let calendar = try Self.calendar([
      Self.post("a", "2026-11-23T09:00:00-05:00"),
      Self.post("b", "2026-11-23T09:09:00-05:00"),  // Nine minutes after.
      Self.post("c", "2026-11-23T09:19:00-05:00"),  // Ten minutes after that: the third of the day.
      Self.post("d", "2026-11-24T12:00:00-05:00"),  // Their end is no part of the hours; the fourth.
      Self.post("e", "2026-11-28T23:30:00-05:00"), Self.post("f", "2026-11-29T01:59:00-05:00"),
      Self.post("g", "2026-11-23T09:01:00-05:00", on: "ig"),  // Another channel, where nobody said anything.
      Self.post("h", "2026-11-23T09:00:00-05:00", state: "cancelled"),  // Takes no place.
    ])
    let remarks = calendar.entries.map { "\($0.release.document.id.text) \($0.remarks)" }
    #expect(
      remarks == [
        "a []", "h []", "g []", "b [EditorialDesk.EditorialCalendar.Remark.tooClose(title: \"a\")]",
        "c [EditorialDesk.EditorialCalendar.Remark.overDay(limit: 2)]",
        "d [EditorialDesk.EditorialCalendar.Remark.outsideAudience, EditorialDesk.EditorialCalendar.Remark.overWeek(limit: 3)]",
        "e [EditorialDesk.EditorialCalendar.Remark.overWeek(limit: 3)]",
        "f [EditorialDesk.EditorialCalendar.Remark.overWeek(limit: 3)]",
      ])
  }

  @Test func aPostHangsOnItsMilestoneOrNoLonger() throws {
    let calendar = try Self.calendar([
      Self.post(
        "on", "2026-11-26T08:00:00-05:00", on: "ig", anchor: ["milestone": "opening", "minutes": 2880]),
      Self.post(
        "off", "2026-11-25T08:00:00-05:00", on: "ig", anchor: ["milestone": "opening", "minutes": 2880]),
      Self.post("lost", "2026-11-27T08:00:00-05:00", on: "ig", anchor: ["milestone": "gone", "minutes": 5]),
    ])
    let words = calendar.entries.map {
      "\($0.release.document.id.text): \($0.anchor?.wording.english ?? "-")"
    }
    #expect(
      words == [
        "off: the milestone “Opening” has another time now", "on: 2 days after “Opening”", "lost: -",
      ])
    #expect(calendar.milestones.map(\.title) == ["Opening"])
    #expect(calendar.entries.map(\.asksForALook) == [true, false, false])
  }

  @Test func emptyDaysQuietChannelsAndWhatHasNoDateAreTold() throws {
    let calendar = try Self.calendar([
      Self.post("a", "2026-11-24T09:00:00-05:00"), Self.post("b", nil),
      Self.post("c", nil, state: "cancelled"),
    ])
    #expect(
      calendar.gaps.map(\.description) == [
        "2026-11-23", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28", "2026-11-29",
      ])
    #expect(calendar.quietChannels == ["ig"])
    #expect(calendar.backlog.map(\.document.id) == ["b"])
    // A past day is no gap any more.
    #expect(
      try Self.calendar([], "2026-11-18", "2026-11-21").gaps.map(\.description) == [
        "2026-11-20", "2026-11-21",
      ])
  }

  /// Its time passed, and nobody said that it went out: told before the days that are asked for, and for a while.
  @Test func whatIsLateIsNotForgotten() throws {
    let posts = [
      Self.post("late", "2026-11-19T09:00:00-05:00"), Self.post("older", "2026-10-01T09:00:00-05:00"),
      Self.post("idea", "2026-11-19T09:00:00-05:00", state: "idea"),
      Self.post("ahead", "2026-11-24T09:00:00-05:00"),
    ]
    let calendar = try Self.calendar(posts)
    // What was not ready is no less late.
    #expect(calendar.late.map(\.release.document.id) == ["idea", "late"])
    #expect(calendar.late.map(\.remarks) == [[.late], [.late]])
    // Within the days it stands among them, and of days that are over nothing is said.
    let then = try Self.calendar(posts, "2026-11-18", "2026-11-21")
    #expect(then.late.isEmpty)
    #expect(
      then.entries.filter { $0.remarks.contains(.late) }.map(\.release.document.id) == ["idea", "late"])
    #expect(try Self.calendar(posts, "2026-11-10", "2026-11-12").late.isEmpty)
  }

  /// Of several channels those are named that have no time.
  @Test func whatHasNoDateIsToldByChannel() throws {
    var post = Self.post("a", "2026-11-24T09:00:00-05:00")
    try post.set(["mode": "follows"], at: "/variants/ig")
    let calendar = try Self.calendar([post])
    #expect(calendar.backlog.map(\.channel) == ["ig"])
    #expect(calendar.entries.map(\.release.channel) == ["fb"])
  }

  @Test func whatWentOutStandsAtItsOwnTime() throws {
    let publication: JSONValue = [
      "id": "out", "kind": "publication", "post": "a", "channel": "fb", "at": "2026-11-25T10:00:00-05:00",
      "by": "ana", "contentHash": "", "url": "https://example.org/1",
    ]
    let calendar = try Self.calendar([
      Self.post("a", "2026-11-24T09:00:00-05:00", state: "archived"), publication,
    ])
    let entry = try #require(calendar.entries.first)
    #expect(entry.at.description == "2026-11-25T10:00:00-05:00" && entry.release.takesItsPlace)
    #expect(entry.release.url == "https://example.org/1" && calendar.gaps.count == 6)
  }
}

/// How far a time is moved, and what the clocks make of it.
@Suite(.enabled(if: Zones.isThere)) struct TimeShiftTests {
  @Test(arguments: [
    ("2d", TimeShift.days(2)), ("-1w", .days(-7)), ("3j", .days(3)), ("3h", .minutes(180)),
    ("-90m", .minutes(-90)),
    ("0d", .days(0)), ("+1d", .days(1)),
  ])
  func aDistanceIsANumberAndAUnit(_ text: String, _ shift: TimeShift) { #expect(TimeShift(text) == shift) }

  @Test(arguments: ["", "d", "2", "2x", "2 d", "1d2h", "9999999d", "4000d", "１d", "99999999999999999999h"])
  func whatIsNoneIsRefused(_ text: String) { #expect(TimeShift(text) == nil) }

  @Test(arguments: [
    // Days keep the hour, over the spring and the autumn of Toronto and of Paris.
    ("America/Toronto", "2026-03-07T09:00:00-05:00", "1d", "2026-03-08T09:00:00-04:00"),
    ("America/Toronto", "2026-10-31T09:00:00-04:00", "1d", "2026-11-01T09:00:00-05:00"),
    ("Europe/Paris", "2026-03-28T09:00:00+01:00", "1d", "2026-03-29T09:00:00+02:00"),
    ("Europe/Paris", "2026-10-26T09:00:00+01:00", "-1w", "2026-10-19T09:00:00+02:00"),
    // Hours are what passes.
    ("America/Toronto", "2026-03-07T23:00:00-05:00", "24h", "2026-03-09T00:00:00-04:00"),
    ("America/Toronto", "2026-11-01T00:30:00-04:00", "120m", "2026-11-01T01:30:00-05:00"),
    // An hour that is skipped is the one the clocks show instead; of one that comes twice, the first.
    ("America/Toronto", "2026-03-07T02:30:00-05:00", "1d", "2026-03-08T03:30:00-04:00"),
    ("America/Toronto", "2026-10-31T01:30:00-04:00", "1d", "2026-11-01T01:30:00-04:00"),
  ])
  func daysKeepTheHourAndHoursPass(_ zone: String, _ from: String, _ by: String, _ to: String) throws {
    let clocks = try Zones.rules(zone)
    let shift = try #require(TimeShift(by))
    let moved = shift.moved(try #require(Instant(rfc3339: from)), clocks: clocks).moment
    #expect(clocks.moment(moved).description == to)
  }

  @Test func whatIsOutCancelledOrAnchoredStays() throws {
    let posts = [
      CalendarTests.post("a", "2026-11-24T09:00:00-05:00"),
      CalendarTests.post("b", "2026-11-24T09:00:00-05:00", state: "cancelled"),
      CalendarTests.post("c", "2026-11-24T08:00:00-05:00", anchor: ["milestone": "opening", "minutes": 0]),
      CalendarTests.post("d", "2026-11-24T15:00:00+01:00", zone: "Europe/Paris"),
      CalendarTests.post("e", "2026-11-24T09:00:00-05:00", zone: "Nowhere/Land"),
    ]
    let shift = ReleaseShift(
      of: try CalendarTests.calendar(posts).entries, by: .days(200), zones: { try? Zones.rules($0) })
    let moves = shift.moves.map { "\($0.release.document.id.text) \($0.to)" }
    #expect(moves == ["a 2027-06-12T09:00:00-04:00", "d 2027-06-12T15:00:00+02:00"])
    #expect(shift.left.map(\.reason) == [.anchored(milestone: "Opening"), .unknownZone("Nowhere/Land")])
  }
}
