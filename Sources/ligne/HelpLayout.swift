import Wording

/// Fits a help screen into a width, after its words have been put into the language of the reader.
///
/// ArgumentParser puts a label of up to 25 columns and its explanation on one line, a longer label on a line of its
/// own, and every explanation at column 26. Lines are cut there, between words.
struct HelpLayout {
  private static let explanation = 26

  /// Lines longer than this are hard to read, however wide the terminal.
  private static let widest = 100
  private static let narrowest = 50

  private let columns: Int

  init(columns: Int) { self.columns = min(max(columns, Self.narrowest), Self.widest) }

  /// - Parameter lines: Whole paragraphs and whole explanations, each on one line.
  func laidOut(_ lines: [String]) -> [String] {
    var result: [String] = []
    var usageIndent: Int?
    for line in lines {
      if line.hasPrefix("USAGE: ") || line.hasPrefix("UTILISATION") {
        usageIndent = line.firstIndex(of: " ").map { SafeText(line: String(line[...$0])).width }
        result += wrapped(line, indent: (usageIndent ?? 0) + 2)
      } else if let indent = usageIndent, line.hasPrefix("       ligne ") {
        // Another way to write the command: under the first one, whose label is wider in French.
        let way = String(repeating: " ", count: indent) + line.drop { $0 == " " }
        result += wrapped(way, indent: indent + 2)
      } else {
        usageIndent = nil
        result += wrapped(line, indent: line.hasPrefix("  ") ? Self.explanation : 0)
      }
    }
    return result
  }

  /// The line in pieces of at most `columns`, all but the first set in; a word too long for a line stays whole.
  private func wrapped(_ line: String, indent: Int) -> [String] {
    guard SafeText(line: line).width > columns else { return [line] }
    let margin = String(repeating: " ", count: indent)
    let start = line.prefix { $0 == " " }
    var (lines, current, width) = ([String](), String(start), start.count)
    var isEmpty = true
    for word in line[start.endIndex...].split(separator: " ", omittingEmptySubsequences: false) {
      let wordWidth = SafeText(line: String(word)).width
      if !isEmpty, width + 1 + wordWidth > columns {
        lines.append(current.trimmedAtEnd)
        (current, width) = (margin + word, indent + wordWidth)
      } else {
        current += isEmpty ? String(word) : " \(word)"
        width += wordWidth + (isEmpty ? 0 : 1)
      }
      isEmpty = false
    }
    return lines + [current.trimmedAtEnd]
  }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
