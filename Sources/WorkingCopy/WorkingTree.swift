import ConcurrentMap
public import ObjectModel

public import struct SystemPackage.FilePath

/// The files of a workspace, in the folder where a person edits them.
///
/// The only code that writes there. A value without state: it opens what it needs, each time. Reading needs no
/// lock; ``apply(_:content:)``, ``displacedEarlier()`` and ``settle(_:)`` want the ``WorkspaceLock`` held.
public struct WorkingTree: Sendable {
  /// The folder of the workspace.
  public let root: FilePath
  /// Where files are prepared and displaced ones kept, normally on the same disk.
  public let local: LocalFolder
  let probe: DiskProbe

  /// - Parameters:
  ///   - root: The folder that holds the documents and `.git`.
  ///   - localFolder: `ligne` inside git's folder; need not exist yet.
  public init(root: FilePath, localFolder: FilePath) {
    self.init(root: root, localFolder: localFolder, probe: .none)
  }

  package init(root: FilePath, localFolder: FilePath, probe: DiskProbe) {
    self.root = root
    self.local = LocalFolder(localFolder, probe: probe)
    self.probe = probe
  }

  /// The largest file that is read, in bytes: 64 MiB. A larger one is left alone, and named.
  public static let largestFile: Int64 = 64 << 20
}

/// A file's content, as it was at one moment.
public struct FileReading: Hashable, Sendable {
  public var bytes: [UInt8]
  /// `.file` or `.executable`.
  public var mode: FileMode
  public var stamp: FileStamp

  public init(bytes: [UInt8], mode: FileMode, stamp: FileStamp) {
    self.bytes = bytes
    self.mode = mode
    self.stamp = stamp
  }
}

extension WorkingTree {
  /// Reads one file.
  ///
  /// The stamps before and after are compared, and the file is read again if a program wrote meanwhile. What no
  /// reader can see is a program that has emptied the file and not yet begun to write: then the reading is empty.
  ///
  /// - Returns: `nil` if there is no such file, nor a folder it could be in.
  /// - Throws: ``WorkingCopyError/notAFile(path:)`` for a link, a folder or a device, also on the way there;
  ///   ``WorkingCopyError/keepsChanging(path:)``; ``WorkingCopyError/tooBig(path:bytes:limit:)``.
  public func read(_ path: WorkspacePath) throws(WorkingCopyError) -> FileReading? {
    try readInTurn([path])[0]
  }

  /// Reads several files on all processors, each as ``read(_:)-(WorkspacePath)`` does.
  ///
  /// - Returns: In the order of the paths.
  public func read(_ paths: [WorkspacePath]) throws(WorkingCopyError) -> [FileReading?] {
    let portions = paths.portions(of: 32).concurrentMap(portion: 1) { paths in
      Result { () throws(WorkingCopyError) in try readInTurn(paths) }
    }
    var readings: [FileReading?] = []
    for portion in portions { readings += try portion.get() }
    return readings
  }

  private func readInTurn(_ paths: ArraySlice<WorkspacePath>) throws(WorkingCopyError) -> [FileReading?] {
    let top = try OpenFolder.open(root, probe: probe)
    var readings: [FileReading?] = []
    // Neighbours mostly are in one folder, which is opened once.
    var last: (folder: WorkspacePath?, place: Place)?
    for path in paths {
      let place: Place
      if let last, last.folder == path.parent { place = last.place } else { place = try top.place(of: path) }
      last = (path.parent, place)
      switch place {
      case .folder(let folder): readings.append(try folder.read(EntryName(path.name)))
      case .missing: readings.append(nil)
      case .blocked(let obstacle): throw .notAFile(path: root.appending(obstacle.standing.text))
      }
    }
    return readings
  }
}

extension OpenFolder {
  /// Reads a file as it was at one moment; `nil` if there is none.
  func read(_ name: EntryName) throws(WorkingCopyError) -> FileReading? {
    for attempt in 0..<attemptsToRead {
      guard let status = try self.status(of: name) else { return nil }
      guard status.kind == .file else { throw .notAFile(path: path(of: name)) }
      do throws(WorkingCopyError) {
        if let reading = try file(named: name).readOnce() { return reading }
      } catch let error where error.saysChangedMeanwhile {
        // It was a file a moment ago: look again.
      }
      // Some programs write a file in many small steps; each time a little longer for them.
      Pause.milliseconds(1 << attempt)
    }
    throw .keepsChanging(path: path(of: name))
  }
}

extension OpenFile {
  /// The whole file, or `nil` if it changed while it was read.
  func readOnce() throws(WorkingCopyError) -> FileReading? {
    let before = try status()
    guard before.kind == .file else { return nil }
    let limit = WorkingTree.largestFile
    guard before.stamp.size <= limit else {
      throw .tooBig(path: path, bytes: before.stamp.size, limit: limit)
    }
    let bytes = try readAll(expecting: before.stamp.size, limit: limit + 1)
    let after = try status()
    guard after.stamp == before.stamp, Int64(bytes.count) == after.stamp.size else { return nil }
    return FileReading(bytes: bytes, mode: after.mode, stamp: after.stamp)
  }
}

extension EntryStatus {
  /// What git keeps of a file's permissions: whether its owner may run it.
  var mode: FileMode { permissions & 0o100 != 0 ? .executable : .file }
}

/// 1 + 2 + 4 + 8 + 16 milliseconds in all.
private let attemptsToRead = 5
