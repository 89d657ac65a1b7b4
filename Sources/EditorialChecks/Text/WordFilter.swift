/// Tells quickly of a text that a word is not in it, without cutting the text into words.
///
/// It goes over the bytes of the text once. A letter of ASCII stands for itself, whatever its case; any other sign may stand
/// for none, one or two letters of the word, because what it stands for is not looked up. So it is right when it says no.
///
/// Source: Ricardo Baeza-Yates and Gaston Gonnet, “A New Approach to Text Searching”, Communications of the ACM 35 (10),
/// 1992: a bit for each beginning of the word that ends here.
struct WordFilter: Hashable, Sendable {
  /// For each sign of ASCII, where it stands in the word.
  private let places: [UInt64]
  private let last: UInt64

  /// - Parameter word: As words are compared: small letters without accents.
  /// - Returns: `nil` for what may stand in a text in other letters: the name of a sign, and for what is too long.
  init?(_ word: String) {
    let letters = Array(word.unicodeScalars)
    guard (1...64).contains(letters.count), !SignName.isOne(word) else { return nil }
    var places = [UInt64](repeating: 0, count: 128)
    for (place, letter) in letters.enumerated() where letter.isASCII {
      places[Int(letter.value)] |= 1 << UInt64(place)
      let capital = letter.properties.uppercaseMapping.unicodeScalars.first
      if let capital, capital.isASCII { places[Int(capital.value)] |= 1 << UInt64(place) }
    }
    self.places = places
    last = 1 << UInt64(letters.count - 1)
  }

  /// - Parameter hasEscapes: Whether the text is that of a JSON document, in which `\` and what follows it stand for another
  ///   sign.
  func mayFind(in bytes: Span<UInt8>, hasEscapes: Bool = false) -> Bool {
    var reached: UInt64 = 0
    /// The beginnings that end here, and the empty one, with one letter more.
    func orOneMore(_ reached: UInt64) -> UInt64 { reached << 1 | 1 }
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      let isEscape = hasEscapes && byte == UInt8(ascii: "\\")
      if isEscape || byte >= 0xC0 {
        let one = orOneMore(reached)
        reached |= one | orOneMore(one)
        if isEscape {
          index += isCode(at: index, in: bytes) ? 5 : 1
        }
      } else if byte < 0x80 {
        reached = orOneMore(reached) & places[Int(byte)]
      }
      if reached & last != 0 { return true }
    }
    return false
  }

  /// Whether `u` and four hexadecimal digits stand there.
  private func isCode(at index: Int, in bytes: Span<UInt8>) -> Bool {
    guard index + 5 <= bytes.count, bytes[index] == UInt8(ascii: "u") else { return false }
    return (index + 1..<index + 5).allSatisfy { Character(Unicode.Scalar(bytes[$0])).isHexDigit }
  }
}
