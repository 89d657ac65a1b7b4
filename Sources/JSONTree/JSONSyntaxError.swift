/// What keeps some bytes from being a JSON document, and where.
///
/// Facts only: whoever shows it to a person makes the sentence.
public struct JSONSyntaxError: Error, Hashable, Sendable {
  public let reason: Reason
  /// The first byte that does not fit: for a comma too many that comma, for a repeated key the second one, for a
  /// document that ends too early the place after its last byte.
  public let position: SourcePosition

  public init(_ reason: Reason, at position: SourcePosition) {
    self.reason = reason
    self.position = position
  }
}

extension JSONSyntaxError {
  public enum Reason: Hashable, Sendable {
    // MARK: The document as a whole

    /// Nothing but white space.
    case emptyDocument
    /// The document stops before it is complete. `opened` is the place of the bracket or quotation mark that is
    /// still open, the innermost one.
    case unexpectedEnd(expected: Expectation, opened: SourcePosition?)
    /// Something follows the value that the document consists of.
    case contentAfterEnd(Unicode.Scalar)
    /// More objects and arrays inside each other than the limit allows.
    case depthExceeded(limit: Int)

    // MARK: Between values

    /// A character that cannot stand here.
    case unexpectedCharacter(Unicode.Scalar, expected: Expectation)
    /// Letters that are no value: `True`, `NaN`, `undefined`, a key without quotation marks. At most 40 bytes.
    case unknownWord(String, expected: Expectation)
    /// A key or a value where a comma had to come first.
    case missingComma(in: Container)
    /// A comma with nothing after it before the closing bracket.
    case trailingComma(in: Container)
    /// `]` for an object or `}` for an array.
    case wrongClosingBracket(of: Container, opened: SourcePosition)
    /// `'`, `“`, `«` or another mark where `"` has to stand.
    case wrongQuotationMark(Unicode.Scalar, expected: Expectation)
    /// `//`, `/*` or `#`: JSON has no comments.
    case comment
    /// A key that its object already has.
    case duplicateKey(JSONString, first: SourcePosition)

    // MARK: In a number

    /// `01`, `-01`.
    case leadingZero
    /// `+1`.
    case leadingPlus
    /// `.5`.
    case leadingPoint
    /// No digit after `-`, `.`, `e` or a sign of the exponent.
    case missingDigits(after: Unicode.Scalar)

    // MARK: In a string

    /// A control character (U+0000 to U+001F), a tab and a line break among them, that has to be escaped.
    case controlCharacter(Unicode.Scalar)
    /// A backslash before a character that has no escape.
    case unknownEscape(Unicode.Scalar)
    /// `\u` without four hexadecimal digits.
    case incompleteUnicodeEscape
    /// One half of a surrogate pair, written with `\u`: it stands for no character.
    case loneSurrogate(UInt16)

    // MARK: In the encoding

    /// The mark some programs put before UTF-8 text (EF BB BF). RFC 8259, section 8.1, forbids writing it.
    case byteOrderMark
    /// UTF-16 or UTF-32, with a byte order mark or without.
    case otherEncoding(Encoding)
    /// Not UTF-8; the byte is the first that does not fit.
    case invalidUTF8(UInt8)
  }

  /// What could have stood at the place of the error.
  public enum Expectation: Hashable, Sendable {
    case value
    /// A value, or `]`.
    case valueOrEndOfArray
    /// A key, in quotation marks.
    case key
    /// A key, in quotation marks, or `}`.
    case keyOrEndOfObject
    case colon
    /// A comma, or `]`.
    case commaOrEndOfArray
    /// A comma, or `}`.
    case commaOrEndOfObject
    /// The rest of a string and its closing quotation mark.
    case endOfString
  }

  public enum Container: Hashable, Sendable { case array, object }

  public enum Encoding: Hashable, Sendable { case utf16, utf32 }
}

extension JSONSyntaxError: CustomStringConvertible {
  /// For logs and test failures; people get a sentence made from ``reason``.
  public var description: String { "\(position.line):\(position.column): \(reason)" }
}
