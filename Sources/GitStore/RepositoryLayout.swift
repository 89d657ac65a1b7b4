import CLibgit2

/// Where the parts of a repository are, found without opening it, so that what libgit2 can't open can be named.
struct RepositoryLayout {
  /// What belongs to this workspace: the index, `HEAD`.
  let gitFolder: String
  /// What all workspaces of one repository share: objects, references, configuration. Mostly the same folder.
  let commonFolder: String

  /// - Parameter path: The folder of the workspace, or of a repository without one.
  init?(at path: String) {
    let inside = path + "/.git"
    if DiskFile.isFolder(inside) {
      gitFolder = inside
    } else if let link = Self.line(of: inside), link.hasPrefix("gitdir: ") {
      gitFolder = Self.path(String(link.dropFirst(8)), from: path)
    } else if DiskFile.exists(path + "/HEAD"), DiskFile.isFolder(path + "/objects"),
      DiskFile.isFolder(path + "/refs")
    {
      gitFolder = path
    } else {
      return nil
    }
    let shared = Self.line(of: gitFolder + "/commondir")
    commonFolder = shared.map { [gitFolder] in Self.path($0, from: gitFolder) } ?? gitFolder
  }

  private static func path(_ path: String, from folder: String) -> String {
    path.hasPrefix("/") ? path : folder + "/" + path
  }

  /// The only line of a small file.
  private static func line(of path: String) -> String? {
    guard let bytes = try? DiskFile.read(path).bytes, bytes.count < 5000 else { return nil }
    return String(decoding: bytes.prefix { $0 != 10 }, as: UTF8.self)
  }
}

extension RepositoryLayout {
  /// Says why Ligne can't work in this repository, if it can't.
  func check() throws {
    for file in [commonFolder + "/config", gitFolder + "/config.worktree"] where DiskFile.exists(file) {
      try checkConfiguration(file)
    }
    if let shallow = try? DiskFile.read(commonFolder + "/shallow"), !shallow.bytes.isEmpty {
      throw UnsupportedRepository.shallowClone
    }
    // The second half of a split index may be an old one; only the index itself can tell.
    if try DiskFile.names(in: gitFolder).contains(where: { $0.hasPrefix("sharedindex.") }),
      DiskFile.exists(gitFolder + "/index")
    {
      _ = try IndexFile(decoding: DiskFile.read(gitFolder + "/index").bytes)
    }
  }

  private func checkConfiguration(_ file: String) throws {
    let configuration = try owned("read \(file)") { git_config_open_ondisk(&$0, file) }
    defer { git_config_free(configuration) }
    let settings = try entries(of: configuration)
    for (name, value) in settings {
      switch name {
      case "extensions.objectformat" where value != "sha1":
        throw value == "sha256" ? UnsupportedRepository.sha256 : .unknownExtension("objectformat \(value)")
      case "extensions.partialclone":
        throw UnsupportedRepository.partialClone
      case "core.sparsecheckout" where isTrue(value):
        throw UnsupportedRepository.sparseCheckout
      case _ where name.hasPrefix("remote.") && name.hasSuffix(".promisor") && isTrue(value):
        throw UnsupportedRepository.partialClone
      default: break
      }
    }
    // Only now: what has a name of its own should be called by it.
    let version = settings.last { $0.name == "core.repositoryformatversion" }.flatMap { Int($0.value) } ?? 0
    if version > 1 { throw UnsupportedRepository.format(version) }
    for (name, _) in settings where version == 1 && name.hasPrefix("extensions.") {
      let name = String(name.dropFirst("extensions.".count))
      if !Libgit2.harmlessExtensions.contains(name), name != "objectformat" {
        throw UnsupportedRepository.unknownExtension(name)
      }
    }
  }

  /// Names in lower case, but for the middle part of three, and values as written; `true` where none is.
  private func entries(of configuration: OpaquePointer) throws(GitError) -> [(name: String, value: String)] {
    let iterator = try owned("read the configuration") { git_config_iterator_new(&$0, configuration) }
    defer { git_config_iterator_free(iterator) }
    var found: [(name: String, value: String)] = []
    var entry: UnsafeMutablePointer<git_config_entry>?
    while git_config_next(&entry, iterator) == 0, let setting = entry?.pointee {
      let value = setting.value.map { String(cString: $0) } ?? "true"
      found.append((String(cString: setting.name), value))
    }
    return found
  }

  private func isTrue(_ value: String) -> Bool {
    ["", "true", "yes", "on", "1"].contains(value.lowercased())
  }
}
