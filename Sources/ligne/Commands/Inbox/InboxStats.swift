import ArgumentParser
import Documents
import EditorialDesk
import JSONTree
import SyncEngine
import Wording

extension Ligne.Inbox {
  /// Who got an answer, and how fast.
  struct Stats: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "stats",
        abstract: Sentence(
          fr: "Part des questions répondues et temps de réponse",
          en: "Share of questions answered, and time to the answer"),
        discussion: Sentence(
          fr: """
            Par canal et par semaine, du lundi au dimanche. Une question est ce qu’une personne a écrit avant qu’on lui \
            réponde; celles mises de côté sans réponse (transférées, ignorées, masquées, fermées) sont comptées à part. La \
            médiane et le 90e centile vont du premier message à la réponse, en temps réel puis en heures ouvrables.
            """,
          en: """
            By channel and week, from Monday to Sunday. A question is what one person wrote before being answered; those put \
            aside without an answer (passed on, ignored, hidden, closed) are counted apart. The median and the 90th \
            percentile are from the first message to the answer, in real time and then in business hours.
            """))
    }

    @Option(help: .init(fr: "Depuis ce jour", en: "From this day", value: Localized.Value.date))
    var from: String?

    @Option(help: .init(fr: "Jusqu’à ce jour compris", en: "To this day", value: Localized.Value.date))
    var to: String?

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let clock = try session.clock(of: workspace)
      let first = try from.map { try clock.day(typed: $0, towards: .past) }
      let last = try to.map {
        try clock.day(typed: $0, from: first, towards: first == nil ? .past : .future)
      }
      if let first, let last, last < first { throw InboxPeriodError(first: first, last: last) }
      let folder = try session.documentsOfFolder(in: workspace)
      let states = try workspace.states(of: folder, at: session.date().instant)
      let coverage = InboxCoverage(
        of: states, zone: clock.rules, from: first, to: last)
      try session.answer(json: coverage.json, page: coverage.described(in: session.language))
    }
  }
}

/// Days to count between that are in the wrong order.
struct InboxPeriodError: ExplainedError {
  var first, last: CivilDate

  var code: String { "period-order" }

  var message: Sentence {
    Sentence(
      fr: "La période finit avant de commencer : du \(first) au \(last)",
      en: "The period ends before it begins: from \(first) to \(last)")
  }

  var hint: Sentence? { nil }
}
