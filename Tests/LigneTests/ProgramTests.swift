import ArgumentParser
import JSONTree
import Synchronization
import SystemPackage
import TestSupport
import Testing
import Wording

@testable import ligne

/// What comes out of a run, whatever the command does: exit statuses, sentences, JSON.
@Suite struct ProgramTests {
  /// Answers with what it was told, or fails in the way its word says.
  struct Probe: LigneCommand {
    static let configuration = CommandConfiguration(commandName: "probe")

    @Argument var word: String
    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      try session.answer(
        json: ["word": JSONValue(word), "folder": JSONValue(session.folder)],
        page: Page("\(word) \(session.folder)"))
      switch word {
      case "person": throw PersonNeeded()
      case "trouble": throw Trouble(word: "un\u{1B}[2J")
      case "fault": throw Fault.unforeseen(code: 7)
      case "date": _ = try session.date()
      case "author": _ = try session.author()
      default: break
      }
    }
  }

  struct Root: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "ligne", subcommands: [Probe.self])
    @OptionGroup var options: GlobalOptions
  }

  struct Trouble: ExplainedError {
    var word: String
    var code: String { "trouble" }
    var message: Sentence { Sentence(fr: "Rien ne va : \(word)", en: "Nothing works: \(word)") }
    var hint: Sentence? { Sentence(fr: "Recommencez.", en: "Try again.") }
  }

  enum Fault: Error { case unforeseen(code: Int) }

  @Test func doneIsZero() async {
    let run = await Run("probe", "hello", "-C", "salon", root: Root.self)
    #expect(run.status == 0)
    #expect(run.answer == "hello salon\n")
    #expect(run.remarks.isEmpty)
  }

  @Test func aPersonNeededIsTwoAndSaysNothingMore() async {
    let run = await Run("probe", "person", root: Root.self)
    #expect(run.status == 2)
    #expect(run.remarks.isEmpty)
  }

  @Test func whatCouldNotBeDoneIsOneSentenceAndAHint() async {
    let french = await Run("probe", "trouble", root: Root.self, in: .french)
    #expect(french.status == 1)
    #expect(french.remarks.plainSpaces == "Rien ne va : un‹U+001B›[2J\nindice : Recommencez.\n")
    let english = await Run("probe", "trouble", root: Root.self, in: .english)
    #expect(english.remarks == "Nothing works: un‹U+001B›[2J\nhint: Try again.\n")
  }

  @Test func aScriptReadsTheErrorOnStandardOutput() async throws {
    let run = await Run("probe", "trouble", "--json", root: Root.self)
    #expect(run.status == 1)
    #expect(run.remarks.isEmpty)
    // The command had already answered; a real one fails before it answers.
    let start = try #require(run.answer.firstRange(of: "{\n  \"error\""))
    let error = try JSONValue(parsing: run.answer[start.lowerBound...].utf8)
    #expect(
      error == [
        "error": ["code": "trouble", "message": "Nothing works: un\u{1B}[2J", "hint": "Try again."]
      ])
  }

  @Test func aFaultOfOursSaysSo() async {
    let run = await Run("probe", "fault", root: Root.self)
    #expect(run.status == 1)
    #expect(run.remarks.contains("Ligne can’t explain what happened: unforeseen(code: 7)"))
  }

  @Test func anAnswerInJSONIsOneValue() async throws {
    let run = await Run("probe", "hello\u{202E}", "--json", root: Root.self)
    #expect(try JSONValue(parsing: run.answer.utf8) == ["word": "hello\u{202E}", "folder": "."])
    #expect(!run.answer.unicodeScalars.contains("\u{202E}"))
  }

  @Test func theVersionIsOneLine() async {
    let run = await Run("--version")
    #expect(run.status == 0)
    #expect(run.answer == "ligne \(Ligne.version)\n")
  }

  // MARK: Who and when

  @Test func dateAndAuthorComeFromTheEnvironment() throws {
    var session = Self.session([
      "LIGNE_DATE": "2026-11-03T09:30:00-05:00", "LIGNE_AUTHOR": "Ana Tremblay <ana@ex.org>",
    ])
    #expect(try session.date().instant.rfc3339() == "2026-11-03T14:30:00Z")
    #expect(try session.date().offset == UTCOffset(minutes: -300))
    #expect(try session.author()?.name == "Ana Tremblay")
    #expect(try session.author()?.email == "ana@ex.org")
    session.environment = [:]
    #expect(try session.author() == nil)
    #expect(try session.date().instant == Instant(secondsSince1970: 42))
  }

  @Test(arguments: ["Ana", "Ana <", "<ana@ex.org>", "Ana <>", "Ana <ana@ex.org> x", "ana@ex.org"])
  func anAuthorNeedsANameAndAnAddress(_ text: String) async {
    #expect(throws: SurroundingsError.unreadableAuthor(text)) {
      try Self.session(["LIGNE_AUTHOR": text]).author()
    }
    let run = await Run("probe", "author", root: Root.self, environment: ["LIGNE_AUTHOR": text])
    #expect(run.status == 1)
  }

  @Test func aDateThatIsNoneIsRefused() async {
    let run = await Run("probe", "date", root: Root.self, in: .french, environment: ["LIGNE_DATE": "hier"])
    #expect(run.status == 1)
    #expect(
      run.remarks.plainSpaces.hasPrefix("LIGNE_DATE n’est pas une date : « hier »\nindice : Écrivez-la ainsi")
    )
  }

  @Test(arguments: [
    (".", "a.json", "a.json"), ("salon", "a.json", "salon/a.json"), ("salon", "/tmp/a", "/tmp/a"),
    (".", "/a", "/a"),
  ])
  func filesAreRelativeToTheFolderOfC(_ folder: String, typed: String, path: String) {
    var session = Self.session([:])
    session.folder = folder
    #expect(session.path(typed) == path)
  }

  static func session(_ environment: [String: String]) -> Session {
    Session(
      environment: environment, language: .english, output: Capture().output(in: .english),
      clock: { (Instant(secondsSince1970: 42), .utc) })
  }

  // MARK: Writing

  @Test func aFullDiskBehindTheAnswerIsAnError() {
    let output = Output(terminal: .none, language: .english) { stream, _ throws(Errno) in
      if stream == .answer { throw .noSpace }
    }
    #expect(throws: OutputError.self) { try output.show(Page("a")) }
  }

  @Test func aReaderThatHasGoneIsNoError() throws {
    let output = Output(terminal: .none, language: .english) { _, _ throws(Errno) in throw .brokenPipe }
    try output.show(Page("a"))
    output.remark("b")
  }
}

@Suite struct EditorTests {
  @Test(arguments: [
    (["VISUAL": "code --wait", "EDITOR": "nano"], "code --wait"), (["EDITOR": "nano"], "nano"),
    (["VISUAL": " ", "EDITOR": "nano"], "nano"),
  ])
  func isTheOneThePersonChose(_ environment: [String: String], command: String) throws {
    #expect(try Editor(environment: environment).command == command)
  }

  @Test func isNeverGuessed() {
    #expect(throws: EditorError.none) { try Editor(environment: [:]) }
  }

  @Test(arguments: [
    ("a.json", "ed 'a.json'"), ("l’été/it's.json", "ed 'l’été/it'\\''s.json'"), ("-x", "ed './-x'"),
    ("$(rm -rf x)", "ed '$(rm -rf x)'"),
  ])
  func getsThePathAsOneWord(_ path: String, line: String) throws {
    #expect(try Editor(environment: ["EDITOR": "ed"]).line(opening: path) == line)
  }

  @Test func opensTheFile() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/l'été $HOME.txt"
    try Editor(environment: ["EDITOR": "printf bonjour >"]).open(path)
    #expect(try TestSupport.Program.run("cat", [path]).text == "bonjour")
  }

  @Test func saysHowItEnded() throws {
    #expect(throws: EditorError.ended("exit 3 #", status: 3)) {
      try Editor(environment: ["EDITOR": "exit 3 #"]).open("a")
    }
    #expect(throws: EditorError.notStarted("no-such-editor-here 2>&-")) {
      try Editor(environment: ["EDITOR": "no-such-editor-here 2>&-"]).open("a")
    }
  }
}
