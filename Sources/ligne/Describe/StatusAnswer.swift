import Documents
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
      "conflicts": .number(JSONNumber(report.conflicts.count)),
      "findings": report.findings.map { .number(JSONNumber($0)) } ?? .null,
      "asked": count(\.toDecide), "toAnswer": count(\.toAnswer),
      "crises": .array(
        report.crises.map {
          ["path": JSONValue($0.path.text), "level": $0.level.map { JSONValue($0) } ?? .null]
        }),
      "left": .array(report.left.map(\.json)),
      "unseen": .array(
        report.unseen.map {
          ["path": JSONValue(SafeText(line: $0.path).text), "reason": JSONValue($0.reason.english)]
        }),
      "sharesThrough": JSONValue(report.manners.rawValue),
      "unfinishedGit": report.unfinishedGit.map { JSONValue($0.command) } ?? .null,
    ]
  }

  func described(_ names: DocumentNames, in language: Language) -> Page {
    var page = Page(firstLine(in: language))
    for crisis in report.crises {
      let level = crisis.level ?? "?"
      page.line(
        StyledText(
          Sentence(
            fr: "Crise en cours, niveau \(level) : \(crisis.title)  (« ligne crisis »)",
            en: "Crisis under way, level \(level): \(crisis.title)  (“ligne crisis”)"
          ).text(in: language), .bad))
    }
    if !toCommit.isEmpty {
      var table = Table(DocumentNames.columns)
      for change in toCommit { table.add(names.row(of: change, in: language)) }
      page.table(table)
    }
    if let operation = report.unfinishedGit {
      let error = WorkspaceError.unfinishedGit(operation)
      page.line(StyledText(error.message.text(in: language), .attention))
    }
    page.append(CommitReport.described(report.left, in: language))
    if !report.unseen.isEmpty {
      page.line(
        StyledText(
          Sentence(fr: "Laissé de côté :", en: "Left aside:").text(in: language), .attention))
      for file in report.unseen {
        page.line(
          StyledText(SafeText(line: file.path), .name) + "  "
            + StyledText(file.reason.text(in: language), .quiet), indent: 2)
      }
    }
    for sentence in standing { page.line(StyledText(sentence.text(in: language))) }
    if !report.conflicts.isEmpty {
      page.line(
        StyledText(CountedNoun.conflicts.counted(report.conflicts.count).text(in: language), .attention)
          + StyledText(Sentence(fr: " à trancher", en: " to settle").text(in: language)))
    }
    if let findings = report.findings, findings > 0 {
      page.line(
        StyledText(CountedNoun.findings.counted(findings).text(in: language), .attention)
          + StyledText(
            Sentence(
              fr: " dans ce qui n’est pas enregistré : « ligne check »",
              en: " in what is not committed: “ligne check”"
            ).text(in: language)))
    }
    for counted in asked { page.line(StyledText(counted.text(in: language), .attention)) }
    page.next = next
    return page
  }

  private func firstLine(in language: Language) -> StyledText {
    if toCommit.isEmpty, report.left.isEmpty, report.unseen.isEmpty {
      return StyledText(
        Sentence(fr: "Tout est enregistré.", en: "Everything is committed.").text(in: language), .good)
    }
    if toCommit.isEmpty {
      return StyledText(
        Sentence(fr: "Rien à enregistrer tel quel.", en: "Nothing to commit as it stands.").text(
          in: language),
        .attention)
    }
    return StyledText(toCommit.map(\.path).counted(in: language), .strong)
      + StyledText(Sentence(fr: " à enregistrer", en: " to commit").text(in: language))
  }

  /// What `ligne commit` would take.
  private var toCommit: [DocumentChange] {
    let left = Swift.Set(report.left.map(\.path))
    return changes.filter { !left.contains($0.path) }
  }

  private var standing: [Sentence] {
    guard report.address != nil else { return [] }
    var sentences = report.manners.told.map { [$0] } ?? []
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

  private func count(_ those: (AwaitedDocuments) -> [WorkspacePath]) -> JSONValue {
    report.asked.map { .number(JSONNumber(those($0).count)) } ?? .null
  }

  /// What is asked of whoever looks, counted.
  private var asked: [Sentence] {
    guard let asked = report.asked else { return [] }
    let decisions = CountedNoun(
      fr: ("document attend votre décision", "documents attendent votre décision"),
      en: ("document waits for your decision", "documents wait for your decision"))
    let answers = CountedNoun(
      fr: (
        "conversation dont vous vous occupez attend une réponse",
        "conversations dont vous vous occupez attendent une réponse"
      ),
      en: (
        "conversation you are seeing to waits for an answer",
        "conversations you are seeing to wait for an answer"
      ))
    return [(decisions, asked.toDecide), (answers, asked.toAnswer)].filter { !$0.1.isEmpty }
      .map { $0.counted($1.count) }
  }

  private var next: Sentence? {
    if let operation = report.unfinishedGit { return WorkspaceError.unfinishedGit(operation).hint }
    if !report.conflicts.isEmpty {
      return Sentence(fr: "« ligne conflicts » montre les choix.", en: "“ligne conflicts” shows the choices.")
    }
    if !toCommit.isEmpty {
      return Sentence(
        fr: "« ligne diff » montre les mots, « ligne commit -m \"…\" » garde une version.",
        en: "“ligne diff” shows the words, “ligne commit -m \"…\"” keeps a version.")
    }
    if let first = report.left.first {
      if !first.problem.isMendedByEditing { return first.problem.hint }
      return Sentence(
        fr:
          "« ligne edit \(first.path.shortName) » l’ouvre pour le corriger; les autres documents n’attendent pas.",
        en: "“ligne edit \(first.path.shortName)” opens it to be mended; the other documents do not wait.")
    }
    if report.address == nil, asked.isEmpty {
      return Sentence(
        fr: "« ligne remote ADRESSE » relie cet espace à une équipe.",
        en: "“ligne remote ADDRESS” ties this workspace to a team.")
    }
    if report.address != nil, report.ahead + report.behind > 0 {
      return Sentence(fr: "« ligne sync » met en commun.", en: "“ligne sync” exchanges work.")
    }
    if report.asked?.toDecide.isEmpty == false {
      return Sentence(
        fr: "« ligne review » les présente un à un, « ligne review list --mine » les nomme.",
        en: "“ligne review” goes through them one by one, “ligne review list --mine” names them.")
    }
    if report.asked?.toAnswer.isEmpty == false {
      return Sentence(fr: "« ligne inbox --mine » les montre.", en: "“ligne inbox --mine” shows them.")
    }
    return nil
  }
}
