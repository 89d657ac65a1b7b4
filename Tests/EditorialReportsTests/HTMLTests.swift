import Testing

@testable import EditorialReports

/// The gate between texts of people and pages.
@Suite struct HTMLTests {
  /// What somebody wrote, and what the page holds of it.
  @Test(arguments: [
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"), ("a & b", "a &amp; b"),
    ("\" onclick=\"x", "&quot; onclick=&quot;x"), ("</p><h1>", "&lt;/p&gt;&lt;h1&gt;"), ("&lt;", "&amp;lt;"),
    ("approuvé\u{202E}ésufer", "approuvé‹U+202E›ésufer"), ("a\u{0}b\u{1B}[2J", "a‹U+0000›b‹U+001B›[2J"),
    ("deux\nlignes", "deux\nlignes"), ("café\u{A0}: 👩🏽‍🔧 ‏", "café\u{A0}: 👩🏽‍🔧 ‹U+200F›"),
    ("<!--", "&lt;!--"), ("]]>", "]]&gt;"),
  ])
  func textIsShownAndNotObeyed(_ text: String, _ markup: String) {
    #expect(HTML.text(text).markup == markup)
    #expect(HTML.element("p", [], .text(text)).markup == "<p>\(markup)</p>")
    #expect(
      HTML.element("a", [.href(.index), .plain(.ariaLabel, text)]).markup
        == "<a href=\"index.html\" aria-label=\"\(markup)\"></a>")
  }

  /// Names of files, and whether a page may have them.
  @Test(arguments: [
    ("01m7z6g8r0y8h3rqz20hpaf45c", true), ("path-0a", true), ("", false), ("..", false), ("../x", false),
    ("a/b", false), ("A", false), ("é", false), ("a.b", false), ("con\u{0}", false),
    (String(repeating: "a", count: 65), false),
  ])
  func namesOfPagesLeadNowhereElse(_ name: String, _ isFine: Bool) {
    #expect((PageName(name) != nil) == isFine)
    #expect(PageName.isFileName(name + ".html") == isFine)
  }

  @Test(arguments: [("fr-CA", "fr-CA"), ("en", "en"), ("", ""), ("\"><script>", ""), ("fr CA", "")])
  func aLanguageThatIsNoTagSaysNothing(_ tag: String, _ value: String) {
    #expect(HTML.element("p", [.lang(tag)]).markup == "<p lang=\"\(value)\"></p>")
  }

  // MARK: Passages

  /// Passages of “le jeudi soir” and what is marked; numbers lead to the comments.
  @Test(arguments: [
    ([(3..<8, 1)], "le <mark>jeudi</mark>[1] soir"), ([], "le jeudi soir"),
    ([(0..<8, 1), (3..<13, 2)], "<mark>le </mark><mark>jeudi</mark>[1]<mark> soir</mark>[2]"),
    ([(3..<8, 1), (3..<8, 2)], "le <mark>jeudi</mark>[1][2] soir"),
    ([(0..<13, 4)], "<mark>le jeudi soir</mark>[4]"),
    ([(9..<99, 1)], "le jeudi soir"),
  ])
  func passagesAreMarked(_ passages: [(Range<Int>, Int)], _ expected: String) {
    let html = marked(
      "le jeudi soir", passages.map { MarkedPassage(range: $0.0, number: $0.1) }, label: "commentaire")
    let plain = html.markup.replacing(
      /<sup><a href="#comment-\d" aria-label="commentaire \d">(\[\d\])<\/a><\/sup>/
    ) {
      $0.output.1
    }
    #expect(plain == expected)
  }

  // MARK: Colours

  /// How far the lighter of two colours is from the darker one. Source: WCAG 2.2, “contrast ratio”.
  private func contrast(_ left: Colour, _ right: Colour) -> Double {
    func linear(_ component: UInt8) -> Double {
      let value = Double(component) / 255
      return value <= 0.04045 ? value / 12.92 : power((value + 0.055) / 1.055)
    }
    func luminance(_ colour: Colour) -> Double {
      0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue)
    }
    let (high, low) = (max(luminance(left), luminance(right)), min(luminance(left), luminance(right)))
    return (high + 0.05) / (low + 0.05)
  }

  /// The value to the power of 2.4: its square times its fifth root squared.
  private func power(_ value: Double) -> Double {
    var root = max(value, 0.01)
    for _ in 0..<60 { root -= (root * root * root * root * root - value) / (5 * root * root * root * root) }
    return value * value * root * root
  }

  /// WCAG 2.2, 1.4.3: 4.5 for text. Black on white is 21, which checks the computation.
  @Test func everyTextIsReadableOnItsGround() {
    #expect(abs(contrast(Colour(0, 0, 0), Colour(255, 255, 255)) - 21) < 0.01)
    #expect(abs(contrast(Colour(0x76, 0x76, 0x76), Colour(255, 255, 255)) - 4.54) < 0.01)
    for pair in Palette.pairs {
      #expect(contrast(pair.text, pair.ground) >= 4.5, "\(pair.what): \(contrast(pair.text, pair.ground))")
    }
    // WCAG 2.2, 1.4.11: 3 for lines that say something.
    for pair in Palette.linePairs { #expect(contrast(pair.line, pair.ground) >= 3, "\(pair.what)") }
  }

  /// A colour the palette does not have would not have been looked at.
  @Test func theStyleSheetHasNoOtherColours() {
    let known = Palette.pairs.flatMap { [$0.text.css, $0.ground.css] } + [Palette.line.css]
    for match in StyleSheet.text.matches(of: /#[0-9a-f]{6}\b/) {
      #expect(known.contains(String(match.output)), "\(match.output)")
    }
    #expect(!StyleSheet.text.contains(/rgb|hsl|url\(|@import|http/))
    #expect(StyleSheet.text.contains(":focus-visible"))
  }
}
