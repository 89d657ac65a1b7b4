extension [Range<Int>] {
  /// The first of these ranges that has something in common with another one; they stand from left to right and apart.
  func overlapping(_ range: Range<Int>) -> Range<Int>? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low].overlaps(range) ? self[low] : nil
  }
}
