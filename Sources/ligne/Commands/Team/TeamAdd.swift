import ArgumentParser
import Documents
import JSONTree
import SyncEngine
import Wording

extension Ligne.Team {
  /// Somebody joins.
  struct Add: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "add", abstract: Sentence(fr: "Ajouter quelqu’un à l’équipe", en: "Add somebody to the team"),
        discussion: Sentence(
          fr: """
            Un nom qui se confond avec celui d’un membre est refusé : majuscules, écriture d’un accent, lettres d’un autre \
            alphabet, signes invisibles. Le courriel est celui de git chez la personne : c’est à lui qu’on la reconnaît.
            """,
          en: """
            A name that can be taken for that of a member is refused: capitals, the form of an accent, letters of another \
            alphabet, invisible signs. The email address is that of git on the person’s computer: by it they are known.
            """))
    }

    @Argument(
      help: .init(
        fr: "Comment la personne s’appelle", en: "What the person is called",
        value: Localized.text(fr: "nom", en: "name")))
    var name: String

    @Argument(
      help: .init(
        fr: "Son adresse de courriel", en: "Their email address",
        value: Localized.text(fr: "courriel", en: "email")))
    var email: String

    @Option(
      help: .init(
        fr: "Son id, comme leo-b; fait de son nom si rien n’est dit",
        en: "Their id, such as leo-b; made from the name if nothing is said", value: "id"))
    var id: String?

    @Option(
      name: .customLong("role"),
      help: .init(
        fr: "Un rôle, comme rédaction; peut revenir", en: "A role, such as writing; may be repeated",
        value: Localized.Value.text))
    var roles: [String] = []

    @Option(name: .customLong("right"), help: .rightAssignment)
    var rights: [RightAssignment] = []

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      var newcomer = Newcomer(name: name, email: email)
      (newcomer.id, newcomer.roles) = (id, roles)
      newcomer.rights = try session.rights(meantBy: rights.map(\.right), in: workspace)
      try session.changeTeam(in: workspace) { team in
        let (document, id) = try team.adding(newcomer)
        return (document, JSONString(id))
      }
    }
  }
}
