import Documents
import JSONTree
import ObjectModel
import SyncEngine
import ThreeWayMerge
import Wording

extension CommitReport {
  var json: JSONValue {
    var object: JSONObject = [
      "commit": JSONValue(commit.hex), "documents": .array(documents.map { JSONValue($0.text) }),
      "conflicts": .number(JSONNumber(openConflicts)),
      "findings": .array(findings.map { $0.json(in: .english) }),
    ]
    if !left.isEmpty { object["left"] = .array(left.map(\.json)) }
    if unchecked > 0 { object["unchecked"] = .number(JSONNumber(unchecked)) }
    if !renamed.isEmpty { object["renamed"] = .array(renamed.map { JSONValue($0.text) }) }
    return .object(object)
  }

  /// - Parameter made: The version.
  func described(_ made: MadeVersion, in language: Language) -> Page {
    let short = String(commit.hex.prefix(8))
    var page = Page(
      StyledText(made.counted(in: language), .strong)
        + StyledText(Sentence(fr: " dans la version ", en: " in version ").text(in: language))
        + StyledText(short, .name))
    page.append(made.listed(in: language))
    if !renamed.isEmpty {
      page.blank()
      page.line(
        StyledText(
          Sentence(
            fr: "Renommé, parce que bien des ordinateurs confondraient deux noms : ",
            en: "Renamed, because many computers would take two names for one: "
          ).text(in: language), .attention))
      page.list(renamed.map { StyledText($0.text, .name) }, atMost: MadeVersion.mostNamed, in: language)
    }
    page.append(CommitReport.described(left, in: language))
    if openConflicts > 0 {
      page.line(
        StyledText(CountedNoun.conflicts.counted(openConflicts).text(in: language), .attention)
          + StyledText(
            Sentence(fr: " à trancher, sans urgence", en: " to settle, in your own time").text(in: language)))
      page.next = Sentence(
        fr: "« ligne conflicts » montre les choix, « ligne sync » partage la version.",
        en: "“ligne conflicts” shows the choices, “ligne sync” shares the version.")
      return page
    }
    page.next = Sentence(fr: "« ligne sync » la partage.", en: "“ligne sync” shares it.")
    return page
  }

  /// The documents that were put aside, each with the place of its first mistake.
  static func described(_ left: [LeftOut], in language: Language) -> Page {
    var page = Page()
    if left.isEmpty { return page }
    page.blank()
    page.line(
      StyledText(
        Sentence(
          fr: "Laissé tel quel, à corriger : ", en: "Left as it is, to be mended: "
        ).text(in: language), .attention)
        + StyledText(CountedNoun.documents.counted(left.count).text(in: language), .attention))
    for document in left {
      page.line(StyledText(document.path.text, .name), indent: 2)
      page.quote(document.problem.message.text(in: language), indent: 4)
      if let hint = document.problem.hint { page.quote(hint.text(in: language), style: .quiet, indent: 4) }
    }
    return page
  }
}

extension CommitReport.LeftOut {
  var json: JSONValue {
    [
      "path": JSONValue(path.text), "code": JSONValue(problem.code),
      "message": JSONValue(problem.message.text(in: .english)),
    ]
  }
}

extension [WorkspacePath] {
  /// Documents counted as documents, and what else a version holds as files: “2 documents and 1 other file”.
  func counted(in language: Language) -> String {
    let documents = filter { $0.isDocument && !$0.isSchema || $0.documentOfRecord != nil }.count
    let files = CountedNoun(fr: ("fichier", "fichiers"), en: ("file", "files"))
    if documents == count { return CountedNoun.documents.counted(count).text(in: language) }
    if documents == 0 { return files.counted(count).text(in: language) }
    let others = CountedNoun(fr: ("autre fichier", "autres fichiers"), en: ("other file", "other files"))
      .counted(count - documents)
    let first = CountedNoun.documents.counted(documents)
    return Sentence(
      fr: "\(first.french) et \(others.french)", en: "\(first.english) and \(others.english)"
    ).text(in: language)
  }
}
