import CLibgit2
import Glibc
public import ObjectModel

extension GitRepository {
  /// The rules of what is left out, as they are now, for one walk through the workspace.
  ///
  /// - Throws: `GitError` if the configuration can't be read.
  public func ignoreRules() throws(GitError) -> IgnoreRules {
    let ignoresCase = try configuration("core.ignorecase")?.lowercased()
    return IgnoreRules(
      workFolder: workFolder ?? gitFolder,
      general: [try personalIgnoreFile(), commonFolder + "/info/exclude"].compactMap { $0 },
      ignoresCase: ["true", "yes", "on", "1"].contains(ignoresCase))
  }

  /// Whether a path is left out, by the rules as they are now. For many paths, ask one ``ignoreRules()``.
  public func isIgnored(path: WorkspacePath, isFolder: Bool) throws(GitError) -> Bool {
    try ignoreRules().isIgnored(path, isFolder: isFolder)
  }

  /// The file named in `core.excludesFile`, or the one git looks for where none is.
  private func personalIgnoreFile() throws(GitError) -> String? {
    let snapshot = try owned("read the configuration") { git_repository_config_snapshot(&$0, handle) }
    defer { git_config_free(snapshot) }
    var path = git_buf()
    defer { git_buf_dispose(&path) }
    do throws(GitError) {
      try call("read core.excludesFile") { git_config_get_path(&path, snapshot, "core.excludesfile") }
      return path.ptr.map { String(cString: $0) }
    } catch  where error.kind == .notFound {
      if let folder = getenv("XDG_CONFIG_HOME"), folder.pointee != 0 {
        return String(cString: folder) + "/git/ignore"
      }
      return getenv("HOME").map { String(cString: $0) + "/.config/git/ignore" }
    }
  }
}
