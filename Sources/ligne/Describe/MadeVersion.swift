import Documents
import EditorialHistory
import JSONTree
import ObjectModel
import SyncEngine
import ThreeWayMerge
import Wording

/// What a version changed that a command has just made or brought: the first of its documents, and how many there are.
struct MadeVersion {
  /// How many documents are named; more than that are counted.
  static let mostNamed = 12

  private let named: [DocumentChange]
  /// Whether it says no more that something went out.
  let takesBackARelease: Bool
  private let names: DocumentNames
  /// A moved document once, where it is now.
  private let all: [WorkspacePath]

  /// - Parameter documents: Every path that the version changed, sorted; those of a record are its document's.
  init(_ id: ObjectID, changing documents: [WorkspacePath], in workspace: Workspace) throws {
    let objects = workspace.objects
    let commit = try objects.commit(id)
    let old = try commit.parents.first.map { try objects.commit($0).tree }
    try self.init(
      from: old, to: commit.tree, by: objects.difference(from: old, to: commit.tree), changing: documents,
      in: workspace)
  }

  /// What came in since another version, but for what nobody wrote: schemas, and files of the setting up.
  init(broughtBy id: ObjectID, since version: ObjectID?, in workspace: Workspace) throws {
    let objects = workspace.objects
    let (old, new) = (try version.map { try objects.commit($0).tree }, try objects.commit(id).tree)
    let changed = try objects.difference(from: old, to: new)
    let documents = Swift.Set(changed.map { $0.path.documentOfRecord ?? $0.path })
      .filter { !$0.isSchema && !$0.isOfTheSetUp }.sorted()
    try self.init(from: old, to: new, by: changed, changing: documents, in: workspace)
  }

  private init(
    from old: ObjectID?, to tree: ObjectID, by changed: @autoclosure () throws -> [PathChange],
    changing documents: [WorkspacePath], in workspace: Workspace
  ) throws {
    var changes: [DocumentChange] = []
    do {
      changes = try Self.changes(
        changed(), from: old, to: tree, first: Swift.Set(documents.prefix(Self.mostNamed + 1)), of: workspace)
    } catch ObjectStoreError.missing, ObjectStoreError.malformed {
      // The version is made, whatever of an older one is lost; it is told by its paths.
    }
    takesBackARelease = changes.contains { change in
      guard change.change == .removed, change.kind == Publication.kind,
        let record = change.fields.first(where: { $0.pointer.steps.isEmpty })?.from
      else { return false }
      return Publication(record).nature != .withdrawal
    }
    let arrived = Swift.Set(changes.filter { $0.change != .removed }.map(\.path))
    let left = Swift.Set(changes.compactMap(\.formerPath)).subtracting(arrived)
    all = documents.filter { !left.contains($0) }
    let shown = Swift.Set(all.prefix(Self.mostNamed + 1))
    named = changes.filter { shown.contains($0.path) }
    names = try DocumentNames(of: named, in: workspace, tree: tree)
  }

  /// Of some documents, and of all that may have moved: whatever left a place may have gone to any that is new.
  private static func changes(
    _ changes: [PathChange], from old: ObjectID?, to tree: ObjectID, first: Swift.Set<WorkspacePath>,
    of workspace: Workspace
  ) throws -> [DocumentChange] {
    let objects = workspace.objects
    let mayHaveMoved = changes.contains { $0.new == nil && $0.path.documentOfRecord == nil }
    let looked = changes.filter { change in
      first.contains(change.path.documentOfRecord ?? change.path)
        || mayHaveMoved && (change.old == nil || change.new == nil)
    }
    let rules = try workspace.rulebook.mergeRules(in: objects.folder(named: "schemas", in: tree))
    return try documentChanges(
      looked, rules: rules,
      unchanged: { path throws(ObjectStoreError) in
        guard let old else { return nil }
        return try objects.file(at: path, in: old)
      }, bytes: { _, file throws(ObjectStoreError) in try objects.blob(file.id) })
  }

  /// “2 documents and 1 other file”.
  func counted(in language: Language) -> String { all.counted(in: language) }

  func listed(in language: Language) -> Page {
    // One more takes no more room than to count it.
    let shown = all.count <= Self.mostNamed + 1 ? all.count : Self.mostNamed
    let changes = Dictionary(grouping: named, by: \.path)
    var page = Page()
    var table = Table([Table.Column(title: "")] + DocumentNames.columns)
    for path in all.prefix(shown) {
      let rows =
        changes[path]?.map { names.row(of: $0, in: language) } ?? [["", StyledText(path.text, .name), ""]]
      for row in rows { table.add([StyledText("")] + row) }
    }
    page.table(table)
    if shown < all.count { page.line(Table.others(all.count - shown, in: language), indent: 2) }
    return page
  }
}
