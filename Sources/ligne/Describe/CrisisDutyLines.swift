import Documents
import EditorialDesk
import JSONTree
import Wording

/// Who does what in a crisis, as lines of a page.
struct CrisisDutyLines {
  var team: Documents.Team?
  var language: Language

  func add(_ duties: [CrisisDuty], to page: inout Page) {
    guard !duties.isEmpty else { return }
    page.blank()
    page.line(StyledText(Sentence(fr: "Qui fait quoi", en: "Who does what").text(in: language), .strong))
    for duty in duties {
      page.line(dutyLine(duty), indent: 2)
      if duty.role != nil { page.line(reachLine(duty), indent: 4) }
      for task in duty.tasks {
        let when = task.when.map { StyledText("  (\($0))", .quiet) } ?? StyledText()
        page.line(StyledText("☐ \(task.text)") + when, indent: 4)
      }
    }
  }

  private func dutyLine(_ duty: CrisisDuty) -> StyledText {
    guard let role = duty.role else {
      return StyledText(Sentence(fr: "tout le monde", en: "everybody").text(in: language), .strong)
    }
    var line = StyledText(role, .strong) + "  "
    line +=
      duty.holder.map { StyledText(name(of: $0)) }
      ?? StyledText(Sentence(fr: "personne", en: "nobody").text(in: language), .attention)
    if let standIn = duty.standIn {
      let person = name(of: standIn)
      line += StyledText(
        Sentence(fr: "; aujourd’hui, \(person)", en: "; today, \(person)").text(in: language), .attention)
    }
    return line
  }

  /// How to reach whoever has the role, and who comes next.
  private func reachLine(_ duty: CrisisDuty) -> StyledText {
    let deputy = duty.deputy.map(name(of:))
    let line = StyledText(
      (deputy.map { Sentence(fr: "relève : \($0)", en: "deputy: \($0)") }
        ?? Sentence(fr: "sans relève", en: "no deputy")).text(in: language),
      deputy == nil ? .attention : .quiet)
    return duty.contact.map { line + StyledText("; \($0)", .quiet) } ?? line
  }

  private func name(of person: JSONString) -> String { team?.member(person)?.shownName ?? person.text }
}

extension CrisisDuty {
  var json: JSONValue {
    func text(_ text: String?) -> JSONValue { text.map { JSONValue($0) } ?? .null }
    return [
      "role": text(role), "holder": holder.map(JSONValue.string) ?? .null,
      "deputy": deputy.map(JSONValue.string) ?? .null, "standIn": standIn.map(JSONValue.string) ?? .null,
      "contact": text(contact),
      "tasks": .array(
        tasks.map { ["id": JSONValue($0.id), "text": JSONValue($0.text), "when": text($0.when)] }),
    ]
  }
}
