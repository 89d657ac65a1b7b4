import ConcurrentMap
public import Documents
public import JSONTree
public import ObjectModel
import SystemPackage
import ThreeWayMerge
import WorkingCopy

extension Workspace {
  /// Every document in the folder, committed or not, sorted by path.
  public func documentPaths() throws -> [WorkspacePath] {
    try localState().folder.paths.filter { $0.isDocument && !$0.isSchema }
  }

  /// The document a person means by a path, an id, or any part of an id or name that only one document has.
  ///
  /// - Parameters:
  ///   - words: What was typed.
  ///   - folder: Where it was typed, relative to the workspace; paths are looked up from there first.
  /// - Throws: `WorkspaceError.unknownDocument`, `.ambiguousDocument`.
  public func findDocument(_ words: String, from folder: WorkspacePath? = nil) throws -> WorkspacePath {
    if let path = try committedDocument(typed: words, in: folder) { return path }
    let state = try localState()
    // Those deleted and not committed have a past that can be read and restored.
    var deleted = Dictionary(
      uniqueKeysWithValues: state.changes.filter { $0.new == nil }.map { ($0.path, $0.old) })
    // One that somebody moved is where it is now.
    for path in try moves(in: state).keys { deleted[path] = nil }
    return try findDocument(words, from: folder, among: Set(state.folder.paths).union(deleted.keys)) { path in
      if let file = deleted[path] { return try file.flatMap { try idInside(objects.blob($0.id)) } }
      return try files.read(path).flatMap { idInside($0.bytes) }
    }
  }

  /// Where a document of the newest version is now: somebody may have moved its file and not committed that.
  public func whereabouts(ofCommitted path: WorkspacePath) throws -> WorkspacePath {
    let place = path.parent.map { FilePath(folder).pushing(FilePath($0.text)) } ?? FilePath(folder)
    // Nearly always it is where it was, and one question says so.
    if WorkingTree.hasFile(named: path.name, in: place) { return path }
    return try moves(in: localState())[path] ?? path
  }

  /// The documents of the folder whose title some words are, or in whose title they stand, whatever the capitals and accents;
  /// both by path. Those called so to the letter are called so alone. Every document is read.
  public func documents(
    titled words: String
  ) throws -> (calledSo: [WorkspacePath], holdingIt: [WorkspacePath]) {
    let wanted = readableWords(of: words, limit: .max)
    if wanted.isEmpty { return ([], []) }
    let schemas = try schemas()
    let titles = try documents(at: documentPaths()).compactMap { path, document in
      // What can't be read has no title.
      (try? document.get()).flatMap { value in
        schemas.kind(of: value)?.placement.title.flatMap { value.value(at: $0)?.text }
      }.map { (path: path, written: $0, title: readableWords(of: $0, limit: .max)) }
    }
    let found = titles.filter { contains("-\($0.title)-", "-\(wanted)-") }
    let exact = found.filter { $0.title.utf8.elementsEqual(wanted.utf8) }
    let toTheLetter = exact.filter { $0.written.utf8.elementsEqual(words.utf8) }
    return ((toTheLetter.isEmpty ? exact : toTheLetter).map(\.path), found.map(\.path))
  }

  /// The document of the newest version whose path was typed in full: then the folder need not be looked through.
  private func committedDocument(typed words: String, in folder: WorkspacePath?) throws -> WorkspacePath? {
    guard let tree = try tree(of: head()) else { return nil }
    for path in Self.paths(typed: words, in: folder) {
      if try objects.file(at: path, in: tree) != nil { return path }
      // Not committed, and nearer than what the same words mean from the root.
      if try files.read(path) != nil { return nil }
    }
    return nil
  }

  /// What typed words are as a path: from the folder they were typed in, then from the root.
  private static func paths(typed words: String, in folder: WorkspacePath?) -> [WorkspacePath] {
    [folder.map { $0.text + "/" + words }, words].compactMap { $0 }
      .compactMap { try? WorkspacePath($0.hasPrefix("./") ? String($0.dropFirst(2)) : $0) }
  }

  /// The same among documents of the past.
  ///
  /// - Parameter documents: Their paths, and the ids inside them.
  public func findDocument(
    _ words: String, from folder: WorkspacePath?, among documents: [WorkspacePath: JSONString?]
  ) throws -> WorkspacePath {
    try findDocument(words, from: folder, among: Set(documents.keys)) { documents[$0] ?? nil }
  }

  private func findDocument(
    _ words: String, from folder: WorkspacePath?, among known: Set<WorkspacePath>,
    id: (WorkspacePath) throws -> JSONString?
  ) throws -> WorkspacePath {
    if let path = Self.paths(typed: words, in: folder).first(where: known.contains) { return path }
    // A schema is nobody's work of the day: it is found by its whole name.
    let documents = known.filter { $0.isDocument && !$0.isSchema }.sorted()
    let lowered = words.lowercased()
    let byName = (documents + known.filter(\.isSchema).sorted()).filter {
      $0.stem.utf8.elementsEqual(lowered.utf8)
    }
    if byName.count == 1 { return byName[0] }
    // Ids stand at the end of file names, so most documents are found without opening them: only those that somebody gave a
    // name of their own.
    var matches = try documents.filter { path in
      try (path.idInName ?? id(path)?.text.lowercased()).map { contains($0, lowered) } ?? false
    }
    if matches.count > 1 {
      // A copy that somebody gave another name has the id of the one that bears it.
      let ids = Set(try matches.map { try $0.idInName ?? id($0)?.text.lowercased() })
      let bearers = matches.filter { $0.idInName != nil }
      if ids.count == 1, bearers.count == 1 { matches = bearers }
    }
    if matches.isEmpty, let exact = try documents.first(where: { try id($0) == JSONString(words) }) {
      return exact
    }
    if matches.isEmpty { matches = documents.filter { contains($0.stem, lowered) } }
    // A name is made of the words of a title.
    let readable = readableWords(of: words, limit: .max)
    if matches.isEmpty, !readable.isEmpty {
      matches = documents.filter { contains("-\($0.stem)-", "-\(readable)-") }
    }
    switch matches.count {
    case 0: throw WorkspaceError.unknownDocument(words)
    case 1: return matches[0]
    default: throw WorkspaceError.ambiguousDocument(words, matches: matches)
    }
  }

  private func contains(_ text: String, _ part: String) -> Bool {
    !part.isEmpty && Array(text.utf8).firstRange(of: Array(part.utf8)) != nil
  }

  private func idInside(_ bytes: [UInt8]) -> JSONString? { (try? JSONValue(parsing: bytes))?["id"]?.string }

  /// A document as it stands in the folder.
  ///
  /// - Throws: `WorkspaceError.problem` with the place of the first mistake; `.deletedDocument` where there is no
  ///   such file.
  public func document(at path: WorkspacePath) throws -> JSONValue {
    guard let reading = try files.read(path) else { throw WorkspaceError.deletedDocument(path) }
    return try accepted(readDocument(path, reading.bytes))
  }

  /// Documents as they stand in the folder, in the order of their paths; those that do not stand there are left out.
  ///
  /// - Parameters:
  ///   - paths: In any order.
  ///   - isWanted: Whether a file with these bytes is to be read as a document at all.
  public func documents(
    at paths: some Sequence<WorkspacePath>, where isWanted: @Sendable ([UInt8]) -> Bool = { _ in true }
  ) throws -> [(path: WorkspacePath, document: Result<JSONValue, DocumentProblem>)] {
    let paths = paths.sorted()
    let readings = zip(paths, try self.readings(of: paths)).compactMap { path, reading in
      reading.map { (path: path, bytes: $0.bytes) }
    }
    return readings.concurrentMap(portion: 16) { path, bytes in
      isWanted(bytes) ? (path: path, document: readDocument(path, bytes)) : nil
    }.compactMap { $0 }
  }

  /// What stands at some paths; `nil` for what is no file: where a link or a folder has its place, `status` names that.
  private func readings(of paths: [WorkspacePath]) throws -> [FileReading?] {
    do throws(WorkingCopyError) {
      return try files.read(paths)
    } catch {
      guard case .notAFile = error else { throw error }
    }
    return try paths.map(readingOfFile)
  }

  /// What stands at a path; `nil` for what is no file.
  func readingOfFile(at path: WorkspacePath) throws -> FileReading? {
    do throws(WorkingCopyError) {
      return try files.read(path)
    } catch {
      guard case .notAFile = error else { throw error }
      return nil
    }
  }

  /// A document as a tree has it; `nil` where that tree does not.
  public func document(at path: WorkspacePath, inTree tree: ObjectID) throws -> JSONValue? {
    guard let file = try objects.file(at: path, in: tree) else { return nil }
    return try accepted(readDocument(path, objects.blob(file.id)))
  }

  /// Whether the newest version has a document and the folder shows nothing of it: deleted there, or made unreadable.
  public func isGone(_ path: WorkspacePath) throws -> Bool {
    guard let tree = try tree(of: head()), let committed = try objects.file(at: path, in: tree) else {
      return false
    }
    guard let reading = try files.read(path) else { return true }
    if ObjectID(blob: reading.bytes) == committed.id { return false }
    if case .failure = readDocument(path, reading.bytes) { return path.isDocument }
    return false
  }

  /// Whether a file stands as the newest version has it.
  public func isCommitted(_ path: WorkspacePath) throws -> Bool {
    guard let reading = try readingOfFile(at: path), let tree = try tree(of: head()) else { return false }
    return try objects.file(at: path, in: tree)?.id == ObjectID(blob: reading.bytes)
  }

  private func accepted(_ result: Result<JSONValue, DocumentProblem>) throws -> JSONValue {
    do {
      return try result.get()
    } catch {
      throw WorkspaceError.problem(error)
    }
  }

  /// A file's bytes as they stand in the folder; `nil` where there is none.
  public func bytes(at path: WorkspacePath) throws -> [UInt8]? { try files.read(path)?.bytes }

  /// A document as it stands in the folder, if it can be read and its schema accepts it.
  public func checkedDocument(at path: WorkspacePath) throws -> JSONValue {
    guard let bytes = try bytes(at: path) else { throw WorkspaceError.deletedDocument(path) }
    return try accepted(checkDocument(path, bytes, schemas: schemas()))
  }

  /// The schemas as they stand in the folder.
  public func schemas() throws -> SchemaSet {
    let state = try smallFolder(WorkspacePath("schemas"))
    let edits = try state.changes.map { ($0.path, try stored($0.path, $0.new)) }
    return try rulebook.schemas(ofTree: objects.tree(applying: edits, to: state.headTree))
  }

  // MARK: - Changing documents

  /// What a file shall hold.
  struct Edit {
    var path: WorkspacePath
    /// `nil` removes the file.
    var content: Content?
    var basis = Basis.asItStands

    init(path: WorkspacePath, value: JSONValue?, basis: Basis = .asItStands) {
      self.init(path: path, content: value.map(Content.document), basis: basis)
    }

    init(path: WorkspacePath, content: Content?, basis: Basis = .asItStands) {
      (self.path, self.content, self.basis) = (path, content, basis)
    }

    enum Content {
      /// In canonical form, and as its schema has it.
      case document(JSONValue)
      /// As they are.
      case bytes([UInt8])

      var bytes: [UInt8] {
        switch self {
        case .document(let value): value.canonicalForm
        case .bytes(let bytes): bytes
        }
      }
    }

    /// What the new content was made from.
    enum Basis {
      /// Whatever is there is written over.
      case asItStands
      /// The file with these bytes, or none. What somebody saved since is merged.
      case reading(ObjectID?)
    }
  }

  /// Writes documents into the folder; nothing is committed.
  ///
  /// - Parameters:
  ///   - contents: All of them, or none, also if the command is killed.
  ///   - keeping: Keeps a copy of what no version holds yet and is written over, before anything is.
  /// - Returns: The commit that holds that copy; `nil` where there was nothing to keep.
  /// - Throws: Before anything is written: what a schema refuses.
  @discardableResult
  func write(
    _ contents: [Edit], for command: String, by attribution: Attribution, keeping: KeptBefore? = nil
  ) throws -> ObjectID? {
    let schemas = try schemas()
    for edit in contents {
      guard case .document(let value) = edit.content, edit.path.isDocument else { continue }
      if case .failure(let problem) = checkDocument(edit.path, value.canonicalForm, schemas: schemas) {
        throw WorkspaceError.refusedValue(problem)
      }
    }
    return try put(contents, .together, for: command, by: attribution, keeping: keeping)
  }

  /// What a killed command leaves of several documents.
  enum Extent {
    /// All of them or none: the next command finishes the step.
    case together
    /// Some of them, each whole: whoever asked asks again. Costs half.
    case eachByItself
  }

  /// The same for documents that somebody has asked the schemas about.
  @discardableResult
  func put(
    _ contents: [Edit], _ extent: Extent, for command: String, by attribution: Attribution,
    keeping: KeptBefore? = nil
  ) throws -> ObjectID? {
    try locked(for: command, at: attribution.time) {
      let kept = try keeping.flatMap {
        try keepUncommitted(contents.map(\.path), before: $0, by: attribution)
      }
      let writes = try contents.map { edit in
        let expected: ObjectID? =
          switch edit.basis {
          case .asItStands: try standing(at: edit.path)
          case .reading(let id): id
          }
        let new = try edit.content.map { content in
          var file = TreeFile(mode: .file, id: try objects.write(blob: content.bytes))
          if case .bytes = content, let standing = try files.read(edit.path) { file.mode = standing.mode }
          return file
        }
        return FileWrite(path: edit.path, expected: expected, new: new)
      }
      // One file is exchanged in one step; several are a step that has to be finished.
      if writes.count > 1, extent == .together, let head = try head() {
        try advance(from: head, to: head, writes: writes, command: command)
      } else {
        try bring(writes, to: head())
      }
      // They are in the folder now; of a hundred thousand, memory need not hold a second copy.
      if extent == .eachByItself { objects.forget(writes.compactMap(\.new?.id)) }
      return kept
    }
  }

  /// The bytes that stand at a path, by their name, as something to merge from; `nil` where there is no file.
  func standing(at path: WorkspacePath) throws -> ObjectID? {
    try files.read(path).map { try objects.write(blob: $0.bytes) }
  }

  /// Keeps a copy of those files of the folder that the newest version does not hold as they are.
  func keepUncommitted(
    _ paths: [WorkspacePath], before command: KeptBefore, by attribution: Attribution
  ) throws -> ObjectID? {
    let head = try head()
    let headTree = try tree(of: head)
    var edits: [(WorkspacePath, TreeFile?)] = []
    for path in paths {
      guard let reading = try files.read(path) else { continue }
      let id = ObjectID(blob: reading.bytes)
      if try headTree.flatMap({ try objects.file(at: path, in: $0) })?.id == id { continue }
      edits.append((path, TreeFile(mode: reading.mode, id: try objects.write(blob: reading.bytes))))
    }
    if edits.isEmpty { return nil }
    return try keepCopy(
      of: objects.tree(applying: edits, to: headTree), on: head, before: command, by: attribution)
  }

  /// Sets one field of a document in the folder, or removes it.
  ///
  /// - Throws: `WorkspaceError.malformedPointer`, `.unknownPlace`, `.immutableField`, `.refusedValue`.
  public func set(
    _ path: WorkspacePath, _ pointer: JSONPointer, to value: JSONValue?, by attribution: Attribution
  ) throws {
    try set(path, pointer, to: value, for: "set", by: attribution, keeping: nil)
  }

  @discardableResult
  private func set(
    _ path: WorkspacePath, _ pointer: JSONPointer, to value: JSONValue?, for command: String,
    by attribution: Attribution, keeping: KeptBefore?
  ) throws -> ObjectID? {
    let schemas = try schemas()
    return try rewrite(path, for: command, by: attribution, keeping: keeping) { document in
      if schemas.isImmutable(pointer, in: document) {
        throw WorkspaceError.immutableField(pointer: pointer.description)
      }
      var document = document
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
      return document
    }
  }

  /// Changes a document of the folder as a whole, by what it says.
  ///
  /// What somebody saves meanwhile is merged.
  ///
  /// - Returns: What it says now.
  /// - Throws: What `change` throws; `WorkspaceError.deletedDocument`, `.problem`, `.refusedValue`.
  public func change(
    _ path: WorkspacePath, for command: String, by attribution: Attribution,
    _ change: (JSONValue) throws -> JSONValue
  ) throws -> JSONValue {
    var changed = JSONValue.null
    try rewrite(path, for: command, by: attribution, keeping: nil) { document in
      changed = try change(document)
      return changed
    }
    return changed
  }

  /// Changes several documents of the folder in one step: all of them, or none.
  ///
  /// What somebody saves meanwhile is merged.
  ///
  /// - Throws: What `change` throws; `WorkspaceError.deletedDocument`, `.problem`, `.refusedValue`.
  public func change(
    _ paths: [WorkspacePath], for command: String, by attribution: Attribution,
    _ change: (WorkspacePath, JSONValue) throws -> JSONValue
  ) throws {
    let edits = try paths.map { path in try edit(path) { try change(path, $0) } }
    if !edits.isEmpty { try write(edits, for: command, by: attribution) }
  }

  @discardableResult
  private func rewrite(
    _ path: WorkspacePath, for command: String, by attribution: Attribution, keeping: KeptBefore?,
    _ change: (JSONValue) throws -> JSONValue
  ) throws -> ObjectID? {
    try write([edit(path, change)], for: command, by: attribution, keeping: keeping)
  }

  /// What a document shall say, made from what it says now.
  private func edit(_ path: WorkspacePath, _ change: (JSONValue) throws -> JSONValue) throws -> Edit {
    guard let reading = try files.read(path) else { throw WorkspaceError.deletedDocument(path) }
    let document = try change(accepted(readDocument(path, reading.bytes)))
    return Edit(path: path, value: document, basis: .reading(try objects.write(blob: reading.bytes)))
  }

  /// Puts a document, or one field of it, back to what it was, as a new change in the folder.
  ///
  /// What the folder holds of it and no version does is kept first, also where it can't be read.
  ///
  /// - Parameters:
  ///   - path: Where the document is, or was last.
  ///   - tree: What the workspace held then.
  ///   - former: Where the document was in it.
  /// - Returns: The commit that holds the copy of what was written over; `nil` where that was committed already.
  /// - Throws: `WorkspaceError.notThere` where it did not exist then, `.unknownPlace` where it had no such field.
  public func restore(
    _ path: WorkspacePath, to tree: ObjectID, at former: WorkspacePath?, field: JSONPointer?,
    by attribution: Attribution
  ) throws -> ObjectID? {
    try refuseUnfinishedGit()
    guard let old = try former.flatMap({ try document(at: $0, inTree: tree) }) else {
      throw WorkspaceError.notThere(path)
    }
    guard let field else {
      return try write([Edit(path: path, value: old)], for: "restore", by: attribution, keeping: .restore)
    }
    guard let value = old.value(at: field, keyField: try schemas().mergeRule(for: old).keyField) else {
      throw WorkspaceError.unknownPlace(pointer: field.description, document: path)
    }
    return try set(path, field, to: value, for: "restore", by: attribution, keeping: .restore)
  }
}

extension WorkspacePath {
  /// The file's name without its ending.
  fileprivate var stem: String {
    let ending = ".json"
    return name.hasSuffix(ending) ? String(name.dropLast(ending.count)) : name
  }

  /// The id at the end of the file's name.
  public var idInName: String? {
    let part = stem.split(separator: "-").last.map(String.init) ?? stem
    return part.utf8.count == 26 ? part : nil
  }
}
