import EditorialChecks
import JSONTree
import Testing
import Wording

/// Names are written as the house writes them; of two spellings one text has one.
@Suite struct ConsistencyRuleTests {
  static let cases: [(text: String, found: [String])] = [
    ("La Ravaude, Philomène, Rivière-aux-Cenelles et L'Écho des Cenelles.", []),
    ("la Ravaude, PHILOMÈNE, Philome\u{300}ne", ["la Ravaude"]),
    ("Philomene et philomène", ["Philomene", "philomène"]),
    ("Riviere-aux-Cenelles, Rivière-Aux-Cenelles", ["Riviere-aux-Cenelles", "Rivière-Aux-Cenelles"]),
    ("Ce sera un hiver de mitaines; elle la ravaude.", []),
    ("Un Hiver de mitaines", ["Un Hiver de mitaines"]),
    ("La clé, la clef et la clef", ["clef", "clef"]),
    ("La clef, puis une Clé", ["Clé"]),
    ("Deux clefs", []),
    ("#Philomene @philomene", []),
  ]

  @Test(arguments: cases) func finds(_ text: String, _ found: [String]) throws {
    let rule = try ConsistencyRule(parameters: [
      "names": [
        "La Ravaude", "Philomène", "Rivière-aux-Cenelles", "Un hiver de mitaines", "L’Écho des Cenelles",
      ], "either": ["clé": "clef"],
    ])
    #expect(try Fixtures.found(by: rule, in: text) == found)
  }

  @Test func saysHowItIsWritten() throws {
    let rule = try ConsistencyRule(parameters: ["names": ["Philomène"], "either": ["clé": "clef"]])
    #expect(try Fixtures.suggested(by: rule, in: "Philomene a la clé. Clef?") == ["Philomène", "Clé"])
  }

  static let refused: [(parameters: JSONValue, pointer: JSONPointer)] = [
    ([:], "/parameters"),
    (["either": ["a"]], "/parameters/either"),
  ]

  @Test(arguments: refused) func saysWhereTheParametersAreWrong(
    _ parameters: JSONValue, _ pointer: JSONPointer
  ) throws {
    let problem = #expect(throws: RuleProblem.self) { try ConsistencyRule(parameters: parameters) }
    #expect(problem?.pointer == pointer)
  }
}
