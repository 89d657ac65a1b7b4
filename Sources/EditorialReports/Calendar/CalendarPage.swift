import Documents
public import EditorialDesk
import EditorialReview
import JSONTree
public import Wording

/// A calendar as one page to open in a browser, to print and to pin to a wall.
///
/// A month is a table of weeks that begin on Monday (ISO 8601); where the screen is narrow, its days stand under each
/// other and those without anything are left out. No script, nothing from elsewhere, every text of people escaped.
public struct CalendarPage {
  let calendar: EditorialCalendar
  let brand: String
  let language: Language

  public init(of calendar: EditorialCalendar, brand: String, in language: Language) {
    (self.calendar, self.brand, self.language) = (calendar, brand, language)
  }

  /// The page, in UTF-8, ended by a line feed.
  public var html: String {
    let title = "\(brand) – \(say(fr: "Calendrier", en: "Calendar"))"
    let months = months.map(month)
    return HTML.document(
      language: language == .french ? "fr" : "en",
      head: [
        .void("meta", [.plain(.charset, "utf-8")]),
        .void("meta", [.plain(.name, "generator"), .plain(.content, "Ligne")]),
        .void("meta", [.plain(.name, "viewport"), .plain(.content, "width=device-width, initial-scale=1")]),
        .element("title", [], .text(title)), .styleSheet(style),
      ],
      body: .element(
        "body", [], .newline, .element("h1", [], .text(brand)), .newline, HTML(months), notes, backlog))
  }

  // MARK: A month

  /// The first days of the months that have a day of the calendar.
  private var months: [CivilDate] {
    var months: [CivilDate] = []
    var first = calendar.days.lowerBound.startOfMonth
    while first <= calendar.days.upperBound {
      months.append(first)
      first = first.endOfMonth.adding(days: 1)
    }
    return months
  }

  private func month(_ first: CivilDate) -> HTML {
    let start = first.startOfWeek
    let days = first.endOfMonth.daysSince1970 - start.daysSince1970 + 1
    let weeks = (0..<(days + 6) / 7).map { week in (0..<7).map { start.adding(days: week * 7 + $0) } }
    let names = weeks[0].map { day in
      HTML.element("th", [.plain(.scope, "col")], .text(day.weekdayName.text(in: language)))
    }
    let rows = weeks.map { week in
      HTML.element("tr", [], HTML(week.map { self.day($0, in: first) })) + .newline
    }
    return .element(
      "section", [], .element("h2", [], .text(first.monthWording.text(in: language))), .newline,
      .element(
        "table", [.class("month")], .element("thead", [], .element("tr", [], HTML(names))), .newline,
        .element("tbody", [], .newline, HTML(rows)))) + .newline
  }

  private func day(_ day: CivilDate, in month: CivilDate) -> HTML {
    guard day.startOfMonth == month, calendar.days.contains(day) else {
      return .element("td", [.class("elsewhere")])
    }
    let milestones = calendar.milestones.filter { $0.at.date == day }.map { milestone in
      HTML.element("li", [.class("milestone")], time(milestone.at), .text(" \(milestone.title)"))
    }
    let entries = calendar.entries.filter { $0.at.date == day }.map(entry)
    let isEmpty = milestones.isEmpty && entries.isEmpty
    let number = HTML.element(
      "p", [.class("number")],
      .element(
        "span", [.class("weekday")], .text(day.weekdayName.text(in: language) + " ")),
      .text("\(day.day)"))
    let list = isEmpty ? HTML() : HTML.element("ul", [], HTML(milestones + entries))
    let isToday = day == calendar.today
    return .element("td", [.class(isToday ? "today" : isEmpty ? "empty" : "day")], number, list)
  }

  private func entry(_ entry: EditorialCalendar.Entry) -> HTML {
    let release = entry.release
    let state = HTML.element(
      "span", [.class(entry.waitsForSomebody ? "state waits" : "state")],
      .text(release.state.wording.text(in: language)))
    return .element(
      "li", [.class(release.takesItsPlace ? "release" : "release gone")],
      time(entry.at),
      .element("span", [.class("channel")], .text(" \(release.channel.text) ")),
      .element("span", [.class("title")], .text(release.document.title + " ")), state)
  }

  private func time(_ moment: Moment) -> HTML {
    .element(
      "time", [.plain(.dateTime, moment.description)],
      .text(moment.instant.timeWording(offset: moment.offset).text(in: language)))
  }

  // MARK: Under the months

  private var notes: HTML {
    let rows = (calendar.late + calendar.entries).filter { !$0.notes.isEmpty }.map { entry in
      HTML.element(
        "li", [],
        .text(entry.at.date.shortWording.text(in: language) + " "), time(entry.at),
        .text(" \(entry.release.channel.text) – \(entry.release.document.title)\(colon) "),
        .text(entry.notes.map { $0.text(in: language) }.joined(separator: "; ")))
    }
    let quiet = calendar.quietChannels.map(\.text).joined(separator: ", ")
    let none =
      quiet.isEmpty
      ? HTML()
      : HTML.element(
        "p", [], .text(say(fr: "Rien sur : \(quiet)", en: "Nothing on: \(quiet)")))
    if rows.isEmpty && quiet.isEmpty { return HTML() }
    let list = rows.isEmpty ? HTML() : HTML.element("ul", [], HTML(rows))
    return .element(
      "section", [.class("notes")], .element("h2", [], .text(say(fr: "À savoir", en: "To know"))), none, list)
      + .newline
  }

  private var backlog: HTML {
    guard !calendar.backlog.isEmpty else { return HTML() }
    let rows = calendar.backlog.map { undated in
      HTML.element(
        "li", [], .text(undated.document.title + (undated.channel.map { " – \($0.text)" } ?? "") + " "),
        .element("span", [.class("state")], .text(undated.state.wording.text(in: language))))
    }
    return .element(
      "section", [.class("notes")], .element("h2", [], .text(say(fr: "Sans date", en: "Without a date"))),
      .element("ul", [], HTML(rows))) + .newline
  }

  private var colon: String { say(fr: "\u{A0}:", en: ":") }

  private func say(fr french: String, en english: String) -> String {
    Sentence(fr: french, en: english).text(in: language)
  }

  private var style: StaticString {
    """
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 80rem; padding: 1rem 1.25rem; background: #ffffff; color: #1d1f21; \
    font: 1rem/1.4 system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", Arial, sans-serif; }
    h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.15rem; margin: 1.25rem 0 .5rem; }
    h2::first-letter { text-transform: uppercase; }
    .month { border-collapse: collapse; width: 100%; table-layout: fixed; }
    .month th { text-align: left; font-weight: 600; font-size: .8rem; color: #595752; padding: .2rem .4rem; }
    .month td { border: 1px solid #d8d3c8; vertical-align: top; height: 6.5rem; padding: .25rem .4rem; \
    overflow-wrap: anywhere; }
    .month .elsewhere { background: #f6f4ef; }
    .today { outline: 2px solid #1b4f8a; outline-offset: -2px; }
    .number { margin: 0; font-weight: 600; font-size: .85rem; } .weekday { display: none; }
    .month ul { list-style: none; margin: .15rem 0 0; padding: 0; font-size: .8rem; }
    .month li { margin-bottom: .3rem; padding-left: .4rem; border-left: 3px solid #d8d3c8; }
    .month .milestone { border-color: #1b4f8a; font-weight: 600; }
    .gone .title { text-decoration: line-through; }
    time, .channel { color: #595752; } .title { display: block; }
    .state { font-size: .75rem; color: #595752; }
    .waits { color: #7a4300; background: #fceed6; padding: 0 .25rem; border-radius: .25rem; }
    .notes ul { margin: .25rem 0; padding-left: 1.2rem; }
    @media screen and (max-width: 48rem) {
      .month, .month tbody, .month tr, .month td { display: block; width: auto; height: auto; }
      .month thead, .month .elsewhere, .month .empty { display: none; }
      .month td { margin-bottom: .5rem; } .weekday { display: inline; }
    }
    @media print {
      body { padding: 0; max-width: none; font-size: 8.5pt; line-height: 1.25; }
      h1 { font-size: 13pt; } h2 { font-size: 11pt; margin: 2mm 0 1mm; }
      .month th { font-size: 8pt; } .month td { height: 17mm; padding: .8mm 1mm; }
      .month ul, .number { font-size: 7.5pt; } .month li { margin-bottom: .8mm; } .state { font-size: 7pt; }
      .month tr { break-inside: avoid; }
      section + section { break-before: page; } section + .notes { break-before: auto; }
    }
    @page { size: landscape; margin: 10mm; }
    """
  }
}

extension EditorialCalendar.Entry {
  /// Whether it is on its way and not ready, or its time is to be looked at.
  fileprivate var waitsForSomebody: Bool {
    asksForALook || release.state.isAhead && release.state != .scheduled
  }
}
