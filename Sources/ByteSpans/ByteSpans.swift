// Bytes looked at eight at a time: what compares and searches megabytes of documents and folders.

extension Span where Element == UInt8 {
  /// Eight bytes as one number, the first byte lowest.
  @inlinable @inline(__always)
  public func eightBytes(at index: Int) -> UInt64 {
    // The bounds are checked once, here, and the eight bytes become one load.
    let eight = extracting(index..<index + 8)
    return UInt64(eight[0]) | UInt64(eight[1]) << 8 | UInt64(eight[2]) << 16 | UInt64(eight[3]) << 24
      | UInt64(eight[4]) << 32 | UInt64(eight[5]) << 40 | UInt64(eight[6]) << 48 | UInt64(eight[7]) << 56
  }

  /// The first place from `start` on that holds a byte; `nil` if none does.
  @inlinable
  public func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    var index = start
    while index + 8 <= count {
      let found = bytesBelow(1, in: eightBytes(at: index) ^ byte.eightTimes)
      if found != 0 { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < count {
      if self[index] == byte { return index }
      index += 1
    }
    return nil
  }
}

/// The first place where two byte strings differ; `nil` if one begins with all of the other.
@inlinable
public func firstDifference(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Int? {
  let count = min(left.count, right.count)
  var index = 0
  while index + 8 <= count {
    let difference = left.eightBytes(at: index) ^ right.eightBytes(at: index)
    if difference != 0 { return index + difference.trailingZeroBitCount / 8 }
    index += 8
  }
  while index < count {
    if left[index] != right[index] { return index }
    index += 1
  }
  return nil
}

/// Which of the eight bytes of a number are below a limit: the lowest bit that is set belongs to the first of them. What is
/// borrowed can set bits of later bytes only.
///
/// Source: Sean Eron Anderson, “Bit Twiddling Hacks”, “Determine if a word has a byte less than n”.
///
/// - Parameter limit: At most 128.
@inlinable @inline(__always)
public func bytesBelow(_ limit: UInt8, in word: UInt64) -> UInt64 {
  (word &- limit.eightTimes) & ~word & UInt8(0x80).eightTimes
}

extension UInt8 {
  /// A number whose eight bytes are this one.
  @inlinable @inline(__always)
  public var eightTimes: UInt64 { UInt64(self) &* 0x0101_0101_0101_0101 }
}
