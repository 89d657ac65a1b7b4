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

  /// A beginning of phrases. The ways on from it stand together in ``edges``.
  private struct Node: Hashable, Sendable {
    var edges = 0..<0
    var fallback = 0
    /// The phrase that ends here, and the nearest shorter end on the way of fallbacks.
    var phrase: Int?
    var shorter: Int?
  }

  private struct Edge: Hashable, Sendable {
    var scalar: Unicode.Scalar
    var node: Int
  }

  private let accents: FoldedText.Accents
  private let phrases: [FoldedText]
  private var nodes: [Node] = []
  private var edges: [Edge] = []
  /// Where a phrase can begin, by the sign it begins with: most of a text is nothing of any phrase.
  private var beginnings: [Unicode.Scalar: Int] = [:]
  /// The same for the first 128 signs; 0 where none begins.
  private var plainBeginnings = [Int](repeating: 0, count: 128)
  /// The first words of the phrases, where all phrases begin with one: nothing else begins a phrase.
  private let firstWords: WordsPresent?
  /// For each phrase with words its longest one, and for each of the others the sign it begins with: where none of them
  /// stands in a text, no phrase does.
  private let longestWords: [UInt64]
  private let firstSigns: [Unicode.Scalar]

  /// - Parameter phrases: Where two are the same but for case, the first is found.
  init(_ phrases: [String], accents: FoldedText.Accents = .kept) {
    self.accents = accents
    self.phrases = phrases.map { FoldedText($0, accents: accents) }
    let written = self.phrases.filter { !$0.scalars.isEmpty }.map {
      (signs: $0.scalars, words: wordRuns(in: $0.scalars))
    }
    let first = written.compactMap { phrase in
      phrase.words.first.flatMap { $0.range.lowerBound == 0 ? $0.kept : nil }
    }
    firstWords = first.count == written.count ? WordsPresent(first) : nil
    longestWords = written.compactMap { phrase in phrase.words.max { $0.range.count < $1.range.count }?.kept }
    firstSigns = written.filter(\.words.isEmpty).map { $0.signs[0] }
    var children: [[Unicode.Scalar: Int]] = [[:]]
    nodes = [Node()]
    for (index, phrase) in self.phrases.enumerated() where !phrase.scalars.isEmpty {
      var node = 0
      for scalar in phrase.scalars {
        if let next = children[node][scalar] {
          node = next
        } else {
          children.append([:])
          nodes.append(Node())
          children[node][scalar] = nodes.count - 1
          node = nodes.count - 1
        }
      }
      nodes[node].phrase = nodes[node].phrase ?? index
    }
    beginnings = children[0]
    for (scalar, node) in beginnings where scalar.isASCII { plainBeginnings[Int(scalar.value)] = node }
    for (node, next) in children.enumerated() {
      let first = edges.count
      edges += next.map { Edge(scalar: $0.key, node: $0.value) }.sorted { $0.scalar < $1.scalar }
      nodes[node].edges = first..<edges.count
    }
    connect()
  }

  /// Where each node goes on when the text does not: breadth first, so that shorter ways are known before longer ones.
  private mutating func connect() {
    var queue = edges[nodes[0].edges].map(\.node)
    var first = 0
    while first < queue.count {
      let node = queue[first]
      first += 1
      for edge in edges[nodes[node].edges] {
        var fallback = nodes[node].fallback
        while fallback != 0, next(fallback, edge.scalar) == nil { fallback = nodes[fallback].fallback }
        nodes[edge.node].fallback = next(fallback, edge.scalar) ?? 0
        let shorter = nodes[edge.node].fallback
        nodes[edge.node].shorter = nodes[shorter].phrase == nil ? nodes[shorter].shorter : shorter
        queue.append(edge.node)
      }
    }
  }

  /// The node a sign leads to.
  private func next(_ node: Int, _ scalar: Unicode.Scalar) -> Int? {
    if node == 0 {
      if scalar.isASCII {
        let next = plainBeginnings[Int(scalar.value)]
        return next == 0 ? nil : next
      }
      return beginnings[scalar]
    }
    var (low, high) = (nodes[node].edges.lowerBound, nodes[node].edges.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if edges[middle].scalar < scalar { low = middle + 1 } else { high = middle }
    }
    return low < nodes[node].edges.upperBound && edges[low].scalar == scalar ? edges[low].node : nil
  }

  /// The phrases in a text, from left to right.
  func matches(in text: CheckedText) -> [Match] {
    guard mayStand(in: text.searched) else { return [] }
    let folded = accents == .kept ? text.searched.folded : FoldedText(text.scalars, accents: accents)
    let words = accents == .kept ? text.searched.words : wordRuns(in: folded.scalars)
    var found = wholes(in: folded.scalars, words)
    if found.isEmpty { return [] }
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

  /// Whether any phrase may stand in a text; a no is certain.
  ///
  /// A phrase is found as whole words, so each of its words is one of the text.
  private func mayStand(in text: SearchedText) -> Bool {
    longestWords.contains(where: text.wordsPresent.mayHold) || firstSigns.contains(where: text.signs.mayHold)
  }

  /// Phrases as whole words, overlapping ones too, in the order of their ends.
  private func wholes(
    in scalars: [Unicode.Scalar], _ words: [WordRun]
  ) -> [(range: Range<Int>, phrase: Int)] {
    var found: [(range: Range<Int>, phrase: Int)] = []
    var (node, index, word) = (0, 0, 0)
    while index < scalars.count {
      if node == 0, let firstWords {
        while word < words.count,
          words[word].range.lowerBound < index || !firstWords.mayHold(words[word].kept)
        {
          word += 1
        }
        guard word < words.count else { break }
        index = words[word].range.lowerBound
      }
      let scalar = scalars[index]
      index += 1
      var reached = next(node, scalar)
      while reached == nil, node != 0 {
        node = nodes[node].fallback
        reached = next(node, scalar)
      }
      node = reached ?? 0
      if node == 0 { continue }
      var end: Int? = nodes[node].phrase == nil ? nodes[node].shorter : node
      while let reached = end, let phrase = nodes[reached].phrase {
        let range = (index - phrases[phrase].scalars.count)..<index
        if isWhole(range, in: scalars) { found.append((range, phrase)) }
        end = nodes[reached].shorter
      }
    }
    return found
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
    let ending = String(scalars: next)
    return after == "-" ? inversions.contains(ending) : ending == "s"
  }
}

/// What a hyphen ties to a verb in French without making one word of the two: `dit-on`, `prenez-le`, `a-t-elle`.
private let inversions: Set<String> = [
  "ce", "elle", "elles", "en", "il", "ils", "je", "la", "le", "les", "leur", "lui", "moi", "nous", "on", "t",
  "toi",
  "tu", "vous", "y", "là", "ci",
]
