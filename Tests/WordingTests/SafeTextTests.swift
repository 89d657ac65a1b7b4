import TestSupport
import Testing
import Wording

@Suite struct SafeTextTests {
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var shown: String

    init(_ name: String, _ text: String, _ shown: String) {
      (testDescription, self.text, self.shown) = (name, text, shown)
    }

    /// Shown as it is.
    init(_ name: String, _ text: String) { self.init(name, text, text) }
  }

  static let lines = [
    Case("plain words", "Bonjour"),
    Case("French", "Ça va déjà « très » bien… n’est-ce pas\u{202F}?"),
    Case("accents as marks", "e\u{301}te\u{301}"),
    Case("Arabic and Hebrew", "مرحبا שָׁלוֹם"),
    Case("Devanagari", "क्षि हिन्दी"),
    Case("a family", "👩‍👩‍👧‍👦"), Case("a skin tone and a profession", "👩🏽‍🚒 🤷🏾‍♀️"),
    Case("a heart in colour", "❤\u{FE0F} et ❤\u{FE0E}"), Case("a keycap", "1\u{FE0F}\u{20E3}"),
    Case("flags", "🇨🇦 🏴󠁧󠁢󠁳󠁣󠁴󠁿"), Case("a variant of an ideograph", "葛\u{E0100}"),
    Case("an escape", "a\u{1B}[31mb", "a‹U+001B›[31mb"),
    Case("an operating system command", "\u{1B}]52;c;aGk=\u{07}", "‹U+001B›]52;c;aGk=‹U+0007›"),
    Case("a C1 control", "\u{9B}31m", "‹U+009B›31m"),
    Case("a carriage return that covers the line", "refusé\rapprouvé", "refusé‹U+000D›approuvé"),
    Case("a line break in a title", "titre\nfaux rang", "titre⏎faux rang"),
    Case("a line break of Windows", "titre\r\nfaux rang", "titre⏎faux rang"),
    Case("a tab", "a\tb", "a b"), Case("delete", "a\u{7F}b", "a‹U+007F›b"),
    Case("an override", "a\u{202E}b", "a‹U+202E›b"),
    Case("an isolate", "\u{2066}a\u{2069}", "‹U+2066›a‹U+2069›"),
    Case("zero-width characters", "mot\u{200B}mot\u{FEFF}", "mot‹U+200B›mot‹U+FEFF›"),
    Case("a soft hyphen", "anti\u{AD}dote", "anti‹U+00AD›dote"),
    Case("an invisible letter", "\u{3164}", "‹U+3164›"), Case("a line separator", "a\u{2028}b", "a‹U+2028›b"),
    Case("a code nobody assigned", "\u{378}", "‹U+0378›"), Case("a private one", "\u{F8FF}", "‹U+F8FF›"),
    Case("a joiner between letters", "a\u{200D}b", "a‹U+200D›b"),
    Case("a joiner after a digit", "1\u{200D}👍", "1‹U+200D›👍"),
    Case("a joiner at the end", "👩\u{200D}", "👩‹U+200D›"),
    Case("two joiners", "👩\u{200D}\u{200D}👩", "👩‹U+200D›‹U+200D›👩"),
    Case("a selector with nothing to select", "\u{FE0F}a", "‹U+FE0F›a"),
    Case("a selector after a letter", "a\u{FE0F}", "a‹U+FE0F›"),
    Case("bytes hidden in selectors", "👍\u{FE0F}\u{FE0E}\u{E0101}", "👍\u{FE0F}‹U+FE0E›‹U+E0101›"),
    Case("words hidden in tags", "🏴\u{E0066}\u{E0072}", "🏴‹U+E0066›‹U+E0072›"),
    Case("four marks on a letter", "a\u{300}\u{301}\u{302}\u{303}"),
    Case(
      "forty marks on a letter", "a" + String(repeating: "\u{300}", count: 40) + "b",
      "a\u{300}\u{300}\u{300}\u{300}‹+36›b"),
    Case("a mark that would sit on what stands before", "\u{301}a", "‹U+0301›a"),
  ]

  @Test(arguments: lines) func aLineShows(_ c: Case) {
    let shown = SafeText(line: c.text).text
    #expect(shown.utf8.elementsEqual(c.shown.utf8), "shown: \(shown)")
  }

  static let blocks = [
    Case("lines", "un\ndeux\n"), Case("lines of Windows", "un\r\ndeux", "un\ndeux"),
    Case("a lone carriage return", "un\rdeux", "un‹U+000D›deux"), Case("a tab", "un\tdeux", "un    deux"),
    Case("a form feed", "un\u{0C}deux", "un‹U+000C›deux"),
    Case("a next-line control", "un\u{85}deux", "un‹U+0085›deux"),
    Case("a mark at the start of a line", "un\n\u{301}deux", "un\n‹U+0301›deux"),
  ]

  @Test(arguments: blocks) func aBlockShows(_ c: Case) {
    #expect(SafeText(block: c.text).text.utf8.elementsEqual(c.shown.utf8))
  }

  @Test(
    arguments: [
      ([0x61, 0xFF, 0x62], "a‹FF›b"), ([0xC3, 0xA9], "é"), ([0xC3], "‹C3›"),
      ([0xE2, 0x82, 0x61], "‹E2›‹82›a"),
      ([0xC0, 0xAF], "‹C0›‹AF›"), ([0xED, 0xA0, 0x80], "‹ED›‹A0›‹80›"), ([0x1B], "‹U+001B›"), ([], ""),
    ] as [([UInt8], String)])
  func bytesThatAreNoTextAreShown(_ bytes: [UInt8], _ shown: String) {
    #expect(SafeText(line: bytes).text == shown)
  }

  @Test func interpolationPassesTheGate() {
    let title = "a\u{1B}b\nc"
    #expect(("« \(title) » : \(3)" as SafeText).text == "« a‹U+001B›b⏎c » : 3")
  }

  /// Reliability H-6: wherever one of the 1,112,064 scalars stands, what comes out can be seen and is not
  /// obeyed.
  @Test(arguments: 0..<8) func everyScalarEverywhereIsShownAndNotObeyed(_ part: UInt32) {
    var seen = 0
    for code in stride(from: part, through: 0x10FFFF, by: 8) {
      guard let scalar = Unicode.Scalar(code) else { continue }  // A surrogate.
      let (character, next) = (String(scalar), "b")
      let placed = [character + next, "a" + character + next, "a" + character]
      for text in placed {
        seen += 1
        let (line, block) = (SafeText(line: text).text, SafeText(block: text).text)
        if let found = Self.obeyed(line) ?? Self.obeyed(block.replacing("\n", with: "")) {
          Issue.record("\(found) gets through in \(text.unicodeScalars.map { String($0.value, radix: 16) })")
          return
        }
      }
    }
    #expect(seen == 3 * 1_112_064 / 8)
  }

  /// Between what attaches to a neighbour, in every order of three.
  @Test func attachingCharactersInAnyOrderAreKeptFew() {
    let pieces: [Unicode.Scalar] = [
      "a", "1", "👍", "葛", "\u{301}", "\u{93E}", "\u{200D}", "\u{FE0F}", "\u{FE00}", "\u{E0100}", "\u{1F3FD}",
      "\u{1F3F4}", "\u{E0067}", "\u{202E}", "\n", "\r", "\u{20E3}",
    ]
    var random = SeededRandom(seed: 6)
    for _ in 0..<50_000 {
      let scalars = (0..<12).map { _ in random.pick(pieces) }
      let shown = SafeText(line: String(String.UnicodeScalarView(scalars))).text
      var marks = 0
      for (index, scalar) in shown.unicodeScalars.enumerated() {
        switch scalar.properties.generalCategory {
        case .nonspacingMark where !(0xFE00...0xFE0F).contains(scalar.value) && scalar.value < 0xE0000,
          .enclosingMark:
          marks += 1
        case .spacingMark, .format: break
        case .nonspacingMark: break
        default: marks = 0
        }
        #expect(marks <= 4 && (index > 0 || scalar.isBase), "seed 6: \(scalars.map(\.value)) gave \(shown)")
        if marks > 4 { return }
      }
    }
  }

  @Test func twoSafeTextsMakeASafeText() {
    let (accent, letter) = (SafeText(line: "\u{301}"), SafeText(line: "e"))
    #expect((letter + accent).text == "e‹U+0301›")
  }

  /// What a terminal or an eye would be led astray by; `nil` for text that only shows itself.
  static func obeyed(_ text: String) -> Unicode.Scalar? {
    text.unicodeScalars.first { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
      default: scalar.properties.isDefaultIgnorableCodePoint
      }
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isBase: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark, .format: false
    default: true
    }
  }
}

@Suite struct SafeJSONTests {
  @Test(arguments: [
    ("{\n  \"titre\": \"été\"\n}", "{\n  \"titre\": \"été\"\n}"),
    ("\"a\u{202E}b\"", #""a\u202Eb""#), ("\"\u{9B}\"", #""\u009B""#), ("\"\u{E0067}\"", #""\uDB40\uDC67""#),
    ("\"\u{301}\"", "\"\u{301}\""), ("\"👩‍👧 ❤\u{FE0F}\"", "\"👩‍👧 ❤\u{FE0F}\""),
    ("\"a\u{300}\u{300}\u{300}\u{300}\u{301}\u{302}b\"", "\"a\u{300}\u{300}\u{300}\u{300}\\u0301\\u0302b\""),
  ])
  func escapesWhatWouldBeShownByItsCode(_ json: String, _ escaped: String) {
    #expect(SafeText(json: json).text.utf8.elementsEqual(escaped.utf8))
  }
}

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("été", 3), ("e\u{301}te\u{301}", 3), ("日本語", 6), ("한국어", 6), ("각", 2), ("ﾊﾝ", 2),
    ("Ａ", 2),
    ("👍", 2), ("👍🏽", 2), ("👩‍👩‍👧‍👦", 2), ("🇨🇦", 2), ("🏴󠁧󠁢󠁳󠁣󠁴󠁿", 2), ("❤\u{FE0F}", 2), ("❤", 1), ("1\u{FE0F}\u{20E3}", 2),
    ("a\u{A0}b", 3), ("…", 1), ("مرحبا", 5), ("⏎", 1), ("䷀", 2),
  ])
  func countsColumns(_ text: String, columns: Int) {
    #expect(SafeText(line: text).width == columns)
  }

  @Test func ofABlockIsThatOfItsWidestLine() {
    #expect(SafeText(block: "un\ntrois\nx").width == 5)
  }

  @Test(arguments: [
    ("Bonjour", 7, "Bonjour"), ("Bonjour", 6, "Bonjo…"), ("Bonjour", 1, "…"), ("Bon jour", 5, "Bon…"),
    ("日本語", 6, "日本語"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("👩‍👩‍👧‍👦👍", 3, "👩‍👩‍👧‍👦…"),
    ("e\u{301}te\u{301}s", 3, "e\u{301}t…"),
  ])
  func cutsBetweenCharacters(_ text: String, columns: Int, shown: String) {
    let cut = SafeText(line: text).truncated(to: columns)
    #expect(cut.text == shown)
    #expect(cut.width <= columns)
  }

  @Test func everythingFitsWhateverIsCut() {
    var random = SeededRandom(seed: 8)
    let pieces = ["a", "é", "日", "👍", "👩‍👧", "\u{301}", "각", " ", "🇨🇦", "\u{202E}", "क्षि"]
    for _ in 0..<5000 {
      let text = SafeText(line: (0..<10).map { _ in random.pick(pieces) }.joined())
      for columns in 1...12 where text.truncated(to: columns).width > columns {
        Issue.record("seed 8: \(text) does not fit in \(columns)")
      }
    }
  }
}
