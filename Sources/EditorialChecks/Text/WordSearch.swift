/// What a person looks for in texts: words, and groups of words in quotation marks.
///
/// Words are found whole, whatever their case, accents and ligatures, with or without an elision before them: `ete`
/// finds `l’Été`, `oeuvre` finds `d’œuvre`. A word with a hyphen or an apostrophe is its parts in that order. Signs such
/// as `€` and emoji are words, punctuation is none. All that is looked for has to stand in one text.
public struct WordSearch: Hashable, Sendable {
  /// Words that follow each other; never empty.
  public let terms: [[String]]

  /// - Parameter typed: What the person typed. `"`, `“ ”` and `« »` hold words together; one that is left open ends with
  ///   the text.
  /// - Returns: `nil` where that holds no word.
  public init?(_ typed: String) {
    var terms: [[String]] = []
    var (part, isQuoted) = (String.UnicodeScalarView(), false)
    func close() {
      let words = String(part).scalars
      let found =
        isQuoted
        ? [wordsToFind(in: words)] : words.split(whereSeparator: \.isSpace).map { wordsToFind(in: Array($0)) }
      terms += found.filter { !$0.isEmpty }.map { $0.map(\.text) }
      part = String.UnicodeScalarView()
    }
    for scalar in typed.unicodeScalars {
      if "\"“”«»".unicodeScalars.contains(scalar) {
        close()
        isQuoted.toggle()
      } else {
        part.append(scalar)
      }
    }
    close()
    if terms.isEmpty { return nil }
    self.terms = terms
  }

  /// The words of a text as they are compared, in order.
  public static func words(of text: String) -> [String] { wordsToFind(in: text.scalars).map(\.text) }

  /// Where everything that is looked for stands in a text; `nil` where a part of it does not.
  ///
  /// - Returns: In Unicode code points, from left to right; what touches is one range.
  public func places(in text: String) -> [Range<Int>]? {
    let words = wordsToFind(in: text.scalars)
    var starts: [String: [Int]] = [:]
    for (place, word) in words.enumerated() { starts[word.text, default: []].append(place) }
    var found: [Range<Int>] = []
    for term in terms {
      let places = (starts[term[0]] ?? []).filter { start in
        start + term.count <= words.count
          && zip(words[start...], term).allSatisfy { $0.text.utf8.elementsEqual($1.utf8) }
      }
      if places.isEmpty { return nil }
      found += places.map { words[$0].range.lowerBound..<words[$0 + term.count - 1].range.upperBound }
    }
    var merged: [Range<Int>] = []
    for range in found.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
      if let last = merged.last, range.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }
}

/// A part of a text shown for what was found in it.
public struct ExcerptPart: Hashable, Sendable {
  public var text: String
  public var isFound: Bool
}

extension WordSearch {
  /// A line around what was found first, and what else was found in it.
  ///
  /// - Parameter length: How many code points it has at most, where what was found leaves room; cut between words.
  /// - Returns: Put together, a part of the text, with `…` where it was cut; `nil` where not everything is there.
  public func excerpt(of text: String, length: Int = 120) -> [ExcerptPart]? {
    guard let places = places(in: text), let first = places.first else { return nil }
    let scalars = text.scalars
    var (start, end) = (first.lowerBound, first.upperBound)
    for place in places.dropFirst() where place.upperBound - start <= length { end = place.upperBound }
    let room = max(0, length - (end - start))
    start = max(0, start - room / 3)
    end = min(scalars.count, end + room - (first.lowerBound - start))
    if end == scalars.count { start = max(0, min(start, end - length)) }
    // Between words: a cut one says nothing.
    if start > 0, start < first.lowerBound {
      start =
        scalars[start..<first.lowerBound].firstIndex(where: \.isSpace).map { $0 + 1 } ?? first.lowerBound
    }
    let lastFound = places.last { $0.upperBound <= end }?.upperBound ?? first.upperBound
    if end < scalars.count, end > lastFound {
      end = scalars[lastFound..<end].lastIndex(where: \.isSpace) ?? lastFound
    }
    var parts: [ExcerptPart] = []
    func add(_ range: Range<Int>, isFound: Bool) {
      if !range.isEmpty { parts.append(ExcerptPart(text: String(scalars: scalars[range]), isFound: isFound)) }
    }
    if start > 0 { parts.append(ExcerptPart(text: "… ", isFound: false)) }
    var position = start
    for place in places where place.lowerBound >= start && place.upperBound <= end {
      add(position..<place.lowerBound, isFound: false)
      add(place, isFound: true)
      position = place.upperBound
    }
    add(position..<max(position, end), isFound: false)
    if end < scalars.count { parts.append(ExcerptPart(text: " …", isFound: false)) }
    return parts
  }
}

// MARK: -

private struct FoundWord {
  var text: String
  /// In Unicode code points.
  var range: Range<Int>
}

/// The words of a text, without what was elided before them.
private func wordsToFind(in scalars: [Unicode.Scalar]) -> [FoundWord] {
  let folded = FoldedText(scalars, accents: .dropped)
  let letters = folded.scalars
  var words: [FoundWord] = []
  var index = 0
  while index < letters.count {
    let start = index
    if letters[index].isInWord {
      while index < letters.count, letters[index].isInWord { index += 1 }
      let word = String(scalars: letters[start..<index])
      let isElided = index + 1 < letters.count && letters[index] == "'" && letters[index + 1].isInWord
      if isElided, elisions.contains(word) { continue }
      words.append(FoundWord(text: word, range: folded.source(of: start..<index)))
    } else {
      index += 1
      guard letters[start].isSignToFind else { continue }
      // A word that every program which cuts texts into words leaves whole.
      let name = "u" + String(letters[start].value, radix: 16)
      words.append(FoundWord(text: name, range: folded.source(of: start..<index)))
    }
  }
  return words
}

/// Source: Office québécois de la langue française, “Élision”.
private let elisions: Set<String> = [
  "c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
]

extension Unicode.Scalar {
  /// A sign that means something by itself: `€`, `→`, an emoji.
  fileprivate var isSignToFind: Bool {
    guard value > 0x7F else { return false }
    switch properties.generalCategory {
    case .currencySymbol, .mathSymbol, .otherSymbol: return true
    default: return false
    }
  }
}
