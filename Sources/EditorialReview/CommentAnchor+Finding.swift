import Documents
import JSONTree
import ThreeWayMerge

/// What became of the words a comment is tied to.
public enum PassageStanding: String, CaseIterable, Hashable, Sendable {
  /// They stand where they stood: at the same place, or between the same neighbours.
  case exact
  /// The same words stand elsewhere.
  case moved
  /// Other words stand at their place.
  case changed
  /// They are gone, or the field they stood in.
  case orphaned

  /// Whether the very words are there.
  public var holdsWords: Bool { self == .exact || self == .moved }
}

/// The words of an anchor as a later text has them.
public struct FoundPassage: Hashable, Sendable {
  public var standing: PassageStanding
  /// Where they stand, in scalars. For orphaned words it is empty: where they stood, if that can be told, else `nil`.
  public var range: Range<Int>?
}

extension CommentAnchor {
  /// Looks for the words in a later version of the text.
  ///
  /// There is always one answer, and the same one on every machine. Of several places that have the very words, the one
  /// with most of the old neighbours is theirs, then the nearest to the old place. Where none has them, the words and
  /// their neighbours are laid over the part of the text they fit best; what then lies where the words lay is what they
  /// became, if enough of either is left. Takes time proportional to the text.
  ///
  /// Source of the fit: Sellers, “The Theory and Computation of Evolutionary Distances: Pattern Recognition”, 1980, on
  /// words instead of letters.
  public func found(in text: String) -> FoundPassage {
    let scalars = Array(text.unicodeScalars)
    let words = Array(exact.unicodeScalars)
    if let start, scalars.count - start >= words.count, start >= 0, contentHash == ContentHash(ofText: text),
      scalars[start...].starts(with: words)
    {
      return FoundPassage(standing: .exact, range: start..<start + words.count)
    }
    let places = occurrences(of: words, in: scalars)
    if !places.isEmpty, let place = best(of: whole(places, in: text), in: scalars) { return place }
    return fitted(to: text)
  }

  // MARK: The very words

  /// Those places where the words begin and end as they did: “or” is not found in “orange”.
  private func whole(_ places: [Int], in text: String) -> [Int] {
    let (before, behind) = (prefix ?? "", suffix ?? "")
    let length = exact.unicodeScalars.count
    let start = before.unicodeScalars.count
    let old = wordBounds(of: before + exact + behind)
    let new = wordBounds(of: text)
    let whole = places.filter {
      (new.contains($0) || !old.contains(start))
        && (new.contains($0 + length) || !old.contains(start + length))
    }
    // Nobody can tell how words without noted neighbours began and ended.
    return whole.isEmpty && (prefix == nil || suffix == nil) ? places : whole
  }

  private func best(of places: [Int], in text: [Unicode.Scalar]) -> FoundPassage? {
    let before = Array((prefix ?? "").unicodeScalars)
    let behind = Array((suffix ?? "").unicodeScalars)
    let length = exact.unicodeScalars.count
    func neighbours(_ place: Int) -> (left: Int, right: Int) {
      var (left, right) = (0, 0)
      while left < before.count, left < place, before[before.count - 1 - left] == text[place - 1 - left] {
        left += 1
      }
      let end = place + length
      while right < behind.count, end + right < text.count, behind[right] == text[end + right] { right += 1 }
      return (left, right)
    }
    let ranked = places.map { place in
      (place: place, neighbours: neighbours(place), distance: abs(place - (start ?? 0)))
    }
    let best = ranked.min { left, right in
      let (more, fewer) = (left.neighbours, right.neighbours)
      return (fewer.left + fewer.right, left.distance) < (more.left + more.right, right.distance)
    }
    guard let best else { return nil }
    // An edit further off in the neighbourhood moves nothing.
    let isBetween =
      prefix != nil && suffix != nil && best.neighbours.left * 2 >= before.count
      && best.neighbours.right * 2 >= behind.count
    return FoundPassage(
      standing: isBetween || best.place == start ? .exact : .moved, range: best.place..<best.place + length)
  }

  // MARK: Other words

  private func fitted(to text: String) -> FoundPassage {
    let tokens = textTokens(text)
    let pattern = AnchorPattern(self)
    let ends = tokens.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.text.unicodeScalars.count) }
    // The word at which the passage would begin had nothing before it changed.
    let expected = start.map { start in ends.firstIndex { $0 >= start } ?? tokens.count } ?? 0
    guard let fit = pattern.bestFit(in: tokens, near: expected), let range = fit.exactRange else {
      return FoundPassage(standing: .orphaned, range: nil)
    }
    // Spaces on the edge belong to the neighbours.
    var (first, end) = (range.lowerBound, range.upperBound)
    while first < end, tokens[first].isBlank { first += 1 }
    while end > first, tokens[end - 1].isBlank { end -= 1 }
    guard first < end else { return FoundPassage(standing: .orphaned, range: ends[first]..<ends[first]) }
    return FoundPassage(standing: .changed, range: ends[first]..<ends[end])
  }
}

/// The words of an anchor between their neighbours, as a row of tokens to lay over a text.
private struct AnchorPattern {
  enum Part { case prefix, exact, suffix }

  struct Piece {
    var part: Part
    /// `nil` stands for an edge of the text, or for what was left out of a long passage.
    var token: JSONString?
    var weight: Int
    /// Whether anything may stand behind it at no cost.
    var isOpen = false
  }

  private var pieces: [Piece] = []
  private let beginsText: Bool
  private let endsText: Bool

  /// A passage longer than twice this is known by its beginning and its end.
  private static let longest = 48
  private static let edgeWeight = 32

  init(_ anchor: CommentAnchor) {
    beginsText = anchor.prefix.map { $0.unicodeScalars.count == anchor.start } ?? false
    endsText = anchor.suffix.map { $0.unicodeScalars.count < CommentAnchor.contextLength } ?? false
    if beginsText { pieces.append(Piece(part: .prefix, token: nil, weight: Self.edgeWeight)) }
    pieces += textTokens(anchor.prefix ?? "").map { Piece(part: .prefix, token: $0, weight: $0.weight) }
    var exact = textTokens(anchor.exact).map { Piece(part: .exact, token: $0, weight: $0.weight) }
    if exact.count > 2 * Self.longest {
      exact.replaceSubrange(
        Self.longest..<exact.count - Self.longest, with: [Piece(part: .exact, weight: 0, isOpen: true)])
    }
    pieces += exact
    pieces += textTokens(anchor.suffix ?? "").map { Piece(part: .suffix, token: $0, weight: $0.weight) }
    if endsText { pieces.append(Piece(part: .suffix, token: nil, weight: Self.edgeWeight)) }
  }

  /// A way to lay the first pieces over a stretch of the text.
  struct Fit {
    var cost = 0
    /// Matched weight of each part; spaces do not count.
    var prefix = 0
    var exact = 0
    var suffix = 0
    var endOfPrefix: Int?
    var startOfExact: Int?
    var endOfExact: Int?
    var startOfSuffix: Int?
    /// Whether the first and the last word of the passage are still there.
    var hasFirst = false
    var hasLast = false

    /// Where the words lie that stand for the passage.
    var exactRange: Range<Int>? {
      guard let start = hasFirst ? startOfExact : endOfPrefix ?? startOfExact,
        let end = hasLast ? endOfExact : startOfSuffix ?? endOfExact, start <= end
      else { return nil }
      return start..<end
    }
  }

  /// The fit that leaves least out and puts least in; of equal ones, the nearest to a place, then the first.
  ///
  /// - Returns: `nil` where too little of the passage and of its neighbours is there.
  func bestFit(in tokens: [JSONString], near expected: Int) -> Fit? {
    // row[i]: the best way to lay the first i pieces over a stretch that ends at the current token.
    var row = [Fit()]
    for (index, piece) in pieces.enumerated() {
      var fit = row[index]
      fit.cost += piece.weight
      if beginsText, index == 0 { take(piece, at: 0, index, &fit, refund: piece.weight) }
      row.append(fit)
    }
    var best = row[pieces.count]
    func distance(_ fit: Fit) -> Int { abs((fit.startOfExact ?? fit.endOfPrefix ?? 0) - expected) }
    for (place, token) in tokens.enumerated() {
      var next = [Fit()]
      next.reserveCapacity(row.count)
      for (index, piece) in pieces.enumerated() {
        // Leave the piece out; put the token in; or match the two.
        var fit = next[index]
        fit.cost += piece.weight
        var inserted = row[index + 1]
        if !piece.isOpen { inserted.cost += token.weight }
        if inserted.cost < fit.cost { fit = inserted }
        if piece.token == token, row[index].cost <= fit.cost {
          fit = row[index]
          take(piece, at: place, index, &fit, refund: 0)
        } else if endsText, index == pieces.count - 1, place == tokens.count - 1 {
          var ended = next[index]
          take(piece, at: tokens.count, index, &ended, refund: 0)
          if ended.cost <= fit.cost { fit = ended }
        }
        next.append(fit)
      }
      row = next
      let candidate = row[pieces.count]
      if (candidate.cost, distance(candidate)) < (best.cost, distance(best)) { best = candidate }
    }
    return isSure(best) ? best : nil
  }

  private func take(_ piece: Piece, at place: Int, _ index: Int, _ fit: inout Fit, refund: Int) {
    fit.cost -= refund
    let weight = piece.token?.isBlank == true ? 0 : piece.weight
    // An edge of the text has no width.
    let end = piece.token == nil ? place : place + 1
    switch piece.part {
    case .prefix:
      fit.prefix += weight
      fit.endOfPrefix = end
    case .exact:
      fit.exact += weight
      fit.startOfExact = fit.startOfExact ?? place
      fit.endOfExact = end
      if index == 0 || pieces[index - 1].part != .exact { fit.hasFirst = true }
      fit.hasLast = index + 1 == pieces.count || pieces[index + 1].part != .exact
    case .suffix:
      fit.suffix += weight
      fit.startOfSuffix = fit.startOfSuffix ?? place
    }
  }

  /// Whether half of the passage is left, or half of what stood on either side of it.
  private func isSure(_ fit: Fit) -> Bool {
    func total(_ part: Part) -> Int {
      pieces.reduce(0) { $0 + ($1.part == part && $1.token?.isBlank != true ? $1.weight : 0) }
    }
    let (prefix, exact, suffix) = (total(.prefix), total(.exact), total(.suffix))
    if exact > 0, fit.exact * 2 >= exact { return true }
    return prefix > 0 && suffix > 0 && fit.prefix * 2 >= prefix && fit.suffix * 2 >= suffix
  }
}

extension JSONString {
  fileprivate var isBlank: Bool { text.unicodeScalars.allSatisfy(\.properties.isWhitespace) }

  /// Long words say more about a place than short ones, and spaces nearly nothing.
  fileprivate var weight: Int { isBlank ? 1 : 2 * min(text.unicodeScalars.count, 8) }
}
