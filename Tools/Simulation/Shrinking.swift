/// Makes a history that breaks a law as small as it stays broken.
extension History {
  /// Leaves out people, steps and changes, and makes numbers smaller, as long as a test still fails.
  ///
  /// - Parameters:
  ///   - limit: How many histories are tried at most.
  ///   - fails: Whether a history still breaks what is looked at.
  public func shrunk(limit: Int = 4_000, _ fails: (History) -> Bool) -> History {
    var best = self
    var tries = 0
    /// Whether a smaller history fails too; then it is the one to go on with.
    func take(_ candidate: History) -> Bool {
      guard tries < limit, candidate != best else { return false }
      tries += 1
      guard fails(candidate) else { return false }
      best = candidate
      return true
    }
    var before: History
    repeat {
      before = best
      var length = max(best.steps.count / 2, 1)
      while length >= 1 {
        var start = 0
        while start < best.steps.count {
          var fewer = best
          fewer.steps.removeSubrange(start..<min(start + length, best.steps.count))
          if !take(fewer) { start += length }
        }
        length /= 2
      }
      for person in (0..<best.people).reversed() where best.people > 1 {
        _ = take(best.without(person: person))
      }
      for step in best.steps.indices.reversed() {
        for change in best.steps[step].changes.indices.reversed() {
          var fewer = best
          fewer.steps[step].changes.remove(at: change)
          _ = take(fewer)
        }
      }
      for step in best.steps.indices {
        for smaller in best.steps[step].smaller { _ = take(best.with(smaller, at: step)) }
      }
    } while best != before && tries < limit
    return best
  }

  private func with(_ step: Step, at place: Int) -> History {
    var copy = self
    copy.steps[place] = step
    return copy
  }

  private func without(person: Int) -> History {
    func renamed(_ other: Int) -> Int { other > person ? other - 1 : other }
    let steps = steps.filter { $0.by != person }.map { step in
      var copy = step
      copy.by = renamed(step.by)
      copy.from = step.from.filter { $0 != person }.map(renamed)
      return copy
    }
    return History(people: people - 1, steps: steps)
  }
}

extension Step {
  /// The same step with one number made smaller.
  fileprivate var smaller: [Step] {
    var all: [Step] = []
    func add(_ change: (inout Step) -> Void) {
      var copy = self
      change(&copy)
      if copy != self { all.append(copy) }
    }
    if from.count > 1 { for index in from.indices { add { $0.from.remove(at: index) } } }
    if back > 0 { add { $0.back = 0 } }
    if way > 0 { add { $0.way = 0 } }
    for index in changes.indices {
      add { $0.changes[index].document = 0 }
      add { $0.changes[index].place = 0 }
      add { $0.changes[index].other = 0 }
      add { $0.changes[index].place /= 2 }
      add { $0.changes[index].other /= 2 }
    }
    return all
  }
}
