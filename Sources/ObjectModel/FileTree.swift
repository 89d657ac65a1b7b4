/// A file of a tree: what it is and which bytes it holds.
public struct TreeFile: Hashable, Sendable {
  /// `.file` or `.executable`.
  public var mode: FileMode
  /// The blob.
  public var id: ObjectID

  public init(mode: FileMode = .file, id: ObjectID) {
    self.mode = mode
    self.id = id
  }
}

/// What became of one path between two trees.
public struct PathChange: Hashable, Sendable {
  public var path: WorkspacePath
  /// `nil` for a new file.
  public var old: TreeFile?
  /// `nil` for a deleted file.
  public var new: TreeFile?

  public init(path: WorkspacePath, old: TreeFile?, new: TreeFile?) {
    self.path = path
    self.old = old
    self.new = new
  }
}

/// A tree of folders as a list of files.
///
/// Links, submodules and names that ``WorkspacePath`` refuses are no files of a workspace: they are left out here,
/// listed by `refusals(in:notIn:)`, and kept as they are by `tree(applying:to:)`.
extension ObjectStore {
  /// The file at a path; `nil` where there is none, also if there is a folder.
  public func file(at path: WorkspacePath, in tree: ObjectID) throws(ObjectStoreError) -> TreeFile? {
    try entry(at: path, in: tree).flatMap { $0.file }
  }

  /// All files, sorted by the bytes of their paths.
  ///
  /// - Parameter prefix: Only what lies in this folder, or this one file.
  public func files(
    in tree: ObjectID, under prefix: WorkspacePath? = nil
  ) throws(ObjectStoreError) -> [(path: WorkspacePath, file: TreeFile)] {
    var found: [(path: WorkspacePath, file: TreeFile)] = []
    guard let prefix else {
      try collect(tree, nil, depth: 0, into: &found)
      return found
    }
    guard let entry = try entry(at: prefix, in: tree) else { return [] }
    if let file = entry.file { return [(prefix, file)] }
    if entry.mode == .directory {
      try collect(entry.id, prefix, depth: prefix.components.count, into: &found)
    }
    return found
  }

  /// What differs between two trees, sorted by the bytes of the paths.
  ///
  /// Folders with the same id are never opened, so this costs what differs and not what there is.
  ///
  /// - Parameters:
  ///   - old: `nil` for nothing.
  ///   - new: `nil` for nothing.
  public func difference(
    from old: ObjectID?, to new: ObjectID?
  ) throws(ObjectStoreError) -> [PathChange] {
    var changes: [PathChange] = []
    try compare(old, new, in: nil, depth: 0, into: &changes)
    return changes
  }

  /// The entry at a path, whatever it is.
  func entry(at path: WorkspacePath, in tree: ObjectID) throws(ObjectStoreError) -> TreeEntry? {
    var entry = TreeEntry(name: [], mode: .directory, id: tree)
    for part in path.text.utf8.split(separator: slash) {
      guard entry.mode == .directory, let next = try self.entry(named: part, in: entry.id) else { return nil }
      entry = next
    }
    return entry
  }

  private func collect(
    _ tree: ObjectID, _ folder: WorkspacePath?, depth: Int,
    into found: inout [(path: WorkspacePath, file: TreeFile)]
  ) throws(ObjectStoreError) {
    for entry in try self.tree(tree).entries {
      guard entry.mode == .directory || entry.mode.isFile,
        let path = try? WorkspacePath.child(named: entry.name, of: folder, depth: depth)
      else { continue }
      if let file = entry.file {
        found.append((path, file))
      } else {
        try collect(entry.id, path, depth: depth + 1, into: &found)
      }
    }
  }

  private func compare(
    _ old: ObjectID?, _ new: ObjectID?, in folder: WorkspacePath?, depth: Int,
    into changes: inout [PathChange]
  ) throws(ObjectStoreError) {
    if old == new { return }
    let differing = try entriesThatDiffer(old, new)
    var (olds, news) = (differing.old[...], differing.new[...])
    while let pair = takePair(&olds, &news) {
      if pair.old?.mode == pair.new?.mode, pair.old?.id == pair.new?.id { continue }
      guard let name = (pair.old ?? pair.new)?.name,
        let path = try? WorkspacePath.child(named: name, of: folder, depth: depth)
      else { continue }
      // A file and a folder of one name sort apart, so a pair is two folders or two of anything else.
      if pair.old?.mode == .directory || pair.new?.mode == .directory {
        try compare(pair.old?.id, pair.new?.id, in: path, depth: depth + 1, into: &changes)
      } else if pair.old?.file != pair.new?.file {
        changes.append(PathChange(path: path, old: pair.old?.file, new: pair.new?.file))
      }
    }
  }
}

extension TreeEntry {
  /// The file it is, if it is one.
  var file: TreeFile? { mode.isFile ? TreeFile(mode: mode, id: id) : nil }
}

/// Takes the first entry in git's order from two lists, or the two that stand at the same place.
func takePair(
  _ olds: inout ArraySlice<TreeEntry>, _ news: inout ArraySlice<TreeEntry>
) -> (old: TreeEntry?, new: TreeEntry?)? {
  switch (olds.first, news.first) {
  case (nil, nil): nil
  case (_?, nil): (olds.removeFirst(), nil)
  case (nil, _?): (nil, news.removeFirst())
  case (let old?, let new?):
    if old < new {
      (olds.removeFirst(), nil)
    } else if new < old {
      (nil, news.removeFirst())
    } else {
      (olds.removeFirst(), news.removeFirst())
    }
  }
}
