import GitStore
import ObjectModel
import WorkingCopy

/// git's index as a memory of files that were seen.
struct IndexedFiles: KnownFiles {
  let index: IndexTable
  /// The places of files that the index has and the newest version has not.
  private let notHeld: Set<Int>

  /// - Parameter differences: To the newest version.
  init(_ index: IndexTable, _ differences: [IndexDifference]) {
    self.index = index
    notHeld = Set(differences.filter { $0.file == nil }.compactMap(\.place))
  }

  var count: Int { index.count }

  func order(at place: Int, to path: [UInt8]) -> Int { index.order(at: place, to: path) }
  func hasPrefix(_ prefix: [UInt8], at place: Int) -> Bool { index.hasPrefix(prefix, at: place) }
  func isFile(at place: Int) -> Bool { index.isFile(at: place) }

  /// The index keeps 32 bits of each number.
  func hasStamp(_ stamp: FileStamp, at place: Int) -> Bool {
    index.size(at: place) == UInt32(truncatingIfNeeded: stamp.size)
      && index.modified(at: place) == IndexTime(cutting: stamp.modified)
      && index.changed(at: place) == IndexTime(cutting: stamp.changed)
      && index.inode(at: place) == UInt32(truncatingIfNeeded: stamp.inode)
      && index.device(at: place) == UInt32(truncatingIfNeeded: stamp.device)
  }

  func file(at place: Int) -> KnownFile {
    let (modified, changed) = (index.modified(at: place), index.changed(at: place))
    return KnownFile(
      id: index.id(at: place), mode: index.mode(at: place),
      stamp: FileStamp(
        size: Int64(index.size(at: place)),
        modified: FileTime(seconds: modified.seconds, nanoseconds: modified.nanoseconds),
        changed: FileTime(seconds: changed.seconds, nanoseconds: changed.nanoseconds),
        inode: UInt64(index.inode(at: place)), device: UInt64(index.device(at: place))))
  }

  func isHeld(at place: Int) -> Bool { notHeld.isEmpty || !notHeld.contains(place) }
}

extension IndexTime {
  fileprivate init(cutting time: FileTime) {
    self.init(seconds: Int64(UInt32(truncatingIfNeeded: time.seconds)), nanoseconds: time.nanoseconds)
  }
}

/// The files of a folder: most of them as git's index knows them, and those that were read.
struct FolderFiles: Sendable {
  private let known: IndexedFiles
  private let read: [FolderComparison.ReadFile]
  /// The places of files that are not as they were known, sorted.
  private let gone: [Int]
  /// The places that were looked at, as ranges, sorted.
  private let asked: [Range<Int>]

  /// - Parameter paths: What was looked at; `nil` for everything.
  init(_ known: IndexedFiles, _ found: FolderComparison, only paths: [WorkspacePath]?) {
    self.known = known
    asked =
      paths?.flatMap { path -> [Range<Int>] in
        let bytes = Array(path.text.utf8)
        return [(bytes, bytes + [0]), (bytes + [0x2F], bytes + [0x30])].map { first, last in
          let start = known.place(of: first)
          return start..<known.place(of: last, from: start)
        }
      }.sorted { $0.lowerBound < $1.lowerBound } ?? [0..<known.count]
    read = found.read.sorted { $0.file.path < $1.file.path }
    gone = (found.missing + found.read.compactMap(\.place)).sorted()
  }

  /// What is known of a file of the folder; `nil` where there is none.
  subscript(_ path: WorkspacePath) -> KnownFile? {
    if let place = place(of: path, in: read) { return read[place].file.known }
    guard let place = known.place(of: path), asked.contains(where: { $0.contains(place) }),
      !contains(place, in: gone)
    else { return nil }
    return known.file(at: place)
  }

  /// The paths of all files, sorted; made anew for each who asks.
  var paths: [WorkspacePath] {
    var paths: [WorkspacePath] = read.map(\.file.path)
    var gone = gone[...]
    for place in asked.joined() where known.isFile(at: place) {
      while let first = gone.first, first < place { gone.removeFirst() }
      if gone.first == place { continue }
      if let path = try? WorkspacePath(utf8: known.index.path(at: place)) { paths.append(path) }
    }
    return paths.sorted()
  }

  private func place(of path: WorkspacePath, in read: [FolderComparison.ReadFile]) -> Int? {
    var (low, high) = (0, read.count)
    while low < high {
      let middle = low + (high - low) / 2
      if read[middle].file.path < path { low = middle + 1 } else { high = middle }
    }
    return low < read.count && read[low].file.path == path ? low : nil
  }

  private func contains(_ place: Int, in places: [Int]) -> Bool {
    var (low, high) = (0, places.count)
    while low < high {
      let middle = low + (high - low) / 2
      if places[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low < places.count && places[low] == place
  }
}
