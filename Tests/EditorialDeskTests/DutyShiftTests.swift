import Documents
import EditorialDesk
import JSONTree
import Testing
import Wording

/// Who looks after a channel at a moment.
@Suite struct DutyShiftTests {
  static let team = Team([
    "members": [
      [
        "id": "days",
        "shifts": [
          ["id": "1", "days": ["mon", "tue", "wed", "thu", "fri"], "from": "09:00", "to": "16:30"]
        ],
      ],
      [
        "id": "nights",
        "shifts": [
          ["id": "1", "days": ["fri"], "from": "20:00", "to": "02:00", "channels": ["x", "fb"]],
          ["id": "2", "days": ["sat"], "from": "01:00", "to": "03:00", "channels": ["ig"]],
        ],
      ],
      ["id": "always", "shifts": [["id": "1"]]], ["id": "never"],
    ]
  ])

  @Test(arguments: [
    ("2026-11-20T09:00:00-05:00", ["days", "always"]), ("2026-11-20T16:29:59-05:00", ["days", "always"]),
    ("2026-11-20T16:30:00-05:00", ["always"]), ("2026-11-20T20:00:00-05:00", ["nights", "always"]),
    ("2026-11-21T01:59:00-05:00", ["nights", "always"]), ("2026-11-21T12:00:00-05:00", ["always"]),
    ("2026-11-22T01:00:00-05:00", ["always"]),
  ])
  func aShiftMayPassMidnight(_ moment: String, _ people: [String]) throws {
    let onDuty = Self.team.onDuty(at: try #require(Moment(rfc3339: moment)))
    #expect(onDuty.compactMap { $0.member.id?.text } == people)
  }

  @Test func channelsOfSeveralShiftsAreTakenTogether() throws {
    let onDuty = Self.team.onDuty(at: try #require(Moment(rfc3339: "2026-11-21T01:30:00-05:00")))
    #expect(onDuty.map(\.channels) == [["fb", "ig", "x"], []])
    #expect(onDuty.map { $0.covers("li") } == [false, true])
  }
}
