import JSONTree
import TestSupport
import Testing
import ThreeWayMerge

/// Differences between texts that can be read aloud: [-gone-], {+new+}.
@Suite struct WordDiffTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var from: String
    var to: String
    var marked: String

    init(_ name: String, _ from: String, _ to: String, _ marked: String) {
      (self.name, self.from, self.to, self.marked) = (name, from, to, marked)
    }

    var testDescription: String { name }
  }

  static let cases = [
    Case("two empty texts", "", "", ""),
    Case("nothing changed", "Venez tôt.", "Venez tôt.", "Venez tôt."),
    Case("a new text", "", "Venez tôt.", "{+Venez tôt.+}"),
    Case("a text that is gone", "Venez tôt.", "", "[-Venez tôt.-]"),
    Case("one word", "Venez tôt samedi.", "Venez tard samedi.", "Venez [-tôt-]{+tard+} samedi."),
    Case(
      "a phrase is one change", "un chat noir dort", "un chien blanc dort",
      "un [-chat noir-]{+chien blanc+} dort"),
    Case(
      "a phrase of three words", "a un deux trois b", "a six sept huit b",
      "a [-un deux trois-]{+six sept huit+} b"),
    Case(
      "a word between changes keeps them apart", "un chat et un chien", "deux chats et deux chiens",
      "[-un chat-]{+deux chats+} et [-un chien-]{+deux chiens+}"),
    Case(
      "a line end keeps changes apart", "chat\nnoir", "chien\nblanc", "[-chat-]{+chien+}\n[-noir-]{+blanc+}"),
    Case(
      "two spaces keep changes apart", "chat  noir", "chien  blanc", "[-chat-]{+chien+}  [-noir-]{+blanc+}"),
    Case("a no-break space is a space", "9\u{A0}h", "10\u{A0}heures", "[-9\u{A0}h-]{+10\u{A0}heures+}"),
    Case("punctuation alone", "Bonjour.", "Bonjour!", "Bonjour[-.-]{+!+}"),
    Case("a typographic space", "Bonjour !", "Bonjour\u{202F}!", "Bonjour[- -]{+\u{202F}+}!"),
    Case("a word put in", "le chat", "le petit chat", "le {+petit +}chat"),
    Case("a word at the end", "le chat", "le chat noir", "le chat{+ noir+}"),
    Case("a word at the beginning", "le chat", "Oui le chat", "{+Oui +}le chat"),
    Case("the whole first sentence", "A b. A c.", "A c.", "[-A b. -]A c."),
    Case(
      "the whole sentence in the middle", "Un. Le chat. Le chien.", "Un. Le chien.",
      "Un. [-Le chat. -]Le chien."),
    Case("the whole line", "un\n- a\n- b\n", "un\n- a\n- c\n- b\n", "un\n- a\n{+- c\n+}- b\n"),
    Case(
      "an address is one word", "Voir https://a.example/x?y=1 ici", "Voir https://a.example/x?y=2 ici",
      "Voir [-https://a.example/x?y=1-]{+https://a.example/x?y=2+} ici"),
    Case("accents by their bytes", "caf\u{E9}", "cafe\u{301}", "[-caf\u{E9}-]{+cafe\u{301}+}"),
    Case("emoji are never split", "Oui 👩🏽‍🌾", "Oui 👩‍🌾", "Oui [-👩🏽‍🌾-]{+👩‍🌾+}"),
    Case("a language without spaces", "東京は雨", "東京は晴", "東京は[-雨-]{+晴+}"),
  ]

  @Test(arguments: cases) func readsWell(_ c: Case) {
    let runs = wordRuns(from: c.from, to: c.to)
    #expect(marked(runs) == c.marked)
    expectTheLaw(runs, from: c.from, to: c.to, "\(c.name)")
  }

  static let excerpts = [
    Case("nothing changed", "un deux trois", "un deux trois", ""),
    Case("short texts stay whole", "un deux trois", "un deux quatre", "un deux [-trois-]{+quatre+}"),
    Case(
      "the words around the change", "a b c d e f g h X i j k l m n o p", "a b c d e f g h Y i j k l m n o p",
      "… g h [-X-]{+Y+} i j …"),
    Case(
      "between two changes", "X a b c d e f g h Y", "1 a b c d e f g h 2", "[-X-]{+1+} a b … g h [-Y-]{+2+}"),
    Case(
      "two words are not worth a cut", "X a b c d e f Y", "1 a b c d e f 2",
      "[-X-]{+1+} a b c d e f [-Y-]{+2+}"),
    Case("at the beginning", "X a b c d e f", "Y a b c d e f", "[-X-]{+Y+} a b …"),
    Case("at the end", "a b c d e f X", "a b c d e f Y", "… e f [-X-]{+Y+}"),
    Case("changed words are never cut", "", "a b c d e f g h", "{+a b c d e f g h+}"),
  ]

  @Test(arguments: excerpts) func excerptsKeepWhatIsAroundTheChanges(_ c: Case) {
    #expect(marked(excerpt(of: wordRuns(from: c.from, to: c.to), context: 2)) == c.marked)
  }

  static let seeds: Range<UInt64> = 0..<300

  @Test(arguments: seeds) func theRunsAreBothTexts(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<20 {
      let from = randomText(&random)
      let to = random.chance(1, in: 3) ? randomText(&random) : edited(from, &random)
      expectTheLaw(wordRuns(from: from, to: to), from: from, to: to, "seed \(seed): \(from) -> \(to)")
    }
  }

  @Test(arguments: seeds) func anExcerptKeepsEveryChange(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let from = (0..<8).map { _ in randomText(&random) }.joined(separator: " ")
    let runs = wordRuns(from: from, to: edited(from, &random))
    let cut = excerpt(of: runs, context: Int(random.next() % 4))
    #expect(cut.filter { $0.kind != .same } == runs.filter { $0.kind != .same }, "seed \(seed)")
    let kept = cut.reduce(0) { $0 + $1.text.utf8.count }
    #expect(kept <= runs.reduce(0) { $0 + $1.text.utf8.count } + 5 * cut.count, "seed \(seed)")
  }

  /// A text of 50,000 words with a change in every hundredth.
  @Test(.timeLimit(.minutes(1))) func longTextsTakeNoTime() {
    let words = (0..<50_000).map { "mot\($0 % 700)" }
    var others = words
    for place in stride(from: 0, to: others.count, by: 100) { others[place] = "autre" }
    let (from, to) = (words.joined(separator: " "), others.joined(separator: " "))
    let runs = wordRuns(from: from, to: to)
    expectTheLaw(runs, from: from, to: to, "long")
    #expect(runs.count { $0.kind == .removed } == 500)
  }
}

private func marked(_ runs: [WordRun]) -> String {
  runs.map { run in
    switch run.kind {
    case .same: run.text
    case .removed: "[-\(run.text)-]"
    case .added: "{+\(run.text)+}"
    }
  }.joined()
}

/// Removed and same are the old text, added and same the new one; no two neighbours are of one kind.
private func expectTheLaw(_ runs: [WordRun], from: String, to: String, _ comment: String) {
  let old = runs.filter { $0.kind != .added }.map(\.text).joined()
  let new = runs.filter { $0.kind != .removed }.map(\.text).joined()
  #expect(old.utf8.elementsEqual(from.utf8), "\(comment)")
  #expect(new.utf8.elementsEqual(to.utf8), "\(comment)")
  #expect(runs.allSatisfy { !$0.text.utf8.isEmpty }, "\(comment)")
  for (left, right) in zip(runs, runs.dropFirst()) {
    #expect(left.kind != right.kind && (left.kind, right.kind) != (.added, .removed), "\(comment)")
  }
}

private func randomText(_ random: inout SeededRandom) -> String {
  let pieces = [
    "un", "deux", "le", " ", " ", " ", "  ", "\n", "\r\n", ". ", "!", "\u{A0}:", "é", "e\u{301}", "👩‍🌾", "🇨🇦",
    "#été", "@ana", "{nom}",
  ]
  return (0..<Int(random.next() % 24)).map { _ in random.pick(pieces) }.joined()
}

private func edited(_ text: String, _ random: inout SeededRandom) -> String {
  var tokens = textTokens(text).map(\.text)
  for _ in 0..<Int(random.next() % 4) where !tokens.isEmpty {
    let place = Int(random.next() % UInt64(tokens.count))
    switch random.next() % 3 {
    case 0: tokens[place] = "nouveau"
    case 1: tokens.remove(at: place)
    default: tokens.insert(contentsOf: ["mot", " "], at: place)
    }
  }
  return tokens.joined()
}
