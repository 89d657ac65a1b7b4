import Documents
public import JSONTree
public import ObjectModel
public import ThreeWayMerge
import WorkingCopy

/// An open conflict, as it stands in the folder.
public struct OpenConflict: Hashable, Sendable {
  public var path: WorkspacePath
  /// The document's id, where it has one.
  public var id: String?
  public var pointer: JSONPointer
  public var conflict: Conflict
  /// What the document shows there now; `nil` where it shows nothing.
  public var current: JSONValue?
  /// The candidates that only the folder holds, by their place among them: somebody's work that is in no version.
  public var uncommitted: Set<Int> = []
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
  /// Everything a person has to settle, by path and pointer.
  ///
  /// - Parameter path: Only in this document.
  public func openConflicts(in path: WorkspacePath? = nil) throws -> [OpenConflict] {
    let state = try smallFolder(path?.conflictRecord ?? WorkspacePath("conflicts"))
    let records = state.files.keys.filter { $0.documentOfRecord != nil }.sorted()
    return try records.flatMap { record -> [OpenConflict] in
      guard let document = record.documentOfRecord, path == nil || path == document else { return [] }
      guard let (found, rule) = try self.state(of: document) else { return [] }
      let committed = try committedState(of: document, record: record, in: state)
      return found.conflicts.list.map { pointer, conflict in
        OpenConflict(
          path: document, id: found.value?["id"]?.text, pointer: pointer, conflict: conflict,
          current: found.value?.value(at: pointer, keyField: rule.keyField),
          uncommitted: committed.map { conflict.candidates(notIn: $0, at: pointer, keyField: rule.keyField) }
            ?? [])
      }
    }
  }

  /// A document and its recorded conflicts as the newest version has them; `nil` where the folder has the same.
  private func committedState(
    of document: WorkspacePath, record: WorkspacePath, in state: SmallFolder
  ) throws -> (value: JSONValue?, recorded: OpenConflicts)? {
    let changed = state.changes.map(\.path)
    guard let tree = state.headTree, changed.contains(record) else { return nil }
    func read(_ path: WorkspacePath) throws -> JSONValue? {
      try objects.file(at: path, in: tree).flatMap { try? JSONValue(parsing: objects.blob($0.id)) }
    }
    return (try read(document), try read(record).flatMap(ConflictRecord.init)?.conflicts ?? .none)
  }

  /// Settles one conflict of a document in the folder, as a change that is committed like any other.
  ///
  /// - Returns: How many conflicts are left in the workspace.
  /// - Throws: `WorkspaceError.noConflict`, `.noSuchCandidate`, `.refusedValue`.
  public func resolve(
    _ path: WorkspacePath, _ pointer: JSONPointer, with choice: Choice, by attribution: Attribution
  ) throws -> Int {
    try refuseUnfinishedGit()
    let recordPath = try path.conflictRecord
    let (standing, standingRecord) = (try standing(at: path), try self.standing(at: recordPath))
    guard let (found, rule) = try state(of: path), let conflict = found.conflicts[pointer] else {
      throw WorkspaceError.noConflict(pointer: pointer.description, document: path)
    }
    let candidate: Candidate
    switch choice {
    case .candidate(let number):
      guard conflict.candidates.indices.contains(number - 1) else {
        throw WorkspaceError.noSuchCandidate(number, count: conflict.candidates.count)
      }
      candidate = conflict.candidates[number - 1]
    case .value(let value): candidate = .value(value)
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
    let record = state.conflicts.isEmpty ? nil : ConflictRecord(state.conflicts).value
    try write(
      [
        Edit(path: path, value: state.value, basis: .reading(standing)),
        Edit(path: recordPath, value: record, basis: .reading(standingRecord)),
      ], for: "resolve", by: attribution,
      // Who chooses to delete a document has not chosen against what else was written in it since.
      keeping: state.value == nil ? .resolve : nil)
    return try openConflicts().count
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

  /// A document and its open conflicts, as they stand in the folder; `nil` where it is not there or has none.
  private func state(of path: WorkspacePath) throws -> (DocumentState, MergeRule)? {
    guard let record = try files.read(path.conflictRecord),
      let recorded = (try? JSONValue(parsing: record.bytes)).flatMap(ConflictRecord.init),
      let document = try? self.document(at: path)
    else { return nil }
    let rule = try schemas().mergeRule(for: document)
    return (DocumentState(document: document, recorded: recorded.conflicts, rule: rule), rule)
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
