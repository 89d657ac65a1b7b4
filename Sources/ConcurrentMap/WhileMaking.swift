import Dispatch
import Synchronization

/// Makes portions of work on this thread while another one takes those that were made before, in their order.
///
/// At most one portion waits: whoever is faster waits for the other.
///
/// - Parameters:
///   - make: Hands each portion over by calling what it is given, which throws what `take` has thrown.
///   - take: Runs on another thread; asks for one portion after the other, and gets `nil` after the last. What comes
///     once it has returned is dropped.
/// - Throws: What `take` throws; otherwise what `make` throws, once `take` has had all that was handed over.
public func whileMaking<Portion: Sendable>(
  _ make: (_ handOver: (Portion) throws -> Void) throws -> Void,
  take: @escaping @Sendable (_ next: () -> Portion?) throws -> Void
) throws {
  let handover = Handover<Portion>()
  let end = DispatchSemaphore(value: 0)
  DispatchQueue.global().async {
    handover.endTaking(with: Result { try take(handover.next) })
    end.signal()
  }
  let made = Result { try make(handover.handOver) }
  handover.endMaking()
  end.wait()
  try handover.throwFailure()
  try made.get()
}

/// Where one thread puts portions down and another takes them up.
private final class Handover<Portion: Sendable>: Sendable {
  private struct State {
    var waiting: Portion?
    /// How taking ended.
    var end: Result<Void, any Error>?
  }

  private let state = Mutex(State())
  private let room = DispatchSemaphore(value: 0)
  private let portions = DispatchSemaphore(value: 0)

  init() { room.signal() }

  func handOver(_ portion: Portion) throws {
    room.wait()
    let end = state.withLock { state in
      if state.end == nil { state.waiting = portion }
      return state.end
    }
    if let end {
      // For whoever comes with the next.
      room.signal()
      return try end.get()
    }
    portions.signal()
  }

  func endMaking() { portions.signal() }

  func next() -> Portion? {
    portions.wait()
    guard let portion = state.withLock({ $0.waiting.take() }) else {
      // Whoever asks again is told again.
      portions.signal()
      return nil
    }
    room.signal()
    return portion
  }

  func endTaking(with end: Result<Void, any Error>) {
    state.withLock { $0.end = end }
    room.signal()
  }

  func throwFailure() throws { try state.withLock { $0.end }?.get() }
}
