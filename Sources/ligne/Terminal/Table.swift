import Wording

/// Rows of text in columns as wide as what they show.
///
/// On a terminal the table fits: the widest of the columns that may be cut is cut first, and rows that would scroll
/// the answer away are left out and counted. In a file or a pipe everything is there.
struct Table: Block {
  struct Column: Sendable {
    enum Side: Sendable { case leading, trailing }

    var title: SafeText
    var side: Side = .leading
    /// Whether its text may be cut to fit: titles and messages yes, ids and dates no.
    var isFlexible = false
    /// For texts to be read: longer ones go on under themselves, on lines of at most so many columns; only a word that
    /// is longer than its line is cut.
    var wrapsAt: Int?
    /// Whether it may be left out where the terminal is too narrow for the others.
    var isDispensable = false
  }

  private static let gap = 2
  /// Under this width a cut text says nothing any more.
  private static let leastWidth = 8
  /// A cut text should still say this much, before columns that can be done without are left out.
  private static let goodWidth = 32
  /// In a pipe a longer text stands out to the right, and does not push the columns of all other rows away.
  private static let widestInPipe = 48
  /// What a text to be read is set for in a pipe or a file.
  private static let widthOfText = 80
  /// Lines of the terminal that belong to the rest of the answer and to the next prompt.
  private static let linesAround = 5

  var columns: [Column]
  /// Whether every row is wanted, however long the table: in a text to be read, not in an answer.
  var showsAllRows = false
  private(set) var rows: [[StyledText]] = []

  init(_ columns: [Column]) { self.columns = columns }

  /// - Parameter row: One text for each column.
  mutating func add(_ row: [StyledText]) {
    precondition(row.count == columns.count, "a row of \(row.count) in a table of \(columns.count) columns")
    rows.append(row)
  }

  /// The lines of the table, with its titles if one of the columns has any.
  func lines(for terminal: Terminal, in language: Language) -> [StyledText] {
    if let narrow = withoutDispensable(for: terminal) { return narrow.lines(for: terminal, in: language) }
    let shown = rows.prefix(rowLimit(terminal))
    let hasTitles = columns.contains { !$0.title.isEmpty }
    let head = hasTitles ? [columns.map { StyledText($0.title, .quiet) }] : []
    let cells = head + shown
    let natural = widths(of: cells)
    let widths = terminal.size.map { fitted(natural, to: $0.columns) } ?? widthsInPipe(natural)
    var lines = cells.flatMap { row in
      wrapped(row, to: widths).map { row in
        let line = self.line(row, widths: widths, cutting: terminal.size != nil)
        return terminal.size.map { line.truncated(to: $0.columns) } ?? line
      }
    }
    if shown.count < rows.count {
      let all = Sentence(
        fr: " («\u{A0}| less\u{A0}» les montre)", en: " (“| less” shows them)")
      lines.append(
        Self.others(rows.count - shown.count, in: language) + StyledText(all.text(in: language), .quiet))
    }
    return lines
  }

  /// “… et 12 autres”.
  static func others(_ count: Int, in language: Language) -> StyledText {
    let number = language.number(count)
    let others = CountedNoun(fr: ("autre", "autres"), en: ("other", "others")).form(for: count)
    let sentence = Sentence(
      fr: "… et \(number)\u{A0}\(others.french)", en: "… and \(number) \(others.english)")
    return StyledText(sentence.text(in: language), .quiet)
  }

  private func rowLimit(_ terminal: Terminal) -> Int {
    guard let size = terminal.size, !showsAllRows else { return rows.count }
    let room = max(size.rows - Self.linesAround, 3)
    return rows.count <= room + 1 ? rows.count : room  // The count of one left-out row would take its place.
  }

  private func widths(of cells: [[StyledText]]) -> [Int] {
    columns.indices.map { column in
      min(cells.map { $0[column].width }.max() ?? 0, columns[column].wrapsAt ?? .max)
    }
  }

  /// The row on as many rows as its longest wrapped text has lines.
  private func wrapped(_ row: [StyledText], to widths: [Int]) -> [[StyledText]] {
    let cells = columns.indices.map { column in
      columns[column].wrapsAt == nil ? [row[column]] : row[column].wrapped(to: widths[column])
    }
    return (0..<(cells.map(\.count).max() ?? 1)).map { line in
      cells.map { $0.indices.contains(line) ? $0[line] : StyledText() }
    }
  }

  /// Nothing is cut there: only a text that goes on under itself is made narrower.
  private func widthsInPipe(_ natural: [Int]) -> [Int] {
    let widths = columns.indices.map { index in
      let column = columns[index]
      return column.isFlexible && column.wrapsAt == nil
        ? min(natural[index], Self.widestInPipe) : natural[index]
    }
    return fitted(widths, to: Self.widthOfText) { $0.isFlexible && $0.wrapsAt != nil }
  }

  /// - Parameter mayShrink: Which columns give way.
  private func fitted(
    _ natural: [Int], to available: Int, _ mayShrink: (Column) -> Bool = { $0.isFlexible }
  ) -> [Int] {
    var widths = natural
    let gaps = Self.gap * max(0, columns.count - 1)
    var excess = widths.reduce(gaps, +) - available
    while excess > 0 {
      let candidates = columns.indices.filter { mayShrink(columns[$0]) && widths[$0] > Self.leastWidth }
      // Of two that are as wide, the one on the right.
      guard let widest = candidates.max(by: { widths[$0] <= widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  /// The table without the columns that can be done without, where the others would be cut too short; else `nil`.
  private func withoutDispensable(for terminal: Terminal) -> Table? {
    guard let available = terminal.size?.columns, columns.contains(where: \.isDispensable) else { return nil }
    let natural = widths(of: rows + [columns.map { StyledText($0.title) }])
    let fitted = fitted(natural, to: available)
    let isGood = columns.indices.allSatisfy { fitted[$0] >= min(natural[$0], Self.goodWidth) }
    if isGood, fitted.reduce(Self.gap * (columns.count - 1), +) <= available { return nil }
    let kept = columns.indices.filter { !columns[$0].isDispensable }
    var table = Table(kept.map { columns[$0] })
    for row in rows { table.add(kept.map { row[$0] }) }
    return table
  }

  private func line(_ row: [StyledText], widths: [Int], cutting: Bool) -> StyledText {
    var line = StyledText()
    var blanks = 0
    for (index, cell) in row.enumerated() {
      let text = widths[index] > 0 && cutting ? cell.truncated(to: widths[index]) : cell
      let rest = max(0, widths[index] - text.width)
      // Blanks are written when something follows them, so that no line ends in spaces.
      switch columns[index].side {
      case .leading:
        if !text.isEmpty { line += StyledText(spaces(blanks)) + text }
        blanks = text.isEmpty ? blanks + rest : rest
      case .trailing:
        if !text.isEmpty { line += StyledText(spaces(blanks + rest)) + text }
        blanks = text.isEmpty ? blanks + rest : 0
      }
      blanks += Self.gap
    }
    return line
  }
}

func spaces(_ count: Int) -> SafeText { SafeText(line: String(repeating: " ", count: max(0, count))) }
