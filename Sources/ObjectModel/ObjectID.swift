import Crypto

/// Git's name for exact bytes: the SHA-1 of an object's kind, length and content.
///
/// Not to be confused with the content hash of `Documents`, which names what a document says.
public struct ObjectID: Hashable, Sendable {
  // Three integers and no array: trees and histories compare and hash ids all the time.
  // Big endian, so that the order of the integers is the order of the bytes.
  private let first: UInt64
  private let second: UInt64
  private let third: UInt32

  /// The bytes as three big-endian numbers, for code that copies many ids.
  package var words: (UInt64, UInt64, UInt32) { (first, second, third) }

  package init(words: (UInt64, UInt64, UInt32)) { (first, second, third) = words }

  /// - Parameter bytes: Exactly 20.
  public init(bytes: some Collection<UInt8>) {
    precondition(bytes.count == 20, "an object id has 20 bytes")
    var words: (UInt64, UInt64, UInt32) = (0, 0, 0)
    for (place, byte) in bytes.enumerated() {
      switch place {
      case 0..<8: words.0 = words.0 << 8 | UInt64(byte)
      case 8..<16: words.1 = words.1 << 8 | UInt64(byte)
      default: words.2 = words.2 << 8 | UInt32(byte)
      }
    }
    (first, second, third) = words
  }

  /// The id git gives an object: SHA-1 over `<kind> <length>\0<content>`.
  public init(hashing object: RawObject) {
    var hash = Insecure.SHA1()
    hash.update(data: Array("\(object.kind.rawValue) \(object.bytes.count)\0".utf8))
    hash.update(data: object.bytes)
    self.init(bytes: Array(hash.finalize()))
  }

  /// The id git gives a file with this content.
  public init(blob bytes: [UInt8]) { self.init(hashing: RawObject(kind: .blob, bytes: bytes)) }

  /// The checksum of bytes that come piece by piece; see ``init(checksumOf:)``.
  public struct Checksum {
    private var hash = Insecure.SHA1()

    public init() {}

    public mutating func update(_ bytes: [UInt8]) { hash.update(data: bytes) }

    /// Of all bytes so far.
    public var value: ObjectID { ObjectID(bytes: Array(hash.finalize())) }
  }

  /// The SHA-1 of bytes alone, with which git ends its own files (index, packs). No object has it for a name.
  public init(checksumOf bytes: ArraySlice<UInt8>) {
    self.init(bytes: Array(Insecure.SHA1.hash(data: bytes)))
  }

  /// Reads 40 hexadecimal digits, in either case; `nil` for anything else.
  public init?(hex: some StringProtocol) { self.init(hexDigits: hex.utf8) }

  /// The same from the bytes of the digits.
  init?(hexDigits digits: some Sequence<UInt8>) {
    var words: (UInt64, UInt64, UInt32) = (0, 0, 0)
    var count = 0
    for digit in digits {
      guard let nibble = nibble(of: digit) else { return nil }
      switch count {
      case 0..<16: words.0 = words.0 << 4 | UInt64(nibble)
      case 16..<32: words.1 = words.1 << 4 | UInt64(nibble)
      case 32..<40: words.2 = words.2 << 4 | UInt32(nibble)
      default: return nil
      }
      count += 1
    }
    if count != 40 { return nil }
    self.init(words: words)
  }

  /// The tree with nothing in it. Git knows it even where it was never written.
  public static let emptyTree = ObjectID(hashing: RawObject(kind: .tree, bytes: []))

  /// 20 bytes.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(20)
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: first >> shift))
    }
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: second >> shift))
    }
    for shift in stride(from: 24, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: third >> shift))
    }
    return bytes
  }

  /// 40 hexadecimal digits, lower case.
  public var hex: String { hexadecimal(bytes) }
}

extension ObjectID: Comparable, CustomStringConvertible {
  public static func < (left: Self, right: Self) -> Bool {
    (left.first, left.second, left.third) < (right.first, right.second, right.third)
  }
  public var description: String { hex }
}
