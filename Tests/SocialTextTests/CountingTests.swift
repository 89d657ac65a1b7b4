import SocialText
import Testing

/// What a text counts on each platform, sign by sign.
@Suite struct CountingTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String
    let unit: CountingUnit
    let counting: Counting
    let count: Int

    init(
      _ name: String, _ text: String, _ unit: CountingUnit, _ counting: Counting = Counting(), is count: Int
    ) {
      (testDescription, self.text, self.unit, self.counting, self.count) = (name, text, unit, counting, count)
    }
  }

  static let mastodon = Counting(urlWeight: 23, urlsNeedScheme: true, mentionWithoutDomain: true)
  static let threads = Counting(emojiUnit: .utf8)

  static let cases = [
    Case("on X, the no-break space of Québec weighs one", "Quoi\u{A0}: ça", .weighted, .x, is: 9),
    Case("on X, the narrow one of France weighs two", "Quoi\u{202F}!", .weighted, .x, is: 7),
    Case("on X, guillemets and ’ weigh one", "«\u{A0}l’eau\u{A0}»", .weighted, .x, is: 9),
    Case("on X, … weighs two", "Bon…", .weighted, .x, is: 5),
    Case("on X, € weighs two", "5 €", .weighted, .x, is: 4),
    Case("on X, dashes weigh one", "– —", .weighted, .x, is: 3),
    Case("on X, the bullet and the arrow weigh two", "•→", .weighted, .x, is: 4),
    Case("on X, the middle dot of writing weighs one", "é·e", .weighted, .x, is: 3),
    Case("on X, an accent by itself adds nothing to its letter", "e\u{301}te\u{301}", .weighted, .x, is: 3),
    Case("on X, a family is one emoji", "👨‍👩‍👧‍👦", .weighted, .x, is: 2),
    Case("on X, a flag is one emoji", "🇨🇦", .weighted, .x, is: 2),
    Case("on X, a sign that is asked to be an emoji is one", "❤️", .weighted, .x, is: 2),
    Case(
      "on X, a link is 23 whatever its length", "a https://exemple.ca/une/longue/adresse-de-page-en-francais",
      .weighted, .x, is: 25),
    Case("on X, a link without a scheme is 23 too", "exemple.ca", .weighted, .x, is: 23),
    Case("on X, a name of a file is no link", "notes.txt", .weighted, .x, is: 9),

    Case("on Bluesky, a family is one grapheme", "👨‍👩‍👧‍👦", .graphemes, is: 1),
    Case("on Bluesky, a family is 25 bytes", "👨‍👩‍👧‍👦", .utf8, is: 25),
    Case("on Bluesky, a link is as long as it is", "https://exemple.ca", .graphemes, is: 18),

    Case(
      "on Mastodon, a link is 23", "https://exemple.ca/une/longue/adresse-de-page", .graphemes, mastodon,
      is: 23),
    Case("on Mastodon, a link without a scheme is words", "exemple.ca", .graphemes, mastodon, is: 10),
    Case(
      "on Mastodon, the server of a mention is free", "@ravaude@social.exemple.ca bonjour", .graphemes,
      mastodon, is: 16),
    Case("on Mastodon, an address of mail is words", "nous@exemple.ca", .graphemes, mastodon, is: 15),
    Case(
      "on Mastodon, the full stop after a mention counts", "@ravaude@exemple.ca.", .graphemes, mastodon, is: 9
    ),

    Case("on Threads, an emoji is its bytes", "Bon 🧵", .graphemes, threads, is: 8),
    Case("on Threads, a family is its bytes", "👨‍👩‍👧‍👦", .graphemes, threads, is: 25),
    Case("on Threads, an accented letter is one", "é", .graphemes, threads, is: 1),
    Case("on Threads, a figure is no emoji", "10 #", .graphemes, threads, is: 4),

    Case("UTF-16 counts an emoji as two", "🧵!", .utf16, is: 3),
    Case("code points count what is joined apart", "👨‍👩‍👧‍👦", .codePoints, is: 7),
    Case("nothing is nothing", "", .graphemes, is: 0),
  ]

  @Test(arguments: cases) func countsAsThePlatformDoes(_ c: Case) {
    #expect(measure(c.text, in: c.unit, counting: c.counting).count == c.count)
  }

  @Test(arguments: [
    ("abcdef", 4, 4), ("abcd", 4, 4), ("ab 👨‍👩‍👧‍👦 c", 4, 3), ("a https://exemple.ca b", 10, 2),
    ("e\u{301}e\u{301}e\u{301}", 2, 4),
  ]) func saysHowMuchFits(_ text: String, _ limit: Int, _ fitting: Int) {
    #expect(measure(text, in: .weighted, counting: .x, limit: limit).fitting == fitting)
  }

  /// What is told without counting is what counting would have told.
  @Test(arguments: 0..<200) func aTextThatSurelyFitsFits(_ number: Int) {
    let pieces = [
      "a", "é", "e\u{301}", " ", ".", "a.co", "https://exemple.ca/é", "#mot", "＃大", "@toi", "＠moi", "中", "👨‍👩‍👧‍👦",
      "🇨🇦", "@moi@ici.ca", "\u{202F}", "\n",
    ]
    // Every piece takes part in some text, after each of the others.
    let text = (0..<12).map { pieces[(number * 7 + $0 * (number / pieces.count + 1)) % pieces.count] }
      .joined()
    let scalars = Array(text.unicodeScalars)
    #expect(hashtags(in: scalars).count <= mostHashtags(in: text), "\(text)")
    #expect(mentions(in: scalars).count <= mostMentions(in: text), "\(text)")
    #expect(urls(in: scalars).count <= mostLinks(in: text), "\(text)")
    for counting in [
      Counting(), .x, Self.mastodon, Self.threads, Counting(emojiUnit: .weighted, defaultWeight: 3),
    ] {
      for unit in CountingUnit.allCases {
        let count = measure(text, in: unit, counting: counting).count
        #expect(count == 0 || mayExceed(count - 1, text, in: unit, counting: counting), "\(unit) \(text)")
        #expect(!mayExceed(10_000, text, in: unit, counting: counting))
      }
    }
  }

  /// Grapheme clusters and emoji change with Unicode: what this build's Swift knows, by signs new in each version.
  @Test func graphemesAreThoseOfUnicode17() {
    // 15.1 joined the conjuncts of Devanagari; 17 gave U+088F.
    #expect("क्त".count == 1)
    #expect(Unicode.Scalar(0x88F as UInt32)?.properties.age?.major == 17)
  }

  /// What would send a program that goes back and forth away for hours.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "a.", "http://", "a.co/(", "a.com/((((", "#", "@a", "@a@", "$A", "é", "あ.", "xn--", "a.co?", "👨‍",
      "e\u{301}\u{327}", "-_.", "_a.", "a.com",
      "http://a.co/", "a-", "&#a",
    ]) func hostileTextTakesNoLonger(_ piece: String)
  {
    let text = String(repeating: piece, count: 100_000 / piece.utf8.count)
    let scalars = Array(text.unicodeScalars)
    _ = entities(in: scalars)
    let measure = measure(text, in: .weighted, counting: .x, limit: 280)
    #expect(measure.fitting <= scalars.count)
  }
}
