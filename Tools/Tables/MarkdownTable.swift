/// A table in Markdown, columns as wide as their widest cell.
public struct MarkdownTable {
  public var rows: [[String]]

  /// - Parameter head: The titles of the columns; the first column stands left, all others right.
  public init(_ head: [String]) { rows = [head] }

  public var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      "| "
        + row.enumerated().map { column, cell in
          let space = String(repeating: " ", count: widths[column] - cell.count)
          return column == 0 ? cell + space : space + cell
        }.joined(separator: " | ") + " |"
    }
    let rule =
      "|"
      + widths.enumerated().map { column, width in
        String(repeating: "-", count: width + 1) + (column == 0 ? "-" : ":")
      }.joined(separator: "|") + "|"
    return ([lines[0], rule] + lines.dropFirst()).joined(separator: "\n")
  }
}

/// `1,234`.
public func grouped(_ number: Int) -> String {
  let digits = String(number)
  guard digits.count > 3 else { return digits }
  return grouped(number / 1000) + "," + digits.suffix(3)
}

/// `12.3 %`, cut and not rounded, so that nothing reads as reached that is not.
public func percent(_ part: Int, of whole: Int) -> String {
  guard whole > 0 else { return "–" }
  let tenths = part * 1000 / whole
  return "\(tenths / 10).\(tenths % 10) %"
}
