public import ObjectModel
public import ThreeWayMerge

/// What recomputing every joint commit of a history found.
///
/// A joint commit carries no information, so anybody can make it again from its parents. One that comes out
/// otherwise counts as a commit somebody made, everywhere; here it is named. So is every merge that plain git made,
/// which counts as somebody's work as well, rightly.
public struct JoinVerification: Hashable, Sendable {
  /// Why a commit that says it only joins others is not what joining them gives.
  public enum Flaw: String, Hashable, Sendable {
    /// Its parents are not sorted by id, or one of them is twice there or behind another.
    case parents
    /// Author, time, message or headers are not those of a joint commit.
    case form
    /// It holds something else than the work of its parents.
    case tree
  }

  public struct ForgedJoint: Hashable, Sendable {
    public var id: ObjectID
    public var flaw: Flaw
  }

  /// A joint commit made by rules this program does not know.
  public struct UnknownJoint: Hashable, Sendable {
    public var id: ObjectID
    /// The version of the rules it names.
    public var rulesVersion: Int
  }

  /// Joint commits that are what they say.
  public private(set) var sound = 0
  /// Sorted by id.
  public private(set) var forged: [ForgedJoint] = []
  /// Sorted by id. What was joined on top of them can't be recomputed either, and is neither sound nor forged.
  public private(set) var unknown: [UnknownJoint] = []
  /// Commits with several parents that do not say they are joint, sorted by id.
  public private(set) var plainMerges: [ObjectID] = []

  /// Recomputes every joint commit behind some heads.
  ///
  /// The history is taken in the parts between commits that everything passes through, each with one join, so the
  /// cost grows with the history and, within a part, with the joints in it.
  ///
  /// - Parameters:
  ///   - heads: Commits of the graph.
  ///   - store: Recomputed trees are written to it; an overlay that is thrown away will do.
  ///   - rules: The merge rules under a `schemas` folder, by its tree id.
  ///   - progress: Called with the number of commits looked at so far.
  /// - Throws: What the store throws, `.missing` and `.malformed` among it.
  public init(
    of heads: [ObjectID], in graph: CommitGraph, store: some ObjectStore,
    rules: @escaping (_ schemas: ObjectID?) throws(ObjectStoreError) -> MergeRules,
    progress: (_ commits: Int) -> Void = { _ in }
  ) throws(ObjectStoreError) {
    var part = Set(heads)
    var looked = 0
    while let first = part.first {
      // One commit alone would be taken for the floor of its own past; with its parents it is looked at.
      if part.count == 1 { part.formUnion(graph.parents(of: first)) }
      let region = CommitRegion(heads: part.sorted(), in: graph)
      let floor = region.nodes.first.map(\.id).flatMap { graph.parents(of: $0).isEmpty ? nil : $0 }
      let above = region.nodes.map(\.id).filter { $0 != floor }
      try look(at: above, heads: part.sorted(), in: graph, store: store, rules: rules)
      looked += above.count
      progress(looked)
      part = Set([floor].compactMap { $0 })
    }
    forged.sort { $0.id < $1.id }
    unknown.sort { $0.id < $1.id }
    plainMerges.sort()
  }

  /// Looks at the commits of one part of the history.
  private mutating func look(
    at commits: [ObjectID], heads: [ObjectID], in graph: CommitGraph, store: some ObjectStore,
    rules: @escaping (ObjectID?) throws(ObjectStoreError) -> MergeRules
  ) throws(ObjectStoreError) {
    let merges = commits.filter { graph.parents(of: $0).count > 1 }
    let claimed = merges.filter { graph.node($0)?.claimsJoint == true }
    plainMerges += merges.filter { graph.node($0)?.claimsJoint == false }
    if claimed.isEmpty { return }

    var newer: [ObjectID] = []
    for id in claimed {
      guard let version = try store.commit(id).rulesVersion, version > JointCommit.rulesVersion else {
        continue
      }
      unknown.append(UnknownJoint(id: id, rulesVersion: version))
      newer.append(id)
    }
    let join = try Join(heads: heads, of: graph, in: store, rules: rules)
    let failed = Set(join.forgedJoints)
    for id in claimed where !newer.contains(id) {
      if newer.contains(where: { graph.isAncestor($0, of: id) }) { continue }
      if failed.contains(id) {
        forged.append(ForgedJoint(id: id, flaw: try flaw(of: id, in: graph, store: store)))
      } else {
        sound += 1
      }
    }
  }

  /// What is wrong with a commit that was found not to be what the join gives.
  private func flaw(
    of id: ObjectID, in graph: CommitGraph, store: some ObjectStore
  ) throws(ObjectStoreError) -> Flaw {
    let commit = try store.commit(id)
    let parents = commit.parents
    let isRedundant = parents.contains { parent in
      parents.contains { $0 != parent && graph.isAncestor(parent, of: $0) }
    }
    if parents != parents.sorted() || Set(parents).count != parents.count || isRedundant { return .parents }
    let times = parents.map { ($0, graph.node($0)?.time ?? 0) }
    return JointCommit.commit(joining: times, tree: commit.tree).encoded == commit.encoded ? .tree : .form
  }
}

extension CommitGraph {
  /// A joint commit between some heads that was made by newer rules than this program knows, if there is one.
  ///
  /// A join that met it could not recompute it, would take it for somebody's work, and give another tree than the
  /// replicas that know those rules. So there must be no join. What all heads have in common is not looked at; its
  /// tree stands for itself.
  public func jointByNewerRules(
    between heads: [ObjectID], in store: some ObjectStore
  ) throws(ObjectStoreError) -> JoinVerification.UnknownJoint? {
    for node in CommitRegion(heads: heads, in: self).nodes where node.claimsJoint {
      if let version = try store.commit(node.id).rulesVersion, version > JointCommit.rulesVersion {
        return JoinVerification.UnknownJoint(id: node.id, rulesVersion: version)
      }
    }
    return nil
  }
}

extension Commit {
  /// The version of the rules a joint commit says it was made by; `nil` for what is no number.
  fileprivate var rulesVersion: Int? { trailer("Ligne-Join").flatMap { Int($0) } }
}
