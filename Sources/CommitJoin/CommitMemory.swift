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
    func take(_ count: Int) -> ArraySlice<UInt8>? {
      guard count <= bytes.count - place else { return nil }
      defer { place += count }
      return bytes[place..<(place + count)]
    }
    while place < bytes.count {
      guard let id = take(20), let tree = take(20), let time = take(8), let count = take(1)?.first else {
        return
      }
      var places: [Int?] = []
      for _ in 0..<(count & 0x7F) {
        guard let parent = take(4) else { return }
        places.append(Int(parent.number).isBelow(entries.count))
      }
      let isNew = add(
        ObjectID(bytes: tree), Int64(bitPattern: time.number), count & 0x80 != 0, places,
        of: ObjectID(bytes: id))
      if !isNew { return }
    }
  }

  private static let heading = "ligne-commits 1\n"
}

extension Int {
  fileprivate func isBelow(_ end: Int) -> Int? { self < end ? self : nil }
}

extension [UInt8] {
  fileprivate mutating func append(number: some FixedWidthInteger) {
    for shift in stride(from: 0, to: number.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate var number: UInt64 { reversed().reduce(0) { $0 << 8 | UInt64($1) } }
}
