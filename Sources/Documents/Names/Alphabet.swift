/// An alphabet with letters that look like those of another one.
///
/// Other scripts are not told apart: nobody takes a word in them for one in Latin letters.
enum Alphabet: Hashable, Sendable {
  case latin, greek, cyrillic, armenian, coptic, cherokee, lisu

  /// The alphabet a letter belongs to; `nil` for what is no letter, and for letters of other scripts.
  ///
  /// Source: Unicode Standard Annex 24, `Scripts.txt`, by the blocks of these scripts.
  init?(of scalar: Unicode.Scalar) {
    guard scalar.properties.isAlphabetic else { return nil }
    switch scalar.value {
    case 0x41...0x7A, 0xAA, 0xBA, 0xC0...0x24F, 0x250...0x2AF, 0x1D00...0x1D25, 0x1D6B...0x1D77,
      0x1D79...0x1DBE, 0x1E00...0x1EFF, 0x2C60...0x2C7F, 0xA722...0xA7FF, 0xAB30...0xAB64, 0xFB00...0xFB06,
      0xFF21...0xFF5A:
      self = .latin
    case 0x370...0x3E1, 0x3F0...0x3FF, 0x1F00...0x1FFF: self = .greek
    case 0x400...0x52F, 0x1C80...0x1C8F, 0xA640...0xA69F: self = .cyrillic
    case 0x531...0x588, 0xFB13...0xFB17: self = .armenian
    case 0x3E2...0x3EF, 0x2C80...0x2CFF: self = .coptic
    case 0x13A0...0x13FF, 0xAB70...0xABBF: self = .cherokee
    case 0xA4D0...0xA4FF: self = .lisu
    default: return nil
    }
  }
}
