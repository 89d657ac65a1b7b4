import GitStore
import ObjectModel
import WorkingCopy

/// What stands in a folder of few files, compared with the newest version.
struct SmallFolder {
  var headTree: ObjectID?
  /// Sorted by path.
  var changes: [PathChange]
  var files: [WorkspacePath: TreeFile]
}

extension Workspace {
  /// Looks into a folder of which every file is read: the schemas, what is to be settled.
  ///
  /// To read the list of all files of the workspace, in order not to read these few, would cost more.
  ///
  /// - Parameter folder: Or one file.
  func smallFolder(_ folder: WorkspacePath) throws -> SmallFolder {
    let headTree = try tree(of: head())
    let committed = try headTree.map { try objects.files(in: $0, under: folder) } ?? []
    // What a version holds is never ignored.
    var held = Set(committed.map(\.path))
    if !committed.isEmpty {
      var place: WorkspacePath? = folder
      while let path = place, held.insert(path).inserted { place = path.parent }
    }
    for path in committed.map(\.path) {
      var place = path.parent
      while let path = place, held.insert(path).inserted { place = path.parent }
    }
    let isIgnored = try repository.ignoring()
    let found = try files.compare(with: NoFiles(), knownAsOf: nil, only: [folder]) { path, isFolder in
      !held.contains(path) && isIgnored(path, isFolder)
    }
    var standing: [WorkspacePath: TreeFile] = [:]
    for file in found.read.map(\.file) { standing[file.path] = TreeFile(mode: file.mode, id: file.id) }
    let old = Dictionary(committed.map { ($0.path, $0.file) }) { first, _ in first }
    let changes = Set(standing.keys).union(old.keys).sorted().compactMap { path -> PathChange? in
      let new = standing[path]
      if new == old[path] || new == nil && found.isHidden(path) { return nil }
      return PathChange(path: path, old: old[path], new: new)
    }
    return SmallFolder(headTree: headTree, changes: changes, files: standing)
  }
}

/// Nothing is known of any file.
private struct NoFiles: KnownFiles {
  var count: Int { 0 }
  func order(at place: Int, to path: [UInt8]) -> Int { 0 }
  func hasPrefix(_ prefix: [UInt8], at place: Int) -> Bool { false }
  func isFile(at place: Int) -> Bool { false }
  func hasStamp(_ stamp: FileStamp, at place: Int) -> Bool { false }
  func file(at place: Int) -> KnownFile { preconditionFailure("there is none") }
  func isHeld(at place: Int) -> Bool { false }
}
