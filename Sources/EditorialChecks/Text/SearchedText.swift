/// A text made ready for finding many phrases in it.
struct SearchedText: Sendable {
  let folded: FoldedText
  let signs: SignsPresent
  /// Where its words begin, hyphens and apostrophes between them.
  let wordStarts: [Int]

  init(_ folded: FoldedText) {
    self.folded = folded
    signs = SignsPresent(folded.scalars)
    var starts: [Int] = []
    starts.reserveCapacity(folded.scalars.count / 5)
    var wasInWord = false
    for (index, scalar) in folded.scalars.enumerated() {
      let isInWord = scalar.isInWord
      if isInWord, !wasInWord { starts.append(index) }
      wasInWord = isInWord
    }
    wordStarts = starts
  }
}
