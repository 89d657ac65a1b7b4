public import ObjectModel

/// The commit that joins several heads: written by nobody, the same on every replica.
///
/// Its parents are sorted by id, its time is the latest of theirs, its author and message are fixed. Whoever knows
/// the same heads makes the same bytes and so the same id. Source: ARCHITECTURE.md, "Joint commits".
public enum JointCommit {
  /// The version of the merge rules this program joins by.
  public static let rulesVersion = 1

  /// - Parameters:
  ///   - parents: At least two, none an ancestor of another, with their committer times in seconds since 1970.
  ///   - tree: What the join of the user commits behind them gives.
  public static func commit(joining parents: [(id: ObjectID, time: Int64)], tree: ObjectID) -> Commit {
    precondition(parents.count > 1, "a joint commit joins at least two heads")
    let nobody = Signature(
      name: "Ligne", email: "ligne@invalid", time: parents.map(\.time).max() ?? 0, offsetMinutes: 0)
    return Commit(
      tree: tree, parents: parents.map(\.id).sorted(), author: nobody, committer: nobody,
      message: "Travail réuni / Work joined\n\nLigne-Join: \(rulesVersion)\n")
  }

  /// Whether a commit says of itself that it is a joint commit. Only recomputing it tells whether it is one.
  public static func isClaimed(by commit: Commit) -> Bool {
    commit.parents.count > 1 && commit.trailer("Ligne-Join") != nil
  }
}
