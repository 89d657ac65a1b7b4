public import ObjectModel

/// A moment by the clock of a file system, counted from 1970 in UTC.
///
/// Compared with other moments of the same file system only; no result depends on what a wall clock shows.
public struct FileTime: Hashable, Sendable, Comparable {
  public var seconds: Int64
  /// 0 to 999,999,999.
  public var nanoseconds: Int32

  public init(seconds: Int64, nanoseconds: Int32) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// Before every file there is: nothing remembered as of this moment is believed.
  public static let never = FileTime(seconds: .min, nanoseconds: 0)

  public static func < (left: Self, right: Self) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }
}

/// What the file system says of a file without opening it (`lstat`).
///
/// Two equal stamps of one path mean the same content, unless the file changed within one tick of the file
/// system's clock; see ``WorkingTree/scan(known:knownAsOf:isIgnored:)`` for what is done about that.
public struct FileStamp: Hashable, Sendable {
  /// Bytes.
  public var size: Int64
  /// When the content was last written (`mtime`); programs may set it to anything.
  public var modified: FileTime
  /// When content, name or rights last changed (`ctime`); only the system sets it.
  public var changed: FileTime
  public var inode: UInt64
  public var device: UInt64

  public init(size: Int64, modified: FileTime, changed: FileTime, inode: UInt64, device: UInt64) {
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
    self.device = device
  }

  /// Whether the file could have changed at or after `moment` and still carry this stamp.
  ///
  /// Source: git, `Documentation/technical/racy-git.txt`; here with `ctime` as well, because some editors and
  /// backup programs set `mtime` back.
  func isRacy(asOf moment: FileTime) -> Bool {
    max(modified, changed) >= moment
  }
}

/// What makes a file the same file under whatever name.
struct FileIdentity: Hashable, Sendable {
  var device: UInt64
  var inode: UInt64
}

extension FileStamp {
  var identity: FileIdentity { FileIdentity(device: device, inode: inode) }
}

/// A file as it was last seen: its content, and the stamp it had then.
public struct KnownFile: Hashable, Sendable {
  public var id: ObjectID
  public var mode: FileMode
  public var stamp: FileStamp

  public init(id: ObjectID, mode: FileMode, stamp: FileStamp) {
    self.id = id
    self.mode = mode
    self.stamp = stamp
  }
}
