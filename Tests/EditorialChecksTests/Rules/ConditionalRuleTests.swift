import EditorialChecks
import JSONTree
import Testing
import Wording

/// Where one thing stands, the other has to.
@Suite struct ConditionalRuleTests {
  static let cases: [(text: String, found: [String])] = [
    ("Un concours jeudi.", ["concours"]),
    ("Tirage et concours.", ["Tirage"]),
    ("Un concours, voir le Règlement.", []),
    ("Rien.", []),
  ]

  @Test(arguments: cases) func finds(_ text: String, _ found: [String]) throws {
    let rule = try ConditionalRule(parameters: ["if": ["concours", "tirage"], "then": ["règlement"]])
    #expect(try Fixtures.found(by: rule, in: text) == found)
  }

  @Test func patternsDoAsWell() throws {
    let rule = try ConditionalRule(parameters: ["if": ["patterns": ["[0-9]+ %"]], "then": ["source"]])
    #expect(try Fixtures.found(by: rule, in: "Près de 40 % des gens") == ["40 %"])
    #expect(try Fixtures.found(by: rule, in: "Près de 40 % (source : ISQ)") == [])
  }

  static let refused: [(parameters: JSONValue, pointer: JSONPointer)] = [
    (["if": ["a"]], "/parameters"),
    (["if": ["a"], "then": [1]], "/parameters/then/0"),
    (["if": ["patterns": ["("]], "then": ["b"]], "/parameters/if/patterns/0"),
  ]

  @Test(arguments: refused) func saysWhereTheParametersAreWrong(
    _ parameters: JSONValue, _ pointer: JSONPointer
  ) throws {
    let problem = #expect(throws: RuleProblem.self) { try ConditionalRule(parameters: parameters) }
    #expect(problem?.pointer == pointer)
  }
}
