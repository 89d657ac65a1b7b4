import EditorialHistory
import ObjectModel

/// The commits an index knows, in memory: a number each, those they were made from before them.
///
/// Kept as bytes in blocks, because reading a row for each commit costs more than all the rest of a look back: for each
/// commit its id, its tree, when it was recorded (8 bytes, big-endian), whether it is a joint one and how many parents
/// it has (a byte each), and the numbers of these (4 bytes each).
struct CommitTable {
  /// How many commits a block has; only the last has fewer.
  static let blockSize = 512

  struct Entry {
    var id: ObjectID
    var commit: RememberedCommit
    var isJoint: Bool
  }

  private(set) var entries: [Entry] = []
  private var numbers: [ObjectID: Int] = [:]

  var count: Int { entries.count }

  subscript(number: Int) -> Entry? { entries.indices.contains(number) ? entries[number] : nil }

  func number(of id: ObjectID) -> Int? { numbers[id] }

  /// Adds a commit whose parents are known, and which is not.
  mutating func add(_ entry: Entry) {
    numbers[entry.id] = entries.count
    entries.append(entry)
  }

  /// The number and the bytes of each block that has to be written for commits from this one on.
  func blocks(from first: Int) -> [(number: Int, bytes: [UInt8])] {
    stride(from: first / Self.blockSize * Self.blockSize, to: entries.count, by: Self.blockSize).map {
      start in
      var bytes: [UInt8] = []
      for entry in entries[start..<min(start + Self.blockSize, entries.count)] {
        bytes += entry.id.bytes + entry.commit.tree.bytes
        append(UInt64(bitPattern: entry.commit.time), 8, to: &bytes)
        bytes += [entry.isJoint ? 1 : 0, UInt8(entry.commit.parents.count)]
        for parent in entry.commit.parents { append(UInt64(numbers[parent] ?? 0), 4, to: &bytes) }
      }
      return (start / Self.blockSize, bytes)
    }
  }

  private func append(_ number: UInt64, _ count: Int, to bytes: inout [UInt8]) {
    for shift in stride(from: 8 * (count - 1), through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
    }
  }

  /// How many commits a block holds.
  static func count(in block: [UInt8]) -> Int {
    var (count, place) = (0, 0)
    while place + 50 <= block.count {
      place += 50 + 4 * Int(block[place + 49])
      count += 1
    }
    return count
  }

  /// Adds what the next block holds.
  ///
  /// - Returns: Whether it was one.
  mutating func read(_ block: [UInt8]) -> Bool {
    guard entries.count.isMultiple(of: Self.blockSize) else { return false }
    var bytes = block[...]
    func number(_ count: Int) -> UInt64? {
      guard bytes.count >= count else { return nil }
      defer { bytes = bytes.dropFirst(count) }
      return bytes.prefix(count).reduce(0) { $0 << 8 | UInt64($1) }
    }
    func objectID() -> ObjectID? {
      guard let first = number(8), let second = number(8), let third = number(4) else { return nil }
      return ObjectID(words: (first, second, UInt32(third)))
    }
    while !bytes.isEmpty {
      guard let id = objectID(), let tree = objectID(), let time = number(8), let joint = number(1),
        let parents = number(1)
      else { return false }
      var names: [ObjectID] = []
      for _ in 0..<parents {
        guard let parent = number(4), parent < entries.count else { return false }
        names.append(entries[Int(parent)].id)
      }
      guard numbers[id] == nil else { return false }
      add(
        Entry(
          id: id,
          commit: RememberedCommit(tree: tree, parents: names, time: Int64(bitPattern: time)),
          isJoint: joint == 1))
    }
    return true
  }
}
