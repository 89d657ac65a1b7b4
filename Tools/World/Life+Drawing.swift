import Simulation

extension Life {
  /// Draws a life from a seed.
  ///
  /// Each seed has its own weights, and much that it never does, so that what has to come together meets. (Groce and
  /// others, "Swarm testing", 2012.)
  public init(seed: UInt64, length: Int = 40) {
    var draws = Draws(seed: seed ^ 0x574F_524C_4421)
    self.init(
      seed: seed, people: 2 + draws.below(draws.chance(1, in: 4) ? 7 : 3), addresses: 1, events: [])
    if draws.chance(1, in: 3) { addresses = 2 + draws.below(2) }

    let commands: [(Event.Kind, Int)] = [
      (.commit, 8), (.sync, 8), (.commitOne, draws.below(2)), (.resolve, draws.below(4)),
      (.restore, draws.below(2)), (.receive, draws.below(2)), (.rehearse, draws.below(2)),
    ]
    let desk: [(Event.Kind, Int)] = [
      (.write, 10), (.create, draws.below(4)), (.delete, draws.below(3)), (.rename, draws.below(3)),
      (.damage, draws.chance(1, in: 3) ? 2 : 0), (.mend, draws.below(2)),
    ]
    let rare = Event.Kind.allCases.filter(\.isRare)
    var troubles: [(Event.Kind, Int)] = []
    for _ in 0..<draws.below(4) { troubles.append((rare[draws.below(rare.count)], 1 + draws.below(2))) }
    let weights = commands + desk.map { ($0.0, $0.1 * 2) } + troubles
    let crashes = draws.below(3)
    let faults = draws.below(3)
    let races = draws.below(3)
    let documents = 1 + draws.below(4)

    var word = 0
    func event(_ kind: Event.Kind, by person: Int, _ draws: inout Draws) -> Event {
      word += 1
      var event = Event(kind, by: person)
      event.document = draws.below(documents)
      event.place = draws.below(12)
      event.word = word
      return event
    }
    let count = 6 + draws.below(max(length - 6, 1))
    while events.count < count {
      let person = draws.below(people)
      var next = event(draws.pick(weights), by: person, &draws)
      if next.kind.isCommand {
        if draws.chance(crashes, in: 8) { next.crash = draws.below(draws.chance(1, in: 2) ? 12 : 60) }
        if draws.chance(races, in: 8) {
          next.saved = [event(.write, by: person, &draws)]
        }
      }
      if next.kind.isExchange {
        if draws.chance(races, in: 6) { next.otherWindow = draws.below(6) }
        if draws.chance(faults, in: 6) {
          next.fault = NetworkFault.allCases[draws.below(NetworkFault.allCases.count)]
        }
        if draws.chance(races, in: 4) {
          let other = draws.below(people)
          let kinds: [Event.Kind] =
            other == person ? [.write, .commit, .delete] : [.write, .commit, .sync, .sync]
          for _ in 0..<1 + draws.below(3) {
            next.meanwhile.append(event(kinds[draws.below(kinds.count)], by: other, &draws))
          }
        }
      }
      events.append(next)
    }
  }
}

extension Event.Kind {
  /// Comes from outside of the desk, and not every day.
  var isRare: Bool {
    switch self {
    case .write, .create, .delete, .rename, .damage, .mend: false
    default: !isCommand
    }
  }

  var isCommand: Bool {
    switch self {
    case .commit, .commitOne, .resolve, .restore, .sync, .receive, .rehearse: true
    default: false
    }
  }

  /// Leaves nothing uncommitted that was not.
  var makesNoChange: Bool { isExchange || self == .commit }

  var isExchange: Bool { self == .sync || self == .receive || self == .rehearse }
}
