import EditorialChecks
import JSONTree
import Testing
import Wording

/// What is too much is shown from the first one beyond the limit; too little is said of the whole text.
@Suite struct OccurrenceRuleTests {
  static let cases: [(text: String, found: [String])] = [
    ("Un!", []),
    ("Un! Deux! Trois!", ["!"]),
    ("", []),
  ]

  @Test(arguments: cases) func finds(_ text: String, _ found: [String]) throws {
    let rule = try OccurrenceRule(parameters: ["tokens": ["!"], "max": 1])
    #expect(try Fixtures.found(by: rule, in: text) == found)
  }

  @Test(arguments: [
    ("🧤 et 🧶", []), ("🧤🧶☕", ["☕"]), ("👩🏽‍🔧 👩🏽‍🔧 🇨🇦", ["🇨🇦"]), ("❤️ ☀️ 1️⃣", ["1️⃣"]), ("© 3 # ™ 12 *", []),
  ])
  func countsAnEmojiWithItsJoinersAsOne(_ text: String, _ found: [String]) throws {
    let rule = try OccurrenceRule(parameters: ["class": "emoji", "max": 2])
    #expect(try Fixtures.found(by: rule, in: text) == found)
  }

  @Test(arguments: [("Rien.", ["…"]), ("Voici #Un mot-clic.", []), ("", [])])
  func asksForALeast(_ text: String, _ found: [String]) throws {
    let rule = try OccurrenceRule(parameters: ["patterns": ["#[^ ]"], "min": 1])
    #expect(try Fixtures.found(by: rule, in: text) == found)
  }

  static let refused: [(parameters: JSONValue, pointer: JSONPointer)] = [
    (["tokens": ["!"]], "/parameters"),
    (["max": 1], "/parameters"),
    (["tokens": ["!"], "max": -1], "/parameters/max"),
    (["tokens": ["!"], "max": 1, "min": 2], "/parameters/min"),
    (["class": "smiley", "max": 1], "/parameters/class"),
  ]

  @Test(arguments: refused) func saysWhereTheParametersAreWrong(
    _ parameters: JSONValue, _ pointer: JSONPointer
  ) throws {
    let problem = #expect(throws: RuleProblem.self) { try OccurrenceRule(parameters: parameters) }
    #expect(problem?.pointer == pointer)
  }
}
