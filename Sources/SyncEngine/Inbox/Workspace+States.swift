import Documents
import JSONTree
public import ObjectModel

extension Workspace {
  /// Writes the `state` of several documents into the folder, all of them or none; nothing is committed.
  ///
  /// What somebody saves meanwhile is merged.
  ///
  /// - Throws: `WorkspaceError.deletedDocument`, `.problem`, `.refusedValue`.
  public func setStates(
    _ states: [(path: WorkspacePath, state: String)], for command: String, by attribution: Attribution
  ) throws {
    let edits = try states.map { path, state in
      guard let bytes = try bytes(at: path) else { throw WorkspaceError.deletedDocument(path) }
      // A document has a kind, so it is an object.
      var object = try readableDocument(at: path, bytes).value.object ?? JSONObject()
      object["state"] = JSONValue(state)
      return Edit(path: path, value: .object(object), basis: .reading(try objects.write(blob: bytes)))
    }
    if edits.isEmpty { return }
    try write(edits, for: command, by: attribution)
  }
}
