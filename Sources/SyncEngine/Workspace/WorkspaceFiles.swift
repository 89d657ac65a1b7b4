package import ObjectModel
package import SystemPackage
package import WorkingCopy

/// The files of a workspace as the engine sees them: the folder a person edits, and small files of Ligne's own.
///
/// `WorkingTree` is them on disk. The simulator has them in memory, so that a whole team lives in one process. What
/// each function does, and what it throws, is said there.
package protocol WorkspaceFiles {
  associatedtype Small: SmallFiles
  /// The lock, the journal, caches; never shared.
  var local: Small { get }

  func read(_ path: WorkspacePath) throws(WorkingCopyError) -> FileReading?
  func read(_ paths: [WorkspacePath]) throws(WorkingCopyError) -> [FileReading?]
  func compare(
    with known: some KnownFiles, knownAsOf: FileTime?, only paths: [WorkspacePath]?,
    isIgnored: (_ path: WorkspacePath, _ isFolder: Bool) -> Bool
  ) throws(WorkingCopyError) -> FolderComparison

  /// Brings files from what they are believed to be to what they shall be.
  func apply(_ plan: [FileWrite], content: (ObjectID) throws -> [UInt8]) throws -> ApplyReport
  /// Whether ``unsettled()`` may find anything.
  func hasLeftovers() throws(WorkingCopyError) -> Bool
  /// What earlier commands displaced and nobody has settled yet.
  func unsettled() throws(WorkingCopyError) -> [DisplacedFile]
  /// Folders of earlier exchanges in which files lie that nobody can tell the meaning of any more; they stay.
  func unexplained() throws(WorkingCopyError) -> [FilePath]
  /// Lets go of what was displaced and is safe elsewhere now.
  func settle(_ displaced: DisplacedFile) throws(WorkingCopyError)

  func checkWritable(_ plan: [FileWrite]) throws(WorkingCopyError)
  func checkWritable(folder: FilePath) throws(WorkingCopyError)

  /// The locks of git there are.
  func gitLocks(in gitFolder: FilePath) throws(WorkingCopyError) -> [GitLock]
  /// Moves one that is abandoned into Ligne's own folder, and returns its place there.
  func moveAside(_ lock: GitLock) throws(WorkingCopyError) -> FilePath
  /// Moves locks of git out of the way whose owners are gone, and waits for those that are needed.
  ///
  /// - Parameters:
  ///   - interrupted: When a command took the workspace that was killed while it had it.
  ///   - search: How far to look for the first kind.
  ///   - names: The second kind, below git's folder.
  ///   - seconds: How much later it is taken to be, for tests.
  /// - Returns: Those that were moved aside, with where they are now.
  func clearGitLocks(
    in gitFolder: FilePath, since interrupted: FileTime?, searching search: LockSearch,
    needing names: [String], later seconds: Int64, onWait: (GitLock) -> Void
  ) throws(WorkingCopyError) -> [(lock: GitLock, aside: FilePath)]

  /// Takes the right to change the workspace, until what is returned is released or gone.
  func lock(
    as holder: LockHolder, onWait: (LockHolder?) -> Void
  ) throws(WorkingCopyError) -> any HeldLock
}

/// How far to look for locks of git.
package enum LockSearch {
  /// Where most commands would meet one.
  case usual
  /// At all references.
  case everywhere
}

/// The right to change the workspace, held.
package protocol HeldLock: AnyObject {
  /// When the command before this one took the workspace, if it was killed while it had it.
  var interruptedSince: FileTime? { get }
  func release()
}

extension WorkspaceLock: HeldLock {}

extension WorkingTree: WorkspaceFiles {
  package func checkWritable(folder: FilePath) throws(WorkingCopyError) { try Self.checkWritable(folder) }

  package func gitLocks(in gitFolder: FilePath) throws(WorkingCopyError) -> [GitLock] {
    try GitLock.all(in: gitFolder, workspace: root, local: local)
  }

  package func moveAside(_ lock: GitLock) throws(WorkingCopyError) -> FilePath {
    try lock.moveAside(into: local)
  }

  package func clearGitLocks(
    in gitFolder: FilePath, since interrupted: FileTime?, searching search: LockSearch,
    needing names: [String],
    later seconds: Int64, onWait: (GitLock) -> Void
  ) throws(WorkingCopyError) -> [(lock: GitLock, aside: FilePath)] {
    var moved: [(lock: GitLock, aside: FilePath)] = []
    let mayBeThere =
      if search == .everywhere || interrupted != nil { true } else {
        try GitLock.isAnyInTheWay(in: gitFolder)
      }
    if mayBeThere {
      moved = try GitLock.clearAbandoned(
        in: gitFolder, workspace: root, local: local, interruptedSince: interrupted)
    }
    return try moved
      + GitLock.clear(names, in: gitFolder, workspace: root, local: local, later: seconds, onWait: onWait)
  }

  package func lock(
    as holder: LockHolder, onWait: (LockHolder?) -> Void
  ) throws(WorkingCopyError) -> any HeldLock {
    try WorkspaceLock.acquire(in: local, as: holder, onWait: onWait)
  }
}
