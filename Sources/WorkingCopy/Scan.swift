public import ObjectModel

public import struct SystemPackage.Errno

/// What stands in a workspace's folder.
public struct Scan: Hashable, Sendable {
  /// Every regular file that may be part of a workspace, sorted by the bytes of the path.
  public var files: [ScannedFile]
  /// What was passed over, and why, sorted by the bytes of the path. Each blocks only itself.
  public var refused: [RefusedFile]
  /// The moment, by the clock of the file system, before which everything here holds. To be handed back, with the
  /// files, to the next scan as `knownAsOf`.
  public var asOf: FileTime

  public init(files: [ScannedFile], refused: [RefusedFile], asOf: FileTime) {
    self.files = files
    self.refused = refused
    self.asOf = asOf
  }

  /// Whether the scan could not see if this file exists, because it or a folder above it was refused.
  ///
  /// A file that was known, is not in `files` and is not hidden was deleted; a hidden one is as it was.
  public func isHidden(_ path: WorkspacePath) -> Bool { refused.hide(path) }
}

/// A regular file in the workspace's folder.
public struct ScannedFile: Hashable, Sendable {
  public var path: WorkspacePath
  /// Git's name for its content.
  public var id: ObjectID
  public var mode: FileMode
  public var stamp: FileStamp
  /// Whether its content was read; `false` if the stamp said that it is as it was known.
  public var wasHashed: Bool

  public init(path: WorkspacePath, id: ObjectID, mode: FileMode, stamp: FileStamp, wasHashed: Bool) {
    self.path = path
    self.id = id
    self.mode = mode
    self.stamp = stamp
    self.wasHashed = wasHashed
  }

  /// What the next scan needs to know.
  public var known: KnownFile { KnownFile(id: id, mode: mode, stamp: stamp) }
}

/// Something in the workspace's folder that no workspace can hold, or that could not be read.
public struct RefusedFile: Hashable, Sendable {
  /// The path below the workspace's folder, in the bytes of the file system: not always UTF-8, not always fit to
  /// be shown.
  public var path: [UInt8]
  public var reason: Reason

  public init(path: [UInt8], reason: Reason) {
    self.path = path
    self.reason = reason
  }

  public enum Reason: Hashable, Sendable {
    /// A symbolic link; never followed.
    case link
    /// A device, a pipe or a socket.
    case specialFile
    /// A name that not every colleague's computer can hold.
    case name(PathRefusal)
    /// The system did not let us look: no permission, a damaged disk.
    case unreadable(Errno)
    /// A folder with a `.git` of its own.
    case nestedRepository
    /// Larger than ``WorkingTree/largestFile``.
    case tooBig(bytes: Int64)
    /// Some program kept writing while it was read.
    case keepsChanging
  }
}
