import Wording

extension StyleGuide {
  /// The line by which a page of Ligne's is known.
  static let pageMark = "<meta name=\"generator\" content=\"Ligne\">"

  /// The guide as one file for a browser or a printer: no script, nothing from elsewhere, every text escaped.
  ///
  /// - Returns: HTML in UTF-8, ended by a line feed.
  func html() -> String {
    var body = ""
    var openList = false
    func close() { if openList { body += "</ul>\n" } }
    for part in parts {
      if case .rule = part {
        if !openList { body += "<ul class=\"rules\">\n" }
        openList = true
      } else {
        close()
        openList = false
      }
      body += html(of: part)
    }
    close()
    let title = if case .heading(let text, _) = parts.first { text } else { "" }
    return """
      <!DOCTYPE html>
      <html lang="\(escaped(language))">
      <head>
      <meta charset="utf-8">
      \(Self.pageMark)
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(escaped(title))</title>
      <style>
      body { font: 1rem/1.55 Georgia, serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; \
      background: #fff; }
      h1, h2, h3 { line-height: 1.25; break-after: avoid; } h2 { margin-top: 2.2rem; border-bottom: 1px solid #bbb; }
      table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .25rem .6rem; \
      border-bottom: 1px solid #ddd; vertical-align: top; }
      .example { margin: .6rem 0 .6rem 1rem; padding-left: .8rem; border-left: 4px solid; break-inside: avoid; }
      .say { border-color: #2d7a3e; } .avoid { border-color: #a33022; } .verdict { font-weight: bold; }
      .why, .rationale, .remark { color: #555; } .rules li { margin-bottom: .7rem; break-inside: avoid; }
      @media print { body { margin: 0; max-width: none; } }
      </style>
      </head>
      <body>
      \(body)</body>
      </html>

      """
  }

  private func html(of part: Part) -> String {
    switch part {
    case .heading(let text, let level): return "<h\(level)>\(escaped(text))</h\(level)>\n"
    case .paragraph(let text): return "<p>\(escaped(text))</p>\n"
    case .example(let example):
      let why = example.why.map { "<br><span class=\"why\">\(escaped($0))</span>" } ?? ""
      return """
        <p class="example \(example.isToSay ? "say" : "avoid")"><span class="verdict">\(escaped(example.verdict))</span> \
        \(escaped(example.text))\(why)</p>

        """
    case .rule(let rule):
      let rationale = rule.rationale.map { "<br><span class=\"rationale\">\(escaped($0))</span>" } ?? ""
      return
        "<li>\(escaped(rule.text)) <span class=\"remark\">(\(escaped(rule.remark)))</span>\(rationale)</li>\n"
    case .table(let titles, let rows):
      let head = titles.map { "<th>\(escaped($0))</th>" }.joined()
      let lines = rows.map { row in "<tr>" + row.map { "<td>\(escaped($0))</td>" }.joined() + "</tr>\n" }
        .joined()
      return "<table>\n<tr>\(head)</tr>\n\(lines)</table>\n"
    case .items(let items):
      return "<ul>\n" + items.map { "<li>\(escaped($0))</li>\n" }.joined() + "</ul>\n"
    }
  }
}

/// Text that HTML shows as it is, in an element or in a quoted attribute.
///
/// Control and bidirectional characters are shown and not obeyed, as on a terminal. Source: HTML Living Standard, section
/// 13.1.2 and 3.2.5.
private func escaped(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in SafeText(block: text).text.unicodeScalars {
    switch scalar {
    case "&": result.append(contentsOf: "&amp;".unicodeScalars)
    case "<": result.append(contentsOf: "&lt;".unicodeScalars)
    case ">": result.append(contentsOf: "&gt;".unicodeScalars)
    case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
    default: result.append(scalar)
    }
  }
  return String(result)
}
