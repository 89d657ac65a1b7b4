import HeapModule
import ObjectModel

/// The part of a history that a join of some heads depends on.
///
/// Walking down from the heads, newest generation first, there is often one commit through which all older
/// history goes. What lies below it is common to every head, so the region ends there, and that commit's tree
/// stands for everything below. (Called a critical version in Gentle and Kleppmann, "Collaborative text editing
/// with Eg-walker", 2025.)
struct CommitRegion {
  struct Node {
    var id: ObjectID
    var tree: ObjectID
    var time: Int64
    /// Indices into ``CommitRegion/nodes``; the floor has none.
    var parents: [Int]
    var claimsJoint: Bool
  }

  /// Parents before children; the first one may be the floor that all older history goes through.
  private(set) var nodes: [Node] = []
  private(set) var indexOf: [ObjectID: Int] = [:]

  /// - Parameter heads: Commits of the graph.
  init(heads: [ObjectID], in graph: CommitGraph) {
    // Only what is above the floor is looked at, so a join costs the work since people last met, not the age of the
    // team.
    var pending = Heap(Set(heads).map { Pending(id: $0, generation: graph.node($0)?.generation ?? 0) })
    var seen = Set(heads)
    var processed: [ObjectID] = []
    var floor: ObjectID?
    while let next = pending.popMax() {
      // A head that joins is looked into, or it would stand for a commit somebody made.
      let isJoiningHead = heads.contains(next.id) && graph.node(next.id)?.claimsJoint == true
      if pending.isEmpty, !isJoiningHead {
        floor = next.id
        break
      }
      processed.append(next.id)
      for parent in graph.parents(of: next.id) where seen.insert(parent).inserted {
        pending.insert(Pending(id: parent, generation: graph.node(parent)?.generation ?? 0))
      }
    }
    for id in [floor].compactMap({ $0 }) + processed.reversed() {
      guard let node = graph.node(id) else { continue }
      indexOf[id] = nodes.count
      nodes.append(
        Node(
          id: id, tree: node.tree, time: node.time,
          parents: id == floor ? [] : graph.parents(of: id).compactMap { indexOf[$0] },
          claimsJoint: id != floor && node.claimsJoint))
    }
  }
}

/// A commit still to be looked at: the newest generation first, and of one generation by id.
private struct Pending: Comparable {
  var id: ObjectID
  var generation: Int

  static func < (left: Self, right: Self) -> Bool {
    left.generation != right.generation ? left.generation < right.generation : right.id < left.id
  }
}
