import EditorialHistory
import ObjectModel
import SyncEngine
import ThreeWayMerge
import Wording

/// What a version changed that a command has just made: the first of its documents, and how many there are.
struct MadeVersion {
  /// How many documents are named; more than that are counted.
  static let mostNamed = 12

  private let named: [DocumentChange]
  private let names: DocumentNames
  /// A moved document once, where it is now.
  private let all: [WorkspacePath]

  /// - Parameter documents: Every path that the version changed, sorted; those of a record are its document's.
  init(_ id: ObjectID, changing documents: [WorkspacePath], in workspace: Workspace) throws {
    let objects = workspace.objects
    let commit = try objects.commit(id)
    let old = try commit.parents.first.map { try objects.commit($0).tree }
    var changes = try objects.difference(from: old, to: commit.tree)
    // Whatever left a place may have gone to any other; where nothing did, the first ones are read and no more.
    if !changes.contains(where: { $0.new == nil && $0.path.documentOfRecord == nil }) {
      let shown = Swift.Set(documents.prefix(Self.mostNamed + 1))
      changes = changes.filter { shown.contains($0.path.documentOfRecord ?? $0.path) }
    }
    let rules = try workspace.rulebook.mergeRules(in: objects.folder(named: "schemas", in: commit.tree))
    named = try documentChanges(
      changes, rules: rules,
      unchanged: { path throws(ObjectStoreError) in
        guard let old else { return nil }
        return try objects.file(at: path, in: old)
      }, bytes: { _, file throws(ObjectStoreError) in try objects.blob(file.id) })
    names = try DocumentNames(of: named, in: workspace, tree: commit.tree)
    let left = Swift.Set(named.compactMap(\.formerPath))
    all = documents.filter { !left.contains($0) }
  }

  /// “2 documents and 1 other file”.
  func counted(in language: Language) -> String { all.counted(in: language) }

  func listed(in language: Language) -> Page {
    // One more takes no more room than to count it.
    let shown = all.count <= Self.mostNamed + 1 ? all.count : Self.mostNamed
    var page = Page()
    var table = Table([Table.Column(title: "")] + DocumentNames.columns)
    for change in named.prefix(shown) { table.add([StyledText("")] + names.row(of: change, in: language)) }
    page.table(table)
    if shown < all.count { page.line(Table.others(all.count - shown, in: language), indent: 2) }
    return page
  }
}
