public import SystemPackage

/// A `*.lock` file in git's folder, by which a git program keeps others from writing.
///
/// A program that is killed leaves it behind, and from then on every program refuses to write. Whether it was left
/// behind is recognised by its owner being gone, not guessed from its age.
public struct GitLock: Hashable, Sendable {
  public var path: FilePath
  public var stamp: FileStamp
  public var verdict: Verdict

  public enum Verdict: Hashable, Sendable {
    /// No living process can be using it. It can be moved out of the way.
    case abandoned
    /// This process has it open, or is a git program at work in this workspace.
    case inUse(process: Int32, command: String)
    /// Changed so recently that whoever made it may be about to use it; wait, and look again.
    case tooYoung
  }
}

extension GitLock {
  /// Finds git's locks: those beside `index`, `HEAD` and `packed-refs`, and those of the references.
  ///
  /// A lock counts as abandoned when no living process has it open, no git program is at work in the workspace (git
  /// closes the lock while it waits for its editor), and it has not changed for 10 seconds; for 10 minutes where
  /// not every process that may use it can be seen: on a network disk, inside a container, or if it belongs to
  /// somebody else.
  ///
  /// Call it with the ``WorkspaceLock`` held: then none of them is one of ours at work. So one that was made since a
  /// command of ours had the workspace that was killed is taken for its own, whatever its age; and below `refs/ligne/`
  /// nobody writes but commands of ours and the git they run.
  ///
  /// - Parameters:
  ///   - gitFolder: `.git`, or where that file points.
  ///   - workspace: The folder git programs would be at work in.
  ///   - interruptedSince: As ``WorkspaceLock/interruptedSince`` says.
  /// - Returns: Sorted by the bytes of their paths.
  public static func all(
    in gitFolder: FilePath, workspace: FilePath, local: LocalFolder, interruptedSince: FileTime? = nil
  ) throws(WorkingCopyError) -> [GitLock] {
    try all(
      in: gitFolder, workspace: workspace, local: local, interruptedSince: interruptedSince, now: nil)
  }

  /// Whether there is a lock that most commands would meet, of the index or of a branch. Costs a look at two folders.
  public static func isAnyInTheWay(in gitFolder: FilePath) throws(WorkingCopyError) -> Bool {
    let top = try OpenFolder.open(gitFolder, probe: .none)
    if try top.names().contains(where: isLock) { return true }
    guard try top.status(of: referencesName)?.kind == .folder else { return false }
    let references = try top.folder(named: referencesName)
    guard try references.status(of: branchesName)?.kind == .folder else { return false }
    return try references.folder(named: branchesName).names().contains(where: isLock)
  }

  /// The same at some moment, for tests.
  package static func all(
    in gitFolder: FilePath, workspace: FilePath, local: LocalFolder, interruptedSince: FileTime? = nil,
    now: FileTime?
  ) throws(WorkingCopyError) -> [GitLock] {
    let top = try OpenFolder.open(gitFolder, probe: local.probe)
    var found: [(path: FilePath, status: EntryStatus)] = []
    try collect(in: top, recursively: false, into: &found)
    if try top.status(of: referencesName)?.kind == .folder {
      try collect(in: try top.folder(named: referencesName), recursively: true, into: &found)
    }
    if found.isEmpty { return [] }

    let now = now ?? local.fileSystemTime()
    let ownNames = gitFolder.appending("refs/ligne")
    let processes = LivingProcesses.visible()
    let isOnLocalDisk = Disk.isLocal(top)
    let workplaces = [top, try OpenFolder.open(workspace, probe: local.probe)].compactMap(\.canonicalPath)
    return found.map { path, status in
      GitLock(
        path: path, stamp: status.stamp,
        verdict: verdict(
          on: status.stamp, now: now, processes: processes, workplaces: workplaces,
          allIsSeen: isOnLocalDisk && processes.areAll && status.owner == ThisComputer.user,
          isOurs: path.starts(with: ownNames), interruptedSince: interruptedSince))
    }
    .sorted { $0.path.string.utf8.lexicographicallyPrecedes($1.path.string.utf8) }
  }

  /// Moves an abandoned lock into Ligne's own folder, where it can still be looked at.
  ///
  /// - Returns: Where it is now.
  /// - Throws: ``WorkingCopyError/gitLockInUse(path:)`` if it was not judged abandoned, or if it is gone or another
  ///   one by now.
  @discardableResult
  public func moveAside(into local: LocalFolder) throws(WorkingCopyError) -> FilePath {
    guard verdict == .abandoned, let component = path.lastComponent else { throw .gitLockInUse(path: path) }
    let name = component.withPlatformString { EntryName(systemName: $0) }
    let folder = try OpenFolder.open(path.removingLastComponent(), probe: local.probe)
    guard try folder.status(of: name)?.stamp == stamp else { throw .gitLockInUse(path: path) }
    let own = try local.openCreating()
    if try own.status(of: asideName) == nil { try own.makeFolder(asideName) }
    let target = try own.folder(named: asideName)
    let aside = EntryName("\(stamp.changed.seconds)-\(stamp.inode)-\(component.string)")
    try folder.rename(name, to: target, aside)
    // Between looking and moving, the abandoned one may have gone and a new one come: that one goes back.
    guard try target.status(of: aside)?.stamp.inode == stamp.inode else {
      try target.placeWhereNothingIs(aside, folder, name)
      throw .gitLockInUse(path: path)
    }
    try folder.flush()
    return target.path(of: aside)
  }

  private static func collect(
    in folder: OpenFolder, recursively: Bool, into found: inout [(path: FilePath, status: EntryStatus)]
  ) throws(WorkingCopyError) {
    for name in try folder.names() {
      guard let status = try folder.status(of: name) else { continue }
      if status.kind == .file, isLock(name) {
        found.append((folder.path(of: name), status))
      } else if status.kind == .folder, recursively {
        try collect(in: try folder.folder(named: name), recursively: true, into: &found)
      }
    }
  }

  private static func isLock(_ name: EntryName) -> Bool {
    name.bytes.suffix(lockSuffix.count).elementsEqual(lockSuffix)
  }

  /// Pure, so that every case can be tested.
  ///
  /// - Parameters:
  ///   - allIsSeen: Whether every process that may use it can be seen.
  ///   - isOurs: Whether nobody but a command of ours, or the git it runs, makes this lock.
  static func verdict(
    on lock: FileStamp, now: FileTime, processes: LivingProcesses, workplaces: [[UInt8]], allIsSeen: Bool,
    isOurs: Bool = false, interruptedSince: FileTime? = nil
  ) -> Verdict {
    if let user = processes.first(usingFileOf: lock) ?? processes.first(runningGitIn: workplaces) {
      return .inUse(process: user.id, command: user.command)
    }
    if let interruptedSince, lock.changed >= interruptedSince { return .abandoned }
    if isOurs, allIsSeen { return .abandoned }
    if now == .never { return .tooYoung }
    // A time stamp far in the future is a clock that was set back, not a young file.
    let age = now.seconds - max(lock.modified, lock.changed).seconds
    return abs(age) > (allIsSeen || isOurs ? 10 : 600) ? .abandoned : .tooYoung
  }
}

private let referencesName = EntryName("refs")
private let branchesName = EntryName("heads")
private let asideName = EntryName("git-locks")
private let lockSuffix = Array(".lock".utf8)
