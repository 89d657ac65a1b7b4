import ArgumentParser
import Documents
import EditorialDesk
import EditorialReports
import EditorialReview
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne {
  /// Shows what goes out when.
  struct Calendar: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "calendar",
        abstract: Sentence(fr: "Voir ce qui sort, et quand", en: "See what goes out, and when"),
        discussion: Sentence(
          fr: """
            Les quatre semaines qui viennent, ou les jours que vous nommez, à l’heure de la marque : ce qui est prévu et ce \
            qui est sorti, les étapes des campagnes, les jours vides, ce qui n’a pas de date. Un point d’exclamation marque une heure à \
            revoir : une autre publication dans les mêmes minutes, un public absent, un canal trop chargé, une étape \
            déplacée. --ics écrit le fichier que lisent les agendas; --html une page à imprimer; « - » est la sortie standard.
            """,
          en: """
            The next four weeks, or the days you name, by the brand’s clocks: what is planned and what went out, the \
            milestones of campaigns, empty days, and what has no date. An exclamation mark shows a time to look at again: another post in \
            the same minutes, an audience elsewhere, a channel with too much, a milestone that moved. --ics writes the \
            file that calendars read; --html a page to print; “-” is standard output.
            """))
    }

    @Argument(
      help: .init(
        fr: "« day », « week » (du lundi au dimanche) ou « month » (en grille)",
        en: "“day”, “week” (from Monday to Sunday) or “month” (as a grid)",
        value: Localized.text(fr: "période", en: "period")))
    var period: CalendarDays.View?

    @Option(
      help: .init(
        fr: "Depuis ce jour ou ce mois, comme 2026-12-01 ou 2026-12",
        en: "From this day or month, such as 2026-12-01 or 2026-12", value: Localized.Value.date))
    var from: String?

    @Option(
      help: .init(
        fr: "Jusqu’à ce jour, ou à la fin de ce mois", en: "To this day, or the end of this month",
        value: Localized.Value.date))
    var to: String?

    @Option(help: .init(fr: "Sur ce canal", en: "On this channel", value: Localized.Value.channel))
    var channel: String?

    @Option(
      help: .init(
        fr: "Écrire un fichier pour les agendas", en: "Write a file for calendars",
        value: Localized.Value.file),
      completion: .file())
    var ics: String?

    @Option(
      help: .init(fr: "Écrire une page à imprimer", en: "Write a page to print", value: Localized.Value.file),
      completion: .file())
    var html: String?

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      if period != nil, to != nil {
        throw ValidationError(
          fr: "« --to » ne va pas avec une période, qui dit où finir.",
          en: "“--to” does not go with a period, which says where to end.")
      }
      try MadeFile.validate([ics, html], options)
    }

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let clock = try session.clock(of: workspace)
      let folder = try session.documentsOfFolder(in: workspace)
      let states = try workspace.states(of: folder, at: session.date().instant)
      let days = try CalendarDays(
        from: from, to: to, view: period ?? (html != nil && from == nil && to == nil ? .month : nil),
        everything: ics != nil && html == nil,
        clock: clock)
      let calendar = EditorialCalendar(
        of: states, days: days.range, on: try workspace.channel(named: channel), clocks: clock.rules,
        zones: TimeZoneName.knownRules)
      let brand = try workspace.settings().brand ?? "Ligne"
      var files: [MadeFile] = []
      if let ics {
        let documents = Swift.Set(
          calendar.entries.map(\.release.document.path) + calendar.milestones.map(\.campaign.path))
        let changes = try workspace.lastChanges(of: documents)
        let file = iCalendarFile(
          of: calendar, name: brand, zone: try workspace.settings().timeZone ?? "UTC", in: session.language,
          documents: folder.collection,
          zones: TimeZoneName.knownRules
        ) { document in changes[document.path].map { Instant(secondsSince1970: Int(clamping: $0.time)) } }
        files.append(MadeFile(ics, file, knownBy: "PRODID:-//Ligne//"))
      }
      if let html {
        files.append(
          MadeFile(html, page: CalendarPage(of: calendar, brand: brand, in: session.language).html))
      }
      let answer = CalendarAnswer(calendar, view: days.view, language: session.language)
      var page = files.isEmpty ? answer.page() : answer.page(ofFiles: files.map(\.name))
      if files.isEmpty { page.add(ClockWording(clock: clock, language: session.language).note) }
      try session.hand(over: files, json: answer.json, page: page)
    }
  }
}

/// The days a person means.
struct CalendarDays: Hashable {
  enum View: String, CaseIterable, Hashable, ExpressibleByArgument { case day, week, month }

  var range: ClosedRange<CivilDate>
  var view: View?

  /// - Parameters:
  ///   - everything: Whether nothing that has a time is left out, where no day is named.
  ///   - length: How many days they are where no last one is named.
  init(
    from: String?, to: String?, view: View?, everything: Bool, length: Int = 28, clock: ZonedClock
  ) throws {
    self.view = view
    let first = try from.map { try Self.days(typed: $0, clock, towards: .nearest) }
    // “from the 1st to the 3rd” is three days, wherever today is.
    let last = try to.map {
      try Self.days(typed: $0, clock, from: first?.lowerBound, towards: first == nil ? .nearest : .future)
    }
    let start = first?.lowerBound ?? (everything ? CivilDate(year: 0, month: 1, day: 1) : nil) ?? clock.today
    switch view {
    case .day: range = start...start
    case .week: range = start.startOfWeek...start.startOfWeek.adding(days: 6)
    case .month: range = start.startOfMonth...start.endOfMonth
    case nil:
      let named = first.map(\.upperBound).flatMap { $0 > start ? $0 : nil }
      let open =
        everything ? CivilDate(year: 9999, month: 12, day: 31) ?? start : start.adding(days: length - 1)
      let end = last?.upperBound ?? named ?? open
      guard end >= start else { throw EmptyCalendar(from: start, to: end) }
      range = start...end
    }
  }

  /// A day, or the days of a month.
  private static func days(
    typed text: String, _ clock: ZonedClock, from start: CivilDate? = nil,
    towards direction: TypedTime.Direction
  ) throws -> ClosedRange<CivilDate> {
    if let first = clock.month(typed: text, from: start, towards: direction) {
      return first...first.endOfMonth
    }
    let day = try clock.day(typed: text, from: start, towards: direction)
    return day...day
  }
}

/// A calendar that would end before it begins.
private struct EmptyCalendar: ExplainedError {
  var from, to: CivilDate

  var code: String { "empty-range" }

  var message: Sentence {
    Sentence(
      fr: "Ce calendrier finirait avant de commencer : du \(from) au \(to)",
      en: "This calendar would end before it begins: from \(from) to \(to)")
  }

  var hint: Sentence? {
    Sentence(fr: "Échangez les deux dates.", en: "Exchange the two dates.")
  }
}
