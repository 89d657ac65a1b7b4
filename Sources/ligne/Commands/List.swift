import ArgumentParser
import Documents
import EditorialDesk
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
      let schemas = try workspace.schemas()
      let kind = try kind.map { words in
        guard let kind = schemas.kind(called: words) else {
          throw WorkspaceError.unknownKind(words, known: schemas.kinds.map(\.name.text))
        }
        return kind
      }
      _ = try workspace.channel(named: channel)
      let listing = try workspace.listing()
      let folder = DocumentsOfFolder(
        listing.documents, files: listing.files, whereOpen: listing.open)
      let states = try workspace.states(of: folder, at: session.date().instant)
      // By whose clocks the team answers has no say in who waits.
      let conversations = Dictionary(
        uniqueKeysWithValues: EditorialDesk.Inbox(of: states, zone: .utc).entries
          .map { ($0.document.path, $0.state) })
      let all = listing.documents.map {
        ListRow($0, states: states, conversation: conversations[$0.path])
      }
      func isOf(_ kind: DocumentKind?, _ row: ListRow) -> Bool {
        kind == nil || row.document.value["kind"]?.string == kind?.name
      }
      let wanted = try state.map { words in
        try StateNames(
          of: kind.map { [$0] } ?? schemas.kinds, and: all.filter { isOf(kind, $0) }.compactMap(\.state)
        )
        .states(called: words)
      }
      let rows = all.filter { row in
        isOf(kind, row)
          && (wanted.map { !$0.isDisjoint(with: row.states(on: channel)) } ?? true)
          && (channel.map(row.channels.contains) ?? true) && (label.map(row.labels.contains) ?? true)
      }
      // What can't be read belongs to no kind and has no state, so that only the whole list names it.
      let isWhole = state == nil && channel == nil && label == nil
      let problems = isWhole ? listing.problems.filter { kind == nil || $0.problem.isUnreadable } : []
      let untitled = rows.filter { $0.document.kind?.title(of: $0.document.value) == nil }
      let names = try DocumentNames(naming: untitled.map(\.document.value), in: workspace)
      var page = try ListRow.describe(
        rows, names, problems: problems, withKind: kind == nil, on: channel,
        by: session.when(in: workspace).clock,
        in: session.language)
      if rows.isEmpty, let kind { page.next = schemas.namesake(of: kind) }
      try session.answer(json: .array(rows.map(\.json) + problems.map(ListRow.json)), page: page)
    }
  }
}
