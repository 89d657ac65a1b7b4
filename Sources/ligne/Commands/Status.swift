import ArgumentParser
import EditorialHistory
import ObjectModel
import SyncEngine
import Wording

extension Ligne {
  /// Says where things stand.
  struct Status: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "status",
        abstract: Sentence(fr: "Voir où vous en êtes", en: "See where you are"),
        discussion: Sentence(
          fr: "Ce qui n’est pas enregistré, pas partagé, à trancher, ou attendu de vous.",
          en: "What is not committed, not shared, to be settled, or asked of you."))
    }

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      // Whoever only looks need not say who they are.
      let report = try workspace.status(
        at: session.date().instant, by: session.attributionIfKnown(in: workspace))
      let changes = try documentChanges(from: report.headTree, to: report.folderTree, in: workspace.objects) {
        schemas throws(ObjectStoreError) in try workspace.rulebook.mergeRules(in: schemas)
      }
      let answer = StatusAnswer(report: report, changes: changes)
      try session.answer(
        json: answer.json,
        page: answer.described(
          DocumentNames(of: changes, in: workspace, tree: report.folderTree), in: session.language))
    }
  }
}
