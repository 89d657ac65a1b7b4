/// The classes of characters that the rules of twitter-text are written in.
extension Unicode.Scalar {
  var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
  var isASCIIDigit: Bool { ("0"..."9").contains(self) }
  var isASCIIAlphanumeric: Bool { isASCIILetter || isASCIIDigit }
  var isASCIIPunctuation: Bool {
    switch value {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }

  /// Small letters for capital ones, where one scalar stands for one.
  var lowercased: Unicode.Scalar {
    if isASCII { return ("A"..."Z").contains(self) ? Unicode.Scalar(UInt8(value) | 0x20) : self }
    let mapping = properties.lowercaseMapping.unicodeScalars
    return mapping.count == 1 ? mapping[mapping.startIndex] : self
  }

  /// `White_Space`, and the Mongolian vowel separator, which was one.
  var isSpace: Bool {
    switch value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x180E, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
      0x3000:
      true
    default: false
    }
  }

  /// Invisible signs that turn the direction of writing.
  var isDirectional: Bool {
    switch value {
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// What X refuses in a post.
  var isRefused: Bool { value == 0xFFFE || value == 0xFEFF || value == 0xFFFF }

  var isAtSign: Bool { self == "@" || self == "\u{FF20}" }
  var isHashSign: Bool { self == "#" || self == "\u{FF03}" }

  /// Latin letters with accents, and the accents by themselves; not × and ÷.
  var isAccentedLatin: Bool {
    switch value {
    case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F, 0x253, 0x254, 0x256, 0x257, 0x259, 0x25B, 0x263, 0x268,
      0x26F,
      0x272, 0x289, 0x28B, 0x2BB, 0x300...0x36F, 0x1E00...0x1EFF:
      true
    default: false
    }
  }

  /// Blocks of Unicode whose letters all are of the Cyrillic script, as far as links need it.
  var isCyrillic: Bool {
    switch value {
    case 0x400...0x484, 0x487...0x52F, 0x1C80...0x1C88, 0x1D2B, 0x1D78, 0x2DE0...0x2DFF, 0xA640...0xA69F,
      0xFE2E,
      0xFE2F:
      true
    default: false
    }
  }

  var isDash: Bool { self == "-" || (!isASCII && properties.generalCategory == .dashPunctuation) }

  /// May stand anywhere in a label of a host name; `-` and `_` may stand inside one.
  var isHostLetter: Bool {
    if isASCII { return isASCIIAlphanumeric }
    return !isDirectional && !isSpace && !isRefused
  }

  /// Letters and marks of any script.
  var isHashtagLetter: Bool {
    if isASCII { return isASCIILetter }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
      .spacingMark, .enclosingMark:
      return true
    default: return false
    }
  }

  var isHashtagSign: Bool {
    if isHashtagLetter { return true }
    switch value {
    case 0x30...0x39, 0x5F, 0xB7, 0x05BE, 0x05F3, 0x05F4, 0x0F0B, 0x0F0C, 0x200C, 0x200D, 0x3003, 0x301C,
      0x309B,
      0x309C, 0x30A0, 0x30FB, 0xA67E, 0xFF5E:
      return true
    default: return !isASCII && properties.generalCategory == .decimalNumber
    }
  }
}

/// A set of signs of ASCII, asked for every sign of a text.
struct ASCIISigns: Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init(_ signs: String) {
    for scalar in signs.unicodeScalars {
      precondition(scalar.isASCII, "signs of ASCII only")
      if scalar.value < 64 {
        low |= 1 << UInt64(scalar.value)
      } else {
        high |= 1 << UInt64(scalar.value - 64)
      }
    }
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.isASCII else { return false }
    return (scalar.value < 64 ? low >> UInt64(scalar.value) : high >> UInt64(scalar.value - 64)) & 1 == 1
  }
}
