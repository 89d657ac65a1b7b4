import EditorialChecks
import JSONTree
import Testing
import Wording

/// Words in capitals in a row shout; acronyms among other words do not.
@Suite struct CapitalisationRuleTests {
  static let cases: [(text: String, found: [String])] = [
    ("VENEZ TOUS JEUDI à la coop.", ["VENEZ TOUS JEUDI"]),
    ("La CSQ et la FTQ.", []),
    ("CSQ, FTQ", []),
    ("ON VOUS ATTEND À 18 H ICI!", ["ON VOUS ATTEND À 18 H ICI"]),
    ("ÉTÉ À LA PLAGE", ["ÉTÉ À LA PLAGE"]),
    ("Le #UN #DEUX #TROIS", []),
  ]

  @Test(arguments: cases) func finds(_ text: String, _ found: [String]) throws {
    let rule = try CapitalisationRule(parameters: ["style": "no-capitals", "words": 3])
    #expect(try Fixtures.found(by: rule, in: text) == found)
  }

  @Test func aTextBeginsWithACapital() throws {
    let rule = try CapitalisationRule(parameters: ["style": "sentence"])
    #expect(try Fixtures.suggested(by: rule, in: "« été » au quai") == ["É"])
    #expect(try Fixtures.suggested(by: rule, in: "Été au quai") == [])
    #expect(try Fixtures.suggested(by: rule, in: "12 mitaines") == [])
  }
}
