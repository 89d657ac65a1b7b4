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
      if let last = states.authority.onlySigner(without: id) {
        tellOfTheLast(Documents.Team(document).member(last)?.shownName ?? last.text, session)
      }
    }

    private func tellOfTheLast(_ name: String, _ session: Session) {
      session.output.remark(
        Sentence(
          fr: """
            Il ne reste que \(name) pour confirmer par une clé ce qui change dans l’équipe, et ses propres changements \
            attendraient quelqu’un d’autre. « ligne restore team.json » annule; donnez d’abord à quelqu’un une clé et le \
            droit d’approuver partout.
            """,
          en: """
            Only \(name) is left to confirm by a key what changes in the team, and their own changes would wait for \
            somebody else. “ligne restore team.json” takes this back; first give somebody a key and the right to approve \
            everywhere.
            """), .attention)
    }
  }
}
