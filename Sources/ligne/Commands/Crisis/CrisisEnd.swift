import ArgumentParser
import Documents
import EditorialDesk
import EditorialReview
import SyncEngine
import Wording

extension Ligne.Crisis {
  /// It is over.
  struct End: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "end", abstract: Sentence(fr: "Mettre fin à une crise", en: "End a crisis"),
        discussion: Sentence(
          fr: """
            Rien n’est publié ni reprogrammé. Dit ce dont l’heure est passée pendant la crise, avec les commandes pour en \
            décider, et ce qui reste programmé.
            """,
          en: """
            Nothing is published or scheduled anew. Says what has missed its time during the crisis, with the commands to \
            decide on it, and what stays scheduled.
            """))
    }

    @Argument(help: .crisis)
    var crisis: String?

    @Option(
      name: .shortAndLong,
      help: .init(fr: "Comment elle a fini", en: "How it ended", value: Localized.Value.text))
    var message: String?

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try session.crisis(crisis, in: workspace)
      let held = try session.situation(of: path, in: workspace).held
      var random = SystemRandomNumberGenerator()
      let version = try workspace.endCrisis(
        path, reason: message, by: session.attribution(in: workspace), random: &random)
      let states = try session.states(of: workspace)
      guard let document = states.documents.all.first(where: { $0.path == path }) else {
        throw WorkspaceError.deletedDocument(path)
      }
      var answer = CrisisAnswer(CrisisSituation(of: document, in: states))
      (answer.step, answer.version) = (.ended(states.letGo(held)), version)
      try session.answer(answer, in: workspace)
    }
  }
}
