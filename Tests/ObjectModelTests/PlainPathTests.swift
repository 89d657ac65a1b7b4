import TestSupport
import Testing

@testable import ObjectModel

/// The short cut for plain names never accepts what the long way refuses, nor the reverse.
@Suite struct PlainPathTests {
  @Test(arguments: 0..<20) func theShortCutAgreesWithTheLongWay(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let pieces = [
      "a", "b", "C", "O", "N", "n", "u", "l", "x", "p", "r", "t", "m", "1", "0", "2026", ".", ".", "-", "_",
      "/", "/",
      "con", "aux", "com1", ".git", "git~1", "json", " ",
    ]
    for _ in 0..<2000 {
      let text = (0..<(1 + random.next() % 7)).map { _ in random.pick(pieces) }.joined()
      let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      let isRefused = parts.contains { PathRefusal(ofComponent: Substring($0)) != nil }
      #expect(((try? WorkspacePath(text)) == nil) == isRefused, "seed \(seed): \(text)")
    }
  }
}
