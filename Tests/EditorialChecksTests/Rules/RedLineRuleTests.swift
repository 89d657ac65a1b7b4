import EditorialChecks
import JSONTree
import Testing
import Wording

/// Red lines are found in the singular and the plural.
@Suite struct RedLineRuleTests {
  static let cases: [(text: String, found: [String])] = [
    ("Un accident, des accidents.", ["accident", "accidents"]),
    ("Les batteries gonflées", ["batteries gonflées"]),
    ("Des fours à micro-ondes", ["fours à micro-ondes"]),
    ("Des avis médicaux", ["avis médicaux"]),
    ("Accidentel", []),
  ]

  @Test(arguments: cases) func finds(_ text: String, _ found: [String]) throws {
    let rule = try RedLineRule(parameters: [
      "tokens": ["accident", "batterie gonflée", "four à micro-ondes", "avis médical"]
    ])
    #expect(try Fixtures.found(by: rule, in: text) == found)
  }
}
