import Documents
import EditorialReview
import JSONTree
import TestSupport
import Testing
import Wording

@testable import EditorialDesk

/// Who got an answer and how long it took.
@Suite struct InboxCoverageTests {
  static func message(_ id: String, _ author: String, _ at: String) -> JSONValue {
    [
      "externalId": JSONValue(id), "author": JSONValue(author), "text": "?",
      "at": JSONValue("\(at):00-05:00"),
    ]
  }

  static func conversation(
    _ id: JSONString, _ channel: JSONString, _ triage: String, _ messages: [JSONValue]
  ) -> JSONValue {
    [
      "id": .string(id), "kind": "conversation", "channel": .string(channel), "externalId": .string(id),
      "triage": JSONValue(triage), "messages": .array(messages),
    ]
  }

  static let documents: [JSONValue] = [
    [
      "id": "ws", "kind": "workspace", "brand": "La Ravaude",
      "responsePolicies": [
        [
          "id": "p", "channels": ["fb"], "firstMinutesBusiness": 60,
          "hours": ["mon": [["from": "09:00", "to": "17:00"]], "fri": [["from": "09:00", "to": "17:00"]]],
        ]
      ],
    ],
    // Friday afternoon, three messages one after the other: one question, answered on Monday.
    conversation(
      "a", "fb", "to-answer",
      [
        message("1", "A", "2026-11-13T16:00"), message("2", "A", "2026-11-13T16:05"),
        message("3", "La Ravaude", "2026-11-16T09:30"), message("4", "A", "2026-11-16T10:00"),
      ]),
    conversation("b", "fb", "closed", [message("1", "B", "2026-11-16T10:00")]),
    conversation(
      "c", "ig", "closed",
      [message("1", "C", "2026-11-16T10:00"), message("2", "La Ravaude", "2026-11-16T10:20")]),
  ]

  @Test func aQuestionIsWhatOnePersonSaidBeforeTheAnswer() throws {
    let room = try DeskRoom(Self.documents)
    let coverage = InboxCoverage(of: room.states, zone: .utc)
    let rows = coverage.rows.map { row in
      "\(row.channel) \(row.week) \(row.figures.answered)/\(row.figures.received) +\(row.figures.putAside)"
    }
    #expect(rows == ["fb 2026-W46 1/1 +0", "fb 2026-W47 0/1 +1", "ig 2026-W47 1/1 +0"])
    #expect(coverage.total.percent == 66)
    let first = try #require(coverage.rows.first?.figures)
    // In UTC it was 21:00 on Friday and 14:30 on Monday: five and a half of the hours, all of them on Monday.
    #expect(first.calendar(percentile: 50) == 65 * 3600 + 1800)
    #expect(first.business(percentile: 50) == 5 * 3600 + 1800)
    #expect(coverage.rows.last?.figures.business(percentile: 50) == nil)
  }

  @Test func onlyTheDaysAskedForAreCounted() throws {
    let room = try DeskRoom(Self.documents)
    let monday = try #require(CivilDate("2026-11-16"))
    #expect(InboxCoverage(of: room.states, zone: .utc, from: monday).total.received == 2)
    let sunday = try #require(CivilDate("2026-11-15"))
    #expect(InboxCoverage(of: room.states, zone: .utc, to: sunday).total.received == 1)
    #expect(InboxCoverage(of: room.states, zone: .utc, to: CivilDate("2026-11-01")).total.percent == nil)
  }

  @Test(arguments: [
    ("2026-11-16", "2026-W47"), ("2026-11-22", "2026-W47"), ("2027-01-03", "2026-W53"),
    ("2027-01-04", "2027-W01"), ("2024-12-30", "2025-W01"), ("2021-01-03", "2020-W53"),
  ])
  func weeksAreThoseOfISO8601(_ date: String, _ week: String) throws {
    #expect(InboxCoverage.Week(of: try #require(CivilDate(date))).description == week)
  }

  /// The definition, word for word: the smallest value such that at least so many percent of all are not larger.
  @Test func percentilesAreThoseOfTheDefinition() {
    var random = SeededRandom(seed: 3)
    for count in 0..<60 {
      let values = (0..<count).map { _ in Int(random.next() % 20) }
      for percent in [1, 25, 50, 90, 99, 100] {
        let naive = values.filter { value in
          values.count { $0 <= value } * 100 >= percent * values.count
        }.min()
        #expect(nearestRank(percent, of: values) == naive, "\(percent) of \(values)")
      }
    }
  }
}
