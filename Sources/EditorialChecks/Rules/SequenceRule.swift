public import JSONTree

/// One thing followed by another, at most so many words later in the same sentence: `nous … heureux de vous annoncer`.
///
/// `{"first": ["nous sommes"], "then": ["heureux de", "fiers de"], "within": 2}`; without `within`, right behind it.
public struct SequenceRule: WordRule {
  public static let check = "sequence"
  private let first: Wanted
  private let then: Wanted
  private let distance: Int

  public init(parameters: JSONValue?) throws(RuleProblem) {
    let parameters = try RuleParameters(
      parameters, knowing: ["first", "then", "within", "exceptions", "ignoreCase", RuleParameters.language])
    first = try Wanted(parameters, tokensIn: "first")
    then = try Wanted(parameters, tokensIn: "then")
    distance = try parameters.count("within") ?? 0
  }

  public func matches(in text: CheckedText) -> [RuleMatch] {
    let (starts, ends) = (first.ranges(in: text), then.ranges(in: text))
    if starts.isEmpty || ends.isEmpty { return [] }
    let words = words(in: text.scalars[...])
    let sentences = sentences(in: text.scalars)
    var rest = ends[...]
    return starts.compactMap { start in
      while let end = rest.first, end.lowerBound < start.upperBound { rest.removeFirst() }
      guard let end = rest.first, sentences.overlapping(start) == sentences.overlapping(end) else {
        return nil
      }
      let between = words.count(from: start.upperBound, to: end.lowerBound)
      return between <= distance ? RuleMatch(start.lowerBound..<end.upperBound) : nil
    }
  }
}

extension [Range<Int>] {
  /// How many of these ranges, from left to right, lie between two places.
  fileprivate func count(from start: Int, to end: Int) -> Int {
    func firstIndex(from place: Int) -> Int {
      var (low, high) = (0, count)
      while low < high {
        let middle = (low + high) / 2
        if self[middle].lowerBound < place { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return Swift.max(0, firstIndex(from: end) - firstIndex(from: start))
  }
}
