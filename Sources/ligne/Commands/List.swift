import ArgumentParser
import Documents
import JSONTree
import SyncEngine
import Wording

extension Ligne {
  /// Lists documents and their states.
  struct List: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "list",
        abstract: Sentence(fr: "Lister les documents et leur état", en: "List documents and their states"))
    }

    @Argument(
      help: .init(
        fr: "Un seul genre de documents", en: "One kind of documents only", value: Localized.Value.kind))
    var kind: String?

    @Option(help: .init(fr: "Dans cet état", en: "In this state", value: Localized.Value.state))
    var state: String?

    @Option(help: .init(fr: "Pour ce canal", en: "For this channel", value: Localized.Value.channel))
    var channel: String?

    @Option(help: .init(fr: "Avec cette étiquette", en: "With this label", value: Localized.Value.label))
    var label: String?

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      if let kind, try workspace.schemas().kind(named: JSONString(kind)) == nil {
        throw WorkspaceError.unknownKind(kind, known: try workspace.schemas().kinds.map(\.name.text))
      }
      let rows = try workspace.documents().map(ListRow.init).filter { row in
        (kind == nil || row.kind == kind) && (state == nil || row.state == state)
          && (channel.map(row.channels.contains) ?? true) && (label.map(row.labels.contains) ?? true)
      }
      try session.answer(
        json: .array(rows.map(\.json)),
        page: ListRow.describe(rows, when: session.wording, in: session.language))
    }
  }
}
