public import Documents
public import JSONTree
public import ObjectModel
import ThreeWayMerge
import WorkingCopy

extension Workspace {
  /// Every document in the folder, committed or not, sorted by path.
  public func documentPaths() throws -> [WorkspacePath] {
    try localState().scanned.keys.filter { $0.isDocument && !$0.isSchema }.sorted()
  }

  /// The document a person means by a path, an id, or any part of an id or name that only one document has.
  ///
  /// - Parameters:
  ///   - words: What was typed.
  ///   - folder: Where it was typed, relative to the workspace; paths are looked up from there first.
  /// - Throws: `WorkspaceError.unknownDocument`, `.ambiguousDocument`.
  public func findDocument(_ words: String, from folder: WorkspacePath? = nil) throws -> WorkspacePath {
    let state = try localState()
    var known = Set(state.scanned.keys)
    // Deleted documents have a past that can be read and restored.
    known.formUnion(state.changes.filter { $0.new == nil }.map(\.path))
    let typed = [folder.map { $0.text + "/" + words }, words].compactMap { $0 }
    for text in typed {
      if let path = try? WorkspacePath(text.hasPrefix("./") ? String(text.dropFirst(2)) : text),
        known.contains(path)
      {
        return path
      }
    }
    let documents = known.filter(\.isDocument).sorted()
    let lowered = words.lowercased()
    let byName = documents.filter { $0.stem.utf8.elementsEqual(lowered.utf8) }
    if byName.count == 1 { return byName[0] }
    // Ids stand at the end of file names, so most documents are found without opening them.
    var matches = documents.filter { $0.idInName.map { contains($0, lowered) } ?? false }
    if matches.isEmpty, let exact = try documents.first(where: { try idInside($0) == JSONString(words) }) {
      return exact
    }
    if matches.isEmpty { matches = documents.filter { contains($0.stem, lowered) } }
    switch matches.count {
    case 0: throw WorkspaceError.unknownDocument(words)
    case 1: return matches[0]
    default: throw WorkspaceError.ambiguousDocument(words, matches: matches)
    }
  }

  private func contains(_ text: String, _ part: String) -> Bool {
    !part.isEmpty && Array(text.utf8).firstRange(of: Array(part.utf8)) != nil
  }

  private func idInside(_ path: WorkspacePath) throws -> JSONString? {
    guard let reading = try files.read(path) else { return nil }
    return (try? JSONValue(parsing: reading.bytes))?["id"]?.string
  }

  /// A document as it stands in the folder.
  ///
  /// - Throws: `WorkspaceError.unreadableDocument` with the place of the first mistake; `.unknownDocument` where
  ///   there is no such file.
  public func document(at path: WorkspacePath) throws -> JSONValue {
    guard let reading = try files.read(path) else { throw WorkspaceError.unknownDocument(path.text) }
    return try readDocument(path, reading.bytes).get()
  }

  /// A document as a version has it; `nil` where that version does not.
  public func document(at path: WorkspacePath, in version: ObjectID) throws -> JSONValue? {
    let tree = try objects.commit(version).tree
    guard let file = try objects.file(at: path, in: tree) else { return nil }
    return try readDocument(path, objects.blob(file.id)).get()
  }

  /// A file's bytes as they stand in the folder; `nil` where there is none.
  public func bytes(at path: WorkspacePath) throws -> [UInt8]? { try files.read(path)?.bytes }

  /// A document as it stands in the folder, if it can be read and its schema accepts it.
  public func checkedDocument(at path: WorkspacePath) throws -> JSONValue {
    guard let bytes = try bytes(at: path) else { throw WorkspaceError.unknownDocument(path.text) }
    return try checkDocument(path, bytes, schemas: schemas()).get()
  }

  /// The schemas as they stand in the folder.
  public func schemas() throws -> SchemaSet {
    let state = try localState()
    let edits = try state.changes.filter { $0.path.components.first == "schemas" }
      .map { ($0.path, try stored($0.path, $0.new)) }
    return try rulebook.schemas(ofTree: objects.tree(applying: edits, to: state.headTree))
  }

  // MARK: - Changing documents

  /// Writes documents into the folder, in canonical form; nothing is committed.
  ///
  /// - Parameter contents: `nil` removes the file.
  /// - Throws: Before anything is written: what a schema refuses.
  public func write(
    _ contents: [(path: WorkspacePath, value: JSONValue?)], for command: String, by attribution: Attribution
  ) throws {
    let schemas = try schemas()
    for (path, value) in contents {
      guard let value, path.isDocument else { continue }
      if case .failure(let problem) = checkDocument(path, value.canonicalForm, schemas: schemas) {
        throw WorkspaceError.refusedValue(document: path, reason: problem.message)
      }
    }
    try locked(for: command, at: attribution.time) {
      let writes = try contents.map { path, value in
        FileWrite(
          path: path, expected: try files.read(path).map { ObjectID(blob: $0.bytes) },
          new: try value.map { TreeFile(mode: .file, id: try objects.write(blob: $0.canonicalForm)) })
      }
      try bring(writes, to: head())
    }
  }

  /// Sets one field of a document in the folder, or removes it.
  ///
  /// - Throws: `WorkspaceError.malformedPointer`, `.unknownPlace`, `.immutableField`, `.refusedValue`.
  public func set(
    _ path: WorkspacePath, _ pointer: JSONPointer, to value: JSONValue?, by attribution: Attribution
  ) throws {
    var document = try document(at: path)
    let schemas = try schemas()
    if schemas.isImmutable(pointer, in: document) {
      throw WorkspaceError.immutableField(pointer: pointer.description)
    }
    let rule = schemas.mergeRule(for: document)
    do throws(JSONEditError) {
      if let value {
        try document.set(value, at: pointer, keyField: rule.keyField)
      } else {
        _ = try document.remove(at: pointer, keyField: rule.keyField)
      }
    } catch {
      throw WorkspaceError.unknownPlace(pointer: pointer.description, document: path)
    }
    try write([(path, document)], for: "set", by: attribution)
  }

  /// Puts a document, or one field of it, back to what a version had, as a new change in the folder.
  ///
  /// - Throws: `WorkspaceError.unknownPlace` where that version has no such field.
  public func restore(
    _ path: WorkspacePath, to version: ObjectID, field: JSONPointer?, by attribution: Attribution
  ) throws {
    let old = try document(at: path, in: version)
    guard let field else {
      try write([(path, old)], for: "restore", by: attribution)
      return
    }
    let rule = try old.map { try schemas().mergeRule(for: $0) } ?? .byShape
    guard let old, let value = old.value(at: field, keyField: rule.keyField) else {
      throw WorkspaceError.unknownPlace(pointer: field.description, document: path)
    }
    try set(path, field, to: value, by: attribution)
  }
}

extension WorkspacePath {
  /// The file's name without its ending.
  fileprivate var stem: String {
    let ending = ".json"
    return name.hasSuffix(ending) ? String(name.dropLast(ending.count)) : name
  }

  /// The id at the end of the file's name.
  fileprivate var idInName: String? {
    let part = stem.split(separator: "-").last.map(String.init) ?? stem
    return part.utf8.count == 26 ? part : nil
  }
}
