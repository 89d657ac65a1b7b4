import JSONTree
import Testing

/// What is wrong with a document, and where: each line is a document, its error and the error's place.
@Suite struct SyntaxErrorTests {
  typealias Reason = JSONSyntaxError.Reason

  static func opened(_ offset: Int) -> SourcePosition {
    SourcePosition(line: 1, column: offset + 1, offset: offset)
  }

  static let cases: [(document: String, reason: Reason, line: Int, column: Int)] = [
    // The document as a whole.
    ("", .emptyDocument, 1, 1),
    (" \n ", .emptyDocument, 2, 2),
    ("[1,", .unexpectedEnd(expected: .value, opened: opened(0)), 1, 4),
    ("[", .unexpectedEnd(expected: .valueOrEndOfArray, opened: opened(0)), 1, 2),
    ("[{\"a\":[]", .unexpectedEnd(expected: .commaOrEndOfObject, opened: opened(1)), 1, 9),
    ("{\"a\"", .unexpectedEnd(expected: .colon, opened: opened(0)), 1, 5),
    ("{\"a\":1,\n", .unexpectedEnd(expected: .key, opened: opened(0)), 2, 1),
    ("{", .unexpectedEnd(expected: .keyOrEndOfObject, opened: opened(0)), 1, 2),
    ("[\"abc", .unexpectedEnd(expected: .endOfString, opened: opened(1)), 1, 6),
    ("\"\\", .unexpectedEnd(expected: .endOfString, opened: opened(0)), 1, 3),
    ("\"\\\"", .unexpectedEnd(expected: .endOfString, opened: opened(0)), 1, 4),
    ("{} {}", .contentAfterEnd("{"), 1, 4),
    ("1]", .contentAfterEnd("]"), 1, 2),
    ("\"é\"\n  é", .contentAfterEnd("é"), 2, 3),

    // Between values.
    ("[1,]", .trailingComma(in: .array), 1, 3),
    ("[1\n , \n]", .trailingComma(in: .array), 2, 2),
    ("{\"a\":1,}", .trailingComma(in: .object), 1, 7),
    ("[,1]", .unexpectedCharacter(",", expected: .valueOrEndOfArray), 1, 2),
    ("[1,,2]", .unexpectedCharacter(",", expected: .value), 1, 4),
    ("[1 2]", .missingComma(in: .array), 1, 4),
    ("[1 true]", .missingComma(in: .array), 1, 4),
    ("[[] {}]", .missingComma(in: .array), 1, 5),
    ("{\"a\": 1\n \"b\": 2}", .missingComma(in: .object), 2, 2),
    ("{\"a\" 1}", .unexpectedCharacter("1", expected: .colon), 1, 6),
    ("{\"a\":}", .unexpectedCharacter("}", expected: .value), 1, 6),
    ("{1:2}", .unexpectedCharacter("1", expected: .keyOrEndOfObject), 1, 2),
    ("[1}", .wrongClosingBracket(of: .array, opened: opened(0)), 1, 3),
    ("{\"a\":[1}", .wrongClosingBracket(of: .array, opened: opened(5)), 1, 8),
    ("{]", .wrongClosingBracket(of: .object, opened: opened(0)), 1, 2),
    ("[\"a\":1]", .unexpectedCharacter(":", expected: .commaOrEndOfArray), 1, 5),
    ("}", .unexpectedCharacter("}", expected: .value), 1, 1),
    ("[\u{A0}1]", .unexpectedCharacter("\u{A0}", expected: .valueOrEndOfArray), 1, 2),
    ("[\u{0}]", .unexpectedCharacter("\u{0}", expected: .valueOrEndOfArray), 1, 2),
    ("[True]", .unknownWord("True", expected: .valueOrEndOfArray), 1, 2),
    ("nul", .unknownWord("nul", expected: .value), 1, 1),
    ("nulle", .unknownWord("nulle", expected: .value), 1, 1),
    ("trueé", .unknownWord("trueé", expected: .value), 1, 1),
    ("[NaN]", .unknownWord("NaN", expected: .valueOrEndOfArray), 1, 2),
    ("{été: 1}", .unknownWord("été", expected: .keyOrEndOfObject), 1, 2),
    ("{\"a\": 1, b_2: 1}", .unknownWord("b_2", expected: .key), 1, 10),
    ("{\"a\": oui}", .unknownWord("oui", expected: .value), 1, 7),
    (
      String(repeating: "a", count: 50), .unknownWord(String(repeating: "a", count: 40), expected: .value), 1,
      1
    ),
    ("{'a': 1}", .wrongQuotationMark("'", expected: .keyOrEndOfObject), 1, 2),
    ("{\"a\": “b”}", .wrongQuotationMark("“", expected: .value), 1, 7),
    ("[«\u{A0}a\u{A0}»]", .wrongQuotationMark("«", expected: .valueOrEndOfArray), 1, 2),
    ("[1, // un\n2]", .comment, 1, 5),
    ("/* a */ 1", .comment, 1, 1),
    ("1 # un", .comment, 1, 3),

    // Keys that stand twice.
    ("{\"a\":1,\n \"b\":2, \"a\":3}", .duplicateKey("a", first: opened(1)), 2, 9),
    ("{\"a\":1,\"\\u0061\":2}", .duplicateKey("a", first: opened(1)), 1, 8),
    ("{\"b\":1,\"a\":2,\"a\":3,\"b\":4}", .duplicateKey("a", first: opened(7)), 1, 14),

    // In numbers.
    ("01", .leadingZero, 1, 1),
    ("[-01]", .leadingZero, 1, 3),
    ("[+1]", .leadingPlus, 1, 2),
    ("{\"a\": .5}", .leadingPoint, 1, 7),
    ("-", .missingDigits(after: "-"), 1, 2),
    ("[-x]", .missingDigits(after: "-"), 1, 3),
    ("[1.]", .missingDigits(after: "."), 1, 4),
    ("1e", .missingDigits(after: "e"), 1, 3),
    ("1E+", .missingDigits(after: "+"), 1, 4),
    ("[1.2.3]", .unexpectedCharacter(".", expected: .commaOrEndOfArray), 1, 5),
    ("[0x1F]", .unknownWord("x1F", expected: .commaOrEndOfArray), 1, 3),

    // In strings.
    ("[\"a\nb\"]", .controlCharacter("\n"), 1, 4),
    ("\"\\n\t\"", .controlCharacter("\t"), 1, 4),
    ("\"\u{1}\"", .controlCharacter("\u{1}"), 1, 2),
    ("\"é\\x\"", .unknownEscape("x"), 1, 3),
    ("\"\\é\"", .unknownEscape("é"), 1, 2),
    ("\"\\q\n\"", .unknownEscape("q"), 1, 2),
    ("\"\\u12\"", .incompleteUnicodeEscape, 1, 2),
    ("\"ab\\u12G4\"", .incompleteUnicodeEscape, 1, 4),
    ("\"\\u１234\"", .incompleteUnicodeEscape, 1, 2),
    ("\"\\uD83D\\u\"", .incompleteUnicodeEscape, 1, 8),
    ("\"\\uD83D\"", .loneSurrogate(0xD83D), 1, 2),
    ("\"\\uD83Dx\"", .loneSurrogate(0xD83D), 1, 2),
    ("\"\\uD83D\\uD83D\"", .loneSurrogate(0xD83D), 1, 2),
    ("\"a\\uDE00\"", .loneSurrogate(0xDE00), 1, 3),

    // In the encoding.
    ("\u{FEFF}{}", .byteOrderMark, 1, 1),
    ("[\u{FEFF}]", .unexpectedCharacter("\u{FEFF}", expected: .valueOrEndOfArray), 1, 2),
  ]

  @Test(arguments: cases)
  func saysWhatIsWrongAndWhere(_ document: String, _ reason: Reason, _ line: Int, _ column: Int) throws {
    let error = try #require(throws: JSONSyntaxError.self) { try JSONValue(parsing: document.utf8) }
    #expect(error.reason == reason)
    #expect("\(error.position.line):\(error.position.column)" == "\(line):\(column)")
  }

  @Test(
    arguments: [
      ([0x22, 0xFF, 0x22], .invalidUTF8(0xFF), 1),
      ([0x5B, 0xE9, 0x5D], .invalidUTF8(0xE9), 1),
      ([0x22, 0xC3], .unexpectedEnd(expected: .endOfString, opened: opened(0)), 2),
      ([0x22, 0xC3, 0x22], .invalidUTF8(0xC3), 1),
      ([0x22, 0x61, 0xED, 0xA0, 0x80, 0x22], .invalidUTF8(0xED), 2),
      ([0x31, 0x20, 0x80], .invalidUTF8(0x80), 2),
      // The first of two mistakes in a string is the one that is named.
      ([0x22, 0xFF, 0x5C, 0x78, 0x22], .invalidUTF8(0xFF), 1),
      ([0x22, 0x5C, 0x78, 0xFF, 0x22], .unknownEscape("x"), 1),
      ([0x22, 0x5C, 0x6E, 0xFF, 0x0A, 0x22], .invalidUTF8(0xFF), 3),
      ([0x22, 0x5C, 0xFF, 0x22], .invalidUTF8(0xFF), 2),
      ([0x5B, 0x00, 0x31, 0x00, 0x5D, 0x00], .otherEncoding(.utf16), 0),
      ([0xFE, 0xFF, 0x00, 0x31], .otherEncoding(.utf16), 0),
      ([0xFF, 0xFE, 0x31, 0x00], .otherEncoding(.utf16), 0),
      ([0xFF, 0xFE, 0x00, 0x00, 0x31, 0x00, 0x00, 0x00], .otherEncoding(.utf32), 0),
      ([0x00, 0x00, 0x00, 0x31], .otherEncoding(.utf32), 0),
      ([0x31, 0x00, 0x00, 0x00], .otherEncoding(.utf32), 0),
    ] as [([UInt8], Reason, Int)])
  func saysWhichByteIsWrong(_ bytes: [UInt8], _ reason: Reason, _ offset: Int) throws {
    let error = try #require(throws: JSONSyntaxError.self) { try JSONValue(parsing: bytes) }
    #expect(error.reason == reason)
    #expect(error.position.offset == offset)
  }
}
