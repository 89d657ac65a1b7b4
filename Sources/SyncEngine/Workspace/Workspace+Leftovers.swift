import GitStore
import ObjectModel
import PlantedBugs
import SystemPackage
import WorkingCopy

/// What was done about a lock of git's that was in the way.
public enum GitLockNews: Hashable, Sendable {
  /// A program uses it, or may; this command waits a little. `program` is the one seen to use it.
  case waiting(lock: String, program: String?)
  /// Whoever made it is gone; it lies in Ligne's own folder now.
  case movedAside(lock: String, to: String)
}

/// What a command that was killed leaves behind is settled by the next one, before it does anything else.
extension Workspace {
  /// Settles it when a workspace is opened, if there is anything.
  ///
  /// - Throws: As `locked`. Where nothing waits but files somebody displaced, whoever may not write may still read.
  func recover() throws {
    if try Journal(in: files.local).pending() == nil {
      guard try files.hasLeftovers() else { return }
      do {
        try locked(for: "recover", at: 0) {}
      } catch WorkingCopyError.disk(let operation, _, let reason)
        where operation != .flush && (reason == .permissionDenied || reason == .readOnlyFileSystem)
      {
        return
      }
    } else {
      try locked(for: "recover", at: 0) {}
    }
  }

  /// Finishes the step of a killed command, or takes it back where it had not begun to show, and merges what an editor
  /// saved in the moment one of its files was exchanged. The workspace must be locked.
  func settleLeftovers() throws {
    let journal = Journal(in: files.local)
    let entry = try journal.pending()
    guard try entry != nil || files.hasLeftovers() else { return }
    // First of all, because applying the step again makes an exchange of its own.
    let displaced = try files.unsettled()
    let head = try repository.reference(entry?.reference ?? Self.mainReference)
    if let entry, !EngineBug.recoversNothing.isPlanted {
      var writes: [FileWrite] = []
      if head == entry.toHead || EngineBug.finishesWhatNeverBegan.isPlanted {
        writes = entry.writes
      } else if head != entry.fromHead {
        // Somebody went on with plain git since: only what that version holds is still meant.
        let tree = try self.tree(of: head)
        writes = try entry.writes.filter { write in
          try tree.flatMap { try objects.file(at: write.path, in: $0) } == write.new
        }
      }
      try follow(from: entry.fromHead, to: head, writes: writes)
      recovery = Recovery(command: entry.command, wasFinished: head == entry.toHead)
    }
    if !displaced.isEmpty {
      try bring(writes(merging: displaced, after: entry?.writes ?? [], head: head), to: head)
      for file in displaced { try files.settle(file) }
      savedMeanwhile += Set(displaced.filter { $0.found != nil }.map(\.path)).sorted()
    }
    guard let entry else { return }
    if entry.command == "commit", head == entry.toHead {
      // What it merged from them is in the version.
      let paths = try objects.difference(from: tree(of: entry.fromHead), to: tree(of: head)).map(\.path)
      try forgetBases(basesKept(of: paths.filter { path in !displaced.contains { $0.path == path } }))
    }
    try journal.finish()
    // It is whole now, whoever finished it.
    if entry.command == "clone" { try files.local.removeSmall(UnfinishedClone.noteName) }
  }

  /// Sees to it that no lock of git's keeps this command from its work. The workspace must be locked.
  ///
  /// - Parameters:
  ///   - interrupted: When a command took the workspace that was killed while it had it.
  ///   - search: How far to look for locks whose owners are gone.
  ///   - names: The locks this command needs.
  /// - Throws: `WorkingCopyError.gitLockInUse` naming a lock that some program holds for longer than we wait.
  func clearGitLocks(
    since interrupted: FileTime? = nil, searching search: LockSearch = .usual,
    needing names: [String] = Workspace.ownGitLocks, later seconds: Int64 = 0
  ) throws {
    let moved = try files.clearGitLocks(
      in: FilePath(repository.gitFolder), since: interrupted, searching: search, needing: names,
      later: seconds
    ) { lock in
      var program: String?
      if case .inUse(_, let command) = lock.verdict { program = command }
      onGitLock(.waiting(lock: lock.path.string, program: program))
    }
    for (lock, aside) in moved { onGitLock(.movedAside(lock: lock.path.string, to: aside.string)) }
  }

  /// The locks a command of ours needs.
  static let ownGitLocks =
    [
      "index", "HEAD", "packed-refs", "config", mainReference, SyncReferences.carried,
      SyncReferences.seenMain,
    ]
    .map { $0 + ".lock" }

  /// Fetches what the address holds; a lock that a killed fetch left on a reference of ours is moved aside first.
  func fetched(
    from remote: RemoteAddress, over transport: some Transport, at time: Int64,
    progress: ((TransferProgress) -> Void)?
  ) async throws -> FetchReport {
    do throws(TransportError) {
      return try await transport.fetch(from: remote, SyncReferences.specifications, progress: progress)
    } catch {
      guard case .busy = error else { throw error }
    }
    try clearLocksOfFetches(at: time)
    return try await transport.fetch(from: remote, SyncReferences.specifications, progress: progress)
  }

  private func clearLocksOfFetches(at time: Int64) throws {
    let folder = repository.gitFolder + "/"
    let names = try files.gitLocks(in: FilePath(repository.gitFolder))
      .map { String($0.path.string.dropFirst(folder.count)) }
      .filter { $0.hasPrefix(SyncReferences.incoming) }
    try locked(for: "sync", at: time) { try clearGitLocks(needing: names) }
  }
}
