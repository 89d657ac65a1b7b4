import Synchronization
import Wording

/// A piece of work that is told on standard error once it has lasted half a second, on one line that is taken back.
///
/// The line draws itself while the work blocks, so work that cannot report steps, such as waiting for a server, shows
/// that time passes. It is never seen where standard error is no terminal.
struct Progress: Sendable {
  private let line: ProgressLine
  private let work: Int

  fileprivate init(line: ProgressLine, work: Int) { (self.line, self.work) = (line, work) }

  /// Says what is being done now.
  func step(_ title: Sentence) { line.change(work) { ($0.title, $0.count) = (title, nil) } }

  /// Says how much of it is done.
  func count(_ done: Int, of total: Int) { line.change(work) { $0.count = (done, total) } }

  func end() { line.end(work) }
}

/// The line that all work of one command is told on, the innermost at a time.
///
/// Whatever else goes to the terminal makes the line give way, so that no words ever stand behind it or are wiped out
/// with it.
final class ProgressLine: Sendable {
  /// How long work may take before anything is said: under this, a line that comes and goes only flickers.
  private static let patience = Duration.milliseconds(500)
  private static let interval = Duration.milliseconds(200)
  /// Goes back to the first column and clears the line. Source: ECMA-48, sections 8.3.15 (CR) and 8.3.41 (EL).
  private static let clearLine = "\r\u{1B}[K"

  struct Work {
    var number: Int
    var title: Sentence
    var count: (done: Int, total: Int)?
    /// Whether the first words of the command end it.
    var isUntilFirstWords: Bool
  }

  private struct State {
    var work: [Work] = []
    var begun = 0
    /// When the first of the work began that is not done.
    var start = ContinuousClock.now
    /// What stands there; `nil` for nothing.
    var drawn: String?
    /// Whether another program has the terminal.
    var isLent = false
    var drawing: Task<Void, Never>?
  }

  private let terminal: Terminal
  private let language: Language
  /// Puts characters on standard error.
  private let write: @Sendable (String) -> Void
  private let state = Mutex(State())

  init(terminal: Terminal, language: Language, write: @escaping @Sendable (String) -> Void) {
    (self.terminal, self.language, self.write) = (terminal, language, write)
  }

  func begin(_ title: Sentence, isUntilFirstWords: Bool = false) -> Progress {
    let number = state.withLock { state in
      state.begun += 1
      if state.work.isEmpty { state.start = .now }
      state.work.append(Work(number: state.begun, title: title, isUntilFirstWords: isUntilFirstWords))
      // The work blocks the thread it runs on; this runs on another one.
      if terminal.showsProgress, state.drawing == nil {
        state.drawing = Task.detached { [self] in
          var pause = Self.patience
          while (try? await Task.sleep(for: pause)) != nil {
            draw()
            pause = Self.interval
          }
        }
      }
      return state.begun
    }
    return Progress(line: self, work: number)
  }

  func change(_ work: Int, _ change: (inout Work) -> Void) {
    state.withLock { state in
      guard let place = state.work.firstIndex(where: { $0.number == work }) else { return }
      change(&state.work[place])
    }
  }

  func draw() {
    state.withLock { state in
      guard let work = state.work.last, !state.isLent else { return }
      let seconds = (ContinuousClock.now - state.start).components.seconds
      let line = StyledText(Self.text(work, seconds: Int(seconds), in: language), .quiet)
        .truncated(to: (terminal.size?.columns ?? 80) - 1)
        .rendered(colour: terminal.hasColouredRemarks)
      if state.drawn == line { return }
      write(Self.clearLine + line)
      state.drawn = line
    }
  }

  func end(_ work: Int) {
    state.withLock { state in
      state.work.removeAll { $0.number == work }
      if state.work.isEmpty { stop(&state) }
    }
  }

  /// Takes the line away, if it is there, while something else is written.
  func giveWay<Result, Failure: Error>(
    _ writing: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try state.withLock { state throws(Failure) in
      erase(&state)
      state.work.removeAll(where: \.isUntilFirstWords)
      if state.work.isEmpty { stop(&state) }
      return try writing()
    }
  }

  /// Leaves the terminal to another program that may ask the person something there, or takes it back.
  func lend(_ isLent: Bool) {
    state.withLock { state in
      state.isLent = isLent
      if isLent { erase(&state) }
    }
  }

  private func stop(_ state: inout sending State) {
    state.drawing?.cancel()
    state.drawing = nil
    erase(&state)
  }

  private func erase(_ state: inout sending State) {
    if state.drawn != nil { write(Self.clearLine) }
    state.drawn = nil
  }

  private static func text(_ work: Work, seconds: Int, in language: Language) -> String {
    var text = work.title.text(in: language) + "…"
    if let (done, total) = work.count { text += " \(language.number(done)) / \(language.number(total))" }
    if seconds >= 2 { text += " (\(language.number(seconds))\u{A0}s)" }
    return text
  }
}
