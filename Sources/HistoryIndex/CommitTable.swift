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

  private(set) var commits = RememberedCommits()
  /// Whether each is a joint commit.
  private(set) var joints: [Bool] = []
  /// Of the first commits; of all once so many numbers were asked for that looking through the last ones costs more.
  private var numbers: [ObjectID: Int] = [:]
  private var countNumbered = 0
  private var countOfQuestions = 0

  var count: Int { commits.count }

  /// As many as numbers of four bytes can name.
  static let mostBlocks = Int64(Int32.max) / Int64(blockSize)

  /// - Parameter bytes: How many will be read.
  mutating func reserveCapacity(forBytes bytes: Int) {
    let count = bytes / Self.bytesOfCommit
    commits.reserveCapacity(count)
    joints.reserveCapacity(count)
  }

  /// Who looks back asks for the head alone, which is among the last; who adds commits asks for each one's parents.
  mutating func number(of id: ObjectID) -> Int? {
    countOfQuestions += 1
    if countOfQuestions < 8 { return commits.ids.lastIndex(of: id) }
    while countNumbered < commits.count {
      numbers[commits.ids[countNumbered]] = countNumbered
      countNumbered += 1
    }
    return numbers[id]
  }

  /// Adds a commit whose parents are known, and which is not.
  mutating func add(
    _ id: ObjectID, tree: ObjectID, parents: [UInt32], time: Int64, isJoint: Bool
  ) {
    commits.append(id: id, tree: tree, parents: parents, time: time)
    joints.append(isJoint)
  }

  /// Takes the last ones out, from this number on.
  mutating func removeAll(from number: Int) {
    for id in commits.ids[number...] { numbers[id] = nil }
    commits.removeAll(from: number)
    joints.removeSubrange(number...)
    countNumbered = min(countNumbered, number)
  }

  /// The number and the bytes of each block that has to be written for commits from this one on.
  func blocks(from first: Int) -> [(number: Int, bytes: [UInt8])] {
    stride(from: first / Self.blockSize * Self.blockSize, to: count, by: Self.blockSize).map { start in
      var bytes: [UInt8] = []
      for number in start..<min(start + Self.blockSize, count) {
        let parents = commits.parents(of: number)
        bytes += commits.ids[number].bytes + commits.trees[number].bytes
        append(UInt64(bitPattern: commits.times[number]), 8, to: &bytes)
        bytes.append(joints[number] ? 1 : 0)
        append(UInt64(parents.count), 2, to: &bytes)
        for parent in parents { append(UInt64(parent), 4, to: &bytes) }
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
    guard count.isMultiple(of: Self.blockSize), !block.isEmpty else { return false }
    let end = count + Self.blockSize
    return block.withUnsafeBytes { bytes in
      var place = 0
      func take<Number: FixedWidthInteger>(_ type: Number.Type) -> Number {
        defer { place += Number.bitWidth / 8 }
        return Number(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: type))
      }
      func takeID() -> ObjectID { ObjectID(words: (take(UInt64.self), take(UInt64.self), take(UInt32.self))) }
      var parents: [UInt32] = []
      while place < bytes.count {
        guard bytes.count - place >= Self.bytesOfCommit, count < end else { return false }
        let (id, tree, time) = (takeID(), takeID(), take(Int64.self))
        let isJoint = take(UInt8.self) == 1
        let countOfParents = Int(take(UInt16.self))
        guard bytes.count - place >= 4 * countOfParents else { return false }
        parents.removeAll(keepingCapacity: true)
        for _ in 0..<countOfParents { parents.append(take(UInt32.self)) }
        guard parents.allSatisfy({ $0 < count }) else { return false }
        add(id, tree: tree, parents: parents, time: time, isJoint: isJoint)
      }
      return true
    }
  }
}
