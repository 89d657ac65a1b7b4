import EditorialHistory
import GitStore
import JSONTree
import ObjectModel
import SyncEngine
import ThreeWayMerge
import Wording

/// What `ligne status` says.
struct StatusAnswer {
  var report: StatusReport
  var changes: [DocumentChange]

  var json: JSONValue {
    [
      "branch": "main", "head": report.head.map { JSONValue($0.hex) } ?? .null,
      "changes": .array(
        changes.map { change in
          var object: JSONObject = [
            "path": JSONValue(change.path.text), "change": JSONValue(change.change.rawValue),
            "fields": .array(change.fields.map { JSONValue($0.pointer.description) }),
          ]
          object["id"] = change.id.map(JSONValue.string)
          object["kind"] = change.kind.map(JSONValue.string)
          return .object(object)
        }),
      "ahead": .number(JSONNumber(report.ahead)), "behind": .number(JSONNumber(report.behind)),
      "conflicts": .number(JSONNumber(report.conflicts.count)), "findings": 0,
      "left": .array(report.left.map(\.json)),
      "unfinishedGit": report.unfinishedGit.map { JSONValue($0.command) } ?? .null,
    ]
  }

  func described(in language: Language) -> Page {
    var page = Page(firstLine(in: language))
    if !changes.isEmpty {
      var table = Table([
        Table.Column(title: ""), Table.Column(title: "", isFlexible: true),
        Table.Column(title: "", isFlexible: true),
      ])
      for change in changes {
        table.add([
          StyledText(change.change.wording.text(in: language), change.change.style),
          StyledText(change.title?.text ?? change.path.text),
          StyledText(
            change.change == .changed ? change.fieldList() : change.title == nil ? "" : change.path.text,
            .quiet),
        ])
      }
      page.table(table)
    }
    if let operation = report.unfinishedGit {
      let error = WorkspaceError.unfinishedGit(operation)
      page.line(StyledText(error.message.text(in: language), .attention))
    }
    page.append(CommitReport.described(report.left, in: language))
    for sentence in standing { page.line(StyledText(sentence.text(in: language))) }
    if !report.conflicts.isEmpty {
      page.line(
        StyledText(CountedNoun.conflicts.counted(report.conflicts.count).text(in: language), .attention)
          + StyledText(Sentence(fr: " à trancher", en: " to settle").text(in: language)))
    }
    page.next = next
    return page
  }

  private func firstLine(in language: Language) -> StyledText {
    if changes.isEmpty {
      return StyledText(
        Sentence(fr: "Tout est enregistré.", en: "Everything is committed.").text(in: language), .good)
    }
    return StyledText(CountedNoun.documents.counted(changes.count).text(in: language), .strong)
      + StyledText(Sentence(fr: " à enregistrer", en: " to commit").text(in: language))
  }

  private var standing: [Sentence] {
    guard report.address != nil else { return [] }
    var sentences: [Sentence] = []
    let versions = CountedNoun.versions
    if report.ahead > 0 {
      let count = versions.counted(report.ahead)
      sentences.append(Sentence(fr: "\(count.french) à partager", en: "\(count.english) to share"))
    }
    if report.behind > 0 {
      let count = versions.counted(report.behind)
      sentences.append(Sentence(fr: "\(count.french) à recevoir", en: "\(count.english) to take in"))
    }
    return sentences
  }

  private var next: Sentence? {
    if let operation = report.unfinishedGit { return WorkspaceError.unfinishedGit(operation).hint }
    if !report.conflicts.isEmpty {
      return Sentence(fr: "« ligne conflicts » montre les choix.", en: "“ligne conflicts” shows the choices.")
    }
    if !changes.isEmpty {
      return Sentence(
        fr: "« ligne diff » montre les mots, « ligne commit -m \"…\" » garde une version.",
        en: "“ligne diff” shows the words, “ligne commit -m \"…\"” keeps a version.")
    }
    if report.address == nil {
      return Sentence(
        fr: "« ligne remote ADRESSE » relie cet espace à une équipe.",
        en: "“ligne remote ADDRESS” ties this workspace to a team.")
    }
    if report.ahead + report.behind > 0 {
      return Sentence(fr: "« ligne sync » met en commun.", en: "“ligne sync” exchanges work.")
    }
    return nil
  }
}
