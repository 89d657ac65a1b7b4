import JSONTree

/// The parts of a JSON text, found without reading what is in them.
///
/// An export is one list of a hundred thousand things. Each of them is read by itself, so that one which can't be
/// read costs itself only, and no more than one of them is in memory as a tree. Brackets are counted and strings are
/// stepped over; whether a part is JSON is for the parser to say.
struct RawJSON {
  let bytes: [UInt8]
  let range: Range<Int>

  /// A part of an object or of a list.
  struct Part {
    /// The key, of a member.
    var key: JSONString?
    var range: Range<Int>
  }

  /// The parts that were found, and where the text stops being a list of parts.
  struct Parts {
    var parts: [Part] = []
    var brokenAt: Int?
  }

  /// - Parameter start: Where the value begins, behind white space or not.
  init(_ bytes: [UInt8], from start: Int = 0) {
    self.bytes = bytes
    let first = Self.afterSpace(start, in: bytes.span)
    range = first..<Self.end(ofValueAt: first, in: bytes.span)
  }

  init(_ bytes: [UInt8], range: Range<Int>) { (self.bytes, self.range) = (bytes, range) }

  var isList: Bool { range.lowerBound < bytes.count && bytes[range.lowerBound] == UInt8(ascii: "[") }
  var isObject: Bool { range.lowerBound < bytes.count && bytes[range.lowerBound] == UInt8(ascii: "{") }

  func part(_ part: Part) -> RawJSON { RawJSON(bytes, range: part.range) }

  /// The first member with this key; `nil` where this is no object or has none.
  func member(_ key: JSONString) -> RawJSON? {
    isObject ? parts().parts.first { $0.key == key }.map(part) : nil
  }

  /// The value, read.
  func value() throws(JSONSyntaxError) -> JSONValue {
    try JSONValue(parsing: bytes[range], duplicateKeys: .keepLast, depthLimit: Self.depthLimit)
  }

  /// How deep one thing of an export may be; a document has to hold it, and goes to 64.
  private static let depthLimit = 40

  /// The elements of a list, or the members of an object.
  func parts() -> Parts {
    guard isList || isObject else { return Parts() }
    let isObject = isObject
    let span = bytes.span
    var found = Parts()
    var at = Self.afterSpace(range.lowerBound + 1, in: span)
    let closing = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
    if at < span.count, span[at] == closing { return found }
    while at < span.count {
      var key: JSONString?
      if isObject {
        guard span[at] == UInt8(ascii: "\"") else { break }
        let end = Self.end(ofStringAt: at, in: span)
        guard case .string(let name)? = try? JSONValue(parsing: bytes[at..<end]) else { break }
        key = name
        at = Self.afterSpace(end, in: span)
        guard at < span.count, span[at] == UInt8(ascii: ":") else { break }
        at = Self.afterSpace(at + 1, in: span)
      }
      let end = Self.end(ofValueAt: at, in: span)
      if end > at { found.parts.append(Part(key: key, range: at..<end)) }
      at = Self.afterSpace(end, in: span)
      guard at < span.count else { break }
      if span[at] == closing { return found }
      guard span[at] == UInt8(ascii: ",") else { break }
      at = Self.afterSpace(at + 1, in: span)
      // A comma too many at the end is what spreadsheets and scripts leave.
      if at < span.count, span[at] == closing { return found }
    }
    found.brokenAt = min(at, span.count)
    return found
  }

  private static func afterSpace(_ start: Int, in bytes: Span<UInt8>) -> Int {
    var at = start
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): at += 1
      default: return at
      }
    }
    return at
  }

  private static func end(ofStringAt start: Int, in bytes: Span<UInt8>) -> Int {
    var at = start + 1
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\\"): at += 2
      case UInt8(ascii: "\""): return at + 1
      default: at += 1
      }
    }
    return bytes.count
  }

  private static func end(ofValueAt start: Int, in bytes: Span<UInt8>) -> Int {
    var at = start
    var depth = 0
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        at = end(ofStringAt: at, in: bytes)
        if depth == 0 { return at }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        at += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return at }
        depth -= 1
        at += 1
        if depth == 0 { return at }
      case UInt8(ascii: ","), UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
        if depth == 0 { return at }
        at += 1
      default: at += 1
      }
    }
    return bytes.count
  }
}

/// Counts lines on the way through a file, so that a thousand places cost one reading.
struct LineCounter {
  private let bytes: [UInt8]
  private var offset = 0
  private var line = 1

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The line of a byte, from 1; a place before the last one is counted from the beginning again.
  mutating func line(at place: Int) -> Int {
    if place < offset { (offset, line) = (0, 1) }
    let end = min(place, bytes.count)
    if offset < end { line += bytes[offset..<end].count { $0 == UInt8(ascii: "\n") } }
    offset = max(offset, end)
    return line
  }
}
