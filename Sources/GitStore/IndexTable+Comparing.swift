public import ObjectModel

/// A file that the index and a tree do not have alike.
public struct IndexDifference: Hashable, Sendable {
  /// Bytes, because neither promises that names are UTF-8.
  public var path: [UInt8]
  /// Where the index has it; `nil` where it has not.
  public var place: Int?
  /// What the tree has; `nil` for nothing.
  public var file: TreeFile?
}

extension IndexTable {
  /// The ordinary files that are not the same in the index and in a tree, sorted by path.
  ///
  /// Folders of which the index knows that they are the tree's are not opened.
  ///
  /// - Parameter tree: `nil` for nothing.
  public func differences(
    to tree: ObjectID?, in store: some ObjectStore
  ) throws(ObjectStoreError) -> [IndexDifference] {
    var walk = Comparing(index: self, store: store)
    _ = try walk.compare(tree ?? .emptyTree, folders, below: [], 0..<count)
    return walk.found
  }

  /// What is known of folders once the index is compared with a tree.
  func folders(of tree: ObjectID, in store: some ObjectStore) throws(ObjectStoreError) -> FolderIDs {
    var walk = Comparing(index: self, store: store)
    return try walk.compare(tree, folders, below: [], 0..<count)
  }
}

private struct Comparing {
  let index: IndexTable
  let store: any ObjectStore
  var found: [IndexDifference] = []

  /// - Parameters:
  ///   - known: What the index knows of the folder.
  ///   - prefix: The folder's path with the slash that follows.
  ///   - range: The entries in it.
  /// - Returns: What is known of it now.
  mutating func compare(
    _ tree: ObjectID, _ known: FolderIDs?, below prefix: [UInt8], _ range: Range<Int>
  ) throws(ObjectStoreError) -> FolderIDs {
    if let known, known.known?.tree == tree, known.known?.entries == range.count { return known }
    var folder = FolderIDs(name: [], known: nil)
    var isSame = true
    var place = range.lowerBound

    /// Entries of the index before a path are in no tree.
    func passBy(upTo path: [UInt8], _ walk: inout Self) {
      let end = path.withUnsafeBytes { walk.index.place(of: $0, from: place, to: range.upperBound) }
      if end > place { isSame = false }
      for other in place..<end { walk.note(other, nil) }
      place = end
    }

    for entry in try store.tree(tree).entries {
      var path = prefix + entry.name
      if entry.mode == .directory {
        path.append(slash)
        passBy(upTo: path, &self)
        let inner = known?[entry.name]
        let end = self.end(of: path, place..<range.upperBound, guess: inner?.known?.entries)
        var made = try compare(entry.id, inner, below: path, place..<end)
        made.name = entry.name
        if made.known == nil { isSame = false }
        folder.folders.append(made)
        place = end
      } else {
        passBy(upTo: path, &self)
        var isListed = false
        while place < range.upperBound, index.withPath(at: place, { $0.elementsEqual(path) }) {
          isListed = true
          if index.isConflicted(at: place) || index.id(at: place) != entry.id
            || index.mode(at: place) != entry.mode
          {
            isSame = false
            note(place, entry)
          }
          place += 1
        }
        if !isListed {
          isSame = false
          if entry.mode.isFile {
            found.append(
              IndexDifference(path: path, place: nil, file: TreeFile(mode: entry.mode, id: entry.id)))
          }
        }
      }
    }
    if place < range.upperBound { isSame = false }
    for other in place..<range.upperBound { note(other, nil) }
    if isSame { folder.known = FolderIDs.Known(entries: range.count, tree: tree) }
    return folder
  }

  /// Where the entries of a folder end.
  ///
  /// - Parameters:
  ///   - path: The folder's, with the slash that follows.
  ///   - range: Begins with the first of them, if there is any.
  ///   - guess: How many there should be.
  private func end(of path: [UInt8], _ range: Range<Int>, guess: Int?) -> Int {
    func isInside(_ place: Int) -> Bool { index.withPath(at: place) { $0.starts(with: path) } }
    if let guess, guess > 0, guess <= range.count, case let end = range.lowerBound + guess, isInside(end - 1),
      end == range.upperBound || !isInside(end)
    {
      return end
    }
    let after = path.dropLast() + [slash + 1]
    return after.withUnsafeBytes { index.place(of: $0, from: range.lowerBound, to: range.upperBound) }
  }

  /// An entry of the index that the tree has otherwise, or not at all.
  private mutating func note(_ place: Int, _ entry: TreeEntry?) {
    let file = entry.flatMap { $0.mode.isFile ? TreeFile(mode: $0.mode, id: $0.id) : nil }
    let isFile = index.isFile(at: place)
    guard isFile || file != nil else { return }
    let difference = IndexDifference(path: index.path(at: place), place: isFile ? place : nil, file: file)
    // A path in the middle of a merge stands there up to three times.
    if found.last?.path == difference.path { return }
    found.append(difference)
  }
}

private let slash = UInt8(ascii: "/")
