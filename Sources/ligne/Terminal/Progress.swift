import Synchronization
import Wording

/// A line on standard error that says what is going on, once it has lasted half a second.
///
/// It draws itself while the work blocks, so work that cannot report steps, such as waiting for a server, shows that
/// time passes. It is erased at the end and never seen where standard error is no terminal.
struct Progress: Sendable {
  /// Under this, a line that comes and goes only flickers.
  static let patience = Duration.milliseconds(500)
  private static let interval = Duration.milliseconds(200)

  private let line: ProgressLine
  private let drawing: Task<Void, Never>?

  init(title: Sentence, output: Output) {
    let line = ProgressLine(title: title, output: output)
    self.line = line
    // The work blocks the thread it runs on; this runs on another one.
    drawing =
      output.terminal.showsProgress
      ? Task.detached {
        var pause = Self.patience
        while (try? await Task.sleep(for: pause)) != nil {
          line.draw()
          pause = Self.interval
        }
      } : nil
  }

  /// Says what is being done now.
  func step(_ title: Sentence) { line.change { ($0.title, $0.count) = (title, nil) } }

  /// Says how much of it is done.
  func count(_ done: Int, of total: Int) { line.change { $0.count = (done, total) } }

  /// Shows the line as it is now; the clock does it by itself once the work has lasted.
  func draw() { line.draw() }

  func end() {
    drawing?.cancel()
    line.erase()
  }
}

private final class ProgressLine: Sendable {
  struct State {
    var title: Sentence
    var count: (done: Int, total: Int)?
    var isDrawn = false
    var hasEnded = false
  }

  /// Goes back to the first column and clears the line. Source: ECMA-48, sections 8.3.15 (CR) and 8.3.41 (EL).
  private static let clearLine = "\r\u{1B}[K"

  private let output: Output
  private let start = ContinuousClock.now
  private let state: Mutex<State>

  init(title: Sentence, output: Output) {
    self.output = output
    state = Mutex(State(title: title))
  }

  func change(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

  func draw() {
    state.withLock { state in
      if state.hasEnded { return }
      let seconds = (ContinuousClock.now - start).components.seconds
      let text = Self.text(state, seconds: Int(seconds), in: output.language)
      let columns = (output.terminal.size?.columns ?? 80) - 1
      let line = StyledText(text, .quiet).truncated(to: columns)
      output.draw(Self.clearLine + line.rendered(colour: output.terminal.hasColouredRemarks))
      state.isDrawn = true
    }
  }

  func erase() {
    state.withLock { state in
      state.hasEnded = true
      if state.isDrawn { output.draw(Self.clearLine) }
    }
  }

  private static func text(_ state: State, seconds: Int, in language: Language) -> String {
    var text = state.title.text(in: language) + "…"
    if let (done, total) = state.count { text += " \(language.number(done)) / \(language.number(total))" }
    if seconds >= 2 { text += " (\(language.number(seconds))\u{A0}s)" }
    return text
  }
}
