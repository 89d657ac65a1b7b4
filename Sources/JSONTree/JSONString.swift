import ByteSpans

/// A string of a JSON document, compared by its UTF-8 bytes.
///
/// Swift's `String` calls two texts equal when they are canonically equivalent, so `é` in one code point and
/// `é` in two would collapse into one key. Here they are two strings, ordered by their bytes.
public struct JSONString: Sendable {
  /// The characters, unescaped.
  public let text: String

  public init(_ text: String) { self.text = text }
}

extension JSONString: Hashable {
  public static func == (left: Self, right: Self) -> Bool {
    if left.text.utf8.count != right.text.utf8.count { return false }
    let leftUTF8 = left.text.utf8Span
    let rightUTF8 = right.text.utf8Span
    return firstDifference(leftUTF8.span, rightUTF8.span) == nil
  }

  public func hash(into hasher: inout Hasher) {
    let utf8 = text.utf8Span
    let bytes = utf8.span
    var index = 0
    while index + 8 <= bytes.count {
      hasher.combine(bytes.eightBytes(at: index))
      index += 8
    }
    // The last bytes stand below a 1 that tells how many they are, so "ab" + "c" and "a" + "bc" hash apart.
    var rest: UInt64 = 1
    while index < bytes.count {
      rest = rest << 8 | UInt64(bytes[index])
      index += 1
    }
    hasher.combine(rest)
  }
}

extension JSONString: Comparable {
  public static func < (left: Self, right: Self) -> Bool {
    let leftUTF8 = left.text.utf8Span
    let rightUTF8 = right.text.utf8Span
    let leftBytes = leftUTF8.span
    let rightBytes = rightUTF8.span
    guard let index = firstDifference(leftBytes, rightBytes) else {
      return leftBytes.count < rightBytes.count
    }
    return leftBytes[index] < rightBytes[index]
  }
}

extension JSONString: ExpressibleByStringLiteral, CustomStringConvertible {
  public init(stringLiteral text: String) { self.init(text) }
  public var description: String { text }
}
