import Wording

extension StyleGuide {
  /// The guide for a terminal.
  func page() -> Page {
    var page = Page()
    for (index, part) in parts.enumerated() {
      switch part {
      case .heading(let text, let level):
        if index > 0 { page.blank() }
        page.line(StyledText(text, .strong), indent: level > 2 ? 2 : 0)
      case .paragraph(let text): page.quote(text)
      case .example(let example):
        page.line(
          StyledText(example.isToSay ? "✓ " : "✗ ", example.isToSay ? .good : .bad)
            + StyledText(example.verdict + "  ", .quiet) + StyledText(example.text), indent: 4)
        if let why = example.why { page.quote(why, style: .quiet, indent: 6) }
      case .rule(let rule):
        page.line(
          StyledText("– " + rule.text) + StyledText("  " + rule.remark, rule.level?.style ?? .quiet),
          indent: 2)
        if let rationale = rule.rationale { page.quote(rationale, style: .quiet, indent: 4) }
      case .table(let titles, let rows):
        var table = Table(
          [Table.Column(title: "")]
            + titles.map { Table.Column(title: SafeText(line: $0), isFlexible: true) })
        table.showsAllRows = true
        for row in rows { table.add([StyledText("")] + row.map { StyledText($0) }) }
        page.table(table)
      case .items(let items): for item in items { page.line(StyledText("– " + item), indent: 2) }
      }
    }
    return page
  }
}
