public import Foundation

/// Real material the project did not write, kept beside the repository in `../shared/corpus`.
///
/// Tests that need it are skipped, with this reason, where the folder does not exist (a clone elsewhere).
public enum Corpus {
  /// The repository's own folder.
  public static let packageRoot = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A folder of the corpus, or `nil` where it is not on this machine.
  public static func folder(_ name: String) -> URL? {
    let folder = packageRoot.appending(path: "../shared/corpus/\(name)").standardizedFileURL
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }
}
