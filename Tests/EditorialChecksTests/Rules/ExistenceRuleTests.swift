import EditorialChecks
import JSONTree
import Testing
import Wording

/// Words are found whole, in any case and however their accents were typed; signs are found anywhere.
@Suite struct ExistenceRuleTests {
  static let cases: [(text: String, found: [String])] = [
    ("Un live, deux Live.", ["live", "Live"]),
    ("Olive, livelier, live-tweet, #live, @live, https://x.example/live", []),
    ("l’live de d’LIVE", ["live", "LIVE"]),
    ("Le live du lundi reste.", []),
    ("L’été, ÉTÉ et e\u{301}te\u{301}; ete non.", ["été", "ÉTÉ", "e\u{301}te\u{301}"]),
    ("Cœur ou coeur.", ["Cœur", "coeur"]),
    (
      "Un four\u{A0}à\u{A0}micro-ondes, un four  à micro‑ondes",
      ["four\u{A0}à\u{A0}micro-ondes", "four  à micro‑ondes"]
    ),
    ("Oui!!! Non!", ["!!"]),
    ("En 2026, 12345 fois.", ["2026", "12345"]),
    ("", []),
  ]

  @Test(arguments: cases) func finds(_ text: String, _ found: [String]) throws {
    let rule = try ExistenceRule(parameters: [
      "tokens": ["live", "été", "cœur", "four à micro-ondes", "!!"], "patterns": ["[0-9]{4,}"],
      "exceptions": ["live du lundi"],
    ])
    #expect(try Fixtures.found(by: rule, in: text) == found)
  }

  @Test func wordsOfALineAreThoseOfItsLanguage() throws {
    let rule = try ExistenceRule(parameters: ["tokens": ["live", "!!"], "language": "fr-CA"])
    #expect(try Fixtures.found(by: rule, in: "We live here!!", language: "en-CA") == ["!!"])
    #expect(try Fixtures.found(by: rule, in: "En live!!", language: "fr-FR") == ["live", "!!"])
  }

  static let refused: [(parameters: JSONValue, pointer: JSONPointer)] = [
    ([:], "/parameters"),
    ("mot", "/parameters"),
    (["tokens": 3], "/parameters/tokens"),
    (["tokens": ["a", ""]], "/parameters/tokens/1"),
    (["patterns": ["("]], "/parameters/patterns/0"),
    (["patterns": "("], "/parameters/patterns"),
    (["token": ["a"]], "/parameters/token"),
    (["tokens": ["a"], "ignoreCase": 1], "/parameters/ignoreCase"),
  ]

  @Test(arguments: refused) func saysWhereTheParametersAreWrong(
    _ parameters: JSONValue, _ pointer: JSONPointer
  ) throws {
    let problem = #expect(throws: RuleProblem.self) { try ExistenceRule(parameters: parameters) }
    #expect(problem?.pointer == pointer)
  }
}
