import Wording

/// Cells of one width in rows, such as the days of a month.
///
/// The cells share the width of the terminal, at most so much that a line is easy to follow; in a file or a pipe that of
/// a page. Where they would be too narrow to say anything, another block stands in.
struct Grid: Block {
  private static let gap = 1
  /// Of a page that goes to a file or a pipe.
  private static let widthOfText = 80
  private static let widestCell = 24

  var titles: [StyledText]
  /// A cell is a list of lines.
  var rows: [[[StyledText]]]
  /// Under this width of a cell, ``narrow`` is shown.
  var leastCell: Int
  var narrow: any Block

  func lines(for terminal: Terminal, in language: Language) -> [StyledText] {
    let columns = terminal.size?.columns ?? Self.widthOfText
    let width = min((columns + Self.gap) / titles.count - Self.gap, Self.widestCell)
    guard width >= leastCell else { return narrow.lines(for: terminal, in: language) }
    var lines = [line(titles, width: width)]
    for (place, cells) in rows.enumerated() {
      if place > 0 { lines.append(StyledText()) }
      for number in 0..<(cells.map(\.count).max() ?? 0) {
        let row = cells.map { $0.indices.contains(number) ? $0[number] : StyledText() }
        lines.append(line(row, width: width))
      }
    }
    return lines
  }

  private func line(_ cells: [StyledText], width: Int) -> StyledText {
    var line = StyledText()
    var blanks = 0
    for cell in cells {
      let text = cell.truncated(to: width)
      // Blanks are written when something follows them, so that no line ends in spaces.
      if !text.isEmpty { line += StyledText(spaces(blanks)) + text }
      let rest = width - text.width + Self.gap
      blanks = text.isEmpty ? blanks + rest : rest
    }
    return line
  }
}
