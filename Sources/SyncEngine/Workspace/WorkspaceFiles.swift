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
  func scan(
    known: [WorkspacePath: KnownFile], knownAsOf: FileTime?,
    isIgnored: (_ path: WorkspacePath, _ isFolder: Bool) -> Bool
  ) throws(WorkingCopyError) -> Scan

  /// Brings files from what they are believed to be to what they shall be.
  func apply(_ plan: [FileWrite], content: (ObjectID) throws -> [UInt8]) throws -> ApplyReport
  /// Lets go of what was displaced and is safe elsewhere now.
  func settle(_ displaced: DisplacedFile) throws(WorkingCopyError)

  func checkWritable(_ plan: [FileWrite]) throws(WorkingCopyError)
  func checkWritable(folder: FilePath) throws(WorkingCopyError)

  /// Takes the right to change the workspace, until what is returned is released or gone.
  func lock(
    as holder: LockHolder, onWait: (LockHolder?) -> Void
  ) throws(WorkingCopyError) -> any HeldLock
}

/// The right to change the workspace, held.
package protocol HeldLock: AnyObject {
  func release()
}

extension WorkspaceLock: HeldLock {}

extension WorkingTree: WorkspaceFiles {
  package func checkWritable(folder: FilePath) throws(WorkingCopyError) { try Self.checkWritable(folder) }

  package func lock(
    as holder: LockHolder, onWait: (LockHolder?) -> Void
  ) throws(WorkingCopyError) -> any HeldLock {
    try WorkspaceLock.acquire(in: local, as: holder, onWait: onWait)
  }
}
