/// What a platform counts a text in.
///
/// Graphemes are what Swift's `Character` is: extended grapheme clusters of the Unicode version of Swift's standard
/// library (17 in Swift 6.3; a test pins it). A platform on an older version may see a new emoji as several.
public enum CountingUnit: String, CaseIterable, Hashable, Sendable {
  /// Each code point of the composed text (NFC) has a weight.
  case weighted
  /// What a reader takes for one character.
  case graphemes
  case codePoints = "code-points"
  /// JavaScript's and Java's `length`.
  case utf16 = "utf-16"
  /// Bytes.
  case utf8 = "utf-8"
}

/// How a platform weighs what is more than letters: `counting` of `limits/<platform>.json`.
public struct Counting: Hashable, Sendable {
  public struct Weight: Hashable, Sendable {
    public var codePoints: ClosedRange<UInt32>
    /// In parts of ``Counting/scale``.
    public var weight: Int

    public init(_ codePoints: ClosedRange<UInt32>, _ weight: Int) {
      (self.codePoints, self.weight) = (codePoints, weight)
    }
  }

  /// What any link counts as, in whole characters; `nil` where a link counts as it is written.
  public var urlWeight: Int?
  /// Whether only a link with a scheme counts so.
  public var urlsNeedScheme: Bool
  /// Whether `@name@server` counts as `@name`.
  public var mentionWithoutDomain: Bool
  /// How an emoji counts, where that is not how the rest does: `weighted` makes one of it, however it is put together.
  public var emojiUnit: CountingUnit?
  /// The weight of one character.
  public var scale: Int
  /// The weight of code points without one of their own, and of an emoji.
  public var defaultWeight: Int
  public var weights: [Weight]

  public init(
    urlWeight: Int? = nil, urlsNeedScheme: Bool = false, mentionWithoutDomain: Bool = false,
    emojiUnit: CountingUnit? = nil, scale: Int = 1, defaultWeight: Int = 1, weights: [Weight] = []
  ) {
    (self.urlWeight, self.urlsNeedScheme) = (urlWeight, urlsNeedScheme)
    (self.mentionWithoutDomain, self.emojiUnit) = (mentionWithoutDomain, emojiUnit)
    (self.scale, self.defaultWeight, self.weights) = (max(scale, 1), defaultWeight, weights)
  }

  /// The counting of X: version 3 of the twitter-text configuration, of 2018.
  ///
  /// Source: https://github.com/twitter/twitter-text, `config/v3.json`.
  public static let x = Counting(
    urlWeight: 23, emojiUnit: .weighted, scale: 100, defaultWeight: 200,
    weights: [
      Weight(0...4351, 100), Weight(8192...8205, 100), Weight(8208...8223, 100), Weight(8242...8247, 100),
    ])
}

/// How long a text is.
public struct TextMeasure: Hashable, Sendable {
  /// In the unit asked for; the part of a character counts as a whole one.
  public var count: Int
  /// How much of the text fits, in Unicode code points; the whole text where nothing is too much.
  public var fitting: Int
}

/// Counts a text as a platform does.
///
/// - Parameter limit: In `unit`; `nil` where only the count matters.
public func measure(
  _ text: String, in unit: CountingUnit, counting: Counting = Counting(), limit: Int? = nil
) -> TextMeasure {
  var scalars: [Unicode.Scalar] = []
  scalars.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars { scalars.append(scalar) }
  let most = limit.map { $0.multipliedReportingOverflow(by: counting.scale) }
    .flatMap { $0.overflow ? nil : $0.partialValue }
  var (total, position) = (0, 0)
  var fitting: Int?
  func take(_ codePoints: Int, weighing weight: Int) {
    total += weight
    if let most, total > most, fitting == nil { fitting = position }
    position += codePoints
  }
  for stretch in stretches(of: scalars, counting) {
    if let weight = stretch.weight {
      take(stretch.range.count, weighing: weight * counting.scale)
    } else {
      var index = stretch.range.lowerBound
      while index < stretch.range.upperBound {
        let end = scalars.endOfCharacters(from: index, limit: stretch.range.upperBound)
        if end == index + 1, scalars[index].isCharacter {
          take(1, weighing: counting.weight(of: scalars[index], in: unit))
        } else {
          var view = String.UnicodeScalarView()
          view.append(contentsOf: scalars[index..<end])
          for character in String(view) {
            take(character.unicodeScalars.count, weighing: counting.weight(of: character, in: unit))
          }
        }
        index = end
      }
    }
  }
  let count = total / counting.scale + (total % counting.scale > 0 ? 1 : 0)
  return TextMeasure(count: count, fitting: fitting ?? scalars.count)
}

/// Whether a text may be longer than a limit; a no is certain, and costs no counting.
///
/// No unit counts more than the bytes of UTF-8, but for what has a weight of its own: links, of which each has a full
/// stop, and code points that are weighed.
public func mayExceed(_ limit: Int, _ text: String, in unit: CountingUnit, counting: Counting) -> Bool {
  let bytes = text.utf8.count
  let isWeighed = unit == .weighted || counting.emojiUnit == .weighted
  let heaviest = isWeighed ? max(counting.heaviest, 1) : 1
  let links = counting.urlWeight.map { $0.multipliedReportingOverflow(by: mostLinks(in: text)) }
  let most = bytes.multipliedReportingOverflow(by: heaviest)
  let (sum, isTooLarge) = most.partialValue.addingReportingOverflow(links?.partialValue ?? 0)
  return most.overflow || links?.overflow == true || isTooLarge || sum > limit
}

/// Where in a text the characters stand that X refuses.
public func refusedCharacters(in text: [Unicode.Scalar]) -> [Int] {
  text.indices.filter { text[$0].isRefused }
}

// MARK: -

private struct Stretch {
  var range: Range<Int>
  /// In whole characters; `nil` for words that are counted as they are written.
  var weight: Int?
}

/// The text cut into links, the ends of mentions, and the words between them.
private func stretches(of text: [Unicode.Scalar], _ counting: Counting) -> [Stretch] {
  var special: [Stretch] = []
  if let weight = counting.urlWeight {
    special += urls(in: text)
      .filter { !counting.urlsNeedScheme || $0.kind == .url(hasScheme: true) }
      .map { Stretch(range: $0.range, weight: weight) }
  }
  if counting.mentionWithoutDomain {
    special += mentionDomains(in: text).map { Stretch(range: $0, weight: 0) }
  }
  var stretches: [Stretch] = []
  var end = 0
  for stretch in special.sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
  where stretch.range.lowerBound >= end {
    if stretch.range.lowerBound > end { stretches.append(Stretch(range: end..<stretch.range.lowerBound)) }
    stretches.append(stretch)
    end = stretch.range.upperBound
  }
  if end < text.count { stretches.append(Stretch(range: end..<text.count)) }
  return stretches
}

/// The `@server` of each `@name@server`.
///
/// Source: Mastodon, `Account::MENTION_RE`.
private func mentionDomains(in text: [Unicode.Scalar]) -> [Range<Int>] {
  func isWord(_ index: Int) -> Bool {
    text[index].isHashtagLetter || text[index].isASCIIDigit || text[index] == "_"
  }
  func endOfName(from start: Int, _ isSign: (Unicode.Scalar) -> Bool) -> Int {
    var (index, end) = (start, start)
    while index < text.count, isSign(text[index]) || text[index] == "." || text[index] == "-" {
      index += 1
      if isSign(text[index - 1]) { end = index }
    }
    return end
  }
  var found: [Range<Int>] = []
  var index = 0
  while index < text.count {
    let start = index
    index += 1
    guard text[start] == "@",
      start == 0 || !(isWord(start - 1) || "=/".unicodeScalars.contains(text[start - 1]))
    else { continue }
    let name = endOfName(from: start + 1) { $0.isASCIIAlphanumeric || $0 == "_" }
    guard name > start + 1, name < text.count, text[name] == "@" else { continue }
    let domain = endOfName(from: name + 1) { $0.isHashtagLetter || $0.isASCIIDigit || $0 == "_" }
    guard domain > name + 1 else { continue }
    found.append(name..<domain)
    index = domain
  }
  return found
}

extension [Unicode.Scalar] {
  /// Where one or more whole characters end that begin at `start`: after one sign, where it and the next are by
  /// themselves, and else before the first two of that kind in a row.
  fileprivate func endOfCharacters(from start: Int, limit: Int) -> Int {
    var end = start + 1
    var isAlone = self[start].isCharacter
    while end < limit {
      let isNextAlone = self[end].isCharacter
      if isAlone && isNextAlone { break }
      isAlone = isNextAlone
      end += 1
    }
    return end
  }
}

extension Unicode.Scalar {
  /// Surely a character by itself beside others of this kind: what most texts in Latin letters are made of.
  fileprivate var isCharacter: Bool {
    (value < 0x300 && self != "\r") || (0x2010...0x2027).contains(value) || value == 0x202F || value == 0x20AC
  }
}

extension Counting {
  /// The most that one code point counts, in whole characters.
  fileprivate var heaviest: Int {
    let weight = weights.map(\.weight).reduce(defaultWeight, max)
    return weight / scale + (weight % scale > 0 ? 1 : 0)
  }

  /// Of a sign that is a character by itself, and no emoji.
  fileprivate func weight(of scalar: Unicode.Scalar, in unit: CountingUnit) -> Int {
    switch unit {
    case .weighted: weights.first { $0.codePoints.contains(scalar.value) }?.weight ?? defaultWeight
    case .utf8: scalar.utf8.count * scale
    case .graphemes, .codePoints, .utf16: scale
    }
  }

  /// In parts of ``scale``.
  fileprivate func weight(of character: Character, in unit: CountingUnit) -> Int {
    if unit != .weighted, emojiUnit == nil { return count(of: character, in: unit) * scale }
    let scalars = Array(character.unicodeScalars)
    let emoji = emojiUnit != nil ? emojiLength(scalars) : 0
    guard let emojiUnit, emoji > 0 else { return weight(of: scalars, character, in: unit) }
    var total = 0
    if emojiUnit == .weighted {
      total = defaultWeight
    } else {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[..<emoji])
      total = String(view).reduce(0) { $0 + count(of: $1, in: emojiUnit) } * scale
    }
    // Marks on an emoji stand for themselves where code points count.
    guard emoji < scalars.count, unit != .graphemes else { return total }
    var rest = String.UnicodeScalarView()
    rest.append(contentsOf: scalars[emoji...])
    return String(rest).reduce(total) { $0 + weight(of: Array($1.unicodeScalars), $1, in: unit) }
  }

  private func weight(of scalars: [Unicode.Scalar], _ character: Character, in unit: CountingUnit) -> Int {
    guard unit == .weighted else { return count(of: character, in: unit) * scale }
    return composed(scalars).reduce(0) { $0 + weight(of: $1, in: .weighted) }
  }

  private func count(of character: Character, in unit: CountingUnit) -> Int {
    switch unit {
    case .graphemes, .weighted: 1
    case .codePoints: character.unicodeScalars.count
    case .utf16: character.utf16.count
    case .utf8: character.utf8.count
    }
  }
}
