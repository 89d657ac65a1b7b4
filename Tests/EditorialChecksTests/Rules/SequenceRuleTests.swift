import EditorialChecks
import JSONTree
import Testing
import Wording

/// One thing followed by another within so many words of the same sentence.
@Suite struct SequenceRuleTests {
  static let cases: [(text: String, found: [String])] = [
    ("Nous sommes heureux.", ["Nous sommes heureux"]),
    ("Nous sommes vraiment très fiers.", ["Nous sommes vraiment très fiers"]),
    ("Nous sommes ici, chez nous, et heureux.", []),
    ("Nous sommes là. Heureux?", []),
    ("Heureux, nous sommes.", []),
  ]

  @Test(arguments: cases) func finds(_ text: String, _ found: [String]) throws {
    let rule = try SequenceRule(parameters: [
      "first": ["nous sommes"], "then": ["heureux", "fiers"], "within": 2,
    ])
    #expect(try Fixtures.found(by: rule, in: text) == found)
  }
}
