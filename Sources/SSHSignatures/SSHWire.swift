/// Reads what SSH writes: numbers of four bytes, the high one first, and byte strings behind their length.
///
/// Source: RFC 4251, section 5.
struct SSHWireReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func bytes(_ count: Int) throws(SSHFormatError) -> [UInt8] {
    guard count <= rest.count else { throw .truncated }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  mutating func number() throws(SSHFormatError) -> UInt32 {
    try bytes(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  mutating func string() throws(SSHFormatError) -> [UInt8] { try bytes(Int(number())) }

  /// A non-negative whole number, its bytes from the high one on without leading zeros.
  mutating func naturalNumber() throws(SSHFormatError) -> [UInt8] {
    let bytes = try string()
    guard bytes.first.map({ $0 < 0x80 }) ?? true else { throw .malformed }
    // One zero keeps the sign; more would be a second way to write the same number.
    if bytes.first == 0, bytes.count == 1 || bytes[1] < 0x80 { throw .malformed }
    return Array(bytes.drop { $0 == 0 })
  }
}

/// Writes what ``SSHWireReader`` reads.
struct SSHWireWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append(raw: some Sequence<UInt8>) { bytes += raw }

  mutating func append(_ number: UInt32) {
    bytes += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  mutating func append(string: some Collection<UInt8>) {
    append(UInt32(string.count))
    bytes += string
  }
}

/// Why bytes are no key or no signature of SSH.
public enum SSHFormatError: Error, Hashable, Sendable {
  /// They end too early.
  case truncated
  /// They do not follow the format.
  case malformed
  /// They follow it for an algorithm, a version or a size that is not accepted here.
  case unsupported
}
