/// The words of a text: letters and digits, with hyphens and apostrophes between them. `aujourd’hui`, `l’hiver` and
/// `café-réparation` are one word each, as word processors count.
///
/// - Returns: Ranges in Unicode code points, from left to right.
func words(in scalars: ArraySlice<Unicode.Scalar>) -> [Range<Int>] {
  var found: [Range<Int>] = []
  var index = scalars.startIndex
  while index < scalars.endIndex {
    guard scalars[index].isInWord else {
      index += 1
      continue
    }
    let start = index
    while index < scalars.endIndex {
      let isJoint = index + 1 < scalars.endIndex && scalars[index].isJoint && scalars[index + 1].isInWord
      if !scalars[index].isInWord && !isJoint { break }
      index += 1
    }
    found.append(start..<index)
  }
  return found
}

/// The sentences of a text, without the white space around them.
///
/// A line break ends one. So does `.`, `!`, `?` or `…` before white space, unless a small letter follows or the full
/// stop ends an abbreviation.
func sentences(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
  var found: [Range<Int>] = []
  var start = 0
  func end(at index: Int) {
    var (first, last) = (start, index)
    while first < last, scalars[first].isSpace { first += 1 }
    while last > first, scalars[last - 1].isSpace { last -= 1 }
    if first < last { found.append(first..<last) }
    start = index
  }
  for index in scalars.indices {
    if scalars[index].isLineBreak {
      end(at: index + 1)
    } else if scalars[index].endsSentence, index + 1 < scalars.count {
      var next = index + 1
      // What closes a quotation belongs to its sentence, with the space before it.
      if next + 1 < scalars.count, scalars[next].isSpace, scalars[next + 1].closesQuotation { next += 1 }
      while next < scalars.count, scalars[next].closesQuotation { next += 1 }
      guard next < scalars.count, scalars[next].isSpace, !endsAbbreviation(index, in: scalars, from: start)
      else { continue }
      let following = scalars[next...].first { !$0.isSpace && !$0.opensQuotation }
      if following?.properties.isLowercase != true { end(at: next) }
    }
  }
  end(at: scalars.count)
  return found
}

private func endsAbbreviation(_ index: Int, in scalars: [Unicode.Scalar], from start: Int) -> Bool {
  guard scalars[index] == "." else { return false }
  let word = scalars[start..<index].reversed().prefix { $0.isInWord || $0 == "." }.reversed()
  let text = String(scalars: word)
  return abbreviations.contains(text) || (word.count == 1 && word.first?.properties.isUppercase == true)
}

/// Words that a full stop shortens before a capital. Source: Office québécois de la langue française, “Abréviations”.
private let abbreviations: Set<String> = [
  "M", "MM", "Dr", "Dre", "Me", "p", "ex", "tél", "no", "St", "Mr", "Mrs", "Ms",
]

extension Unicode.Scalar {
  fileprivate var isJoint: Bool { self == "-" || self == "'" || self == "\u{2019}" || self == "\u{2011}" }
  fileprivate var isLineBreak: Bool {
    self == "\n" || self == "\r" || self == "\u{2028}" || self == "\u{2029}"
  }
  fileprivate var endsSentence: Bool { self == "." || self == "!" || self == "?" || self == "…" }
  fileprivate var closesQuotation: Bool { "»”\")".unicodeScalars.contains(self) }
  fileprivate var opensQuotation: Bool { "«“\"(—–".unicodeScalars.contains(self) }
}
