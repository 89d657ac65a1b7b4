import PlantedBugs

extension Life {
  /// What playing a life showed.
  public struct Report: Sendable {
    public var breaches: [Breach]
    public var trace: UInt64
    public var met: [String: Int]
  }

  /// Plays it twice, because the same life has to be the same.
  ///
  /// - Parameters:
  ///   - isRepeated: Whether to; shrinking asks for one invariant and plays once.
  ///   - bug: What is wrong, on purpose.
  public func report(isRepeated: Bool = true, bug: PlantedBug? = nil) async -> Report {
    var first = await played(bug)
    if isRepeated {
      let second = await played(bug)
      if second.trace != first.trace {
        first.breaches.append(
          Breach(
            invariant: .determinism, event: nil,
            detail: "two traces of one life: \(first.trace), \(second.trace)"))
      }
    }
    return first
  }

  /// What happens in it, and which words stand where after each event.
  public func story() async throws -> String {
    let world = try await World(self)
    let teller = World.Teller()
    world.teller = teller
    try await world.play()
    return teller.lines.joined(separator: "\n")
  }

  private func played(_ bug: PlantedBug?) async -> Report {
    do {
      let world = try await World(self, bug: bug?.simulated)
      await EngineBug.plant(bug?.inEngine) {
        do {
          try await world.play()
        } catch {
          world.breach(.neverBlocked, "the world itself ended: \(error)")
        }
      }
      return Report(breaches: world.breaches, trace: world.trace, met: world.met)
    } catch {
      return Report(
        breaches: [Breach(invariant: .neverBlocked, event: nil, detail: "no beginning: \(error)")], trace: 0,
        met: [:])
    }
  }

  /// Leaves out events, people and what happens beside, as long as the invariant is still broken.
  ///
  /// - Parameter limit: How many lives are tried at most.
  public func shrunk(breaking invariant: Invariant, limit: Int = 1_500) async -> Life {
    var best = self
    var tries = 0
    func take(_ candidate: Life) async -> Bool {
      guard tries < limit, candidate != best else { return false }
      tries += 1
      let report = await candidate.report(isRepeated: invariant == .determinism)
      guard report.breaches.contains(where: { $0.invariant == invariant }) else { return false }
      best = candidate
      return true
    }
    var before: Life
    repeat {
      before = best
      var length = max(best.events.count / 2, 1)
      while length >= 1 {
        var start = 0
        while start < best.events.count {
          var fewer = best
          fewer.events.removeSubrange(start..<min(start + length, best.events.count))
          if await !take(fewer) { start += length }
        }
        length /= 2
      }
      for person in (1..<max(best.people, 1)).reversed() {
        var fewer = best
        fewer.events.removeAll { $0.by == person }
        fewer.people = max(fewer.events.map(\.by).max() ?? 0, 1) + 1
        _ = await take(fewer)
      }
      if best.addresses > 1 {
        var fewer = best
        fewer.addresses = 1
        _ = await take(fewer)
      }
      for index in best.events.indices {
        for simpler in best.events[index].simpler {
          var candidate = best
          candidate.events[index] = simpler
          _ = await take(candidate)
        }
      }
    } while best != before && tries < limit
    return best
  }
}

extension Event {
  /// The same with less beside it.
  fileprivate var simpler: [Event] {
    var all: [Event] = []
    func add(_ change: (inout Event) -> Void) {
      var copy = self
      change(&copy)
      if copy != self { all.append(copy) }
    }
    add { $0.crash = nil }
    add { $0.fault = .none }
    add { $0.otherWindow = nil }
    add { $0.saved = [] }
    for index in meanwhile.indices { add { $0.meanwhile.remove(at: index) } }
    add { $0.document = 0 }
    return all
  }
}
