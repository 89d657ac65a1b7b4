import JSONTree
import TestSupport
import Testing

@testable import Documents

/// Patterns follow ECMA-262, take time in proportion to the text, and say what they can't do.
@Suite struct SchemaPatternTests {
  static let matches: [(pattern: String, text: String, isMatch: Bool)] = [
    ("", "anything", true),
    ("b", "abc", true),
    ("^b", "abc", false),
    ("c$", "abc", true),
    ("^(a|bc)+$", "abcbca", true),
    ("^(a|bc)+$", "abcb", false),
    ("^a{2,3}$", "a", false),
    ("^a{2,3}$", "aaa", true),
    ("^a{2,3}$", "aaaa", false),
    ("^a{2,}$", "aaaaa", true),
    ("^a{0}$", "", true),
    ("^.$", "é", true),
    ("^.$", "e\u{301}", false),  // Two code points.
    ("^.$", "🐉", true),
    ("^.$", "\n", false),
    ("^\\d$", "٣", false),  // Digits are those of ASCII.
    ("^\\p{Nd}$", "٣", true),
    ("^\\w+$", "été", false),
    ("^\\p{L}+$", "été", true),
    ("^[^\\s#]+$", "Grand\u{A0}Jour", false),
    ("^[\\d-]+$", "2026-11", true),
    ("^[a-cx]$", "b", true),
    ("[\\]]", "]", true),
    ("^[^]$", "\n", true),
    ("[]", "anything", false),
    ("\\bmot\\b", "un mot.", true),
    ("\\bmot\\b", "mots", false),
    ("\\u00e9", "é", true),
    ("\\u{1F409}", "🐉", true),
    ("\\uD83D\\uDC09", "🐉", true),
    ("^\\/x\\/$", "/x/", true),
    ("(?<year>[0-9]{4})", "en 2026", true),
    ("(?:)*x", "x", true),
    ("^(a*)*$", "aaab", false),
  ]

  @Test(arguments: matches) func decidesAsECMA262Does(_ pattern: String, _ text: String, _ isMatch: Bool)
    throws
  {
    #expect(try SchemaPattern(pattern).matches(text) == isMatch)
  }

  static let refused: [(pattern: String, reason: PatternError.Reason, offset: Int)] = [
    ("a(b", .unfinished, 3),
    ("a)b", .unexpected(")"), 1),
    ("[a", .unfinished, 2),
    ("*a", .unexpected("*"), 0),
    ("a{2", .unfinished, 3),
    ("a{3,2}", .rangeOutOfOrder, 2),
    ("a{1001}", .tooLarge, 5),
    ("[z-a]", .rangeOutOfOrder, 1),
    ("x(?=y)", .unsupported("(?="), 1),
    ("(?<!y)x", .unsupported("(?<!"), 0),
    ("(a)\\1", .unsupported("\\1"), 3),
    ("\\a", .unknownEscape("a"), 0),
    ("\\p{Script=Greek}", .unknownProperty("Script=Greek"), 2),
    ("(?P<n>a)", .unexpected("P"), 2),
    ("((((a{99}){99}){99}){99})", .tooLarge, 0),
    ("(((){1000}){1000}){1000}", .tooLarge, 0),
  ]

  @Test(arguments: refused)
  func refuses(_ pattern: String, _ reason: PatternError.Reason, _ offset: Int) throws {
    let error = #expect(throws: PatternError.self) { try SchemaPattern(pattern) }
    #expect(error == PatternError(reason: reason, offset: offset))
  }

  /// The pattern that makes a backtracking matcher take 2^n steps, on 100,000 characters.
  @Test func aPatternFromElsewhereCanNotKeepASyncWaiting() throws {
    let pattern = try SchemaPattern("^(a+)+$")
    let text = String(repeating: "a", count: 100_000) + "!"
    let time = ContinuousClock().measure { #expect(!pattern.matches(text)) }
    #expect(time < .seconds(10))
  }
}
