import ObjectModel

/// What commits say of the order of a history, so that the next command need not read all of them again.
///
/// All of it follows from the bytes that a commit's id names, so what is remembered is true for good; forgetting it costs time
/// and nothing else.
public final class CommitMemory {
  /// What is kept of a commit.
  struct Facts {
    var tree: ObjectID
    var parents: [ObjectID]
    /// Committer time in seconds since 1970.
    var time: Int64
    var claimsJoint: Bool
  }

  private struct Entry {
    var id: ObjectID
    var tree: ObjectID
    var time: Int64
    var claimsJoint: Bool
    /// Where its parents stand in ``CommitMemory/parents``.
    var parents: Range<Int>
  }

  /// Parents before those that were made from them.
  private var entries: [Entry] = []
  private var parents: [Int] = []
  private var placeOf: [ObjectID: Int] = [:]
  /// How many commits are known that ``bytes`` did not say when they were recalled or kept.
  public private(set) var news = 0

  public init() {}

  public var isEmpty: Bool { entries.isEmpty }

  /// Somebody has kept ``bytes``.
  public func areKept() { news = 0 }

  func facts(of id: ObjectID) -> Facts? {
    guard let place = placeOf[id] else { return nil }
    let entry = entries[place]
    return Facts(
      tree: entry.tree, parents: parents[entry.parents].map { entries[$0].id }, time: entry.time,
      claimsJoint: entry.claimsJoint)
  }

  /// - Parameter facts: Nothing is kept where a parent is not known: then its place is not.
  func note(_ facts: Facts, of id: ObjectID) {
    if add(facts.tree, facts.time, facts.claimsJoint, facts.parents.map { placeOf[$0] }, of: id) { news += 1 }
  }

  private func add(
    _ tree: ObjectID, _ time: Int64, _ claimsJoint: Bool, _ places: [Int?], of id: ObjectID
  ) -> Bool {
    let known = places.compactMap(\.self)
    guard known.count == places.count, known.count <= Self.mostParents, placeOf[id] == nil else {
      return false
    }
    let first = parents.count
    parents += known
    placeOf[id] = entries.count
    entries.append(
      Entry(id: id, tree: tree, time: time, claimsJoint: claimsJoint, parents: first..<parents.count))
    return true
  }

  /// A byte says how many they are, and whether the commit says that it is joint.
  private static let mostParents = 127
}

// MARK: Between two programs
//
// After the heading, for each commit: its id, its tree, its time (8 bytes), how many parents it has, with the highest bit set
// where it says that it is joint, and the place of each parent in this list (4 bytes). Numbers are little-endian.

extension CommitMemory {
  public var bytes: [UInt8] {
    var bytes = Array(Self.heading.utf8)
    bytes.reserveCapacity(bytes.count + entries.count * 57)
    for entry in entries {
      bytes += entry.id.bytes
      bytes += entry.tree.bytes
      bytes.append(number: UInt64(bitPattern: entry.time))
      bytes.append(UInt8(entry.parents.count) | (entry.claimsJoint ? 0x80 : 0))
      for parent in parents[entry.parents] { bytes.append(number: UInt32(parent)) }
    }
    return bytes
  }

  /// Takes over what ``bytes`` once gave; anything else is passed over, and what comes after a flaw is.
  public func recall(_ bytes: [UInt8]) {
    guard entries.isEmpty, bytes.starts(with: Self.heading.utf8) else { return }
    var place = Self.heading.utf8.count
    while place + Self.length <= bytes.count {
      let count = bytes[place + 48]
      let end = place + Self.length + 4 * Int(count & 0x7F)
      guard end <= bytes.count else { return }
      let places = stride(from: place + Self.length, to: end, by: 4).map { start -> Int? in
        let parent = Int(bytes.littleEndian(start, 4))
        return parent < entries.count ? parent : nil
      }
      let isNew = add(
        bytes.id(place + 20), Int64(bitPattern: bytes.littleEndian(place + 40, 8)), count & 0x80 != 0, places,
        of: bytes.id(place))
      if !isNew { return }
      place = end
    }
  }

  /// Of a commit without its parents.
  private static let length = 20 + 20 + 8 + 1
  private static let heading = "ligne-commits 1\n"
}

// Plain loops: whoever has worked for years has a hundred thousand commits, and each command reads them.
extension [UInt8] {
  fileprivate mutating func append(number: some FixedWidthInteger) {
    for shift in stride(from: 0, to: number.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  fileprivate func littleEndian(_ start: Int, _ count: Int) -> UInt64 {
    var number: UInt64 = 0
    for place in (start..<(start + count)).reversed() { number = number << 8 | UInt64(self[place]) }
    return number
  }

  private func bigEndian(_ start: Int, _ count: Int) -> UInt64 {
    var number: UInt64 = 0
    for place in start..<(start + count) { number = number << 8 | UInt64(self[place]) }
    return number
  }

  fileprivate func id(_ start: Int) -> ObjectID {
    ObjectID(words: (bigEndian(start, 8), bigEndian(start + 8, 8), UInt32(bigEndian(start + 16, 4))))
  }
}
