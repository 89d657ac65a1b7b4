/// Text that a terminal shows and does not obey.
///
/// Everything that reaches a terminal goes through this type, whatever its origin: titles, file names, authors,
/// messages of a server. A control character can move the cursor and rewrite lines above; an escape can fill the
/// clipboard; a bidirectional override turns “refused” into “approved” (CVE-2021-42574). They are shown by their code,
/// ‹U+202E›, and so is everything else a reader could not see: zero-width characters, unassigned and private-use
/// code points. Of the marks on one letter, four are kept, and ‹+12› counts the others.
///
/// Kept, because people write them: accents, every script in either direction, emoji with their joiners, skin tones
/// and variation selectors.
///
/// A `SafeText` never begins with a character that would attach itself to what stands before, so two of them can be
/// put one after the other.
public struct SafeText: Sendable {
  /// The characters to show. Holds no control character except, in a block, line feeds.
  public let text: String

  /// One line: a line break becomes ⏎ and a tab a space, so that a title cannot draw a second row of a table.
  public init(line text: String) {
    // Printable ASCII, by far the most frequent, needs no second look.
    self.text =
      text.utf8.allSatisfy(\.isPrintableASCII) ? text : Gate.passed(text, shape: .line)
  }

  /// Text of several lines: line breaks (LF and CRLF) are kept, a tab becomes four spaces.
  public init(block text: String) { self.text = Gate.passed(text, shape: .block) }

  /// One line from bytes that should be UTF-8; those that are not are shown as ‹FF›.
  public init(line bytes: some Sequence<UInt8>) {
    var text = ""
    var rest = Array(bytes)[...]
    parsing: while true {
      var input = rest.makeIterator()
      var parser = Unicode.UTF8.ForwardParser()
      switch parser.parseScalar(from: &input) {
      case .valid(let encoded):
        text.unicodeScalars.append(Unicode.UTF8.decode(encoded))
        rest = rest.dropFirst(encoded.count)
      case .error(let length):
        for byte in rest.prefix(length) { text += "‹\(hexadecimal(UInt32(byte), digits: 2))›" }
        rest = rest.dropFirst(length)
      case .emptyInput: break parsing
      }
    }
    self.init(line: text)
  }

  /// JSON text on its way to a terminal or a pipe: what would be shown by its code is escaped, `\u202E`, and the
  /// value stays the same.
  ///
  /// - Parameter text: JSON as a printer of ours writes it: such characters stand in strings only. Its own line
  ///   breaks are kept.
  public init(json text: String) { self.text = Gate.passed(text, shape: .json) }

  fileprivate init(joined text: String) { self.text = text }

  public var isEmpty: Bool { text.isEmpty }

  public static func + (left: SafeText, right: SafeText) -> SafeText {
    SafeText(joined: left.text + right.text)
  }

  /// The lines of a block; one element for text of one line.
  public var lines: [SafeText] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { SafeText(joined: String($0)) }
  }

  /// The same text with a part of it, cut between two characters.
  func replacingText(_ change: (String) -> String) -> SafeText { SafeText(joined: change(text)) }
}

extension SafeText: CustomStringConvertible {
  public var description: String { text }
}

extension SafeText: ExpressibleByStringInterpolation {
  /// Puts safe text together; each `String` in it passes the gate as one line.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    public init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }
    public mutating func appendLiteral(_ literal: String) { text += SafeText(line: literal).text }
    public mutating func appendInterpolation(_ part: SafeText) { text += part.text }
    public mutating func appendInterpolation(_ part: String) { text += SafeText(line: part).text }
    public mutating func appendInterpolation(_ number: some BinaryInteger) { text += String(number) }
  }

  public init(stringLiteral literal: String) { self.init(line: literal) }
  public init(stringInterpolation: StringInterpolation) { self.init(joined: stringInterpolation.text) }
}

// MARK: The gate

/// One pass over the scalars of a text, with what has to be remembered of those before.
private struct Gate {
  enum Shape { case line, block, json }

  /// What a mark, selector or joiner would attach itself to.
  private enum Base {
    case none, ascii, letter, ideograph
    /// An emoji only together with a selector: digits, ©.
    case sign
    case emoji
  }

  private static let marksPerBase = 4

  private let shape: Shape
  private var output: [UInt8] = []
  private var base = Base.none
  private var marks = 0
  private var surplus: [Unicode.Scalar] = []
  private var justSelected = false

  private init(_ shape: Shape) { self.shape = shape }

  static func passed(_ text: String, shape: Shape) -> String {
    var gate = Gate(shape)
    gate.output.reserveCapacity(text.utf8.count)
    var rest = text.unicodeScalars[...]
    while !rest.isEmpty {
      let plain = text.utf8[rest.startIndex...].prefix { $0.isPrintableASCII }
      if plain.isEmpty {
        gate.take(&rest)
      } else {
        gate.take(plain: plain)
        rest = rest[plain.endIndex...]
      }
    }
    gate.reportSurplus()
    return String(decoding: gate.output, as: UTF8.self)
  }

  /// Takes a run of printable ASCII, which can be shown as it is.
  private mutating func take(plain: Substring.UTF8View) {
    reportSurplus()
    output += plain
    // Digits, # and *: emoji only with a selector.
    let isSign = plain.last.map { (0x30...0x39).contains($0) || $0 == 0x23 || $0 == 0x2A } ?? false
    (base, marks, justSelected) = (isSign ? .sign : .ascii, 0, false)
  }

  /// Takes the first scalar, or the few that belong together.
  private mutating func take(_ rest: inout Substring.UnicodeScalarView) {
    let scalar = rest.removeFirst()
    switch scalar {
    // Letters and punctuation of French, spared a look into the tables.
    case "\u{C0}"..."\u{24F}", "\u{A0}"..."\u{A8}", "\u{AA}"..."\u{AC}", "\u{AF}"..."\u{BF}",
      "\u{2010}"..."\u{2027}", "\u{202F}":
      put(scalar, base: .letter)
    case "\r" where rest.first == "\n": break
    case "\n" where shape == .line: put("⏎", base: .ascii)
    case "\n": put("\n", base: .none)
    case "\t": put(shape == .line ? " " : "    ", base: .ascii)
    case "\u{200D}" where base == .emoji && surplus.isEmpty && rest.first.map(\.isPictograph) == true:
      keep(scalar)
    case "\u{FE0E}", "\u{FE0F}": select(scalar, if: (base == .emoji || base == .sign) && marks == 0)
    case "\u{FE00}"..."\u{FE02}": select(scalar, if: (base == .letter || base == .ideograph) && marks == 0)
    case "\u{E0100}"..."\u{E01EF}": select(scalar, if: base == .ideograph && marks == 0)
    case "\u{1F3F4}":
      put(scalar, base: .emoji)
      let tags = Self.tagsOfFlag(rest)
      for tag in tags { append(tag) }
      rest.removeFirst(tags.count)
    case _ where scalar.isShownByCode: show(scalar)
    default: visible(scalar)
    }
  }

  private mutating func visible(_ scalar: Unicode.Scalar) {
    let properties = scalar.properties
    switch properties.generalCategory {
    case .spacingMark:
      if base == .none || !surplus.isEmpty { show(scalar) } else { keep(scalar) }
    case .nonspacingMark, .enclosingMark:
      if base == .none { return show(scalar) }
      if marks == Self.marksPerBase {
        surplus.append(scalar)
      } else {
        marks += 1
        keep(scalar)
      }
    default:
      let isSign = properties.isEmoji
      let other = properties.isIdeographic ? Base.ideograph : .letter
      put(scalar, base: scalar.isPictograph ? .emoji : isSign ? .sign : other)
    }
  }

  /// A variation selector: kept once, right after the character it selects a form of.
  private mutating func select(_ scalar: Unicode.Scalar, if fits: Bool) {
    guard fits, !justSelected else { return show(scalar) }
    keep(scalar)
    justSelected = true
  }

  private mutating func show(_ scalar: Unicode.Scalar) {
    put(codes(of: [scalar]), base: .none)
  }

  private mutating func put(_ scalar: Unicode.Scalar, base newBase: Base) {
    reportSurplus()
    append(scalar)
    (base, marks, justSelected) = (newBase, 0, false)
  }

  private mutating func put(_ text: String, base newBase: Base) {
    reportSurplus()
    output += text.utf8
    (base, marks, justSelected) = (newBase, 0, false)
  }

  private mutating func keep(_ scalar: Unicode.Scalar) {
    append(scalar)
    justSelected = false
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    output += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
  }

  private mutating func reportSurplus() {
    if surplus.isEmpty { return }
    output += (shape == .json ? codes(of: surplus) : "‹+\(surplus.count)›").utf8
    surplus = []
  }

  private func codes(of scalars: [Unicode.Scalar]) -> String {
    switch shape {
    case .line, .block: scalars.map { "‹U+\(hexadecimal($0.value))›" }.joined()
    case .json: scalars.flatMap { String($0).utf16 }.map { "\\u\(hexadecimal(UInt32($0)))" }.joined()
    }
  }

  /// The tag characters that make a black flag the flag of England, Scotland or Wales, else nothing.
  ///
  /// Source: Unicode Technical Standard 51, section C.1: the three sequences recommended for interchange.
  private static func tagsOfFlag(_ rest: Substring.UnicodeScalarView) -> [Unicode.Scalar] {
    let candidate = Array(rest.prefix(6))
    let letters = candidate.map { ($0.value & ~0x7F) == 0xE0000 ? UInt8($0.value & 0x7F) : 0 }
    let flags = ["gbeng", "gbsct", "gbwls"].map { Array($0.utf8) + [0x7F] }
    return flags.contains(letters) ? candidate : []
  }
}

extension Unicode.Scalar {
  /// Whether a reader or a terminal would take this for something else than a character to see.
  ///
  /// Marks, selectors and joiners have rules of their own, above.
  fileprivate var isShownByCode: Bool {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
    default: properties.isDefaultIgnorableCodePoint
    }
  }

  /// An emoji that can follow a joiner; digits are emoji to Unicode only as keycaps.
  fileprivate var isPictograph: Bool { value > 0xFF && properties.isEmoji }
}

extension UInt8 {
  fileprivate var isPrintableASCII: Bool { self >= 0x20 && self < 0x7F }
}

private func hexadecimal(_ value: UInt32, digits: Int = 4) -> String {
  let text = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}
