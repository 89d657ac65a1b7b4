import Documents
import EditorialChecks
import JSONTree
import Testing

/// Tu and vous: what speaks to somebody, and what only looks like it.
@Suite struct AddressTests {
  static let familiar = [
    RuleCase("Tu viens jeudi?", "0 [Tu]"),
    RuleCase("Apporte ta mitaine et vos questions.", "8 [ta]"),
    RuleCase("On t’attend avec tes outils et ton fil.", "3 [t]", "17 [tes]", "31 [ton]"),
    RuleCase("Inscris-toi ici", "0 [Inscris]", "8 [toi]"),
    RuleCase("Viens jeudi.", "0 [Viens]"),
    RuleCase("As-tu un fer? Veux-tu du fil?", "3 [tu]", "19 [tu]"),
    RuleCase("La tienne est prête, on te l’apporte.", "3 [tienne]", "24 [te]"),
    RuleCase("Change de ton fusible.", "10 [ton]"),
  ]

  @Test(arguments: familiar) func findsTuInAHouseThatSaysVous(_ c: RuleCase) throws {
    #expect(try c.found(by: Address(parameters: ["address": "vous"])) == c.places)
  }

  /// French in which nobody is called tu.
  static let ordinary = [
    RuleCase("Il s’est tu. Elle avait tu son nom, et tout s’était enfin tu."),
    RuleCase("Le ton monte, on change de ton, un ton grave, ton sur ton, sur le même ton."),
    RuleCase("Parle-t-il? Va-t-elle? Y a-t-il un fer?"),
    RuleCase("Elle a dit : « Tu viens? » et il a ri."),
    RuleCase("— Tu pars?\n— Demain.\nElle partit."),
    RuleCase("Un Te Deum, la TU, #Toi @toi https://exemple.ca/tu/toi"),
    RuleCase("Je viens, je fais, elle dit, il faut que je sois là; je mets."),
    RuleCase("Apportez vos questions; vous aurez du café."),
    RuleCase("Tiens, un bouton. Ta ta ta! Il faut qu’elle la tienne; je les tiens."),
  ]

  @Test(arguments: ordinary) func leavesOrdinaryFrenchAlone(_ c: RuleCase) throws {
    #expect(try c.found(by: Address(parameters: ["address": "vous"])) == [])
  }

  static let formal = [
    RuleCase("Vous êtes invitée jeudi.", "0 [Vous]"),
    RuleCase("Apporte-le vous-même.", "11 [vous]"),
    RuleCase("Quand vous serez vraiment prêts, venez."),
    RuleCase("Vous êtes déjà bienvenu chez nous.", "0 [Vous]"),
    RuleCase("Viens avec tes amis, vous aurez du plaisir; vous êtes invités, vous êtes des nôtres."),
    RuleCase("Merci à vous, et à vos familles. Faites-le vous-mêmes."),
  ]

  @Test(arguments: formal) func findsVousToOneInAHouseThatSaysTu(_ c: RuleCase) throws {
    #expect(try c.found(by: Address(parameters: ["address": "tu"])) == c.places)
  }

  @Test(arguments: familiar + ordinary + formal) func aHouseThatSaysBothHearsNothing(_ c: RuleCase) throws {
    #expect(try c.found(by: Address(parameters: ["address": "mixed"])) == [])
  }

  @Test func aChannelMaySayOtherwise() throws {
    let line = Guideline([
      "tone": ["address": "tu", "channels": ["linkedin": ["address": "vous"], "x": ["humour": 1]]]
    ])
    let rule = try Address(parameters: Address.parameters(nil, following: line))
    func found(on channel: JSONString?) throws -> Int {
      let text = CheckedText(
        "Tu viens?", in: try SampleDocuments.post([:]), at: "/body", channel: channel, language: "fr-CA")
      return rule.matches(in: text).count
    }
    #expect(try [found(on: nil), found(on: "x"), found(on: "linkedin")] == [0, 0, 1])
    #expect(Address.parameters(["address": "vous"], following: line)["address"] == "vous")
  }

  @Test func aRuleThatSaysNeitherIsNamed() {
    #expect(throws: RuleProblem.self) { try Address(parameters: nil) }
    #expect(throws: RuleProblem.self) { try Address(parameters: ["address": "on"]) }
  }
}
