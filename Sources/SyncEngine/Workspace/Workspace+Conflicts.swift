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
    let records = try localState().scanned.keys.filter { $0.documentOfRecord != nil }.sorted()
    return try records.flatMap { record -> [OpenConflict] in
      guard let document = record.documentOfRecord, path == nil || path == document else { return [] }
      guard let (state, rule) = try state(of: document) else { return [] }
      return state.conflicts.list.map { pointer, conflict in
        OpenConflict(
          path: document, id: state.value?["id"]?.text, pointer: pointer, conflict: conflict,
          current: state.value?.value(at: pointer, keyField: rule.keyField))
      }
    }
  }

  /// Settles one conflict of a document in the folder, as a change that is committed like any other.
  ///
  /// - Returns: How many conflicts are left in the workspace.
  /// - Throws: `WorkspaceError.noConflict`, `.noSuchCandidate`, `.refusedValue`.
  public func resolve(
    _ path: WorkspacePath, _ pointer: JSONPointer, with choice: Choice, by attribution: Attribution
  ) throws -> Int {
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
      [(path, state.value), (try path.conflictRecord, record)], for: "resolve", by: attribution)
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
