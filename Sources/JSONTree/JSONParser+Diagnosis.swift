// What to say of a byte that does not fit. None of this runs for a document that is well.

extension ParseRun {
  /// Refuses byte order marks and encodings other than UTF-8 by name, instead of by their first strange byte.
  ///
  /// Source: RFC 4627, section 3: the first two characters of JSON are ASCII, so zero bytes give the encoding away.
  func checkEncoding(of bytes: Span<UInt8>) throws(JSONSyntaxError) {
    if bytes.count < 2 { return }
    let head = (0..<min(4, bytes.count)).map { bytes[$0] }
    let reason: JSONSyntaxError.Reason
    if head.starts(with: [0xEF, 0xBB, 0xBF]) {
      reason = .byteOrderMark
    } else if head == [0xFF, 0xFE, 0, 0] || head == [0, 0, 0xFE, 0xFF] {
      reason = .otherEncoding(.utf32)
    } else if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
      reason = .otherEncoding(.utf16)
    } else {
      switch head.map({ $0 == 0 }) {
      case [true, true, true, false], [false, true, true, true]: reason = .otherEncoding(.utf32)
      case [true, false, true, false], [false, true, false, true]: reason = .otherEncoding(.utf16)
      default: return
      }
    }
    throw failure(reason, at: 0, in: bytes)
  }

  /// What is wrong with what stands where something else was expected.
  func unexpected(
    at offset: Int, expecting expected: JSONSyntaxError.Expectation, in bytes: Span<UInt8>
  ) -> JSONSyntaxError {
    guard offset < bytes.count else {
      let opened = innermost.map { SourcePosition(offset: $0.offset, in: bytes) }
      return failure(.unexpectedEnd(expected: expected, opened: opened), at: offset, in: bytes)
    }
    guard let found = scalar(at: offset, of: bytes) else {
      return failure(.invalidUTF8(bytes[offset]), at: offset, in: bytes)
    }
    if startsComment(at: offset, in: bytes) { return failure(.comment, at: offset, in: bytes) }
    if let error = closingBracket(found, at: offset, expecting: expected, in: bytes) { return error }
    if found.looksLikeQuotationMark {
      return failure(.wrongQuotationMark(found, expected: expected), at: offset, in: bytes)
    }

    let afterValue = expected == .commaOrEndOfArray || expected == .commaOrEndOfObject
    let word = word(at: offset, in: bytes)
    let isValue =
      "\"{[-0123456789".unicodeScalars.contains(found) || ["true", "false", "null"].contains(word)
    if afterValue, isValue, let kind = innermost?.kind {
      return failure(.missingComma(in: kind), at: offset, in: bytes)
    }
    if !word.isEmpty && !isValue {
      return failure(.unknownWord(word, expected: expected), at: offset, in: bytes)
    }
    if byte(offset + 1, of: bytes).isDigit && (expected == .value || expected == .valueOrEndOfArray) {
      if found == "+" { return failure(.leadingPlus, at: offset, in: bytes) }
      if found == "." { return failure(.leadingPoint, at: offset, in: bytes) }
    }
    return failure(.unexpectedCharacter(found, expected: expected), at: offset, in: bytes)
  }

  /// What is wrong with something behind the value that the document consists of.
  func unexpectedContent(at offset: Int, in bytes: Span<UInt8>) -> JSONSyntaxError {
    guard let found = scalar(at: offset, of: bytes) else {
      return failure(.invalidUTF8(bytes[offset]), at: offset, in: bytes)
    }
    return failure(
      startsComment(at: offset, in: bytes) ? .comment : .contentAfterEnd(found), at: offset, in: bytes)
  }

  /// A bracket that closes too early or closes something else.
  private func closingBracket(
    _ found: Unicode.Scalar, at offset: Int, expecting expected: JSONSyntaxError.Expectation,
    in bytes: Span<UInt8>
  ) -> JSONSyntaxError? {
    guard found == "]" || found == "}", let container = innermost else { return nil }
    if (found == "]") == (container.kind == .array) {
      var before = offset - 1
      while bytes[before].isSpace { before -= 1 }
      guard bytes[before] == .comma else { return nil }
      return failure(.trailingComma(in: container.kind), at: before, in: bytes)
    }
    switch expected {
    case .valueOrEndOfArray, .keyOrEndOfObject, .commaOrEndOfArray, .commaOrEndOfObject:
      let opened = SourcePosition(offset: container.offset, in: bytes)
      return failure(.wrongClosingBracket(of: container.kind, opened: opened), at: offset, in: bytes)
    default: return nil
    }
  }

  private func startsComment(at offset: Int, in bytes: Span<UInt8>) -> Bool {
    let next = byte(offset + 1, of: bytes)
    return bytes[offset] == UInt8(ascii: "#")
      || bytes[offset] == .slash && (next == .slash || next == UInt8(ascii: "*"))
  }

  /// The word that begins here, cut after 40 scalars; empty where none does.
  private func word(at offset: Int, in bytes: Span<UInt8>) -> String {
    var word = ""
    var offset = offset
    while offset < bytes.count, word.unicodeScalars.count < 40, let next = scalar(at: offset, of: bytes),
      next.isPartOfWord
    {
      word.unicodeScalars.append(next)
      offset += UTF8.width(next)
    }
    return word
  }
}

extension Unicode.Scalar {
  /// The marks that keyboards and word processors put where JSON wants `"`.
  fileprivate var looksLikeQuotationMark: Bool {
    "'`´‘’‚‛“”„‟‹›«»＂".unicodeScalars.contains(self)
  }
}
