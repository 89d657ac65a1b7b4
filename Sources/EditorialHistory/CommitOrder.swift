import ObjectModel

/// All commits behind a head, newest first.
///
/// A commit comes before everything it was made from. Between commits where neither was made from the other, the
/// one recorded later comes first, and of two recorded at one time the one with the smaller id. Clocks can only
/// decide where the order does not matter, and every replica gets the same one.
struct CommitOrder {
  struct Node {
    var id: ObjectID
    var tree: ObjectID
    /// Places in ``CommitOrder/newestFirst``, all further on.
    var parents: [Int]
    /// Whether it was not read, but remembered.
    var isRemembered: Bool
  }

  private(set) var newestFirst: [Node] = []

  /// - Throws: `.missing` where a part of the history is not here.
  init(
    from head: ObjectID?, in store: some ObjectStore, remembering memory: (any HistoryMemory)?
  ) throws(ObjectStoreError) {
    guard let head else { return }
    var found: [ObjectID: Found] = [:]
    var stack = [head]
    while let id = stack.popLast() {
      if found[id] != nil { continue }
      let commit: Found
      if let known = memory?.commit(id) {
        commit = Found(tree: known.tree, parents: known.parents, time: known.time, isRemembered: true)
      } else {
        let read = try store.commit(id)
        commit = Found(tree: read.tree, parents: read.parents, time: read.committer.time, isRemembered: false)
      }
      found[id] = commit
      stack += commit.parents.filter { found[$0] == nil }
    }
    for commit in Array(found.values) {
      for parent in commit.parents { found[parent]?.openChildren += 1 }
    }

    var order: [ObjectID] = []
    var places: [ObjectID: Int] = [:]
    var free = LatestFirstQueue()
    free.insert(head, time: 0)
    while let id = free.popFirst() {
      places[id] = order.count
      order.append(id)
      for parent in found[id]?.parents ?? [] {
        found[parent]?.openChildren -= 1
        if let commit = found[parent], commit.openChildren == 0 { free.insert(parent, time: commit.time) }
      }
    }
    newestFirst = order.compactMap { id in
      found[id].map {
        Node(
          id: id, tree: $0.tree, parents: $0.parents.compactMap { places[$0] }, isRemembered: $0.isRemembered)
      }
    }
  }

  private struct Found {
    var tree: ObjectID
    var parents: [ObjectID]
    var time: Int64
    var isRemembered: Bool
    /// How many of the commits made from it are not listed yet.
    var openChildren = 0
  }
}

/// A priority queue of commits; a binary heap.
private struct LatestFirstQueue {
  private var entries: [(time: Int64, id: ObjectID)] = []

  mutating func insert(_ id: ObjectID, time: Int64) {
    entries.append((time, id))
    var place = entries.count - 1
    while place > 0, precedes(place, (place - 1) / 2) {
      entries.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func popFirst() -> ObjectID? {
    guard let last = entries.indices.last else { return nil }
    entries.swapAt(0, last)
    let first = entries.removeLast()
    var place = 0
    while true {
      let children = [2 * place + 1, 2 * place + 2].filter { $0 < entries.count }
      guard let child = children.min(by: precedes), precedes(child, place) else { return first.id }
      entries.swapAt(place, child)
      place = child
    }
  }

  private func precedes(_ left: Int, _ right: Int) -> Bool {
    let (one, other) = (entries[left], entries[right])
    return one.time != other.time ? one.time > other.time : one.id < other.id
  }
}
