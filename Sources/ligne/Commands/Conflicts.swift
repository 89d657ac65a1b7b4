import ArgumentParser
import EditorialHistory
import HistoryIndex
import JSONTree
import SyncEngine
import ThreeWayMerge
import Wording

extension Ligne {
  /// Lists what a person has to settle.
  struct Conflicts: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "conflicts",
        abstract: Sentence(fr: "Lister ce qui est à trancher", en: "List what has to be settled"),
        discussion: Sentence(
          fr: "Chaque choix porte un numéro; « ligne resolve » le prend.",
          en: "Each choice has a number; “ligne resolve” takes it."))
    }

    @Argument(help: .document)
    var document: String?

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try document.map { try session.document($0, in: workspace) }
      let open = try path.map(workspace.openConflicts(concerning:)) ?? workspace.openConflicts()
      // Only for the name of who has uncommitted work here; nobody has to be named to look.
      let here = try session.attributionIfKnown(in: workspace)?.name
      // Who wrote what is asked of the history, which takes longer the older the team is.
      let answers =
        open.isEmpty
        ? []
        : try ConflictAnswer.answers(to: open, session.historyOfDocuments(in: workspace).history, here: here)
      try session.answer(
        json: .array(answers.map(\.json)), page: Self.page(of: answers, open, in: workspace, session))
      if !answers.isEmpty { throw PersonNeeded() }
    }

    private static func page(
      of answers: [ConflictAnswer], _ open: [OpenConflict], in workspace: Workspace, _ session: Session
    ) throws -> Page {
      let paths = Swift.Set(open.map(\.path).filter(\.isDocument))
      let documents = Dictionary(
        uniqueKeysWithValues: try workspace.documents(at: paths).compactMap { path, document in
          (try? document.get()).map { (path, $0) }
        })
      let wording = try FieldWording(
        workspace.schemas(),
        saying: open.flatMap { open in
          let values = open.conflict.candidates.compactMap {
            if case .value(let value) = $0 { value } else { nil }
          }
          return (values + [open.current].compactMap(\.self)).map {
            (documents[open.path]?["kind"]?.string, open.pointer, $0)
          }
        }, by: session.when(in: workspace).clock, in: workspace)
      return try ConflictAnswer.describe(
        answers, in: documents, wording, when: session.when(in: workspace), in: session.language)
    }
  }
}
