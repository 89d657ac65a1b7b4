import ObjectModel

/// git's index, as far as Ligne has a use for it: the list of files of the next version and what the file system
/// said of each when it was last read.
///
/// Read are the versions 2 to 4, written 2 or 3. Optional extensions are caches of git's own; they are left out
/// when writing, and git makes them again.
///
/// Source: gitformat-index(5).
struct IndexFile {
  /// Sorted by path and stage.
  var entries: [Entry]

  init(_ entries: [Entry] = []) { self.entries = entries }

  struct Entry {
    var path: [UInt8]
    /// 0; or 1, 2 and 3 for base, ours and theirs of a conflict of git's.
    var stage: UInt8 = 0
    var mode: FileMode
    var id: ObjectID
    var stamp = Stamp()
    /// A person told git not to look at the file.
    var isAssumedValid = false
    /// Bits that only versions 3 and 4 have: "intent to add", "skip".
    var extendedFlags: UInt16 = 0

    static func precedes(_ left: Self, _ right: Self) -> Bool {
      if left.path != right.path { return left.path.lexicographicallyPrecedes(right.path) }
      return left.stage < right.stage
    }
  }

  /// What `lstat` said, each number cut to 32 bits, as git does.
  struct Stamp: Hashable {
    var changedSeconds: UInt32 = 0
    var changedNanoseconds: UInt32 = 0
    var modifiedSeconds: UInt32 = 0
    var modifiedNanoseconds: UInt32 = 0
    var device: UInt32 = 0
    var inode: UInt32 = 0
    var user: UInt32 = 0
    var group: UInt32 = 0
    var size: UInt32 = 0
  }
}

extension IndexFile {
  /// Reads a whole index file.
  ///
  /// - Throws: ``UnsupportedRepository`` for an index that needs more than these bytes; `GitError` of the kind
  ///   `.damaged` for bytes that are none.
  init(decoding bytes: [UInt8]) throws {
    if bytes.count < 12 + checksumSize { throw damaged("it is too short") }
    let end = bytes.count - checksumSize
    let checksum = bytes[end...]
    // Zero where git was told to save the time (`index.skipHash`).
    guard checksum.allSatisfy({ $0 == 0 }) || ObjectID(checksumOf: bytes[..<end]) == ObjectID(bytes: checksum)
    else { throw damaged("its checksum is wrong") }
    entries = try bytes[..<end].withUnsafeBytes { try Self.entries(in: $0) }
  }

  private static func entries(in bytes: UnsafeRawBufferPointer) throws -> [Entry] {
    var reader = ByteReader(bytes: bytes)
    guard try reader.take(4).elementsEqual("DIRC".utf8) else { throw damaged("it is no index") }
    let version = try reader.word()
    guard (2...4).contains(version) else { throw UnsupportedRepository.unknownIndex("version \(version)") }
    let count = Int(try reader.word())
    // A header may say anything; the file has room for so many.
    var entries: [Entry] = []
    entries.reserveCapacity(min(count, bytes.count / 62))
    for _ in 0..<count {
      entries.append(try Entry(&reader, version: version, previousPath: entries.last?.path ?? []))
    }
    while !reader.isAtEnd {
      let name = String(decoding: try reader.take(4), as: UTF8.self)
      _ = try reader.take(Int(try reader.word()))
      if name == "link" { throw UnsupportedRepository.splitIndex }
      // By their capital, git says which extensions may be passed over.
      guard let first = name.utf8.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) else {
        throw UnsupportedRepository.unknownIndex(name)
      }
    }
    // Last: in a split index, entries without a path stand for those of the other half.
    if entries.contains(where: \.path.isEmpty) { throw damaged("a path is empty") }
    return entries
  }

  /// The whole index file.
  var encoded: [UInt8] {
    let version: UInt32 = entries.contains { $0.extendedFlags != 0 } ? 3 : 2
    var bytes = Array("DIRC".utf8)
    bytes.reserveCapacity(32 + entries.reduce(0) { $0 + $1.path.count + 72 })
    bytes.append(bigEndian: version)
    bytes.append(bigEndian: UInt32(entries.count))
    for entry in entries { entry.encode(into: &bytes) }
    return bytes + ObjectID(checksumOf: bytes[...]).bytes
  }
}

extension IndexFile.Entry {
  fileprivate init(_ reader: inout ByteReader, version: UInt32, previousPath: [UInt8]) throws {
    let start = reader.place
    stamp.changedSeconds = try reader.word()
    stamp.changedNanoseconds = try reader.word()
    stamp.modifiedSeconds = try reader.word()
    stamp.modifiedNanoseconds = try reader.word()
    stamp.device = try reader.word()
    stamp.inode = try reader.word()
    mode = FileMode(bits: try reader.word())
    stamp.user = try reader.word()
    stamp.group = try reader.word()
    stamp.size = try reader.word()
    id = ObjectID(words: (try reader.doubleWord(), try reader.doubleWord(), try reader.word()))
    let flags = try reader.halfWord()
    isAssumedValid = flags & Flag.assumeValid != 0
    stage = UInt8(flags >> 12 & 3)
    if flags & Flag.extended != 0 { extendedFlags = try reader.halfWord() }
    if version == 4 {
      let removed = try reader.offset()
      if removed > previousPath.count { throw damaged("a path is cut too short") }
      path = previousPath.dropLast(removed) + Array(try reader.untilZero())
    } else {
      path = Array(try reader.untilZero())
      // One to eight zeros make the entry's length a multiple of eight; one was taken.
      _ = try reader.take((8 - (reader.place - start) % 8) % 8)
    }
  }

  func encode(into bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(bigEndian: stamp.changedSeconds)
    bytes.append(bigEndian: stamp.changedNanoseconds)
    bytes.append(bigEndian: stamp.modifiedSeconds)
    bytes.append(bigEndian: stamp.modifiedNanoseconds)
    bytes.append(bigEndian: stamp.device)
    bytes.append(bigEndian: stamp.inode)
    bytes.append(bigEndian: mode.bits)
    bytes.append(bigEndian: stamp.user)
    bytes.append(bigEndian: stamp.group)
    bytes.append(bigEndian: stamp.size)
    bytes.append(bigEndian: id.words.0)
    bytes.append(bigEndian: id.words.1)
    bytes.append(bigEndian: id.words.2)
    var flags = UInt16(min(path.count, 0xFFF)) | UInt16(stage) << 12
    if isAssumedValid { flags |= Flag.assumeValid }
    if extendedFlags != 0 { flags |= Flag.extended }
    bytes.append(bigEndian: flags)
    if extendedFlags != 0 { bytes.append(bigEndian: extendedFlags) }
    bytes += path
    bytes += repeatElement(0, count: 8 - (bytes.count - start) % 8)
  }

  private enum Flag {
    static let assumeValid: UInt16 = 0x8000
    static let extended: UInt16 = 0x4000
  }
}

private let checksumSize = 20

private func damaged(_ detail: String) -> GitError {
  GitError(operation: "read the index", kind: .damaged, detail: "index: \(detail)")
}

/// Takes numbers and names from bytes, and never reads past them.
private struct ByteReader {
  private let bytes: UnsafeRawBufferPointer
  private(set) var place = 0

  init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }

  mutating func take(_ count: Int) throws -> Slice<UnsafeRawBufferPointer> {
    guard count <= bytes.count - place else { throw damaged("it ends too early") }
    defer { place += count }
    return bytes[place..<place + count]
  }

  mutating func word() throws -> UInt32 { try number() }
  mutating func halfWord() throws -> UInt16 { try number() }
  mutating func doubleWord() throws -> UInt64 { try number() }

  private mutating func number<Number: FixedWidthInteger & BitwiseCopyable>() throws -> Number {
    let size = Number.bitWidth / 8
    guard size <= bytes.count - place else { throw damaged("it ends too early") }
    defer { place += size }
    return Number(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: Number.self))
  }

  /// A number of 7 bits a byte, as in the offsets of packs: each byte but the last adds one to what precedes.
  mutating func offset() throws -> Int {
    var byte = try take(1).first ?? 0
    var value = Int(byte & 0x7F)
    while byte & 0x80 != 0 {
      if value > 1 << 24 { throw damaged("a number is too large") }
      byte = try take(1).first ?? 0
      value = (value + 1) << 7 | Int(byte & 0x7F)
    }
    return value
  }

  /// The bytes before the next zero, which is taken too.
  mutating func untilZero() throws -> Slice<UnsafeRawBufferPointer> {
    guard let end = bytes[place...].firstIndex(of: 0) else { throw damaged("a path has no end") }
    defer { place = end + 1 }
    return bytes[place..<end]
  }
}

extension [UInt8] {
  fileprivate mutating func append(bigEndian number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
  }
}
