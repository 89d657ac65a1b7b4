import Documents
import ObjectModel

/// The documents a command has read, so that two versions that hold the same file read it once.
final class DocumentMemory {
  private struct Key: Hashable {
    var path: WorkspacePath
    var file: ObjectID
    var schemas: ObjectID?
  }

  private var known: [Key: Result<Document, DocumentProblem>] = [:]

  func document(
    at path: WorkspacePath, _ file: ObjectID, schemas: ObjectID?,
    read: () throws -> Result<Document, DocumentProblem>
  ) rethrows -> Result<Document, DocumentProblem> {
    let key = Key(path: path, file: file, schemas: schemas)
    if let known = known[key] { return known }
    let result = try read()
    known[key] = result
    return result
  }
}
