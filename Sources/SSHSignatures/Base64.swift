/// The bytes that a text in base64 stands for; `nil` for anything that is not the one way to write some bytes.
///
/// Source: RFC 4648, section 4.
func base64Decoded(_ text: some Collection<UInt8>) -> [UInt8]? {
  guard text.count.isMultiple(of: 4) else { return nil }
  let digits = text.reversed().drop { $0 == UInt8(ascii: "=") }.reversed()
  let padding = text.count - digits.count
  guard padding <= 2 else { return nil }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.count / 4 * 3)
  var (buffer, bits) = (UInt32(0), 0)
  for digit in digits {
    guard let value = base64Value(digit) else { return nil }
    buffer = buffer << 6 | value
    bits += 6
    if bits >= 8 {
      bits -= 8
      bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
    }
  }
  // What is left of the last digit says nothing, so it is zero.
  return buffer & (1 << UInt32(bits) - 1) == 0 ? bytes : nil
}

/// - Parameter isPadded: Whether it ends with `=` where it has to; OpenSSH writes fingerprints without.
func base64Encoded(_ bytes: [UInt8], isPadded: Bool = false) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var digits: [UInt8] = []
  var (buffer, bits) = (UInt32(0), 0)
  for byte in bytes {
    buffer = buffer << 8 | UInt32(byte)
    bits += 8
    while bits >= 6 {
      bits -= 6
      digits.append(alphabet[Int(buffer >> UInt32(bits) & 63)])
    }
  }
  if bits > 0 { digits.append(alphabet[Int(buffer << UInt32(6 - bits) & 63)]) }
  while isPadded, !digits.count.isMultiple(of: 4) { digits.append(UInt8(ascii: "=")) }
  return String(decoding: digits, as: UTF8.self)
}

private func base64Value(_ digit: UInt8) -> UInt32? {
  switch digit {
  case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
  case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a")) + 26
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0")) + 52
  case UInt8(ascii: "+"): 62
  case UInt8(ascii: "/"): 63
  default: nil
  }
}
