import Documents
import Testing

/// Where patterns occur: the leftmost match, and of those the longest.
@Suite struct PatternSearchTests {
  static let cases: [(pattern: String, text: String, ranges: [Range<Int>])] = [
    ("a+", "baab a", [1..<3, 5..<6]),
    ("a|ab|abc", "abcab", [0..<3, 3..<5]),
    ("a*", "ba", [1..<2]),
    ("", "abc", []),
    ("\\bété\\b", "été, étés, l’été", [0..<3, 13..<16]),
    ("^a", "aa", [0..<1]),
    ("a$", "aa", [1..<2]),
    ("[0-9]{3}-[0-9]{4}", "555-0142 et 12-3456", [0..<8]),
    ("a.c", "abcadc", [0..<3, 3..<6]),
    ("(ab)*c", "ababcx", [0..<5]),
    ("🐉", "e\u{301}🐉", [2..<3]),
  ]

  @Test(arguments: cases) func findsEachOnce(_ pattern: String, _ text: String, _ ranges: [Range<Int>]) throws
  {
    #expect(try SchemaPattern(pattern).ranges(in: Array(text.unicodeScalars)) == ranges)
  }

  @Test func caseCountsUnlessItIsToBeIgnored() throws {
    let pattern = try SchemaPattern("[é-ê]té")
    let text = Array("ÉTÉ".unicodeScalars)
    #expect(pattern.ranges(in: text) == [])
    #expect(pattern.ranges(in: text, ignoringCase: true) == [0..<3])
  }

  /// Each of these would read on to the end of the text from every place, or follow too many ways at once.
  @Test(arguments: ["a|a*b", "(a+)+$", "(a|aa)*c"]) func takesTimeInProportionToTheText(_ pattern: String)
    throws
  {
    let pattern = try SchemaPattern(pattern)
    func time(_ count: Int) -> Duration {
      let text = [Unicode.Scalar](repeating: "a", count: count) + ["!"]
      return ContinuousClock().measure { _ = pattern.ranges(in: text) }
    }
    let (short, long) = (time(600), time(6_000))
    #expect(long < short * 40)
  }
}
