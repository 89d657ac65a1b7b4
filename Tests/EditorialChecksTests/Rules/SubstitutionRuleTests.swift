import EditorialChecks
import JSONTree
import Testing
import Wording

/// Every word of the house’s list is named with the word to prefer.
@Suite struct SubstitutionRuleTests {
  static let cases: [(text: String, found: [String])] = [
    ("Un e-mail, le bon de commande.", ["e-mail", "bon de commande"]),
    ("Des e-mails et un mail.", []),
    ("L’e-mail direct. Voilà...", ["..."]),
    ("Un challenge", ["challenge"]),
  ]

  @Test(arguments: cases) func finds(_ text: String, _ found: [String]) throws {
    let rule = try SubstitutionRule(parameters: [
      "terms": ["e-mail": "courriel", "bon de commande": "fiche", "...": "…", "challenge": ""],
      "exceptions": ["e-mail direct"],
    ])
    #expect(try Fixtures.found(by: rule, in: text) == found)
  }

  @Test func theReplacementBeginsAsTheWordDid() throws {
    let rule = try SubstitutionRule(parameters: ["terms": ["e-mail": "courriel", "challenge": ""]])
    #expect(
      try Fixtures.suggested(by: rule, in: "E-mail, e-mail, challenge") == ["Courriel", "courriel", nil])
  }

  static let refused: [(parameters: JSONValue, pointer: JSONPointer)] = [
    ([:], "/parameters"),
    (["terms": ["a"]], "/parameters/terms"),
    (["terms": ["a": 1]], "/parameters/terms/a"),
    (["terms": ["a": "b"], "safe": "oui"], "/parameters/safe"),
  ]

  @Test(arguments: refused) func saysWhereTheParametersAreWrong(
    _ parameters: JSONValue, _ pointer: JSONPointer
  ) throws {
    let problem = #expect(throws: RuleProblem.self) { try SubstitutionRule(parameters: parameters) }
    #expect(problem?.pointer == pointer)
  }
}
