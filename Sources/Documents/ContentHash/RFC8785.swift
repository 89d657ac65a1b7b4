public import JSONTree

extension JSONValue {
  /// What the value says, in the bytes of the JSON Canonicalization Scheme: what a content hash is made of.
  ///
  /// No white space, keys in the order of their UTF-16 code units, numbers as ECMAScript writes them, strings as they
  /// are. Equal numbers have equal bytes: `1.0` and `1e0` are `1`. Numbers that no double holds exactly as written
  /// (`9007199254740993`) are outside the scheme; they keep their text, so that two different ones never look alike.
  ///
  /// Not to be confused with ``canonicalBytes``, which keep the text of every number.
  ///
  /// Source: RFC 8785, section 3.2; ECMA-262, `Number::toString`, for the digits.
  public var rfc8785Bytes: [UInt8] { JSONPrinter.compact.bytes(of: inCanonicalOrder) }

  private var inCanonicalOrder: JSONValue {
    switch self {
    case .number(let number): .number(number.asECMAScriptWritesIt)
    case .array(let elements): .array(elements.map(\.inCanonicalOrder))
    case .object(let object):
      .object(
        JSONObject(
          uniqueMembers: object.members.sorted { $0.key.precedesInUTF16($1.key) }
            .map { JSONObject.Member(key: $0.key, value: $0.value.inCanonicalOrder) }))
    case .null, .bool, .string: self
    }
  }
}

extension JSONString {
  fileprivate func precedesInUTF16(_ other: JSONString) -> Bool {
    text.utf16.lexicographicallyPrecedes(other.text.utf16)
  }
}

extension JSONNumber {
  fileprivate var asECMAScriptWritesIt: JSONNumber {
    guard let double = Double(text), double.isFinite else { return self }
    let written = JSONNumber(unchecked: ecmaScriptText(of: double))
    return ExactNumber(written) == ExactNumber(self) ? written : self
  }
}

/// The shortest digits that read back as the same number, laid out as in ECMA-262, `Number::toString`.
private func ecmaScriptText(of number: Double) -> String {
  guard number != 0 else { return "0" }
  // Swift's description has the shortest digits as well, but another layout: `1e+21`, `5e-324`, `100.0`.
  let parts = number.magnitude.description.split(separator: "e")
  let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
  let whole = Array(mantissa[0].utf8)
  var digits = whole + (mantissa.count > 1 ? Array(mantissa[1].utf8) : [])
  // The point stands behind this many of the digits.
  var point = whole.count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
  while digits.last == UInt8(ascii: "0") { digits.removeLast() }
  while digits.first == UInt8(ascii: "0") {
    digits.removeFirst()
    point -= 1
  }
  let text = { (bytes: ArraySlice<UInt8>) in String(decoding: bytes, as: UTF8.self) }
  let zeros = { (count: Int) in String(repeating: "0", count: count) }
  let sign = number < 0 ? "-" : ""
  switch point {
  case digits.count...21: return sign + text(digits[...]) + zeros(point - digits.count)
  case 1...21: return "\(sign)\(text(digits[..<point])).\(text(digits[point...]))"
  case -5...0: return "\(sign)0.\(zeros(-point))\(text(digits[...]))"
  default:
    let fraction = digits.count > 1 ? "." + text(digits[1...]) : ""
    return "\(sign)\(text(digits[..<1]))\(fraction)e\(point > 0 ? "+" : "")\(point - 1)"
  }
}
