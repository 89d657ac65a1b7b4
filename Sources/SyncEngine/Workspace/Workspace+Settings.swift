import Documents
import GitStore
import ObjectModel
import SystemPackage
import WorkingCopy

/// A folder without `ligne.json` whose newest version has it is a workspace in which somebody deleted the file: it goes
/// on with the settings of that version, and the deletion is not committed.
extension Workspace {
  static let settingsName = "ligne.json"

  /// Whether the folder lacks the settings that the newest version has.
  public func lacksSettings() throws -> Bool {
    try readingOfFile(at: WorkspacePath(Self.settingsName)) == nil && committedSettings() != nil
  }

  /// Whether a folder is the root of a repository whose newest version holds the settings of a workspace.
  static func hasCommittedSettings(_ folder: FilePath) -> Bool {
    // What can't be opened or read is no reason to take the folder for a workspace; nothing else depends on it.
    guard let repository = try? GitRepository.open(at: folder.string),
      let commit = try? repository.head().commit, let tree = try? repository.commit(commit).tree,
      let path = try? WorkspacePath(settingsName)
    else { return false }
    return (try? repository.file(at: path, in: tree)) ?? nil != nil
  }

  /// The bytes of the settings in the newest version; `nil` where it has none.
  func committedSettings() throws -> [UInt8]? {
    guard let tree = try tree(of: repository.head().commit),
      let file = try objects.file(at: WorkspacePath(Self.settingsName), in: tree)
    else { return nil }
    return try objects.blob(file.id)
  }
}
