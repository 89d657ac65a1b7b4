import Glibc
public import ObjectModel

/// Git's index as it lies on the disk, with the place of each entry: of a hundred thousand files nearly all are as they
/// were, and none of those is copied out of here.
///
/// Source: gitformat-index(5).
public struct IndexTable: Sendable {
  /// The whole file, of version 2 or 3.
  let bytes: [UInt8]
  /// Where each entry begins.
  let starts: [UInt32]
  /// Where the last one ends.
  let end: Int
  /// What is known of folders as a whole.
  let folders: FolderIDs?
  /// When the index itself was written: see ``IndexContents/writtenAt``.
  public let writtenAt: IndexTime?

  /// The index of a repository that has none yet.
  public static let none = IndexTable(
    bytes: Array("DIRC".utf8) + [0, 0, 0, 2, 0, 0, 0, 0], starts: [], end: 12, folders: nil, writtenAt: nil)

  init(bytes: [UInt8], starts: [UInt32], end: Int, folders: FolderIDs?, writtenAt: IndexTime?) {
    (self.bytes, self.starts, self.end) = (bytes, starts, end)
    (self.folders, self.writtenAt) = (folders, writtenAt)
  }
}

extension IndexTable {
  /// - Throws: As `IndexFile(decoding:)`.
  init(decoding bytes: [UInt8], writtenAt: IndexTime?) throws {
    if let table = IndexTable(plain: bytes, writtenAt: writtenAt) {
      self = table
      return
    }
    // Paths of version 4 are cut, and of a damaged index somebody wants to hear what is wrong with it.
    let whole = try IndexFile(decoding: bytes).encoded
    guard let table = IndexTable(plain: whole, writtenAt: writtenAt) else {
      throw GitError(operation: "read the index", kind: .damaged, detail: "index: it can't be read back")
    }
    self = table
  }

  /// - Returns: `nil` for whatever is not plainly an index of version 2 or 3.
  private init?(plain bytes: [UInt8], writtenAt: IndexTime?) {
    let end = bytes.count - 20
    guard end >= 12, end < Int(UInt32.max) else { return nil }
    let checksum = bytes[end...]
    guard checksum.allSatisfy({ $0 == 0 }) || ObjectID(checksumOf: bytes[..<end]) == ObjectID(bytes: checksum)
    else { return nil }
    var folders: FolderIDs?
    let entries = bytes.withUnsafeBytes { bytes -> (starts: [UInt32], end: Int)? in
      guard bytes.prefix(4).elementsEqual("DIRC".utf8), [2, 3].contains(bytes.word(at: 4)) else { return nil }
      let count = Int(bytes.word(at: 8))
      guard count <= end / Self.smallest else { return nil }
      var starts: [UInt32] = []
      starts.reserveCapacity(count)
      var place = 12
      for _ in 0..<count {
        guard place + Self.smallest <= end else { return nil }
        let flags = bytes.halfWord(at: place + Offset.flags)
        let path = place + Offset.path + (flags & Flag.extended == 0 ? 0 : 2)
        let length = Int(flags & Flag.length)
        var pathEnd = path + length
        if length == Flag.length {
          // Too long to be counted there.
          guard pathEnd <= end, let zero = memchr(bytes.baseAddress! + pathEnd, 0, end - pathEnd) else {
            return nil
          }
          pathEnd = UnsafeRawPointer(zero) - bytes.baseAddress!
        }
        guard length > 0, pathEnd < end, bytes[pathEnd] == 0 else { return nil }
        starts.append(UInt32(place))
        place += (pathEnd - place + 8) & ~7
      }
      let entriesEnd = place
      while place < end {
        guard place + 8 <= end else { return nil }
        let (name, size) = (bytes[place..<place + 4], Int(bytes.word(at: place + 4)))
        guard size <= end - place - 8, name.first.map({ $0 >= 0x41 && $0 <= 0x5A }) == true else {
          return nil
        }
        if name.elementsEqual(FolderIDs.signature) {
          folders = FolderIDs(decoding: Array(bytes[place + 8..<place + 8 + size]))
        }
        place += 8 + size
      }
      return place == end ? (starts, entriesEnd) : nil
    }
    guard let (starts, entriesEnd) = entries else { return nil }
    if let known = folders?.known, known.entries != starts.count { folders = nil }
    self.init(bytes: bytes, starts: starts, end: entriesEnd, folders: folders, writtenAt: writtenAt)
  }

  /// An entry without a path, and the zero that ends it.
  private static let smallest = 64

  enum Offset {
    static let changed = 0
    static let modified = 8
    static let device = 16
    static let inode = 20
    static let mode = 24
    static let user = 28
    static let group = 32
    static let size = 36
    static let id = 40
    static let flags = 60
    static let path = 62
  }

  enum Flag {
    static let extended: UInt16 = 0x4000
    static let stage: UInt16 = 0x3000
    static let length: UInt16 = 0x0FFF
  }
}

// MARK: Its entries

extension IndexTable {
  public var count: Int { starts.count }

  /// How the path at a place compares with another one, byte by byte: negative where it comes before, zero where it is
  /// the same, positive where it comes after. The table is sorted so.
  public func order(at place: Int, to path: [UInt8]) -> Int {
    path.withUnsafeBytes { path in withPath(at: place) { compareBytes($0, path) } }
  }

  /// Whether the path at a place begins with these bytes.
  public func hasPrefix(_ prefix: [UInt8], at place: Int) -> Bool {
    withPath(at: place) { path in
      prefix.withUnsafeBytes { prefix in
        path.count >= prefix.count && compareBytes(.init(rebasing: path[..<prefix.count]), prefix) == 0
      }
    }
  }

  /// The bytes of a path, for the length of the closure.
  func withPath<Result>(at place: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    bytes.withUnsafeBytes { body($0.path(at: Int(starts[place]))) }
  }

  public func path(at place: Int) -> [UInt8] { withPath(at: place) { Array($0) } }

  public func id(at place: Int) -> ObjectID {
    bytes.withUnsafeBytes {
      let start = Int(starts[place]) + Offset.id
      return ObjectID(
        words: ($0.doubleWord(at: start), $0.doubleWord(at: start + 8), $0.word(at: start + 16)))
    }
  }

  public func mode(at place: Int) -> FileMode { FileMode(bits: word(Offset.mode, at: place)) }

  /// Whether it is an ordinary file that nobody is in the middle of merging.
  public func isFile(at place: Int) -> Bool { mode(at: place).isFile && !isConflicted(at: place) }

  public func isConflicted(at place: Int) -> Bool {
    bytes.withUnsafeBytes { $0.halfWord(at: Int(starts[place]) + Offset.flags) } & Flag.stage != 0
  }

  /// Bytes; see ``IndexedFile/size``.
  public func size(at place: Int) -> UInt32 { word(Offset.size, at: place) }
  public func inode(at place: Int) -> UInt32 { word(Offset.inode, at: place) }
  public func device(at place: Int) -> UInt32 { word(Offset.device, at: place) }
  func user(at place: Int) -> UInt32 { word(Offset.user, at: place) }
  func group(at place: Int) -> UInt32 { word(Offset.group, at: place) }
  public func modified(at place: Int) -> IndexTime { time(Offset.modified, at: place) }
  public func changed(at place: Int) -> IndexTime { time(Offset.changed, at: place) }

  private func time(_ offset: Int, at place: Int) -> IndexTime {
    IndexTime(
      seconds: Int64(word(offset, at: place)),
      nanoseconds: Int32(truncatingIfNeeded: word(offset + 4, at: place)))
  }

  private func word(_ offset: Int, at place: Int) -> UInt32 {
    bytes.withUnsafeBytes { $0.word(at: Int(starts[place]) + offset) }
  }

  /// The first place whose path is not before these bytes, looked for from a place on.
  func place(of path: UnsafeRawBufferPointer, from start: Int = 0, to end: Int? = nil) -> Int {
    bytes.withUnsafeBytes { bytes in
      var (low, high) = (start, end ?? count)
      while low < high {
        let middle = low + (high - low) / 2
        if compareBytes(bytes.path(at: Int(starts[middle])), path) < 0 {
          low = middle + 1
        } else {
          high = middle
        }
      }
      return low
    }
  }

  /// Whether git is in the middle of merging some file.
  var isMerging: Bool { starts.indices.contains(where: isConflicted) }

  /// Paths git is in the middle of merging, sorted, each once.
  var conflicted: [WorkspacePath] {
    var paths: [WorkspacePath] = []
    for place in 0..<count where isConflicted(at: place) {
      guard let path = try? WorkspacePath(utf8: path(at: place)), paths.last != path else { continue }
      paths.append(path)
    }
    return paths
  }
}

/// Negative, zero or positive, as `memcmp`; what others begin with comes before them.
func compareBytes(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
  let shared = min(left.count, right.count)
  if shared > 0, let one = left.baseAddress, let other = right.baseAddress {
    let order = memcmp(one, other, shared)
    if order != 0 { return Int(order) }
  }
  return left.count - right.count
}

extension UnsafeRawBufferPointer {
  func word(at place: Int) -> UInt32 {
    UInt32(bigEndian: loadUnaligned(fromByteOffset: place, as: UInt32.self))
  }
  func halfWord(at place: Int) -> UInt16 {
    UInt16(bigEndian: loadUnaligned(fromByteOffset: place, as: UInt16.self))
  }
  func doubleWord(at place: Int) -> UInt64 {
    UInt64(bigEndian: loadUnaligned(fromByteOffset: place, as: UInt64.self))
  }

  /// The path of the entry that begins at a byte.
  fileprivate func path(at start: Int) -> UnsafeRawBufferPointer {
    let flags = halfWord(at: start + IndexTable.Offset.flags)
    let path = start + IndexTable.Offset.path + (flags & IndexTable.Flag.extended == 0 ? 0 : 2)
    var length = Int(flags & IndexTable.Flag.length)
    if length == IndexTable.Flag.length, let base = baseAddress {
      length = strlen((base + path).assumingMemoryBound(to: CChar.self))
    }
    return UnsafeRawBufferPointer(rebasing: self[path..<path + length])
  }
}
