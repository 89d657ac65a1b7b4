public import SystemPackage

extension GitLock {
  /// Moves every lock that is abandoned out of the way, so that nobody has to, and waits for none.
  ///
  /// Call it with the ``WorkspaceLock`` held.
  ///
  /// - Parameter interruptedSince: As ``WorkspaceLock/interruptedSince`` says.
  /// - Returns: Those that were moved aside, with where they are now.
  public static func clearAbandoned(
    in gitFolder: FilePath, workspace: FilePath, local: LocalFolder, interruptedSince: FileTime? = nil
  ) throws(WorkingCopyError) -> [(lock: GitLock, aside: FilePath)] {
    var moved: [(lock: GitLock, aside: FilePath)] = []
    for lock in try all(
      in: gitFolder, workspace: workspace, local: local, interruptedSince: interruptedSince)
    where lock.verdict == .abandoned {
      do throws(WorkingCopyError) {
        moved.append((lock, try lock.moveAside(into: local)))
      } catch .gitLockInUse {
        // It is gone, or another one by now: the next command looks again.
      }
    }
    return moved
  }

  /// Sees to it that none of these locks is in the way: abandoned ones are moved aside, the others are waited for.
  ///
  /// One that some program uses is waited for a few seconds; one that is too young to tell, until it is old enough.
  ///
  /// Call it with the ``WorkspaceLock`` held.
  ///
  /// - Parameters:
  ///   - names: Below git's folder: `index.lock`, `refs/heads/main.lock`.
  ///   - onWait: Called once, after a quarter of a second of waiting, with the lock.
  /// - Returns: Those that were moved aside, with where they are now.
  /// - Throws: ``WorkingCopyError/gitLockInUse(path:)`` when the time is up.
  public static func clear(
    _ names: [String], in gitFolder: FilePath, workspace: FilePath, local: LocalFolder,
    onWait: (GitLock) -> Void = { _ in }
  ) throws(WorkingCopyError) -> [(lock: GitLock, aside: FilePath)] {
    try clear(names, in: gitFolder, workspace: workspace, local: local, later: 0, onWait: onWait)
  }

  /// The same as if it were so many seconds later, for tests.
  package static func clear(
    _ names: [String], in gitFolder: FilePath, workspace: FilePath, local: LocalFolder, later seconds: Int64,
    onWait: (GitLock) -> Void = { _ in }
  ) throws(WorkingCopyError) -> [(lock: GitLock, aside: FilePath)] {
    let start = ContinuousClock.now
    let paths = Set(names.map { gitFolder.appending($0) })
    var moved: [(lock: GitLock, aside: FilePath)] = []
    var isTold = false
    var pause = 1
    // By name first: to look at every process of the computer costs more than most commands.
    while try isAnyThere(paths, local: local) {
      var now = local.fileSystemTime()
      now.seconds += seconds
      var inTheWay: GitLock?
      for lock in try all(in: gitFolder, workspace: workspace, local: local, now: now)
      where paths.contains(lock.path) {
        guard lock.verdict == .abandoned else {
          inTheWay = inTheWay ?? lock
          continue
        }
        do throws(WorkingCopyError) {
          moved.append((lock, try lock.moveAside(into: local)))
        } catch {
          // Another one has come in its place since: look again.
          guard case .gitLockInUse = error else { throw error }
          inTheWay = inTheWay ?? lock
        }
      }
      guard let inTheWay else { continue }
      let waited = start.duration(to: .now)
      if waited >= inTheWay.patience { throw .gitLockInUse(path: inTheWay.path) }
      if waited >= .milliseconds(250), !isTold {
        isTold = true
        onWait(inTheWay)
      }
      Pause.milliseconds(pause)
      pause = min(pause * 2, 100)
    }
    return moved
  }

  /// How long it is waited for.
  private var patience: Duration {
    switch verdict {
    case .inUse: .seconds(5)
    // A little longer than it takes a lock to be old enough, where every process can be seen.
    case .tooYoung, .abandoned: .seconds(12)
    }
  }

  private static func isAnyThere(
    _ paths: Set<FilePath>, local: LocalFolder
  ) throws(WorkingCopyError) -> Bool {
    for path in paths.sorted(by: { $0.string.utf8.lexicographicallyPrecedes($1.string.utf8) }) {
      guard let name = path.lastComponent else { continue }
      do throws(WorkingCopyError) {
        let folder = try OpenFolder.open(path.removingLastComponent(), probe: local.probe)
        if try folder.status(of: EntryName(name.string))?.kind == .file { return true }
      } catch {
        // Without the folder there is no lock in it.
        guard error.reason == .noSuchFileOrDirectory else { throw error }
      }
    }
    return false
  }
}
