import EditorialChecks
import JSONTree
import Testing
import Wording

/// A word twice in a row is a slip; what French and English double on purpose is not.
@Suite struct RepetitionRuleTests {
  static let cases: [(text: String, found: [String])] = [
    ("Le le bus, de  de loin.", ["Le le", "de  de"]),
    ("Vous vous demandez si nous nous trompons; très très loin, 12 12 fois, miam miam.", []),
    ("Non. Non, oui, oui.", []),
    ("Fin\nfin de ligne", []),
    ("le le le", ["le le"]),
    ("he had had that that", []),
    ("E\u{301}te\u{301} été", ["E\u{301}te\u{301} été"]),
    ("jusqu’à jusqu'à", ["jusqu’à jusqu'à"]),
  ]

  @Test(arguments: cases) func finds(_ text: String, _ found: [String]) throws {
    let rule = try RepetitionRule(parameters: ["allow": ["miam"]])
    #expect(try Fixtures.found(by: rule, in: text) == found)
  }
}
