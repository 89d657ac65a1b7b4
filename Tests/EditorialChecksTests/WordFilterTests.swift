import Testing

@testable import EditorialChecks

/// A filter may say yes of a text without the word, and never no of one that has it.
@Suite struct WordFilterTests {
  /// What a person types, and texts in which the search finds it.
  @Test(arguments: [
    (
      "couturière",
      ["La couturière", "COUTURIÈRE", "couturie\u{300}re", "cou\u{AD}turière", "d’une couturière."]
    ),
    ("ete", ["l’Été", "ÉTÉ", "e\u{301}te\u{301}", "d\u{2019}été"]),
    ("oeuvre", ["l’œuvre", "ŒUVRE", "oeuvre"]),
    ("strasse", ["Straße", "STRASSE"]),
    ("kelvin", ["\u{212A}elvin"]),
    ("€", ["12\u{A0}€"]),
    ("u20ac", ["12\u{A0}€"]),
    ("Ελλάδα", ["Στην ΕΛΛΆΔΑ"]),
    ("c’est-à-dire", ["C’EST-À-DIRE"]),
    ("42", ["le 42 bis"]),
  ])
  func saysYesWhereTheWordIsFound(_ typed: String, _ texts: [String]) throws {
    let search = try #require(WordSearch(typed))
    for text in texts {
      #expect(search.places(in: text) != nil, "\(text)")
      #expect(search.mayBeFound(inDocument: Array("{\"body\": \"\(text)\"}".utf8)), "\(text)")
    }
  }

  /// JSON may write any sign as an escape.
  @Test(arguments: [
    #"{"a":"couturi\u00e8re"}"#, #"{"a":"COUTURI\u00C8RE"}"#, #"{"a":"\u0063outurière"}"#,
    #"{"a":"\ncouturière\n"}"#,
    #"{"a":"C:\users\couturière"}"#, #"{"a":"couturie\u0300re"}"#, #"{"a":"cou\u00adturière"}"#,
  ])
  func seesThroughEscapes(_ document: String) throws {
    #expect(try #require(WordSearch("couturière")).mayBeFound(inDocument: Array(document.utf8)))
  }

  @Test(arguments: ["", "La mode", "coutur", "couturi re", "couturier e", #"cou\nturière"#, "é"])
  func saysNoOfMostTexts(_ text: String) throws {
    let filter = try #require(WordFilter("couturiere"))
    #expect(!mayFind(filter, text))
  }

  @Test func seesTheWordInAnotherEncoding() throws {
    let utf16 = Array("{\"a\": \"Couturière\"}".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    // In the encodings of older computers, “œ” is 9C and “é” 82 or E9.
    for bytes in [utf16, [0x9C], [0x82, 0x74, 0x82], [0xE9, 0x74, 0xE9]] {
      #expect(try #require(WordSearch("couturière")).mayBeFound(inDocument: bytes))
    }
  }

  @Test func leavesToOthersWhatItCanNotTell() {
    for word in ["u20ac", "u1f600", String(repeating: "a", count: 65), ""] {
      #expect(WordFilter(word) == nil)
    }
    #expect(WordFilter(String(repeating: "a", count: 64)) != nil)
  }

  /// Whatever letters a text is made of, with the way they were typed chosen by a seed.
  @Test(arguments: 1...200) func neverDeniesAWordOfATextAtRandom(_ seed: UInt64) throws {
    var state = seed
    func draw(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let signs = [
      "a", "B", "é", "e\u{301}", "Œ", "ß", "ç", "\u{AD}", "'", "’", "-", " ", "ï", "9", "\u{200D}", "İ", "ﬁ",
      "ж",
    ]
    let text = (0..<12).map { _ in signs[draw(signs.count)] }.joined()
    for word in WordSearch.words(of: text) {
      guard let filter = WordFilter(word) else { continue }
      #expect(mayFind(filter, text), "\(word) in \(text), seed \(seed)")
      let escaped = text.utf16.map { "\\u" + String(String($0, radix: 16).suffix(4)) }.map {
        "\\u" + String(repeating: "0", count: 6 - $0.count) + $0.dropFirst(2)
      }.joined()
      #expect(
        mayFind(filter, escaped, hasEscapes: true), "\(word) in \(escaped), seed \(seed)")
    }
  }

  private func mayFind(_ filter: WordFilter, _ text: String, hasEscapes: Bool = false) -> Bool {
    filter.mayFind(in: Array(text.utf8).span, hasEscapes: hasEscapes)
  }
}
