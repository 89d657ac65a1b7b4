import ArgumentParser
import Documents
import EditorialReview
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne.Team {
  /// Somebody leaves.
  struct Remove: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "remove",
        abstract: Sentence(fr: "Retirer quelqu’un de l’équipe", en: "Remove somebody from the team"),
        discussion: Sentence(
          fr: """
            Dit ce que la personne a encore en main, et demande avant de la retirer : affectations, réponses prises, \
            rôles de crise, approbations qui ne compteront plus. Rien de cela n’est réattribué.
            """,
          en: """
            Says what the person still has in hand, and asks before removing them: assignments, answers they took, roles \
            in a crisis, approvals that will no longer count. None of it is given to somebody else.
            """))
    }

    @Argument(help: .member)
    var member: String

    @Flag(help: .init(fr: "Ne pas demander", en: "Do not ask"))
    var yes = false

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try WorkspacePath("team.json")
      let id = try Documents.Team(workspace.document(at: path)).id(meantBy: member)
      let folder = try workspace.documentsOfFolder()
      let states = try workspace.states(of: folder, at: session.date().instant)
      let holdings = MemberHoldings(of: id, in: states)
      if !holdings.isEmpty, !yes {
        try session.confirm(
          holdings.question, losing: holdings.described(in: session.language), holdings.summary)
      }

      var name = id.text
      let document = try workspace.change(path, for: "team", by: session.attribution(in: workspace)) {
        value in
        let team = Documents.Team(value)
        name = team.member(id)?.shownName ?? name
        return team.removing(id)
      }
      var page = Page(
        StyledText(
          Sentence(fr: "\(name) n’est plus de l’équipe.", en: "\(name) is no longer of the team.")
            .text(in: session.language), .strong))
      // Whoever was asked has just read it.
      if yes { page.append(holdings.described(in: session.language)) }
      page.next = .commitKeepsIt
      try session.answer(json: document, page: page)
      try session.tellWhatWaits(session.teamAnswer(document, in: workspace).waiting, in: path)
      let remover = try workspace.person(session.attribution(in: workspace))
      if let judges = states.authority.judges(without: id), judges.allSatisfy({ $0.text == remover }) {
        tellOfTheLast(judges, session)
      }
    }

    /// Who leaves was one of two who confirm by a key, and the other one takes them out; or they were the only one.
    private func tellOfTheLast(_ left: [JSONString], _ session: Session) {
      let trouble =
        left.isEmpty
        ? Sentence(
          fr: """
            Personne ne pourra plus confirmer par une clé ce qui change dans l’équipe. « ligne restore team.json » annule; \
            donnez d’abord à quelqu’un une clé et le droit d’approuver partout.
            """,
          en: """
            Nobody will be left to confirm by a key what changes in the team. “ligne restore team.json” takes this back; \
            first give somebody a key and the right to approve everywhere.
            """)
        : Sentence(
          fr: """
            Il ne resterait que vous pour confirmer ce départ, et personne ne confirme ses propres changements. « ligne \
            restore team.json » annule; si une autre personne l’écrit, votre oui suffit.
            """,
          en: """
            Only you would be left to confirm that they leave, and nobody confirms their own changes. “ligne restore \
            team.json” takes this back; where somebody else writes it down, your yes is enough.
            """)
      session.output.remark(trouble, .attention)
    }
  }
}
