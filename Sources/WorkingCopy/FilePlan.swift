public import ObjectModel
public import SystemPackage

/// One file to be brought from what it is believed to be to what it shall be.
public struct FileWrite: Hashable, Sendable {
  public var path: WorkspacePath
  /// The content believed to stand there; `nil` for "no such file".
  public var expected: ObjectID?
  /// What shall stand there; `nil` removes the file.
  public var new: TreeFile?

  public init(path: WorkspacePath, expected: ObjectID?, new: TreeFile?) {
    self.path = path
    self.expected = expected
    self.new = new
  }

  /// Whether the content is to stay as it is believed to be: what anybody saved there meanwhile is found, and put back.
  public var isOnlyALook: Bool { expected != nil && expected == new?.id }
}

/// What bringing the workspace up to date came upon.
public struct ApplyReport: Hashable, Sendable {
  /// Every file of the plan that now holds its new content, with its stamp. A file some program has written again
  /// since is left out, so that the next scan reads it.
  public var written: [WorkspacePath: KnownFile] = [:]
  /// Every file of the plan that is now gone, sorted.
  public var removed: [WorkspacePath] = []
  /// Content nobody expected, in the order of the paths: somebody saved or deleted the file meanwhile. The new
  /// content is in place; this is what it took the place of.
  public var displaced: [DisplacedFile] = []
  /// Files of the plan that could not be reached, in the order of the paths. Nothing was changed there.
  public var obstacles: [Obstacle] = []

  public init() {}
}

/// What stood in a file's place instead of what was expected.
public struct DisplacedFile: Hashable, Sendable {
  public var path: WorkspacePath
  /// What the plan had expected: the version the other change started from.
  public var expected: ObjectID?
  /// What the plan put there; `nil` if it removed the file.
  public var new: TreeFile?
  /// What was found, byte for byte; `nil` if the file had been deleted, or if it was made unreadable meanwhile.
  public var found: [UInt8]?
  /// Where the bytes are kept until ``WorkingTree/settle(_:)``; `nil` if the file had been deleted.
  public var keptAt: FilePath?
  /// When they were saved, by the clock of the file system; `nil` where there is nothing to read.
  public var savedAt: FileTime?

  public init(
    path: WorkspacePath, expected: ObjectID?, new: TreeFile?, found: [UInt8]?, keptAt: FilePath?,
    savedAt: FileTime? = nil
  ) {
    self.savedAt = savedAt
    self.path = path
    self.expected = expected
    self.new = new
    self.found = found
    self.keptAt = keptAt
  }
}

/// Why a file of a plan could not be reached.
public struct Obstacle: Hashable, Sendable {
  /// The file that was to be written or removed.
  public var path: WorkspacePath
  /// What stands in its way: the path itself or a folder above it.
  public var standing: WorkspacePath
  public var kind: Kind

  public init(path: WorkspacePath, standing: WorkspacePath, kind: Kind) {
    self.path = path
    self.standing = standing
    self.kind = kind
  }

  public enum Kind: Hashable, Sendable {
    /// A symbolic link, where a file or a folder has to be.
    case link
    /// A folder, where the file has to be.
    case folder
    /// A file, where a folder has to be.
    case file
    /// A device, a pipe or a socket.
    case specialFile
    /// A file larger than ``WorkingTree/largestFile``: not one of ours.
    case tooBig
    /// A file we are not allowed to read, so that nobody could tell what would be replaced.
    case unreadable(Errno)
  }
}
