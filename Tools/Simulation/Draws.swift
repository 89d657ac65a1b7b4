/// Random numbers that are the same for the same seed, on every machine.
///
/// Source: SplitMix64, Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
package struct Draws: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed &* 0xD134_2543_DE82_EF95 }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from zero, below a limit above zero.
  package mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

  package mutating func chance(_ numerator: Int, in denominator: Int) -> Bool {
    below(denominator) < numerator
  }

  /// One of the cases, each as often as its weight says; the first where all weigh nothing.
  package mutating func pick<Case>(_ weighted: [(Case, Int)]) -> Case {
    var rest = below(max(weighted.reduce(0) { $0 + $1.1 }, 1))
    for (value, weight) in weighted {
      if rest < weight { return value }
      rest -= weight
    }
    return weighted[0].0
  }
}

extension History {
  /// Draws a history.
  ///
  /// Each seed has its own weights, and some things it never does: what must come together to break something is
  /// otherwise drowned by the rest. (Groce and others, "Swarm testing", 2012.)
  ///
  /// - Parameters:
  ///   - people: `nil` for three to five, by the seed.
  ///   - steps: The most there are; at least two.
  public init(seed: UInt64, people: Int? = nil, steps: Int = 16) {
    var draws = Draws(seed: seed)
    let count = people ?? 3 + draws.below(3)
    let length = 4 + draws.below(max(steps - 3, 1))
    let kinds: [(Step.Kind, Int)] = [
      (.edit, 6), (.exchange, 1 + draws.below(4)), (.sync, draws.below(3)),
      (.mergeByGit, draws.chance(1, in: 3) ? 1 : 0), (.forge, draws.chance(1, in: 5) ? 1 : 0),
    ]
    // Few kinds at a time, so that they meet.
    var weights: [(Change.Kind, Int)] = []
    for _ in 0..<3 + draws.below(8) {
      let kind = Change.Kind.allCases[draws.below(Change.Kind.allCases.count)]
      weights.append((kind, kind.usualWeight * (1 + draws.below(3))))
    }
    let choices: [(Change.Kind, Int)] = [
      (.choose, 4), (.chooseOther, 2), (.chooseAll, 2), (.chooseByHand, 2),
    ]
    let settles = draws.below(3)
    let documents: [(Int, Int)] = [
      (0, 8), (1, draws.below(4)), (2, draws.below(4)), (3, draws.below(3)),
    ]
    let spread = draws.chance(2, in: 3) ? 4 : 24

    var word = 0
    func change(_ draws: inout Draws) -> Change {
      word += 1
      var change = Change(draws.pick(weights))
      change.document = draws.pick(documents)
      change.place = draws.below(spread)
      change.other = draws.below(6)
      change.word = word
      return change
    }
    self.init(people: count, steps: [])
    while self.steps.count < length {
      var step = Step(draws.pick(kinds), by: draws.below(count))
      let others = (0..<count).filter { $0 != step.by }
      switch step.kind {
      case .edit:
        // Where nothing is open this does nothing.
        if draws.chance(settles, in: 3) {
          var choice = change(&draws)
          choice.kind = draws.pick(choices)
          step.changes.append(choice)
          if draws.chance(1, in: 2) { break }
        }
        for _ in 0..<(draws.chance(2, in: 3) ? 1 : 2 + draws.below(2)) { step.changes.append(change(&draws)) }
      case .exchange:
        step.from = [others[draws.below(others.count)]]
        if draws.chance(1, in: 4) { step.from = others }
        if draws.chance(1, in: 4) { step.back = 1 + draws.below(3) }
      case .sync: break
      case .mergeByGit, .forge:
        step.from = [others[draws.below(others.count)]]
        step.way = draws.below(6)
        if draws.chance(1, in: 3) { step.changes.append(change(&draws)) }
      }
      self.steps.append(step)
      // Conflicts come with others' work, and are settled by whoever sees them.
      if step.kind == .exchange || step.kind == .sync, draws.chance(settles, in: 3) {
        var choice = Step(.edit, by: step.by)
        for _ in 0..<1 + draws.below(2) {
          var settling = change(&draws)
          settling.kind = draws.pick(choices)
          choice.changes.append(settling)
        }
        self.steps.append(choice)
      }
    }
  }
}

extension Change.Kind {
  /// How often it is drawn beside others, in a history that draws it.
  fileprivate var usualWeight: Int {
    switch self {
    case .word, .insertion, .cut, .title, .elementText: 4
    case .revert: 3
    case .shape, .repeatedKey, .schema, .clash, .layout, .image, .log: 1
    default: 2
    }
  }
}
