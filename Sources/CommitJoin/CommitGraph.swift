public import ObjectModel
import PlantedBugs

/// The history behind some heads, as far as a join needs it: who comes after whom.
///
/// Order comes from generations, the longest way down to a first commit. Dates are not looked at; clocks lie.
public struct CommitGraph: Sendable {
  struct Node: Sendable {
    var tree: ObjectID
    var parents: [ObjectID]
    /// Committer time in seconds since 1970.
    var time: Int64
    var claimsJoint: Bool
    var generation: Int
  }

  private(set) var nodes: [ObjectID: Node] = [:]

  public init() {}

  /// Takes in a head and everything behind it.
  ///
  /// - Parameter bytesPerCommit: What a commit may be at most; nothing bigger is read. `nil` for our own.
  /// - Throws: `.missing` where a part of the history is not in the store, `.malformed` where it can't be read or is
  ///   too big; then nothing of this head is taken in.
  public mutating func add(
    _ head: ObjectID, from store: some ObjectStore, bytesPerCommit: Int? = nil
  ) throws(ObjectStoreError) {
    var found: [ObjectID: Node] = [:]
    var read: [ObjectID: Commit] = [:]
    var stack = [head]
    while let id = stack.last {
      if nodes[id] != nil || found[id] != nil {
        stack.removeLast()
        continue
      }
      let commit: Commit
      if let known = read[id] {
        commit = known
      } else {
        if let bytesPerCommit, let size = try store.header(of: id)?.size, size > bytesPerCommit {
          throw .malformed(id, expected: .commit, reason: "\(size) bytes are too many")
        }
        commit = try store.commit(id)
        read[id] = commit
      }
      var generation = 0
      var isReady = true
      for parent in commit.parents {
        if let known = nodes[parent] ?? found[parent] {
          generation = max(generation, known.generation)
        } else {
          stack.append(parent)
          isReady = false
        }
      }
      guard isReady else { continue }
      read[id] = nil
      found[id] = Node(
        tree: commit.tree, parents: commit.parents, time: commit.committer.time,
        claimsJoint: JointCommit.isClaimed(by: commit), generation: generation + 1)
      stack.removeLast()
    }
    nodes.merge(found) { known, _ in known }
  }

  public func contains(_ id: ObjectID) -> Bool { nodes[id] != nil }

  /// The tree of a commit in the graph.
  public func tree(of id: ObjectID) -> ObjectID? { nodes[id]?.tree }

  /// The longest way from a commit down to a first one, counted in commits; 0 for one that is not in the graph.
  public func generation(of id: ObjectID) -> Int { nodes[id]?.generation ?? 0 }

  public func parents(of id: ObjectID) -> [ObjectID] { nodes[id]?.parents ?? [] }

  /// The commits behind some heads, themselves included, that are not behind others; newest generation first.
  public func commits(of heads: [ObjectID], notIn known: [ObjectID] = []) -> [ObjectID] {
    let hidden = reachable(from: known)
    return newestFirst(reachable(from: heads).subtracting(hidden))
  }

  /// The same without joint commits, taken at their word.
  ///
  /// - Parameter forged: Commits that only say they are joint, and count as somebody's work.
  public func userCommits(
    of heads: [ObjectID], notIn known: [ObjectID], countingJoints forged: Set<ObjectID> = []
  ) -> [ObjectID] {
    commits(of: heads, notIn: known).filter { nodes[$0]?.claimsJoint == false || forged.contains($0) }
  }

  /// The first commits a head comes from: what makes two histories one workspace.
  public func roots(of head: ObjectID) -> Set<ObjectID> {
    reachable(from: [head]).filter { nodes[$0]?.parents.isEmpty ?? false }
  }

  public func isAncestor(_ ancestor: ObjectID, of commit: ObjectID) -> Bool {
    guard let old = nodes[ancestor], let new = nodes[commit] else { return false }
    if EngineBug.trustsClocks.isPlanted, new.time < old.time { return false }
    return reachable(from: [commit], downTo: old.generation).contains(ancestor)
  }

  /// Those of some heads that are behind no other of them, in their order.
  public func newest(of heads: [ObjectID]) -> [ObjectID] {
    let oldest = heads.compactMap { nodes[$0]?.generation }.min() ?? 0
    let behind = reachable(from: heads.flatMap(parents(of:)), downTo: oldest)
    return heads.filter { !behind.contains($0) }
  }

  func newestFirst(_ ids: Set<ObjectID>) -> [ObjectID] {
    ids.sorted { left, right in
      let (leftGeneration, rightGeneration) = (nodes[left]?.generation ?? 0, nodes[right]?.generation ?? 0)
      return leftGeneration != rightGeneration ? leftGeneration > rightGeneration : left < right
    }
  }

  func reachable(from heads: [ObjectID], downTo generation: Int = 0) -> Set<ObjectID> {
    var reached: Set<ObjectID> = []
    var stack = heads
    while let id = stack.popLast() {
      guard let node = nodes[id], node.generation >= generation, reached.insert(id).inserted else { continue }
      stack += node.parents
    }
    return reached
  }
}
