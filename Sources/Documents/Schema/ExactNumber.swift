import JSONTree

/// The value of a JSON number, exactly: `0.1` is one tenth, `1.0` and `1e0` are 1.
///
/// Schemas compare numbers by value, documents keep them by text; no binary fraction comes in between.
struct ExactNumber: Hashable, Sendable {
  private let isNegative: Bool
  /// Decimal digits without zeros at either end; none for zero.
  private let digits: [UInt8]
  /// The power of ten the digits, read as a whole number, are multiplied by; 0 for zero.
  private let exponent: Int

  /// Exponents beyond this are brought back to it: numbers that nobody could write out are all equally far away.
  private static let farthest = 1 << 48

  init(_ number: JSONNumber) {
    var bytes = Array(number.text.utf8)[...]
    let isMinus = bytes.first == UInt8(ascii: "-")
    if isMinus { bytes.removeFirst() }

    var digits: [UInt8] = []
    var exponent = 0
    var isFraction = false
    loop: while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "."): isFraction = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        exponent += Self.exponent(bytes)
        break loop
      default:
        digits.append(byte - UInt8(ascii: "0"))
        if isFraction { exponent -= 1 }
      }
    }
    digits = Array(digits.drop { $0 == 0 })
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    self.digits = digits
    self.exponent = digits.isEmpty ? 0 : exponent
    isNegative = isMinus && !digits.isEmpty
  }

  private static func exponent(_ text: ArraySlice<UInt8>) -> Int {
    var value = 0
    for byte in text where byte != UInt8(ascii: "+") && byte != UInt8(ascii: "-") {
      value = min(value * 10 + Int(byte - UInt8(ascii: "0")), farthest)
    }
    return text.first == UInt8(ascii: "-") ? -value : value
  }

  var isZero: Bool { digits.isEmpty }
  var isPositive: Bool { !isNegative && !isZero }

  /// Whether it has no fraction. Source: JSON Schema Core 2020-12, section 4.2.3: `1.0` is an integer.
  var isInteger: Bool { exponent >= 0 }

  /// The value; `nil` for what is no whole number or has more than 18 digits.
  var integer: Int? {
    guard isInteger, digits.count + exponent <= 18 else { return nil }
    let value = digits.reduce(0) { $0 * 10 + Int($1) }
    return (0..<exponent).reduce(isNegative ? -value : value) { value, _ in value * 10 }
  }

  /// The value as a count; `nil` for what is no whole number, negative or too large.
  var count: Int? { isNegative ? nil : integer }

  /// One text for each value, in the grammar of JSON numbers.
  var canonicalText: String {
    if isZero { return "0" }
    let text = digits.reduce(isNegative ? "-" : "") { $0 + String($1) }
    return exponent == 0 ? text : "\(text)e\(exponent)"
  }
}

extension ExactNumber: Comparable {
  static func < (left: Self, right: Self) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    return left.isNegative ? right.magnitudePrecedes(left) : left.magnitudePrecedes(right)
  }

  private func magnitudePrecedes(_ other: Self) -> Bool {
    if isZero || other.isZero { return isZero && !other.isZero }
    let (length, otherLength) = (digits.count + exponent, other.digits.count + other.exponent)
    return length == otherLength ? digits.lexicographicallyPrecedes(other.digits) : length < otherLength
  }
}

extension ExactNumber {
  /// The most digits that ``isMultiple(of:)`` takes in a divisor, so that remainders fit into a machine word.
  static let longestDivisor = 9

  var fitsAsDivisor: Bool { isPositive && digits.count <= Self.longestDivisor }

  /// Whether dividing gives a whole number, exactly.
  ///
  /// - Parameter divisor: One that ``fitsAsDivisor``.
  func isMultiple(of divisor: ExactNumber) -> Bool {
    if isZero { return true }
    let shift = exponent - divisor.exponent
    // The divisor would have to divide digits that do not end in 0 by a power of ten.
    if shift < 0 { return false }
    let modulus = divisor.digits.reduce(UInt64(0)) { $0 * 10 + UInt64($1) }
    let remainder = digits.reduce(UInt64(0)) { ($0 * 10 + UInt64($1)) % modulus }
    return remainder * power(of: 10, shift, modulo: modulus) % modulus == 0
  }
}

private func power(of base: UInt64, _ exponent: Int, modulo modulus: UInt64) -> UInt64 {
  var (result, factor, exponent) = (1 % modulus, base % modulus, exponent)
  while exponent > 0 {
    if exponent & 1 == 1 { result = result * factor % modulus }
    factor = factor * factor % modulus
    exponent >>= 1
  }
  return result
}

extension JSONValue {
  /// The value with every number in one form, so that values that schemas call equal are equal.
  ///
  /// Source: JSON Schema Core 2020-12, section 4.2.2: numbers are equal when their values are.
  var withCanonicalNumbers: JSONValue {
    switch self {
    case .number(let number): .number(JSONNumber(unchecked: ExactNumber(number).canonicalText))
    case .array(let elements): .array(elements.map(\.withCanonicalNumbers))
    case .object(let object):
      .object(
        JSONObject(
          uniqueMembers: object.members.map {
            JSONObject.Member(key: $0.key, value: $0.value.withCanonicalNumbers)
          }))
    case .null, .bool, .string: self
    }
  }
}
