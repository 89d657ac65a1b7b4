import Glibc
public import ObjectModel

/// A moment by the clock of a file system.
public struct IndexTime: Hashable, Sendable, Comparable {
  /// Since 1970, UTC.
  public var seconds: Int64
  /// 0 to 999,999,999.
  public var nanoseconds: Int32

  public init(seconds: Int64, nanoseconds: Int32) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  public static func < (left: Self, right: Self) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }
}

/// A file as git's index lists it: its content, and what the file system said of it when that was read.
///
/// The index keeps 32 bits of each number. They are cut here already, so that a value made from `lstat` and one
/// read from the index can be compared.
public struct IndexedFile: Hashable, Sendable {
  public var path: WorkspacePath
  public var mode: FileMode
  public var id: ObjectID
  /// Bytes; 0 also for a file that has to be read again, because nobody can tell whether it changed.
  public let size: Int64
  /// When the content was last written (`mtime`).
  public let modified: IndexTime
  /// When content, name or rights last changed (`ctime`).
  public let changed: IndexTime
  public let inode: UInt64
  public let device: UInt64
  public let user: UInt32
  public let group: UInt32

  /// - Parameters:
  ///   - user: The owner; `nil` for the user this program runs as, who owns what it writes.
  ///   - group: The same for the group.
  public init(
    path: WorkspacePath, mode: FileMode, id: ObjectID, size: Int64, modified: IndexTime, changed: IndexTime,
    inode: UInt64, device: UInt64, user: UInt32? = nil, group: UInt32? = nil
  ) {
    self.path = path
    self.mode = mode
    self.id = id
    self.size = Int64(UInt32(truncatingIfNeeded: size))
    self.modified = modified.cut
    self.changed = changed.cut
    self.inode = UInt64(UInt32(truncatingIfNeeded: inode))
    self.device = UInt64(UInt32(truncatingIfNeeded: device))
    self.user = user ?? geteuid()
    self.group = group ?? getegid()
  }
}

/// What git's index says.
public struct IndexContents: Hashable, Sendable {
  /// Ordinary files, sorted by the bytes of their paths.
  public var files: [IndexedFile] = []
  /// Paths git is in the middle of merging, sorted.
  public var conflicted: [WorkspacePath] = []
  /// When the index itself was written: a file modified at or after this moment may have changed since without a
  /// trace. `nil` where there is no index.
  public var writtenAt: IndexTime?

  public init() {}
}

extension GitRepository {
  /// Reads the index, as a memory of which files need not be read again.
  ///
  /// - Throws: ``UnsupportedRepository`` for an index in several files or with folders in it; `GitError`.
  public func readIndex() throws -> IndexContents {
    guard let (index, writtenAt) = try storedIndex() else { return IndexContents() }
    var contents = IndexContents()
    contents.writtenAt = writtenAt
    contents.files.reserveCapacity(index.entries.count)
    for entry in index.entries where entry.mode.isFile {
      guard let path = try? WorkspacePath(utf8: entry.path) else { continue }
      if entry.stage == 0 {
        contents.files.append(IndexedFile(path, entry))
      } else if contents.conflicted.last != path {
        contents.conflicted.append(path)
      }
    }
    return contents
  }

  /// Tells git which files were written and removed, so that `git status` has nothing to say about them.
  ///
  /// Done under git's own lock on the index. A conflict of git's in a file that is set or removed is over. A file
  /// set where a folder was takes the folder's place, and the reverse.
  ///
  /// - Throws: `GitError` of the kind `.locked` if another program holds the lock for more than a second;
  ///   ``UnsupportedRepository`` as `readIndex()`.
  public func updateIndex(set: [IndexedFile], remove: [WorkspacePath]) throws {
    if set.isEmpty && remove.isEmpty { return }
    try changeIndex { index, writtenAt in
      index.distrust(since: writtenAt)
      let paths = set.map { Array($0.path.text.utf8) }
      index.remove(paths + remove.map { Array($0.text.utf8) }, makingRoomFor: paths)
      index.insert(set.map(IndexFile.Entry.init))
    }
  }

  /// Makes the index list exactly a tree, as after `git reset`; files are not touched.
  ///
  /// - Parameters:
  ///   - tree: All of it, links and refused names too.
  ///   - stats: What the file system says of files that hold the tree's content. What the index knows of files with
  ///     the same content stays; git reads the others once.
  public func resetIndex(to tree: ObjectID, stats: [IndexedFile] = []) throws {
    var wanted: [IndexFile.Entry] = []
    try list(tree, prefix: [], into: &wanted)
    try changeIndex { index, writtenAt in
      index.distrust(since: writtenAt)
      var known: [[UInt8]: IndexFile.Entry] = [:]
      for entry in index.entries where entry.stage == 0 { known[entry.path] = entry }
      for entry in stats.map(IndexFile.Entry.init) { known[entry.path] = entry }
      index.entries = wanted.map { entry in
        guard let same = known[entry.path], same.id == entry.id, same.mode == entry.mode else { return entry }
        return same
      }
      index.entries.sort(by: IndexFile.Entry.precedes)
    }
  }

  private func list(
    _ tree: ObjectID, prefix: [UInt8], into entries: inout [IndexFile.Entry]
  ) throws(ObjectStoreError) {
    for entry in try self.tree(tree).entries {
      let path = prefix + entry.name
      if entry.mode == .directory {
        try list(entry.id, prefix: path + [slash], into: &entries)
      } else {
        entries.append(IndexFile.Entry(path: path, mode: entry.mode, id: entry.id))
      }
    }
  }

  private var indexPath: String { gitFolder + "/index" }

  private func storedIndex() throws -> (index: IndexFile, writtenAt: IndexTime)? {
    do {
      let (bytes, status) = try DiskFile.read(indexPath)
      return (try IndexFile(decoding: bytes), IndexTime(status.st_mtim))
    } catch let error as GitError where error.kind == .notFound {
      return nil  // As in a new repository.
    }
  }

  /// Reads, changes and writes the index while its lock is held, so that no other program's change is lost.
  private func changeIndex(_ change: (inout IndexFile, IndexTime?) throws -> Void) throws {
    let file = try LockedFile(indexPath)
    let stored = try storedIndex()
    var index = stored?.index ?? IndexFile()
    try change(&index, stored?.writtenAt)
    try file.commit(index.encoded)
  }
}

private let slash = UInt8(ascii: "/")

extension IndexFile {
  /// Marks the files that could have changed without a trace since the index was written, as git does: with a size
  /// of zero, so that they are read again. Once the index is newer than they are, nothing else would tell.
  ///
  /// Source: git, `Documentation/technical/racy-git.txt`.
  fileprivate mutating func distrust(since moment: IndexTime?) {
    guard let moment else { return }
    for place in entries.indices where !(entries[place].stamp.modified < moment) {
      entries[place].stamp.size = 0
    }
  }

  /// Takes paths out, in every stage.
  ///
  /// - Parameter files: Paths where a file will stand: nothing can stand inside it, and no file where it needs a folder.
  fileprivate mutating func remove(_ paths: [[UInt8]], makingRoomFor files: [[UInt8]]) {
    var gone: [Range<Int>] = paths.map { range(from: $0, to: $0 + [0]) }
    for path in files {
      gone.append(range(from: path + [slash], to: path + [slash + 1]))
      for end in path.indices where path[end] == slash {
        let folder = Array(path[..<end])
        gone.append(range(from: folder, to: folder + [0]))
      }
    }
    var kept: [Entry] = []
    kept.reserveCapacity(entries.count)
    var place = 0
    for range in gone.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.upperBound > place {
      kept += entries[place..<max(place, range.lowerBound)]
      place = range.upperBound
    }
    entries = kept + entries[place...]
  }

  /// The entries from one path up to another one.
  private func range(from first: [UInt8], to last: [UInt8]) -> Range<Int> {
    place(of: first)..<place(of: last)
  }

  /// Where the first entry stands whose path is not before this one.
  private func place(of path: [UInt8]) -> Int {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = low + (high - low) / 2
      if entries[middle].path.lexicographicallyPrecedes(path) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Puts entries in their places; of several with one path, one.
  fileprivate mutating func insert(_ new: [Entry]) {
    var merged: [Entry] = []
    merged.reserveCapacity(entries.count + new.count)
    var place = 0
    for entry in new.sorted(by: Entry.precedes) {
      let next = self.place(of: entry.path)
      merged += entries[place..<next]
      place = next
      if merged.last?.path == entry.path { merged.removeLast() }
      merged.append(entry)
    }
    entries = merged + entries[place...]
  }
}

extension IndexFile.Stamp {
  var modified: IndexTime {
    IndexTime(seconds: Int64(modifiedSeconds), nanoseconds: Int32(truncatingIfNeeded: modifiedNanoseconds))
  }
  var changed: IndexTime {
    IndexTime(seconds: Int64(changedSeconds), nanoseconds: Int32(truncatingIfNeeded: changedNanoseconds))
  }
}

extension IndexFile.Entry {
  fileprivate init(_ file: IndexedFile) {
    self.init(path: Array(file.path.text.utf8), mode: file.mode, id: file.id)
    stamp = IndexFile.Stamp(
      changedSeconds: UInt32(truncatingIfNeeded: file.changed.seconds),
      changedNanoseconds: UInt32(truncatingIfNeeded: file.changed.nanoseconds),
      modifiedSeconds: UInt32(truncatingIfNeeded: file.modified.seconds),
      modifiedNanoseconds: UInt32(truncatingIfNeeded: file.modified.nanoseconds),
      device: UInt32(truncatingIfNeeded: file.device), inode: UInt32(truncatingIfNeeded: file.inode),
      user: file.user, group: file.group, size: UInt32(truncatingIfNeeded: file.size))
  }
}

extension IndexedFile {
  fileprivate init(_ path: WorkspacePath, _ entry: IndexFile.Entry) {
    self.init(
      path: path, mode: entry.mode, id: entry.id, size: Int64(entry.stamp.size),
      modified: entry.stamp.modified,
      changed: entry.stamp.changed, inode: UInt64(entry.stamp.inode), device: UInt64(entry.stamp.device),
      user: entry.stamp.user, group: entry.stamp.group)
  }
}

extension IndexTime {
  fileprivate init(_ time: timespec) {
    self.init(seconds: Int64(time.tv_sec), nanoseconds: Int32(truncatingIfNeeded: time.tv_nsec))
  }

  /// As many bits as the index keeps.
  fileprivate var cut: IndexTime {
    IndexTime(seconds: Int64(UInt32(truncatingIfNeeded: seconds)), nanoseconds: nanoseconds)
  }
}
