import Testing

@testable import EditorialChecks

/// What is answered by the number of a sign says the same as the tables of the standard library.
@Suite struct ScalarClassesTests {
  static let everySign = (UInt32(0)...0x10FFFF).compactMap { Unicode.Scalar($0) }

  @Test func spacesAreThoseOfUnicode() {
    #expect(Self.everySign.allSatisfy { $0.isSpace == $0.properties.isWhitespace })
  }

  @Test func lettersAreThoseOfUnicode() {
    let odd = Self.everySign.filter { sign in
      if sign.isASCII { return sign.isLetter != ("a"..."z").contains(sign.lowered) }
      return sign.isLetter != sign.properties.isAlphabetic
    }
    #expect(Array(odd) == [])
  }

  @Test func signsOfWordsAreThoseOfUnicode() {
    let odd = Self.everySign.filter { sign in
      let kinds: [Unicode.GeneralCategory] = [
        .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
        .spacingMark, .decimalNumber,
      ]
      return sign.isWordSign != kinds.contains(sign.properties.generalCategory)
    }
    #expect(Array(odd) == [])
  }

  @Test func whatIsInAWordIsALetterADigitOrAMark() {
    let odd = Self.everySign.filter { sign in
      if sign.isASCII { return sign.isInWord != (sign.isWordSign || sign == "_") }
      let properties = sign.properties
      return sign.isInWord != (properties.isAlphabetic || properties.numericType != nil || sign.isMark)
    }
    #expect(Array(odd) == [])
  }

  @Test func capitalsAndSmallLettersAreThoseOfUnicode() {
    #expect(Self.everySign.allSatisfy { $0.isUppercaseLetter == $0.properties.isUppercase })
    #expect(Self.everySign.allSatisfy { $0.isLowercaseLetter == $0.properties.isLowercase })
  }

  @Test func aTextIsMadeOfItsSigns() {
    let text = "Été à l’œuvre\u{A0}: 🧵 e\u{301}"
    #expect(text.scalars.elementsEqual(text.unicodeScalars))
    #expect(String(scalars: text.scalars).utf8.elementsEqual(text.utf8))
  }

  @Test func noSignThatStandsInATextIsMissed() {
    for text in ["« Été » : 12 {lieu} 🧵", "a", "@", "…", "\u{202F}!"] {
      let present = SignsPresent(text.scalars)
      #expect(text.unicodeScalars.allSatisfy(present.mayHold))
    }
    #expect(!SignsPresent("abc".scalars).mayHold("@"))
    #expect(SignsPresent("7".scalars).mayHoldDigits && !SignsPresent("abc;".scalars).mayHoldDigits)
  }
}

extension Unicode.Scalar {
  fileprivate var lowered: Unicode.Scalar {
    ("A"..."Z").contains(self) ? Unicode.Scalar(UInt8(value) | 0x20) : self
  }
}
