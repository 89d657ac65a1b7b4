/// The canonical composition (NFC) of one grapheme cluster: `e` and an accent become `é`.
///
/// Composition never joins two clusters, so a text may be composed cluster by cluster.
///
/// Source: Unicode Standard Annex 15, and the Unicode Standard, section 3.12 for the syllables of Hangul.
package func composed(_ cluster: [Unicode.Scalar]) -> [Unicode.Scalar] {
  // Below U+0300, the first mark, nothing is taken apart for good.
  if cluster.allSatisfy({ $0.value < 0x300 }) { return cluster }
  var scalars = cluster.flatMap(decomposed)
  sortMarks(&scalars)
  return joined(scalars)
}

private func decomposed(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
  if let syllable = Hangul.parts(of: scalar) { return syllable }
  return CanonicalTables.shared.decompositions[scalar] ?? [scalar]
}

/// Puts marks in the order of their combining class; marks of one class keep theirs.
private func sortMarks(_ scalars: inout [Unicode.Scalar]) {
  var start = 0
  while start < scalars.count {
    var end = start
    while end < scalars.count, scalars[end].combiningClass != 0 { end += 1 }
    if end > start + 1 {
      let marks = scalars[start..<end].enumerated().sorted {
        ($0.element.combiningClass, $0.offset) < ($1.element.combiningClass, $1.offset)
      }
      scalars.replaceSubrange(start..<end, with: marks.map(\.element))
    }
    start = max(end, start + 1)
  }
}

private func joined(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
  var result: [Unicode.Scalar] = []
  var starter: Int?
  var lastClass: UInt8 = 0
  for scalar in scalars {
    let combiningClass = scalar.combiningClass
    // A mark is blocked by one of its own class, or of none, between it and its letter.
    let isFree = starter.map { result.count == $0 + 1 || lastClass < combiningClass } ?? false
    if isFree, let place = starter, let whole = composition(result[place], scalar) {
      result[place] = whole
      continue
    }
    if combiningClass == 0 { starter = result.count }
    lastClass = combiningClass
    result.append(scalar)
  }
  return result
}

private func composition(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
  Hangul.composition(first, second) ?? CanonicalTables.shared.compositions[[first, second]]
}

extension Unicode.Scalar {
  fileprivate var combiningClass: UInt8 { properties.canonicalCombiningClass.rawValue }
}

/// ``CanonicalMappings`` to look things up in.
private struct CanonicalTables {
  static let shared = CanonicalTables()

  var decompositions: [Unicode.Scalar: [Unicode.Scalar]] = [:]
  /// What two scalars make.
  var compositions: [[Unicode.Scalar]: Unicode.Scalar] = [:]

  private init() {
    var composites: [(whole: Unicode.Scalar, parts: [Unicode.Scalar])] = []
    for entry in CanonicalMappings.table.split(whereSeparator: \.isWhitespace) {
      let sides = entry.split(separator: "=")
      let isOnlyTakenApart = entry.hasSuffix("!")
      let parts = sides[1].dropLast(isOnlyTakenApart ? 1 : 0).split(separator: "+").compactMap(scalar)
      guard let whole = scalar(sides[0]) else { continue }
      decompositions[whole] = parts
      if !isOnlyTakenApart { composites.append((whole, parts)) }
    }
    // The short ones first: of three parts, the first two make a letter that takes the third.
    for (whole, parts) in composites.sorted(by: { ($0.parts.count, $0.whole) < ($1.parts.count, $1.whole) }) {
      let start = parts.dropLast().dropFirst().reduce(parts[0]) { compositions[[$0, $1]] ?? $0 }
      compositions[[start, parts[parts.count - 1]]] = whole
    }
  }
}

private func scalar(_ hexadecimal: Substring) -> Unicode.Scalar? {
  UInt32(hexadecimal, radix: 16).flatMap(Unicode.Scalar.init)
}

/// The syllables of Hangul, which are made of their letters by a formula.
private enum Hangul {
  static let (syllables, leading, vowels, trailing) = (
    UInt32(0xAC00), UInt32(0x1100), UInt32(0x1161), UInt32(0x11A7)
  )
  static let (leadingCount, vowelCount, trailingCount) = (UInt32(19), UInt32(21), UInt32(28))
  static let count = leadingCount * vowelCount * trailingCount

  static func parts(of syllable: Unicode.Scalar) -> [Unicode.Scalar]? {
    guard (syllables..<syllables + count).contains(syllable.value) else { return nil }
    let index = syllable.value - syllables
    let values = [
      leading + index / (vowelCount * trailingCount), vowels + index / trailingCount % vowelCount,
      trailing + index % trailingCount,
    ]
    return values.filter { $0 != trailing }.compactMap(Unicode.Scalar.init)
  }

  static func composition(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
    let (first, second) = (first.value, second.value)
    if (leading..<leading + leadingCount).contains(first), (vowels..<vowels + vowelCount).contains(second) {
      let index = (first - leading) * vowelCount + second - vowels
      return Unicode.Scalar(syllables + index * trailingCount)
    }
    if (syllables..<syllables + count).contains(first), (first - syllables) % trailingCount == 0,
      (trailing + 1..<trailing + trailingCount).contains(second)
    {
      return Unicode.Scalar(first + second - trailing)
    }
    return nil
  }
}
