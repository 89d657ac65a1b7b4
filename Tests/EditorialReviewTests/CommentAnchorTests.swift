import Documents
import JSONTree
import TestSupport
import Testing

@testable import EditorialReview

/// What becomes of the words a comment is tied to when the text changes.
@Suite struct CommentAnchorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let old, new: String
    let quote: String
    var occurrence: Int?
    let standing: PassageStanding
    /// What is there now; `nil` for nothing.
    let words: String?

    init(
      _ name: String, _ old: String, quote: String, number occurrence: Int? = nil, _ new: String,
      _ standing: PassageStanding, _ words: String?
    ) {
      (testDescription, self.old, self.new, self.quote) = (name, old, new, quote)
      (self.occurrence, self.standing, self.words) = (occurrence, standing, words)
    }
  }

  private static let evening =
    "La soirée de raccommodage a lieu le jeudi à Montréal. Apportez vos mitaines et vos tuques."

  /// Old text, quoted words, new text, what became of them, what stands there now.
  static let cases = [
    Case("nothing changed", evening, quote: "le jeudi", evening, .exact, "le jeudi"),
    Case(
      "a word before it was replaced", evening, quote: "vos tuques",
      evening.replacing("Montréal", with: "Québec"), .exact, "vos tuques"),
    Case(
      "a sentence was put before it", evening, quote: "le jeudi", "Bonne nouvelle! " + evening, .exact,
      "le jeudi"),
    Case(
      "its sentence went to the end", evening, quote: "le jeudi",
      "Apportez vos mitaines et vos tuques. Venez le jeudi.", .moved, "le jeudi"),
    Case(
      "one of its words was replaced", evening, quote: "le jeudi",
      evening.replacing("le jeudi", with: "le mardi"), .changed, "le mardi"),
    Case(
      "all its words were replaced", evening, quote: "le jeudi",
      evening.replacing("le jeudi", with: "chaque semaine"), .changed, "chaque semaine"),
    Case(
      "a word was put inside", evening, quote: "le jeudi",
      evening.replacing("le jeudi", with: "le premier jeudi"), .changed, "le premier jeudi"),
    Case(
      "its word became part of a longer one", evening, quote: "jeudi",
      evening.replacing("jeudi", with: "jeudis-là"), .changed, "jeudis-là"),
    Case(
      "its sentence was rewritten around it", evening, quote: "raccommodage a lieu le jeudi",
      "Au programme cet automne : raccommodage, le jeudi soir. Apportez vos mitaines.", .changed,
      "raccommodage, le jeudi"),
    Case(
      "it was taken out", evening, quote: "le jeudi ", evening.replacing("le jeudi ", with: ""), .orphaned,
      nil),
    Case("its sentence was taken out", evening, quote: "le jeudi", "Apportez vos tuques.", .orphaned, nil),
    Case("the text was emptied", evening, quote: "le jeudi", "", .orphaned, nil),
    Case("another text stands there", evening, quote: "le jeudi", "Merci à toute l’équipe!", .orphaned, nil),
    Case(
      "the second of two, and the first was taken out", "Venez tôt. Oui, venez tôt demain.", quote: "tôt",
      number: 2,
      "Venez vite. Oui, venez tôt demain.", .exact, "tôt"),
    Case(
      "the second of two changed, the first still there", "Venez tôt lundi. Partez tôt mardi.", quote: "tôt",
      number: 2, "Venez tôt lundi. Partez tard mardi.", .moved, "tôt"),
    Case(
      "at the very beginning", "Demain, on répare.", quote: "Demain", "Lundi, on répare.", .changed, "Lundi"),
    Case("at the very end", "On répare demain", quote: "demain", "On répare lundi", .changed, "lundi"),
    Case(
      "the whole text", "On répare demain", quote: "On répare demain", "On répare lundi", .changed,
      "On répare lundi"),
    Case(
      "an accent written in another way is another text", "Le caf\u{E9} du coin, le soir.",
      quote: "caf\u{E9}",
      "Le cafe\u{301} du coin, le soir.", .changed, "cafe\u{301}"),
    Case(
      "emoji are whole", "Bravo 👩🏽‍🔧 à toutes!", quote: "👩🏽‍🔧", "Bravo 👩🏽‍🔧👏 à toutes!", .exact, "👩🏽‍🔧"),
  ]

  @Test(arguments: cases) func findsItsPlace(_ c: Case) throws {
    let anchor = try CommentAnchor(quoting: c.quote, in: c.old, occurrence: c.occurrence)
    let found = anchor.found(in: c.new)
    #expect(found.standing == c.standing)
    #expect(JSONValue(words(found, in: c.new) ?? "") == JSONValue(c.words ?? ""))
    // Written down and read again, it finds the same.
    #expect(CommentAnchor(anchor.value)?.found(in: c.new) == found)
  }

  private func words(_ found: FoundPassage, in text: String) -> String? {
    guard let range = found.range, !range.isEmpty else { return nil }
    return String(Array(text.unicodeScalars)[range])
  }

  // MARK: Making one

  @Test(arguments: [
    ("Rien de tel", CommentAnchorError.notThere(quote: "Rien de tel")),
    (" ", .emptyQuote), ("", .emptyQuote), ("vos", .severalTimes(quote: "vos", count: 2)),
  ])
  func refusesWhatNamesNoOnePlace(_ quote: String, _ error: CommentAnchorError) {
    #expect(throws: error) { try CommentAnchor(quoting: quote, in: Self.evening) }
  }

  @Test func anOccurrenceTellsWhich() throws {
    let second = try CommentAnchor(quoting: "vos", in: Self.evening, occurrence: 2)
    #expect(second.suffix == " tuques." && second.prefix?.hasSuffix("mitaines et ") == true)
    #expect(throws: CommentAnchorError.noSuchOccurrence(quote: "vos", asked: 3, count: 2)) {
      try CommentAnchor(quoting: "vos", in: Self.evening, occurrence: 3)
    }
  }

  /// Typed, text, what the anchor holds.
  @Test(arguments: [
    ("l'atelier", "Venez à l’atelier demain", "l’atelier"),
    ("9 h : on", "À 9\u{A0}h\u{A0}: on ouvre", "9\u{A0}h\u{A0}: on"),
    ("or", "L’orange est en or massif", "or"), ("rang", "L’orange", "rang"),
  ])
  func takesWhatAKeyboardCanType(_ quote: String, _ text: String, _ exact: String) throws {
    #expect(JSONString(try CommentAnchor(quoting: quote, in: text).exact) == JSONString(exact))
  }

  @Test func recordsWithoutNeighboursAreRead() throws {
    let anchor = try #require(CommentAnchor(["exact": "le jeudi"]))
    #expect(anchor.found(in: Self.evening).standing == .moved)
    #expect(anchor.found(in: "Rien.").standing == .orphaned)
    #expect(CommentAnchor(["prefix": "le"]) == nil && CommentAnchor(["exact": ""]) == nil)
  }

  /// A record that claims another place or text than it had is not believed.
  @Test(arguments: [-1, 0, 9_000, Int.max]) func aWrongPlaceIsNotBelieved(_ start: Int) throws {
    var anchor = try CommentAnchor(quoting: "le jeudi", in: Self.evening)
    anchor.start = start
    #expect(words(anchor.found(in: Self.evening), in: Self.evening) == "le jeudi")
  }

  // MARK: Laws on random texts

  private static let vocabulary = [
    "le", "la", "de", "à", "un", "mitaine", "tuque", "atelier", "répare", "demain", "👏", "l’été", "@ana",
    "#fil",
  ]

  private static func text(_ count: Int, _ random: inout SeededRandom) -> [String] {
    (0..<count).map { _ in random.pick(vocabulary) }
  }

  /// Words are put in, taken out and replaced on both sides of the passage, never in it.
  @Test(arguments: UInt64(1)...60) func editsOutsideLeaveItExactOrMoved(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<40 {
      let passage = Self.text(1 + Int(random.next() % 4), &random)
      let (before, behind) = (
        Self.text(Int(random.next() % 30), &random), Self.text(Int(random.next() % 30), &random)
      )
      func edited(_ words: [String]) -> [String] {
        words.flatMap { word -> [String] in
          switch random.next() % 8 {
          case 0: []
          case 1: [word] + Self.text(2, &random)
          case 2: Self.text(1, &random)
          default: [word]
          }
        }
      }
      let old = (before + passage + behind).joined(separator: " ")
      let start = before.isEmpty ? 0 : before.joined(separator: " ").unicodeScalars.count + 1
      let length = passage.joined(separator: " ").unicodeScalars.count
      let anchor = CommentAnchor(range: start..<start + length, in: old)
      let new = (edited(before) + passage + edited(behind)).joined(separator: " ")
      let found = anchor.found(in: new)
      #expect(found.standing.holdsWords, "seed \(seed): \(old) → \(new): \(found)")
      #expect(words(found, in: new) == passage.joined(separator: " "), "seed \(seed)")
    }
  }

  /// With its neighbours untouched and a word of its own, the passage is found where it really is.
  @Test(arguments: UInt64(1)...40) func isFoundWhereItReallyIs(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<25 {
      let near = (Self.text(16, &random), Self.text(16, &random))
      let passage = ["repriser"] + Self.text(2, &random)
      let old = (Self.text(20, &random) + near.0 + passage + near.1 + Self.text(20, &random))
      let anchor = try CommentAnchor(quoting: passage.joined(separator: " "), in: old.joined(separator: " "))
      let (front, back) = (Self.text(Int(random.next() % 60), &random), Self.text(20, &random))
      let changed = ["repriser", "autrement", "ici"]
      for (middle, standing) in [(passage, PassageStanding.exact), (changed, .changed)] {
        let new = (front + near.0 + middle + near.1 + back).joined(separator: " ")
        let found = anchor.found(in: new)
        let start = (front + near.0).joined(separator: " ").unicodeScalars.count + 1
        #expect(found.standing == standing, "seed \(seed): \(new)")
        #expect(
          found.range == start..<start + middle.joined(separator: " ").unicodeScalars.count, "seed \(seed)")
      }
    }
  }

  /// Whatever the texts are, there is one answer, it is the same twice, and it lies in the text.
  @Test(arguments: UInt64(1)...40) func thereIsAlwaysOneAnswer(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<50 {
      let old = Self.text(1 + Int(random.next() % 20), &random).joined(separator: " ")
      let new = Self.text(Int(random.next() % 20), &random).joined(separator: " ")
      let length = old.unicodeScalars.count
      let start = Int(random.next() % UInt64(length))
      let end = start + 1 + Int(random.next() % UInt64(length - start))
      let anchor = CommentAnchor(range: start..<end, in: old)
      let found = anchor.found(in: new)
      #expect(found == anchor.found(in: new))
      #expect(anchor.found(in: old) == FoundPassage(standing: .exact, range: start..<end))
      if let range = found.range { #expect(range.upperBound <= new.unicodeScalars.count) }
      #expect((words(found, in: new) == nil) == (found.standing == .orphaned), "seed \(seed)")
      if found.standing.holdsWords { #expect(words(found, in: new) == anchor.exact) }
    }
  }

  /// Counted, not timed: ten times the text is about ten times the work, however repetitive it is.
  @Test func aLongRepetitiveTextIsNoTrap() throws {
    func seconds(_ count: Int) throws -> Double {
      let old = String(repeating: "le fil ", count: count) + "rouge"
      let anchor = try CommentAnchor(
        quoting: String(repeating: "le fil ", count: count / 2) + "rouge", in: old)
      let new = String(repeating: "le fil ", count: count) + "vert"
      let clock = ContinuousClock()
      return clock.measure { _ = anchor.found(in: new) } / .seconds(1)
    }
    _ = try seconds(500)
    let (short, long) = (try seconds(1000), try seconds(8000))
    #expect(long < 24 * short, "\(short) s, then \(long) s")
  }
}
