import CommitJoin
import Documents
import GitStore
import JSONTree
public import ObjectModel
import ThreeWayMerge
import WorkingCopy

/// Something that can be taken back: what the workspace was before it, and after.
public struct Undoable: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case sync, version
  }

  public var kind: Kind
  /// The versions whose effect goes, oldest first.
  public var versions: [ObjectID]
  var before: ObjectID?
  var after: ObjectID
}

/// What taking something back did.
public struct UndoReport: Hashable, Sendable {
  /// The new version.
  public var commit: ObjectID
  /// The documents it changes, sorted by path.
  public var documents: [WorkspacePath]
  /// What a person has to settle now and did not before.
  public var conflicts: [SyncReport.OpenPlace]
  /// Files changed and not committed, which were carried along.
  public var carried: [WorkspacePath]
  /// Files left exactly as they are, because they can't be read.
  public var passedBy: [WorkspacePath]
  /// What others decided about documents that are still there, and only they take back; sorted by path.
  public var decisions: [WorkspacePath]
  /// What they declared and noted of crises, which stays as well; sorted by path.
  public var crises: [WorkspacePath] = []
}

/// Taking back is going on: the inverse of what was done becomes a new version, which is merged like any other.
///
/// The three-way merge has what was done as its base, today's workspace on one side and what was before on the other.
/// So what others wrote since stays; where they changed the very same words, both texts are kept as a conflict. Because
/// it is a person's version, it holds for everybody once it is shared, and nothing leaves the history.
extension Workspace {
  /// What was done last on this computer and still stands: a sync that brought something in, or a version made here. From git's
  /// log of `main`.
  ///
  /// Whoever takes back one thing after the other goes back in time. Who has taken back one of long ago, by its name, did that
  /// last.
  ///
  /// - Throws: `WorkspaceError.nothingDoneToUndo`.
  public func lastDone() throws -> Undoable {
    let moves = try repository.moves(of: Self.mainReference)
    guard let last = try lastDone(in: moves[...], of: graphOfHead()) else {
      throw WorkspaceError.nothingDoneToUndo
    }
    return last.done
  }

  /// - Returns: With what was done before it.
  private func lastDone(
    in moves: ArraySlice<ReferenceMove>, of graph: CommitGraph
  ) throws -> (done: Undoable, before: ArraySlice<ReferenceMove>)? {
    var rest = moves
    while let move = rest.popFirst() {
      if let sync = try sync(move, in: graph) { return (sync, rest) }
      // What was amended or reset away is no part of this history any more, and others' versions come by plain git as well.
      guard let to = move.to, graph.contains(to), Self.isMadeHere(move) else { continue }
      let commit = try objects.commit(to)
      if commit.parents.count != 1 || isJoint(commit) { continue }
      let taken = move.reason == Self.reasonOfUndo ? Set(commit.versionsTakenBack) : []
      guard !taken.isEmpty, let earlier = try lastDone(in: rest, of: graph),
        taken.isSuperset(of: earlier.done.versions)
      else { return (try undoable(to, in: graph), rest) }
      rest = earlier.before
    }
    return nil
  }

  /// The last sync that brought something in, whatever was done since.
  ///
  /// - Throws: `WorkspaceError.noSyncToUndo`.
  public func lastSync() throws -> Undoable {
    let graph = try graphOfHead()
    for move in try repository.moves(of: Self.mainReference) {
      if let sync = try sync(move, in: graph) { return sync }
    }
    throw WorkspaceError.noSyncToUndo
  }

  private static let reasonOfSync = "ligne sync"
  private static let reasonOfUndo = "ligne undo"

  /// Whether a move of `main` is to a version that was made in this folder, by Ligne or by plain git.
  private static func isMadeHere(_ move: ReferenceMove) -> Bool {
    let bringsOthers = [reasonOfSync, "ligne clone", "ligne doctor"].contains(move.reason)
    return move.reason.hasPrefix("ligne ") && !bringsOthers || move.reason.hasPrefix("commit: ")
      || move.reason.hasPrefix("commit (amend): ")
  }

  private func graphOfHead() throws -> CommitGraph {
    var graph = CommitGraph()
    if let head = try head() { try takeHistory(of: head, into: &graph) }
    return graph
  }

  /// What a sync brought in; `nil` for any other move, and where it brought in nothing, or is no part of the history any more.
  private func sync(_ move: ReferenceMove, in graph: CommitGraph) throws -> Undoable? {
    guard move.reason == Self.reasonOfSync, let from = move.from, let to = move.to,
      graph.contains(from), graph.contains(to),
      let before = try tree(of: from), let after = try tree(of: to), before != after
    else { return nil }
    return Undoable(
      kind: .sync, versions: graph.userCommits(of: [to], notIn: [from]).reversed(), before: before,
      after: after)
  }

  /// A version of this workspace's history, as something to take back.
  ///
  /// - Throws: `WorkspaceError.notUndoable` for the first version, one that only joins, and one of another history.
  public func undoable(_ version: ObjectID) throws -> Undoable {
    guard try head() != nil else { throw WorkspaceError.nothingToCommit }
    return try undoable(version, in: graphOfHead())
  }

  private func undoable(_ version: ObjectID, in graph: CommitGraph) throws -> Undoable {
    guard graph.contains(version) else { throw WorkspaceError.notUndoable(version, .elsewhere) }
    let commit = try objects.commit(version)
    if isJoint(commit) { throw WorkspaceError.notUndoable(version, .joint) }
    if commit.parents.isEmpty { throw WorkspaceError.notUndoable(version, .first) }
    return Undoable(
      kind: .version, versions: [version], before: try treeBefore(commit), after: commit.tree)
  }

  /// Takes it back, as a new version. Uncommitted work is carried along and stays uncommitted.
  ///
  /// - Throws: `WorkspaceError.nothingToUndo` where the workspace holds nothing of it any more.
  public func undo(
    _ undoable: Undoable, message: String, by attribution: Attribution
  ) throws -> UndoReport {
    try refuseUnfinishedGit()
    try checkWritable()
    return try locked(for: "undo", at: attribution.time) {
      let state = try localState()
      guard let head = state.head, let headTree = state.headTree else { throw WorkspaceError.nothingToCommit }
      let openBefore = Set(try openConflicts().map(\.place))
      let merged = try mergeTrees(
        Versions(base: undoable.after, ours: headTree, theirs: undoable.before), in: objects
      ) { schemas throws(ObjectStoreError) in try rulebook.mergeRules(in: schemas) }
      var tree: ObjectID
      let decisions: [WorkspacePath]
      (tree, decisions) = try leavingDecisionsOfOthers(merged.tree, since: head, by: attribution)
      var crises: [WorkspacePath] = []
      if undoable.kind == .sync {
        (tree, crises) = try leavingCrises(in: tree, as: headTree)
      }
      if tree == headTree {
        throw crises.isEmpty ? WorkspaceError.nothingToUndo : WorkspaceError.nothingButCrisesToUndo
      }
      let signature = attribution.signature
      let commit = try objects.write(
        Commit(
          tree: tree, parents: [head], author: signature, committer: signature,
          message: message + "\n\n\(Commit.undoMark)\(undoable.versions.map(\.hex).joined(separator: " "))\n")
      )
      let carried = try carryOver(state, to: tree, before: .undo, by: attribution)
      // What comes back may be years old, and nobody has read it since.
      for case let id? in carried.writes.map(\.new?.id) { _ = try objects.blob(id) }
      try advance(
        from: head, to: commit, writes: carried.writes, known: { state.folder[$0] },
        command: "undo")
      try forgetBases(carried.caughtUp)
      let changed = try objects.difference(from: headTree, to: tree).map {
        $0.path.documentOfRecord ?? $0.path
      }
      return UndoReport(
        commit: commit, documents: Set(changed).sorted(),
        conflicts: try openConflicts().map(\.place).filter { !openBefore.contains($0) },
        carried: carried.carried, passedBy: carried.passedBy,
        decisions: decisions.filter { !crises.contains($0) }, crises: crises)
    }
  }
}

extension Workspace {
  /// A tree in which the crises of another stand as there, with what is open in them and the plans they follow: who takes back
  /// what others shared does not end their crisis.
  ///
  /// - Returns: Also the crises that would have changed, by path.
  private func leavingCrises(
    in tree: ObjectID, as old: ObjectID
  ) throws -> (tree: ObjectID, paths: [WorkspacePath]) {
    let schemas = try objects.folder(named: "schemas", in: old)
    let changes = try objects.difference(from: old, to: tree)
    func document(_ path: WorkspacePath, _ file: TreeFile?) throws -> Document? {
      guard let file, path.isDocument, !path.isSchema else { return nil }
      return try? self.document(at: path, file.id, schemas: schemas).get()
    }
    var kept: [JSONString: WorkspacePath] = [:]
    var plans: Set<JSONString> = []
    for change in changes {
      let path = change.path.documentOfRecord ?? change.path
      guard let found = try document(path, objects.file(at: path, in: old)),
        [CrisisActivation.kind, CrisisLogEntry.kind].contains(found.kind.name)
      else { continue }
      kept[found.id] = path
      if let plan = CrisisActivation(found.value).plan { plans.insert(plan) }
    }
    var restored = Set(kept.values)
    var edits: [(WorkspacePath, TreeFile?)] = []
    for change in changes where change.path.documentOfRecord == nil {
      // A plan that came with the crisis, and a crisis that was elsewhere before.
      if change.new == nil, let plan = try document(change.path, change.old), plans.contains(plan.id) {
        restored.insert(change.path)
      } else if change.old == nil, let moved = try document(change.path, change.new), kept[moved.id] != nil {
        edits.append((change.path, nil))
        if let record = try? change.path.conflictRecord { edits.append((record, nil)) }
      }
    }
    for path in restored {
      for file in [path, try? path.conflictRecord].compactMap(\.self) {
        edits.append((file, try objects.file(at: file, in: old)))
      }
    }
    return (
      try objects.tree(applying: edits.sorted { $0.0 < $1.0 }, to: tree), kept.values.sorted()
    )
  }
}

extension Commit {
  /// How the line of a message begins that says which versions were taken back.
  fileprivate static let undoMark = "Ligne-Undo: "

  fileprivate var versionsTakenBack: [ObjectID] {
    message.split(separator: "\n").filter { $0.hasPrefix(Self.undoMark) }
      .flatMap { $0.dropFirst(Self.undoMark.count).split(separator: " ") }.compactMap {
        ObjectID(hex: String($0))
      }
  }
}

extension OpenConflict {
  fileprivate var place: SyncReport.OpenPlace {
    SyncReport.OpenPlace(path: path, pointer: pointer, kind: conflict.kind)
  }
}
