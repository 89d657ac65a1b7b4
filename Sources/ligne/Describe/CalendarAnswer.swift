import Documents
import EditorialDesk
import EditorialReview
import JSONTree
import ObjectModel
import Wording

/// A calendar in words: day by day, or as the grid of a month.
struct CalendarAnswer {
  private let calendar: EditorialCalendar
  private let view: CalendarDays.View?
  private let language: Language

  init(_ calendar: EditorialCalendar, view: CalendarDays.View?, language: Language) {
    (self.calendar, self.view, self.language) = (calendar, view, language)
  }

  // MARK: JSON

  var json: JSONValue {
    .array(
      (calendar.late + calendar.entries).map { entry in
        let release = entry.release
        var object: JSONObject = [
          "id": .string(release.document.id), "channel": .string(release.channel),
          "at": JSONValue(release.at.description), "title": JSONValue(release.document.title),
          "state": JSONValue(release.state.rawValue), "path": JSONValue(release.document.path.text),
          "zone": release.zone.map { JSONValue($0) } ?? .null,
          "remarks": .array(entry.remarks.map { JSONValue($0.code) }),
        ]
        if let anchor = entry.anchor {
          object["anchor"] = [
            "milestone": JSONValue(anchor.milestone), "minutes": .number(JSONNumber(anchor.minutes)),
            "holds": .bool(anchor.holds),
          ]
        }
        return .object(object)
      })
  }

  // MARK: Pages

  /// What was written where.
  func page(ofFiles files: [String]) -> Page {
    var page = Page(
      StyledText(
        Sentence(fr: "\(count.french) dans ", en: "\(count.english) in ").text(in: language))
        + StyledText(files.joined(separator: ", "), .name))
    for entry in calendar.entries where entry.asksForALook { page.line(remark(entry), indent: 2) }
    return page
  }

  func page() -> Page {
    var page = Page(heading)
    if !calendar.late.isEmpty {
      let count = CountedNoun(
        fr: ("sortie d’avant n’est pas notée", "sorties d’avant ne sont pas notées"),
        en: ("release before that is not recorded", "releases before that are not recorded")
      ).counted(calendar.late.count)
      page.line(StyledText(count.text(in: language), .attention))
      page.list(calendar.late.map(remark), atMost: 5, in: language)
    }
    let agenda = agenda
    if view == .month {
      page.blank()
      page.grid(grid(narrow: agenda))
      page.blank()
      page.line(StyledText(Self.legend.text(in: language), .quiet))
    } else if !agenda.rows.isEmpty {
      page.table(agenda)
    }
    for entry in calendar.entries where !entry.notes.isEmpty { page.line(remark(entry)) }
    if !calendar.quietChannels.isEmpty {
      let names = calendar.quietChannels.map(\.text).joined(separator: ", ")
      page.line(
        StyledText(Sentence(fr: "Rien sur : \(names)", en: "Nothing on: \(names)").text(in: language), .quiet)
      )
    }
    describeBacklog(on: &page)
    page.next = next
    return page
  }

  private var count: Sentence {
    CountedNoun(fr: ("sortie", "sorties"), en: ("release", "releases")).counted(
      calendar.entries.count(where: \.release.takesItsPlace))
  }

  private var heading: StyledText {
    let (first, last) = (calendar.days.lowerBound, calendar.days.upperBound)
    let range: Sentence =
      switch view {
      case .month: Sentence(fr: "en \(first.monthWording.french)", en: "in \(first.monthWording.english)")
      case .day: first.wording
      default:
        Sentence(
          fr: "du \(first.shortWording.french) au \(last.shortWording.french) \(last.year)",
          en: "from \(first.shortWording.english) to \(last.shortWording.english), \(last.year)")
      }
    let gaps = calendar.gaps.count
    let days = CountedNoun(fr: ("jour vide", "jours vides"), en: ("empty day", "empty days")).counted(gaps)
    let empty =
      gaps > 0 && view != .day ? Sentence(fr: " · \(days.french)", en: " · \(days.english)") : nil
    let text = Sentence(fr: "\(count.french) \(range.french)", en: "\(count.english) \(range.english)")
    return StyledText(text.text(in: language), .strong)
      + StyledText(empty.map { $0.text(in: language) } ?? "", .quiet)
  }

  /// One row for each release and milestone; of a week, one for each empty day, too.
  private var agenda: Table {
    var table = Table([
      Table.Column(title: title("")), Table.Column(title: title("")), Table.Column(title: title("")),
      Table.Column(title: title("")), Table.Column(title: title(""), isFlexible: true),
      Table.Column(title: title("")),
    ])
    var last: CivilDate?
    func day(_ date: CivilDate) -> StyledText {
      defer { last = date }
      guard date != last else { return StyledText() }
      return StyledText(date.shortWording.text(in: language), date == calendar.today ? .strong : .quiet)
    }
    for line in lines {
      switch line {
      case .empty(let date):
        table.add([day(date), StyledText("–", .quiet)] + Array(repeating: StyledText(), count: 4))
      case .milestone(let milestone):
        table.add([
          day(milestone.at.date), time(milestone.at), StyledText("◆"), StyledText(),
          StyledText(milestone.title, .strong), StyledText(),
        ])
      case .entry(let entry):
        let release = entry.release
        table.add([
          day(entry.at.date), time(entry.at),
          StyledText(entry.asksForALook ? "!" : "", .attention),
          StyledText(release.channel.text, .name), StyledText(release.document.title),
          StyledText(release.state.wording.text(in: language), release.state.style),
        ])
      }
    }
    return table
  }

  private enum Line {
    case empty(CivilDate)
    case milestone(EditorialCalendar.Milestone)
    case entry(EditorialCalendar.Entry)

    var seconds: Int {
      switch self {
      case .empty: .min
      case .milestone(let milestone): milestone.at.instant.secondsSince1970
      case .entry(let entry): entry.at.instant.secondsSince1970
      }
    }
    var date: CivilDate {
      switch self {
      case .empty(let date): date
      case .milestone(let milestone): milestone.at.date
      case .entry(let entry): entry.at.date
      }
    }
  }

  private var lines: [Line] {
    let busy = calendar.milestones.map { Line.milestone($0) } + calendar.entries.map { .entry($0) }
    let days = Set(busy.map(\.date))
    let empty = view == .week ? calendar.gaps.filter { !days.contains($0) }.map { Line.empty($0) } : []
    return (busy + empty).enumerated().sorted {
      ($0.element.date.daysSince1970, $0.element.seconds, $0.offset)
        < ($1.element.date.daysSince1970, $1.element.seconds, $1.offset)
    }.map(\.element)
  }

  private func time(_ moment: Moment) -> StyledText {
    StyledText(String(moment.instant.columnWording(offset: moment.offset).suffix(5)), .quiet)
  }

  private func title(_ text: String) -> SafeText { SafeText(line: text) }

  private func remark(_ entry: EditorialCalendar.Entry) -> StyledText {
    let notes = entry.notes.map { $0.text(in: language) }.joined(separator: "; ")
    let place = "\(entry.at.instant.columnWording(offset: entry.at.offset)) \(entry.release.channel.text)"
    let colon = Sentence(fr: "\u{A0}: ", en: ": ").text(in: language)
    return StyledText(entry.asksForALook ? "! " : "  ", .attention) + StyledText(place, .quiet)
      + StyledText(" \(entry.release.document.title)\(colon)\(notes)")
  }

  private func describeBacklog(on page: inout Page) {
    guard !calendar.backlog.isEmpty else { return }
    let posts = CountedNoun(fr: ("publication", "publications"), en: ("post", "posts"))
      .counted(Set(calendar.backlog.map(\.document.path)).count)
    page.blank()
    page.line(
      StyledText(
        Sentence(fr: "\(posts.french) sans date", en: "\(posts.english) without a date").text(in: language),
        .strong))
    var table = Table([
      Table.Column(title: title(""), isFlexible: true), Table.Column(title: title("")),
      Table.Column(title: title("")), Table.Column(title: title("")),
    ])
    for undated in calendar.backlog {
      table.add([
        StyledText(undated.document.title), StyledText(undated.channel?.text ?? "", .name),
        StyledText(undated.state.wording.text(in: language), undated.state.style),
        StyledText(String(undated.document.id.text.suffix(6)), .name),
      ])
    }
    page.table(table)
  }

  private var next: Sentence? {
    let late = calendar.late + calendar.entries.filter { $0.remarks.contains(.late) }
    if let release = late.first?.release {
      let (name, channel) = (release.document.path.shortName, release.channel.text)
      guard release.state == .scheduled else {
        let words = "ligne schedule \(name) --channel \(channel) --at …"
        return Sentence(
          fr: "« \(words) » donne une autre heure à la première.",
          en: "“\(words)” gives the first another time.")
      }
      let publish = "ligne publish \(name) --channel \(channel) --at \(release.at)"
      let schedule = "ligne schedule \(name) --channel \(channel) --at …"
      return Sentence(
        fr: "« \(publish) » note que c’est sorti alors; « \(schedule) » donne une autre heure.",
        en: "“\(publish)” records that it went out then; “\(schedule)” gives it another time.")
    }
    if let undated = calendar.backlog.first, let channel = undated.channel {
      let words = "ligne schedule \(undated.document.path.shortName) --channel \(channel.text) --at …"
      return Sentence(fr: "« \(words) » donne une date.", en: "“\(words)” gives a date.")
    }
    return nil
  }

  // MARK: The grid of a month

  private static let legend = Sentence(
    fr: "! à revoir   ● programmée   ✓ sortie   ○ pas prête   × annulée   ◆ étape",
    en: "! to look at   ● scheduled   ✓ out   ○ not ready   × cancelled   ◆ milestone")

  private func grid(narrow: Table) -> Grid {
    let month = calendar.days.lowerBound.startOfMonth
    let start = month.startOfWeek
    let weeks = (month.endOfMonth.daysSince1970 - start.daysSince1970) / 7 + 1
    let rows = (0..<weeks).map { week in
      (0..<7).map { cell(start.adding(days: week * 7 + $0), in: month) }
    }
    let titles = (0..<7).map { day in
      StyledText(start.adding(days: day).shortWeekdayName.text(in: language), .quiet)
    }
    return Grid(titles: titles, rows: rows, leastCell: 9, narrow: narrow)
  }

  /// A day of the grid: its number, then what is on it, a few lines at most.
  private func cell(_ day: CivilDate, in month: CivilDate) -> [StyledText] {
    guard day.startOfMonth == month else { return [] }
    let number = StyledText("\(day.day)", day == calendar.today ? .strong : .quiet)
    let mark = day == calendar.today ? StyledText(" ◂", .strong) : StyledText()
    let milestones = calendar.milestones.filter { $0.at.date == day }.map { StyledText("◆\($0.title)") }
    let entries = calendar.entries.filter { $0.at.date == day }.map { entry in
      StyledText(entry.asksForALook ? "!" : entry.release.mark, entry.release.state.style)
        + time(entry.at)
        + StyledText(" \(entry.release.channel.text)")
    }
    let all = milestones + entries
    let shown = all.count > Self.mostInACell ? all.prefix(Self.mostInACell - 1) : all[...]
    let more = all.count > shown.count ? [StyledText("+\(all.count - shown.count)", .quiet)] : []
    return [number + mark] + shown + more
  }

  private static let mostInACell = 5
}

extension Release {
  /// One sign for a narrow place; its legend stands under it.
  fileprivate var mark: String {
    if state == .withdrawn || !takesItsPlace { return "×" }
    return wentOut ? "✓" : state == .scheduled ? "●" : "○"
  }
}

extension EditorialCalendar.Remark {
  /// What scripts see.
  fileprivate var code: String {
    switch self {
    case .tooClose: "same-minutes"
    case .outsideAudience: "outside-audience"
    case .overDay: "over-day"
    case .overWeek: "over-week"
    case .late: "late"
    }
  }
}
