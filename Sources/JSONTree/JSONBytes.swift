// The bytes JSON is made of, and how one looks at them.

import ByteSpans

extension UInt8 {
  static var tab: UInt8 { 0x09 }
  static var lineFeed: UInt8 { 0x0A }
  static var carriageReturn: UInt8 { 0x0D }
  static var space: UInt8 { 0x20 }
  static var quotationMark: UInt8 { UInt8(ascii: "\"") }
  static var backslash: UInt8 { UInt8(ascii: "\\") }
  static var slash: UInt8 { UInt8(ascii: "/") }
  static var comma: UInt8 { UInt8(ascii: ",") }
  static var colon: UInt8 { UInt8(ascii: ":") }
  static var plus: UInt8 { UInt8(ascii: "+") }
  static var minus: UInt8 { UInt8(ascii: "-") }
  static var point: UInt8 { UInt8(ascii: ".") }
  static var zero: UInt8 { UInt8(ascii: "0") }
  static var nine: UInt8 { UInt8(ascii: "9") }
  static var openingBrace: UInt8 { UInt8(ascii: "{") }
  static var closingBrace: UInt8 { UInt8(ascii: "}") }
  static var openingBracket: UInt8 { UInt8(ascii: "[") }
  static var closingBracket: UInt8 { UInt8(ascii: "]") }

  var isDigit: Bool { self >= .zero && self <= .nine }
  var isSpace: Bool { self == .space || self == .lineFeed || self == .carriageReturn || self == .tab }

  var hexadecimalValue: UInt8? {
    switch self {
    case .zero ... .nine: self - .zero
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// Whether a string can hold the byte as it is: no quotation mark, no backslash, no control character.
  var isPlainInString: Bool { self >= 0x20 && self != .quotationMark && self != .backslash }
}

/// The byte, or 0 after the end: 0 has no place in JSON, so those who look for another byte need not ask twice.
func byte(_ index: Int, of bytes: Span<UInt8>) -> UInt8 {
  index < bytes.count ? bytes[index] : 0
}

/// The first place from `index` on that is no white space.
func afterSpace(_ index: Int, in bytes: Span<UInt8>) -> Int {
  var index = index
  while index < bytes.count, bytes[index].isSpace { index += 1 }
  return index
}

/// The first place from `index` on that ends a string or has to be looked at.
func afterPlain(_ index: Int, in bytes: Span<UInt8>) -> Int {
  var index = index
  while index + 8 <= bytes.count {
    let notPlain = notPlainInString(bytes.eightBytes(at: index))
    if notPlain != 0 { return index + notPlain.trailingZeroBitCount / 8 }
    index += 8
  }
  while index < bytes.count, bytes[index].isPlainInString { index += 1 }
  return index
}

/// Which of eight bytes are not ``UInt8/isPlainInString``: the lowest bit that is set belongs to the first of them.
private func notPlainInString(_ word: UInt64) -> UInt64 {
  let control = bytesBelow(0x20, in: word)
  let mark = bytesBelow(1, in: word ^ UInt8.quotationMark.eightTimes)
  let backslash = bytesBelow(1, in: word ^ UInt8.backslash.eightTimes)
  return control | mark | backslash
}

/// The Unicode scalar that begins at a byte; `nil` where the bytes are not UTF-8.
func scalar(at index: Int, of bytes: Span<UInt8>) -> Unicode.Scalar? {
  let length =
    switch bytes[index] {
    case ..<0x80: 1
    case ..<0xE0: 2
    case ..<0xF0: 3
    default: 4
    }
  guard index + length <= bytes.count else { return nil }
  guard let utf8 = try? UTF8Span(validating: bytes.extracting(index..<index + length)) else { return nil }
  var scalars = utf8.makeUnicodeScalarIterator()
  return scalars.next()
}

/// A failure at a byte, with its line and column.
func failure(
  _ reason: JSONSyntaxError.Reason, at offset: Int, in bytes: Span<UInt8>
) -> JSONSyntaxError {
  JSONSyntaxError(reason, at: SourcePosition(offset: offset, in: bytes))
}
