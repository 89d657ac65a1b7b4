/// What is wrong with a sentence to a careful typographer.
///
/// French as in Québec, without a space before `;`, `!` and `?`, with a no-break space before `:` and `%` and inside
/// « ». Source: Office québécois de la langue française, “Espacement avant et après les principaux signes de
/// ponctuation”.
enum Typography {
  static func mistakes(inFrench text: String) -> [String] {
    var found = mistakes(inEither: text)
    let signs = Array(text.unicodeScalars)
    for (place, sign) in signs.enumerated() {
      let before = place > 0 ? signs[place - 1] : nil
      let after = place + 1 < signs.count ? signs[place + 1] : nil
      switch sign {
      case ":":
        // Not the one in https:// or 9:30; one at the end of a line is followed by nothing.
        let isPunctuation = after.map(isSpace) ?? true
        if before == " " || (isPunctuation && before != noBreakSpace && before != nil) {
          found.append("no-break space before :")
        }
      case "%":
        // Not the one of a placeholder, as in %A.
        let isPercent = before.map { isSpace($0) || isDigit($0) || $0 == interpolation } ?? false
        if isPercent, !(after.map(isLetter) ?? false), before != noBreakSpace {
          found.append("no-break space before %")
        }
      case ";", "!", "?":
        if before.map(isSpace) ?? false { found.append("no space before \(sign)") }
      case "«":
        if after != noBreakSpace { found.append("no-break space after «") }
      case "»":
        if before != noBreakSpace { found.append("no-break space before »") }
      case "“", "”":
        found.append("« » for \(sign)")
      default: break
      }
    }
    return found
  }

  static func mistakes(inEnglish text: String) -> [String] {
    var found = mistakes(inEither: text)
    let signs = Array(text.unicodeScalars)
    for (place, sign) in signs.enumerated() {
      switch sign {
      case "«", "»": found.append("“ ” for \(sign)")
      case ":", ";", "!", "?":
        if place > 0, isSpace(signs[place - 1]) { found.append("no space before \(sign)") }
      default: break
      }
    }
    return found
  }

  private static func mistakes(inEither text: String) -> [String] {
    var found: [String] = []
    let signs = Array(text.unicodeScalars)
    for place in signs.indices.dropFirst() where place + 1 < signs.count {
      if signs[place] == "'", isLetter(signs[place - 1]), isLetter(signs[place + 1]) {
        found.append("’ for '")
      }
      // [ID...] is how usage is written.
      if signs[place - 1...place + 1].elementsEqual("...".unicodeScalars) { found.append("… for ...") }
    }
    return found
  }

  private static let noBreakSpace: Unicode.Scalar = "\u{A0}"
  private static let interpolation: Unicode.Scalar = "\u{FFFC}"

  private static func isSpace(_ sign: Unicode.Scalar) -> Bool { sign.properties.isWhitespace }
  private static func isDigit(_ sign: Unicode.Scalar) -> Bool { ("0"..."9").contains(sign) }
  private static func isLetter(_ sign: Unicode.Scalar) -> Bool {
    sign.properties.isAlphabetic || sign == interpolation
  }
}
