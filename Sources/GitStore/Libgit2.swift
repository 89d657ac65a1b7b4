import CLibgit2
import Glibc
import ObjectModel

/// What every use of libgit2 goes through: its start, its return codes, and waiting for other programs.
enum Libgit2 {
  /// Starts libgit2 in this process, once.
  ///
  /// Writes are flushed to the disk before they are relied on, which may not depend on libgit2's default; what is read is
  /// compared with its name where it is read (``GitRepository/object(_:)``). Whose folder it is stays checked, as is its
  /// default.
  static func start() throws(GitError) {
    if let failure = outcome { throw failure }
  }

  private static let outcome: GitError? = {
    do throws(GitError) {
      try call("start libgit2") { git_libgit2_init() }
      try call("turn on flushing") { ligne_git2_set_int(Int32(GIT_OPT_ENABLE_FSYNC_GITDIR.rawValue), 1) }
      try call("leave hash checks to us") {
        ligne_git2_set_int(Int32(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION.rawValue), 0)
      }
      // A folder is read again for each version made from the one before, and hashed each time. libgit2 only remembers
      // those of less than 4 KB by itself.
      try call("remember folders") { ligne_git2_set_cache_limit(GIT_OBJECT_TREE, 1 << 19) }
      try call("limit what is remembered") { ligne_git2_set_cache_size(1 << 25) }
      try acceptHarmlessExtensions()
      try followGitEnvironment()
      return nil
    } catch {
      return error
    }
  }()

  /// Extensions of the repository format that change nothing Ligne does, and that libgit2 1.5 would refuse: objects
  /// that are never removed (we remove none), and a configuration per workspace (we look into it, see
  /// ``RepositoryLayout``). `git sparse-checkout` leaves the second one behind when it is turned off again.
  static let harmlessExtensions = ["noop", "preciousobjects", "worktreeconfig"]

  private static func acceptHarmlessExtensions() throws(GitError) {
    var names: [UnsafePointer<CChar>?] = harmlessExtensions.map { UnsafePointer(strdup($0)) }
    defer { for name in names { free(UnsafeMutablePointer(mutating: name)) } }
    try call("accept extensions") { ligne_git2_set_extensions(&names, names.count) }
  }

  /// The file that stands for the person's own configuration, if the environment names one.
  static let globalConfiguration: String? = variable("GIT_CONFIG_GLOBAL")

  /// git lets the environment replace the person's and the system's configuration; libgit2 1.5 does not know that.
  private static func followGitEnvironment() throws(GitError) {
    var levels: [git_config_level_t] = []
    if globalConfiguration != nil { levels += [GIT_CONFIG_LEVEL_GLOBAL, GIT_CONFIG_LEVEL_XDG] }
    if let word = variable("GIT_CONFIG_NOSYSTEM")?.lowercased(),
      !["", "0", "false", "no", "off"].contains(word)
    {
      levels += [GIT_CONFIG_LEVEL_SYSTEM]
    }
    for level in levels {
      try call("set where configuration is") { ligne_git2_set_search_path(level.rawValue, "") }
    }
  }

  private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

/// Runs one libgit2 call and turns its return code into a `GitError`.
///
/// libgit2 keeps its last message per thread, so it is read here, at once, and nowhere else.
@discardableResult
func call(_ operation: @autoclosure () -> String, _ body: () -> Int32) throws(GitError) -> Int32 {
  let code = body()
  guard code < 0 else { return code }
  let last = git_error_last()?.pointee
  let detail = last?.message.map { String(cString: $0) } ?? "code \(code)"
  throw GitError(operation: operation(), kind: GitError.Kind(code: code, area: last?.klass), detail: detail)
}

/// Runs a libgit2 call that hands back an object. Its twin `…_free` stands next to the use, in `deinit` or `defer`.
func owned(
  _ operation: @autoclosure () -> String, _ body: (inout OpaquePointer?) -> Int32
) throws(GitError) -> OpaquePointer {
  var result: OpaquePointer?
  try call(operation()) { body(&result) }
  guard let result else {
    throw GitError(operation: operation(), kind: .other, detail: "libgit2 answered with nothing")
  }
  return result
}

/// Tries again for a second while another program holds a lock file. git itself waits 100 ms, libgit2 not at all.
func waitingForLocks<Value>(_ body: () throws(GitError) -> Value) throws(GitError) -> Value {
  let deadline = ContinuousClock.now + .seconds(1)
  var pause: UInt32 = 1000
  while true {
    do throws(GitError) {
      return try body()
    } catch {
      guard error.kind == .locked, ContinuousClock.now < deadline else { throw error }
      usleep(pause)
      pause = min(pause * 2, 50_000)
    }
  }
}

extension GitError.Kind {
  fileprivate init(code: Int32, area: Int32?) {
    self =
      switch git_error_code(rawValue: code) {
      case GIT_ENOTFOUND: .notFound
      case GIT_EEXISTS: .alreadyExists
      case GIT_ELOCKED: .locked
      case GIT_EMODIFIED: .changedMeanwhile
      case GIT_EMISMATCH: .damaged
      case GIT_EOWNER: .notOurs
      case _ where area == Int32(GIT_ERROR_OS.rawValue): GitError.Kind(systemError: errno)
      case _ where area == Int32(GIT_ERROR_ZLIB.rawValue): .damaged
      case _ where area == Int32(GIT_ERROR_ODB.rawValue): .damaged
      default: .other
      }
  }

  /// - Parameter systemError: `errno`.
  init(systemError: Int32) {
    self =
      switch systemError {
      case ENOENT, ENOTDIR: .notFound
      case EACCES, EPERM, EROFS: .noPermission
      case ENOSPC, EDQUOT: .diskFull
      default: .other
      }
  }
}

extension ObjectStoreError {
  init(_ error: GitError) {
    self =
      error.kind == .locked
      ? .locked(lock: lockFile(namedIn: error.detail))
      : .failed(operation: error.operation, detail: error.detail)
  }
}

/// The file that libgit2 says it could not lock: “failed to lock file '….lock' for writing”; all it says, where it names
/// none.
private func lockFile(namedIn detail: String) -> String {
  guard let open = detail.firstIndex(of: "'"), let close = detail.lastIndex(of: "'"), open < close else {
    return detail
  }
  return String(detail[detail.index(after: open)..<close])
}

extension git_oid {
  init(_ id: ObjectID) {
    self.init()
    withUnsafeMutableBytes(of: &self) { $0.copyBytes(from: id.bytes) }
  }
}

extension ObjectID {
  init(_ oid: git_oid) {
    self = withUnsafeBytes(of: oid) { ObjectID(bytes: $0) }
  }
}
