import Wording

/// An answer for people, before it is known how wide the terminal is.
///
/// The first line answers the question; lists come after their count; the next step, if there is one, comes last and
/// goes to standard error, so that a pipe carries the answer alone. Commands make pages in plain functions named
/// `describe`, and tests compare their text.
struct Page: Sendable {
  private enum Part: Sendable {
    case line(StyledText)
    case block(any Block)
  }

  private var parts: [Part] = []
  /// What the person may want to do now, with the command to type.
  var next: Sentence?

  init() {}

  /// A page that begins with this line.
  init(_ first: StyledText) { line(first) }

  /// - Parameter indent: Columns before the text.
  mutating func line(_ text: StyledText, indent: Int = 0) {
    parts.append(.line(indent > 0 && !text.isEmpty ? StyledText(spaces(indent)) + text : text))
  }

  mutating func blank() { parts.append(.line(StyledText())) }

  mutating func lines(_ texts: [StyledText], indent: Int = 0) {
    for text in texts { line(text, indent: indent) }
  }

  /// Text of a document that may have several lines, each set in, so that none can pass for a line of ours.
  mutating func quote(_ text: String, style: Style = .plain, indent: Int = 2) {
    lines(SafeText(block: text).lines.map { StyledText($0, style) }, indent: indent)
  }

  mutating func table(_ table: Table) { parts.append(.block(table)) }
  mutating func grid(_ grid: Grid) { parts.append(.block(grid)) }

  mutating func append(_ other: Page) {
    parts += other.parts
    next = other.next ?? next
  }

  /// The text on standard output, each line ended by a line feed; on a terminal, lines break between words.
  func rendered(for terminal: Terminal, in language: Language) -> String {
    parts.flatMap { part in
      switch part {
      case .line(let text): terminal.size.map { text.wrapped(to: $0.columns) } ?? [text]
      case .block(let block): block.lines(for: terminal, in: language)
      }
    }
    .map { $0.rendered(colour: terminal.hasColour) + "\n" }.joined()
  }
}

/// A part of an answer whose lines depend on the terminal.
protocol Block: Sendable {
  func lines(for terminal: Terminal, in language: Language) -> [StyledText]
}
