import Documents
import EditorialDesk
import EditorialReview
import JSONTree
import ObjectModel
import Testing
import Wording

/// What is planned, in the order of time.
@Suite struct ReleaseTests {
  static func post(_ id: JSONString, _ state: String, _ times: [JSONString: String?]) -> JSONValue {
    var variants = JSONObject()
    for (channel, at) in times {
      var variant: JSONObject = ["mode": "follows"]
      if let at { variant["schedule"] = ["at": JSONValue(at), "zone": "America/Toronto"] }
      variants[channel] = .object(variant)
    }
    return [
      "id": .string(id), "kind": "post", "title": .string(id), "state": JSONValue(state), "body": "b",
      "variants": .object(variants),
    ]
  }

  @Test func whatIsOutCancelledOrWithoutATimeIsNotPlanned() throws {
    let room = try DeskRoom([
      Self.post("late", "draft", ["x": "2026-12-02T09:00:00-05:00", "y": nil]),
      Self.post("gone", "cancelled", ["x": "2026-12-01T09:00:00-05:00"]),
      // Earlier than the first by its moment, though not by the look of it.
      Self.post("early", "draft", ["y": "2026-12-02T14:30:00+01:00", "x": "2026-12-02T08:30:00-05:00"]),
    ])
    let releases = room.states.plannedReleases
    #expect(releases.map { "\($0.document.id.text) \($0.channel.text)" } == ["early x", "early y", "late x"])
    #expect(releases.map(\.at.description).last == "2026-12-02T09:00:00-05:00")
  }
}
