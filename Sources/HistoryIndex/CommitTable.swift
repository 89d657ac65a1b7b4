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
  /// Of the first commits; of all once so many numbers were asked for that looking through the last ones costs more.
  private var numbers: [ObjectID: Int] = [:]
  private var countNumbered = 0
  private var countOfQuestions = 0

  var count: Int { entries.count }

  /// - Parameter count: How many commits will be added.
  mutating func reserveCapacity(_ count: Int) {
    entries.reserveCapacity(count)
    joints.reserveCapacity(count)
  }

  /// Who looks back asks for the head alone, which is among the last; who adds commits asks for each one's parents.
  mutating func number(of id: ObjectID) -> Int? {
    countOfQuestions += 1
    if countOfQuestions < 8 { return entries.lastIndex { $0.id == id } }
    while countNumbered < entries.count {
      numbers[entries[countNumbered].id] = countNumbered
      countNumbered += 1
    }
    return numbers[id]
  }

  /// Adds a commit whose parents are known, and which is not.
  mutating func add(_ commit: RememberedCommit, isJoint: Bool) {
    entries.append(commit)
    joints.append(isJoint)
  }

  /// Takes the last ones out, from this number on.
  mutating func removeAll(from number: Int) {
    for commit in entries[number...] { numbers[commit.id] = nil }
    entries.removeSubrange(number...)
    joints.removeSubrange(number...)
    countNumbered = min(countNumbered, number)
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
    var reader = BigEndianReader(bytes: block)
    while reader.rest > 0 {
      guard reader.rest >= Self.bytesOfCommit else { return false }
      let (id, tree) = (reader.objectID(), reader.objectID())
      let time = Int64(bitPattern: reader.number(of: UInt64.self))
      let isJoint = reader.number(of: UInt8.self) == 1
      let countOfParents = Int(reader.number(of: UInt16.self))
      guard reader.rest >= 4 * countOfParents else { return false }
      let parents = reader.commitNumbers(countOfParents)
      guard parents.allSatisfy({ $0 < entries.count }) else { return false }
      add(RememberedCommit(id: id, tree: tree, parents: parents, time: time), isJoint: isJoint)
    }
    return true
  }
}

/// Reads numbers, the most significant byte first.
private struct BigEndianReader {
  private let bytes: [UInt8]
  private var place = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// How many bytes are left.
  var rest: Int { bytes.count - place }

  /// - Precondition: Its bytes are there.
  mutating func number<Number: FixedWidthInteger>(of type: Number.Type) -> Number {
    var number: UInt64 = 0
    let end = place + Number.bitWidth / 8
    while place < end {
      number = number << 8 | UInt64(bytes[place])
      place += 1
    }
    return Number(truncatingIfNeeded: number)
  }

  mutating func objectID() -> ObjectID {
    ObjectID(words: (number(of: UInt64.self), number(of: UInt64.self), number(of: UInt32.self)))
  }

  mutating func commitNumbers(_ count: Int) -> CommitNumbers {
    CommitNumbers(count: count) { _ in Int(number(of: UInt32.self)) }
  }
}
