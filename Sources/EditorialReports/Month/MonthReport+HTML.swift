import JSONTree
import Wording

extension MonthReport {
  /// One page to open in a browser or to print: no script, nothing from elsewhere, every text of people escaped.
  public var html: String {
    let name = title.text(in: language)
    return HTML.document(
      language: language == .french ? "fr" : "en",
      head: [
        .void("meta", [.plain(.charset, "utf-8")]),
        .void("meta", [.plain(.name, "generator"), .plain(.content, "Ligne")]),
        .void("meta", [.plain(.name, "viewport"), .plain(.content, "width=device-width, initial-scale=1")]),
        .element("title", [], .text(name)), .styleSheet(Self.style),
      ],
      body: .element(
        "body", [], .newline, .element("h1", [], .text(name)), .newline, HTML(tables.map(section)),
        .element("p", [.class("outlook")], .text(outlook.text(in: language))), .newline))
  }

  private func section(_ table: FigureTable) -> HTML {
    let remark = table.remark.map { HTML.element("p", [], .text($0.text(in: language))) + .newline } ?? HTML()
    let content =
      table.rows.isEmpty
      ? HTML.element("p", [], .text(table.none.text(in: language)))
      : .element(
        "table", [],
        .element(
          "thead", [],
          .element(
            "tr", [],
            HTML(
              table.columns.map { .element("th", [.plain(.scope, "col")], .text($0.text(in: language))) }))),
        .newline, .element("tbody", [], .newline, HTML(table.rows.map(row))))
    return .element(
      "section", [], .element("h2", [], .text(table.title.text(in: language))), .newline, remark, content)
      + .newline
  }

  private func row(_ figures: [Figure]) -> HTML {
    let cells = figures.enumerated().map { place, figure in
      place == 0
        ? HTML.element("th", [.plain(.scope, "row")], .text(figure.text(in: language)))
        : .element("td", [.class(figure.isNumber ? "number" : "words")], cell(figure))
    }
    return .element("tr", [], HTML(cells)) + .newline
  }

  private func cell(_ figure: Figure) -> HTML {
    if case .link(let address) = figure, let link = HTML.Attribute.href(web: address) {
      return .element("a", [link], .text(address))
    }
    guard case .series(let points) = figure else { return .text(figure.text(in: language)) }
    let said = points.map { "\($0.month.monthWording.text(in: language)): \(language.number($0.number))" }
    return HTML.bars(
      Figure.heights(of: points.map(\.number), steps: 28), label: said.joined(separator: ", "))
  }

  private static let style: StaticString = """
    * { box-sizing: border-box; }
    body { margin: 2rem auto; max-width: 52rem; padding: 0 1.25rem; background: #ffffff; color: #1d1f21; \
    font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", Arial, sans-serif; }
    h1 { font-size: 1.6rem; margin: 0 0 1rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
    table { border-collapse: collapse; width: 100%; }
    th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #d8d3c8; }
    thead th { font-size: .8rem; color: #595752; font-weight: 600; } tbody th { font-weight: 500; }
    a { color: #1b4f8a; overflow-wrap: anywhere; } .number { font-variant-numeric: tabular-nums; white-space: nowrap; } .words { color: #595752; font-size: .9rem; }
    svg { display: block; fill: #1b4f8a; } section { break-inside: avoid-page; }
    @media screen and (max-width: 40rem) { table { font-size: .85rem; } .words { font-size: .8rem; } }
    @media print { body { margin: 0; max-width: none; font-size: 10pt; } }
    @page { margin: 16mm; }
    """
}
