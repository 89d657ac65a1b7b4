import ArgumentParser
import Documents
import EditorialChecks
import EditorialHistory
import JSONTree
import ObjectModel
import SyncEngine
import ThreeWayMerge
import Wording

extension Ligne {
  /// Shows a document for reading.
  struct Show: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "show", abstract: Sentence(fr: "Lire un document", en: "Read a document"))
    }

    @Argument(help: .document)
    var document: String

    @Argument(
      help: .init(
        fr: "Un seul champ, comme /title", en: "One field only, such as /title",
        value: Localized.Value.pointer))
    var pointer: String?

    @Option(
      help: .init(
        fr: "Tel qu’il était : une version, une date, une étiquette ou -1, la version d’avant",
        en: "As it was: a version, a date, a tag, or -1, the version before", value: Localized.Value.version))
    var at: String?

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try session.document(document, in: workspace, lookingBack: at != nil)
      let value: JSONValue
      if let at {
        let state = try session.state(at, of: path, in: workspace)
        guard let old = try state.path.flatMap({ try workspace.document(at: $0, inTree: state.tree) }) else {
          throw WorkspaceError.notThere(path)
        }
        value = old
      } else {
        value = try workspace.document(at: path)
      }
      let schemas = try workspace.schemas()
      let rule = schemas.mergeRule(for: value)
      var shown = value
      if let pointer {
        guard let part = try value.value(at: ligne.pointer(pointer), keyField: rule.keyField) else {
          throw WorkspaceError.unknownPlace(pointer: pointer, document: path)
        }
        shown = part
      }
      let open = at == nil ? try workspace.openConflicts(in: path).map(\.pointer) : []
      let reading = DocumentReading(
        path: path, document: value, part: pointer.map { _ in shown }, open: open)
      var page = reading.described(in: session.language)
      if pointer == nil, let left = try Self.remaining(path, value, schemas, in: workspace) {
        page.append(described(left, in: session.language))
      }
      try session.answer(json: shown, page: page)
    }

    /// How much room the channels leave to a post, under the limits that hold in the folder now.
    ///
    /// - Returns: `nil` for other documents. What can't be read limits nothing here; `status` names it.
    private static func remaining(
      _ path: WorkspacePath, _ value: JSONValue, _ schemas: SchemaSet, in workspace: Workspace
    ) throws -> [Remaining]? {
      guard value["kind"]?.string == Post.kind,
        case .success(let post) = Document.read(path, value.canonicalForm, schemas: schemas)
      else { return nil }
      let assets = Post(value).assets.compactMap { $0["asset"]?.text }
      var documents: [Document] = []
      for path in try workspace.documentPaths() {
        let folder = path.components.first ?? ""
        let isWanted =
          path.text == "channels.json" || folder == "limits"
          || (folder == "assets" && assets.contains { path.name.hasSuffix("\($0).json") })
        // What can't be read limits nothing, as said above.
        guard isWanted, let value = try? workspace.document(at: path),
          case .success(let document) = Document.read(path, value.canonicalForm, schemas: schemas)
        else { continue }
        documents.append(document)
      }
      return EditorialChecks.remaining(of: post, in: DocumentCollection(documents))
    }
  }
}
