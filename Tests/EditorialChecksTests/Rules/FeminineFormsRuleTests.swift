import EditorialChecks
import JSONTree
import Testing
import Wording

/// A masculine plural without its feminine in the same sentence is named; one person is not.
@Suite struct FeminineFormsRuleTests {
  static let cases: [(text: String, found: [String])] = [
    ("Les réparateurs arrivent.", ["réparateurs"]),
    ("Les réparatrices et réparateurs arrivent.", []),
    ("Une réparatrice ou des réparateurs.", []),
    ("Les voisines arrivent. Les voisins aussi.", ["voisins"]),
    ("Aurèle est réparateur.", []),
  ]

  @Test(arguments: cases) func finds(_ text: String, _ found: [String]) throws {
    let rule = try FeminineFormsRule(parameters: [
      "forms": ["réparateur": "réparatrice", "voisin": "voisine"]
    ])
    #expect(try Fixtures.found(by: rule, in: text) == found)
  }

  @Test func theFullDoubletIsSuggestedTheFeminineFirst() throws {
    let rule = try FeminineFormsRule(parameters: ["forms": ["réparateur": "réparatrice"]])
    #expect(try Fixtures.suggested(by: rule, in: "Réparateurs!") == ["Réparatrices et réparateurs"])
  }
}
