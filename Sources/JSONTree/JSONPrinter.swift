/// Writes a JSON value as UTF-8 bytes.
///
/// The text of numbers is kept. Strings hold their characters as they are; only what RFC 8259, section 7, demands
/// is escaped: `"`, `\` and control characters, as `\b \f \n \r \t` or `\u00xx` in lower case.
///
/// The printer goes as deep as the value does; values that ``JSONParser`` has read are never too deep for it.
public struct JSONPrinter: Hashable, Sendable {
  /// What stands between the parts of a value.
  public enum Layout: Hashable, Sendable {
    /// Everything on one line, without white space: `{"a":[1,2]}`.
    case compact
    /// Each element and each member on its own line, `": "` behind a key, `[]` and `{}` for what is empty.
    case indented(Indentation)
  }

  public enum Indentation: Hashable, Sendable {
    case spaces(Int)
    case tabs(Int)
  }

  public enum KeyOrder: Hashable, Sendable {
    case asWritten
    /// By the UTF-8 bytes of the keys.
    case sorted
  }

  public var layout: Layout
  public var keyOrder: KeyOrder
  /// Whether a line feed ends the text.
  public var endsWithLineFeed: Bool

  public init(_ layout: Layout, keyOrder: KeyOrder = .asWritten, endsWithLineFeed: Bool = false) {
    self.layout = layout
    self.keyOrder = keyOrder
    self.endsWithLineFeed = endsWithLineFeed
  }

  /// One line, keys as written, no line feed.
  public static let compact = JSONPrinter(.compact)

  /// Indented, keys as written, with a line feed at the end.
  public static func pretty(_ indentation: Indentation = .spaces(2)) -> JSONPrinter {
    JSONPrinter(.indented(indentation), endsWithLineFeed: true)
  }

  public func bytes(of value: JSONValue) -> [UInt8] { bytes(of: value, sharing: nil) }

  /// - Parameter version: One that this printer could have written, whose containers are copied where the value has them.
  func bytes(of value: JSONValue, sharing version: ReadVersion?) -> [UInt8] {
    var writer = JSONWriter(style, sharing: version)
    writer.write(value)
    if endsWithLineFeed { writer.bytes.append(.lineFeed) }
    return writer.bytes
  }

  public func text(of value: JSONValue) -> String { String(decoding: bytes(of: value), as: UTF8.self) }

  private var style: WritingStyle {
    var style = WritingStyle()
    style.sortsKeys = keyOrder == .sorted
    switch layout {
    case .compact:
      (style.objects, style.arrays, style.plainArrays) = (.oneLine, .oneLine, .oneLine)
      (style.colon, style.comma) = ([.colon], [.comma])
    case .indented(.spaces(let count)): style.unit = [UInt8](repeating: .space, count: count)
    case .indented(.tabs(let count)): style.unit = [UInt8](repeating: .tab, count: count)
    }
    return style
  }
}

extension JSONValue: CustomStringConvertible {
  /// Compact JSON, keys as written.
  public var description: String { JSONPrinter.compact.text(of: self) }
}
