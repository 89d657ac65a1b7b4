import Documents
import EditorialDesk
import JSONTree
import Wording

/// The crises of a workspace, for people and for scripts.
struct CrisesAnswer {
  /// The gravest first.
  var crises: [CrisisSituation]
  var team: Documents.Team?

  private var answers: [CrisisAnswer] {
    crises.map { situation in
      var answer = CrisisAnswer(situation)
      answer.team = team
      return answer
    }
  }

  /// Where the gravest stands, and all of them under `crises`.
  var json: JSONValue {
    let all = answers.map(\.json)
    guard let first = all.first, case .object(var object) = first else {
      return ["activation": .null, "level": .null, "state": .null, "held": [], "crises": []]
    }
    object["crises"] = .array(all)
    return .object(object)
  }

  func page(when: ClockWording, in language: Language) -> Page {
    guard let first = answers.first else {
      var page = Page(
        StyledText(
          Sentence(fr: "Aucune crise n’est en cours.", en: "No crisis is under way.").text(in: language)))
      page.next = Sentence(
        fr: "« ligne list crisis-plan » montre les plans; « ligne crisis drill PLAN » en fait l’exercice.",
        en: "“ligne list crisis-plan” shows the plans; “ligne crisis drill PLAN” rehearses one.")
      return page
    }
    guard answers.count > 1 else { return first.page(when: when, in: language) }
    let open = crises.filter { !$0.activation.isClosed }.count
    let count = Self.underWay.counted(open)
    var page = Page(StyledText(count.text(in: language), .strong))
    for answer in answers {
      page.blank()
      page.append(answer.page(when: when, in: language))
    }
    if open > 1, let open = crises.last(where: { !$0.activation.isClosed }) {
      let name = open.document.path.shortName
      page.next = Sentence(
        fr:
          "Si deux crises n’en font qu’une : « ligne crisis end \(name) » en ferme une, l’autre retient encore.",
        en: "If two of them are one: “ligne crisis end \(name)” closes one, the other still holds.")
    }
    return page
  }

  private static let underWay = CountedNoun(
    fr: ("crise en cours", "crises en cours"), en: ("crisis under way", "crises under way"))
}
