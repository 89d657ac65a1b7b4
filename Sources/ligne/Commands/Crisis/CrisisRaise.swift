import ArgumentParser
import EditorialDesk
import SyncEngine
import Wording

extension Ligne.Crisis {
  /// It is worse than it looked.
  struct Raise: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "raise", abstract: Sentence(fr: "Hausser le niveau d’une crise", en: "Raise the level of a crisis"),
        discussion: Sentence(
          fr: """
            Si quelqu’un y met fin en même temps, elle continue au niveau haussé. Un niveau ne se baisse pas : de deux \
            personnes, celle qui voit le plus grave l’emporte.
            """,
          en: """
            If somebody ends it at the same time, it goes on at the raised level. A level is not lowered: of two people, \
            who sees the graver one has it.
            """))
    }

    @Argument(help: .crisis)
    var crisis: String?

    @Option(help: .level)
    var level: String

    @Option(
      name: .shortAndLong, help: .init(fr: "Pourquoi", en: "Why", value: Localized.Value.text))
    var message: String?

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      var random = SystemRandomNumberGenerator()
      let version = try workspace.raiseCrisis(
        session.crisis(crisis, in: workspace), to: level, reason: message,
        by: session.attribution(in: workspace), random: &random)
      var answer = CrisisAnswer(try session.situation(of: version.path, in: workspace))
      (answer.step, answer.version) = (.raised, version)
      try session.answer(answer, in: workspace)
    }
  }
}
