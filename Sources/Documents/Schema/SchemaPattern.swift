/// A regular expression of a schema, matched in time proportional to the text.
///
/// The language is that of ECMA-262 with the `u` flag, which JSON Schema recommends, without what would need
/// backtracking: look-around and back-references are refused by name. So a schema from elsewhere can not keep a sync
/// waiting, and the outcome depends on no regular expression library. Letters and marks escaped without need, such as
/// `\_`, are taken as themselves if they are ASCII punctuation.
///
/// A match may begin and end anywhere, unless `^` and `$` say otherwise. Source: JSON Schema Core 2020-12, section
/// 6.4; ECMA-262, section 22.2; for the way of matching, Ken Thompson, “Regular expression search algorithm”, 1968.
public struct SchemaPattern: Hashable, Sendable {
  public let text: String
  let program: [PatternStep]

  public init(_ text: String) throws(PatternError) {
    var parser = PatternParser(text)
    let tree = try parser.parse()
    var compiler = PatternCompiler()
    try compiler.add(tree)
    compiler.program.append(.match)
    self.text = text
    program = compiler.program
  }

  public func matches(_ text: String) -> Bool {
    var run = PatternRun(program: program)
    return run.finds(in: text.unicodeScalars)
  }
}

/// Why a pattern of a schema can't be used, and where.
public struct PatternError: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// Something that is missing: a closing bracket, a digit.
    case unfinished
    /// A character that can't stand here.
    case unexpected(Unicode.Scalar)
    /// An escape that stands for nothing.
    case unknownEscape(Unicode.Scalar)
    /// `z-a` or `{3,2}`.
    case rangeOutOfOrder
    /// A Unicode property other than a general category.
    case unknownProperty(String)
    /// Look-around and back-references.
    case unsupported(String)
    /// Repetitions that write the pattern out too often.
    case tooLarge
  }

  public let reason: Reason
  /// Where in the pattern, from 0, in Unicode scalars.
  public let offset: Int
}

// MARK: - The program

/// One step of a pattern: what the next character must be, or where to go on without one.
enum PatternStep: Hashable, Sendable {
  case character(ScalarSet)
  /// Goes on at both places.
  case split(Int, Int)
  case jump(Int)
  case assert(PatternAssertion)
  case match
}

enum PatternAssertion: Hashable, Sendable { case start, end, wordBoundary, noWordBoundary }

/// A pattern as it is written.
indirect enum PatternTree: Hashable, Sendable {
  case empty
  case character(ScalarSet)
  case assertion(PatternAssertion)
  case sequence([PatternTree])
  case choice([PatternTree])
  case repetition(PatternTree, atLeast: Int, atMost: Int?)
}

private struct PatternCompiler {
  /// Bounds the memory and, with the length of a text, the time a pattern may take.
  private static let longestProgram = 4000

  var program: [PatternStep] = []
  /// Parts written out so far; repetitions of nothing count, too.
  private var parts = 0

  mutating func add(_ tree: PatternTree) throws(PatternError) {
    parts += 1
    guard parts < Self.longestProgram else { throw PatternError(reason: .tooLarge, offset: 0) }
    switch tree {
    case .empty: break
    case .character(let set): program.append(.character(set))
    case .assertion(let assertion): program.append(.assert(assertion))
    case .sequence(let parts): for part in parts { try add(part) }
    case .choice(let options): try addChoice(options[...])
    case .repetition(let body, let least, let most):
      for _ in 0..<least { try add(body) }
      if let most {
        var splits: [Int] = []
        for _ in least..<max(most, least) {
          splits.append(program.count)
          program.append(.match)  // Replaced below, when it is known where the repetition ends.
          try add(body)
        }
        for split in splits { program[split] = .split(split + 1, program.count) }
      } else {
        let split = program.count
        program.append(.match)
        try add(body)
        program.append(.jump(split))
        program[split] = .split(split + 1, program.count)
      }
    }
  }

  private mutating func addChoice(_ options: ArraySlice<PatternTree>) throws(PatternError) {
    var jumps: [Int] = []
    for option in options.dropLast() {
      let split = program.count
      program.append(.match)
      try add(option)
      jumps.append(program.count)
      program.append(.match)
      program[split] = .split(split + 1, program.count)
    }
    if let last = options.last { try add(last) }
    for jump in jumps { program[jump] = .jump(program.count) }
  }
}

// MARK: - Matching

/// One text on its way through a pattern: all the places the pattern can be in are followed at once.
private struct PatternRun {
  private let program: [PatternStep]
  private var current: [Int] = []
  /// The round in which a step was last entered, so that none is followed twice for one character.
  private var entered: [Int]
  private var round = 0

  init(program: [PatternStep]) {
    self.program = program
    entered = [Int](repeating: 0, count: program.count)
  }

  mutating func finds(in text: String.UnicodeScalarView) -> Bool {
    var previous: Unicode.Scalar?
    var index = text.startIndex
    var waiting: [Int] = []
    while true {
      let next = index < text.endIndex ? text[index] : nil
      round += 1
      current.removeAll(keepingCapacity: true)
      for step in waiting where enter(step, previous, next) { return true }
      if enter(0, previous, next) { return true }
      guard let scalar = next else { return false }
      waiting.removeAll(keepingCapacity: true)
      for step in current {
        if case .character(let set) = program[step], set.contains(scalar) { waiting.append(step + 1) }
      }
      previous = scalar
      index = text.index(after: index)
    }
  }

  /// Follows the steps that take no character; whether one of them ends the match.
  private mutating func enter(_ first: Int, _ previous: Unicode.Scalar?, _ next: Unicode.Scalar?) -> Bool {
    var open = [first]
    while let step = open.popLast() {
      if entered[step] == round { continue }
      entered[step] = round
      switch program[step] {
      case .match: return true
      case .character: current.append(step)
      case .jump(let target): open.append(target)
      case .split(let left, let right): open += [right, left]
      case .assert(let assertion):
        if holds(assertion, previous, next) { open.append(step + 1) }
      }
    }
    return false
  }

  private func holds(
    _ assertion: PatternAssertion, _ previous: Unicode.Scalar?, _ next: Unicode.Scalar?
  ) -> Bool {
    let isBoundary =
      previous.map(ScalarSet.wordCharacters.contains) ?? false != next.map(ScalarSet.wordCharacters.contains)
      ?? false
    return switch assertion {
    case .start: previous == nil
    case .end: next == nil
    case .wordBoundary: isBoundary
    case .noWordBoundary: !isBoundary
    }
  }
}
