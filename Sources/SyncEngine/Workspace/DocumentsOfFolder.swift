public import Documents
public import JSONTree
public import ObjectModel
import ThreeWayMerge

/// The documents of a folder as a whole, for what depends on several of them.
public struct DocumentsOfFolder: Sendable {
  public var collection: DocumentCollection
  /// The ids of those in which something is to be settled.
  public var conflicted: Set<JSONString>
}

extension Workspace {
  /// Every document of the folder that can be read and whose kind is known; what is wrong with others is not said here.
  public func documentsOfFolder() throws -> DocumentsOfFolder {
    let tree = try treeToRead(localState())
    let documents = try collection(ofTree: tree).documents
    return DocumentsOfFolder(collection: documents, conflicted: try conflicted(of: documents, in: tree))
  }

  /// The documents of the folder that say where one of them stands: itself, what it names, what was decided about it, and
  /// what there are few of. Where that can't be told, every one.
  public func documentsOfFolder(around path: WorkspacePath) throws -> DocumentsOfFolder {
    let tree = try treeToRead(localState())
    let schemas = try objects.folder(named: "schemas", in: tree)
    let documents =
      try needed(ofTree: tree, schemas: schemas, toCheck: [path])?.documents
      ?? collection(ofTree: tree).documents
    return DocumentsOfFolder(collection: documents, conflicted: try conflicted(of: documents, in: tree))
  }

  /// The ids of those documents of a version in which something is to be settled.
  func conflicted(of documents: DocumentCollection, in tree: ObjectID?) throws -> Set<JSONString> {
    guard let tree else { return [] }
    let records = try objects.files(in: tree, under: WorkspacePath("conflicts"))
    let paths = Set(records.compactMap(\.path.documentOfRecord))
    return Set(documents.all.filter { paths.contains($0.path) }.map(\.id))
  }
}

extension DocumentsOfFolder {
  /// The same of documents that were read for a list.
  public init(_ listed: [ListedDocument]) {
    collection = DocumentCollection(listed.compactMap(\.document))
    conflicted = Set(listed.filter(\.isConflicted).compactMap { $0.value["id"]?.string })
  }
}

extension ListedDocument {
  /// The document, where a schema describes its kind.
  public var document: Document? { kind.map { Document(path: path, value: value, kind: $0) } }
}
