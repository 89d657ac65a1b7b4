import EditorialHistory
import ObjectModel

/// The commits an index knows, in memory: a number each, those they were made from before them.
///
/// Kept as bytes in blocks, because reading a row for each commit costs more than all the rest of a look back: for each
/// commit its id, its tree, when it was recorded (8 bytes), whether it is a joint one (a byte), how many parents it has
/// (2 bytes), and the numbers of these (4 bytes each); big-endian.
struct CommitTable {
  /// How many commits a block has; only the last has fewer.
  static let blockSize = 512
  /// Without its parents.
  private static let bytesOfCommit = 51
  /// As many as two bytes can count.
  static let mostParents = Int(UInt16.max)

  private(set) var entries: [RememberedCommit] = []
  /// Whether each is a joint commit.
  private(set) var joints: [Bool] = []
  private var numbers: [ObjectID: Int] = [:]

  var count: Int { entries.count }

  func number(of id: ObjectID) -> Int? { numbers[id] }

  /// Adds a commit whose parents are known, and which is not.
  mutating func add(_ commit: RememberedCommit, isJoint: Bool) {
    numbers[commit.id] = entries.count
    entries.append(commit)
    joints.append(isJoint)
  }

  /// The number and the bytes of each block that has to be written for commits from this one on.
  func blocks(from first: Int) -> [(number: Int, bytes: [UInt8])] {
    stride(from: first / Self.blockSize * Self.blockSize, to: count, by: Self.blockSize).map { start in
      var bytes: [UInt8] = []
      for number in start..<min(start + Self.blockSize, count) {
        let commit = entries[number]
        bytes += commit.id.bytes + commit.tree.bytes
        append(UInt64(bitPattern: commit.time), 8, to: &bytes)
        bytes.append(joints[number] ? 1 : 0)
        append(UInt64(commit.parents.count), 2, to: &bytes)
        for parent in commit.parents { append(UInt64(parent), 4, to: &bytes) }
      }
      return (start / Self.blockSize, bytes)
    }
  }

  private func append(_ number: UInt64, _ count: Int, to bytes: inout [UInt8]) {
    for shift in stride(from: 8 * (count - 1), through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
    }
  }

  /// Adds what the next block holds.
  ///
  /// - Returns: Whether it was one.
  mutating func read(_ block: [UInt8]) -> Bool {
    guard count.isMultiple(of: Self.blockSize) else { return false }
    var place = 0
    func number(_ count: Int) -> UInt64 {
      var number: UInt64 = 0
      for byte in place..<place + count { number = number << 8 | UInt64(block[byte]) }
      place += count
      return number
    }
    func objectID() -> ObjectID { ObjectID(words: (number(8), number(8), UInt32(number(4)))) }
    while place < block.count {
      guard block.count - place >= Self.bytesOfCommit else { return false }
      let (id, tree) = (objectID(), objectID())
      let (time, joint, count) = (number(8), number(1), Int(number(2)))
      guard block.count - place >= 4 * count, numbers[id] == nil else { return false }
      let parents = (0..<count).map { _ in Int(number(4)) }
      guard parents.allSatisfy({ $0 < entries.count }) else { return false }
      add(
        RememberedCommit(id: id, tree: tree, parents: parents, time: Int64(bitPattern: time)),
        isJoint: joint == 1)
    }
    return true
  }
}
