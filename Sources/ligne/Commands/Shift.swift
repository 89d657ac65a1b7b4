import ArgumentParser
import Documents
import EditorialDesk
import EditorialReview
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne {
  /// Moves everything that is planned in some days.
  struct Shift: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "shift",
        abstract: Sentence(
          fr: "Décaler tout ce qui est prévu sur une période", en: "Move everything planned in some days"),
        discussion: Sentence(
          fr: """
            Par jours et par semaines, l’heure affichée reste la même, aussi au changement d’heure; par heures et par \
            minutes, c’est le temps qui passe. Ce qui est sorti ou annulé ne bouge pas, ni ce qui dépend d’une étape : il \
            suit l’étape. Tout est décalé ensemble, ou rien.
            """,
          en: """
            By days and weeks the hour on the clock stays, also where summer time begins or ends; by hours and minutes it \
            is the time that passes. What went out or was cancelled stays, and so does what hangs on a milestone: it \
            follows the milestone. Everything is moved together, or nothing.
            """))
    }

    @Option(help: .init(fr: "Depuis ce jour", en: "From this day", value: Localized.Value.date))
    var from: String

    @Option(
      help: .init(
        fr: "Jusqu’à ce jour; le même, si rien n’est dit", en: "To this day; the same, if nothing is said",
        value: Localized.Value.date))
    var to: String?

    @Option(
      help: .init(
        fr: "De combien : 2d, -1w, 3h, -90m", en: "By how much: 2d, -1w, 3h, -90m",
        value: Localized.Value.duration))
    var by: String

    @Option(help: .init(fr: "Sur ce canal", en: "On this channel", value: Localized.Value.channel))
    var channel: String?

    @Flag(help: .init(fr: "Montrer sans rien changer", en: "Show without changing anything"))
    var dryRun = false

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      guard let distance = TimeShift(by) else { throw UnreadableShift(text: by) }
      let workspace = try session.openWorkspace()
      let clock = try session.clock(of: workspace)
      let folder = try workspace.documentsOfFolder()
      let states = try workspace.states(of: folder, at: session.date().instant)
      let days = try CalendarDays(
        from: from, to: to, view: nil, everything: false, length: 1, clock: clock)
      let calendar = EditorialCalendar(
        of: states, days: days.range, on: try workspace.channel(named: channel), clocks: clock.rules,
        zones: TimeZoneName.knownRules)
      let shift = ReleaseShift(of: calendar.entries, by: distance, zones: TimeZoneName.knownRules)
      if !dryRun {
        try workspace.change(shift.paths, for: "shift", by: session.attribution(in: workspace)) {
          path, value in
          try shift.applied(to: value, at: path)
        }
      }
      let answer = ShiftAnswer(shift, isDone: !dryRun, language: session.language)
      var page = answer.page
      page.add(ClockWording(clock: clock, language: session.language).note)
      try session.answer(json: answer.json, page: page)
    }
  }
}

/// A distance that can't be read.
struct UnreadableShift: ExplainedError {
  var text: String

  var code: String { "unreadable-shift" }

  var message: Sentence {
    Sentence(
      fr: "\(Language.french.quoted(text)) ne dit pas de combien décaler.",
      en: "\(Language.english.quoted(text)) does not say how far to move.")
  }

  var hint: Sentence? {
    Sentence(
      fr: "Un nombre et une unité : 2d (jours), -1w (semaines), 3h, 90m; dix ans au plus.",
      en: "A number and a unit: 2d (days), -1w (weeks), 3h, 90m; ten years at most.")
  }
}
