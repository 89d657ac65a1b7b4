import SystemPackage
import Wording

// The C library declares `environ` as a variable anybody may change; it is only read, before there is a second thread.
#if canImport(Glibc)
  @unsafe @preconcurrency import Glibc
#elseif canImport(Musl)
  @unsafe @preconcurrency import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the program asks of the operating system beyond files; everything else is handed in from here.
///
/// The `unsafe` marks stand where the C interface takes pointers; none is kept.
enum System {
  /// The environment the program was started in. Of a variable given twice, the first counts, as for `getenv`.
  static func environment() -> [String: String] {
    var variables: [String: String] = [:]
    var entry = unsafe environ
    while let line = unsafe entry.pointee {
      let text = unsafe String(cString: line)
      if let sign = text.utf8.firstIndex(of: UInt8(ascii: "=")) {
        let (name, value) = (String(text[..<sign]), String(text[text.utf8.index(after: sign)...]))
        if variables[name] == nil { variables[name] = value }
      }
      unsafe entry += 1
    }
    return variables
  }

  /// The folder the program was started in.
  static func currentFolder() throws -> FilePath {
    guard let path = unsafe getcwd(nil, 0) else { throw Errno(rawValue: errno) }
    defer { unsafe free(path) }
    return unsafe FilePath(platformString: path)
  }

  /// Gives a file another name; what had that name is replaced, at once.
  static func rename(_ old: FilePath, to new: FilePath) throws {
    let status = unsafe old.withPlatformString { old in
      unsafe new.withPlatformString { new in unsafe Glibc.rename(old, new) }
    }
    if status != 0 { throw Errno(rawValue: errno) }
  }

  /// Makes a folder, unless it is there.
  ///
  /// - Parameter onlyForOwner: Whether nobody else may look into a new one.
  static func makeFolder(_ path: FilePath, onlyForOwner: Bool = false) throws {
    let mode: mode_t = onlyForOwner ? 0o700 : 0o777
    let status = unsafe path.withPlatformString { unsafe mkdir($0, mode) }
    if status != 0, errno != EEXIST { throw Errno(rawValue: errno) }
  }

  /// The names of what is in a folder, in no order; names that are no UTF-8 are told by their bytes.
  static func names(in path: FilePath) throws -> [String] {
    guard let folder = unsafe path.withPlatformString({ unsafe opendir($0) }) else {
      throw Errno(rawValue: errno)
    }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    errno = 0
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    if errno != 0 { throw Errno(rawValue: errno) }
    return names
  }

  /// What stands at a path; a link is a link, wherever it leads.
  static func nature(of path: FilePath) -> Nature {
    var status = stat()
    guard unsafe path.withPlatformString({ unsafe lstat($0, &status) }) == 0 else { return .other }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  enum Nature { case file, folder, other }

  /// Removes a file; a link goes, and not what it leads to.
  static func remove(_ path: FilePath) throws {
    if unsafe path.withPlatformString({ unsafe unlink($0) }) != 0 { throw Errno(rawValue: errno) }
  }

  static func isTerminal(_ file: FileDescriptor) -> Bool { isatty(file.rawValue) == 1 }

  /// The size of the terminal behind a file, in columns and rows; `nil` if there is none or it does not say.
  static func size(of file: FileDescriptor) -> (columns: Int, rows: Int)? {
    var size = winsize()
    guard unsafe ioctl(file.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// Lets each key arrive as it is typed, without being shown, and puts the terminal back as it was. What was typed
  /// before is dropped.
  ///
  /// Source: POSIX.1-2017, chapter 11, “General Terminal Interface”, non-canonical mode.
  static func withoutLineEditing<Result>(_ read: () -> Result) -> Result {
    var before = termios()
    guard unsafe tcgetattr(FileDescriptor.standardInput.rawValue, &before) == 0 else { return read() }
    var raw = before
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
    _ = unsafe tcsetattr(FileDescriptor.standardInput.rawValue, TCSAFLUSH, &raw)
    defer { _ = unsafe tcsetattr(FileDescriptor.standardInput.rawValue, TCSANOW, &before) }
    return read()
  }

  /// The present second, and what the clock on this machine's wall is ahead of UTC.
  static func now() -> (instant: Instant, offset: UTCOffset) {
    var seconds = time(nil)
    var local = unsafe tm()
    unsafe localtime_r(&seconds, &local)
    return (Instant(secondsSince1970: Int(seconds)), UTCOffset(minutes: unsafe Int(local.tm_gmtoff) / 60))
  }

  /// Lets a write to a closed pipe return an error instead of ending the program in the middle of its work.
  static func surviveClosedPipes() { signal(SIGPIPE, SIG_IGN) }

  /// Makes sure that 0, 1 and 2 are taken, so that no file of the workspace gets the number of a standard file that
  /// was closed (`ligne … >&-`) and is written over by the answer.
  ///
  /// What takes their place cannot be written to: an answer that goes nowhere is still reported.
  static func occupyStandardFiles() {
    while let file = try? FileDescriptor.open(FilePath("/dev/null"), .readOnly) {
      if file.rawValue > 2 {
        try? file.close()
        return
      }
    }
  }

  /// Ends the program.
  static func end(_ status: Int32) -> Never { exit(status) }

  /// Runs a line of shell in the foreground, with the terminal as its own, and waits for it.
  ///
  /// - Returns: Its exit status, 128 + n if signal n ended it; `nil` if no shell could be started.
  ///
  /// Source: POSIX.1-2017, `system`, which also keeps Ctrl-C of the child from ending the parent.
  static func runInForeground(shell line: String) -> Int32? {
    // The child inherits what is ignored, and a shell may not undo that.
    let previous = signal(SIGPIPE, SIG_DFL)
    defer { signal(SIGPIPE, previous) }
    let status = unsafe system(line)
    if status == -1 { return nil }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }
}
