/// What the rules ask of every sign of every text.
///
/// The signs that French and its neighbours are written in are answered by their number; the tables of the standard
/// library, which take some ten times as long, answer for all others and say the same.
extension Unicode.Scalar {
  /// An accent or another sign on the letter before it.
  var isMark: Bool {
    switch value {
    case ..<0x300, 0x2000...0x20CF, 0x2100...0x2BFF, 0x1F200...0x1FAFF: false
    case 0x300...0x36F: true
    default: properties.generalCategory == .nonspacingMark
    }
  }

  /// Part of a word in any script: a letter, a digit, a mark.
  @inline(__always) var isInWord: Bool {
    // One bit for each sign of ASCII: 0 to 9, A to Z, _, a to z.
    if value < 0x40 { return 0x03FF_0000_0000_0000 as UInt64 >> UInt64(value) & 1 == 1 }
    if value < 0x80 { return 0x07FF_FFFE_87FF_FFFE as UInt64 >> UInt64(value & 0x3F) & 1 == 1 }
    return isInWordBeyondASCII
  }

  private var isInWordBeyondASCII: Bool {
    if value &- 0x300 < 0x70 { return true }
    return isKnownLetter ?? (properties.isAlphabetic || properties.numericType != nil || isMark)
  }

  var isLetter: Bool {
    if value < 0x80 { return isASCIILetter }
    return isKnownLetter ?? properties.isAlphabetic
  }

  /// Whether a sign outside ASCII is a letter, where its number tells.
  private var isKnownLetter: Bool? {
    switch value {
    case 0xC0...0x24F: value != 0xD7 && value != 0xF7
    case 0xA0, 0xAB, 0xBB, 0x2000...0x206F, 0x2190...0x245F, 0x1F300...0x1FAFF: false
    default: nil
    }
  }

  private var isASCIILetter: Bool { (value | 0x20) &- 0x61 < 26 && value < 0x80 }

  /// White space of any kind, line ends included. Source: Unicode 16, PropList, `White_Space`.
  var isSpace: Bool {
    if value > 0x20, value < 0x85 { return false }
    return switch value {
    case 0x20, 0x09...0x0D, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// A letter, digit or mark; not the low line, which joins names and no words.
  var isWordSign: Bool {
    if value < 0x80 { return isASCIIWord }
    if let isKnownLetter { return isKnownLetter }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
      .spacingMark, .decimalNumber:
      return true
    default: return false
    }
  }

  var isASCIIWord: Bool { isASCIILetter || isDigit }

  /// A letter, of any script.
  var isWordLetter: Bool {
    isASCII ? isASCIIWord && !isDigit : isWordSign && !properties.isDiacritic
  }

  var isDigit: Bool { value &- 0x30 < 10 }
  var isLineEnd: Bool { self == "\n" || self == "\r" || self == "\u{2028}" || self == "\u{2029}" }
  /// Spaces at which a line does not end.
  var isNoBreakSpace: Bool { self == "\u{A0}" || self == "\u{202F}" }
  var isApostrophe: Bool { self == "’" || self == "'" }

  var isUppercaseLetter: Bool { isASCII ? (0x41...0x5A).contains(value) : properties.isUppercase }
  var isLowercaseLetter: Bool { isASCII ? (0x61...0x7A).contains(value) : properties.isLowercase }
}

/// Which signs stand in a text, so that a rule need not look for what is not there.
struct SignsPresent: Hashable, Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  /// Signs outside ASCII, by the last bits of their number.
  private var others: UInt64 = 0

  init(_ scalars: [Unicode.Scalar]) {
    for scalar in scalars {
      switch scalar.value {
      case ..<64: low |= 1 << UInt64(scalar.value)
      case ..<128: high |= 1 << UInt64(scalar.value & 63)
      default: others |= 1 << UInt64(scalar.value & 63)
      }
    }
  }

  /// Whether a sign may stand in the text; a no is certain, and so is a yes for signs of ASCII.
  func mayHold(_ scalar: Unicode.Scalar) -> Bool {
    let bits =
      switch scalar.value {
      case ..<64: low
      case ..<128: high
      default: others
      }
    return bits >> UInt64(scalar.value & 63) & 1 == 1
  }

  var mayHoldDigits: Bool { low & 0x03FF_0000_0000_0000 != 0 }
}
