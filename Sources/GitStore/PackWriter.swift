import CLibgit2
import ConcurrentMap
import ObjectModel

/// Puts many objects into one file, which is flushed once.
///
/// None is stored as its difference to another: looking for differences takes many times as long as writing, and
/// `git gc --aggressive` does it for whoever wants the room.
///
/// Not libgit2's own writer of packs: it writes through memory that stands for the file, and where the disk is full the
/// process is killed instead of told.
///
/// Source: gitformat-pack(5), version 2 of the pack and of its index.
struct PackWriter {
  private let folder: String

  /// Of fewer objects, packs would pile up: reading looks through all of them.
  static let fewest = 100
  /// Bytes of content in one pack; so an offset in it needs no more than the 31 bits an index has room for.
  static let most = 1 << 30

  /// - Parameter objectsFolder: The repository's `objects`, in which there is a folder `pack`.
  init(objectsFolder: String) { folder = objectsFolder + "/pack" }

  /// Writes one pack with its index.
  ///
  /// When it returns, the objects survive a power cut, and whoever opens the repository, or looks into it again, finds
  /// them. If it throws, or the process is killed, nothing of them can be found, unless the very last flush failed. What is
  /// left then is cleared away by git, or is a pack without its index, into which nobody looks.
  ///
  /// - Parameter objects: None twice, and with at most ``most`` bytes of content in all.
  func write(_ objects: some Collection<RawObject>) throws(GitError) {
    precondition(objects.reduce(0) { $0 + $1.bytes.count } <= Self.most, "a pack has room for a gigabyte")
    let file = try NewFile(in: folder, "pack")
    var pack = ChecksummedFile(file)
    try pack.append(Array("PACK".utf8) + bigEndian(2) + bigEndian(UInt32(objects.count)))
    var entries: [PackIndex.Entry] = []
    entries.reserveCapacity(objects.count)
    // Some at a time: what is compressed stays in memory until it is written.
    for batch in Array(objects).portions(of: 256) {
      for portion in batch.portions(of: 32).concurrentMap(portion: 1, packed) {
        for object in try portion.get() {
          entries.append(
            PackIndex.Entry(id: object.id, offset: UInt32(pack.length), checksum: object.checksum))
          try pack.append(object.bytes)
        }
      }
    }
    let checksum = try pack.end()
    let indexFile = try NewFile(in: folder, "idx")
    var index = ChecksummedFile(indexFile)
    try index.append(PackIndex(entries, pack: checksum).encoded)
    _ = try index.end()
    for file in [file, indexFile] { try file.startFlushing() }
    for file in [file, indexFile] { try file.flush() }
    // The index goes last: readers look for packs by it.
    try file.name("pack-\(checksum.hex).pack")
    try indexFile.name("pack-\(checksum.hex).idx")
    try DiskFile.flushFolder(folder)
  }
}

/// An object as it stands in a pack.
private struct PackedObject: Sendable {
  var id: ObjectID
  var bytes: [UInt8]
  /// CRC-32 of them.
  var checksum: UInt32
}

private func packed(_ objects: ArraySlice<RawObject>) -> Result<[PackedObject], GitError> {
  Result { () throws(GitError) in
    let compressor = try Compressor()
    var packed: [PackedObject] = []
    for object in objects {
      let bytes = entryHeader(object) + (try compressor.compressed(object.bytes))
      packed.append(PackedObject(id: ObjectID(hashing: object), bytes: bytes, checksum: crc(bytes)))
    }
    return packed
  }
}

/// What stands before the compressed bytes: three bits of kind, and the size in pieces of four and then seven bits.
private func entryHeader(_ object: RawObject) -> [UInt8] {
  let kind: UInt8 =
    switch object.kind {
    case .commit: 1
    case .tree: 2
    case .blob: 3
    case .tag: 4
    }
  var bytes = [kind << 4 | UInt8(object.bytes.count & 0x0F)]
  var rest = object.bytes.count >> 4
  while rest > 0 {
    bytes[bytes.count - 1] |= 0x80
    bytes.append(UInt8(rest & 0x7F))
    rest >>= 7
  }
  return bytes
}

private func bigEndian(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }

private func crc(_ bytes: [UInt8]) -> UInt32 {
  UInt32(truncatingIfNeeded: crc32(0, bytes, uInt(bytes.count)))
}

/// Where each object of a pack begins.
private struct PackIndex {
  struct Entry {
    var id: ObjectID
    var offset: UInt32
    /// CRC-32 of its bytes in the pack.
    var checksum: UInt32
  }

  private let entries: [Entry]
  private let pack: ObjectID

  init(_ entries: [Entry], pack: ObjectID) {
    self.entries = entries.sorted { $0.id < $1.id }
    self.pack = pack
  }

  /// Without the checksum at its end.
  var encoded: [UInt8] {
    var bytes: [UInt8] = [0xFF, 0x74, 0x4F, 0x63] + bigEndian(2)
    bytes.reserveCapacity(1100 + entries.count * 28)
    var upTo = [UInt32](repeating: 0, count: 256)
    for entry in entries { upTo[Int(entry.id.words.0 >> 56)] += 1 }
    var sum: UInt32 = 0
    for count in upTo {
      sum += count
      bytes += bigEndian(sum)
    }
    for entry in entries { bytes += entry.id.bytes }
    for entry in entries { bytes += bigEndian(entry.checksum) }
    for entry in entries { bytes += bigEndian(entry.offset) }
    return bytes + pack.bytes
  }
}

/// A file that ends with the checksum of what is in it.
private struct ChecksummedFile {
  private let file: NewFile
  private var checksum = ObjectID.Checksum()
  private var pending: [UInt8] = []
  /// Bytes appended so far.
  private(set) var length = 0

  init(_ file: NewFile) { self.file = file }

  mutating func append(_ bytes: [UInt8]) throws(GitError) {
    pending += bytes
    length += bytes.count
    if pending.count >= 1 << 18 { try writePending() }
  }

  private mutating func writePending() throws(GitError) {
    checksum.update(pending)
    try file.write(pending)
    pending.removeAll(keepingCapacity: true)
  }

  /// Writes the checksum.
  mutating func end() throws(GitError) -> ObjectID {
    try writePending()
    let sum = checksum.value
    try file.write(sum.bytes)
    return sum
  }
}
