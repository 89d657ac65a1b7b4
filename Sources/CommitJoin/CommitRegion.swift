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
    var pending = Set(heads)
    var processed: [ObjectID] = []
    var floor: ObjectID?
    for id in graph.newestFirst(graph.reachable(from: heads)) where pending.contains(id) {
      if pending.count == 1 {
        floor = id
        break
      }
      pending.remove(id)
      processed.append(id)
      pending.formUnion(graph.parents(of: id))
    }
    for id in [floor].compactMap({ $0 }) + processed.reversed() {
      guard let node = graph.nodes[id] else { continue }
      indexOf[id] = nodes.count
      nodes.append(
        Node(
          id: id, tree: node.tree, time: node.time,
          parents: id == floor ? [] : node.parents.compactMap { indexOf[$0] },
          claimsJoint: id != floor && node.claimsJoint))
    }
  }
}
