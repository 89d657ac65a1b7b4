import JSONTree
import SystemPackage
import Wording

/// The only place that prints.
///
/// Nothing from outside reaches it but as `SafeText`, in pages and styled lines, so what a terminal obeys can only come
/// from here. A reader that has gone (`ligne list | head -1`) is no error: the command finishes its work and says no more.
struct Output: Sendable {
  enum Stream: Sendable { case answer, remarks }

  let terminal: Terminal
  let language: Language
  private let write: @Sendable (Stream, String) throws(Errno) -> Void
  private let progressLine: ProgressLine

  /// - Parameter write: Where the characters go; tests keep them.
  init(
    terminal: Terminal, language: Language,
    write: @escaping @Sendable (Stream, String) throws(Errno) -> Void = Output.writeToProcess
  ) {
    self.terminal = terminal
    self.language = language
    self.write = write
    progressLine = ProgressLine(terminal: terminal, language: language) { try? write(.remarks, $0) }
  }

  /// Prints what was asked for, then the next step as a remark.
  func show(_ page: Page) throws(OutputError) {
    try answer(page.rendered(for: terminal, in: language))
    guard let next = page.next else { return }
    let line = StyledText(next.text(in: language), .quiet)
    for line in terminal.size.map({ line.wrapped(to: $0.columns) }) ?? [line] { remark(line) }
  }

  /// Prints one JSON value, indented, and a line feed.
  func show(_ value: JSONValue) throws(OutputError) {
    try answer(SafeText(json: JSONPrinter.pretty().text(of: value)).text)
  }

  /// Prints a file's own bytes, unchanged, for `>` and pipes; on a terminal it passes the gate.
  func show(file bytes: [UInt8]) throws(OutputError) {
    let text = String(decoding: bytes, as: UTF8.self)
    if terminal.size == nil {
      try answer(text)
    } else {
      var page = Page()
      page.quote(text, indent: 0)
      try show(page)
    }
  }

  /// Prints what the program says of itself, unchanged: help, version, completion scripts.
  ///
  /// A script may hold tabs and escapes for the shell that reads it, so this does not pass the gate. Nothing of a
  /// document, of a person or of a server may be in it.
  func show(ownWords text: String) throws(OutputError) {
    try answer(text.hasSuffix("\n") ? text : text + "\n")
  }

  /// Says something beside the answer, on standard error.
  func remark(_ text: StyledText) {
    draw(text.rendered(colour: terminal.hasColouredRemarks) + "\n")
  }

  func remark(_ sentence: Sentence, _ style: Style = .plain) {
    remark(StyledText(sentence.text(in: language), style))
  }

  /// The same in several lines.
  func remark(_ page: Page) {
    var terminal = terminal
    terminal.hasColour = terminal.hasColouredRemarks
    draw(page.rendered(for: terminal, in: language))
  }

  /// Runs work that may take long, with a line on standard error that says how far it is.
  func progress<Result>(_ title: Sentence, _ work: (Progress) throws -> Result) rethrows -> Result {
    let progress = progressLine.begin(title)
    defer { progress.end() }
    return try work(progress)
  }

  /// The same for work that waits for the network.
  func progress<Result>(
    _ title: Sentence, _ work: (Progress) async throws -> Result
  ) async rethrows -> Result {
    let progress = progressLine.begin(title)
    defer { progress.end() }
    return try await work(progress)
  }

  /// Runs a command, and asks for patience until it says its first word.
  func askingForPatience<Result>(_ command: () async throws -> Result) async rethrows -> Result {
    let progress = progressLine.begin(Sentence(fr: "Un instant", en: "One moment"), isUntilFirstWords: true)
    defer { progress.end() }
    return try await command()
  }

  /// Shows what is going on now; the clock does it by itself once the work has lasted.
  func redrawProgress() { progressLine.draw() }

  /// Leaves the terminal to another program while it may ask the person something there.
  func lendingTerminal<Result, Failure: Error>(
    to program: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    progressLine.lend(true)
    defer { progressLine.lend(false) }
    return try program()
  }

  /// The same for a program that is waited for.
  func lendingTerminalWhileWaiting<Result, Failure: Error>(
    for program: () async throws(Failure) -> Result
  ) async throws(Failure) -> Result {
    progressLine.lend(true)
    defer { progressLine.lend(false) }
    return try await program()
  }

  /// The same where a program says itself when it begins and ends to ask.
  var terminalLoan: @Sendable (_ isLent: Bool) -> Void { { [progressLine] in progressLine.lend($0) } }

  /// Draws on standard error. Where even that cannot be written, there is nobody left to tell.
  func draw(_ text: String) { progressLine.giveWay { try? write(.remarks, text) } }

  private func answer(_ text: String) throws(OutputError) {
    do throws(Errno) {
      try progressLine.giveWay { () throws(Errno) in try write(.answer, text) }
    } catch .brokenPipe {
      return
    } catch {
      throw OutputError(reason: error.description)
    }
  }

  private static func writeToProcess(_ stream: Stream, _ text: String) throws(Errno) {
    let file =
      switch stream {
      case .answer: FileDescriptor.standardOutput
      case .remarks: FileDescriptor.standardError
      }
    do {
      try file.writeAll(text.utf8)
    } catch {
      throw error as? Errno ?? .ioError
    }
  }
}

/// The answer could not be written where it was sent: a full disk behind `> file`, as a rule.
struct OutputError: ExplainedError {
  /// What the system said.
  var reason: String

  var code: String { "output-failed" }

  var message: Sentence {
    Sentence(
      fr: "La réponse n’a pas pu être écrite en entier : \(reason)",
      en: "The answer could not be written in full: \(reason)")
  }

  var hint: Sentence? {
    Sentence(
      fr: "La commande elle-même a été faite. Vérifiez l’espace sur le disque où va la réponse.",
      en: "The command itself was done. Check the space on the disk the answer goes to.")
  }
}
