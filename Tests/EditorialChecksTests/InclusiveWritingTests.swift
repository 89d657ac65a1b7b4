import Documents
import EditorialChecks
import JSONTree
import Testing

/// Inclusive writing: the house's convention, and no other beside it.
@Suite struct InclusiveWritingTests {
  /// In a house that writes full doublets.
  static let doublets = [
    RuleCase("Les étudiant-e-s arrivent.", "4 [étudiant-e-s] → [étudiantes et étudiants]"),
    RuleCase("Les étudiant(e)s arrivent.", "4 [étudiant(e)s] → [étudiantes et étudiants]"),
    RuleCase("Les étudiant[e]s arrivent.", "4 [étudiant[e]s] → [étudiantes et étudiants]"),
    RuleCase("Les étudiant·e·s arrivent.", "4 [étudiant·e·s] → [étudiantes et étudiants]"),
    RuleCase("Les étudiant•es arrivent.", "4 [étudiant•es] → [étudiantes et étudiants]"),
    RuleCase("Les étudiant.e.s arrivent.", "4 [étudiant.e.s] → [étudiantes et étudiants]"),
    RuleCase("Les étudiantEs arrivent.", "4 [étudiantEs] → [étudiantes et étudiants]"),
    RuleCase("Un étudiant-e arrive.", "3 [étudiant-e]"),
    RuleCase(
      "Les réparateur(-trice)s vous attendent.", "4 [réparateur(-trice)s] → [réparatrices et réparateurs]"),
    RuleCase("Les potentiel-le-s utilisatrices", "4 [potentiel-le-s] → [potentielles et potentiels]"),
    RuleCase("Les étudiantes et les étudiants sont là, toutes et tous."),
    RuleCase("L’équipe vous attend."),
  ]

  @Test(arguments: doublets) func findsWhatIsShortened(_ c: RuleCase) throws {
    #expect(try c.found(by: InclusiveWriting(parameters: ["convention": "doublet"])) == c.places)
  }

  /// Ordinary French that looks like a shortened doublet.
  static let ordinary = [
    RuleCase("Est-elle venue? Donne-le, prends-les, dit-elle, va-t-elle, parle-t-il, a-t-elle."),
    RuleCase("La ou les carte(s), le(s) document(s), f(e), (e)"),
    RuleCase("Celle-ci, elle-même, grand-mère, peut-être, bien-être, vingt-et-un, Sainte-Anne-de-la-Pérade"),
    RuleCase("10 km/h, et/ou, il/elle, 24/7, c/o"),
    RuleCase("Il arrive.Elle part. www.exemple.ca/e site.exemple.es"),
    RuleCase("Un iPhone, du WiFi, la SAQ, des URLs"),
    RuleCase("Dites-le-moi, allez-y, asseyez-vous, qu’est-ce"),
    RuleCase("Une ville (le chef-lieu) et (se) reposer [te]"),
  ]

  @Test(arguments: ordinary, ["neutral", "doublet", "parentheses", "hyphen", "middle-dot"])
  func leavesOrdinaryFrenchAlone(_ c: RuleCase, _ convention: String) throws {
    #expect(try c.found(by: InclusiveWriting(parameters: ["convention": JSONValue(convention)])) == [])
  }

  @Test(arguments: [
    ("parentheses", "étudiant-e-s", "étudiant(e)s"), ("brackets", "étudiant-e-s", "étudiant[e]s"),
    ("hyphen", "étudiant·e·s", "étudiant-e-s"), ("middle-dot", "étudiant(e)s", "étudiant·e·s"),
    ("hyphen", "lecteur(trice)", "lecteur-trice"),
  ]) func offersTheConventionOfTheHouse(_ convention: String, _ written: String, _ offered: String) throws {
    let rule = try InclusiveWriting(parameters: ["convention": JSONValue(convention)])
    let match = try #require(rule.matches(in: try SampleDocuments.text("Les \(written) ici")).first)
    #expect(match.suggestion == Finding.Suggestion(offered, isSafe: false))
    #expect(rule.matches(in: try SampleDocuments.text("Les \(offered) ici")).isEmpty)
  }

  @Test func withoutAConventionTheFirstOfTheTextDecides() throws {
    let rule = try InclusiveWriting(parameters: nil)
    let mixed = RuleCase("Les étudiant-e-s et les voisin(e)s", "24 [voisin(e)s] → [voisin-e-s]")
    #expect(try mixed.found(by: rule) == mixed.places)
    #expect(try RuleCase("Les étudiant-e-s et les voisin-e-s").found(by: rule) == [])
  }

  @Test func fullDoubletsBesideShortenedOnesAreMixing() throws {
    let text = RuleCase("Les étudiant(e)s, les voisines et les voisins.")
    let strict = try InclusiveWriting(parameters: ["convention": "parentheses", "noMixing": true])
    #expect(try text.found(by: strict) == ["22 [voisines et les voisins]"])
    let calm = try InclusiveWriting(parameters: ["convention": "parentheses"])
    #expect(try text.found(by: calm) == [])
  }

  @Test func theGuidelineSaysWhatTheRuleDoesNot() {
    let line = Guideline(["inclusive": ["convention": "hyphen", "noMixing": true]])
    #expect(InclusiveWriting.parameters(nil, following: line) == ["convention": "hyphen", "noMixing": true])
    #expect(
      InclusiveWriting.parameters(["convention": "doublet", "noMixing": false], following: line)
        == ["convention": "doublet", "noMixing": false])
    #expect(InclusiveWriting.parameters(nil, following: Guideline([:])) == [:])
  }

  @Test func anUnknownConventionIsNamed() {
    #expect(throws: RuleProblem.self) { try InclusiveWriting(parameters: ["convention": "slash"]) }
  }
}
