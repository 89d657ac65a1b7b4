import Documents
import JSONTree
import ObjectModel
import Testing
import Wording

@testable import EditorialChecks

/// Levels of approval for which there are not enough people.
@Suite struct UnreachableLevelTests {
  @Test(arguments: [
    ("direction", "any", 0, false), ("direction", "all", 0, false), ("direction", "count", 2, false),
    ("direction", "count", 3, true), ("juridique", "any", 0, true), ("juridique", "all", 0, true),
    // Has the role, and may not approve anywhere.
    ("client", "any", 0, true),
  ])
  func isNamed(_ role: String, _ need: String, _ count: Int, _ isFound: Bool) throws {
    let settings = try SampleDocuments.make(
      "workspace", "ligne.json",
      [
        "formatVersion": 1, "mergeRulesVersion": 1, "brand": "R", "languages": ["fr-CA"],
        "timeZone": "America/Toronto",
        "workflow": [
          "preset": "multi-level",
          "levels": [
            [
              "id": "n", "role": JSONValue(role), "need": JSONValue(need),
              "count": .number(JSONNumber(max(count, 1))),
            ]
          ],
        ],
      ])
    let team = try SampleDocuments.make(
      "team", "team.json",
      [
        "members": [
          ["id": "ana", "name": "Ana", "roles": ["direction"], "rights": ["*": ["approve"]]],
          ["id": "leo", "name": "Léo", "roles": ["direction"], "rights": ["fb": ["approve"]]],
          ["id": "zoe", "name": "Zoé", "roles": ["client"], "rights": ["*": ["write"]]],
        ]
      ])
    let channels = try SampleDocuments.make(
      "channels", "channels.json", ["channels": [["id": "fb", "platform": "facebook", "handle": "r"]]])
    let findings = check(
      DocumentCollection([settings, team, channels]), at: Instant(secondsSince1970: 1_795_000_000)
    ).filter { $0.rule == "unreachable-level" }
    #expect(findings.map(\.pointer.description) == (isFound ? ["/workflow/levels/@n"] : []))
  }
}
