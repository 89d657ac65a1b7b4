import BitCollections
public import ObjectModel
import PlantedBugs
public import ThreeWayMerge

/// What joining heads gives.
public struct JoinOutcome: Hashable, Sendable {
  /// The commit that holds the work of all heads: one of them, or a joint commit.
  public var commit: ObjectID
  public var tree: ObjectID
  /// What the merges on the way settled by rule.
  public var notices: [FileNotice]
}

/// Joins the work of several people: the tree is a pure function of the commits they made.
///
/// The user commits behind the heads decide, nothing else: not which head was seen first, nor how often somebody
/// synced, nor the joint commits in between. The newest of them, sorted by id, are folded from the left; the base
/// of each step is the join of what both sides know, computed the same way. Source: ARCHITECTURE.md.
///
/// A joint commit is taken as one only after it was recomputed. One whose bytes are not what the join gives counts
/// as a commit a person made, and is listed in ``forgedJoints``.
public struct Join {
  private let store: any ObjectStore
  private let rules: (ObjectID?) throws(ObjectStoreError) -> MergeRules
  private let region: CommitRegion
  private let memory: JoinMemory
  /// For each node, the user commits it holds: itself, if a person made it, and those of its parents.
  private var userCommits: [BitSet] = []
  /// Trees of joins by the frontier of their user commits.
  private var trees: [BitSet: ObjectID?] = [:]
  private var notices: [BitSet: [FileNotice]] = [:]
  /// The trees of joint commits by the user commits they stand for: mostly what the bases of others are.
  private var joined: [BitSet: ObjectID] = [:]
  /// Commits that say they join others, and hold something else.
  public private(set) var forgedJoints: [ObjectID] = []

  /// Prepares to join heads, and checks the joint commits between them.
  ///
  /// - Parameters:
  ///   - heads: Commits of the graph.
  ///   - memory: What earlier joins of this store found out, with these rules.
  ///   - rules: The merge rules under a `schemas` folder, by its tree id.
  /// - Throws: What the store throws; nothing that is merged makes it fail.
  public init(
    heads: [ObjectID], of graph: CommitGraph, in store: any ObjectStore, memory: JoinMemory = JoinMemory(),
    rules: @escaping (_ schemas: ObjectID?) throws(ObjectStoreError) -> MergeRules
  ) throws(ObjectStoreError) {
    self.store = store
    self.rules = rules
    self.memory = memory
    region = CommitRegion(heads: heads, in: graph)
    for (index, node) in region.nodes.enumerated() {
      var users = BitSet()
      for parent in node.parents { users.formUnion(userCommits[parent]) }
      var isTransparent = false
      if node.claimsJoint {
        if let known = memory.verdict(on: node.id) {
          isTransparent = known
        } else {
          isTransparent = try isJoint(node, users: users)
          memory.note(isTransparent, on: node.id)
        }
        if isTransparent { joined[users] = node.tree }
      }
      if !isTransparent {
        if node.claimsJoint { forgedJoints.append(node.id) }
        users.insert(index)
      }
      userCommits.append(users)
    }
  }

  /// Joins heads among those given at the start.
  ///
  /// - Parameters:
  ///   - heads: At least one.
  ///   - anchor: The head that may only move forward, if there is one: the team's `main`.
  /// - Returns: The anchor itself where it holds everything, a head where one holds everything, else the joint
  ///   commit of the anchor and the newest user commits it lacks.
  public mutating func join(_ heads: [ObjectID], anchor: ObjectID?) throws(ObjectStoreError) -> JoinOutcome {
    let all = heads + [anchor].compactMap { $0 }
    let users = all.reduce(into: BitSet()) { $0.formUnion(self.users(of: $1)) }
    let anchored = anchor.map(self.users(of:)) ?? BitSet()
    let tree = try tree(of: users)
    let noticed = notices[frontier(of: users)] ?? []

    if let anchor, users.isSubset(of: anchored) {
      return JoinOutcome(commit: anchor, tree: tree, notices: noticed)
    }
    var parents = Set(frontier(of: users).filter { !anchored.contains($0) }.map { region.nodes[$0].id })
    if let anchor, !EngineBug.leavesMainBehind.isPlanted,
      !parents.contains(where: { reaches(anchor, from: $0) })
    {
      parents.insert(anchor)
    }
    if parents.count == 1, let only = parents.first {
      return JoinOutcome(commit: only, tree: tree, notices: noticed)
    }
    let times = parents.map { ($0, time(of: EngineBug.stampsWithOwnTime.isPlanted ? heads[0] : $0)) }
    let joint = JointCommit.commit(joining: times, tree: tree)
    return JoinOutcome(commit: try store.write(joint), tree: tree, notices: noticed)
  }

  /// The tree of the joined work of some heads, without making a commit of it.
  public mutating func tree(joining heads: [ObjectID]) throws(ObjectStoreError) -> ObjectID {
    try tree(of: heads.reduce(into: BitSet()) { $0.formUnion(self.users(of: $1)) })
  }

  /// Whether two heads hold the same user commits, and so are one state.
  public func areEqual(_ left: ObjectID, _ right: ObjectID) -> Bool { users(of: left) == users(of: right) }

  /// Whether a head holds all user commits of another.
  public func holds(_ head: ObjectID, everythingOf other: ObjectID) -> Bool {
    users(of: other).isSubset(of: users(of: head))
  }

  /// The newest user commits of a head that no other of these heads holds, sorted by id.
  public func newestUserCommits(of head: ObjectID, notIn others: [ObjectID]) -> [ObjectID] {
    let known = others.reduce(into: BitSet()) { $0.formUnion(users(of: $1)) }
    return frontier(of: users(of: head)).filter { !known.contains($0) }.map { region.nodes[$0].id }.sorted()
  }

  /// All user commits of a head that no other of these heads holds, oldest first.
  public func userCommits(of head: ObjectID, notIn others: [ObjectID]) -> [ObjectID] {
    let known = others.reduce(into: BitSet()) { $0.formUnion(users(of: $1)) }
    return users(of: head).subtracting(known).map { region.nodes[$0].id }
  }

  // MARK: - The graph

  private func users(of head: ObjectID) -> BitSet {
    guard let index = region.indexOf[head] else { preconditionFailure("\(head) is not one of the heads") }
    return userCommits[index]
  }

  private func time(of id: ObjectID) -> Int64 { region.indexOf[id].map { region.nodes[$0].time } ?? 0 }

  /// The maximal user commits: those that no other one holds.
  private func frontier(of users: BitSet) -> BitSet {
    var covered = BitSet()
    var frontier = BitSet()
    for index in users.reversed() where !covered.contains(index) {
      frontier.insert(index)
      covered.formUnion(userCommits[index])
    }
    return frontier
  }

  /// Whether `ancestor` is in the history of `commit`, joint commits counted.
  private func reaches(_ ancestor: ObjectID, from commit: ObjectID) -> Bool {
    guard let target = region.indexOf[ancestor], let start = region.indexOf[commit] else { return false }
    var seen: Set<Int> = [start]
    var stack = [start]
    while let index = stack.popLast() {
      if index == target { return true }
      for parent in region.nodes[index].parents where parent >= target && seen.insert(parent).inserted {
        stack.append(parent)
      }
    }
    return false
  }

  // MARK: - F

  /// The tree of a set of user commits that holds all ancestors of its members; `nil` for none.
  private mutating func tree(of users: BitSet) throws(ObjectStoreError) -> ObjectID {
    // An explicit stack: criss-cross histories nest bases as deep as they are long.
    var stack = [users]
    while let set = stack.last {
      let key = frontier(of: set)
      if trees[key] != nil {
        stack.removeLast()
        continue
      }
      // What was asked for is made, for its notices; of a base only the tree counts.
      if stack.count > 1, let tree = joined[set] {
        trees[key] = tree
        continue
      }
      let members = key.sorted { region.nodes[$0].id < region.nodes[$1].id }
      guard let first = members.first else {
        trees[key] = .some(nil)
        continue
      }
      let bases = commonUsers(of: members)
      let open = bases.filter { trees[frontier(of: $0)] == nil }
      if !open.isEmpty {
        stack += open
        continue
      }
      var state = region.nodes[first].tree
      var noticed: [FileNotice] = []
      for (member, base) in zip(members.dropFirst(), bases) {
        let versions = Versions<ObjectID?>(
          base: trees[frontier(of: base)] ?? nil, ours: state, theirs: region.nodes[member].tree)
        let outcome: TreeMergeOutcome
        if let known = memory.merges[versions] {
          outcome = known
        } else {
          outcome = try mergeTrees(versions, in: store, rules: rules)
          memory.merges[versions] = outcome
        }
        state = outcome.tree
        noticed += outcome.notices
      }
      trees[key] = state
      notices[key] = noticed
    }
    guard let tree = trees[frontier(of: users)] ?? nil else {
      return try store.tree(applying: [], to: nil)
    }
    return tree
  }

  /// For each step of the fold, what both sides know.
  private func commonUsers(of members: [Int]) -> [BitSet] {
    guard let first = members.first else { return [] }
    var known = userCommits[first]
    return members.dropFirst().map { member in
      defer { known.formUnion(userCommits[member]) }
      return known.intersection(userCommits[member])
    }
  }

  /// Whether a commit is exactly what joining its parents gives.
  private mutating func isJoint(
    _ node: CommitRegion.Node, users: BitSet
  ) throws(ObjectStoreError) -> Bool {
    let commit = try store.commit(node.id)
    guard commit.parents == commit.parents.sorted(), Set(commit.parents).count == commit.parents.count,
      commit.parents.allSatisfy({ region.indexOf[$0] != nil })
    else { return false }
    for parent in commit.parents {
      if commit.parents.contains(where: { $0 != parent && reaches(parent, from: $0) }) { return false }
    }
    let parents = commit.parents.map { ($0, time(of: $0)) }
    let expected = JointCommit.commit(joining: parents, tree: try tree(of: users))
    return expected.encoded == commit.encoded
  }
}
