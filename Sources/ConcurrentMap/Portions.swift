extension RandomAccessCollection where Index == Int {
  /// The elements in their order, so many at a time; the last portion has what is left.
  ///
  /// - Parameter size: At least 1.
  public func portions(of size: Int) -> [SubSequence] {
    precondition(size > 0, "a portion of elements")
    return stride(from: startIndex, to: endIndex, by: size).map { self[$0..<Swift.min($0 + size, endIndex)] }
  }
}
