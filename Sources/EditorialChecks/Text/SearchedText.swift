/// A text made ready for finding many phrases in it.
struct SearchedText: Sendable {
  let folded: FoldedText
  let signs: SignsPresent
  /// From left to right, hyphens and apostrophes between them.
  let words: [WordRun]
  let wordsPresent: WordsPresent

  init(_ folded: FoldedText) {
    self.folded = folded
    signs = SignsPresent(folded.scalars)
    words = wordRuns(in: folded.scalars)
    wordsPresent = WordsPresent(words)
  }
}

/// A run of letters, digits and marks.
struct WordRun: Sendable {
  let range: Range<Int>
  /// Of all its signs.
  let kept: UInt64
  /// Of those that are no marks: what it is where accents do not count.
  let dropped: UInt64
}

/// The runs of letters, digits and marks in a folded text, from left to right.
func wordRuns(in scalars: [Unicode.Scalar]) -> [WordRun] {
  var runs: [WordRun] = []
  runs.reserveCapacity(scalars.count / 5)
  var index = 0
  while index < scalars.count {
    guard scalars[index].isInWord else {
      index += 1
      continue
    }
    let start = index
    var (kept, dropped) = (Fingerprint(), Fingerprint())
    while index < scalars.count, scalars[index].isInWord {
      kept.add(UInt64(scalars[index].value))
      if !scalars[index].isMark { dropped.add(UInt64(scalars[index].value)) }
      index += 1
    }
    runs.append(WordRun(range: start..<index, kept: kept.value, dropped: dropped.value))
  }
  return runs
}

/// Which words stand in a text, so that a rule need not look for what is not there.
///
/// Source: Bloom, “Space/time trade-offs in hash coding with allowable errors”, 1970; here with two bits for each word.
struct WordsPresent: Hashable, Sendable {
  private var bits: [UInt64]

  init(_ words: [WordRun]) {
    self.init(roomFor: words.count)
    for word in words {
      insert(word.kept)
      if word.dropped != word.kept { insert(word.dropped) }
    }
  }

  /// - Parameter words: Fingerprints, with or without marks.
  init(_ words: [UInt64]) {
    self.init(roomFor: words.count)
    for word in words { insert(word) }
  }

  /// 64 bits for each word: of a thousand words that are not there, one seems to be.
  private init(roomFor count: Int) {
    var size = 8
    while size < count { size *= 2 }
    bits = Array(repeating: 0, count: size)
  }

  private mutating func insert(_ word: UInt64) {
    let mask = bits.count - 1
    bits[Int(truncatingIfNeeded: word >> 6) & mask] |= 1 << (word & 63)
    bits[Int(truncatingIfNeeded: word >> 38) & mask] |= 1 << (word >> 32 & 63)
  }

  /// Whether a word may stand in the text; a no is certain.
  ///
  /// - Parameter word: Its fingerprint, with or without its marks.
  func mayHold(_ word: UInt64) -> Bool {
    let mask = bits.count - 1
    return bits[Int(truncatingIfNeeded: word >> 6) & mask] >> (word & 63) & 1 == 1
      && bits[Int(truncatingIfNeeded: word >> 38) & mask] >> (word >> 32 & 63) & 1 == 1
  }
}
