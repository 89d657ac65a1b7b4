import JSONTree
import TestSupport
import Testing

@testable import Documents

/// Numbers are compared by their exact value, whatever their text.
@Suite struct ExactNumberTests {
  private func number(_ text: String) -> ExactNumber { ExactNumber(JSONNumber(unchecked: text)) }

  @Test(arguments: [
    ("1", "1.0"), ("1", "1e0"), ("100", "1E+2"), ("0.001", "1e-3"), ("0", "-0.00e9"), ("-12.50", "-1250e-2"),
    ("0.1", "0.10000000000000000000000000"),
  ]) func oneValueInSeveralTexts(_ left: String, _ right: String) {
    #expect(number(left) == number(right))
    #expect(number(left).canonicalText == number(right).canonicalText)
  }

  @Test(arguments: [
    ("-2", "-1.9"), ("-1", "0"), ("0", "1e-400"), ("0.1", "0.1000000000000000000000001"), ("9", "10"),
    ("9007199254740992", "9007199254740993"), ("1e308", "1e309"),
    ("99e9999998", "1e99999999"),
  ]) func smallerThan(_ left: String, _ right: String) {
    #expect(number(left) <= number(right))
    #expect(!(number(right) < number(left)))
  }

  @Test(arguments: [
    ("0", "7", true), ("21", "7", true), ("22", "7", false), ("0.0075", "0.0001", true),
    ("0.00751", "0.0001", false),
    ("1e308", "0.5", true), ("1e308", "0.123456789", false), ("-4.5", "1.5", true),
    ("12391239123", "1e-8", true),
  ]) func multiples(_ value: String, _ divisor: String, _ isMultiple: Bool) {
    #expect(number(value).isMultiple(of: number(divisor)) == isMultiple)
  }

  /// Integers are an oracle: any two of them, written in any way, compare as they do.
  @Test func integersCompareAsIntegers() {
    let seed: UInt64 = 20_261_121
    print("seed \(seed)")
    var random = SeededRandom(seed: seed)
    for _ in 0..<2000 {
      let left = Int.random(in: -5000...5000, using: &random)
      let right = Int.random(in: -5000...5000, using: &random)
      let zeros = Int.random(in: 0...6, using: &random)
      let (leftText, rightText) = (
        "\(left)" + String(repeating: "0", count: zeros) + "e-\(zeros)", "\(right).000"
      )
      #expect((number(leftText) < number(rightText)) == (left < right), "\(leftText) \(rightText)")
      #expect((number(leftText) == number(rightText)) == (left == right), "\(leftText) \(rightText)")
      if right > 0 {
        #expect(number(leftText).isMultiple(of: number(rightText)) == left.isMultiple(of: right))
      }
    }
  }
}
