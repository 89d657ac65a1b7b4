import Documents
import EditorialHistory
import JSONTree
import ObjectModel
import ThreeWayMerge
import Wording

/// The versions of a document, in words.
extension DocumentPage {
  /// Versions told on the page; the oldest beyond them are counted.
  private static let mostVersions = 200

  var history: HTML {
    let versions = report.history(of: document)
    var content =
      HTML.element("h2", [], report.text(fr: "Les versions", en: "The versions")) + .newline
    if let change = report.uncommittedChange(of: document) {
      let title = HTML.element(
        "h3", [], report.text(fr: "Dans aucune version encore", en: "In no version yet"))
      content += .element("section", [.class("version")], title, changes(change)) + .newline
    }
    for (version, change) in versions.prefix(Self.mostVersions) {
      let title = HTML.element("h3", [.lang(report.textLanguage)], .text(version.subject))
      let line = HTML.element(
        "p", [], .element("strong", [], .text(version.by.name)), .text(", "), report.time(version.at),
        .element("span", [.class("quiet")], .text(", version " + String(version.id.hex.prefix(8)))))
      var body = HTML()
      if !version.body.isEmpty {
        body = .element("p", [.class("said"), .lang(report.textLanguage)], .text(version.body))
      }
      content += .element("section", [.class("version")], title, line, body, changes(change)) + .newline
    }
    let rest = versions.count - Self.mostVersions
    if rest > 0 {
      let count = CountedNoun.versions.counted(rest)
      content += .element(
        "p", [], report.text(fr: "Et \(count.french) d’avant.", en: "And \(count.english) before these."))
    } else if versions.isEmpty {
      content += .element("p", [], report.text(fr: "Aucune version encore.", en: "No version yet."))
    }
    return content
  }

  /// What a version did to the document.
  private func changes(_ change: DocumentChange) -> HTML {
    var content = HTML()
    switch change.change {
    case .added: content += note(fr: "Le document est nouveau.", en: "The document is new.")
    case .removed: content += note(fr: "Le document est supprimé.", en: "The document is deleted.")
    case .moved:
      let from = change.formerPath?.text ?? ""
      content += note(fr: "Le fichier s’appelait \(from).", en: "The file was called \(from).")
    case .changed: break
    }
    if let conflicts = change.conflicts {
      if !conflicts.opened.isEmpty {
        let list = conflicts.opened.map { names.name(of: $0).text(in: report.language) }.joined(
          separator: ", ")
        content += note(fr: "À trancher\u{A0}: \(list).", en: "To settle: \(list).")
      }
      if !conflicts.settled.isEmpty {
        let list = conflicts.settled.map { names.name(of: $0).text(in: report.language) }.joined(
          separator: ", ")
        content += note(fr: "Tranché\u{A0}: \(list).", en: "Settled: \(list).")
      }
    }
    // A new document is its own text; its fields are not told again.
    guard change.change == .changed || change.change == .moved else { return content }
    for field in change.fields { content += self.change(field) }
    return content
  }

  private func note(fr french: String, en english: String) -> HTML {
    .element("p", [], report.text(fr: french, en: english))
  }

  private func change(_ field: FieldChange) -> HTML {
    let name = HTML.element(
      "div", [.class("name")], .text(names.name(of: field.pointer).text(in: report.language)))
    let language = HTML.Attribute.lang(report.textLanguage(of: document))
    let words: HTML
    if let runs = field.words {
      words = Self.html(of: excerpt(of: runs, context: 12))
    } else if field.change == .moved {
      words = report.text(fr: "déplacé dans la liste", en: "moved within the list")
    } else {
      let old = field.from.map {
        HTML.element("del", [], .text(names.words(of: $0, at: field.pointer, in: report.language)))
      }
      let new = field.to.map {
        HTML.element("ins", [], .text(names.words(of: $0, at: field.pointer, in: report.language)))
      }
      words = [old, new].compactMap { $0 }.reduce(HTML()) { $0.isEmpty ? $1 : $0 + .text(" ") + $1 }
    }
    return .element("div", [.class("change")], name, .element("div", [.class("said"), language], words))
  }

  /// Words in their context; what came in the place of something stands a space behind it.
  private static func html(of runs: [WordRun]) -> HTML {
    var html = HTML()
    for (index, run) in runs.enumerated() {
      switch run.kind {
      case .same: html += .text(run.text)
      case .removed: html += .element("del", [], .text(run.text))
      case .added:
        let last = index > 0 && runs[index - 1].kind == .removed ? runs[index - 1].text : " "
        if last.last?.isWhitespace == false, run.text.first?.isWhitespace == false { html += .text(" ") }
        html += .element("ins", [], .text(run.text))
      }
    }
    return html
  }
}
