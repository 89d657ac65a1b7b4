public import SystemPackage

/// The workspace's folder as a whole: found, made, taken back.
extension WorkingTree {
  /// Whether a folder holds a regular file of this name; `false` where the folder can't be read.
  public static func hasFile(named name: String, in folder: FilePath) -> Bool {
    guard let open = try? OpenFolder.open(folder, probe: .none) else { return false }
    return (try? open.statusFollowingLink(EntryName(name)))??.kind == .file
  }

  /// Whether nothing stands at a path, or only an empty folder.
  ///
  /// - Throws: `.disk` where something stands there that is no folder, or that can't be read.
  public static func isEmptyOrMissing(_ folder: FilePath) throws(WorkingCopyError) -> Bool {
    do throws(WorkingCopyError) {
      return try OpenFolder.open(folder, probe: .none).names().isEmpty
    } catch {
      if error.reason == .noSuchFileOrDirectory { return true }
      throw error
    }
  }

  /// Empties a folder that a command made itself and could not finish. Links are removed, not followed.
  public static func empty(_ folder: FilePath) throws(WorkingCopyError) {
    try OpenFolder.open(folder, probe: .none).removeEverything()
  }
}

extension OpenFolder {
  fileprivate func removeEverything() throws(WorkingCopyError) {
    for name in try names() {
      if try status(of: name)?.kind == .folder {
        try folder(named: name).removeEverything()
        try removeFolder(name)
      } else {
        try remove(name)
      }
    }
  }
}
