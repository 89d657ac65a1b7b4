import EditorialChecks
import JSONTree
import Testing
import Wording

/// Texts, sentences and paragraphs are counted in words, sentences or characters.
@Suite struct LengthRuleTests {
  static let cases: [(parameters: JSONValue, text: String, found: [String])] = [
    (["max": 3], "Un deux trois", []),
    (["max": 3], "Un deux trois quatre", ["…"]),
    (["max": 2], "L’hiver aujourd’hui, café-réparation", ["…"]),
    (["min": 2], "Un", ["…"]),
    (["min": 2], "", []),
    (
      ["unit": "words", "per": "sentence", "max": 3], "Un deux. Un deux trois quatre! Un.",
      ["Un deux trois quatre!"]
    ),
    (
      ["unit": "words", "per": "paragraph", "max": 3], "Un deux.\n\n Un deux trois quatre \nUn.",
      ["Un deux trois quatre"]
    ),
    (["unit": "sentences", "max": 1], "M. Roy arrive. Il dort.", ["…"]),
    (["unit": "sentences", "max": 1], "Voir p. ex. la page… et la suite.", []),
    (["unit": "characters", "max": 3], "e\u{301}👩🏽‍🔧a", []),
    (["unit": "characters", "max": 2], "abc", ["…"]),
  ]

  @Test(arguments: cases) func finds(_ parameters: JSONValue, _ text: String, _ found: [String]) throws {
    #expect(try Fixtures.found(by: LengthRule(parameters: parameters), in: text) == found)
  }

  static let refused: [(parameters: JSONValue, pointer: JSONPointer)] = [
    ([:], "/parameters"),
    (["max": "3"], "/parameters/max"),
    (["unit": "pages", "max": 3], "/parameters/unit"),
    (["max": 3, "min": 4], "/parameters/min"),
  ]

  @Test(arguments: refused) func saysWhereTheParametersAreWrong(
    _ parameters: JSONValue, _ pointer: JSONPointer
  ) throws {
    let problem = #expect(throws: RuleProblem.self) { try LengthRule(parameters: parameters) }
    #expect(problem?.pointer == pointer)
  }
}
