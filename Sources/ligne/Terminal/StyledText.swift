import Wording

/// What words are, for the eye; how that looks is decided here and nowhere else.
///
/// Few colours, and none that carries a meaning alone: everything can be read without them.
enum Style: Sendable {
  case plain
  /// What the answer is about: a title, a number that matters.
  case strong
  /// What can be skipped: dates, labels, hints.
  case quiet
  /// An id or a path that can be typed back.
  case name
  case good, attention, bad
  /// Words that came or went; without colour they stand in {+…+} and [-…-], as in git.
  case inserted, deleted
  /// Words that were looked for; without colour they stand in *…*.
  case found

  /// Parameters of Select Graphic Rendition. Source: ECMA-48, section 8.3.117.
  fileprivate var parameters: String {
    switch self {
    case .plain: ""
    case .strong: "1"
    case .quiet: "2"
    case .name: "36"
    case .good: "32"
    case .attention: "33"
    case .bad: "31"
    case .inserted: "4;32"
    case .deleted: "9;31"
    case .found: "1;4"
    }
  }
}

/// One line for people: safe text in pieces, each with a style.
///
/// ```swift
/// let line: StyledText = "\(count, .strong) documents, \(path, .name)"
/// ```
struct StyledText: Sendable {
  struct Span: Sendable {
    var text: SafeText
    var style: Style
  }

  private(set) var spans: [Span]

  init(_ spans: [Span] = []) { self.spans = spans }
  init(_ text: SafeText, _ style: Style = .plain) {
    spans = text.isEmpty ? [] : [Span(text: text, style: style)]
  }
  init(_ text: String, _ style: Style = .plain) { self.init(SafeText(line: text), style) }

  var isEmpty: Bool { spans.isEmpty }

  /// The columns it takes, without the signs that replace colour.
  var width: Int { spans.reduce(0) { $0 + $1.text.width } }

  static func + (left: StyledText, right: StyledText) -> StyledText { StyledText(left.spans + right.spans) }
  static func += (left: inout StyledText, right: StyledText) { left.spans += right.spans }

  /// The text cut to a number of columns, with … at its end where something is missing.
  func truncated(to columns: Int) -> StyledText {
    guard width > columns else { return self }
    var (kept, room) = (StyledText(), columns)
    for span in spans {
      let width = span.text.width
      // A span that fills the line to its end must leave room for the sign, since something follows it.
      if width < room {
        kept.spans.append(span)
        room -= width
      } else {
        let cut = (span.text + "…").truncated(to: max(room, 1))
        kept.spans.append(Span(text: cut, style: span.style))
        break
      }
    }
    return kept
  }

  /// The text on lines of at most so many columns, broken at spaces; each line is set in as the first one is.
  ///
  /// A word that is too long for a line stays whole, so that a path or an id can be copied.
  func wrapped(to columns: Int) -> [StyledText] {
    guard width > columns else { return [self] }
    let indent = spans.first?.text.text.prefix { $0 == " " }.count ?? 0
    var (lines, line, word, blanks) = ([StyledText](), StyledText(), StyledText(), StyledText())
    var isEmpty = true
    func take() {
      if word.isEmpty { return }
      if !isEmpty, line.width + blanks.width + word.width > columns {
        lines.append(line)
        line = StyledText(spaces(indent))
      } else {
        line.join(blanks)
      }
      line.join(word)
      (word, blanks, isEmpty) = (StyledText(), StyledText(), false)
    }
    for span in spans {
      for (index, part) in span.text.text.split(separator: " ", omittingEmptySubsequences: false).enumerated()
      {
        if index > 0 {
          take()
          blanks.join(StyledText(spaces(1), span.style))
        }
        word += StyledText(SafeText(line: String(part)), span.style)
      }
    }
    take()
    return lines + [line]
  }

  /// Appends a text; what has the style of the last piece becomes part of it.
  private mutating func join(_ other: StyledText) {
    for span in other.spans {
      if let last = spans.last, last.style == span.style {
        spans[spans.count - 1].text = last.text + span.text
      } else {
        spans.append(span)
      }
    }
  }

  /// The characters for a terminal or a file.
  func rendered(colour: Bool) -> String {
    spans.map { span in
      switch (span.style, colour) {
      case (.plain, _): span.text.text
      case (.inserted, false): "{+\(span.text.text)+}"
      case (.deleted, false): "[-\(span.text.text)-]"
      case (.found, false): "*\(span.text.text)*"
      case (_, false): span.text.text
      case (let style, true): "\u{1B}[\(style.parameters)m\(span.text.text)\u{1B}[0m"
      }
    }.joined()
  }
}

extension StyledText: ExpressibleByStringInterpolation {
  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = StyledText()

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) { text += StyledText(literal) }
    mutating func appendInterpolation(_ part: StyledText) { text += part }
    mutating func appendInterpolation(_ words: SafeText, _ style: Style = .plain) {
      text += StyledText(words, style)
    }
    mutating func appendInterpolation(_ words: String, _ style: Style = .plain) {
      text += StyledText(words, style)
    }
  }

  init(stringLiteral literal: String) { self.init(literal) }
  init(stringInterpolation: StringInterpolation) { self = stringInterpolation.text }
}
