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
    guard let table = try storedIndex() else { return IndexContents() }
    var contents = IndexContents()
    contents.writtenAt = table.writtenAt
    contents.conflicted = table.conflicted
    contents.files.reserveCapacity(table.count)
    for place in 0..<table.count where table.isFile(at: place) {
      guard let path = try? WorkspacePath(utf8: table.path(at: place)) else { continue }
      contents.files.append(table.file(path, at: place))
    }
    return contents
  }

  /// The index as it lies on the disk, for who looks at many files; an empty one where there is none.
  ///
  /// - Throws: As `readIndex()`.
  public func indexTable() throws -> IndexTable { try storedIndex() ?? .none }

  /// Tells git which files were written and removed, so that `git status` has nothing to say about them.
  ///
  /// Done under git's own lock on the index. A conflict of git's in a file that is set or removed is over. A file
  /// set where a folder was takes the folder's place, and the reverse.
  ///
  /// - Parameter tree: What the newest version holds. Folders in which the index lists just that are noted, so that
  ///   neither git nor the next look has to compare them.
  /// - Throws: `GitError` of the kind `.locked` if another program holds the lock for more than a second;
  ///   ``UnsupportedRepository`` as `readIndex()`.
  public func updateIndex(set: [IndexedFile], remove: [WorkspacePath], tree: ObjectID? = nil) throws {
    if set.isEmpty && remove.isEmpty { return }
    let file = try LockedFile(indexPath)
    let table = try indexTable().changed(
      set: set.map(IndexFile.Entry.init), remove: remove.map { Array($0.text.utf8) })
    try file.commit(table.encoded(folders: tree.map { try table.folders(of: $0, in: self) } ?? table.folders))
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
    let file = try LockedFile(indexPath)
    var index = IndexFile()
    do {
      let (bytes, status) = try DiskFile.read(indexPath)
      index = try IndexFile(decoding: bytes)
      index.distrust(since: IndexTime(status.st_mtim))
    } catch let error as GitError where error.kind == .notFound {
      // As in a new repository.
    }
    var known: [[UInt8]: IndexFile.Entry] = [:]
    for entry in index.entries where entry.stage == 0 { known[entry.path] = entry }
    for entry in stats.map(IndexFile.Entry.init) { known[entry.path] = entry }
    index.entries = wanted.map { entry in
      guard let same = known[entry.path], same.id == entry.id, same.mode == entry.mode else { return entry }
      return same
    }
    index.entries.sort(by: IndexFile.Entry.precedes)
    let table = try IndexTable(decoding: index.encoded, writtenAt: nil)
    try file.commit(table.encoded(folders: table.folders(of: tree, in: self)))
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

  private func storedIndex() throws -> IndexTable? {
    do {
      let status = try DiskFile.status(indexPath)
      // Each index is a file of its own: git writes a new one and gives it the name.
      let stamp = IndexStamp(status)
      if let (known, table) = rememberedIndex, known == stamp { return table }
      let (bytes, read) = try DiskFile.read(indexPath)
      let table = try IndexTable(decoding: bytes, writtenAt: IndexTime(read.st_mtim))
      rememberedIndex = (IndexStamp(read), table)
      return table
    } catch let error as GitError where error.kind == .notFound {
      return nil  // As in a new repository.
    }
  }
}

/// Which index it is that was read.
struct IndexStamp: Equatable {
  private let inode: UInt64
  private let size: Int64
  private let modified: IndexTime
  private let changed: IndexTime

  init(_ status: stat) {
    (inode, size) = (UInt64(status.st_ino), Int64(status.st_size))
    (modified, changed) = (IndexTime(status.st_mtim), IndexTime(status.st_ctim))
  }
}

private let slash = UInt8(ascii: "/")

extension IndexFile {
  /// Marks the files that could have changed without a trace since the index was written, as git does: with a size
  /// of zero, so that they are read again. Once the index is newer than they are, nothing else would tell.
  ///
  /// Source: git, `Documentation/technical/racy-git.txt`; here with `ctime` as well, because some programs set `mtime` back.
  fileprivate mutating func distrust(since moment: IndexTime?) {
    guard let moment else { return }
    for place in entries.indices {
      let stamp = entries[place].stamp
      if max(stamp.modified, stamp.changed) < moment { continue }
      entries[place].stamp.size = 0
    }
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
  init(_ file: IndexedFile) {
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

extension IndexTable {
  fileprivate func file(_ path: WorkspacePath, at place: Int) -> IndexedFile {
    IndexedFile(
      path: path, mode: mode(at: place), id: id(at: place), size: Int64(size(at: place)),
      modified: modified(at: place), changed: changed(at: place), inode: UInt64(inode(at: place)),
      device: UInt64(device(at: place)), user: user(at: place), group: group(at: place))
  }
}

extension IndexTime {
  init(_ time: timespec) {
    self.init(seconds: Int64(time.tv_sec), nanoseconds: Int32(truncatingIfNeeded: time.tv_nsec))
  }

  /// As many bits as the index keeps.
  fileprivate var cut: IndexTime {
    IndexTime(seconds: Int64(UInt32(truncatingIfNeeded: seconds)), nanoseconds: nanoseconds)
  }
}
