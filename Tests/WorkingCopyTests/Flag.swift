import Synchronization

/// A word between two threads: one asks the other to stop, which says when it has.
final class Flag: Sendable {
  private let asked = Atomic<Bool>(false)
  private let answered = Atomic<Bool>(false)
  var isSet: Bool { asked.load(ordering: .acquiring) }
  var isConfirmed: Bool { answered.load(ordering: .acquiring) }
  func set() { asked.store(true, ordering: .releasing) }
  func confirm() { answered.store(true, ordering: .releasing) }
}
