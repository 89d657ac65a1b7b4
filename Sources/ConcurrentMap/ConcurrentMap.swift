import Dispatch
import Synchronization

extension Array where Element: Sendable {
  /// What a function makes of each element, in the order of the elements, worked out on all processors.
  ///
  /// As `map` answers: which thread asks about which element, and when, changes nothing of it.
  ///
  /// - Parameter portion: How many elements one thread takes at a time, at least 1. An array of no more is mapped by the
  ///   thread that asks.
  public func concurrentMap<Result: Sendable>(
    portion: Int, _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    let portions = portions(of: portion)
    if portions.count <= 1 { return map(transform) }
    let results = Mutex([[Result]](repeating: [], count: portions.count))
    DispatchQueue.concurrentPerform(iterations: portions.count) { number in
      let result = portions[number].map(transform)
      results.withLock { $0[number] = result }
    }
    return results.withLock { $0.flatMap(\.self) }
  }
}
