import JSONTree
import ObjectModel

/// The id of a document: 26 letters and digits that begin with the moment it was made.
///
/// Written in lower case: 48 bits of milliseconds since 1970 and 80 random bits in Crockford's base 32, so that ids
/// sort by time. Source: the ULID specification (github.com/ulid/spec), which writes capitals.
public struct ULID: Hashable, Sendable {
  /// The 26 characters.
  public let text: String

  /// Makes an id.
  ///
  /// - Parameters:
  ///   - milliseconds: Since 1 January 1970; the lowest 48 bits count.
  ///   - random: 80 random bits: the lowest 16 of `high`, then the 64 of `low`.
  public init(milliseconds: UInt64, random: (high: UInt16, low: UInt64)) {
    self.init(high: milliseconds << 16 | UInt64(random.high), low: random.low)
  }

  /// Makes an id with random bits from a generator.
  public init(milliseconds: UInt64, using generator: inout some RandomNumberGenerator) {
    self.init(
      milliseconds: milliseconds,
      random: (UInt16.random(in: .min ... .max, using: &generator), generator.next()))
  }

  /// Makes the id of something that has a name elsewhere: the same for the same parts, on every computer.
  ///
  /// The first 128 bits of the object id that git would give the parts, as a JSON list; the time in it means nothing.
  public init(derivedFrom parts: [String]) {
    let name = JSONValue.array(parts.map { JSONValue($0) }).canonicalBytes
    let words = ObjectID(blob: name).words
    self.init(high: words.0, low: words.1)
  }

  /// Reads an id; `nil` for any text that is none, capitals and the letters i, l, o and u included.
  public init?(_ text: String) {
    let bytes = text.utf8
    // 26 characters have 130 bits, an id has 128.
    guard bytes.count == 26, let first = bytes.first, first <= UInt8(ascii: "7"),
      bytes.allSatisfy({ Self.alphabet.contains($0) })
    else { return nil }
    self.text = text
  }

  init(high: UInt64, low: UInt64) {
    var (high, low) = (high, low)
    var characters: [UInt8] = []
    for _ in 0..<26 {
      characters.append(Self.alphabet[Int(low & 31)])
      low = low >> 5 | high << 59
      high >>= 5
    }
    text = String(decoding: characters.reversed(), as: UTF8.self)
  }

  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

  /// When it was made, in milliseconds since 1 January 1970.
  public var milliseconds: UInt64 {
    text.utf8.prefix(10).reduce(0) { $0 << 5 | UInt64(Self.alphabet.firstIndex(of: $1)!) }
  }
}

extension ULID: Comparable, CustomStringConvertible {
  public static func < (left: Self, right: Self) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
  public var description: String { text }
}
