import CommitJoin
import ObjectModel
import SyncEngine

extension World {
  /// Ends all trouble, lets everybody sync until nothing moves, and looks at what everybody has.
  func heal() async throws {
    note("people \(people.count)")
    for address in addresses { try takeStrangersOut(of: address) }
    for person in people {
      person.computer.restart()
      try person.repository.setRemoteAddress(addresses[0].location)
      // What can be committed is; what can't be read stays as it is, and is in nobody's way.
      var commit = Event(.commit, by: 0)
      commit.word = 900_000
      try await playQuietly(commit, of: person)
    }
    try await fetchWhatIsElsewhere()
    let limit = 2 * people.count + 2
    var rounds = 0
    while rounds < limit {
      rounds += 1
      let before = try standing()
      for index in people.indices { try await play(Event(.sync, by: index)) }
      if try standing() == before { break }
    }
    note("rounds \(rounds)")
    if rounds == limit { breach(.quiescence, "\(limit) rounds were not enough") }
    try compare()
  }

  /// Lets one person go around: a version may be on a stick alone that nobody has any more.
  private func fetchWhatIsElsewhere() async throws {
    guard let messenger = people.first(where: { !hasCollision($0) }) else { return }
    for address in addresses.dropFirst() {
      try messenger.repository.setRemoteAddress(address.location)
      try await playQuietly(Event(.sync, by: 0), of: messenger)
    }
    try messenger.repository.setRemoteAddress(addresses[0].location)
  }

  /// Where everybody is, and the address.
  private func standing() throws -> [ObjectID?] {
    try people.map(\.head) + addresses[0].store.references(withPrefix: "refs/").map { $0.id }
  }

  /// Puts `main` back to what it was before a stranger moved it.
  private func takeStrangersOut(of address: Address) throws {
    while let main = try address.store.reference("refs/heads/main") {
      let history = ancestors(of: [main], in: address.store)
      guard let stranger = history.filter({ hostile[$0] != nil }).sorted().first else { return }
      try address.put("refs/heads/main", at: hostile[stranger] ?? nil)
    }
  }

  private func playQuietly(_ event: Event, of person: Person) async throws {
    var event = event
    event.by = people.firstIndex { $0 === person } ?? 0
    try await play(event)
  }

  private func compare() throws {
    // Whoever committed with plain git what not every computer can hold keeps it until it is renamed.
    let able = people.filter { !hasCollision($0) }
    let heads = Set(able.compactMap(\.head))
    if heads.count > 1 {
      breach(
        .convergence, able.map { "\($0.name) \($0.head?.hex.prefix(8) ?? "-")" }.joined(separator: ", "))
      return
    }
    guard let head = heads.first, let first = able.first else { return }
    var history = ancestors(of: [head], in: first.repository)
    for person in people where hasCollision(person) {
      note("kept back by plain git")
      history.formUnion(ancestors(of: [person.head].compactMap { $0 }, in: person.repository))
    }
    let lost = made.filter { !history.contains($0) && !forgotten.contains($0) }
    if !lost.isEmpty {
      breach(.nothingCommittedIsLost, lost.map { String($0.hex.prefix(8)) }.joined(separator: " "))
    }
    for person in able where !hasUncommitted(person) {
      let held = contents.files(of: head, in: person.repository) ?? [:]
      if person.computer.disk.files.mapValues(\.file.id) != held {
        breach(.convergence, "\(person.name)'s folder is not the version")
      }
    }
    checkWords(behind: head, of: first)
    let report = try first.open().verify { _, _, _ in }
    let wrong = report.refused.filter {
      if case .forgedJoint = $0.refusal { return !forgeries.contains($0.version.id) }
      return true
    }
    if !wrong.isEmpty || !report.recomputedJoints {
      breach(.verifies, wrong.map { "\($0.refusal)" }.joined(separator: ", "))
    }
  }

  private func hasUncommitted(_ person: Person) -> Bool {
    ((try? person.open().localState().changes.isEmpty) ?? false) == false
  }
}
