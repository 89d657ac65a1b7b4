import CLibgit2

extension GitRepository {
  /// A setting, from the repository's own configuration or, where that is silent, the person's or the system's.
  ///
  /// - Parameter key: Such as `user.name`.
  public func configuration(_ key: String) throws(GitError) -> String? {
    let snapshot = try owned("read the configuration") { git_repository_config_snapshot(&$0, handle) }
    defer { git_config_free(snapshot) }
    var value: UnsafePointer<CChar>?
    do throws(GitError) {
      try call("read \(key)") { git_config_get_string(&value, snapshot, key) }
    } catch {
      if error.kind == .notFound { return nil }
      throw error
    }
    return value.map { String(cString: $0) }
  }

  /// Changes the repository's own configuration.
  ///
  /// - Parameters:
  ///   - key: Such as `merge.ligne.driver`.
  ///   - value: `nil` takes the setting out.
  public func setConfiguration(_ key: String, to value: String?) throws(GitError) {
    try waitingForLocks { () throws(GitError) in
      let all = try owned("open the configuration") { git_repository_config(&$0, handle) }
      defer { git_config_free(all) }
      let own = try owned("open the configuration") {
        git_config_open_level(&$0, all, GIT_CONFIG_LEVEL_LOCAL)
      }
      defer { git_config_free(own) }
      if let value {
        try call("set \(key)") { git_config_set_string(own, key, value) }
      } else {
        do throws(GitError) {
          try call("take out \(key)") { git_config_delete_entry(own, key) }
        } catch  where error.kind == .notFound {
          return
        }
      }
    }
  }

  /// Where the team's copy is, as it was set; `nil` while nobody has set it.
  public func remoteAddress() throws(GitError) -> String? {
    try configuration("remote.origin.url")
  }

  /// Sets where the team's copy is, such that plain git finds it too.
  public func setRemoteAddress(_ address: String) throws(GitError) {
    if try configuration("remote.origin.fetch") == nil {
      try setConfiguration("remote.origin.fetch", to: "+refs/heads/*:refs/remotes/origin/*")
    }
    try setConfiguration("remote.origin.url", to: address)
  }

  /// Who git says works here: `user.name` and `user.email`; `nil` unless both are set.
  public func userIdentity() throws(GitError) -> (name: String, email: String)? {
    guard let name = try configuration("user.name"), !name.isEmpty,
      let email = try configuration("user.email"), !email.isEmpty
    else { return nil }
    return (name, email)
  }

  /// git takes the file named in `GIT_CONFIG_GLOBAL` for the person's configuration; so do we.
  func useGlobalConfigurationOfEnvironment() throws(GitError) {
    guard let file = Libgit2.globalConfiguration, DiskFile.exists(file) else { return }
    let all = try owned("open the configuration") { git_repository_config(&$0, handle) }
    defer { git_config_free(all) }
    try call("read \(file)") { git_config_add_file_ondisk(all, file, GIT_CONFIG_LEVEL_GLOBAL, handle, 0) }
  }
}
