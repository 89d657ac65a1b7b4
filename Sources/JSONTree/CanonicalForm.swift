import ByteSpans

extension JSONPrinter {
  static let canonical = JSONPrinter(.indented(.spaces(2)), keyOrder: .sorted, endsWithLineFeed: true)
}

/// The one way to write a value, so that equal values have equal bytes and a diff shows only what somebody changed.
///
/// Both forms below write the same words and differ in white space only. Unlike RFC 8785 they keep the text of
/// numbers (`1.0` is not `1`) and sort keys by UTF-8 bytes, not by UTF-16 code units. Parsing them gives an equal
/// value, and printing that gives the same bytes.
extension JSONValue {
  /// A document as it lies in a workspace: two spaces of indentation, sorted keys, LF, a line feed at the end.
  public var canonicalForm: [UInt8] {
    JSONPrinter.canonical.bytes(of: self)
  }

  /// What the value says, on one line without white space and with sorted keys: for hashes, and to compare.
  public var canonicalBytes: [UInt8] {
    JSONPrinter(.compact, keyOrder: .sorted).bytes(of: self)
  }

  /// Whether the value comes before another one in the order of their ``canonicalBytes``, byte by byte.
  ///
  /// A total order that has no meaning and is the same everywhere: neither comes before the other exactly when
  /// they are equal.
  public func canonicallyPrecedes(_ other: JSONValue) -> Bool {
    if case .string(let left) = self, case .string(let right) = other,
      let isFirst = left.isFirstWhenWritten(right)
    {
      return isFirst
    }
    return canonicalBytes.lexicographicallyPrecedes(other.canonicalBytes)
  }
}

extension JSONString {
  /// Whether what is written for it comes before what is written for another; `nil` where they differ first in what may
  /// have to be escaped.
  fileprivate func isFirstWhenWritten(_ other: JSONString) -> Bool? {
    let (leftUTF8, rightUTF8) = (text.utf8Span, other.text.utf8Span)
    let (left, right) = (leftUTF8.span, rightUTF8.span)
    guard let place = firstDifference(left, right), left[place].isPlainInString, right[place].isPlainInString
    else { return nil }
    return left[place] < right[place]
  }
}
