import Documents
import ObjectModel

/// The documents a command has read, so that two versions that hold the same file read it once, and what they are tied to.
final class DocumentMemory {
  private struct Key: Hashable {
    var path: WorkspacePath
    var file: ObjectID
    var schemas: ObjectID?
  }

  /// The index of ties that was read or made last.
  var ties: TiesIndex?

  private var known: [Key: Result<Document, DocumentProblem>] = [:]

  /// What was read of a file at a path; `nil` where it was not.
  func document(at path: WorkspacePath, _ file: ObjectID, schemas: ObjectID?) -> Result<
    Document, DocumentProblem
  >? {
    known[Key(path: path, file: file, schemas: schemas)]
  }

  func remember(
    _ document: Result<Document, DocumentProblem>, at path: WorkspacePath, _ file: ObjectID,
    schemas: ObjectID?
  ) {
    known[Key(path: path, file: file, schemas: schemas)] = document
  }

  /// Lets go the documents that were read: they can be read again.
  func forget() { known = [:] }
}
