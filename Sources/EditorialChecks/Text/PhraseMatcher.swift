/// Finds words, groups of words and signs in texts, all at once and in time proportional to the text.
///
/// A phrase that begins or ends with a letter or a digit is found as whole words: `live` not in `olive` nor in
/// `live-tweet`, but in `l’live` and `live-il`. Addresses, handles and hashtags are not words of anybody. Of phrases
/// that overlap the leftmost counts, and of those the longest.
///
/// Source: Aho and Corasick, “Efficient string matching: an aid to bibliographic search”, 1975.
struct PhraseMatcher: Hashable, Sendable {
  struct Match: Hashable, Sendable {
    /// The index of the phrase.
    var phrase: Int
    /// In Unicode code points of the text.
    var range: Range<Int>
  }

  private struct Node: Hashable, Sendable {
    var next: [Unicode.Scalar: Int] = [:]
    var fallback = 0
    /// The phrase that ends here, and the nearest shorter end on the way of fallbacks.
    var phrase: Int?
    var shorter: Int?
  }

  private let accents: FoldedText.Accents
  private let phrases: [FoldedText]
  private var nodes: [Node] = [Node()]

  var isEmpty: Bool { nodes.count == 1 }

  /// - Parameter phrases: Where two are the same but for case, the first is found.
  init(_ phrases: [String], accents: FoldedText.Accents = .kept) {
    self.accents = accents
    self.phrases = phrases.map { FoldedText($0, accents: accents) }
    for (index, phrase) in self.phrases.enumerated() where !phrase.scalars.isEmpty {
      var node = 0
      for scalar in phrase.scalars {
        if let next = nodes[node].next[scalar] {
          node = next
        } else {
          nodes.append(Node())
          nodes[node].next[scalar] = nodes.count - 1
          node = nodes.count - 1
        }
      }
      nodes[node].phrase = nodes[node].phrase ?? index
    }
    connect()
  }

  /// Where each node goes on when the text does not: breadth first, so that shorter ways are known before longer ones.
  private mutating func connect() {
    var queue = Array(nodes[0].next.values)
    var first = 0
    while first < queue.count {
      let node = queue[first]
      first += 1
      for (scalar, child) in nodes[node].next {
        var fallback = nodes[node].fallback
        while fallback != 0, nodes[fallback].next[scalar] == nil { fallback = nodes[fallback].fallback }
        nodes[child].fallback = nodes[fallback].next[scalar] ?? 0
        let shorter = nodes[child].fallback
        nodes[child].shorter = nodes[shorter].phrase == nil ? nodes[shorter].shorter : shorter
        queue.append(child)
      }
    }
  }

  /// The phrases in a text, from left to right.
  func matches(in text: CheckedText) -> [Match] {
    if isEmpty { return [] }
    let folded = accents == .kept ? text.folded : FoldedText(text.scalars, accents: accents)
    var found: [(range: Range<Int>, phrase: Int)] = []
    var node = 0
    for (index, scalar) in folded.scalars.enumerated() {
      while node != 0, nodes[node].next[scalar] == nil { node = nodes[node].fallback }
      node = nodes[node].next[scalar] ?? 0
      var end: Int? = nodes[node].phrase == nil ? nodes[node].shorter : node
      while let reached = end, let phrase = nodes[reached].phrase {
        let range = (index + 1 - phrases[phrase].scalars.count)..<(index + 1)
        if isWhole(range, in: folded.scalars) { found.append((range, phrase)) }
        end = nodes[reached].shorter
      }
    }
    found.sort { ($0.range.lowerBound, -$0.range.count) < ($1.range.lowerBound, -$1.range.count) }
    var matches: [Match] = []
    var (last, skipped) = (0, text.addresses[...])
    for match in found where match.range.lowerBound >= last {
      let range = folded.source(of: match.range)
      while let address = skipped.first, address.upperBound <= range.lowerBound { skipped.removeFirst() }
      if let address = skipped.first, address.overlaps(range) { continue }
      matches.append(Match(phrase: match.phrase, range: range))
      last = match.range.upperBound
    }
    return matches
  }

  private func isWhole(_ range: Range<Int>, in scalars: [Unicode.Scalar]) -> Bool {
    let after = range.upperBound < scalars.count ? scalars[range.upperBound] : nil
    if after?.isMark == true { return false }
    if scalars[range.lowerBound].isInWord, range.lowerBound > 0 {
      let before = scalars[range.lowerBound - 1]
      if before.isInWord { return false }
      if before == "-", range.lowerBound > 1, scalars[range.lowerBound - 2].isInWord { return false }
    }
    guard scalars[range.upperBound - 1].isInWord, let after else { return true }
    if after.isInWord { return false }
    guard after == "-" || after == "'", range.upperBound + 1 < scalars.count else { return true }
    let next = scalars[(range.upperBound + 1)...].prefix { $0.isInWord }
    if next.isEmpty { return true }
    let ending = String(String.UnicodeScalarView(next))
    return after == "-" ? inversions.contains(ending) : ending == "s"
  }
}

/// What a hyphen ties to a verb in French without making one word of the two: `dit-on`, `prenez-le`, `a-t-elle`.
private let inversions: Set<String> = [
  "ce", "elle", "elles", "en", "il", "ils", "je", "la", "le", "les", "leur", "lui", "moi", "nous", "on", "t",
  "toi",
  "tu", "vous", "y", "là", "ci",
]
