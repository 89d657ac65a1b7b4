import Testing
import Wording

@Suite struct LanguageTests {
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var environment: [String: String]
    var language: Language

    init(_ name: String, _ environment: [String: String], _ language: Language) {
      (testDescription, self.environment, self.language) = (name, environment, language)
    }
  }

  static let cases = [
    Case("nothing set", [:], .english),
    Case("a French locale", ["LANG": "fr_CA.UTF-8"], .french),
    Case("an English locale", ["LANG": "en_CA.UTF-8"], .english),
    Case("a locale of neither", ["LANG": "de_DE.UTF-8"], .english),
    Case("a language that only begins like French", ["LANG": "frr_DE"], .english),
    Case("LC_MESSAGES before LANG", ["LC_MESSAGES": "fr_FR", "LANG": "en_US"], .french),
    Case("LC_ALL before LC_MESSAGES", ["LC_ALL": "C", "LC_MESSAGES": "fr_FR"], .english),
    Case("an empty variable is not set", ["LC_ALL": "", "LANG": "fr"], .french),
    Case("LIGNE_LANG before the locale", ["LIGNE_LANG": "fr", "LC_ALL": "en_CA.UTF-8"], .french),
    Case("LIGNE_LANG in capitals, with a country", ["LIGNE_LANG": "FR-ca"], .french),
    Case("LIGNE_LANG says en", ["LIGNE_LANG": "en", "LANG": "fr_CA.UTF-8"], .english),
    Case("LIGNE_LANG names a language Ligne does not speak", ["LIGNE_LANG": "de", "LANG": "fr_CA"], .french),
  ]

  @Test(arguments: cases) func isChosenBy(_ c: Case) {
    #expect(Language.current(environment: c.environment) == c.language)
  }
}

@Suite struct CountingTests {
  @Test(arguments: [
    (0, "0\u{A0}champ", "0 fields"), (1, "1\u{A0}champ", "1 field"), (2, "2\u{A0}champs", "2 fields"),
    (999, "999\u{A0}champs", "999 fields"), (1000, "1\u{A0}000\u{A0}champs", "1,000 fields"),
    (1_234_567, "1\u{A0}234\u{A0}567\u{A0}champs", "1,234,567 fields"),
    (-1, "-1\u{A0}champ", "-1 field"), (-12_345, "-12\u{A0}345\u{A0}champs", "-12,345 fields"),
  ])
  func agreesWithTheNumber(_ count: Int, french: String, english: String) {
    let noun = CountedNoun(fr: ("champ", "champs"), en: ("field", "fields"))
    #expect(noun.counted(count) == Sentence(fr: french, en: english))
  }

  @Test func theSmallestIntegerIsANumberToo() {
    #expect(Language.english.number(.min) == "-9,223,372,036,854,775,808")
  }

  @Test(arguments: [
    ([], "", ""), (["Ana"], "Ana", "Ana"), (["Ana", "Léo"], "Ana et Léo", "Ana and Léo"),
    (["Ana", "Léo", "Zoé"], "Ana, Léo et Zoé", "Ana, Léo and Zoé"),
  ])
  func namesSeveralThings(_ items: [String], french: String, english: String) {
    #expect(Language.french.listing(items) == french)
    #expect(Language.english.listing(items) == english)
  }

  @Test func quotesInTheMannerOfTheLanguage() {
    #expect(Sentence.quoting("mot") == Sentence(fr: "«\u{A0}mot\u{A0}»", en: "“mot”"))
  }
}
