import Glibc
import ObjectModel
import Synchronization
public import SystemPackage

/// Ligne's own folder on this computer, `.git/ligne`: the lock, the journal, caches. Never shared.
///
/// Everything in it may be deleted at any time between two commands without losing anybody's work.
public struct LocalFolder: Sendable {
  public let path: FilePath
  let probe: DiskProbe

  /// - Parameter path: `ligne` inside git's folder; it need not exist yet.
  public init(_ path: FilePath) { self.init(path, probe: .none) }

  package init(_ path: FilePath, probe: DiskProbe) {
    self.path = path
    self.probe = probe
  }

  /// Makes the folder, if it does not exist yet. The folder above it must.
  public func create() throws(WorkingCopyError) {
    _ = try openCreating()
  }

  /// Reads a small file; `nil` if there is none.
  ///
  /// - Parameter name: A plain name, such as `device`.
  public func readSmall(_ name: String) throws(WorkingCopyError) -> [UInt8]? {
    guard let folder = try openExisting() else { return nil }
    let name = EntryName(name)
    guard let status = try folder.status(of: name), status.kind == .file else { return nil }
    guard status.stamp.size <= Self.largestSmallFile else {
      throw .tooBig(path: folder.path(of: name), bytes: status.stamp.size, limit: Self.largestSmallFile)
    }
    return try folder.file(named: name)
      .readAll(expecting: status.stamp.size, limit: Self.largestSmallFile + 1)
  }

  /// Writes a small file so that whoever reads it, also after a power cut, finds the old or the new bytes, whole.
  public func writeSmall(_ name: String, _ bytes: [UInt8]) throws(WorkingCopyError) {
    try write(name, bytes, flushed: true)
  }

  /// Keeps what can be found out anew, without waiting for the disk; ``recall(_:)`` gives it back, or nothing.
  ///
  /// After a power cut the file may hold anything, so it begins with a seal. Where it can’t be written, on a full disk
  /// for instance, nothing is kept, and the next command finds it out again: no reason to fail.
  public func remember(_ name: String, _ bytes: [UInt8]) {
    // Nor is what could not be read again.
    guard Self.sealLength + bytes.count <= Self.largestSmallFile else { return }
    try? write(name, Self.seal(of: bytes) + bytes, flushed: false)
  }

  /// What was remembered under a name; `nil` where nothing was, where the file holds something else by now, and where it
  /// can’t be read: it is found out again.
  public func recall(_ name: String) -> [UInt8]? {
    guard let file = try? readSmall(name) else { return nil }
    let bytes = Array(file.dropFirst(Self.sealLength))
    return file.starts(with: Self.seal(of: bytes)) ? bytes : nil
  }

  private static let sealLength = 20

  private static func seal(of bytes: [UInt8]) -> [UInt8] { Array(ObjectID(blob: bytes).bytes) }

  private func write(_ name: String, _ bytes: [UInt8], flushed: Bool) throws(WorkingCopyError) {
    let folder = try openCreating()
    // A name of its own for each writer, so that two commands without the lock do not write into one file.
    let beside = EntryName(
      "\(name).\(getpid())-\(counter.add(1, ordering: .relaxed).newValue)\(besideSuffix)")
    do throws(WorkingCopyError) {
      let file = try folder.create(beside)
      try file.write(bytes)
      if flushed { try file.flush() }
      try folder.rename(beside, to: folder, EntryName(name))
      if flushed { try folder.flush() }
    } catch {
      // The first trouble is the one to tell; a file left beside is removed by `tidy`.
      try? folder.remove(beside)
      throw error
    }
  }

  /// Removes a small file, if there is one, so that it stays removed after a power cut.
  public func removeSmall(_ name: String) throws(WorkingCopyError) {
    guard let folder = try openExisting() else { return }
    do throws(WorkingCopyError) {
      try folder.remove(EntryName(name))
    } catch let error where error.reason == .noSuchFileOrDirectory {
      return
    }
    try folder.flush()
  }

  /// Removes what commands that were killed left half-written.
  func tidy() throws(WorkingCopyError) {
    guard let folder = try openExisting() else { return }
    for name in try folder.names() where name.text.hasSuffix(besideSuffix) {
      let writer = name.text.dropLast(besideSuffix.count).split(separator: ".").last?.split(separator: "-")
        .first
      guard let writer, let process = pid_t(writer), kill(process, 0) != 0, errno == ESRCH else { continue }
      try folder.remove(name)
    }
  }

  /// Moves a damaged file in here, where it can still be looked at.
  ///
  /// - Parameter file: On the same disk; normally of git's folder.
  /// - Returns: Where it is now.
  public func moveAside(_ file: FilePath) throws(WorkingCopyError) -> FilePath {
    guard let component = file.lastComponent else { throw .notAFile(path: file) }
    let name = component.withPlatformString { EntryName(systemName: $0) }
    let source = try OpenFolder.open(file.removingLastComponent(), probe: probe)
    let own = try openCreating()
    if try own.status(of: asideName) == nil { try own.makeFolder(asideName) }
    let target = try own.folder(named: asideName)
    var number = 1
    while try target.status(of: EntryName("\(number)-\(component.string)")) != nil { number += 1 }
    let aside = EntryName("\(number)-\(component.string)")
    try source.rename(name, to: target, aside)
    try target.flush()
    try source.flush()
    return target.path(of: aside)
  }

  /// What this process may still hold of a file in here: 64 MiB.
  static let largestSmallFile: Int64 = 64 << 20
}

extension LocalFolder {
  /// `nil` if it does not exist.
  func openExisting() throws(WorkingCopyError) -> OpenFolder? {
    do throws(WorkingCopyError) {
      return try OpenFolder.open(path, probe: probe)
    } catch let error where error.reason == .noSuchFileOrDirectory {
      return nil
    }
  }

  func openCreating() throws(WorkingCopyError) -> OpenFolder {
    if let folder = try openExisting() { return folder }
    let above = try OpenFolder.open(path.removingLastComponent(), probe: probe)
    let name = EntryName(path.lastComponent!.string)
    do throws(WorkingCopyError) {
      try above.makeFolder(name)
      try above.flush()
    } catch let error where error.reason == .fileExists {
      // Another command was faster.
    }
    return try OpenFolder.open(path, probe: probe)
  }

  /// The time it is by the clock of the file system; `.never` where nothing can be written.
  ///
  /// Asked of a new file, because a network disk has a clock of its own, and a memory stick one that counts in
  /// steps of two seconds.
  func fileSystemTime() -> FileTime {
    do throws(WorkingCopyError) {
      let folder = try openCreating()
      let name = EntryName("clock.\(getpid())-\(counter.add(1, ordering: .relaxed).newValue)\(besideSuffix)")
      let file = try folder.create(name)
      try folder.remove(name)
      return try file.status().stamp.modified
    } catch {
      return .never
    }
  }
}

private let asideName = EntryName("aside")
private let besideSuffix = ".tmp"
private let counter = Atomic<Int>(0)
