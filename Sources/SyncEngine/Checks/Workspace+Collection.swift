public import Documents
public import ObjectModel
import ThreeWayMerge

extension Workspace {
  /// Every document of a version that can be read, and what is wrong with those that can't; both by path.
  ///
  /// A document whose schema objects to some field of it is read: the rest of it still says something.
  public func collection(
    ofTree tree: ObjectID?
  ) throws -> (documents: DocumentCollection, left: [CommitReport.LeftOut]) {
    guard let tree else { return (DocumentCollection([]), []) }
    let folder = try objects.folder(named: "schemas", in: tree)
    let schemas = try rulebook.schemas(in: folder)
    var documents: [Document] = []
    var left: [CommitReport.LeftOut] = []
    for (path, file) in try objects.files(in: tree) where path.isDocument && !path.isSchema {
      let result = try documentMemory.document(at: path, file.id, schemas: folder) {
        Document.recognize(path, try objects.blob(file.id), schemas: schemas)
      }
      switch result {
      case .success(let document): documents.append(document)
      case .failure(let problem): left.append(CommitReport.LeftOut(path: path, problem: problem))
      }
    }
    return (DocumentCollection(documents), left.sorted { $0.path < $1.path })
  }

  /// What stands in the folder, as a tree: the newest version with everything uncommitted on top.
  func folderTree(_ state: LocalState) throws -> ObjectID {
    try objects.tree(
      applying: state.changes.map { ($0.path, try stored($0.path, $0.new)) }, to: state.headTree)
  }
}
