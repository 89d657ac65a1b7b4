import ArgumentParser
import Documents
import EditorialDesk
import SyncEngine
import Wording

extension Ligne.Crisis {
  /// Something happened.
  struct Note: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "note",
        abstract: Sentence(fr: "Noter ce qui se passe dans une crise", en: "Note what happens in a crisis"),
        discussion: Sentence(
          fr: """
            Chaque note est un fichier à elle, que personne ne change ensuite : deux notes prises en même temps restent \
            deux. Un message (--nature message) compte comme une nouvelle donnée au public : la suivante est due \
            d’après lui.
            """,
          en: """
            Each note is a file of its own that nobody changes later: two notes taken at the same time stay two. A \
            message (--nature message) counts as an update given to the public: the next one is due after it.
            """))
    }

    enum Nature: String, ExpressibleByArgument, CaseIterable {
      case fact, decision, message, rumour

      var nature: CrisisLogEntry.Nature {
        switch self {
        case .fact: .fact
        case .decision: .decision
        case .message: .message
        case .rumour: .rumour
        }
      }
    }

    @Argument(help: .crisis)
    var crisis: String?

    @Option(
      name: .shortAndLong,
      help: .init(fr: "Ce qui s’est passé", en: "What happened", value: Localized.Value.text))
    var message: String

    @Option(
      help: .init(
        fr: "fact (fait), decision, message ou rumour (rumeur)", en: "fact, decision, message or rumour",
        value: "nature"))
    var nature = Nature.fact

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      var random = SystemRandomNumberGenerator()
      let version = try workspace.noteInCrisis(
        session.crisis(crisis, in: workspace), nature.nature, message,
        by: session.attribution(in: workspace), random: &random)
      var answer = CrisisAnswer(try session.situation(of: version.path, in: workspace))
      (answer.step, answer.version) = (.noted(nature.nature, message), version)
      try session.answer(answer, in: workspace)
    }
  }
}
