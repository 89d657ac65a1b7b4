import Documents
import EditorialChecks
import JSONTree
import ObjectModel
import SyncEngine
import Wording

/// What `ligne check` says.
struct CheckAnswer {
  var report: CheckReport
  /// What `--fix` did; `nil` where it was not asked for.
  var correction: CorrectionReport?

  /// More than this nobody reads on a page; `--json` has them all.
  private static let mostShown = 200

  func json(in language: Language, places: SourcePlaces) throws -> JSONValue {
    let left = report.left.map { left -> JSONValue in
      var object: JSONObject = [
        "rule": JSONValue(left.problem.code), "level": "error", "id": .null,
        "path": JSONValue(left.path.text), "pointer": "",
        "message": JSONValue(left.problem.message.text(in: language)),
      ]
      if let position = left.problem.position {
        object["line"] = .number(JSONNumber(position.line))
        object["column"] = .number(JSONNumber(position.column))
      }
      return .object(object)
    }
    let documents = Dictionary(report.documents.map { ($0.path, $0) }) { first, _ in first }
    let standing = try report.findings.map { finding in
      finding.json(
        in: language, at: try places.position(of: finding.pointer, in: finding.path),
        textHash: documents[finding.path].flatMap { textHash(at: finding.pointer, in: $0) })
    }
    let corrected = (correction?.corrected ?? []).map { finding -> JSONValue in
      guard case .object(var object) = finding.json(in: language) else { return .null }
      object["fixed"] = true
      return .object(object)
    }
    return .array(left + corrected + standing)
  }

  func described(in language: Language) -> Page {
    var page = Page()
    if let correction { describe(correction, on: &page, in: language) }
    page.line(headline(in: language))
    let documents = Dictionary(report.documents.map { ($0.path, $0) }) { first, _ in first }
    var shown = report.findings.prefix(Self.mostShown)[...]
    while let first = shown.first {
      let group = shown.prefix { $0.path == first.path }
      shown = shown.dropFirst(group.count)
      page.blank()
      page.line(
        StyledText(documents[first.path]?.title ?? first.path.text, .strong) + StyledText("  ")
          + StyledText(first.path.shortName, .name))
      for finding in group { describe(finding, documents[first.path], on: &page, in: language) }
    }
    if report.findings.count > Self.mostShown {
      page.line(Table.others(report.findings.count - Self.mostShown, in: language))
    }
    page.append(CommitReport.described(report.left, in: language))
    page.next = next
    return page
  }

  // MARK: - Parts

  private func headline(in language: Language) -> StyledText {
    let looked = CountedNoun.documents.counted(report.documents.count)
    if report.documents.isEmpty, !report.left.isEmpty {
      return StyledText(
        Sentence(fr: "Rien n’a pu être vérifié.", en: "Nothing could be checked.").text(in: language),
        .attention)
    }
    if report.findings.isEmpty {
      let sentence =
        report.left.isEmpty
        ? Sentence(fr: "Rien à redire : \(looked.french).", en: "Nothing to say against \(looked.english).")
        : Sentence(
          fr: "Rien à redire au reste : \(looked.french).",
          en: "Nothing to say against the rest: \(looked.english).")
      return StyledText(sentence.text(in: language), .good)
    }
    let touched = CountedNoun.documents.counted(Swift.Set(report.findings.map(\.path)).count)
    return Self.counts(of: report.findings, in: language)
      + StyledText(
        Sentence(fr: " dans \(touched.french)", en: " in \(touched.english)").text(in: language))
  }

  private static func counts(of findings: [Finding], in language: Language) -> StyledText {
    var line = StyledText()
    for level in Finding.Level.allCases.reversed() {
      let count = findings.count { $0.level == level }
      if count == 0 { continue }
      if !line.isEmpty { line += ", " }
      line += StyledText(
        level.noun.counted(count).text(in: language), level == .suggestion ? .plain : level.style)
    }
    return line
  }

  private func describe(
    _ finding: Finding, _ document: Document?, on page: inout Page, in language: Language
  ) {
    let place = FieldNames(of: document?.kind).mention(of: finding.pointer, in: language)
    page.line(
      StyledText(finding.level.wording.text(in: language), finding.level.style) + "  "
        + StyledText(finding.rule, .strong) + "  " + StyledText(place, .quiet), indent: 2)
    if let range = finding.range, let text = document?.value.value(at: finding.pointer)?.text {
      page.line(.excerpt(text, range, instead: finding.suggestion?.replacement), indent: 4)
    }
    page.quote(finding.message.text(in: language), indent: 4)
    if let rationale = finding.rationale { page.quote(rationale, style: .quiet, indent: 4) }
  }

  private func describe(_ correction: CorrectionReport, on page: inout Page, in language: Language) {
    let count = correction.corrected.count
    if count == 0 {
      page.line(
        StyledText(
          Sentence(fr: "Aucune correction sans risque à faire.", en: "No safe correction to make.").text(
            in: language)))
      return
    }
    let corrections = CountedNoun(fr: ("correction", "corrections"), en: ("correction", "corrections"))
    let (made, documents) = (
      corrections.counted(count),
      CountedNoun.documents.counted(Swift.Set(correction.corrected.map(\.path)).count)
    )
    page.line(
      StyledText(
        Sentence(
          fr: "\(made.french) dans \(documents.french), non enregistré",
          en: "\(made.english) in \(documents.english), not committed"
        ).text(in: language), .good))
    page.list(
      correction.corrected.map {
        StyledText($0.path.shortName, .name) + "  " + StyledText($0.pointer.description, .quiet) + "  "
          + StyledText($0.message.text(in: language))
      }, atMost: 12, in: language)
    if let kept = correction.kept {
      page.line(
        StyledText(
          Sentence(
            fr: "Ce qui n’était pas enregistré est gardé : ", en: "What was not committed is kept: "
          ).text(in: language)) + StyledText(kept.hex, .name), indent: 2)
    }
    page.blank()
  }

  private var next: Sentence? {
    let safe = report.findings.count { $0.suggestion?.isSafe == true && $0.range != nil }
    if safe > 0 {
      let places = CountedNoun(fr: ("endroit", "endroits"), en: ("place", "places")).counted(safe)
      return Sentence(
        fr: "« ligne check --fix » corrige \(places.french) sans risque.",
        en: "“ligne check --fix” mends \(places.english) without risk.")
    }
    if let first = report.findings.first { return Self.wayOut(of: first) }
    if correction?.corrected.isEmpty == false {
      return Sentence(
        fr: "« ligne diff » montre les mots, « ligne commit -m \"…\" » les garde.",
        en: "“ligne diff” shows the words, “ligne commit -m \"…\"” keeps them.")
    }
    return nil
  }

  /// What puts right what was found: the command that is made for it, else the editor.
  private static func wayOut(of finding: Finding) -> Sentence {
    let name = finding.path.shortName
    switch finding.rule {
    case "two-answers":
      return Sentence(
        fr: "«\u{A0}ligne inbox keep \(name)\u{A0}» garde cette réponse; avec l’id d’une autre, celle-là.",
        en: "“ligne inbox keep \(name)” keeps this answer; with the id of another one, that.")
    case "closed-then-message":
      return Sentence(
        fr:
          "«\u{A0}ligne inbox show \(name)\u{A0}» montre la conversation; «\u{A0}ligne inbox reopen \(name)\u{A0}» la rouvre.",
        en: "“ligne inbox show \(name)” shows the conversation; “ligne inbox reopen \(name)” opens it again.")
    case "unused-text":
      let mode = JSONPointer(Array(finding.pointer.steps.dropLast()) + [.key("mode")])
      return Sentence(
        fr: "«\u{A0}ligne set \(name) \(mode) diverges\u{A0}» le fait sortir.",
        en: "“ligne set \(name) \(mode) diverges” makes it go out.")
    case "unreachable-level":
      return Sentence(
        fr:
          "«\u{A0}ligne team role PERSONNE RÔLE\u{A0}» donne le rôle à quelqu’un, «\u{A0}ligne team\u{A0}» dit qui l’a.",
        en: "“ligne team role PERSON ROLE” gives somebody the role, “ligne team” says who has it.")
    case UnknownTimeZone.rule:
      return Sentence(
        fr: "«\u{A0}ligne set \(name) \(finding.pointer) America/Toronto\u{A0}» en met un autre.",
        en: "“ligne set \(name) \(finding.pointer) America/Toronto” puts another one there.")
    case "closed-channel":
      let channel = finding.pointer.steps.last?.name.text ?? ""
      return Sentence(
        fr:
          "«\u{A0}ligne channel open \(channel)\u{A0}» rouvre le canal; «\u{A0}ligne edit \(name)\u{A0}» ouvre la publication.",
        en: "“ligne channel open \(channel)” opens the channel again; “ligne edit \(name)” opens the post.")
    case "approved-then-edited", "approved-then-picture-changed", "approved-then-redirected",
      "approver-without-right", "rule-became-error", "loosened-policy-used":
      return Sentence(
        fr:
          "«\u{A0}ligne review show \(name)\u{A0}» dit qui a dit oui à quoi; «\u{A0}ligne review request \(name)\u{A0}» redemande.",
        en:
          "“ligne review show \(name)” says who said yes to what; “ligne review request \(name)” asks again.")
    default:
      return Sentence(
        fr: "«\u{A0}ligne edit \(name)\u{A0}» ouvre le premier.", en: "“ligne edit \(name)” opens the first.")
    }
  }

  // MARK: - For other commands

  /// One line on what a sync brought.
  static func summary(of findings: [Finding], in language: Language) -> Page {
    var page = Page()
    if findings.isEmpty { return page }
    page.line(
      counts(of: findings, in: language)
        + StyledText(
          Sentence(fr: " dans ce qui est arrivé", en: " in what came in").text(in: language)))
    page.list(findings.map { line($0, in: language) }, atMost: 5, in: language)
    return page
  }

  /// The same beside an answer, on standard error.
  static func remark(_ findings: [Finding], on output: Output) {
    let worth = findings.filter { $0.level > .suggestion }
    let language = output.language
    if worth.isEmpty { return }
    output.remark(
      counts(of: worth, in: language)
        + StyledText(
          Sentence(fr: " : « ligne check » montre les endroits", en: ": “ligne check” shows the places").text(
            in: language)))
    for finding in worth.prefix(5) { output.remark(StyledText("  ") + line(finding, in: language)) }
    if worth.count > 5 { output.remark(StyledText("  ") + Table.others(worth.count - 5, in: language)) }
  }

  static func next(after path: WorkspacePath) -> Sentence {
    Sentence(
      fr: "« ligne check \(path.shortName) » montre les endroits et les raisons.",
      en: "“ligne check \(path.shortName)” shows the places and the reasons.")
  }

  private static func line(_ finding: Finding, in language: Language) -> StyledText {
    StyledText(finding.path.shortName, .name) + "  " + StyledText(finding.pointer.description, .quiet) + "  "
      + StyledText(finding.message.text(in: language))
  }
}
