// Where a pattern occurs in a text, for the rules of an editorial line.

extension SchemaPattern {
  /// The places where the pattern occurs, from left to right, none inside another, none empty.
  ///
  /// Of several matches the leftmost counts, and of those the longest; greedy or not makes no difference. `\b` stands
  /// between words of any script, where ECMA-262 knows only those of ASCII: an editorial line has words with accents.
  ///
  /// The time is proportional to the text. A match that ends is looked at for ``longestLookahead`` more characters,
  /// whether it goes on: without a limit, `a|a*b` would read a text of many `a` to its end from each of them.
  ///
  /// - Parameter ignoringCase: Whether a letter also stands for the same one in the other case.
  public func ranges(in scalars: [Unicode.Scalar], ignoringCase: Bool = false) -> [Range<Int>] {
    var search = PatternSearch(program: program, scalars: scalars, ignoresCase: ignoringCase)
    var found: [Range<Int>] = []
    var start = 0
    while let range = search.next(from: start) {
      if !range.isEmpty { found.append(range) }
      start = max(range.upperBound, range.lowerBound + 1)
    }
    return found
  }

  /// How far behind the end of a match a longer one is looked for, in Unicode code points.
  public static let longestLookahead = 256
}

/// A text that is searched from left to right. All places the pattern can be in are followed at once, each with the
/// beginning of its match; of two that arrive at one place, the one that began earlier stays.
private struct PatternSearch {
  private struct Thread {
    var step: Int
    var start: Int
  }

  private let program: [PatternStep]
  private let scalars: [Unicode.Scalar]
  private let ignoresCase: Bool
  /// What a match may begin with; `nil` where one may be empty, or begin in front of any character.
  private let beginnings: [ScalarSet]?
  private var current: [Thread] = []
  /// The round in which a step was last entered, so that none is followed twice for one character.
  private var entered: [Int]
  private var round = 0
  private var best: Range<Int>?

  init(program: [PatternStep], scalars: [Unicode.Scalar], ignoresCase: Bool) {
    self.program = program
    self.scalars = scalars
    self.ignoresCase = ignoresCase
    entered = [Int](repeating: 0, count: program.count)
    beginnings = Self.beginnings(of: program)
  }

  /// The leftmost match that begins at a place or behind it, as long as it can be; possibly empty.
  mutating func next(from first: Int) -> Range<Int>? {
    best = nil
    var waiting: [Thread] = []
    var index = first
    while index <= scalars.count {
      if waiting.isEmpty, best == nil, let beginnings {
        while index < scalars.count, !beginnings.contains(where: { takes($0, scalars[index]) }) { index += 1 }
        if index == scalars.count { return nil }
      }
      round += 1
      current.removeAll(keepingCapacity: true)
      for thread in waiting { enter(thread, at: index) }
      if best == nil { enter(Thread(step: 0, start: index), at: index) }
      guard index < scalars.count else { break }
      waiting.removeAll(keepingCapacity: true)
      for thread in current where thread.start <= best?.lowerBound ?? thread.start {
        if case .character(let set) = program[thread.step], takes(set, scalars[index]) {
          waiting.append(Thread(step: thread.step + 1, start: thread.start))
        }
      }
      index += 1
      if let best, waiting.isEmpty || index - best.upperBound > SchemaPattern.longestLookahead { break }
    }
    return best
  }

  /// Follows the steps that take no character; a match that ends here is kept if it is the best so far.
  private mutating func enter(_ thread: Thread, at index: Int) {
    var open = [thread.step]
    while let step = open.popLast() {
      if entered[step] == round { continue }
      entered[step] = round
      switch program[step] {
      case .match: if thread.start <= best?.lowerBound ?? thread.start { best = thread.start..<index }
      case .character: current.append(Thread(step: step, start: thread.start))
      case .jump(let target): open.append(target)
      case .split(let left, let right): open += [right, left]
      case .assert(let assertion): if holds(assertion, at: index) { open.append(step + 1) }
      }
    }
  }

  private func takes(_ set: ScalarSet, _ scalar: Unicode.Scalar) -> Bool {
    if set.contains(scalar) { return true }
    guard ignoresCase else { return false }
    return scalar.inOtherCase.map(set.contains) ?? false
  }

  private func holds(_ assertion: PatternAssertion, at index: Int) -> Bool {
    let previous = index > 0 ? scalars[index - 1] : nil
    let next = index < scalars.count ? scalars[index] : nil
    let isBoundary = (previous?.isInWord ?? false) != (next?.isInWord ?? false)
    return switch assertion {
    case .start: previous == nil
    case .end: next == nil
    case .wordBoundary: isBoundary
    case .noWordBoundary: !isBoundary
    }
  }

  private static func beginnings(of program: [PatternStep]) -> [ScalarSet]? {
    var sets: [ScalarSet] = []
    var seen = Set<Int>()
    var open = [0]
    while let step = open.popLast() {
      guard seen.insert(step).inserted else { continue }
      switch program[step] {
      case .match: return nil
      case .character(let set): sets.append(set)
      case .jump(let target): open.append(target)
      case .split(let left, let right): open += [left, right]
      case .assert: open.append(step + 1)
      }
    }
    return sets
  }
}

extension Unicode.Scalar {
  /// Whether it is part of a word in any script: a letter, a mark on one, a digit.
  fileprivate var isInWord: Bool {
    properties.isAlphabetic || properties.numericType != nil || properties.generalCategory == .nonspacingMark
      || self == "_"
  }

  /// The same letter in the other case, where that is one character.
  fileprivate var inOtherCase: Unicode.Scalar? {
    let mapping = properties.isUppercase ? properties.lowercaseMapping : properties.uppercaseMapping
    let scalars = mapping.unicodeScalars
    guard scalars.count == 1, let other = scalars.first, other != self else { return nil }
    return other
  }
}
