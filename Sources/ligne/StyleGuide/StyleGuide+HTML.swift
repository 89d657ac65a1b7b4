import EditorialReports

extension StyleGuide {
  /// The line by which a page of Ligne's is known.
  static let pageMark = "<meta name=\"generator\" content=\"Ligne\">"

  /// The guide as one file for a browser or a printer: no script, nothing from elsewhere, every text escaped.
  ///
  /// - Returns: HTML in UTF-8, ended by a line feed.
  func html() -> String {
    var body = HTML.newline
    var rules: [HTML] = []
    for part in parts {
      if case .rule(let rule) = part {
        rules.append(html(of: rule))
        continue
      }
      body += Self.list(rules)
      rules = []
      body += html(of: part)
    }
    body += Self.list(rules)
    let title = if case .heading(let text, _) = parts.first { text } else { "" }
    return HTML.document(
      language: language,
      head: [
        .void("meta", [.plain(.charset, "utf-8")]),
        .void("meta", [.plain(.name, "generator"), .plain(.content, "Ligne")]),
        .void("meta", [.plain(.name, "viewport"), .plain(.content, "width=device-width, initial-scale=1")]),
        .element("title", [], .text(title)),
        .styleSheet(
          """
          body { font: 1rem/1.55 Georgia, serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; \
          background: #fff; }
          h1, h2, h3 { line-height: 1.25; break-after: avoid; } h2 { margin-top: 2.2rem; border-bottom: 1px solid #bbb; }
          table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .25rem .6rem; \
          border-bottom: 1px solid #ddd; vertical-align: top; }
          .example { margin: .6rem 0 .6rem 1rem; padding-left: .8rem; border-left: 4px solid; break-inside: avoid; }
          .say { border-color: #2d7a3e; } .avoid { border-color: #a33022; } .verdict { font-weight: bold; }
          .why, .rationale, .remark { color: #555; } .rules li { margin-bottom: .7rem; break-inside: avoid; }
          @media print { body { margin: 0; max-width: none; } }
          """),
      ], body: .element("body", [], body))
  }

  private static func list(_ rules: [HTML]) -> HTML {
    rules.isEmpty
      ? HTML() : .element("ul", [.class("rules")], .newline, HTML(rules)) + .newline
  }

  private func html(of part: Part) -> HTML {
    switch part {
    case .heading(let text, let level):
      return .element(level == 1 ? "h1" : level == 2 ? "h2" : "h3", [], .text(text)) + .newline
    case .paragraph(let text): return .element("p", [], .text(text)) + .newline
    case .example(let example):
      return .element(
        "p", [.class(example.isToSay ? "example say" : "example avoid")],
        .element("span", [.class("verdict")], .text(example.verdict)), .text(" " + example.text),
        Self.remark(example.why, .class("why"))) + .newline
    case .rule(let rule): return html(of: rule)
    case .table(let titles, let rows):
      let head = HTML.element(
        "tr", [], HTML(titles.map { .element("th", [.plain(.scope, "col")], .text($0)) }))
      let lines = rows.map { row in
        HTML.element("tr", [], HTML(row.map { .element("td", [], .text($0)) })) + .newline
      }
      return .element("table", [], .newline, head, .newline, HTML(lines)) + .newline
    case .items(let items):
      return .element("ul", [], .newline, HTML(items.map { .element("li", [], .text($0)) + .newline }))
        + .newline
    }
  }

  private func html(of rule: Rule) -> HTML {
    .element(
      "li", [], .text(rule.text + " "), .element("span", [.class("remark")], .text("(\(rule.remark))")),
      Self.remark(rule.rationale, .class("rationale"))) + .newline
  }

  /// Why, on a line of its own.
  private static func remark(_ text: String?, _ style: HTML.Attribute) -> HTML {
    text.map { .void("br") + .element("span", [style], .text($0)) } ?? HTML()
  }
}
