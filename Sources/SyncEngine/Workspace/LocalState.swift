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
  /// Every file of the folder.
  var scanned: [WorkspacePath: ScannedFile]

  /// What is on disk at a path now.
  func file(at path: WorkspacePath) -> TreeFile? {
    scanned[path].map { TreeFile(mode: $0.mode, id: $0.id) }
  }
}

extension Workspace {
  /// Looks at the folder. Files whose stamp is the one git's index knows are not read.
  public func localState() throws -> LocalState {
    let head = try head()
    let headTree = try tree(of: head)
    let index = try repository.readIndex()
    var known: [WorkspacePath: KnownFile] = [:]
    for file in index.files { known[file.path] = file.known }
    let writtenAt = index.writtenAt.map { FileTime(seconds: $0.seconds, nanoseconds: $0.nanoseconds) }
    let committed = try headTree.map { try objects.files(in: $0) } ?? []
    // What a version holds is never ignored, whatever a rule says that was written later.
    var held = Set(committed.map(\.path))
    for path in held {
      var folder = path.parent
      while let current = folder, held.insert(current).inserted { folder = current.parent }
    }
    let isIgnored = try repository.ignoring()
    let scan = try files.scan(known: known, knownAsOf: writtenAt) { path, isFolder in
      !held.contains(path) && isIgnored(path, isFolder)
    }
    let scanned = Dictionary(uniqueKeysWithValues: scan.files.map { ($0.path, $0) })

    var changes: [PathChange] = []
    var unseen = scanned
    for (path, old) in committed.map({ ($0.path, $0.file) }) {
      guard let file = unseen.removeValue(forKey: path) else {
        if !scan.isHidden(path) { changes.append(PathChange(path: path, old: old, new: nil)) }
        continue
      }
      let new = TreeFile(mode: file.mode, id: file.id)
      if new != old { changes.append(PathChange(path: path, old: old, new: new)) }
    }
    for (path, file) in unseen {
      changes.append(PathChange(path: path, old: nil, new: TreeFile(mode: file.mode, id: file.id)))
    }
    changes.sort { $0.path < $1.path }
    return LocalState(
      head: head, headTree: headTree, changes: changes, refused: scan.refused, scanned: scanned)
  }

  /// Tells git's index what we know of some files, so that `git status` agrees and the next look is quick.
  func refreshIndex(
    head: ObjectID?, touched: [WorkspacePath], known: [WorkspacePath: KnownFile]
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
      let stamp = known[path].flatMap { $0.id == file.id ? $0.stamp : nil }
      set.append(IndexedFile(path: path, file: file, stamp: stamp))
    }
    try repository.updateIndex(set: set, remove: remove)
  }

  /// Merges one file by the rules of the newest version: what it holds then, and its open conflicts.
  func mergeFile(
    at path: WorkspacePath, base: TreeFile?, ours: TreeFile?, theirs: TreeFile?, head: ObjectID?
  ) throws -> (file: TreeFile?, record: TreeFile?) {
    let rules = try rulebook.mergeRules(
      in: tree(of: head).flatMap { try objects.folder(named: "schemas", in: $0) })
    func alone(_ file: TreeFile?) throws(ObjectStoreError) -> ObjectID? {
      try objects.tree(applying: [(path, file)], to: nil)
    }
    let versions = Versions<ObjectID?>(
      base: try alone(base), ours: try alone(ours), theirs: try alone(theirs))
    let merged = try mergeTrees(versions, in: objects) { _ throws(ObjectStoreError) in rules }
    let record = try? path.conflictRecord
    return (
      file: try objects.file(at: path, in: merged.tree),
      record: try record.flatMap { try objects.file(at: $0, in: merged.tree) }
    )
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

  var known: KnownFile {
    KnownFile(
      id: id, mode: mode,
      stamp: FileStamp(
        size: size, modified: FileTime(seconds: modified.seconds, nanoseconds: modified.nanoseconds),
        changed: FileTime(seconds: changed.seconds, nanoseconds: changed.nanoseconds), inode: inode,
        device: device))
  }
}
