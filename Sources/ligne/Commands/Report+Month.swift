import Documents
import EditorialDesk
import EditorialReports
import EditorialReview
import JSONTree
import SyncEngine
import Wording

extension Ligne.Report {
  /// The report of a month, printed as Markdown or written to files.
  func reportMonth(_ typed: String, in session: Session) throws {
    let workspace = try session.openWorkspace()
    let clock = try session.clock(of: workspace)
    guard let month = clock.month(typed: typed, towards: .past) ?? CivilDate(typed) else {
      throw UnreadableMonth(text: typed)
    }
    let folder = try session.documentsOfFolder(in: workspace)
    let states = try workspace.states(of: folder, at: session.date().instant)
    let review = MonthReview(of: month, states, clocks: clock.rules)
    let report = MonthReport(review, in: session.language)
    var files: [MadeFile] = []
    if let html { files.append(MadeFile(html, page: report.html)) }
    if let csv { files.append(MadeFile(csv, report.csv, knownBy: "\u{FEFF}tabl")) }
    if let markdown {
      let mark = "<!-- ligne -->"
      files.append(MadeFile(markdown, "\(mark)\n\(report.markdown)", knownBy: mark))
    }
    try session.hand(
      over: files, json: review.json, page: Self.page(of: report, files.map(\.name), in: session.language))
  }

  private static func page(of report: MonthReport, _ files: [String], in language: Language) -> Page {
    if files.isEmpty {
      var page = Page()
      page.quote(String(report.markdown.dropLast()), indent: 0)
      return page
    }
    let said = Sentence(fr: "Le rapport est écrit : ", en: "The report is written: ").text(in: language)
    return Page(StyledText(said) + StyledText(files.joined(separator: ", "), .name))
  }
}

/// A month that can't be read.
private struct UnreadableMonth: ExplainedError {
  var text: String

  var code: String { "unreadable-month" }

  var message: Sentence {
    Sentence(
      fr: "\(Language.french.quoted(text)) n’est pas un mois.",
      en: "\(Language.english.quoted(text)) is not a month.")
  }

  var hint: Sentence? {
    Sentence(
      fr: "Un mois s’écrit 2026-11, ou « novembre », « le mois dernier ».",
      en: "A month is written 2026-11, or “november”, “last month”.")
  }
}

extension MonthReview {
  var json: JSONValue {
    [
      "month": JSONValue(String(month.description.prefix(7))), "brand": JSONValue(brand),
      "dialogue": .array(
        dialogue.channels.map { channel, figures in
          func seconds(_ value: Int?) -> JSONValue { value.map { .number(JSONNumber($0)) } ?? .null }
          return [
            "channel": .string(channel), "received": .number(JSONNumber(figures.received)),
            "answered": .number(JSONNumber(figures.answered)),
            "putAside": .number(JSONNumber(figures.putAside)),
            "percent": seconds(figures.percent), "medianSeconds": seconds(figures.calendar(percentile: 50)),
            "p90Seconds": seconds(figures.calendar(percentile: 90)),
          ]
        }),
      "indicators": .array(indicators.map { $0.json(of: month) }),
      "channels": .array(
        channels.map { figures in
          [
            "channel": .string(figures.channel), "published": .number(JSONNumber(figures.published)),
            "corrected": .number(JSONNumber(figures.corrected)),
            "withdrawn": .number(JSONNumber(figures.withdrawn)),
            "missed": .number(JSONNumber(figures.missed)),
          ]
        }),
      "pillars": .array(
        pillars.map { share in
          [
            "pillar": JSONValue(share.pillar), "count": .number(JSONNumber(share.count)),
            "wanted": share.wanted.map { .number($0) } ?? .null,
          ]
        }),
      "natures": .object(
        JSONObject(
          uniqueMembers: natures.map {
            JSONObject.Member(key: JSONString($0.nature), value: .number(JSONNumber($0.count)))
          })),
      "crises": .array(crises.map { .string($0.id) }), "planned": .number(JSONNumber(planned)),
    ]
  }
}

extension IndicatorSeries {
  fileprivate func json(of month: CivilDate) -> JSONValue {
    let reading = reading(of: month)
    let series = readings.filter { $0.month <= month }.map { reading in
      JSONObject.Member(
        key: JSONString(String(reading.month.description.prefix(7))), value: .number(reading.number))
    }
    return [
      "id": indicator.id.map { .string($0) } ?? .null, "name": indicator.name.map { JSONValue($0) } ?? .null,
      "unit": indicator.unit.map { JSONValue($0) } ?? .null,
      "value": reading.map { .number($0.number) } ?? .null,
      "target": indicator.target.map { .number($0) } ?? .null,
      "source": reading.map { JSONValue($0.source) } ?? .null,
      "takenAt": reading.map { JSONValue($0.at.description) } ?? .null,
      "months": .object(JSONObject(uniqueMembers: series)),
    ]
  }
}
