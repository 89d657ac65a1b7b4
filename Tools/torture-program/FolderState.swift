import Foundation
import JSONTree
import TestSupport

/// What a person finds in their folder.
struct FolderState: Equatable, Sendable {
  /// Every file outside of `.git`, by its path.
  var files: [String: [UInt8]]
  /// The newest version, as git reads it.
  var head: String
  /// What `ligne status` calls changed, with the kind of change.
  var changes: Set<String>
  /// What `git status` says, for whoever works with plain git.
  var gitStatus: String

  /// A folder that is empty, or not there.
  static let nothing = FolderState(files: [:], head: "", changes: [], gitStatus: "")

  /// Every file below a folder, `.git` left out.
  static func files(in folder: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    let manager = FileManager.default
    guard let walk = manager.enumerator(atPath: folder) else {
      throw TortureFailure("\(folder) can't be listed")
    }
    while let path = walk.nextObject() as? String {
      if path == ".git" {
        walk.skipDescendants()
        continue
      }
      var isFolder: ObjCBool = false
      guard manager.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder) else { continue }
      if !isFolder.boolValue { files[path] = Array(try Data(contentsOf: URL(filePath: "\(folder)/\(path)"))) }
    }
    return files
  }

  static func head(of folder: String) throws -> String {
    try Program.git("rev-parse", "refs/heads/main", in: folder)
  }

  private init(files: [String: [UInt8]], head: String, changes: Set<String>, gitStatus: String) {
    (self.files, self.head, self.changes, self.gitStatus) = (files, head, changes, gitStatus)
  }

  /// - Parameter status: The answer to `ligne status --json`.
  init(of folder: String, status: Answer) throws {
    files = try Self.files(in: folder)
    head = try Self.head(of: folder)
    let changes = status.json?["changes"]?.array ?? []
    self.changes = Set(changes.map { "\($0["change"]?.text ?? "?") \($0["path"]?.text ?? "?")" })
    gitStatus = try Program.git("status", "--porcelain", "--untracked-files=all", in: folder)
  }
}

/// How one state differs from another, in a few words.
func difference(_ found: FolderState, from wanted: FolderState) -> String {
  var words: [String] = []
  if found.head != wanted.head {
    words.append("version \(found.head.prefix(8)), not \(wanted.head.prefix(8))")
  }
  let paths = Set(found.files.keys).union(wanted.files.keys)
    .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  for path in paths where found.files[path] != wanted.files[path] {
    words.append(
      found.files[path] == nil
        ? "\(path) is missing" : wanted.files[path] == nil ? "\(path) is too many" : "\(path) differs")
  }
  if found.changes != wanted.changes {
    words.append("status tells of \(found.changes.sorted()), not of \(wanted.changes.sorted())")
  }
  if found.gitStatus != wanted.gitStatus {
    words.append("git status says \(found.gitStatus), not \(wanted.gitStatus)")
  }
  return words.joined(separator: ", ")
}
