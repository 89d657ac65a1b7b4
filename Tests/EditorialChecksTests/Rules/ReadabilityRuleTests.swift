import EditorialChecks
import JSONTree
import Testing
import Wording

/// Measures say which of two texts is harder, and nothing of texts too short to be measured.
@Suite struct ReadabilityRuleTests {
  static let easy = """
    On ouvre à neuf heures. Le café est prêt. On pose la lampe sur la table et on la regarde. Si le fil est brûlé, on \
    le change. Vous tenez la pince, on tient le fil. Puis on allume.
    """
  static let hard = """
    L’institutionnalisation progressive des mécanismes participatifs intercommunautaires conditionne inévitablement \
    l’appropriation collective des infrastructures, tandis que la mutualisation instrumentale favorise \
    l’opérationnalisation des interdépendances organisationnelles et l’intensification communicationnelle.
    """

  @Test(
    arguments: [
      (easy, "fr-CA", ["min": 60], false), (hard, "fr-CA", ["min": 60, "words": 20], true),
      (hard, "fr-CA", ["min": 60, "words": 80], false),
      (easy, "fr-CA", ["measure": "lix", "max": 30], false),
      (hard, "fr-CA", ["measure": "lix", "max": 60, "words": 20], true),
      (easy, "de", ["min": 60], false),
    ] as [(String, String, JSONValue, Bool)])
  func tellsHardFromEasy(_ text: String, _ language: String, _ parameters: JSONValue, _ isTooHard: Bool)
    throws
  {
    let found = try Fixtures.found(by: ReadabilityRule(parameters: parameters), in: text, language: language)
    #expect(found == (isTooHard ? ["…"] : []))
  }

  /// 14 words and 14 syllables in 2 sentences: 207 - 1.015 × 7 - 73.6 = 126 (French), 206.835 - 7.105 - 84.6 = 115.
  @Test func countsAsTheFormulaSays() throws {
    let text = "Le chat dort sur le lit bleu. Le chien court dans le pré vert."
    let french = try ReadabilityRule(parameters: ["min": 200, "words": 1]).matches(in: Fixtures.text(text))
    #expect(french.first?.message?.french.contains("126") == true)
    let english = try ReadabilityRule(parameters: ["measure": "flesch", "min": 200, "words": 1])
      .matches(
        in: Fixtures.text("The cat sleeps on the blue bed. The dog runs in the green field.", language: "en"))
    #expect(english.first?.message?.english.contains("115") == true)
  }
}
