import Documents
import EditorialDesk
import EditorialReview
import JSONTree
import ObjectModel
import Testing
import Wording

/// What a month was, in figures.
@Suite(.enabled(if: Zones.isThere)) struct MonthReviewTests {
  static let workspace: JSONValue = [
    "id": "w", "kind": "workspace", "brand": "La Ravaude",
    "indicators": [
      ["id": "answers", "name": "Answers", "unit": "%", "target": 100],
      ["id": "repaired", "name": "Repaired"],
    ],
  ]

  static func metrics(
    _ id: JSONString, _ at: String, _ number: JSONValue, about subject: JSONString = "w",
    window: String? = nil
  ) -> JSONValue {
    var object: JSONObject = [
      "id": .string(id), "kind": "metrics", "subject": .string(subject), "source": "export",
      "takenAt": JSONValue(at),
      "values": ["answers": number],
    ]
    object["window"] = window.map { JSONValue($0) }
    return .object(object)
  }

  static func publication(
    _ id: JSONString, of post: JSONString, _ at: String, _ nature: String = "publication",
    on channel: JSONString = "fb"
  ) -> JSONValue {
    [
      "id": .string(id), "kind": "publication", "post": .string(post), "channel": .string(channel),
      "at": JSONValue(at), "nature": JSONValue(nature), "by": "ana", "contentHash": "",
    ]
  }

  static func review(_ month: String, _ values: [JSONValue], at now: Instant = DeskRoom.now) throws
    -> MonthReview
  {
    let room = try DeskRoom(values + [CalendarTests.channels], at: now)
    return MonthReview(
      of: try #require(CivilDate(month)), room.states, clocks: try Zones.rules("America/Toronto"))
  }

  @Test func theLastReadingOfAMonthCountsWithItsSource() throws {
    let review = try Self.review(
      "2026-11-15",
      [
        Self.workspace, Self.metrics("b", "2026-11-05T10:00:00-05:00", 90),
        Self.metrics("a", "2026-11-20T10:00:00-05:00", .number(JSONNumber(unchecked: "95.5"))),
        // The night of the last day, by the clocks of the brand.
        Self.metrics("c", "2026-11-01T03:30:00Z", 80),
        // Taken on the first, for the time before it; without a window it is one of its own month.
        Self.metrics("d", "2026-10-01T08:00:00-04:00", 70, window: "P1M"),
        Self.metrics("e", "2026-08-01T08:00:00-04:00", 60),
        // About something else.
        Self.metrics("f", "2026-11-25T10:00:00-05:00", 1, about: "post"),
      ])
    let series = try #require(review.indicators.first)
    let months = series.readings.map { "\($0.month.description.prefix(7)) \($0.number)" }
    #expect(months == ["2026-08 60", "2026-09 70", "2026-10 80", "2026-11 95.5"])
    #expect(series.reading(of: review.month)?.source == "export")
    #expect(review.indicators.map(\.indicator.name) == ["Answers", "Repaired"])
    #expect(review.indicators[1].readings.isEmpty)
  }

  @Test func whatWentOutIsCountedByChannelPillarAndNature() throws {
    func post(_ id: JSONString, _ pillar: String, _ at: String?) -> JSONValue {
      guard case .object(var object) = CalendarTests.post(id, at) else { return .null }
      object["pillar"] = JSONValue(pillar)
      object["nature"] = "original"
      return .object(object)
    }
    let guideline: JSONValue = [
      "id": "g", "kind": "guideline", "title": "g",
      "pillars": [
        "craft": .number(JSONNumber(unchecked: "0.6")), "people": .number(JSONNumber(unchecked: "0.4")),
      ],
    ]
    let review = try Self.review(
      "2026-11-01",
      [
        Self.workspace, guideline, post("p", "craft", "2026-11-10T09:00:00-05:00"), post("q", "other", nil),
        post("missed", "craft", "2026-11-12T09:00:00-05:00"),
        post("later", "craft", "2026-12-12T09:00:00-05:00"),
        Self.publication("1", of: "p", "2026-11-10T09:05:00-05:00"),
        Self.publication("2", of: "p", "2026-11-11T09:05:00-05:00", "correction"),
        Self.publication("3", of: "q", "2026-11-30T23:30:00-05:00", on: "ig"),
        Self.publication("4", of: "q", "2026-12-01T00:30:00-05:00", "withdrawal", on: "ig"),
        // An answer that was sent is no post.
        ["id": "r", "kind": "reply", "body": "b"],
        Self.publication("5", of: "r", "2026-11-10T09:05:00-05:00"),
      ], at: try #require(Instant(rfc3339: "2026-11-30T23:59:00-05:00")))
    #expect(
      review.outings.map { "\($0.at.date) \($0.channel.text) \($0.title) \($0.nature)" } == [
        "2026-11-10 fb p publication", "2026-11-11 fb p correction", "2026-11-30 ig q publication",
      ])
    let channels = review.channels.map {
      "\($0.channel.text) \($0.published) \($0.corrected) \($0.withdrawn) \($0.missed)"
    }
    // Without an approval that is asked for, what has a time is ready; nothing was missed but what nobody sent.
    #expect(channels == ["fb 1 1 0 0", "ig 1 0 0 0"])
    #expect(
      review.pillars.map { "\($0.pillar) \($0.count) \($0.wanted?.text ?? "-")" } == [
        "craft 1 0.6", "other 1 -", "people 0 0.4",
      ])
    #expect(review.natures.map { "\($0.nature) \($0.count)" } == ["original 2"])
    #expect(review.planned == 1)
  }

  @Test func aCrisisBelongsToEachMonthItWasOpenIn() throws {
    func crisis(_ id: JSONString, _ from: String, _ to: String?) -> JSONValue {
      var object: JSONObject = [
        "id": .string(id), "kind": "crisis-activation", "title": .string(id), "level": "1",
        "state": JSONValue(to == nil ? "active" : "closed"), "declaredAt": JSONValue(from),
      ]
      object["closedAt"] = to.map { JSONValue($0) }
      return .object(object)
    }
    let all = [
      crisis("over", "2026-09-01T08:00:00-04:00", "2026-10-31T23:00:00-04:00"),
      crisis("across", "2026-10-30T08:00:00-04:00", "2026-11-02T08:00:00-05:00"),
      crisis("open", "2026-09-02T08:00:00-04:00", nil), crisis("later", "2026-12-01T00:00:00-05:00", nil),
    ]
    #expect(try Self.review("2026-11-01", all).crises.map(\.id) == ["open", "across"])
  }
}
