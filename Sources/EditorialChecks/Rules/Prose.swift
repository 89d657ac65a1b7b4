import SocialText

/// A text as the rules of language read it: its words, without links, tags, addresses and code.
struct Prose {
  let scalars: [Unicode.Scalar]
  /// The signs of the whole text, of what is not language too.
  let signs: SignsPresent
  /// Whether the sign at a place is part of something that is not language.
  private(set) var isApart: [Bool]
  /// Runs of letters and digits, in the order of the text. Apostrophes and hyphens stand between words.
  private(set) var words: [Word] = []

  /// - Parameter addresses: Of the text, see ``addresses(in:)``.
  init(_ scalars: [Unicode.Scalar], addresses: [Range<Int>]) {
    self.scalars = scalars
    signs = SignsPresent(scalars)
    isApart = Array(repeating: false, count: scalars.count)
    for entity in entities(in: scalars) { setApart(entity.range) }
    for address in addresses { setApart(address) }
    if signs.mayHold("`") { setApartCode() }
    if signs.mayHold(":") { setApartEmojiCodes() }
    findWords()
  }

  subscript(index: Int) -> Unicode.Scalar? {
    scalars.indices.contains(index) && !isApart[index] ? scalars[index] : nil
  }

  private mutating func findWords() {
    words.reserveCapacity(scalars.count / 5)
    var index = 0
    while index < scalars.count {
      guard !isApart[index], scalars[index].isWordSign else {
        index += 1
        continue
      }
      let start = index
      while index < scalars.count, !isApart[index], scalars[index].isWordSign { index += 1 }
      let first = scalars[start]
      let initial = ("A"..."Z").contains(first) ? Unicode.Scalar(UInt8(first.value) | 0x20) : first
      words.append(Word(range: start..<index, initial: initial))
    }
  }

  /// A word of the text: where it stands, and nothing that would have to be kept in memory for it.
  struct Word: Sendable {
    var range: Range<Int>
    /// The sign it begins with, small where it is one of ASCII.
    var initial: Unicode.Scalar
  }

  func text(_ range: Range<Int>) -> String { String(scalars: scalars[range]) }
  func text(_ word: Word) -> String { text(word.range) }
  func lowercased(_ word: Word) -> String { text(word).lowercased() }

  /// Whether a sentence may begin at a place: nothing before it on the line, or the end of a sentence.
  func mayBeginSentence(at index: Int) -> Bool {
    var before = index - 1
    while before >= 0, scalars[before].isSpace || "«“\"([—–-•".unicodeScalars.contains(scalars[before]) {
      if scalars[before].isLineEnd { return true }
      before -= 1
    }
    return before < 0 || ".!?…:".unicodeScalars.contains(scalars[before])
  }

  /// Whether a text has any of the signs that ``quoted()`` looks for.
  var mayQuote: Bool { ["«", "“", "—", "–"].contains(where: signs.mayHold) }

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

extension CheckedText {
  var isFrench: Bool { language.lowercased().prefix { $0 != "-" && $0 != "_" } == "fr" }
}
