import JSONTree
import Testing

@testable import ThreeWayMerge

/// How the words of a text merge (ARCHITECTURE.md).
@Suite struct TextMergeTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var base: String
    var ours: String
    var theirs: String
    var merged: [String]
    var notices = 0

    init(
      _ name: String, _ base: String, _ ours: String, _ theirs: String, _ merged: String..., notices: Int = 0
    ) {
      (testDescription, self.base, self.ours, self.theirs) = (name, base, ours, theirs)
      (self.merged, self.notices) = (merged, notices)
    }
  }

  static let cases = [
    Case("one side changed a word", "le chat dort", "le chien dort", "le chat dort", "le chien dort"),
    Case("both made the same change", "le chat dort", "le chien dort", "le chien dort", "le chien dort"),
    Case(
      "each changed another sentence", "Il pleut. On reste.", "Il neige. On reste.", "Il pleut. On sort.",
      "Il neige. On sort."),
    Case(
      "each changed another word of one sentence: merged, and to be read again", "le petit chat noir dort",
      "le grand chat noir dort", "le petit chat blanc dort", "le grand chat blanc dort", notices: 1),
    Case(
      "both changed the same word: both candidates, whole", "le chat dort", "le chien dort", "le lion dort",
      "le chien dort", "le lion dort"),
    Case(
      "a contested phrase is one side's whole phrase", "Les mitaines manquent déjà. Fin.",
      "Les mitaines manquent partout. Fin.", "Les mitaines se font rares. Fin.",
      "Les mitaines manquent partout. Fin.", "Les mitaines se font rares. Fin."),
    Case(
      "no letters of two words are ever mixed", "brown", "crimson", "bronze", "bronze", "crimson"),
    Case(
      "what stands around a contested word merges", "Un mot. Fin.", "Le mot. Fin.", "Ce mot. Terminé.",
      "Ce mot. Terminé.", "Le mot. Terminé."),
    Case(
      "both added at one place: two whole runs", "a b", "a un deux b", "a trois b", "a trois un deux b",
      notices: 1),
    Case(
      "both added a line at one place", "a\nb\n", "a\nx\nb\n", "a\ny\nb\n", "a\nx\ny\nb\n", notices: 1),
    Case("both appended", "a", "a b", "a c", "a b c", notices: 1),
    Case(
      "what goes on with a line stands before what begins another", "Début", "Début\nSuite",
      "Début tout court",
      "Début tout court\nSuite", notices: 1),
    Case(
      "an insertion that may as well stand behind the space touches the word there", "a b c", "a x c",
      "a n b c",
      "a n b c", "a x c"),
    Case("one appended more than the other", "a", "a b", "a b c", "a b c"),
    Case("runs never grow together into a word", "()", "(foo)", "(bar)", "(bar)", "(foo)"),
    Case("an empty text gives no hold: a person chooses", "", "Bonjour", "Salut", "Bonjour", "Salut"),
    Case(
      "a deletion and an edit elsewhere", "un deux trois quatre", "deux trois quatre", "un deux trois cinq",
      "deux trois cinq", notices: 1),
    Case(
      "a deleted passage that the other changed", "Il y a un chat ici.", "Il y a ici.",
      "Il y a un chien ici.",
      "Il y a ici.", "Il y a un chien ici."),
    Case(
      "an address is one word", "Voir https://a.example/x.", "Voir https://a.example/y.",
      "Voir https://a.example/z.", "Voir https://a.example/y.", "Voir https://a.example/z."),
  ]

  @Test(arguments: cases) func merges(_ c: Case) {
    let outcome = mergeText(
      Versions(base: [JSONString(c.base)], ours: [JSONString(c.ours)], theirs: [JSONString(c.theirs)]))
    #expect(outcome.candidates.map(\.text) == c.merged)
    #expect(outcome.sentencesToReadAgain.count + outcome.insertedTogether.count == c.notices)
  }

  @Test(arguments: cases) func doesNotDependOnTheSide(_ c: Case) {
    let outcome = mergeText(
      Versions(base: [JSONString(c.base)], ours: [JSONString(c.theirs)], theirs: [JSONString(c.ours)]))
    #expect(outcome.candidates.map(\.text) == c.merged)
  }

  /// Conflicts that were open before, merged again: base, ours, theirs are sets of candidates.
  @Test func aChoiceSettlesAnOpenConflict() {
    let open: [JSONString] = ["le chien dort", "le lion dort"]
    #expect(
      mergeText(Versions(base: open, ours: ["le lion dort"], theirs: open)).candidates == ["le lion dort"])
  }

  @Test func anEditElsewhereReachesEveryCandidate() {
    let outcome = mergeText(
      Versions(
        base: ["le chat dort. Fin."], ours: ["le chien dort. Fin.", "le lion dort. Fin."],
        theirs: ["le chat dort. Suite."]))
    #expect(outcome.candidates == ["le chien dort. Suite.", "le lion dort. Suite."])
  }

  @Test func twoDifferentChoicesAreAConflictAgain() {
    let outcome = mergeText(
      Versions(base: ["le chien dort", "le lion dort"], ours: ["le chien dort"], theirs: ["le lion dort"]))
    #expect(outcome.candidates == ["le chien dort", "le lion dort"])
  }

  @Test func aThirdCandidateJoinsTheConflict() {
    let outcome = mergeText(
      Versions(base: ["le chat dort"], ours: ["le chien dort", "le lion dort"], theirs: ["le loup dort"]))
    #expect(outcome.candidates == ["le chien dort", "le lion dort", "le loup dort"])
  }
}

/// What counts as one word.
@Suite struct TextTokenTests {
  static let cases: [(text: String, tokens: [String])] = [
    (
      "L’été, 9 h 30",
      ["L", "’", "été", ",", " ", "9", " ", "h", "\u{A0}", "30"].map { $0 == "\u{A0}" ? " " : $0 }
    ),
    ("à l\u{A0}: « oui »", ["à", " ", "l", "\u{A0}", ":", " ", "«", " ", "oui", " ", "»"]),
    ("Voir https://x.example/a?b=c. Fin", ["Voir", " ", "https://x.example/a?b=c", ".", " ", "Fin"]),
    ("@ana.b@hote.example #MarchéPublic", ["@ana.b@hote.example", " ", "#MarchéPublic"]),
    ("{lieu}, {date}", ["{lieu}", ",", " ", "{date}"]),
    ("e\u{301}te\u{301}", ["e\u{301}te\u{301}"]),
    ("👩‍👩‍👧!", ["👩‍👩‍👧", "!"]), ("🇨🇦🇫🇷", ["🇨🇦", "🇫🇷"]), ("👍🏽👍", ["👍🏽", "👍"]),
    ("a\r\nb", ["a", "\r\n", "b"]), ("a  b", ["a", " ", " ", "b"]), ("", []),
  ]

  @Test(arguments: cases.indices) func cuts(index: Int) {
    let (text, tokens) = Self.cases[index]
    #expect(textTokens(text).map(\.text) == tokens)
    #expect(JSONString(textTokens(text).map(\.text).joined()) == JSONString(text))
  }
}
