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

  let scalars: [Unicode.Scalar]
  /// For each folded scalar, the place in the text of the one it comes from.
  let origins: [Int]
  private let length: Int
  private let droppedMarks: Set<Int>

  init(_ source: some Collection<Unicode.Scalar>, accents: Accents = .kept) {
    var (most, length) = (0, 0)
    for scalar in source {
      most += scalar.isASCII ? 1 : mostLetters
      length += 1
    }
    var (origins, droppedMarks): ([Int], Set<Int>) = ([], [])
    scalars = Array(capacity: most) { letters in
      origins = Array(capacity: most) { places in
        var place = 0
        for scalar in source {
          if !fold(scalar, accents, into: &letters) { droppedMarks.insert(place) }
          while places.count < letters.count { places.append(place) }
          place += 1
        }
      }
    }
    (self.origins, self.length, self.droppedMarks) = (origins, length, droppedMarks)
  }

  init(_ text: String, accents: Accents = .kept) { self.init(text.scalars, accents: accents) }

  /// The part of the text that a part of the folded one comes from; marks on its last letter included.
  func source(of range: Range<Int>) -> Range<Int> {
    if range.isEmpty { return 0..<0 }
    let end = range.upperBound < origins.count ? origins[range.upperBound] : length
    let last = origins[range.upperBound - 1] + 1
    // What was left out behind the last letter belongs to it if it is a mark; white space and the like do not.
    return origins[range.lowerBound]..<(isSpace(range.upperBound - 1) ? last : max(last, markEnd(last, end)))
  }

  private func markEnd(_ start: Int, _ end: Int) -> Int {
    var place = start
    while place < end, droppedMarks.contains(place) { place += 1 }
    return place
  }

  private func isSpace(_ index: Int) -> Bool { scalars[index] == " " }
}

/// Adds what a sign becomes.
///
/// - Returns: Whether it is not a mark that was dropped.
private func fold(
  _ scalar: Unicode.Scalar, _ accents: FoldedText.Accents, into letters: inout OutputSpan<Unicode.Scalar>
) -> Bool {
  // Nearly every sign of a French text.
  if scalar.isASCII, scalar.value > 0x20, scalar.value < 0x7F {
    letters.append(("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar)
    return true
  }
  switch scalar {
  case "\u{2019}", "\u{02BC}", "\u{2018}": letters.append("'")
  case "\u{2010}", "\u{2011}": letters.append("-")
  case "\u{AD}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}": break
  case _ where scalar.isSpace:
    if letters.isEmpty || letters[letters.count - 1] != " " { letters.append(" ") }
  case "\u{A0}"..."\u{24F}":
    let small = smallLatin[Int(scalar.value) - 0xA0]
    letters.append(small.first)
    if let second = small.second, accents == .kept || !small.secondIsMark { letters.append(second) }
  case "\u{2012}"..."\u{2027}", "«", "»": letters.append(scalar)
  case _ where scalar.isMark:
    if accents == .dropped { return false }
    letters.append(scalar)
  default:
    for small in smallLetters(of: scalar) where accents == .kept || !small.isMark { letters.append(small) }
  }
  return true
}

/// The most that one sign becomes: a letter and its accent, or two letters.
private let mostLetters = 2

/// The small letters of a sign, each accent behind its letter.
private func smallLetters(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
  scalar.properties.lowercaseMapping.unicodeScalars.flatMap { small -> [Unicode.Scalar] in
    latinParts[small].map { [$0.letter, $0.mark] } ?? ligatures[small] ?? [small]
  }
}

/// The small letters of the signs from U+00A0 to U+024F, none of which has more than two.
private let smallLatin: [(first: Unicode.Scalar, second: Unicode.Scalar?, secondIsMark: Bool)] =
  (UInt32(0xA0)...0x24F).compactMap(Unicode.Scalar.init).map { scalar in
    let letters = smallLetters(of: scalar)
    precondition(letters.count <= 2, "a Latin letter and its accent")
    let second = letters.count > 1 ? letters[1] : nil
    return (letters[0], second, second?.isMark ?? false)
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
