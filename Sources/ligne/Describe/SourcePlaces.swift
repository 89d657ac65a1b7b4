import JSONTree
import ObjectModel
import SyncEngine

/// Lines and columns of places in documents of the folder; each document is read once.
final class SourcePlaces {
  private let workspace: Workspace
  private var maps: [WorkspacePath: SourceMap?] = [:]

  init(_ workspace: Workspace) { self.workspace = workspace }

  /// Where a value begins in its file; `nil` where the file has changed and no longer holds it.
  func position(of pointer: JSONPointer, in path: WorkspacePath) throws -> SourcePosition? {
    if maps[path] == nil {
      // A file that can't be read has no places; its own finding says so.
      maps[path] = try workspace.bytes(at: path).flatMap { try? SourceMap(parsing: $0) }
    }
    return maps[path]??.range(of: pointer)?.start
  }
}
