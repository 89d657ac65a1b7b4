import CLibgit2

extension GitRepository {
  /// Who git says works on this computer, before there is a repository; `nil` unless name and address are set.
  public static func personOfThisComputer() throws(GitError) -> (name: String, email: String)? {
    try Libgit2.start()
    let all = try owned("open the configuration") { git_config_open_default(&$0) }
    defer { git_config_free(all) }
    if let file = Libgit2.globalConfiguration, DiskFile.exists(file) {
      try call("read \(file)") { git_config_add_file_ondisk(all, file, GIT_CONFIG_LEVEL_GLOBAL, nil, 1) }
    }
    guard let name = try text("user.name", in: all), let email = try text("user.email", in: all) else {
      return nil
    }
    return (name, email)
  }

  private static func text(_ key: String, in configuration: OpaquePointer) throws(GitError) -> String? {
    var buffer = git_buf()
    defer { git_buf_dispose(&buffer) }
    let code = git_config_get_string_buf(&buffer, configuration, key)
    if code == GIT_ENOTFOUND.rawValue { return nil }
    try call("read \(key)") { code }
    let value = buffer.ptr.map { String(cString: $0) } ?? ""
    return value.isEmpty ? nil : value
  }
}
