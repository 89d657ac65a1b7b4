import ArgumentParser
import Documents
import EditorialHistory
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne {
  /// Shows what changed, by field.
  struct Diff: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "diff",
        abstract: Sentence(
          fr: "Voir ce qui a changé, champ par champ", en: "See what changed, field by field"),
        discussion: Sentence(
          fr: "Sans version, ce qui a changé depuis la dernière version enregistrée.",
          en: "Without a version, what changed since the last one committed."))
    }

    @Argument(help: .document)
    var document: String?

    @Option(
      help: .init(
        fr: "À partir de cette version : un id, une date, une étiquette ou -1",
        en: "From this version: an id, a date, a tag or -1", value: Localized.Value.version))
    var from: String?

    @Option(
      help: .init(
        fr: "Jusqu’à cette version; les fichiers d’aujourd’hui si rien n’est dit",
        en: "To this version; today’s files if nothing is said", value: Localized.Value.version))
    var to: String?

    @Flag(
      help: .init(
        fr: "Depuis la version de la ligne que vous avez lue (« ligne ack »)",
        en: "Since the version of the guideline that you have read (“ligne ack”)"))
    var sinceAck = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      guard sinceAck else { return }
      if document == nil {
        throw ValidationError(
          fr: "« --since-ack » demande quelle ligne : « ligne diff LIGNE --since-ack ».",
          en: "“--since-ack” asks which guideline: “ligne diff GUIDELINE --since-ack”.")
      }
      if from != nil {
        throw ValidationError(
          fr: "« --from » et « --since-ack » disent tous deux d’où partir : donnez l’un ou l’autre.",
          en: "“--from” and “--since-ack” both say where to begin: give one or the other.")
      }
    }

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try document.map { try session.document($0, in: workspace, lookingBack: true) }
      let objects = workspace.objects
      func tree(_ name: String) throws -> ObjectID {
        try session.state(name, of: path, in: workspace).tree
      }
      let status = try workspace.status()
      let read =
        try sinceAck
        ? path.map { try workspace.lastAcknowledgedVersion(of: $0, by: session.attribution(in: workspace)) }
        : nil
      let old = try read.map { try objects.commit($0).tree } ?? from.map(tree) ?? status.headTree
      let new = try to.map(tree) ?? status.folderTree
      let changes = try documentChanges(from: old, to: new, in: objects) {
        schemas throws(ObjectStoreError) in try workspace.rulebook.mergeRules(in: schemas)
      }.filter { path == nil || $0.path == path || $0.formerPath == path }
      let problems = to == nil ? try Self.problems(of: changes, in: workspace) : [:]
      try session.answer(
        json: .array(changes.map(\.json)),
        page: Self.describe(
          changes, problems,
          DocumentNames(
            of: changes, in: workspace, tree: new, sayingValuesBy: session.when(in: workspace).clock),
          in: session.language))
    }

    /// What keeps changed documents of the folder from being read.
    private static func problems(
      of changes: [DocumentChange], in workspace: Workspace
    ) throws -> [WorkspacePath: DocumentProblem] {
      var problems: [WorkspacePath: DocumentProblem] = [:]
      for change in changes where change.form == .opaque && change.change != .removed {
        problems[change.path] = try workspace.problem(at: change.path)
      }
      return problems
    }

    static func describe(
      _ changes: [DocumentChange], _ problems: [WorkspacePath: DocumentProblem], _ names: DocumentNames,
      in language: Language
    ) -> Page {
      guard !changes.isEmpty else {
        return Page(StyledText(Sentence(fr: "Rien n’a changé.", en: "Nothing changed.").text(in: language)))
      }
      var page = Page(
        StyledText(CountedNoun.documents.counted(changes.count).text(in: language), .strong)
          + StyledText(Sentence(fr: " à comparer", en: " to compare").text(in: language)))
      for change in changes {
        page.blank()
        let label = names.label(of: change, in: language)
        page.line(
          StyledText(label, .strong) + "  "
            + StyledText(change.change.wording.text(in: language), change.change.style))
        if label != change.path.text { page.line(StyledText(change.path.text, .name)) }
        if let problem = problems[change.path] {
          page.quote(WorkspaceError.problem(problem).message.text(in: language), indent: 2)
        } else if change.form == .opaque {
          page.line(
            StyledText(
              Sentence(fr: "autres octets, sans mots à montrer", en: "other bytes, no words to show").text(
                in: language), .quiet), indent: 2)
        }
        if change.change != .added, change.change != .removed {
          page.lines(change.fieldLines(names, in: language), indent: 2)
        } else if let text = names.text(of: change), !text.isEmpty {
          page.quote(text, style: change.change == .added ? .inserted : .deleted)
        }
      }
      return page
    }
  }
}
