import Glibc
import ObjectModel
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

extension WorkingTree {
  /// Makes sure that something may be made in a folder, or in the nearest one above that exists.
  ///
  /// - Throws: `.disk(.write, …)` with the folder that may not be written to.
  public static func checkWritable(_ folder: FilePath) throws(WorkingCopyError) {
    var folder = folder
    while true {
      do throws(WorkingCopyError) {
        try OpenFolder.open(folder, probe: .none).checkWritable()
        return
      } catch {
        switch error.reason {
        case .noSuchFileOrDirectory? where folder.components.count > 0: folder.removeLastComponent()
        case .permissionDenied?: throw .disk(.write, path: folder, reason: .permissionDenied)
        default: throw error
        }
      }
    }
  }

  /// Makes sure that the files of a plan may be written, as far as the system can tell, and changes nothing.
  public func checkWritable(_ plan: [FileWrite]) throws(WorkingCopyError) {
    let top = try OpenFolder.open(root, probe: probe)
    var seen: Set<WorkspacePath?> = []
    for write in plan where seen.insert(write.path.parent).inserted {
      switch try top.place(of: write.path) {
      case .folder(let folder), .missing(let folder): try folder.checkWritable()
      case .blocked: break
      }
    }
  }

  /// The bytes this person may still write on the disk of a folder; `nil` where the system does not say.
  public static func spaceLeft(in folder: FilePath) -> Int64? {
    var status = statvfs()
    guard statvfs(folder.string, &status) == 0 else { return nil }
    return Int64(
      clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
  }

  /// The folders of a path that do not exist yet, the deepest first.
  public static func missingFolders(of folder: FilePath) -> [FilePath] {
    var missing: [FilePath] = []
    var folder = folder
    while (try? OpenFolder.open(folder, probe: .none)) == nil, folder.components.count > 0 {
      missing.append(folder)
      folder.removeLastComponent()
    }
    return missing
  }

  /// Removes empty folders that a command made itself and has no use for, the deepest first.
  public static func remove(_ folders: [FilePath]) throws(WorkingCopyError) {
    for folder in folders {
      guard let name = folder.lastComponent else { continue }
      try OpenFolder.open(folder.removingLastComponent(), probe: .none).removeFolder(EntryName(name.string))
    }
  }
}

extension OpenFolder {
  func removeEverything(but spared: EntryName? = nil) throws(WorkingCopyError) {
    for name in try names() where name != spared {
      if try status(of: name)?.kind == .folder {
        try folder(named: name).removeEverything()
        try removeFolder(name)
      } else {
        try remove(name)
      }
    }
  }
}
