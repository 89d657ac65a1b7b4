import Glibc
import SystemPackage

/// An open file, which stays the same file whatever its name comes to mean.
final class OpenFile {
  private let place: ShownPath
  private let probe: DiskProbe
  private let descriptor: CInt

  /// Takes over the descriptor, and closes it in the end.
  init(descriptor: CInt, _ place: ShownPath, probe: DiskProbe) {
    self.descriptor = descriptor
    self.place = place
    self.probe = probe
  }

  deinit { close(descriptor) }

  /// As it was opened; for messages and probes only.
  var path: FilePath { place.path }

  func status() throws(WorkingCopyError) -> EntryStatus {
    var raw = stat()
    guard retrying({ fstat(descriptor, &raw) }) == 0 else {
      throw .disk(.read, path: path, reason: .last)
    }
    return EntryStatus(raw)
  }

  /// Reads from the beginning to the end.
  ///
  /// - Parameter limit: Reading ends here even if the file grows meanwhile; it must be greater than the size that
  ///   is still accepted.
  func readAll(expecting size: Int64, limit: Int64) throws(WorkingCopyError) -> [UInt8] {
    var bytes: [UInt8] = []
    // One more than expected, so that the read that finds the end needs no second buffer.
    var capacity = Int(min(max(size, 0), limit)) + 1
    while true {
      let start = bytes.count
      var reason: Errno?
      let chunk = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
        let read = retrying { pread(descriptor, buffer.baseAddress, buffer.count, off_t(start)) }
        if read < 0 { reason = .last }
        count = max(read, 0)
      }
      if let reason { throw .disk(.read, path: path, reason: reason) }
      if chunk.isEmpty { return bytes }
      if start == 0 { bytes = chunk } else { bytes += chunk }
      if bytes.count >= limit { return bytes }
      capacity = max(1, min(Int(limit) - bytes.count, 1 << 20))
    }
  }

  func write(_ bytes: [UInt8]) throws(WorkingCopyError) {
    do { try probe.announce(.write(place, bytes: bytes)) } catch {
      throw .disk(.write, path: path, reason: error)
    }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { bytes in
        retrying { Glibc.write(descriptor, bytes.baseAddress! + written, bytes.count - written) }
      }
      guard count > 0 else { throw .disk(.write, path: path, reason: count < 0 ? .last : .noSpace) }
      written += count
    }
  }

  /// Sets the nine bits of who may read, write and run it.
  func allow(_ permissions: mode_t) throws(WorkingCopyError) {
    guard retrying({ fchmod(descriptor, permissions) }) == 0 else {
      throw .disk(.write, path: path, reason: .last)
    }
  }

  /// Lets the disk begin with what was written, and does not wait for it: where several files are flushed afterwards, it
  /// takes them together. What goes wrong with that is said here and not a second time by `flush`.
  ///
  /// Source: `sync_file_range(2)`.
  func startFlushing() throws(WorkingCopyError) {
    guard let syncFileRange, retrying({ syncFileRange(descriptor, 0, 0, syncFileRangeWrite) }) != 0 else {
      return
    }
    // Not every file system can; all can flush.
    let reason = Errno.last
    if [.noFunction, .invalidArgument, .illegalSeek, .notPermitted].contains(reason) { return }
    throw .disk(.flush, path: path, reason: reason)
  }

  /// Returns when what was written would survive a power cut.
  func flush() throws(WorkingCopyError) {
    do { try probe.announce(.flush(place)) } catch { throw .disk(.flush, path: path, reason: error) }
    guard retrying({ fsync(descriptor) }) == 0 else { throw .disk(.flush, path: path, reason: .last) }
  }
}

// MARK: Locking

extension OpenFile {
  /// Takes the lock of the whole file, which lasts as long as this value; `false` if somebody else has it.
  func tryLock() throws(WorkingCopyError) -> Bool {
    if retrying({ flock(descriptor, LOCK_EX | LOCK_NB) }) == 0 { return true }
    let reason = Errno.last
    if reason == .wouldBlock { return false }
    throw .disk(.lock, path: path, reason: reason)
  }

  /// Writes short notes in place: nobody's work, and not worth a flush.
  func replaceContent(with bytes: [UInt8]) throws(WorkingCopyError) {
    let written = bytes.withUnsafeBytes { bytes in
      retrying { pwrite(descriptor, bytes.baseAddress, bytes.count, 0) }
    }
    guard written == bytes.count, retrying({ ftruncate(descriptor, off_t(bytes.count)) }) == 0 else {
      throw .disk(.write, path: path, reason: written < 0 ? .last : .noSpace)
    }
  }
}

// MARK: Who else has it open

extension OpenFile {
  enum OtherUsers {
    /// No process, this one included, has another descriptor or a mapping of it.
    case none
    case some
    /// The system can't tell.
    case unknown
  }

  /// Whether anybody else has this file open, and so could still write into it.
  ///
  /// Only for files nobody can open by name any more. A lease for writing is granted exactly when there is no
  /// other descriptor and no mapping; it is given back at once.
  ///
  /// Source: `fcntl(2)`, "Leases".
  func otherUsers() -> OtherUsers {
    // Should somebody open the file while we hold the lease, the system tells us with a signal, by default one that
    // ends the process; this one does nothing.
    _ = fcntl(descriptor, setLeaseSignal, SIGURG)
    if fcntl(descriptor, setLease, CInt(F_WRLCK)) == 0 {
      _ = fcntl(descriptor, setLease, CInt(F_UNLCK))
      return .none
    }
    return Errno.last == .resourceTemporarilyUnavailable ? .some : .unknown
  }
}

/// `F_SETSIG` and `F_SETLEASE` of Linux, which Glibc declares only for programs in C that ask for them.
private let setLeaseSignal: CInt = 10
private let setLease: CInt = 1024

/// `sync_file_range` of Linux, which Glibc declares only for programs in C that ask for it; `nil` where it is missing.
private let syncFileRange = {
  typealias Function = @convention(c) (CInt, off_t, off_t, CUnsignedInt) -> CInt
  return dlsym(nil, "sync_file_range").map { unsafeBitCast($0, to: Function.self) }
}()
/// `SYNC_FILE_RANGE_WRITE`.
private let syncFileRangeWrite: CUnsignedInt = 2

extension Errno {
  /// What the last call of this thread answered.
  static var last: Errno { Errno(rawValue: errno) }
}

/// Calls again as long as a signal came in between.
func retrying<Number: SignedInteger>(_ body: () -> Number) -> Number {
  while true {
    let result = body()
    if result != -1 || errno != EINTR { return result }
  }
}

extension FileTime {
  init(_ time: timespec) {
    self.init(seconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec))
  }
}
