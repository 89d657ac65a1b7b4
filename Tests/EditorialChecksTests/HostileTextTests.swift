import EditorialChecks
import JSONTree
import Testing

/// What would send a program that goes back and forth away for hours takes no longer than any other text.
@Suite struct HostileTextTests {
  static let pieces = [
    "\" ", "<< ", "« ", " :", "…", "etc", "1 000 ", "9h", "' ", "A ", "`", ":a", "    ;", "\u{A0}", "@",
    "a-e-", "a(e", "(e)s ",
    "a·", "l’", "ton ", "tu ", "Vous êtes déjà ", "A’", "{", "a.b", "@a@", "—", "“", "e\u{301}",
  ]

  @Test(.timeLimit(.minutes(1)), arguments: pieces) func takesNoLonger(_ piece: String) throws {
    let text = try SampleDocuments.text(String(repeating: piece, count: 60_000 / piece.utf8.count))
    let rules: [any TextRule] = [
      try FrenchTypography(parameters: nil), try InclusiveWriting(parameters: ["convention": "doublet"]),
      try Address(parameters: ["address": "vous"]), try Address(parameters: ["address": "tu"]),
      try Spelling(parameters: nil).asking(SpellingAnswers(unknown: ["fr-CA": ["a": []]]), properNames: []),
    ]
    for rule in rules {
      let places = rule.matches(in: text).compactMap(\.range)
      #expect(zip(places, places.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
    }
  }
}
