import JSONTree
import Wording

extension MonthReport {
  /// For a message or a document: GitHub-flavoured Markdown, in UTF-8, ended by a line feed.
  ///
  /// What a person wrote can’t begin a markup of its own.
  public var markdown: String {
    var lines = ["# \(MarkdownText.escaped(title.text(in: language)))"]
    for table in tables {
      lines += ["", "## \(table.title.text(in: language))", ""]
      if let remark = table.remark { lines += [remark.text(in: language), ""] }
      guard !table.rows.isEmpty else {
        lines.append(table.none.text(in: language))
        continue
      }
      lines.append(row(table.columns.map { $0.text(in: language) }))
      lines.append(
        row(
          table.columns.indices.map { column in
            table.rows.contains { $0[column].isNumber } ? "--:" : "---"
          }))
      lines += table.rows.map { row($0.map(markdown)) }
    }
    lines += ["", outlook.text(in: language)]
    return lines.joined(separator: "\n") + "\n"
  }

  private func markdown(_ figure: Figure) -> String {
    if case .link(let address) = figure { return MarkdownText.link(address) }
    return MarkdownText.escaped(figure.text(in: language))
  }

  private func row(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }

  /// For a spreadsheet: one line for each figure, as programs of each language expect it.
  ///
  /// Columns: table, row, what it is, figure. French spreadsheets want semicolons and a decimal comma, English ones
  /// commas and a point. A mark at the beginning says that it is UTF-8. What could be taken for a formula is a text.
  /// Source: RFC 4180; OWASP, “CSV Injection”.
  public var csv: String {
    let heads = [
      Sentence(fr: "tableau", en: "table"), Sentence(fr: "élément", en: "item"),
      Sentence(fr: "mesure", en: "measure"), Sentence(fr: "valeur", en: "value"),
    ]
    var lines = [line(heads.map { $0.text(in: language) })]
    for table in tables {
      for row in table.rows {
        let name = row.prefix(table.namedBy).map { $0.text(in: language) }.joined(separator: ", ")
        for (column, figure) in zip(table.columns, row).dropFirst(table.namedBy) {
          let start = [table.title, column].map { $0.text(in: language) }
          for (label, value) in values(of: figure) {
            lines.append(line([start[0], name, start[1] + label, value]))
          }
        }
      }
    }
    return "\u{FEFF}" + lines.map { $0 + "\r\n" }.joined()
  }

  private func values(of figure: Figure) -> [(label: String, value: String)] {
    switch figure {
    case .nothing: []
    case .series(let points):
      points.map { (" \($0.month.description.prefix(7))", decimal($0.number.text)) }
    case .number(let number): [("", decimal(number.text))]
    case .percent(let number): [(" (%)", "\(number)")]
    case .minutes(let minutes): [(" (min)", "\(minutes)")]
    case .text(let text), .link(let text): [("", text)]
    case .words(let sentence): [("", sentence.text(in: language))]
    }
  }

  private func decimal(_ text: String) -> String {
    language == .french ? text.replacing(".", with: ",") : text
  }

  private func line(_ cells: [String]) -> String {
    let separator = language == .french ? ";" : ","
    return cells.map { cell in
      var text = SafeText(line: cell).text
      let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) || [0x2C, 0x2D, 0x2E].contains($0) }
      if let first = text.unicodeScalars.first, "=+-@\t".unicodeScalars.contains(first), !isNumber {
        text = "'" + text
      }
      let isPlain = !text.contains("\"") && !text.contains(separator)
      return isPlain ? text : "\"\(text.replacing("\"", with: "\"\""))\""
    }.joined(separator: separator)
  }
}
