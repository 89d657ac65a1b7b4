import Documents
import EditorialDesk
import JSONTree
import ObjectModel
import Wording

/// What a declaration would do, and what a plan lacks; for people and for scripts.
struct DrillAnswer {
  var drill: CrisisDrill
  var team: Documents.Team?

  func json(in language: Language) -> JSONValue {
    [
      "plan": .string(drill.plan.id), "path": JSONValue(drill.plan.path.text),
      "title": JSONValue(drill.plan.title), "level": drill.level?.id.map(JSONValue.string) ?? .null,
      "held": .array(drill.held.map(\.json)), "duties": .array(drill.duties.map(\.json)),
      "statements": .array(
        drill.statements.map { statement in
          [
            "id": statement.id.map(JSONValue.string) ?? .null,
            "slots": .array(statement.slots.map { .string($0.name) }),
          ]
        }),
      "gaps": .array(
        drill.gaps.map {
          ["code": JSONValue($0.code), "message": JSONValue($0.message.text(in: language))]
        }),
    ]
  }

  func page(when: ClockWording, in language: Language) -> Page {
    func say(_ sentence: Sentence) -> String { sentence.text(in: language) }
    let gaps = Self.gapCount.counted(drill.gaps.count)
    let level = drill.level?.shownName ?? "?"
    var page = Page(
      StyledText(
        say(Sentence(fr: "Exercice, niveau \(level) : ", en: "Drill, level \(level): ")), .strong)
        + StyledText(drill.plan.title, .strong)
        + StyledText("  " + gaps.text(in: language), drill.gaps.isEmpty ? .good : .attention))
    page.line(
      StyledText(say(Sentence(fr: "Rien n’est déclaré.", en: "Nothing is declared.")), .quiet))
    for gap in drill.gaps {
      page.line(StyledText("! ", .attention) + StyledText(gap.message.text(in: language)), indent: 2)
    }
    page.blank()
    page.line(StyledText(CrisisAnswer.heldCount.counted(drill.held.count).text(in: language), .strong))
    page.table(CrisisAnswer.table(of: drill.held.map { ($0, nil) }, when: when, in: language))
    CrisisDutyLines(team: team, language: language).add(drill.duties, to: &page)
    page.add(when.note)
    let name = drill.plan.path.shortName
    page.next =
      drill.gaps.isEmpty
      ? Sentence(
        fr: "La date de l’exercice est sur le plan : « ligne commit -m \"Exercice\" » la garde.",
        en: "The day of the drill is on the plan: “ligne commit -m \"Drill\"” keeps it.")
      : Sentence(
        fr:
          "« ligne edit \(name) » comble ce qui manque; « ligne review approve \(name) » l’approuve ensuite.",
        en: "“ligne edit \(name)” mends what is missing; “ligne review approve \(name)” approves it then.")
    return page
  }

  private static let gapCount = CountedNoun(
    fr: ("chose manque", "choses manquent"), en: ("thing is missing", "things are missing"))
}
