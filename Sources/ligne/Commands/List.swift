import ArgumentParser
import Documents
import EditorialReview
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
      _ = try workspace.channel(named: channel)
      let listing = try workspace.listing()
      let folder = DocumentsOfFolder(listing.documents)
      let states = try workspace.states(of: folder, at: session.date().instant)
      let all = listing.documents.map { ListRow($0, states: states) }
      if let state {
        let known = Swift.Set(all.compactMap(\.state))
          .union(
            try ListRow.states(of: workspace.schemas().kinds.filter { kind == nil || $0.name.text == kind }))
        if !known.contains(state) { throw WorkspaceError.unknownState(state, known: known.sorted()) }
      }
      let rows = all.filter { row in
        (kind == nil || row.kind == kind) && (state == nil || row.state == state)
          && (channel.map(row.channels.contains) ?? true) && (label.map(row.labels.contains) ?? true)
      }
      // What can't be read belongs to no kind and has no state, so that only the whole list names it.
      let isWhole = state == nil && channel == nil && label == nil
      let problems = isWhole ? listing.problems.filter { kind == nil || $0.problem.isUnreadable } : []
      try session.answer(
        json: .array(rows.map(\.json) + problems.map(ListRow.json)),
        page: ListRow.describe(rows, problems: problems, withKind: kind == nil, in: session.language))
    }
  }
}
