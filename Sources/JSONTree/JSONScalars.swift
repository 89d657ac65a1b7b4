// Reading the values that contain no others: words, numbers, strings.

/// Reads `true`, `false` or `null`; `nil` where another word, or none, stands.
func readWord(at: inout Int, in bytes: Span<UInt8>) -> JSONValue? {
  let (word, value): (String, JSONValue) =
    switch bytes[at] {
    case UInt8(ascii: "t"): ("true", .bool(true))
    case UInt8(ascii: "f"): ("false", .bool(false))
    default: ("null", .null)
    }
  var end = at
  for letter in word.utf8 {
    guard byte(end, of: bytes) == letter else { return nil }
    end += 1
  }
  if end < bytes.count, let next = scalar(at: end, of: bytes), next.isPartOfWord { return nil }
  at = end
  return value
}

extension Unicode.Scalar {
  /// Whether a person would read the scalar as part of one word, in a document that is not JSON here.
  var isPartOfWord: Bool {
    properties.isAlphabetic || properties.numericType != nil || self == "_" || self == "$"
  }
}

/// Reads a number, which begins with a digit or `-`. Source: RFC 8259, section 6.
func readNumber(at: inout Int, in bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSONNumber {
  let start = at
  var index = at
  if bytes[index] == .minus { index += 1 }
  if byte(index, of: bytes) == .zero {
    if byte(index + 1, of: bytes).isDigit { throw failure(.leadingZero, at: index, in: bytes) }
    index += 1
  } else {
    try skipDigits(at: &index, in: bytes)
  }
  if byte(index, of: bytes) == .point {
    index += 1
    try skipDigits(at: &index, in: bytes)
  }
  if byte(index, of: bytes) | 0x20 == UInt8(ascii: "e") {
    index += 1
    let sign = byte(index, of: bytes)
    if sign == .plus || sign == .minus { index += 1 }
    try skipDigits(at: &index, in: bytes)
  }
  at = index
  return JSONNumber(unchecked: try text(start..<index, of: bytes))
}

/// Goes behind one or more digits.
private func skipDigits(at index: inout Int, in bytes: Span<UInt8>) throws(JSONSyntaxError) {
  guard byte(index, of: bytes).isDigit else {
    throw failure(.missingDigits(after: Unicode.Scalar(bytes[index - 1])), at: index, in: bytes)
  }
  repeat { index += 1 } while byte(index, of: bytes).isDigit
}

/// The text of some bytes without escapes.
private func text(_ range: Range<Int>, of bytes: Span<UInt8>) throws(JSONSyntaxError) -> String {
  do { return String(copying: try UTF8Span(validating: bytes.extracting(range))) } catch {
    let offset = range.lowerBound + error.byteOffsets.lowerBound
    throw failure(.invalidUTF8(bytes[offset]), at: offset, in: bytes)
  }
}

/// Reads strings, one after the other; keeps the room it needs for those with escapes.
struct StringReader {
  private var unescaped: [UInt8] = []

  /// Reads a string from its opening quotation mark, and goes behind its closing one.
  mutating func read(at: inout Int, in bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSONString {
    let start = at + 1
    var end = afterPlain(start, in: bytes)
    if byte(end, of: bytes) == .quotationMark {
      at = end + 1
      return JSONString(try text(start..<end, of: bytes))
    }
    while byte(end, of: bytes) == .backslash { end = afterPlain(min(end + 2, bytes.count), in: bytes) }
    guard byte(end, of: bytes) == .quotationMark else {
      throw try unfinished(start..<end, in: bytes)
    }
    at = end + 1
    return JSONString(try unescape(start..<end, of: bytes))
  }

  /// What is wrong with a string that stops before a quotation mark.
  private mutating func unfinished(
    _ range: Range<Int>, in bytes: Span<UInt8>
  ) throws(JSONSyntaxError) -> JSONSyntaxError {
    let end = range.upperBound
    if end == bytes.count {
      let opened = SourcePosition(offset: range.lowerBound - 1, in: bytes)
      return failure(.unexpectedEnd(expected: .endOfString, opened: opened), at: end, in: bytes)
    }
    // Something before it may be wrong as well, and the first place is the one to name.
    _ = try unescape(range, of: bytes)
    return failure(.controlCharacter(Unicode.Scalar(bytes[end])), at: end, in: bytes)
  }

  /// The text of a string between its quotation marks. Source: RFC 8259, section 7.
  private mutating func unescape(
    _ range: Range<Int>, of bytes: Span<UInt8>
  ) throws(JSONSyntaxError) -> String {
    // An escape is never shorter than what it stands for.
    if unescaped.count < range.count {
      unescaped = [UInt8](repeating: 0, count: max(range.count, 2 * unescaped.count, 256))
    }
    var length = 0
    var output = unescaped.mutableSpan
    var index = range.lowerBound
    while index < range.upperBound {
      if bytes[index] != .backslash {
        output[length] = bytes[index]
        length += 1
        index += 1
        continue
      }
      let escape = index
      do {
        for unit in UTF8.encode(try readEscape(at: &index, end: range.upperBound, in: bytes))! {
          output[length] = unit
          length += 1
        }
      } catch {
        // Broken UTF-8 before the escape comes first.
        _ = try text(range.lowerBound..<escape, of: bytes)
        throw error
      }
    }
    guard let utf8 = try? UTF8Span(validating: unescaped.span.extracting(0..<length)) else {
      // The escapes are sound, so the bytes between them are not; `text` names the place.
      return try text(range, of: bytes)
    }
    return String(copying: utf8)
  }
}

/// The scalar an escape stands for; a surrogate pair is one escape.
private func readEscape(
  at index: inout Int, end: Int, in bytes: Span<UInt8>
) throws(JSONSyntaxError) -> Unicode.Scalar {
  let start = index
  index += 2
  switch bytes[start + 1] {
  case .quotationMark: return "\""
  case .backslash: return "\\"
  case .slash: return "/"
  case UInt8(ascii: "b"): return "\u{8}"
  case UInt8(ascii: "f"): return "\u{C}"
  case UInt8(ascii: "n"): return "\n"
  case UInt8(ascii: "r"): return "\r"
  case UInt8(ascii: "t"): return "\t"
  case UInt8(ascii: "u"): break
  default:
    guard let escaped = scalar(at: start + 1, of: bytes) else {
      throw failure(.invalidUTF8(bytes[start + 1]), at: start + 1, in: bytes)
    }
    throw failure(.unknownEscape(escaped), at: start, in: bytes)
  }

  let unit = try readFourDigits(at: &index, end: end, escape: start, in: bytes)
  if let scalar = Unicode.Scalar(unit) { return scalar }
  // Only surrogates are no scalars: a high one needs a low one behind it.
  let second = index
  guard UTF16.isLeadSurrogate(unit), second + 1 < end, bytes[second] == .backslash,
    bytes[second + 1] == UInt8(ascii: "u")
  else { throw failure(.loneSurrogate(unit), at: start, in: bytes) }
  index += 2
  let low = try readFourDigits(at: &index, end: end, escape: second, in: bytes)
  guard UTF16.isTrailSurrogate(low) else { throw failure(.loneSurrogate(unit), at: start, in: bytes) }
  return UTF16.decode(UTF16.EncodedScalar([unit, low]))
}

private func readFourDigits(
  at index: inout Int, end: Int, escape: Int, in bytes: Span<UInt8>
) throws(JSONSyntaxError) -> UInt16 {
  var unit: UInt16 = 0
  for _ in 0..<4 {
    guard index < end, let digit = bytes[index].hexadecimalValue else {
      throw failure(.incompleteUnicodeEscape, at: escape, in: bytes)
    }
    unit = unit << 4 | UInt16(digit)
    index += 1
  }
  return unit
}
