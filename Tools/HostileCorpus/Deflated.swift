/// Bytes as zlib unpacks them, packed in the simplest ways there are.
///
/// Sources: RFC 1950 (the frame and the checksum), RFC 1951, sections 3.2.4 (stored) and 3.2.6 (fixed codes).
enum Deflated {
  /// As they are, in blocks of at most 65,535 bytes.
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var checksum = Adler32()
    checksum.add(bytes)
    return frame + blocks(of: bytes, last: true) + checksum.bytes
  }

  /// Some bytes, then zeros: a thousand and more of them in ten bytes.
  static func stored(_ bytes: [UInt8], thenZeros count: Int) -> [UInt8] {
    var checksum = Adler32()
    checksum.add(bytes)
    checksum.add(zeros: count)
    var bits = BitWriter(frame + blocks(of: bytes, last: false))
    bits.put(0b011, 3)  // The last block, of fixed codes.
    let literalZero: UInt64 = 0b0000_1100  // 00110000, as it is sent.
    if count > 0 { bits.put(literalZero, 8) }
    let (repeats, rest) = max(count - 1, 0).quotientAndRemainder(dividingBy: 258)
    for _ in 0..<repeats { bits.put(0b0_0000_1010_0011, 13) }  // 258 bytes again, from one byte ago.
    for _ in 0..<rest { bits.put(literalZero, 8) }
    bits.put(0, 7)
    return bits.bytes + checksum.bytes
  }

  private static let frame: [UInt8] = [0x78, 0x01]

  private static func blocks(of bytes: [UInt8], last: Bool) -> [UInt8] {
    var blocks: [UInt8] = []
    var rest = bytes[...]
    repeat {
      let part = rest.prefix(65535)
      rest = rest.dropFirst(65535)
      let (low, high) = (UInt8(part.count & 255), UInt8(part.count >> 8))
      blocks += [last && rest.isEmpty ? 1 : 0, low, high, ~low, ~high]
      blocks += part
    } while !rest.isEmpty
    return blocks
  }
}

/// The checksum of RFC 1950, section 8.2.
private struct Adler32 {
  private var a: UInt64 = 1
  private var b: UInt64 = 0

  mutating func add(_ bytes: [UInt8]) {
    for byte in bytes {
      a = (a &+ UInt64(byte)) % 65521
      b = (b &+ a) % 65521
    }
  }

  mutating func add(zeros count: Int) { b = (b + UInt64(count) % 65521 * a) % 65521 }

  var bytes: [UInt8] { [b >> 8, b & 255, a >> 8, a & 255].map { UInt8(truncatingIfNeeded: $0) } }
}

/// Bits, the lowest of each byte first.
private struct BitWriter {
  private var whole: [UInt8]
  private var pending: UInt64 = 0
  private var count = 0

  init(_ bytes: [UInt8]) { whole = bytes }

  mutating func put(_ bits: UInt64, _ width: Int) {
    pending |= bits << UInt64(count)
    count += width
    while count >= 8 {
      whole.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      count -= 8
    }
  }

  var bytes: [UInt8] { count > 0 ? whole + [UInt8(truncatingIfNeeded: pending)] : whole }
}
