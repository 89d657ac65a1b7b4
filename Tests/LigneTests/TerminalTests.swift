import Foundation
import Testing
import Wording

@testable import ligne

extension Terminal {
  /// A terminal of this size, with colour if asked for.
  static func of(columns: Int, rows: Int = 100, colour: Bool = false) -> Terminal {
    Terminal(size: (columns, rows), hasColour: colour, showsProgress: false, hasColouredRemarks: colour)
  }
}

@Suite struct TerminalTests {
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var environment: [String: String]
    var refused = false
    var isTerminal = true
    var colour: Bool
  }

  static let cases = [
    Case(testDescription: "a terminal", environment: ["TERM": "xterm-256color"], colour: true),
    Case(testDescription: "NO_COLOR", environment: ["TERM": "xterm", "NO_COLOR": "1"], colour: false),
    Case(testDescription: "NO_COLOR=0 too", environment: ["TERM": "xterm", "NO_COLOR": "0"], colour: false),
    Case(testDescription: "an empty NO_COLOR", environment: ["TERM": "xterm", "NO_COLOR": ""], colour: true),
    Case(testDescription: "a dumb terminal", environment: ["TERM": "dumb"], colour: false),
    Case(testDescription: "a terminal without a name", environment: [:], colour: false),
    Case(testDescription: "--no-color", environment: ["TERM": "xterm"], refused: true, colour: false),
    Case(testDescription: "a pipe", environment: ["TERM": "xterm"], isTerminal: false, colour: false),
  ]

  @Test(arguments: cases) func hasColour(_ c: Case) {
    let terminal = Terminal(
      isOutput: c.isTerminal, isErrors: c.isTerminal, reported: (90, 30), environment: c.environment,
      colourRefused: c.refused)
    #expect(terminal.hasColour == c.colour)
    #expect(terminal.hasColouredRemarks == c.colour)
  }

  @Test func isAsWideAsItSaysUnlessThePersonSaysOtherwise() {
    func size(_ environment: [String: String], reported: (Int, Int)? = (90, 30), isOutput: Bool = true)
      -> [Int]?
    {
      Terminal(
        isOutput: isOutput, isErrors: true, reported: reported, environment: environment, colourRefused: false
      ).size.map { [$0.columns, $0.rows] }
    }
    #expect(size([:]) == [90, 30])
    #expect(size(["COLUMNS": "60"]) == [60, 30])
    #expect(size(["COLUMNS": "many", "LINES": "-1"]) == [90, 30])
    #expect(size([:], reported: nil) == [80, 24])
    #expect(size(["COLUMNS": "60"], isOutput: false) == nil)
  }

  /// The newest version comes first and would be gone at the top; files and programs get everything.
  @Test func aListOfVersionsFitsOnATerminal() {
    let terminal = Terminal(
      size: (80, 24), hasColour: false, showsProgress: false, hasColouredRemarks: false)
    #expect(Ligne.Log.usualLimit(on: terminal, json: false) == 20)
    #expect(Ligne.Log.usualLimit(on: terminal, json: true) == nil)
    #expect(Ligne.Log.usualLimit(on: .none, json: false) == nil)
  }
}

@Suite struct StyledTextTests {
  @Test func isColouredOnlyWhereColourIsWelcome() {
    let text: StyledText = "\("3", .strong) documents, \("a.json", .name)"
    #expect(text.rendered(colour: false) == "3 documents, a.json")
    #expect(text.rendered(colour: true) == "\u{1B}[1m3\u{1B}[0m documents, \u{1B}[36ma.json\u{1B}[0m")
  }

  @Test func neverCarriesAnEscapeOfADocument() {
    let title = "a\u{1B}[31mb\u{202E}"
    let text: StyledText = "\(title) \(title, .bad)"
    #expect(text.rendered(colour: false) == "a‹U+001B›[31mb‹U+202E› a‹U+001B›[31mb‹U+202E›")
  }

  @Test(arguments: [
    (12, "rouge vert!"), (11, "rouge vert!"), (10, "rouge ver…"), (6, "rouge…"), (5, "roug…"), (1, "…"),
  ])
  func isCutAcrossItsPieces(_ columns: Int, shown: String) {
    let text: StyledText = "\("rouge", .bad) \("vert", .good)!"
    #expect(text.truncated(to: columns).rendered(colour: false) == shown)
    #expect(text.truncated(to: columns).width <= columns)
  }

  @Test func insertedAndDeletedWordsCanBeReadWithoutColour() {
    let changes = [
      WordChange(.kept, "Le lancement a lieu "), WordChange(.deleted, "mardi"),
      WordChange(.inserted, "jeudi"),
      WordChange(.kept, " à Montréal."),
    ]
    let lines = StyledText.lines(of: changes)
    #expect(
      lines.map { $0.rendered(colour: false) } == ["Le lancement a lieu [-mardi-]{+jeudi+} à Montréal."])
    #expect(lines[0].rendered(colour: true).contains("\u{1B}[9;31mmardi\u{1B}[0m\u{1B}[4;32mjeudi\u{1B}[0m"))
  }

  @Test func unchangedWordsFarFromAChangeAreLeftOut() {
    let long = (1...40).map { "mot\($0)" }.joined(separator: " ")
    func shown(_ changes: [WordChange]) -> [String] {
      StyledText.lines(of: changes, context: 12).map { $0.rendered(colour: false) }
    }
    #expect(shown([WordChange(.kept, long + " "), WordChange(.inserted, "fin")]) == ["… mot40 {+fin+}"])
    #expect(
      shown([WordChange(.inserted, "début"), WordChange(.kept, " " + long)]) == ["{+début+} mot1 mot2 …"])
    #expect(
      shown([WordChange(.inserted, "a"), WordChange(.kept, " \(long) "), WordChange(.deleted, "b")])
        == ["{+a+} mot1 mot2 … mot40 [-b-]"])
    #expect(shown([WordChange(.kept, long)]) == [long])
  }

  @Test func aChangeOverSeveralLinesIsSeveralLines() {
    let lines = StyledText.lines(of: [WordChange(.kept, "un"), WordChange(.inserted, "\ndeux\ntrois")])
    #expect(lines.map { $0.rendered(colour: false) } == ["un", "{+deux+}", "{+trois+}"])
  }
}

@Suite struct TableTests {
  static func table(rows: [[String]]) -> Table {
    var table = Table([
      Table.Column(title: "id"), Table.Column(title: "titre", isFlexible: true),
      Table.Column(title: "mots", side: .trailing),
    ])
    for row in rows { table.add(row.map { StyledText($0) }) }
    return table
  }

  static func shown(_ table: Table, _ terminal: Terminal) -> [String] {
    table.lines(for: terminal, in: .french).map { $0.rendered(colour: false).plainSpaces }
  }

  static let rows = [
    ["01a", "Lancement", "12"], ["01b", "日本語のタイトル", "5"], ["01c", "e\u{301}te\u{301}", "1200"],
  ]

  @Test func alignsByWhatIsSeen() {
    #expect(
      Self.shown(Self.table(rows: Self.rows), .none) == [
        "id   titre             mots", "01a  Lancement           12", "01b  日本語のタイトル     5",
        "01c  e\u{301}te\u{301}               1200",
      ])
  }

  @Test func fitsTheTerminalByCuttingTheWidestFlexibleColumn() {
    #expect(
      Self.shown(Self.table(rows: Self.rows), .of(columns: 23)) == [
        "id   titre         mots", "01a  Lancement       12", "01b  日本語のタ…      5",
        "01c  e\u{301}te\u{301}           1200",
      ])
  }

  @Test(arguments: 1...40) func neverIsWiderThanTheTerminal(_ columns: Int) {
    for line in Self.table(rows: Self.rows).lines(for: .of(columns: columns), in: .french) {
      #expect(line.width <= columns)
    }
  }

  @Test func takesTheRoomItNeedsInAPipe() {
    let long = String(repeating: "long ", count: 100)
    #expect(Self.shown(Self.table(rows: [["1", long + "!", "2"]]), .none)[1].contains(long))
  }

  /// One long cell does not push the columns of all other rows away.
  @Test func padsToASaneWidthInAPipe() {
    let long = String(repeating: "long ", count: 100)
    let shown = Self.shown(Self.table(rows: [["1", long + "!", "2"], ["2", "court", "3"]]), .none)
    #expect(shown[2].count < 80)
    #expect(shown[1].contains(long + "!"))
  }

  @Test func leavesOutWhatItCanDoWithoutBeforeItCutsTooMuch() {
    var table = Table([
      Table.Column(title: "titre", isFlexible: true), Table.Column(title: "par", isDispensable: true),
      Table.Column(title: "id"),
    ])
    table.add(["Une soirée pour réparer ensemble, dehors", "Ana Côté-Tremblay", "9552f1"])
    #expect(Self.shown(table, .of(columns: 80))[1].contains("Ana Côté-Tremblay"))
    #expect(
      Self.shown(table, .of(columns: 50)) == [
        "titre                                     id", "Une soirée pour réparer ensemble, dehors  9552f1",
      ])
  }

  @Test func countsWhatDoesNotFit() {
    let rows = (1...20).map { ["\($0)", "Titre", "1"] }
    let shown = Self.shown(Self.table(rows: rows), .of(columns: 80, rows: 13))
    #expect(shown.count == 1 + 8 + 1)
    #expect(shown.last == "… et 12 autres (« | less » les montre)")
    // One row too many takes the place of the line that would count it.
    #expect(Self.shown(Self.table(rows: Array(rows.prefix(9))), .of(columns: 80, rows: 13)).count == 1 + 9)
    #expect(Self.shown(Self.table(rows: rows), .none).count == 1 + 20)
  }

  @Test func leavesNoSpacesAtTheEndOfALine() {
    for line in Self.shown(Self.table(rows: [["a", "", ""], ["b", "c", ""]]), .none) {
      #expect(line.last != " ")
    }
  }

  @Test func withoutTitlesHasNoTitleLine() {
    var table = Table([Table.Column(title: ""), Table.Column(title: "")])
    table.add(["a", "b"])
    #expect(Self.shown(table, .none) == ["a  b"])
  }
}

@Suite struct PageTests {
  @Test func breaksLinesBetweenWordsOnATerminal() {
    var page = Page()
    page.line(
      StyledText("posts/un-chemin-assez-long.json", .name) + "  /title  valeurs différentes", indent: 2)
    #expect(
      page.rendered(for: .of(columns: 40), in: .french)
        == "  posts/un-chemin-assez-long.json\n  /title  valeurs différentes\n")
    #expect(page.rendered(for: .none, in: .french).split(separator: "\n").count == 1)
    let words: StyledText = "\("Le lancement a lieu", .strong) \("mardi", .deleted) \("jeudi", .inserted) ici"
    #expect(
      words.wrapped(to: 22).map { $0.rendered(colour: true) } == [
        "\u{1B}[1mLe lancement a lieu\u{1B}[0m", "\u{1B}[9;31mmardi\u{1B}[0m \u{1B}[4;32mjeudi\u{1B}[0m ici",
      ])
  }

  @Test func putsItsPartsInOrder() {
    var page = Page("3 documents")
    page.table(TableTests.table(rows: [["1", "a", "2"]]))
    page.blank()
    page.quote("un\ndeux\u{1B}")
    page.line("fin", indent: 4)
    #expect(
      page.rendered(for: .none, in: .french)
        == "3 documents\nid  titre  mots\n1   a         2\n\n  un\n  deux‹U+001B›\n    fin\n")
  }

  @Test func namesTheNextStepBesideTheAnswer() throws {
    let capture = Capture()
    var page = Page("fait")
    page.next = Sentence(fr: "« ligne sync » partage.", en: "“ligne sync” shares.")
    try capture.output(in: .french).show(page)
    #expect(capture.answer == "fait\n")
    #expect(capture.remarks == "« ligne sync » partage.\n")
  }
}

@Suite struct ProgressTests {
  static let terminal = Terminal(
    size: (40, 20), hasColour: false, showsProgress: true, hasColouredRemarks: false)
  static let title = Sentence(fr: "Échange avec l’équipe", en: "Exchanging with the team")

  @Test func shortWorkShowsNothing() {
    let capture = Capture()
    let result = capture.output(Self.terminal, in: .french).progress(Self.title) { _ in 7 }
    #expect(result == 7)
    #expect(capture.remarks.isEmpty)
  }

  @Test func longWorkShowsALineAndTakesItBack() {
    let capture = Capture()
    let output = capture.output(Self.terminal, in: .french)
    output.progress(Self.title) { progress in
      progress.count(120, of: 4000)
      // As the clock does after half a second. To wait for it here would take a thread of the few that draw.
      output.redrawProgress()
    }
    let drawn = capture.remarks
    #expect(drawn.hasPrefix("\r\u{1B}[KÉchange avec l’équipe… 120 / 4\u{A0}000"))
    #expect(drawn.hasSuffix("\r\u{1B}[K"))
  }

  /// The line never stands behind other words, nor takes them away with it.
  @Test func wordsTakeThePlaceOfTheLineAndItComesBackAfterThem() throws {
    let capture = Capture()
    let output = capture.output(Self.terminal, in: .french)
    output.progress(Self.title) { _ in
      output.redrawProgress()
      output.remark(Sentence(fr: "On attend.", en: "Waiting."))
      output.redrawProgress()
    }
    let line = "\r\u{1B}[KÉchange avec l’équipe…"
    #expect(capture.remarks == "\(line)\r\u{1B}[KOn attend.\n\(line)\r\u{1B}[K")
  }

  @Test func aCommandAsksForPatienceUntilItsFirstWord() async throws {
    let capture = Capture()
    let output = capture.output(Self.terminal, in: .french)
    try await output.askingForPatience {
      output.redrawProgress()
      output.progress(Self.title) { _ in output.redrawProgress() }
      output.redrawProgress()
      try output.show(Page("fait"))
      output.redrawProgress()
    }
    let patience = "\r\u{1B}[KUn instant…"
    #expect(
      capture.remarks == "\(patience)\r\u{1B}[KÉchange avec l’équipe…\(patience)\r\u{1B}[K")
    #expect(capture.answer == "fait\n")
  }

  /// A question of ssh would be wiped out before anybody has read it.
  @Test func nothingIsDrawnWhereAnotherProgramAsks() {
    let capture = Capture()
    let output = capture.output(Self.terminal, in: .french)
    output.progress(Self.title) { _ in
      output.redrawProgress()
      output.lendingTerminal {
        let before = capture.remarks
        #expect(before.hasSuffix("\r\u{1B}[K"))
        output.redrawProgress()
        #expect(capture.remarks == before)
      }
      output.redrawProgress()
      #expect(capture.remarks.hasSuffix("Échange avec l’équipe…"))
    }
  }

  @Test func nothingIsDrawnWhereThereIsNoTerminal() {
    let capture = Capture()
    let start = ContinuousClock.now
    capture.output(.none, in: .french).progress(Self.title) { _ in
      while ContinuousClock.now - start < .milliseconds(700) {}
    }
    #expect(capture.remarks.isEmpty)
  }
}
