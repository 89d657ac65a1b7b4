/// Trees made from trees.
extension ObjectStore {
  /// Writes the tree that some changed files make of another one, and returns its id.
  ///
  /// Only folders on the way to a changed file are read and written; where nothing changes, nothing is written. A
  /// folder without anything in it vanishes. A file set where a folder stood replaces the folder with all it held,
  /// and the reverse. Links, submodules and refused names stay, unless a file is set in their place. Taking away
  /// what is not there changes nothing.
  ///
  /// - Parameters:
  ///   - edits: Paths with the file to stand there; `nil` takes the file away. In any order; of several edits of one
  ///     path the last one counts.
  ///   - base: `nil` for nothing.
  /// - Throws: `.failed` if the edits set a file and another one inside it.
  public func tree(
    applying edits: [(WorkspacePath, TreeFile?)], to base: ObjectID?
  ) throws(ObjectStoreError) -> ObjectID {
    var last: [WorkspacePath: TreeFile?] = [:]
    for (path, file) in edits { last.updateValue(file, forKey: path) }
    let sorted = last.map { path, file in
      Edit(path: path, names: path.text.utf8.split(separator: slash).map { Array($0) }, file: file)
    }.sorted { $0.path < $1.path }
    if let id = try apply(sorted[...], depth: 0, to: base) { return id }
    return try write(Tree([]))
  }

  /// - Parameter edits: Those of one folder; sorted by path, so those of one name in it stand together or, where a
  ///   file and a folder share it, at two places.
  /// - Returns: `nil` if nothing is left.
  private func apply(
    _ edits: ArraySlice<Edit>, depth: Int, to base: ObjectID?
  ) throws(ObjectStoreError) -> ObjectID? {
    if edits.isEmpty { return base }
    let old = try base.map { id throws(ObjectStoreError) in try tree(id) } ?? Tree([])
    var new = old.entries
    var byName: [(name: [UInt8], edits: [Edit])] = []
    var places: [[UInt8]: Int] = [:]
    for edit in edits {
      let name = edit.names[depth]
      if let place = places[name] {
        byName[place].edits.append(edit)
      } else {
        places[name] = byName.count
        byName.append((name, [edit]))
      }
    }
    var changed: [TreeEntry] = []
    var touched: Set<[UInt8]> = []
    for (name, edits) in byName {
      let before = old[name]
      let after = try entry(name, edits, depth: depth, before: before)
      if before == after { continue }
      touched.insert(name)
      if let after { changed.append(after) }
    }
    if touched.isEmpty { return old.entries.isEmpty ? nil : base }
    new.removeAll { touched.contains($0.name) }
    if new.isEmpty && changed.isEmpty { return nil }
    return try write(Tree(sorted: merged(new, changed.sorted())))
  }

  /// What stands under one name after the edits of it and of all inside it.
  private func entry(
    _ name: [UInt8], _ edits: [Edit], depth: Int, before: TreeEntry?
  ) throws(ObjectStoreError) -> TreeEntry? {
    let here = edits.first { $0.names.count == depth + 1 }
    let inside = edits.filter { $0.names.count > depth + 1 }
    if let here, let file = here.file {
      if let second = inside.first(where: { $0.file != nil }) {
        throw .failed(operation: "set the file \(here.path)", detail: "\(second.path) is set inside it")
      }
      return TreeEntry(name: name, mode: file.mode, id: file.id)
    }
    let isFolder = before?.mode == .directory
    let setsInside = inside.contains { $0.file != nil }
    if isFolder || setsInside {
      let folder = try apply(inside[...], depth: depth + 1, to: isFolder ? before?.id : nil)
      return folder.map { TreeEntry(name: name, mode: .directory, id: $0) }
    }
    return here != nil && before?.mode.isFile == true ? nil : before
  }
}

private struct Edit {
  var path: WorkspacePath
  var names: [[UInt8]]
  var file: TreeFile?
}

/// Two sorted lists as one.
private func merged(_ left: [TreeEntry], _ right: [TreeEntry]) -> [TreeEntry] {
  var result: [TreeEntry] = []
  result.reserveCapacity(left.count + right.count)
  var (lefts, rights) = (left[...], right[...])
  while let pair = takePair(&lefts, &rights) {
    if let entry = pair.old { result.append(entry) }
    if let entry = pair.new { result.append(entry) }
  }
  return result
}
