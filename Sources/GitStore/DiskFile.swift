import Glibc

/// The files of a repository that are read and written without libgit2.
enum DiskFile {
  static func exists(_ path: String) -> Bool { (try? status(path)) != nil }

  static func isFolder(_ path: String) -> Bool {
    (try? status(path)).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
  }

  /// What the system says of a file, links followed.
  static func status(_ path: String) throws(GitError) -> stat {
    var found = stat()
    guard stat(path, &found) == 0 else { throw failure("look at \(path)", path) }
    return found
  }

  /// The names in a folder, in no order, without `.` and `..`.
  static func names(in folder: String) throws(GitError) -> [String] {
    guard let stream = opendir(folder) else { throw failure("list \(folder)", folder) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// The content of a file, and what the system said of it while it was open.
  ///
  /// - Parameter limit: Bytes from its beginning; `nil` for the whole.
  static func read(
    _ path: String, upTo limit: Int? = nil, followingLinks: Bool = true
  ) throws(GitError) -> (bytes: [UInt8], status: stat) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | (followingLinks ? 0 : O_NOFOLLOW))
    guard descriptor >= 0 else { throw failure("open \(path)", path) }
    defer { close(descriptor) }
    var found = stat()
    guard fstat(descriptor, &found) == 0 else { throw failure("look at \(path)", path) }
    let size = min(Int(found.st_size), limit ?? .max)
    var problem: GitError?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
        if got < 0, errno == EINTR { continue }
        if got < 0 { problem = failure("read \(path)", path) }
        if got <= 0 { break }
        count += got
      }
    }
    if let problem { throw problem }
    return (bytes, found)
  }

  /// Removes a name that is a second one of a file, and nothing else.
  static func remove(_ second: String, ifItIs file: String) {
    var (kept, removed) = (stat(), stat())
    // In this order: a name that somebody else has given to another file since is that file's only one.
    guard lstat(file, &kept) == 0, lstat(second, &removed) == 0, removed.st_nlink > 1,
      (kept.st_dev, kept.st_ino) == (removed.st_dev, removed.st_ino)
    else { return }
    unlink(second)
  }

  /// Writes all of the bytes at the end of an open file.
  static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(GitError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, bytes.count - done)
      }
      if count < 0, errno == EINTR { continue }
      // A disk that takes nothing has no room.
      if count == 0 { errno = ENOSPC }
      if count <= 0 { throw failure("write \(path)", path) }
      done += count
    }
  }

  /// Makes a folder, if there is none.
  ///
  /// - Returns: Whether there was none.
  @discardableResult
  static func makeFolder(_ path: String) throws(GitError) -> Bool {
    if mkdir(path, 0o777) == 0 { return true }
    guard errno == EEXIST else { throw failure("make \(path)", path) }
    return false
  }

  /// Makes the names in a folder survive a power cut.
  static func flushFolder(_ path: String) throws(GitError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("open \(path)", path) }
    defer { close(descriptor) }
    // Some network file systems can't flush folders and say so; there is nothing to be done about it.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure("flush \(path)", path) }
  }

  /// The system's last answer as an error.
  static func failure(_ operation: String, _ path: String) -> GitError {
    let code = errno
    return GitError(
      operation: operation, kind: GitError.Kind(systemError: code),
      detail: "\(path): \(String(cString: strerror(code)))")
  }
}

/// A file being replaced under git's own kind of lock: `<name>.lock` exists as long as somebody works on it.
///
/// The lock is given back when the value goes away without `commit`; the file is then as it was.
struct LockedFile: ~Copyable {
  private let path: String
  private let lockPath: String
  private let descriptor: Int32
  private var isReleased = false

  /// Takes the lock; waits up to a second for another program.
  init(_ path: String) throws(GitError) {
    let lockPath = path + ".lock"
    descriptor = try waitingForLocks { () throws(GitError) in
      let descriptor = open(lockPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return descriptor }
      var error = DiskFile.failure("lock \(path)", lockPath)
      if errno == EEXIST { error.kind = .locked }
      throw error
    }
    self.path = path
    self.lockPath = lockPath
  }

  /// Puts new content in the file's place, so that it is there whole or not at all, also after a power cut.
  consuming func commit(_ bytes: [UInt8]) throws(GitError) {
    try DiskFile.write(bytes, to: descriptor, lockPath)
    guard fsync(descriptor) == 0 else { throw DiskFile.failure("flush \(lockPath)", lockPath) }
    guard rename(lockPath, path) == 0 else { throw DiskFile.failure("replace \(path)", path) }
    isReleased = true
    let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) }
    try DiskFile.flushFolder(folder ?? ".")
  }

  deinit {
    close(descriptor)
    if !isReleased { unlink(lockPath) }
  }
}
