import GitStore
import JSONTree
import ObjectModel
import PlantedBugs
import ThreeWayMerge
import WorkingCopy

/// Work that is not committed, under a newest version that changes: it is merged with what came, or passed by.
extension Workspace {
  struct CarryOver {
    var writes: [FileWrite] = []
    var carried: [WorkspacePath] = []
    var passedBy: [WorkspacePath] = []
    var notices: [FileNotice] = []
    /// Those of an earlier sync's passed by files that were merged now, and from what.
    var caughtUp: [(path: WorkspacePath, base: ObjectID)] = []
    /// Where the records lie then.
    var records = RecordPlaces()
  }

  /// What has to be written so that the folder holds the new version and, on top of it, what was not committed.
  func carryOver(
    _ state: LocalState, to tree: ObjectID, before command: KeptBefore, by attribution: Attribution
  ) throws -> CarryOver {
    var result = CarryOver()
    try forgetBases(besides: state)
    // What can't be read is not merged: it stays, byte for byte, and remembers what it was based on.
    let incoming = Set(try objects.difference(from: state.headTree, to: tree).map(\.path))
    var uncommitted: [(WorkspacePath, TreeFile?)] = []
    for change in state.changes {
      // A question that comes into it, or is settled, is a change of it as well.
      let isIncoming =
        incoming.contains(change.path) || (try? change.path.conflictRecord).map(incoming.contains) == true
      if change.path.documentOfRecord != nil, change.new != nil,
        try problem(ofRecord: change.path, state: state) != nil
      {
        // It is no record, and none is put in its place.
        if isIncoming { result.passedBy.append(change.path) }
      } else if isIncoming, try !isReadable(change) {
        result.passedBy.append(change.path)
        if !EngineBug.forgetsTheBase.isPlanted { try keepBase(change.old?.id, of: change.path) }
      } else {
        uncommitted.append((change.path, try stored(change.path, change.new)))
      }
    }
    result.carried = state.changes.map(\.path).filter { !result.passedBy.contains($0) }

    // One that was passed by before and can be read now follows an older version than the newest. So does one that is now a
    // question of whole files, though the one of them that is shown did not change.
    result.caughtUp = try basesKept(of: uncommitted.map(\.0)).filter { path, _ in
      if incoming.contains(path) { return true }
      guard let record = try? path.conflictRecord, incoming.contains(record),
        let file = try objects.file(at: record, in: tree)
      else { return false }
      return OpenConflicts(recordedIn: try objects.blob(file.id)).isOfWholeFiles
    }

    // In what is merged each record is beside its document; in the folder it is where the newest version has that.
    let folder = try objects.tree(applying: uncommitted, to: state.headTree)
    let along =
      EngineBug.settlesByRenaming.isPlanted
      ? [] : try edits(bringingAlong: recordPlaces(in: state), in: state)
    let standing = try objects.tree(applying: along, to: folder)
    var target = tree
    if standing != state.headTree {
      try keepCopy(of: folder, on: state.head, before: command, by: attribution)
      let bases = try result.caughtUp.map { path, base in
        let ours = try objects.file(at: path, in: standing)
        let theirs = try objects.file(at: path, in: tree)
        return (path, try baseToMerge(base, of: path, ours: ours, theirs: theirs))
      }
      let base = try objects.tree(applying: bases, to: state.headTree)
      let blocked = try blockedMoves(of: uncommitted, besides: Set(result.passedBy), in: state, to: tree)
      let movedBack =
        try blocked.map { ($0.new, nil) } + blocked.map { ($0.old, try objects.file(at: $0.new, in: tree)) }
      let theirs = try objects.tree(applying: movedBack, to: tree)
      let merged = try mergeTrees(
        Versions(base: base, ours: standing, theirs: theirs), in: objects
      ) { schemas throws(ObjectStoreError) in try rulebook.mergeRules(in: schemas) }
      let newest = try blocked.map { ($0.new, try objects.file(at: $0.new, in: tree)) }
      target =
        EngineBug.putsWorkAside.isPlanted ? tree : try objects.tree(applying: newest, to: merged.tree)
      result.notices = merged.notices
      result.records = try recordPlaces(of: target, under: tree)
      target = try objects.tree(applying: edits(leaving: result.records, of: target), to: target)
      try keepCarried(target, by: attribution)
    }
    let passedBy = Set(result.passedBy)
    for change in try objects.difference(from: folder, to: target) where !passedBy.contains(change.path) {
      result.writes.append(FileWrite(path: change.path, expected: change.old?.id, new: change.new))
    }
    // A record says what its document shows. Whoever saves another text there before the record is in the folder has not
    // seen the question, and settles nothing.
    let written = Set(result.writes.map(\.path))
    for document in written.compactMap(result.records.document(of:)).sorted()
    where !written.contains(document) && !passedBy.contains(document) {
      guard let file = try objects.file(at: document, in: target) else { continue }
      result.writes.append(FileWrite(path: document, expected: file.id, new: file))
    }
    return result
  }

  /// Moves by others of what was changed here to where a file is passed by, and of the records of such documents.
  ///
  /// What is merged there can't be written: the change would be nowhere in the folder. So the document stays in its old
  /// place until whoever has the other file has put that right.
  private func blockedMoves(
    of uncommitted: [(path: WorkspacePath, file: TreeFile?)], besides passedBy: Set<WorkspacePath>,
    in state: LocalState, to tree: ObjectID
  ) throws -> [(old: WorkspacePath, new: WorkspacePath)] {
    if passedBy.isEmpty { return [] }
    // Whoever deleted it has nothing there to lose; whoever moved it has.
    let ownMoves = try moves(in: state).filter { !passedBy.contains($0.value) }
    let worked = Set(uncommitted.filter { $0.file != nil || ownMoves[$0.path] != nil }.map(\.path))
    let moves = try moves(from: state.headTree, to: tree).filter { old, new in
      // One that is only called as the other was is not known to be that.
      guard worked.contains(old), passedBy.contains(new), let id = try documentID(at: old, in: state.headTree)
      else { return false }
      return try id == documentID(at: new, in: tree)
    }
    return moves.sorted { $0.key < $1.key }.flatMap { old, new in
      let records = (try? (old: old.conflictRecord, new: new.conflictRecord)).map { [$0] } ?? []
      return [(old: old, new: new)] + records
    }
  }

  private func documentID(at path: WorkspacePath, in tree: ObjectID?) throws -> JSONString? {
    guard let file = try tree.flatMap({ try objects.file(at: path, in: $0) }) else { return nil }
    return try? JSONValue(parsing: objects.blob(file.id))["id"]?.string
  }

  private func isReadable(_ change: PathChange) throws -> Bool {
    guard change.path.isDocument, change.new != nil, let reading = try files.read(change.path) else {
      return true
    }
    return (try? JSONValue(parsing: reading.bytes)) != nil
  }

  /// Keeps what the folder shall hold, so that a command killed in the middle can be finished.
  ///
  /// Each follows the one before, so that no object of ours is ever without a name.
  private func keepCarried(_ tree: ObjectID, by attribution: Attribution) throws {
    let before = try repository.reference(SyncReferences.carried)
    let last = try before.flatMap { try objects.header(of: $0)?.kind == .commit ? $0 : nil }
    if let last, try objects.commit(last).tree == tree { return }
    let signature = attribution.signature
    let commit = try objects.write(
      Commit(
        tree: tree, parents: [last].compactMap { $0 }, author: signature, committer: signature,
        message: "Travail non enregistré, réuni / Uncommitted work, merged\n\nLigne-Kept: carried\n"))
    try objects.keep([commit])
    try repository.moveReference(
      SyncReferences.carried, from: before, to: commit, reason: "ligne sync: carried")
  }
}
