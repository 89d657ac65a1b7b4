import Documents
import JSONTree
import ObjectModel
import TestSupport
import Testing

@testable import EditorialChecks

/// What words, sentences and addresses are.
@Suite struct TextTests {
  static let folds: [(left: String, right: String, accents: FoldedText.Accents, isSame: Bool)] = [
    ("ÉTÉ", "été", .kept, true),
    ("été", "e\u{301}te\u{301}", .kept, true),
    ("ÇÀ ÊTRE Ÿ ŒUVRE", "çà être ÿ oeuvre", .kept, true),
    ("ete", "été", .kept, false),
    ("ete", "ÉTÉ", .dropped, true),
    ("ete", "E\u{301}TE\u{301}", .dropped, true),
    ("l’eau", "l'eau", .kept, true),
    ("fin\u{A0}de\n  semaine", "fin de semaine", .kept, true),
    ("co\u{AD}op", "coop", .kept, true),
    ("ΑΒΓ Жук", "αβγ жук", .kept, true),
  ]

  @Test(arguments: folds)
  func foldsLikeAReader(_ left: String, _ right: String, _ accents: FoldedText.Accents, _ isSame: Bool) {
    #expect(
      (FoldedText(left, accents: accents).scalars == FoldedText(right, accents: accents).scalars) == isSame)
  }

  /// Folding makes room for that many, and ends the program where they are more.
  @Test func noSignBecomesMoreThanTwo() {
    let signs = ScalarClassesTests.everySign
    for accents in [FoldedText.Accents.kept, .dropped] {
      // Of two letters that one sign becomes, each comes from its place.
      let origins = FoldedText(signs, accents: accents).origins
      let odd = origins.indices.dropFirst(2).filter { origins[$0] == origins[$0 - 2] }
      #expect(odd.map { signs[origins[$0]] } == [])
    }
  }

  /// In these texts accents do not count, however they were typed, and belong to what was found.
  static let withoutAccents: [(text: String, name: String, found: [String])] = [
    ("À Étampes, etampes et E\u{301}tampes", "Etampes", ["Étampes", "etampes", "E\u{301}tampes"]),
    ("Cafe\u{301}, café-là, cafés", "café", ["Cafe\u{301}", "café"]),
    ("un\u{301}e cle\u{301}", "ne clé", []),
    (" \u{301}Léa", "lea", ["Léa"]),
    ("L’Île-aux-Noix", "ile-aux-noix", ["Île-aux-Noix"]),
    // What makes an emoji of a character is no letter.
    ("❤️-philomene", "Philomène", ["philomene"]),
    ("ligne™\u{FE0F}-box", "Ligne™", ["ligne™\u{FE0F}"]),
    ("la \u{FE0F} ravaude", "La Ravaude", ["la \u{FE0F} ravaude"]),
  ]

  @Test(arguments: withoutAccents)
  func accentsThatDoNotCountAreFound(_ text: String, _ name: String, _ found: [String]) throws {
    let kind = try #require(SchemaSet.builtIn.kind(named: Post.kind))
    let post = Document(path: try WorkspacePath("posts/a.json"), value: [:], kind: kind)
    let checked = CheckedText(text, in: post, at: "/body", language: "fr")
    let matches = PhraseMatcher([name], accents: .dropped).matches(in: checked)
    #expect(matches.map { Array(checked.text(in: $0.range).utf8) } == found.map { Array($0.utf8) })
  }

  /// A search passes over texts and words in which nothing can be. One for a sign as well can pass over none, and finds
  /// the same.
  @Test func nothingIsPassedOverThatIsFound() throws {
    let kind = try #require(SchemaSet.builtIn.kind(named: Post.kind))
    let post = Document(path: try WorkspacePath("posts/a.json"), value: [:], kind: kind)
    let pieces = [
      "a", "é", "e", "e\u{301}", "la", "Là", "bel", " ", "  ", "-", "’", "'", "\u{301}", "❤️", "™", "(", ".",
      "\n",
    ]
    let seed: UInt64 = 1
    var random = SeededRandom(seed: seed)
    var found = 0
    for _ in 0..<4_000 {
      func words(_ most: Int) -> String {
        (0..<1 + Int(random.next() % UInt64(most))).map { _ in random.pick(pieces) }.joined()
      }
      let phrases = (0..<1 + Int(random.next() % 3)).map { _ in words(4) }
      let text = CheckedText(words(30) + " §", in: post, at: "/body", language: "fr")
      for accents in [FoldedText.Accents.kept, .dropped] {
        let all = PhraseMatcher(phrases + ["§"], accents: accents).matches(in: text)
        let matches = PhraseMatcher(phrases, accents: accents).matches(in: text)
        #expect(
          matches == all.filter { $0.phrase < phrases.count }, "\(phrases) in \(text.text), seed \(seed)")
        found += matches.count
      }
    }
    #expect(found > 4_000)
  }

  static let sentenceCases: [(text: String, parts: [String])] = [
    ("Un. Deux! Trois? Quatre… Cinq", ["Un.", "Deux!", "Trois?", "Quatre…", "Cinq"]),
    ("Il dit : « Doré. » Puis il rit.", ["Il dit : « Doré. »", "Puis il rit."]),
    ("M. Roy et Mme Dubé, p. ex. ici. À 9.30 h.", ["M. Roy et Mme Dubé, p. ex. ici.", "À 9.30 h."]),
    ("Un\n\ndeux", ["Un", "deux"]),
    ("Attends… je viens.", ["Attends… je viens."]),
    (" \n", []),
  ]

  @Test(arguments: sentenceCases) func sentencesEndWhereOnesEnds(_ text: String, _ parts: [String]) {
    let scalars = Array(text.unicodeScalars)
    #expect(sentences(in: scalars).map { String(String.UnicodeScalarView(scalars[$0])) } == parts)
  }

  static let addressCases: [(text: String, parts: [String])] = [
    (
      "Voir https://a.example/b?c=d, www.e.example et bonjour@f.example.",
      ["https://a.example/b?c=d", "www.e.example", "bonjour@f.example"]
    ),
    (
      "(laravaude.example/bilan) #Un-deux @moi@ici.example {prénom}!",
      ["laravaude.example/bilan", "#Un-deux", "@moi@ici.example", "{prénom}"]
    ),
    ("Fini.Demain, 3.5 kg, p.ex", ["p.ex"]),
    ("Un étudiant.e, des lecteur.trices, l’étape 2.b et le journal.pdf.", ["journal.pdf"]),
    (
      "l’{lieu du café}, {prénom}{nom} et https://a.example/{id}",
      ["{lieu du café}", "{prénom}", "{nom}", "https://a.example/{id}"]
    ),
    ("{sans fin\net fin}", []),
    ("# @ seul", []),
  ]

  @Test(arguments: addressCases) func addressesAreNoProse(_ text: String, _ parts: [String]) {
    let scalars = Array(text.unicodeScalars)
    #expect(addresses(in: scalars).map { String(String.UnicodeScalarView(scalars[$0])) } == parts)
  }

  @Test(arguments: [
    ("voisin", "voisins"), ("eau", "eaux"), ("journal", "journaux"), ("avis", "avis"), ("bal", "bals"),
    ("feu", "feux"),
  ])
  func pluralsAreRegular(_ one: String, _ many: String) { #expect(plural(one) == many) }

  @Test(arguments: [
    ("We are in touch with you and the team.", "en"), ("On vous lit et nous sommes avec la famille.", "fr"),
    ("Ok!", nil),
  ])
  func littleWordsTellTheLanguage(_ text: String, _ language: String?) {
    #expect(probableLanguage(of: text) == language)
  }
}
