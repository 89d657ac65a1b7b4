public import ObjectModel
import PlantedBugs

/// The history behind some heads, as far as a join needs it: who comes after whom.
///
/// Order comes from generations, the longest way down to a first commit. Dates are not looked at; clocks lie.
///
/// Every commit has a place, and its parents have lower ones. So a walk towards the past is one look at each place, downwards,
/// and ends as soon as nothing that is asked for can follow.
public struct CommitGraph: Sendable {
  struct Node: Sendable {
    var id: ObjectID
    var tree: ObjectID
    /// Committer time in seconds since 1970.
    var time: Int64
    var claimsJoint: Bool
    var generation: Int
    /// Where its parents stand in ``CommitGraph/parentPlaces``.
    fileprivate var parents: Range<Int>
  }

  private var nodes: [Node] = []
  private var parentPlaces: [Int] = []
  private var placeOf: [ObjectID: Int] = [:]

  public init() {}

  /// Takes in a head and everything behind it.
  ///
  /// - Parameters:
  ///   - bytesPerCommit: What a commit may be at most; nothing bigger is read. `nil` for our own.
  ///   - memory: What earlier commands read. A commit that it knows has to be in the store, and is not read again.
  ///   - isNoting: Whether what is read now is remembered.
  /// - Throws: `.missing` where a part of the history is not in the store, `.malformed` where it can't be read or is
  ///   too big; then nothing of this head is taken in.
  public mutating func add(
    _ head: ObjectID, from store: some ObjectStore, bytesPerCommit: Int? = nil,
    remembering memory: CommitMemory? = nil, isNoting: Bool = true
  ) throws(ObjectStoreError) {
    let count = self.count
    do throws(ObjectStoreError) {
      try take(head, from: store, bytesPerCommit: bytesPerCommit, remembering: memory, isNoting: isNoting)
    } catch {
      forget(beyond: count)
      throw error
    }
  }

  /// How many commits are in it.
  public var count: Int { nodes.count }

  /// Leaves out again what was taken in last.
  ///
  /// - Parameter count: How many commits stay: as many as there were before.
  public mutating func forget(beyond count: Int) {
    guard count < nodes.count else { return }
    for node in nodes[count...] { placeOf[node.id] = nil }
    parentPlaces.removeSubrange(nodes[count].parents.lowerBound...)
    nodes.removeSubrange(count...)
  }

  private mutating func take(
    _ head: ObjectID, from store: some ObjectStore, bytesPerCommit: Int?, remembering memory: CommitMemory?,
    isNoting: Bool
  ) throws(ObjectStoreError) {
    var read: [ObjectID: CommitMemory.Facts] = [:]
    var stack = [head]
    while let id = stack.last {
      if placeOf[id] != nil {
        stack.removeLast()
        continue
      }
      let commit: CommitMemory.Facts
      if let known = read[id] {
        commit = known
      } else {
        if let bytesPerCommit, let size = try store.header(of: id)?.size, size > bytesPerCommit {
          throw .malformed(id, expected: .commit, reason: "\(size) bytes are too many")
        }
        if let known = memory?.facts(of: id), try store.contains(id) {
          commit = known
        } else {
          commit = CommitMemory.Facts(try store.commit(id))
        }
        read[id] = commit
      }
      let missing = commit.parents.filter { placeOf[$0] == nil }
      if !missing.isEmpty {
        stack += missing
        continue
      }
      stack.removeLast()
      read[id] = nil
      let first = parentPlaces.count
      parentPlaces += commit.parents.compactMap { placeOf[$0] }
      let generation = parentPlaces[first...].reduce(0) { max($0, nodes[$1].generation) }
      placeOf[id] = nodes.count
      nodes.append(
        Node(
          id: id, tree: commit.tree, time: commit.time, claimsJoint: commit.claimsJoint,
          generation: generation + 1, parents: first..<parentPlaces.count))
      if isNoting { memory?.note(commit, of: id) }
    }
  }

  // MARK: - Of one commit

  public func contains(_ id: ObjectID) -> Bool { placeOf[id] != nil }

  /// What is known of a commit in the graph.
  func node(_ id: ObjectID) -> Node? { placeOf[id].map { nodes[$0] } }

  /// The tree of a commit in the graph.
  public func tree(of id: ObjectID) -> ObjectID? { node(id)?.tree }

  /// The longest way from a commit down to a first one, counted in commits; 0 for one that is not in the graph.
  public func generation(of id: ObjectID) -> Int { node(id)?.generation ?? 0 }

  public func parents(of id: ObjectID) -> [ObjectID] {
    node(id).map { parentPlaces[$0.parents].map { nodes[$0].id } } ?? []
  }

  // MARK: - Walks

  /// The commits behind some heads, themselves included, that are not behind others; newest generation first.
  public func commits(of heads: [ObjectID], notIn known: [ObjectID] = []) -> [ObjectID] {
    newestFirst(places(of: heads, notIn: known)).map { nodes[$0].id }
  }

  /// The same without joint commits, taken at their word.
  ///
  /// - Parameter forged: Commits that only say they are joint, and count as somebody's work.
  public func userCommits(
    of heads: [ObjectID], notIn known: [ObjectID], countingJoints forged: Set<ObjectID> = []
  ) -> [ObjectID] {
    newestFirst(
      places(of: heads, notIn: known).filter { !nodes[$0].claimsJoint || forged.contains(nodes[$0].id) }
    ).map { nodes[$0].id }
  }

  /// The first commits a head comes from: what makes two histories one workspace.
  public func roots(of head: ObjectID) -> Set<ObjectID> {
    var roots: Set<ObjectID> = []
    for place in places(of: [head], notIn: []) where nodes[place].parents.isEmpty {
      roots.insert(nodes[place].id)
    }
    return roots
  }

  /// The first commit that a head comes from by the first parent of each: which workspace a history is of where plain git mixed
  /// another one in. What is joined comes from one, so of a joint commit every parent leads there.
  public func origin(of head: ObjectID) -> ObjectID? {
    guard var place = placeOf[head] else { return nil }
    while let first = nodes[place].parents.first { place = parentPlaces[first] }
    return nodes[place].id
  }

  /// Everything in the graph that comes from a commit, itself included.
  public func descendants(of id: ObjectID) -> Set<ObjectID> {
    guard let first = placeOf[id] else { return [] }
    var places: Set<Int> = [first]
    for place in nodes.indices
    where place > first && !places.isDisjoint(with: parentPlaces[nodes[place].parents]) {
      places.insert(place)
    }
    return Set(places.map { nodes[$0].id })
  }

  public func isAncestor(_ ancestor: ObjectID, of commit: ObjectID) -> Bool {
    guard let old = placeOf[ancestor], let new = placeOf[commit] else { return false }
    if EngineBug.trustsClocks.isPlanted, nodes[new].time < nodes[old].time { return false }
    return reaches(from: [new], to: [old]).contains(old)
  }

  /// Those of some heads that are behind no other of them, in their order.
  public func newest(of heads: [ObjectID]) -> [ObjectID] {
    let places = heads.compactMap { placeOf[$0] }
    let behind = reaches(from: Set(places).flatMap { parentPlaces[nodes[$0].parents] }, to: places)
    return heads.filter { head in placeOf[head].map { !behind.contains($0) } ?? true }
  }

  /// Those of some places that lie behind others, or among them.
  private func reaches(from starts: [Int], to targets: [Int]) -> Set<Int> {
    guard let top = starts.max(), let bottom = targets.min(), top >= bottom else { return [] }
    let oldest = targets.reduce(.max) { min($0, nodes[$1].generation) }
    // Nothing below the lowest target is of interest.
    var isReached = [Bool](repeating: false, count: top - bottom + 1)
    for start in starts where start >= bottom { isReached[start - bottom] = true }
    for place in stride(from: top, through: bottom, by: -1) where isReached[place - bottom] {
      if nodes[place].generation <= oldest { continue }
      for parent in parentPlaces[nodes[place].parents] where parent >= bottom {
        isReached[parent - bottom] = true
      }
    }
    return Set(targets.filter { $0 <= top && isReached[$0 - bottom] })
  }

  /// The places behind some heads, themselves included, that are not behind others; the highest first.
  private func places(of heads: [ObjectID], notIn known: [ObjectID]) -> [Int] {
    let starts = heads.compactMap { placeOf[$0] }
    let hidden = known.compactMap { placeOf[$0] }
    guard let top = (starts + hidden).max() else { return [] }
    var marks = [Mark](repeating: [], count: top + 1)
    // How many places wait below that are asked for, as far as is known.
    var waiting = 0
    func mark(_ place: Int, _ new: Mark) {
      let before = marks[place]
      marks[place].formUnion(new)
      waiting += (marks[place] == .asked ? 1 : 0) - (before == .asked ? 1 : 0)
    }
    for place in starts { mark(place, .asked) }
    for place in hidden { mark(place, .known) }
    var places: [Int] = []
    var place = top
    while place >= 0, waiting > 0 {
      let marked = marks[place]
      if marked == .asked {
        places.append(place)
        waiting -= 1
      }
      if !marked.isEmpty { for parent in parentPlaces[nodes[place].parents] { mark(parent, marked) } }
      place -= 1
    }
    return places
  }

  private struct Mark: OptionSet {
    var rawValue: UInt8
    static let asked = Mark(rawValue: 1)
    static let known = Mark(rawValue: 2)
  }

  private func newestFirst(_ places: [Int]) -> [Int] {
    places.sorted { left, right in
      let (left, right) = (nodes[left], nodes[right])
      return left.generation != right.generation ? left.generation > right.generation : left.id < right.id
    }
  }
}

extension CommitMemory.Facts {
  init(_ commit: Commit) {
    self.init(
      tree: commit.tree, parents: commit.parents, time: commit.committer.time,
      claimsJoint: JointCommit.isClaimed(by: commit))
  }
}
