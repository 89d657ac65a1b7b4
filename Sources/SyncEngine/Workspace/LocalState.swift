import GitStore
public import ObjectModel
import ThreeWayMerge
public import WorkingCopy

/// What stands in the folder, compared with the newest version.
public struct LocalState: Sendable {
  /// The newest version; `nil` before the first.
  public var head: ObjectID?
  public var headTree: ObjectID?
  /// Files that differ from that version, sorted by path.
  public var changes: [PathChange]
  /// Files and links Ligne leaves alone, and why.
  public var refused: [RefusedFile]
  /// Every file that was looked at.
  let folder: FolderFiles

  /// What is on disk at a path now.
  func file(at path: WorkspacePath) -> TreeFile? {
    folder[path].map { TreeFile(mode: $0.mode, id: $0.id) }
  }
}

extension Workspace {
  /// Looks at the folder. Files whose stamp is the one git's index knows are not read.
  ///
  /// Where the index says the same as the newest version, no folder of that version is read either: the cost is one
  /// question to the system for each file, and what changed.
  ///
  /// - Parameter paths: Only these files, and all in these folders; `nil` for everything. Nothing is said of the rest.
  public func localState(only paths: [WorkspacePath]? = nil) throws -> LocalState {
    let head = try head()
    let headTree = try tree(of: head)
    let index = try repository.indexTable()
    let differences = try index.differences(to: headTree, in: objects)
    let known = IndexedFiles(index, differences)
    // What a version holds is never ignored, whatever a rule says that was written later.
    var held: Set<WorkspacePath> = []
    for difference in differences where difference.file != nil {
      var place = try? WorkspacePath(utf8: difference.path)
      while let path = place, held.insert(path).inserted { place = path.parent }
    }
    let isIgnored = try repository.ignoring()
    let writtenAt = index.writtenAt.map { FileTime(seconds: $0.seconds, nanoseconds: $0.nanoseconds) }
    let found = try files.compare(with: known, knownAsOf: writtenAt, only: paths) { path, isFolder in
      !held.contains(path) && isIgnored(path, isFolder)
    }
    return LocalState(
      head: head, headTree: headTree, changes: changes(found, index, differences, only: paths),
      refused: found.refused, folder: FolderFiles(known, found, only: paths))
  }

  /// Where the folder differs from a version, given where it differs from the index and where the index does.
  private func changes(
    _ found: FolderComparison, _ index: IndexTable, _ differences: [IndexDifference],
    only paths: [WorkspacePath]?
  ) -> [PathChange] {
    var committed: [WorkspacePath: TreeFile?] = [:]
    var open: [WorkspacePath: Int?] = [:]
    for difference in differences {
      // A name that no workspace holds is no file of it.
      guard let path = try? WorkspacePath(utf8: difference.path) else { continue }
      if let paths, !paths.contains(where: { $0 == path || path.isInside($0) }) { continue }
      committed.updateValue(difference.file, forKey: path)
      open.updateValue(difference.place, forKey: path)
    }
    func old(_ path: WorkspacePath, _ place: Int?) -> TreeFile? {
      committed[path] ?? place.map { TreeFile(mode: index.mode(at: $0), id: index.id(at: $0)) }
    }
    var changes: [PathChange] = []
    func compare(_ path: WorkspacePath, _ old: TreeFile?, _ new: TreeFile?) {
      if old != new { changes.append(PathChange(path: path, old: old, new: new)) }
    }
    for (place, file) in found.read.map({ ($0.place, $0.file) }) {
      open[file.path] = nil
      compare(file.path, old(file.path, place), TreeFile(mode: file.mode, id: file.id))
    }
    let hidesSome = !found.refused.isEmpty
    for place in found.missing {
      guard let path = try? WorkspacePath(utf8: index.path(at: place)) else { continue }
      open[path] = nil
      if !hidesSome || !found.isHidden(path) { compare(path, old(path, place), nil) }
    }
    for (path, place) in open {
      if let place {
        compare(
          path, committed[path] ?? nil, TreeFile(mode: index.mode(at: place), id: index.id(at: place)))
      } else if !hidesSome || !found.isHidden(path) {
        compare(path, committed[path] ?? nil, nil)
      }
    }
    return changes.sorted { $0.path < $1.path }
  }

  /// Tells git's index what we know of some files, so that `git status` agrees and the next look is quick.
  func refreshIndex(
    head: ObjectID?, touched: [WorkspacePath], known: (WorkspacePath) -> KnownFile?
  ) throws {
    guard let tree = try self.tree(of: head) else { return }
    var set: [IndexedFile] = []
    var remove: [WorkspacePath] = []
    for path in Set(touched).sorted() {
      guard let file = try objects.file(at: path, in: tree) else {
        remove.append(path)
        continue
      }
      // A file that differs from the version stays in the index as the version has it, and git sees the change.
      let stamp = known(path).flatMap { $0.id == file.id ? $0.stamp : nil }
      set.append(IndexedFile(path: path, file: file, stamp: stamp))
    }
    try repository.updateIndex(set: set, remove: remove, tree: tree)
  }

  /// A file, and the record of what is open in it; `nil` for what is not there.
  struct RecordedFile {
    var file: TreeFile?
    var record: TreeFile?
  }

  /// Merges one file by the rules of a version: what it holds then, and what is open in it.
  func mergeFile(
    at path: WorkspacePath, _ versions: Versions<RecordedFile>, head: ObjectID?
  ) throws -> RecordedFile {
    let rules = try rulebook.mergeRules(
      in: tree(of: head).flatMap { try objects.folder(named: "schemas", in: $0) })
    let record = try? path.conflictRecord
    func alone(_ side: RecordedFile) throws(ObjectStoreError) -> ObjectID? {
      try objects.tree(applying: [(path, side.file)] + (record.map { [($0, side.record)] } ?? []), to: nil)
    }
    let merged = try mergeTrees(
      Versions<ObjectID?>(
        base: alone(versions.base), ours: alone(versions.ours), theirs: alone(versions.theirs)), in: objects
    ) { _ throws(ObjectStoreError) in rules }
    return RecordedFile(
      file: try objects.file(at: path, in: merged.tree),
      record: try record.flatMap { try objects.file(at: $0, in: merged.tree) })
  }
}

extension IndexedFile {
  /// - Parameter stamp: What the file system says of the file; `nil` makes git read it again.
  init(path: WorkspacePath, file: TreeFile, stamp: FileStamp?) {
    self.init(
      path: path, mode: file.mode, id: file.id, size: stamp?.size ?? 0,
      modified: IndexTime(
        seconds: stamp?.modified.seconds ?? 0, nanoseconds: stamp?.modified.nanoseconds ?? 0),
      changed: IndexTime(seconds: stamp?.changed.seconds ?? 0, nanoseconds: stamp?.changed.nanoseconds ?? 0),
      inode: stamp?.inode ?? 0, device: stamp?.device ?? 0)
  }
}
