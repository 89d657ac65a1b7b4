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
    precondition(portion > 0, "a portion of elements")
    if count <= portion { return map(transform) }
    let portions = (count + portion - 1) / portion
    let results = Mutex([[Result]](repeating: [], count: portions))
    DispatchQueue.concurrentPerform(iterations: portions) { number in
      let start = number * portion
      let result = self[start..<Swift.min(start + portion, count)].map(transform)
      results.withLock { $0[number] = result }
    }
    return results.withLock { $0.flatMap(\.self) }
  }
}
