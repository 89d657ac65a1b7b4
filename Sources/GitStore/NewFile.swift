import CLibgit2
import Glibc

/// A file on its way: it gets its name when it is whole and flushed, and goes away with the value if it gets none.
///
/// Until then it bears one that git clears away, should we be killed.
final class NewFile {
  private let folder: String
  private let path: String
  private let descriptor: Int32
  private var isNamed = false

  /// - Parameters:
  ///   - folder: The one it shall be in.
  ///   - kind: What it is to become, by git's own word: `obj`, `pack`, `idx`.
  init(in folder: String, _ kind: String) throws(GitError) {
    self.folder = folder
    // What is in these files never changes, so git lets nobody write into them.
    for number in 0... {
      let path = "\(folder)/tmp_\(kind)_\(getpid())_\(number)"
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o444)
      // Another one of ours, or left by a process that had our number; that one git clears away some day.
      if descriptor < 0, errno == EEXIST { continue }
      (self.path, self.descriptor) = (path, descriptor)
      if descriptor < 0 { throw DiskFile.failure("make \(path)", path) }
      return
    }
    preconditionFailure("there are enough numbers")
  }

  deinit {
    if descriptor < 0 { return }
    if !isNamed { unlink(path) }
    close(descriptor)
  }

  /// Appends bytes.
  func write(_ bytes: [UInt8]) throws(GitError) {
    try DiskFile.write(bytes, to: descriptor, path)
  }

  /// Lets the disk begin, and does not wait for it: where several files are flushed afterwards, it takes them together.
  /// What goes wrong with that is said here and not a second time by `flush`.
  func startFlushing() throws(GitError) {
    // Not every file system can; all can flush.
    guard ligne_start_flushing(descriptor) == 0 || [ENOSYS, EINVAL, ESPIPE, EPERM].contains(errno) else {
      throw DiskFile.failure("flush \(path)", path)
    }
  }

  /// Returns when what was written survives a power cut.
  func flush() throws(GitError) {
    guard fsync(descriptor) == 0 else { throw DiskFile.failure("flush \(path)", path) }
  }

  /// Gives the file its name; what bears it already holds the same.
  func name(_ name: String) throws(GitError) {
    guard rename(path, folder + "/" + name) == 0 else { throw DiskFile.failure("rename \(path)", path) }
    isNamed = true
  }
}
