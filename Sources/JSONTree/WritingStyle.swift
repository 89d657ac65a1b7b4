/// What stands between the words of a JSON text, and which characters of its strings are escaped.
struct WritingStyle: Sendable {
  /// Whether a container has its parts on lines of their own or all on one line.
  enum Form: Sendable { case lines, oneLine }

  var lineBreak: [UInt8] = [.lineFeed]
  /// One step of indentation.
  var unit: [UInt8] = [.space, .space]
  /// Between a key and its value.
  var colon: [UInt8] = [.colon, .space]
  /// Between parts on one line.
  var comma: [UInt8] = [.comma, .space]
  /// Inside the brackets of a container on one line that has parts.
  var objectPadding: [UInt8] = []
  var arrayPadding: [UInt8] = []

  var objects = Form.lines
  var arrays = Form.lines
  /// Lists without objects and lists in them.
  var plainArrays = Form.lines

  var sortsKeys = false
  var escaping = StringEscaping()

  func form(of value: JSONValue) -> Form {
    guard case .array(let elements) = value else { return objects }
    return elements.allSatisfy(\.isScalar) ? plainArrays : arrays
  }
}

/// Characters of strings that may be written as escapes or as they are.
struct StringEscaping: Hashable, Sendable {
  var escapesSlash = false
  var escapesNonASCII = false
  var usesUpperCase = false
}

extension JSONValue {
  /// Whether the value has no parts.
  var isScalar: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }
}

/// Writes values in a style, one behind the other.
struct JSONWriter {
  var bytes: [UInt8] = []
  let style: WritingStyle
  /// What every line begins with.
  var margin: [UInt8] = [] {
    didSet { if margin != oldValue { lineStarts = [] } }
  }
  /// The line break and the white space behind it, by level.
  private var lineStarts: [[UInt8]] = []

  /// Along a version in this style, whose containers are copied where they are the same.
  private var walk: VersionWalk?

  init(_ style: WritingStyle, sharing version: ReadVersion? = nil) {
    self.style = style
    walk = version.map(VersionWalk.init(along:))
    if let version { bytes.reserveCapacity(version.bytes.count + version.bytes.count / 8) }
  }

  /// - Parameter form: How the value itself is laid out, where the surroundings say so. What is inside a container
  ///   on one line is on that line as well.
  mutating func write(_ value: JSONValue, level: Int = 0, form: WritingStyle.Form? = nil) {
    switch value {
    case .null: bytes += "null".utf8
    case .bool(let bool): bytes += (bool ? "true" : "false").utf8
    case .number(let number): bytes += number.text.utf8
    case .string(let string): bytes.appendQuoted(string, style.escaping)
    case .array, .object:
      if let shared = walk?.takeNext(where: { $0.value.isSameContainer(as: value) }),
        let version = walk?.version
      {
        bytes += version.bytes[shared.range]
        return
      }
      walk?.enter()
      writeParts(of: value, level: level, form: form)
      walk?.leave()
    }
  }

  private mutating func writeParts(of container: JSONValue, level: Int, form: WritingStyle.Form?) {
    switch container {
    case .array(let elements):
      if elements.isEmpty {
        bytes += "[]".utf8
        return
      }
      let form = form ?? style.form(of: container)
      bytes.append(.openingBracket)
      for (index, element) in elements.enumerated() {
        separate(isFirst: index == 0, style.arrayPadding, level: level + 1, form)
        write(element, level: level + 1, form: form == .oneLine ? .oneLine : nil)
      }
      close(style.arrayPadding, level: level, form)
      bytes.append(.closingBracket)
    case .object(let object):
      if object.isEmpty {
        bytes += "{}".utf8
        return
      }
      let form = form ?? style.objects
      bytes.append(.openingBrace)
      let members = style.sortsKeys ? object.sortedByKey().members : object.members
      for (index, member) in members.enumerated() {
        separate(isFirst: index == 0, style.objectPadding, level: level + 1, form)
        bytes.appendQuoted(member.key, style.escaping)
        bytes += style.colon
        write(member.value, level: level + 1, form: form == .oneLine ? .oneLine : nil)
      }
      close(style.objectPadding, level: level, form)
      bytes.append(.closingBrace)
    default: break
    }
  }

  private mutating func separate(
    isFirst: Bool, _ padding: [UInt8], level: Int, _ form: WritingStyle.Form
  ) {
    switch form {
    case .lines:
      if !isFirst { bytes.append(.comma) }
      breakLine(level)
    case .oneLine:
      bytes += isFirst ? padding : style.comma
    }
  }

  private mutating func close(_ padding: [UInt8], level: Int, _ form: WritingStyle.Form) {
    switch form {
    case .lines: breakLine(level)
    case .oneLine: bytes += padding
    }
  }

  private mutating func breakLine(_ level: Int) {
    while lineStarts.count <= level {
      lineStarts.append(lineStarts.last.map { $0 + style.unit } ?? style.lineBreak + margin)
    }
    bytes += lineStarts[level]
  }
}

extension [UInt8] {
  /// Appends a string in quotation marks, with the escapes that have to be and those that the style asks for.
  mutating func appendQuoted(_ string: JSONString, _ escaping: StringEscaping = StringEscaping()) {
    append(.quotationMark)
    if escaping != StringEscaping() {
      for scalar in string.text.unicodeScalars { append(scalar, escaping) }
    } else {
      appendEscaped(string.text)
    }
    append(.quotationMark)
  }

  /// Appends text with the escapes that have to be.
  private mutating func appendEscaped(_ text: String) {
    let utf8 = text.utf8Span
    let bytes = utf8.span
    var index = 0
    while index < bytes.count {
      let end = afterPlain(index, in: bytes)
      // The whole text in most cases, and the fastest way for it.
      if end - index == bytes.count { return append(contentsOf: text.utf8) }
      append(addingCapacity: end - index) { output in
        for plain in index..<end { output.append(bytes[plain]) }
      }
      if end < bytes.count { appendEscape(of: bytes[end]) }
      index = end + 1
    }
  }

  private mutating func append(_ scalar: Unicode.Scalar, _ escaping: StringEscaping) {
    if scalar.value >= 0x80 {
      guard escaping.escapesNonASCII else { return append(contentsOf: UTF8.encode(scalar)!) }
      for unit in UTF16.encode(scalar)! {
        appendHexadecimalEscape(of: unit, upperCase: escaping.usesUpperCase)
      }
    } else if scalar == "/" && escaping.escapesSlash {
      append(contentsOf: [.backslash, .slash])
    } else {
      let byte = UInt8(scalar.value)
      if byte.isPlainInString {
        append(byte)
      } else {
        appendEscape(of: byte, upperCase: escaping.usesUpperCase)
      }
    }
  }

  /// Appends the escape for `"`, `\` or a control character.
  private mutating func appendEscape(of byte: UInt8, upperCase: Bool = false) {
    let short: UInt8? =
      switch byte {
      case .quotationMark, .backslash: byte
      case 0x08: UInt8(ascii: "b")
      case .tab: UInt8(ascii: "t")
      case .lineFeed: UInt8(ascii: "n")
      case 0x0C: UInt8(ascii: "f")
      case .carriageReturn: UInt8(ascii: "r")
      default: nil
      }
    guard let short else { return appendHexadecimalEscape(of: UInt16(byte), upperCase: upperCase) }
    append(.backslash)
    append(short)
  }

  private mutating func appendHexadecimalEscape(of unit: UInt16, upperCase: Bool) {
    append(.backslash)
    append(UInt8(ascii: "u"))
    let ten = upperCase ? UInt8(ascii: "A") : UInt8(ascii: "a")
    for shift: UInt16 in [12, 8, 4, 0] {
      let digit = UInt8(unit >> shift & 0xF)
      append(digit < 10 ? .zero + digit : ten + digit - 10)
    }
  }
}
