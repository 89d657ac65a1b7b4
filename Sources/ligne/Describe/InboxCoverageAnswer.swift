import EditorialDesk
import JSONTree
import Wording

extension InboxCoverage {
  var json: JSONValue {
    [
      "total": .object(total.json),
      "weeks": .array(
        rows.map { row in
          var object = row.figures.json
          object["channel"] = .string(row.channel)
          object["week"] = JSONValue(row.week.description)
          object["from"] = JSONValue(row.week.monday.description)
          return .object(object)
        }),
    ]
  }

  func described(in language: Language) -> Page {
    guard let percent = total.percent else {
      var page = Page(
        StyledText(
          Sentence(fr: "Personne n’a rien demandé.", en: "Nobody asked anything.").text(in: language), .strong
        ))
      if total.putAside > 0 { page.line(StyledText(putAside.text(in: language), .quiet)) }
      return page
    }
    let (french, english) = (Language.french, Language.english)
    let question = CountedNoun(fr: ("question", "questions"), en: ("question", "questions"))
    let was = CountedNoun(
      fr: ("a eu sa réponse", "ont eu leur réponse"), en: ("was answered", "were answered"))
    var page = Page(
      StyledText(
        Sentence(
          fr: """
            \(question.counted(total.answered).french) sur \(french.number(total.received)) \
            \(was.form(for: total.answered).french), soit \(percent)\u{A0}%
            """,
          en: """
            \(english.number(total.answered)) of \(question.counted(total.received).english) \
            \(was.form(for: total.answered).english), \(percent)%
            """
        ).text(in: language), .strong))
    if let median = total.calendar(percentile: 50), let slow = total.calendar(percentile: 90) {
      let (half, most) = (Sentence.length(ofSeconds: median), Sentence.length(ofSeconds: slow))
      page.line(
        StyledText(
          Sentence(
            fr: "La moitié des réponses en \(half.french), neuf sur dix en \(most.french).",
            en: "Half of the answers within \(half.english), nine in ten within \(most.english)."
          ).text(in: language)))
    }
    if total.putAside > 0 { page.line(StyledText(putAside.text(in: language), .quiet)) }
    page.table(table(in: language))
    return page
  }

  private var putAside: Sentence {
    let counted = CountedNoun(
      fr: ("question mise de côté sans réponse", "questions mises de côté sans réponse"),
      en: ("question put aside without an answer", "questions put aside without an answer")
    ).counted(total.putAside)
    return Sentence(fr: counted.french + ".", en: counted.english + ".")
  }

  private func table(in language: Language) -> Table {
    func title(_ french: String, _ english: String) -> SafeText {
      SafeText(line: Sentence(fr: french, en: english).text(in: language))
    }
    var table = Table([
      .init(title: title("canal", "channel"), isFlexible: true), .init(title: title("semaine", "week")),
      .init(title: title("répondues", "answered"), side: .trailing),
      .init(title: title("de côté", "aside"), side: .trailing, isDispensable: true),
      .init(title: title("médiane", "median"), side: .trailing),
      .init(title: title("9 sur 10", "9 in 10"), side: .trailing),
      .init(title: title("ouvrables", "business"), side: .trailing),
      .init(title: title("9 sur 10", "9 in 10"), side: .trailing),
    ])
    for row in rows {
      let figures = row.figures
      func time(_ seconds: Int?) -> StyledText {
        StyledText(seconds.map { Sentence.length(ofSeconds: $0).text(in: language) } ?? "")
      }
      table.add([
        StyledText(row.channel.text), StyledText(row.week.description, .quiet),
        StyledText(
          "\(figures.answered)/\(figures.received)", figures.waiting > 0 ? .attention : .plain),
        StyledText(figures.putAside == 0 ? "" : "\(figures.putAside)", .quiet),
        time(figures.calendar(percentile: 50)), time(figures.calendar(percentile: 90)),
        time(figures.business(percentile: 50)), time(figures.business(percentile: 90)),
      ])
    }
    return table
  }
}

extension InboxCoverage.Figures {
  /// Times in seconds.
  fileprivate var json: JSONObject {
    func number(_ value: Int?) -> JSONValue { value.map { .number(JSONNumber($0)) } ?? .null }
    return [
      "received": number(received), "answered": number(answered), "waiting": number(waiting),
      "putAside": number(putAside), "percent": number(percent),
      "median": number(calendar(percentile: 50)), "ninetieth": number(calendar(percentile: 90)),
      "medianBusiness": number(business(percentile: 50)),
      "ninetiethBusiness": number(business(percentile: 90)),
    ]
  }
}
