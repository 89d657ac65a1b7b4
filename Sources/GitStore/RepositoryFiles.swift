import CLibgit2
public import ObjectModel

/// The files of a repository, looked at and mended one by one where it is too damaged to be opened, or its library would
/// only say that something is wrong.
///
/// Nothing here takes a file away: whoever mends moves the damaged one aside first.
public struct RepositoryFiles: Sendable {
  /// What belongs to this workspace: the index, `HEAD`.
  public let gitFolder: String
  private let commonFolder: String

  /// - Parameter path: The folder of the workspace.
  /// - Returns: `nil` where there is no repository at all.
  public init?(at path: String) throws(GitError) {
    try Libgit2.start()
    guard let layout = RepositoryLayout(at: withoutSlash(path)) else { return nil }
    (gitFolder, commonFolder) = (layout.gitFolder, layout.commonFolder)
  }

  // MARK: What is damaged

  public var head: String { gitFolder + "/HEAD" }
  public var configuration: String { commonFolder + "/config" }
  public var index: String { gitFolder + "/index" }

  /// Whether `HEAD` names a branch or a commit.
  public func isHeadReadable() -> Bool {
    guard let bytes = try? DiskFile.read(head).bytes else { return false }
    return isReference(bytes)
  }

  /// Whether git's settings can be read; a repository without any can.
  public func isConfigurationReadable() -> Bool {
    guard DiskFile.exists(configuration) else { return true }
    guard let all = try? owned("read the configuration", { git_config_open_ondisk(&$0, configuration) })
    else {
      return false
    }
    git_config_free(all)
    return true
  }

  /// References in files of their own that name nothing, as a power cut leaves them; full names, sorted.
  public func brokenReferences() throws(GitError) -> [String] {
    var broken: [String] = []
    var folders = ["refs"]
    while let folder = folders.popLast() {
      for name in try DiskFile.names(in: commonFolder + "/" + folder) where !name.hasSuffix(".lock") {
        let reference = folder + "/" + name
        if DiskFile.isFolder(commonFolder + "/" + reference) {
          folders.append(reference)
        } else if !isReference(try DiskFile.read(commonFolder + "/" + reference).bytes) {
          broken.append(reference)
        }
      }
    }
    return broken.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  public func file(ofReference name: String) -> String { commonFolder + "/" + name }

  /// The file of its own an object lies in; `nil` where it lies in a pack, or nowhere.
  public func file(of object: ObjectID) -> String? {
    let path = looseFile(object)
    return DiskFile.exists(path) ? path : nil
  }

  private func looseFile(_ object: ObjectID) -> String {
    let path = LooseObjects.path(of: object)
    return "\(commonFolder)/objects/\(path.folder)/\(path.name)"
  }

  private func isReference(_ bytes: [UInt8]) -> Bool {
    let line = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    return line.hasPrefix("ref: refs/")
      ? Reference.isWellFormed(String(line.dropFirst(5))) : ObjectID(hex: line) != nil
  }

  // MARK: Mending

  /// Makes the next commit follow a branch.
  public func writeHead(branch: String) throws(GitError) {
    try LockedFile(head).commit(Array("ref: refs/heads/\(branch)\n".utf8))
  }

  /// The team's address, as it stands in settings that can't be read as a whole; `nil` where it is not plain to see.
  public func addressInSettings() -> String? {
    (try? DiskFile.read(configuration).bytes).flatMap(Self.address)
  }

  /// Writes settings a repository can be opened by; there must be none.
  ///
  /// - Parameter address: The team's, as `addressInSettings()` found it.
  public func writeConfiguration(address: String?) throws(GitError) {
    var lines = ["[core]", "\trepositoryformatversion = 0", "\tfilemode = true", "\tbare = false"]
    if let address {
      lines += [
        "[remote \"origin\"]", "\turl = \(address)", "\tfetch = +refs/heads/*:refs/remotes/origin/*",
      ]
    }
    try LockedFile(configuration).commit(Array((lines.joined(separator: "\n") + "\n").utf8))
  }

  /// The first `url = …` line, if it needs no quoting.
  static func address(in configuration: [UInt8]) -> String? {
    for line in configuration.split(separator: UInt8(ascii: "\n")) {
      let words = String(decoding: line, as: UTF8.self)
        .split(separator: "=", maxSplits: 1).map { $0.drop { $0.isWhitespace } }
      guard words.count == 2, words[0].prefix(while: { !$0.isWhitespace }) == "url" else { continue }
      let address = words[1].prefix { !$0.isWhitespace }
      let isPlain = address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"\\#;".utf8.contains($0) }
      return isPlain && !address.isEmpty ? String(address) : nil
    }
    return nil
  }

  /// Writes an object into a file of its own, also where a damaged one of that id lies in a pack; there must be no such
  /// file yet. It is read back before it is relied on.
  public func write(_ object: RawObject) throws(GitError) {
    let id = ObjectID(hashing: object)
    let objects = LooseObjects(at: commonFolder + "/objects")
    try objects.write([object])
    guard let stored = try objects.object(id), stored == object else {
      throw GitError(operation: "write \(id)", kind: .damaged, detail: "something else was read back")
    }
  }
}
