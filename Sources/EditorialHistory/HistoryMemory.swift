public import ObjectModel

/// What was kept of commits that were read before, so that looking back need not read the whole history again.
///
/// ``History`` gives the same answers without it. What it says has to be what reading says: it may know nothing of a
/// commit, and never something else.
public protocol HistoryMemory {
  /// How many commits are known. They have numbers from 0, those they were made from smaller ones.
  var count: Int { get }

  /// The number of a commit; `nil` where it is not known.
  func number(of id: ObjectID) -> Int?

  subscript(number: Int) -> RememberedCommit { get }

  /// The known commits in which a document that ever stood at a path may differ from one of the commits they were made
  /// from: its file, its conflict record, or where it stands.
  ///
  /// - Returns: The numbers of all of them; others may be among them. `nil` where nobody knows.
  func commits(changing path: WorkspacePath) -> Set<Int>?
}

/// What the order of a history needs to know of a commit.
public struct RememberedCommit: Hashable, Sendable {
  public var id: ObjectID
  public var tree: ObjectID
  public var parents: CommitNumbers
  /// When it was recorded, in seconds since 1970.
  public var time: Int64

  public init(id: ObjectID, tree: ObjectID, parents: CommitNumbers, time: Int64) {
    (self.id, self.tree, self.parents, self.time) = (id, tree, parents, time)
  }
}
