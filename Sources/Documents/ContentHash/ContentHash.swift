public import JSONTree
import ObjectModel

/// The name of what a document says: decisions carry it, so that everybody knows which words were meant.
///
/// SHA-256 over the bytes of RFC 8785 of a canonical value; `docs/CONTENT-HASH.md` defines that value for each kind,
/// with examples that another program can check itself against. Not to be confused with an object id, which names
/// exact bytes of a file.
public struct ContentHash: Hashable, Sendable {
  private let digits: JSONString

  /// - Parameter content: The canonical value; members that say nothing are left out of it here.
  public init(of content: JSONValue) {
    self.init(SHA256Digest(of: content.withoutEmptyMembers.rfc8785Bytes))
  }

  /// The name of a text alone, of its UTF-8 bytes: what a waiver or a variant with its own words was about.
  public init(ofText text: String) { self.init(SHA256Digest(of: text)) }

  /// Reads 64 hexadecimal digits in lower case; `nil` for anything else.
  public init?(_ hex: String) {
    let isHash =
      hex.utf8.count == 64
      && hex.utf8.allSatisfy {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
      }
    guard isHash else { return nil }
    digits = JSONString(hex)
  }

  private init(_ digest: SHA256Digest) { digits = JSONString(digest.hex) }

  /// 64 hexadecimal digits, lower case.
  public var hex: String { digits.text }
}

extension ContentHash: Comparable, CustomStringConvertible {
  public static func < (left: Self, right: Self) -> Bool { left.digits < right.digits }
  public var description: String { hex }
}

extension JSONValue {
  /// The value without members that say nothing: `null`, the empty text, the empty list, an object of such members.
  ///
  /// So a field that is absent and one that was emptied are the same. Elements of lists stay, whatever they hold: their
  /// place says something.
  public var withoutEmptyMembers: JSONValue {
    switch self {
    case .array(let elements): .array(elements.map(\.withoutEmptyMembers))
    case .object(let object):
      .object(
        JSONObject(
          uniqueMembers: object.members.compactMap { member in
            let value = member.value.withoutEmptyMembers
            return value.saysNothing ? nil : JSONObject.Member(key: member.key, value: value)
          }))
    case .null, .bool, .number, .string: self
    }
  }

  /// Whether it is `null`, the empty text, the empty list, or an object without members.
  public var saysNothing: Bool {
    switch self {
    case .null: true
    case .string(let string): string.text.utf8.isEmpty
    case .array(let elements): elements.isEmpty
    case .object(let object): object.isEmpty
    case .bool, .number: false
    }
  }
}
