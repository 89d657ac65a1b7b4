/// A text in which letters that a reader takes for the same are the same, with the way back to what is written.
///
/// Capitals are small letters, `œ` is `oe`, an accent stands behind its letter however it was typed, every apostrophe
/// and hyphen has one form, and white space of any length and kind is one space. With ``Accents/dropped`` `é` is `e`.
/// Nothing depends on a locale.
///
/// Source: Unicode 16, DerivedCoreProperties (lower case) and UnicodeData (decomposition) for the Latin letters that
/// French and its neighbours write; letters of other scripts only lose their case.
struct FoldedText: Hashable, Sendable {
  enum Accents: Sendable { case kept, dropped }

  private(set) var scalars: [Unicode.Scalar] = []
  /// For each folded scalar, the place in the text of the one it comes from.
  private(set) var origins: [Int] = []
  private let length: Int

  init(_ source: some Collection<Unicode.Scalar>, accents: Accents = .kept) {
    length = source.count
    scalars.reserveCapacity(source.count)
    origins.reserveCapacity(source.count)
    for (place, scalar) in source.enumerated() { fold(scalar, at: place, accents) }
  }

  init(_ text: String, accents: Accents = .kept) { self.init(Array(text.unicodeScalars), accents: accents) }

  /// The part of the text that a part of the folded one comes from; marks on its last letter included.
  func source(of range: Range<Int>) -> Range<Int> {
    if range.isEmpty { return 0..<0 }
    let end = range.upperBound < origins.count ? origins[range.upperBound] : length
    let last = origins[range.upperBound - 1] + 1
    // What was left out behind the last letter belongs to it if it is a mark; white space and the like do not.
    return origins[range.lowerBound]..<(isSpace(range.upperBound - 1) ? last : max(last, markEnd(last, end)))
  }

  private var droppedMarks: Set<Int> = []

  private func markEnd(_ start: Int, _ end: Int) -> Int {
    var place = start
    while place < end, droppedMarks.contains(place) { place += 1 }
    return place
  }

  private func isSpace(_ index: Int) -> Bool { scalars[index] == " " }

  private mutating func append(_ scalar: Unicode.Scalar, _ place: Int) {
    scalars.append(scalar)
    origins.append(place)
  }

  private mutating func fold(_ scalar: Unicode.Scalar, at place: Int, _ accents: Accents) {
    switch scalar {
    case "a"..."z", "0"..."9": append(scalar, place)
    case "A"..."Z": append(Unicode.Scalar(UInt8(scalar.value) | 0x20), place)
    case "\u{2019}", "\u{02BC}", "\u{2018}": append("'", place)
    case "\u{2010}", "\u{2011}": append("-", place)
    case "\u{AD}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}": break
    case "\u{21}"..."\u{7E}": append(scalar, place)
    case _ where scalar.properties.isWhitespace:
      if scalars.last != " " { append(" ", place) }
    case _ where scalar.isMark:
      if accents == .kept { append(scalar, place) } else { droppedMarks.insert(place) }
    default:
      for small in scalar.properties.lowercaseMapping.unicodeScalars {
        if small.isMark {
          if accents == .kept { append(small, place) }
        } else if let parts = latinParts[small] {
          append(parts.letter, place)
          if accents == .kept { append(parts.mark, place) }
        } else if let letters = ligatures[small] {
          for letter in letters { append(letter, place) }
        } else {
          append(small, place)
        }
      }
    }
  }
}

extension Unicode.Scalar {
  /// An accent or another sign on the letter before it.
  var isMark: Bool { value >= 0x300 && properties.generalCategory == .nonspacingMark }

  /// Part of a word in any script: a letter, a digit, a mark.
  var isInWord: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9", "_": true
    case "\0"..."\u{7F}": false
    default: properties.isAlphabetic || properties.numericType != nil || isMark
    }
  }

  var isLetter: Bool {
    switch self {
    case "a"..."z", "A"..."Z": true
    case "\0"..."\u{7F}": false
    default: properties.isAlphabetic
    }
  }

  var isSpace: Bool { properties.isWhitespace }
}

private let ligatures: [Unicode.Scalar: [Unicode.Scalar]] = [
  "œ": ["o", "e"], "æ": ["a", "e"], "ß": ["s", "s"],
]

/// Small Latin letters with one mark, as the letter and the mark.
private let latinParts: [Unicode.Scalar: (letter: Unicode.Scalar, mark: Unicode.Scalar)] = {
  let rows: [(mark: Unicode.Scalar, letters: String, plain: String)] = [
    ("\u{300}", "àèìòùǹ", "aeioun"),
    ("\u{301}", "áéíóúýćĺńŕśź", "aeiouyclnrsz"),
    ("\u{302}", "âêîôûĉĝĥĵŝŵŷ", "aeioucghjswy"),
    ("\u{303}", "ãñõĩũ", "anoiu"),
    ("\u{304}", "āēīōū", "aeiou"),
    ("\u{306}", "ăĕğĭŏŭ", "aegiou"),
    ("\u{307}", "ċėġż", "cegz"),
    ("\u{308}", "äëïöüÿ", "aeiouy"),
    ("\u{30A}", "åů", "au"),
    ("\u{30B}", "őű", "ou"),
    ("\u{30C}", "čďěľňřšťž", "cdelnrstz"),
    ("\u{327}", "çģķļņŗşţ", "cgklnrst"),
    ("\u{328}", "ąęįų", "aeiu"),
  ]
  var table: [Unicode.Scalar: (letter: Unicode.Scalar, mark: Unicode.Scalar)] = [:]
  for row in rows {
    for (accented, plain) in zip(row.letters.unicodeScalars, row.plain.unicodeScalars) {
      table[accented] = (plain, row.mark)
    }
  }
  return table
}()
