import ConcurrentMap

/// What a person looks for in texts: words, and groups of words in quotation marks.
///
/// Words are found whole, whatever their case, accents and ligatures, with or without an elision before them: `ete`
/// finds `l’Été`, `oeuvre` finds `d’œuvre`. A word with a hyphen or an apostrophe is its parts in that order. Signs such
/// as `€` and emoji are words, punctuation is none. All that is looked for has to stand in one text.
public struct WordSearch: Hashable, Sendable {
  /// Words that follow each other; never empty.
  public let terms: [[String]]
  /// The same as they are compared.
  private let letters: [[[Unicode.Scalar]]]
  /// What tells of most texts that they hold nothing of that.
  private let filters: [WordFilter]

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
        ? [WordsToFind(words)] : words.split(whereSeparator: \.isSpace).map { WordsToFind(Array($0)) }
      terms += found.map(\.texts).filter { !$0.isEmpty }
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
    letters = terms.map { $0.map(\.scalars) }
    filters = terms.joined().compactMap(WordFilter.init)
  }

  /// The words of a text as they are compared, in order.
  public static func words(of text: String) -> [String] { WordsToFind(text.scalars).texts }

  /// Whether what is looked for may stand in a text of a JSON document; quick, and `true` too often.
  ///
  /// Nobody knows of a file in another encoding.
  public func mayBeFound(inDocument bytes: [UInt8]) -> Bool {
    guard !bytes.contains(0), (try? UTF8Span(validating: bytes.span)) != nil else { return true }
    return filters.allSatisfy { $0.mayFind(in: bytes.span, hasEscapes: true) }
  }

  /// Where everything that is looked for stands in a text; `nil` where a part of it does not.
  ///
  /// - Returns: In Unicode code points, from left to right; what touches is one range.
  public func places(in text: String) -> [Range<Int>]? {
    let utf8 = text.utf8Span
    guard filters.allSatisfy({ $0.mayFind(in: utf8.span) }) else { return nil }
    let words = WordsToFind(text.scalars)
    var found: [Range<Int>] = []
    for term in letters {
      let places = words.indices.filter { words.holds(term, at: $0) }
      if places.isEmpty { return nil }
      found += places.map { words.range(of: $0...$0 + term.count - 1) }
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
  /// The lines of many texts, in their order, found on all processors.
  public func excerpts(of texts: [String]) -> [[ExcerptPart]?] {
    texts.concurrentMap(portion: 64) { excerpt(of: $0) }
  }

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

/// The words of a text, without what was elided before them. Most are looked at and never become a text of their own.
private struct WordsToFind {
  private let folded: FoldedText
  /// In the folded text.
  private var words: [Range<Int>] = []

  init(_ scalars: [Unicode.Scalar]) {
    folded = FoldedText(scalars, accents: .dropped)
    let letters = folded.scalars
    words.reserveCapacity(letters.count / 5)
    var index = 0
    while index < letters.count {
      let start = index
      if letters[index].isInWord {
        while index < letters.count, letters[index].isInWord { index += 1 }
        let isElided = index + 1 < letters.count && letters[index] == "'" && letters[index + 1].isInWord
        if isElided, elisions.contains(String(scalars: letters[start..<index])) { continue }
        words.append(start..<index)
      } else {
        index += 1
        if letters[start].isSignToFind { words.append(start..<index) }
      }
    }
  }

  var indices: Range<Int> { words.indices }

  var texts: [String] {
    words.map { word in isSign(word) ? name(of: word) : String(scalars: folded.scalars[word]) }
  }

  /// Whether some words follow each other from a place on.
  func holds(_ term: [[Unicode.Scalar]], at place: Int) -> Bool {
    place + term.count <= words.count && term.indices.allSatisfy { isWord(place + $0, term[$0]) }
  }

  private func isWord(_ place: Int, _ wanted: [Unicode.Scalar]) -> Bool {
    let word = words[place]
    if isSign(word) { return name(of: word).unicodeScalars.elementsEqual(wanted) }
    guard word.count == wanted.count else { return false }
    for index in wanted.indices where folded.scalars[word.lowerBound + index] != wanted[index] {
      return false
    }
    return true
  }

  /// Where some of them stand in the text, in Unicode code points.
  func range(of places: ClosedRange<Int>) -> Range<Int> {
    folded.source(of: words[places.lowerBound])
      .lowerBound..<folded.source(of: words[places.upperBound]).upperBound
  }

  private func isSign(_ word: Range<Int>) -> Bool { !folded.scalars[word.lowerBound].isInWord }

  private func name(of sign: Range<Int>) -> String { SignName.of(folded.scalars[sign.lowerBound]) }
}

/// What a sign such as `€` is called where words are compared: `u20ac`, a word that every program which cuts texts into words
/// leaves whole.
enum SignName {
  static func of(_ sign: Unicode.Scalar) -> String { "u" + String(sign.value, radix: 16) }

  /// Whether a word is the name of some sign; people may have typed just that.
  static func isOne(_ word: String) -> Bool {
    guard word.utf8.first == UInt8(ascii: "u"), let value = UInt32(word.dropFirst(), radix: 16) else {
      return false
    }
    return Unicode.Scalar(value).map(of) == word
  }
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
