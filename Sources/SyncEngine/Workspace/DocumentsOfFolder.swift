public import Documents
public import JSONTree
public import ObjectModel
import ThreeWayMerge

/// The documents of a folder as a whole, for what depends on several of them.
public struct DocumentsOfFolder: Sendable {
  public var collection: DocumentCollection
  /// The ids of those in which something is to be settled.
  public var conflicted: Set<JSONString>
  /// Those that nobody can read, which are in no list of the others; by path. Known where it is every document.
  public var unreadable: [WorkspacePath] = []
  /// Those that nobody can read and that count as the newest version has them; by path.
  public var replaced: [WorkspacePath] = []
  /// The version of the folder of which this is a part; `nil` where it is every document.
  let partOf: ObjectID?
}

extension Workspace {
  /// Every document of the folder that can be read and whose kind is known; what is wrong with others is not said here.
  public func documentsOfFolder() throws -> DocumentsOfFolder {
    try documentsOfFolder(around: nil)
  }

  private func documentsOfFolder(around paths: Set<WorkspacePath>?) throws -> DocumentsOfFolder {
    let state = try localState()
    let standIns = try standIns(in: state)
    var folder = try documents(around: paths, in: treeToRead(state, standIns), judgedAt: head())
    folder.replaced = standIns.left.map(\.path)
    return folder
  }

  /// The documents of the folder that say where one of them stands: itself, what it names, what was decided about it, and
  /// what there are few of. Where that can't be told, every one.
  public func documentsOfFolder(around path: WorkspacePath) throws -> DocumentsOfFolder {
    try documentsOfFolder(around: [path])
  }

  /// The same of some documents of a tree; `nil` for all.
  func documents(
    around paths: Set<WorkspacePath>?, in tree: ObjectID, judgedAt head: ObjectID?
  ) throws -> DocumentsOfFolder {
    let schemas = try objects.folder(named: "schemas", in: tree)
    if let paths, let needed = try needed(ofTree: tree, schemas: schemas, toCheck: paths, judgedAt: head) {
      return try documentsOfFolder(needed.documents, tree, partOf: tree)
    }
    let (documents, left) = try collection(ofTree: tree)
    var folder = try documentsOfFolder(documents, tree, partOf: nil)
    folder.unreadable = left.filter(\.problem.isUnreadable).map(\.path)
    return folder
  }

  /// The same documents, and those of the folder that have one of some ids: what earlier words of one of them showed.
  public func documentsOfFolder(
    _ folder: DocumentsOfFolder, and ids: Set<JSONString>
  ) throws -> DocumentsOfFolder {
    let missing = ids.filter { folder.collection[$0] == nil }
    guard let tree = folder.partOf, !missing.isEmpty else { return folder }
    let schemas = try objects.folder(named: "schemas", in: tree)
    let ties = try self.ties(of: tree, schemas: schemas)
    let records = ties.map { ties in
      missing.sorted().flatMap(ties.places(of:)).compactMap(ties.record(at:))
    }
    guard let records, ties?.isBroken == false else { return try documentsOfFolder() }
    let found = try documents(records.map { ($0.path, $0.file) }, schemas: schemas)
    return try documentsOfFolder(
      collection(of: folder.collection.all + found.compactMap { try? $0.get() }, in: tree), tree, partOf: tree
    )
  }

  private func documentsOfFolder(
    _ documents: DocumentCollection, _ tree: ObjectID, partOf whole: ObjectID?
  ) throws -> DocumentsOfFolder {
    DocumentsOfFolder(
      collection: documents, conflicted: try conflicted(of: documents, in: tree), partOf: whole)
  }

  /// The ids of those documents of a version in which something is to be settled.
  func conflicted(of documents: DocumentCollection, in tree: ObjectID?) throws -> Set<JSONString> {
    guard let tree else { return [] }
    let records = try objects.files(in: tree, under: WorkspacePath("conflicts"))
    return documents.conflicted(whereOpen: Set(records.compactMap(\.path.documentOfRecord)))
  }
}

extension DocumentCollection {
  /// The ids of the documents in which something is to be settled: in themselves, or which picture it is that they show.
  ///
  /// - Parameter open: The files in which something is open.
  func conflicted(whereOpen open: Set<WorkspacePath>) -> Set<JSONString> {
    var ids = Set(all.lazy.filter { open.contains($0.path) }.map(\.id))
    let pictures = Set(
      views(Asset.self).lazy.filter { $0.view.path.map(open.contains) ?? false }.map(\.document.id))
    if pictures.isEmpty { return ids }
    ids.formUnion(pictures)
    for (document, post) in views(Post.self) where !pictures.isDisjoint(with: post.assetIDs) {
      ids.insert(document.id)
    }
    return ids
  }
}

extension DocumentsOfFolder {
  /// The same of documents that were read for a list.
  ///
  /// - Parameters:
  ///   - files: The bytes of the pictures of which they say something.
  ///   - open: Other files in which something is open.
  public init(
    _ listed: [ListedDocument], files: [WorkspacePath: ObjectID], whereOpen open: Set<WorkspacePath>
  ) {
    collection = DocumentCollection(listed.compactMap(\.document), files: files)
    conflicted = collection.conflicted(
      whereOpen: Set(listed.filter(\.isConflicted).map(\.path)).union(open))
    partOf = nil
  }
}

extension ListedDocument {
  /// The document, where a schema describes its kind.
  public var document: Document? { kind.map { Document(path: path, value: value, kind: $0) } }
}
