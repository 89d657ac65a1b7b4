import Documents
public import JSONTree
public import ObjectModel
public import ThreeWayMerge
import WorkingCopy

/// An open conflict, as it stands in the folder.
public struct OpenConflict: Hashable, Sendable {
  public var path: WorkspacePath
  /// Where the newest version has the document.
  public var committedPath: WorkspacePath
  /// The document's id, where it has one.
  public var id: String?
  public var pointer: JSONPointer
  public var conflict: Conflict
  /// What the document shows there now; `nil` where it shows nothing.
  public var current: JSONValue?
  /// The candidates that only the folder holds, by their place among them: somebody's work that is in no version.
  public var uncommitted: Set<Int> = []
  /// Whether uncommitted work met what was received: the record is in no version yet.
  public var isNew = false
  /// Whether the file can be taken or left, and no value written into it; candidates are the names of its bytes then.
  public var isOfWholeFile = false
  /// What those candidates are that are on this computer.
  public var files: [JSONValue: CandidateFile] = [:]
}

/// A whole file that somebody may choose: of a picture, or of a document that in one version can't be read.
public struct CandidateFile: Hashable, Sendable {
  public var id: ObjectID
  /// In bytes.
  public var size: Int
  public var reading: Reading

  public enum Reading: Hashable, Sendable {
    /// A document with this title, if it has one.
    case document(title: String?)
    /// It is to be a document, and is no JSON.
    case unreadable
    /// Anything else.
    case other
  }
}

/// What a person chooses.
public enum Choice: Hashable, Sendable {
  /// The candidate of this number, from 1, in the order they are listed.
  case candidate(Int)
  /// Something else.
  case value(JSONValue)
  /// What the document shows.
  case shown
}

extension Workspace {
  /// What a person has to settle in a document, and which pictures it is that it shows or describes.
  public func openConflicts(concerning path: WorkspacePath) throws -> [OpenConflict] {
    let own = try openConflicts(in: path)
    let files = try openConflicts().filter { !$0.path.isDocument && $0.path != path }
    if files.isEmpty { return own }
    let documents = try documentsOfFolder().collection
    guard let document = documents.all.first(where: { $0.path == path }) else { return own }
    let shown = Post(document.value).assetIDs.compactMap { documents[$0] }
    let pictures = DocumentCollection.filesNamed(by: [document] + shown)
    return own + files.filter { pictures.contains($0.path) }
  }

  /// Everything a person has to settle, by path and pointer.
  ///
  /// - Parameter path: Only in this document.
  public func openConflicts(in path: WorkspacePath? = nil) throws -> [OpenConflict] {
    let state = try smallFolder(WorkspacePath("conflicts"))
    let places = try recordPlaces(among: state)
    let wanted = try path.map { try places.whereabouts(of: $0, isThere: files.read($0) != nil) }
    let records = state.files.keys.compactMap { record in
      places.document(of: record).map { (record: record, document: $0) }
    }.sorted { $0.document < $1.document }
    return try records.flatMap { record, document -> [OpenConflict] in
      guard wanted == nil || wanted == document else { return [] }
      guard let standing = try standingFile(at: document, recordedIn: record) else { return [] }
      let (found, rule) = (standing.state, standing.rule)
      // The names of whole files say what is new; the texts of a document may only carry an edit made beside them.
      let isNew = state.changes.contains { $0.path == record }
      let committed =
        isNew || standing.isWhole
        ? try committedState(
          of: record.documentOfRecord ?? document, isWhole: standing.isWhole, in: state.headTree) : nil
      let id: String? = if case .document(let value) = standing.content { value["id"]?.text } else { nil }
      return try found.questions.map { pointer, conflict in
        OpenConflict(
          path: document, committedPath: record.documentOfRecord ?? document, id: id, pointer: pointer,
          conflict: conflict,
          current: found.value?.value(at: pointer, keyField: rule.keyField),
          uncommitted: committed.map { conflict.candidates(notIn: $0, at: pointer, keyField: rule.keyField) }
            ?? [],
          isNew: isNew, isOfWholeFile: standing.isWhole,
          files: standing.isWhole ? try candidateFiles(of: conflict, at: document, standing) : [:])
      }
    }
  }

  /// A document and its recorded conflicts as the newest version has them; `nil` where there is none.
  private func committedState(
    of document: WorkspacePath, isWhole: Bool, in tree: ObjectID?
  ) throws -> (value: JSONValue?, recorded: OpenConflicts)? {
    guard let tree else { return nil }
    let recordFile = try objects.file(at: document.conflictRecord, in: tree)
    let open = try recordFile.map { OpenConflicts(recordedIn: try objects.blob($0.id)) } ?? .none
    guard let file = try objects.file(at: document, in: tree) else { return (nil, open) }
    if isWhole { return (JSONValue(file.id.hex), open) }
    return (FileContent(try objects.blob(file.id), of: file.id, at: document).value, open)
  }

  /// Settles one conflict of a document in the folder, as a change that is committed like any other.
  ///
  /// - Returns: How many conflicts are left in the workspace.
  /// - Throws: `WorkspaceError.noConflict`, `.noSuchCandidate`, `.refusedValue`.
  public func resolve(
    _ path: WorkspacePath, _ pointer: JSONPointer, with choice: Choice, by attribution: Attribution
  ) throws -> Int {
    try refuseUnfinishedGit()
    let places = try recordPlaces()
    // By its old name, too.
    let path = try places.whereabouts(of: path, isThere: files.read(path) != nil)
    guard let recordPath = places[path] else {
      throw WorkspaceError.noConflict(pointer: pointer.description, document: path)
    }
    let (standing, standingRecord) = (try standing(at: path), try self.standing(at: recordPath))
    guard let open = try standingFile(at: path, recordedIn: recordPath),
      let conflict = open.state.questions.first(where: { $0.pointer == pointer })?.conflict
    else {
      throw WorkspaceError.noConflict(pointer: pointer.description, document: path)
    }
    let (found, rule) = (open.state, open.rule)
    let candidate: Candidate
    switch choice {
    case .candidate(let number):
      guard conflict.candidates.indices.contains(number - 1) else {
        throw WorkspaceError.noSuchCandidate(number, count: conflict.candidates.count)
      }
      candidate = conflict.candidates[number - 1]
    case .value(let value):
      if open.isWhole { throw WorkspaceError.wholeFile(path) }
      candidate = .value(value)
    case .shown: candidate = .kept
    }
    var state = found
    state.conflicts[pointer] = nil
    switch (candidate, pointer.steps.isEmpty) {
    case (.kept, _): break
    case (.value(let value), true): state.value = value
    case (.deleted, true): state = .absent
    case (.value(let value), false):
      try edited(path, pointer) { () throws(JSONEditError) in
        try state.value?.set(value, at: pointer, keyField: rule.keyField)
      }
    case (.deleted, false):
      try edited(path, pointer) { () throws(JSONEditError) in
        _ = try state.value?.remove(at: pointer, keyField: rule.keyField)
      }
    }
    let content = try content(&state, of: open, at: path)
    let record = state.conflicts.isEmpty ? nil : ConflictRecord(state.conflicts).value
    try write(
      [
        Edit(path: path, content: content, basis: .reading(standing)),
        Edit(path: recordPath, value: record, basis: .reading(standingRecord)),
      ], for: "resolve", by: attribution,
      // Who chooses to delete a document has not chosen against what else was written in it since.
      keeping: state.value == nil || open.isWhole || open.hasDamagedRecord ? .resolve : nil)
    return try openConflicts().count
  }

  /// What the file is to hold in a state. Where it was chosen of several, what waited inside it is asked next.
  private func content(
    _ state: inout DocumentState, of open: StandingFile, at path: WorkspacePath
  ) throws -> Edit.Content? {
    guard let value = state.value else { return nil }
    if open.isWhole {
      guard let id = value.namedFile, try sizeOfFile(id) != nil else {
        throw WorkspaceError.candidateNotHere(path)
      }
      let bytes = try objects.blob(id)
      let file = FileContent(bytes, of: id, at: path)
      guard case .document(let document) = file, !state.conflicts.isEmpty else { return .bytes(bytes) }
      let schemas = try schemas()
      state = DocumentState(
        chosen: file, waiting: state.conflicts, rule: file.rule(MergeRules { schemas.mergeRule(for: $0) }))
      return state.value == document ? .bytes(bytes) : state.value.map(Edit.Content.document)
    }
    if case .document = open.content { return .document(value) }
    guard let text = value.text else { throw WorkspaceError.notAText(path) }
    return .bytes(Array(text.utf8))
  }

  private func edited(
    _ path: WorkspacePath, _ pointer: JSONPointer, _ edit: () throws(JSONEditError) -> Void
  ) throws {
    do throws(JSONEditError) {
      try edit()
    } catch {
      throw WorkspaceError.unknownPlace(pointer: pointer.description, document: path)
    }
  }

  /// A file of the folder, and what is open in it.
  private struct StandingFile {
    var bytes: [UInt8]
    var id: ObjectID
    var content: FileContent
    var state: DocumentState
    var rule: MergeRule
    /// Whether it is the newest version that says what is open.
    var hasDamagedRecord: Bool

    /// Whether its value is the name of its bytes.
    var isWhole: Bool {
      if case .opaque = content { true } else { state.conflicts.isOfWholeFiles }
    }
  }

  /// - Returns: `nil` where it is not there or has no record, or can't be read for now.
  private func standingFile(
    at path: WorkspacePath, recordedIn record: WorkspacePath
  ) throws -> StandingFile? {
    guard let recordFile = try files.read(record) else { return nil }
    // One that was damaged by hand is what it was in the newest version.
    let readable = ConflictRecord(reading: recordFile.bytes)
    guard let said = try readable ?? committedRecord(at: record, in: tree(of: head())),
      let reading = try files.read(path)
    else { return nil }
    // Candidates that a merge made on another computer are in no version.
    for (id, bytes) in said.files where try !objects.contains(id) { _ = try objects.write(blob: bytes) }
    let recorded = said.conflicts
    let id = ObjectID(blob: reading.bytes)
    let content = FileContent(reading.bytes, of: id, at: path)
    // A document is mended before anything in it is settled; to be deleted it need not be.
    let isToBeDeleted = recorded.here?.values.isEmpty == true
    if case .opaque = content, path.isJSON, !isToBeDeleted, !recorded.isOfWholeFiles { return nil }
    let schemas = try schemas()
    let rule = content.rule(MergeRules { schemas.mergeRule(for: $0) })
    return StandingFile(
      bytes: reading.bytes, id: id, content: content,
      state: DocumentState(content, of: id, recorded: recorded, rule: rule), rule: rule,
      hasDamagedRecord: readable == nil)
  }

  /// Those of the files a conflict names that are on this computer.
  private func candidateFiles(
    of conflict: Conflict, at path: WorkspacePath, _ standing: StandingFile
  ) throws -> [JSONValue: CandidateFile] {
    var files: [JSONValue: CandidateFile] = [:]
    for value in conflict.values {
      guard let id = value.namedFile,
        // What was saved just now is in no version.
        let size = try id == standing.id ? standing.bytes.count : sizeOfFile(id)
      else { continue }
      var reading = CandidateFile.Reading.other
      if path.isJSON {
        let document = try? JSONValue(parsing: id == standing.id ? standing.bytes : objects.blob(id))
        reading = document.map { .document(title: $0["title"]?.text) } ?? .unreadable
      }
      files[value] = CandidateFile(id: id, size: size, reading: reading)
    }
    return files
  }

  /// The size of a file's bytes; `nil` where they are not here, or the name is that of something else: a record is what
  /// anybody writes into it.
  func sizeOfFile(_ id: ObjectID) throws -> Int? {
    guard let header = try objects.header(of: id), header.kind == .blob else { return nil }
    return header.size
  }
}

extension Conflict {
  /// Which candidates come from uncommitted work, given what the newest version says.
  ///
  /// A candidate that is committed already is nobody's uncommitted work. Of the others, the one nearest to what the
  /// newest version says is what was received; a text of it may hold clean edits of the person here as well.
  fileprivate func candidates(
    notIn committed: (value: JSONValue?, recorded: OpenConflicts), at pointer: JSONPointer,
    keyField: (JSONPointer) -> JSONString
  ) -> Set<Int> {
    let known = committed.recorded[pointer]?.candidates ?? []
    var new = candidates.indices.filter { !known.contains(candidates[$0]) }
    if known.isEmpty {
      let received = committed.value?.value(at: pointer, keyField: keyField)
      let nearest = new.min {
        distance(of: candidates[$0], to: received) < distance(of: candidates[$1], to: received)
      }
      new.removeAll { $0 == nearest }
    }
    return Set(new)
  }

  /// How much a candidate differs from a value, in bytes of changed words; nothing where they are the same.
  private func distance(of candidate: Candidate, to value: JSONValue?) -> Int {
    switch (candidate, value) {
    case (.deleted, nil), (.kept, _?): return 0
    case (.value(let candidate), let value?):
      if candidate == value { return 0 }
      guard let text = candidate.text, let other = value.text else { return .max }
      return wordRuns(from: other, to: text).filter { $0.kind != .same }.reduce(1) { $0 + $1.text.utf8.count }
    default: return .max
    }
  }
}
