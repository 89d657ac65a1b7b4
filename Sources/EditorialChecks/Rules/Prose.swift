import SocialText

/// A text as the rules of language read it: its words, without links, tags, addresses and code.
struct Prose {
  let scalars: [Unicode.Scalar]
  /// Whether the sign at a place is part of something that is not language.
  private(set) var isApart: [Bool]

  init(_ scalars: [Unicode.Scalar]) {
    self.scalars = scalars
    isApart = Array(repeating: false, count: scalars.count)
    for entity in entities(in: scalars) { setApart(entity.range) }
    for address in addresses(in: scalars) { setApart(address) }
    setApartCode()
    setApartEmojiCodes()
  }

  subscript(index: Int) -> Unicode.Scalar? {
    scalars.indices.contains(index) && !isApart[index] ? scalars[index] : nil
  }

  /// Runs of letters and digits, in the order of the text. Apostrophes and hyphens stand between words.
  func words() -> [Word] {
    var found: [Word] = []
    var index = 0
    while index < scalars.count {
      guard !isApart[index], scalars[index].isWordSign else {
        index += 1
        continue
      }
      let start = index
      while index < scalars.count, !isApart[index], scalars[index].isWordSign { index += 1 }
      found.append(Word(range: start..<index, text: text(start..<index)))
    }
    return found
  }

  struct Word: Hashable {
    var range: Range<Int>
    var text: String
    var lowercased: String { text.lowercased() }
  }

  func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  /// Whether a sentence may begin at a place: nothing before it on the line, or the end of a sentence.
  func mayBeginSentence(at index: Int) -> Bool {
    var before = index - 1
    while before >= 0, scalars[before].isSpaceSign || "«“\"([—–-•".unicodeScalars.contains(scalars[before]) {
      if scalars[before].isLineEnd { return true }
      before -= 1
    }
    return before < 0 || ".!?…:".unicodeScalars.contains(scalars[before])
  }

  /// The places inside quotation marks, and the lines that begin with a dash: what somebody else says.
  func quoted() -> [Bool] {
    var result = Array(repeating: false, count: scalars.count)
    var depth = 0
    var isDialogue = false
    for (index, scalar) in scalars.enumerated() {
      if index == 0 || scalars[index - 1].isLineEnd { isDialogue = scalar == "—" || scalar == "–" }
      // A quotation that nobody closed does not go on for ever.
      if scalar.isLineEnd { depth = 0 }
      if scalar == "«" || scalar == "“" { depth += 1 }
      result[index] = depth > 0 || isDialogue
      if scalar == "»" || scalar == "”" { depth = max(depth - 1, 0) }
    }
    return result
  }

  // MARK: - What is not language

  private mutating func setApart(_ range: Range<Int>) {
    for index in range { isApart[index] = true }
  }

  /// What stands between backticks on one line.
  private mutating func setApartCode() {
    var open: Int?
    for index in scalars.indices {
      if scalars[index].isLineEnd { open = nil }
      guard scalars[index] == "`" else { continue }
      if let start = open { setApart(start..<(index + 1)) }
      open = open == nil ? index : nil
    }
  }

  /// `:tada:`.
  private mutating func setApartEmojiCodes() {
    var index = 0
    while index < scalars.count {
      defer { index += 1 }
      guard scalars[index] == ":", index == 0 || !scalars[index - 1].isWordSign else { continue }
      var end = index + 1
      while end < scalars.count, scalars[end].isASCIIWord || "_+-".unicodeScalars.contains(scalars[end]) {
        end += 1
      }
      if end > index + 2, end < scalars.count, scalars[end] == ":" {
        setApart(index..<(end + 1))
        index = end
      }
    }
  }
}

extension Unicode.Scalar {
  var isWordSign: Bool {
    if isASCII { return isASCIIWord }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
      .spacingMark, .decimalNumber:
      return true
    default: return false
    }
  }

  /// A letter, of any script.
  var isWordLetter: Bool { isWordSign && !isDigit && !properties.isDiacritic }
  var isDigit: Bool { ("0"..."9").contains(self) }
  var isLineEnd: Bool { self == "\n" || self == "\r" || self == "\u{2028}" || self == "\u{2029}" }
  var isSpaceSign: Bool { properties.isWhitespace }
  /// Spaces at which a line does not end.
  var isNoBreakSpace: Bool { self == "\u{A0}" || self == "\u{202F}" }
  var isApostrophe: Bool { self == "’" || self == "'" }
  var isUppercaseLetter: Bool { properties.isUppercase }

  fileprivate var isASCIIWord: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
  }
}

extension CheckedText {
  var isFrench: Bool { language.lowercased().prefix { $0 != "-" && $0 != "_" } == "fr" }
}
