import Glibc
import SystemPackage

/// An open folder, in which names are looked up one at a time.
///
/// Whatever its path comes to mean meanwhile, this stays the same folder, and because no lookup follows a link,
/// a folder that is swapped for a link can not lead out of the workspace. All calls of this module that change
/// the disk are here and in ``OpenFile``.
final class OpenFolder {
  let probe: DiskProbe
  fileprivate let place: ShownPath
  let descriptor: CInt

  private init(descriptor: CInt, _ place: ShownPath, probe: DiskProbe) {
    self.descriptor = descriptor
    self.place = place
    self.probe = probe
  }

  deinit { close(descriptor) }

  /// Opens a folder a person named; links on the way to it are theirs, and are followed.
  static func open(_ path: FilePath, probe: DiskProbe) throws(WorkingCopyError) -> OpenFolder {
    let descriptor = path.withPlatformString { path in
      retrying { Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    }
    guard descriptor >= 0 else { throw .disk(.list, path: path, reason: .last) }
    return OpenFolder(descriptor: descriptor, ShownPath(path), probe: probe)
  }

  /// Opens a folder inside this one; a link is refused.
  func folder(named name: EntryName) throws(WorkingCopyError) -> OpenFolder {
    let opened = name.withCString { name in
      retrying { openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
    }
    guard opened >= 0 else { throw .disk(.list, path: path(of: name), reason: .last) }
    return OpenFolder(descriptor: opened, place.appending(name), probe: probe)
  }

  /// As it was opened; for messages and probes only.
  var path: FilePath { place.path }

  func path(of name: EntryName) -> FilePath { place.appending(name).path }
}

// MARK: Looking

/// What the system says of a name.
struct EntryStatus {
  enum Kind { case file, folder, link, special }
  var kind: Kind
  var stamp: FileStamp
  /// The nine bits of who may read, write and run it.
  var permissions: mode_t
  var owner: uid_t

  init(_ raw: stat) {
    kind =
      switch raw.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .special
      }
    stamp = FileStamp(
      size: Int64(raw.st_size), modified: FileTime(raw.st_mtim), changed: FileTime(raw.st_ctim),
      inode: UInt64(raw.st_ino), device: UInt64(raw.st_dev))
    permissions = raw.st_mode & 0o777
    owner = raw.st_uid
  }
}

extension OpenFolder {
  /// The names in it but `.` and `..`, in no order.
  func names() throws(WorkingCopyError) -> [EntryName] {
    var names: [EntryName] = []
    try forEachName { names.append(EntryName(systemName: $0)) }
    return names
  }

  /// Hands out the names in it but `.` and `..`, in no order, each ended by a zero and valid for the length of the call.
  func forEachName(_ body: (UnsafePointer<CChar>) -> Void) throws(WorkingCopyError) {
    // Its own descriptor, because reading moves the place it stands at, and closing the stream closes it.
    let own = retrying { openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard own >= 0, let stream = fdopendir(own) else {
      let reason = Errno.last
      if own >= 0 { close(own) }
      throw .disk(.list, path: path, reason: reason)
    }
    defer { closedir(stream) }
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { name in
          let dot = CChar(bitPattern: UInt8(ascii: "."))
          let isSelfOrParent = name[0] == dot && (name[1] == 0 || name[1] == dot && name[2] == 0)
          if !isSelfOrParent { body(name) }
        }
      }
    }
    if errno != 0 { throw .disk(.list, path: path, reason: .last) }
  }

  /// What a name stands for, links not followed; `nil` if there is no such name.
  func status(of name: EntryName) throws(WorkingCopyError) -> EntryStatus? {
    var raw = stat()
    let code = name.withCString { name in
      retrying { fstatat(descriptor, name, &raw, AT_SYMLINK_NOFOLLOW) }
    }
    if code == 0 { return EntryStatus(raw) }
    let reason = Errno.last
    if reason == .noSuchFileOrDirectory { return nil }
    throw .disk(.read, path: path(of: name), reason: reason)
  }

  /// What the file behind a link is; for the system's own lists only.
  func statusFollowingLink(_ name: EntryName) throws(WorkingCopyError) -> EntryStatus? {
    var raw = stat()
    if name.withCString({ name in retrying { fstatat(descriptor, name, &raw, 0) } }) == 0 {
      return EntryStatus(raw)
    }
    let reason = Errno.last
    if reason == .noSuchFileOrDirectory { return nil }
    throw .disk(.read, path: path(of: name), reason: reason)
  }

  /// Where a link points; `nil` if it is none or may not be read.
  func target(of name: EntryName) -> [UInt8]? {
    var count = 0
    let target = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, size in
      count = name.withCString { name in
        buffer.withMemoryRebound(to: CChar.self) { readlinkat(descriptor, name, $0.baseAddress!, $0.count) }
      }
      size = max(count, 0)
    }
    return count < 0 ? nil : target
  }

  /// Its path without links, by what the system says of the open folder; `nil` where it does not say.
  var canonicalPath: [UInt8]? {
    do throws(WorkingCopyError) {
      return try OpenFolder.open("/proc/self/fd", probe: .none).target(of: EntryName("\(descriptor)"))
    } catch {
      return nil
    }
  }

  /// What the system says of the folder itself.
  func status() throws(WorkingCopyError) -> EntryStatus {
    var raw = stat()
    guard retrying({ fstat(descriptor, &raw) }) == 0 else {
      throw .disk(.list, path: path, reason: .last)
    }
    return EntryStatus(raw)
  }

  /// Whether this process may create and rename in it.
  func checkWritable() throws(WorkingCopyError) {
    guard faccessat(descriptor, ".", W_OK | X_OK, AT_EACCESS) == 0 else {
      throw .disk(.write, path: path, reason: .last)
    }
  }

  /// Opens a file for reading; never a link, and without waiting for the other end of a pipe.
  func file(named name: EntryName) throws(WorkingCopyError) -> OpenFile {
    let opened = name.withCString { name in
      retrying { openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) }
    }
    guard opened >= 0 else { throw .disk(.read, path: path(of: name), reason: .last) }
    return OpenFile(descriptor: opened, place.appending(name), probe: probe)
  }
}

// MARK: Changing

extension OpenFolder {
  /// Creates a file; the name must be free.
  ///
  /// - Parameter permissions: What the file allows, before the process's `umask` is taken away.
  func create(_ name: EntryName, permissions: mode_t = 0o666) throws(WorkingCopyError) -> OpenFile {
    try announce(.create(place.appending(name)), name)
    let opened = name.withCString { name in
      retrying {
        openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, permissions)
      }
    }
    guard opened >= 0 else { throw .disk(.write, path: path(of: name), reason: .last) }
    return OpenFile(descriptor: opened, place.appending(name), probe: probe)
  }

  /// Opens a file for reading and writing, and makes it if there is none; for files that are never replaced.
  func openOrCreate(_ name: EntryName) throws(WorkingCopyError) -> OpenFile {
    let opened = name.withCString { name in
      retrying { openat(descriptor, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o666) }
    }
    guard opened >= 0 else { throw .disk(.write, path: path(of: name), reason: .last) }
    return OpenFile(descriptor: opened, place.appending(name), probe: probe)
  }

  /// Gives a file another name, which it takes from whatever bears it.
  func rename(_ name: EntryName, to folder: OpenFolder, _ other: EntryName) throws(WorkingCopyError) {
    try announce(.rename(place.appending(name), to: folder.place.appending(other)), name)
    try check(name) {
      name.withCString { name in
        other.withCString { renameat(descriptor, name, folder.descriptor, $0) }
      }
    }
  }

  /// Gives a file another name, if that is free; else `.fileExists`.
  func renameToFreeName(
    _ name: EntryName, to folder: OpenFolder, _ other: EntryName
  ) throws(WorkingCopyError) {
    try announce(.renameToFreeName(place.appending(name), to: folder.place.appending(other)), name)
    try check(name) { renameWithFlags(name, folder, other, flags: 1) }
  }

  /// Swaps two files in one instant; at no moment is either name without a file.
  func exchange(_ name: EntryName, with folder: OpenFolder, _ other: EntryName) throws(WorkingCopyError) {
    try announce(.exchange(place.appending(name), folder.place.appending(other)), name)
    try check(name) { renameWithFlags(name, folder, other, flags: 2) }
  }

  /// Gives a file a second name, which must be free.
  func link(_ name: EntryName, to folder: OpenFolder, _ other: EntryName) throws(WorkingCopyError) {
    try announce(.link(place.appending(name), to: folder.place.appending(other)), name)
    try check(name) {
      name.withCString { name in
        other.withCString { linkat(descriptor, name, folder.descriptor, $0, 0) }
      }
    }
  }

  func remove(_ name: EntryName) throws(WorkingCopyError) {
    try announce(.remove(place.appending(name)), name)
    try check(name) { name.withCString { unlinkat(descriptor, $0, 0) } }
  }

  func makeFolder(_ name: EntryName) throws(WorkingCopyError) {
    try announce(.makeFolder(place.appending(name)), name)
    try check(name) { name.withCString { mkdirat(descriptor, $0, 0o777) } }
  }

  func removeFolder(_ name: EntryName) throws(WorkingCopyError) {
    try announce(.removeFolder(place.appending(name)), name)
    try check(name) { name.withCString { unlinkat(descriptor, $0, AT_REMOVEDIR) } }
  }

  /// Removes a folder if nothing is in it; `false` if it has to stay.
  func removeIfEmpty(_ name: EntryName) throws(WorkingCopyError) -> Bool {
    do throws(WorkingCopyError) {
      try removeFolder(name)
      return true
    } catch {
      switch error.reason {
      // Not empty; in use as a mount point or somebody's current folder; not ours to remove.
      case .directoryNotEmpty?, .fileExists?, .resourceBusy?, .permissionDenied?, .notPermitted?: return false
      default: throw error
      }
    }
  }

  /// Returns when the names in the folder would survive a power cut.
  func flush() throws(WorkingCopyError) {
    do { try probe.announce(.flushFolder(place)) } catch { throw .disk(.flush, path: path, reason: error) }
    guard retrying({ fsync(descriptor) }) != 0 else { return }
    // Some file systems have nothing to flush for a folder and say so.
    let reason = Errno.last
    if reason != .invalidArgument { throw .disk(.flush, path: path, reason: reason) }
  }

  private func announce(
    _ step: @autoclosure () -> DiskStep, _ name: EntryName
  ) throws(WorkingCopyError) {
    do { try probe.announce(step()) } catch { throw .disk(.write, path: path(of: name), reason: error) }
  }

  private func check(_ name: EntryName, _ body: () -> CInt) throws(WorkingCopyError) {
    guard retrying(body) == 0 else { throw .disk(.write, path: path(of: name), reason: .last) }
  }

  private func renameWithFlags(
    _ name: EntryName, _ folder: OpenFolder, _ other: EntryName, flags: CUnsignedInt
  ) -> CInt {
    guard let renameat2 else {
      errno = ENOSYS
      return -1
    }
    return name.withCString { name in
      other.withCString { renameat2(descriptor, name, folder.descriptor, $0, flags) }
    }
  }
}

/// `renameat2` of Linux, which Glibc declares only for programs in C that ask for it; `nil` where it is missing.
private let renameat2 = {
  typealias Function =
    @convention(c) (CInt, UnsafePointer<CChar>, CInt, UnsafePointer<CChar>, CUnsignedInt) -> CInt
  return dlsym(nil, "renameat2").map { unsafeBitCast($0, to: Function.self) }
}()
