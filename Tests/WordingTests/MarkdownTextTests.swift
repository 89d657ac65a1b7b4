import Testing
import Wording

/// Words of people in a Markdown text, which stay words.
@Suite struct MarkdownTextTests {
  @Test(
    arguments: [
      ("plain", "Trois points", "Trois points"), ("a cell", "a | b", "a \\| b"),
      ("a title", "a\n# b", "a \\# b"),
      ("a picture", "d![e](f)", "d\\!\\[e\\](f)"), ("a tag", "<b>", "\\<b\\>"),
      ("words as they are", "été", "été"), ("a list", "- a", "\\- a"),
      ("a list with numbers", "12. a", "12\\. a"),
      ("a list of one", " 1)", " 1\\)"), ("no list", "-a 1. - 2.5", "-a 1. - 2.5"),
      ("a number", "2.5", "2.5"),
    ])
  func whatAPersonWroteBeginsNoMarkup(_ name: String, _ text: String, _ marked: String) {
    #expect(MarkdownText.escaped(text) == marked, "\(name)")
  }

  @Test func whatTurnsTheTextAroundIsTakenOut() {
    #expect(!MarkdownText.escaped("a\u{202E}b").unicodeScalars.contains("\u{202E}"))
  }

  @Test(
    arguments: [
      ("https://a.example/b_c?d=1&e=2#f", "<https://a.example/b_c?d=1&e=2#f>"),
      ("HTTP://A.example", "<HTTP://A.example>"), ("https://a.example/b|c", "<https://a.example/b%7Cc>"),
      ("javascript:alert(1)", "javascript:alert(1)"), ("https://a> <b", "https://a\\> \\<b"), ("", ""),
    ])
  func onlyAnAddressOfTheWebCanBeFollowed(_ address: String, _ marked: String) {
    #expect(MarkdownText.link(address) == marked)
  }
}
