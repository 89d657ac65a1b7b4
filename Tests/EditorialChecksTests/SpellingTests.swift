import EditorialChecks
import JSONTree
import Testing

/// Spelling: which words are asked about, and what is made of the answers.
@Suite struct SpellingTests {
  static let words: [(text: String, language: String, asked: Set<String>)] = [
    ("L’eau qu’on boit aujourd’hui", "fr-CA", ["eau", "on", "boit", "aujourd’hui", "aujourd", "hui"]),
    ("Donne-le-moi, va-t-en, a-t-elle", "fr-CA", ["donne", "Donne", "va"]),
    ("un grille-pain", "fr-CA", ["un", "grille-pain", "grille", "pain"]),
    ("Il voit Mahée à Rivière-aux-Cenelles", "fr-CA", ["il", "Il", "voit"]),
    ("la SAQ, un iPhone, 3e, B12, x", "fr-CA", ["la", "un"]),
    ("#Communaté @communaté https://exemple.ca/communaté et `communaté`", "fr-CA", ["et"]),
    ("The mill’s door", "en-CA", ["the", "The", "mill", "door"]),
    ("Voyez laravaude.example/bilan, notes.txt et {lieu}", "fr-CA", ["voyez", "Voyez", "et"]),
    ("Les réparateur(-trice)s", "fr-CA", ["les", "Les"]),
    ("Bon. Ensuite, l’Église", "fr-CA", ["bon", "Bon", "ensuite", "Ensuite"]),
  ]

  @Test(arguments: words) func asksAboutWordsOnly(_ text: String, _ language: String, _ asked: Set<String>)
    throws
  {
    #expect(try Spelling(parameters: nil).words(in: SampleDocuments.text(text, language: language)) == asked)
  }

  static let answers = SpellingAnswers(unknown: [
    "fr-CA": [
      "communaté": ["communauté"], "mahée": [], "Mahée": [], "noëlla": [], "Communaté": [], "grille-pain": [],
      "contentu": ["content", "contenu"],
    ]
  ])

  static func rule(_ names: String...) throws -> Spelling {
    try Spelling(parameters: nil).asking(answers, properNames: names)
  }

  static let cases = [
    RuleCase("Notre communaté grandit.", "6 [communaté] → [communauté]"),
    RuleCase("L’contentu du jour", "2 [contentu] → [content]"),
    RuleCase("Communaté de gens", "0 [Communaté] → [Communauté]"),
    RuleCase("Un grille-pain neuf"),
    RuleCase("Mahée répare; elle aime Mahée.", "0 [Mahée]"),
    RuleCase("Noëlla répare."),
  ]

  @Test(arguments: cases) func findsWhatTheDictionaryDoesNotKnow(_ c: RuleCase) throws {
    #expect(try c.found(by: Self.rule()) == c.places)
  }

  @Test func namesOfTheBrandAreWords() throws {
    #expect(try RuleCase("Mahée et la communaté").found(by: Self.rule("Mahée Roy", "La communaté")) == [])
    let ignoring = try Spelling(parameters: ["ignore": ["communaté"]]).asking(Self.answers, properNames: [])
    #expect(try RuleCase("la communaté").found(by: ignoring) == [])
  }

  @Test func aCapitalAtTheBeginningIsASuggestionOnly() throws {
    let match = try #require(Self.rule().matches(in: SampleDocuments.text("Communaté")).first)
    #expect(match.level(under: .error) == .suggestion)
  }

  @Test func withoutADictionaryOfTheLanguageNothingIsFound() throws {
    #expect(try RuleCase("La communaté").found(by: Self.rule(), language: "es") == [])
    #expect(try RuleCase("La communaté").found(by: Spelling(parameters: nil)) == [])
  }

  @Test func aListThatIsNoneIsNamed() {
    #expect(throws: RuleProblem.self) { try Spelling(parameters: ["ignore": "mot"]) }
  }
}
