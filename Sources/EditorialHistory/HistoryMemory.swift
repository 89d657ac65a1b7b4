public import ObjectModel

/// What was kept of commits that were read before, so that looking back need not read the whole history again.
///
/// ``History`` gives the same answers without it. What it says has to be what reading says: it may know nothing of a
/// commit, and never something else.
public protocol HistoryMemory {
  /// All commits that are known; those they were made from have smaller numbers.
  var commits: RememberedCommits { get }

  /// The number of a commit; `nil` where it is not known.
  func number(of id: ObjectID) -> Int?

  /// The known commits in which a document that ever stood at a path may differ from one of the commits they were made
  /// from: its file, its conflict record, or where it stands.
  ///
  /// - Returns: The numbers of all of them; others may be among them. `nil` where nobody knows.
  func commits(changing path: WorkspacePath) -> Set<Int>?
}

/// What the order of a history needs to know of commits, which have numbers from 0.
///
/// In columns: each look back goes through all commits, and asks little of each.
public struct RememberedCommits: Equatable, Sendable {
  public private(set) var ids: [ObjectID] = []
  public private(set) var trees: [ObjectID] = []
  /// When each was recorded, in seconds since 1970.
  public private(set) var times: [Int64] = []
  /// The numbers of those that all were made from, one commit after the other.
  private var parents: [UInt32] = []
  /// Where in `parents` those of each commit end.
  private var ends: [UInt32] = []

  public init() {}

  public var count: Int { ids.count }

  /// The numbers of those that a commit was made from, in their order.
  public func parents(of number: Int) -> ArraySlice<UInt32> {
    parents[(number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number])]
  }

  public mutating func reserveCapacity(_ count: Int) {
    ids.reserveCapacity(count)
    trees.reserveCapacity(count)
    times.reserveCapacity(count)
    ends.reserveCapacity(count)
    // Most were made from one.
    parents.reserveCapacity(count + count / 2)
  }

  /// Adds a commit, with the next number.
  ///
  /// - Parameter parents: Numbers of commits that are here or come later.
  public mutating func append(id: ObjectID, tree: ObjectID, parents: [UInt32], time: Int64) {
    ids.append(id)
    trees.append(tree)
    times.append(time)
    self.parents += parents
    ends.append(UInt32(self.parents.count))
  }

  /// Takes the last ones out, from this number on.
  public mutating func removeAll(from number: Int) {
    parents.removeSubrange((number == 0 ? 0 : Int(ends[number - 1]))...)
    ids.removeSubrange(number...)
    trees.removeSubrange(number...)
    times.removeSubrange(number...)
    ends.removeSubrange(number...)
  }
}
