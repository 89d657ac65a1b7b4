import Wording

/// Lines of an iCalendar file: escaped, folded and ended as its readers want them.
///
/// Source: RFC 5545, sections 3.1 (content lines), 3.2 (parameters) and 3.3.11 (text).
struct ContentLines {
  /// A line is at most so many bytes long, without its end.
  private static let width = 75

  private(set) var text = ""

  /// A value that is no text: a date, a word of the standard.
  mutating func add(_ name: String, _ value: String) { fold("\(name):\(value)") }

  /// A text of a person. What would be a control character is left out, since the standard knows none.
  mutating func add(_ name: String, text value: String) { fold("\(name):\(Self.escaped(value))") }

  /// A part of the file, such as `VEVENT`, between its beginning and its end.
  mutating func component(_ name: String, _ lines: (inout ContentLines) -> Void) {
    add("BEGIN", name)
    lines(&self)
    add("END", name)
  }

  private static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      defer { previous = scalar }
      switch scalar {
      case "\\", ";", ",": result.append(contentsOf: ["\\", scalar])
      case "\n" where previous == "\r": break
      case "\n", "\r", "\u{2028}", "\u{2029}": result.append(contentsOf: "\\n".unicodeScalars)
      case "\t": result.append(scalar)
      default: if scalar.properties.generalCategory != .control { result.append(scalar) }
      }
    }
    return String(result)
  }

  /// Breaks a line before a character that would make it too long; what goes on begins with a space.
  private mutating func fold(_ line: String) {
    var length = 0
    var folded = String.UnicodeScalarView()
    for scalar in line.unicodeScalars {
      let size = UTF8.width(scalar)
      if length + size > Self.width {
        folded.append(contentsOf: "\r\n ".unicodeScalars)
        length = 1
      }
      folded.append(scalar)
      length += size
    }
    text += String(folded) + "\r\n"
  }
}
