public import ObjectModel
import ThreeWayMerge

extension WorkspacePath {
  /// Whether the file at this path is a document: checked, merged by meaning and written in canonical form.
  ///
  /// Conflict records are Ligne's own; what begins with a dot belongs to git and editors.
  public var isDocument: Bool {
    name.utf8.suffix(5).elementsEqual(".json".utf8) && documentOfRecord == nil
      && components.first?.utf8.first != UInt8(ascii: ".")
  }
}
