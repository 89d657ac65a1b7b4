import CommitJoin
public import ObjectModel

extension Workspace {
  /// The tree a commit's changes are measured against: its parent's, or the join of its parents.
  ///
  /// Whoever merged with plain git changed only what differs from the join. Source: ARCHITECTURE.md.
  public func treeBefore(_ commit: Commit) throws(ObjectStoreError) -> ObjectID? {
    guard commit.parents.count > 1 else {
      guard let parent = commit.parents.first else { return nil }
      return try objects.commit(parent).tree
    }
    var graph = CommitGraph()
    for parent in commit.parents { try takeHistory(of: parent, into: &graph) }
    var join = try Join(heads: commit.parents, of: graph, in: objects, memory: joinMemory) {
      schemas throws(ObjectStoreError) in try self.rulebook.mergeRules(in: schemas)
    }
    return try join.tree(joining: commit.parents)
  }

  /// Those of some commits that somebody had not seen who made a commit: what is not behind it.
  public func commits(_ commits: [ObjectID], notBehind commit: ObjectID) throws -> Set<ObjectID> {
    var graph = CommitGraph()
    try takeHistory(of: commit, into: &graph)
    return Set(commits).filter { !graph.isAncestor($0, of: commit) }
  }

  /// Whether a commit was made by joining, not by a person.
  public func isJoint(_ commit: Commit) -> Bool { JointCommit.isClaimed(by: commit) }
}
