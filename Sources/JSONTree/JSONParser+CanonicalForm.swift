import ByteSpans

// Whether a document stands as it would be written: told while it is read, because white space and keys are at hand.

extension ParseRun {
  /// Goes behind the opening bracket of a container and the white space there.
  mutating func afterOpening(_ index: Int, end: UInt8, in bytes: Span<UInt8>) -> Int {
    if byte(index + 1, of: bytes) == end { return index + 1 }
    let next = afterLineBreak(index + 1, level: open.count, in: bytes)
    if byte(next, of: bytes) == end { isCanonical = false }
    return next
  }

  /// Goes over the white space behind a value, to a comma, a closing bracket or the end.
  mutating func afterValue(_ index: Int, in bytes: Span<UInt8>) -> Int {
    if byte(index, of: bytes) == .comma { return index }
    let next = afterLineBreak(index, level: max(0, open.count - 1), in: bytes)
    if byte(next, of: bytes) == .comma { isCanonical = false }
    return next
  }

  /// Goes over white space that is a line feed and the indentation of a level in the canonical form.
  mutating func afterLineBreak(_ index: Int, level: Int, in bytes: Span<UInt8>) -> Int {
    guard isCanonical else { return afterSpace(index, in: bytes) }
    let end = index + 1 + 2 * level
    if byte(index, of: bytes) == .lineFeed, end <= bytes.count, !byte(end, of: bytes).isSpace,
      (index + 1..<end).allSatisfy({ bytes[$0] == .space })
    {
      return end
    }
    isCanonical = false
    return afterSpace(index, in: bytes)
  }

  mutating func readString(at index: inout Int, in bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSONString {
    let start = index
    let string = try strings.read(at: &index, in: bytes)
    // An escape is longer than what it stands for, and may be another one than would be written.
    if isCanonical, index - start != string.text.utf8.count + 2 {
      var written: [UInt8] = []
      written.appendQuoted(string)
      isCanonical =
        written.count == index - start
        && firstDifference(written.span, bytes.extracting(start..<index)) == nil
    }
    return string
  }
}
