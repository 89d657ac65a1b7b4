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

  /// - Parameter memory: What is known without reading.
  /// - Throws: `.missing` where a part of the history is not here.
  init(
    from head: ObjectID?, in store: some ObjectStore, remembering memory: (any HistoryMemory)?
  ) throws(ObjectStoreError) {
    guard let head else { return }
    let remembered = memory?.count ?? 0
    var found = [Found?](repeating: nil, count: remembered)
    // Those that are not remembered have the numbers after those that are.
    var numbers: [ObjectID: Int] = [:]
    func number(of id: ObjectID) -> Int {
      if let number = memory?.number(of: id) ?? numbers[id] { return number }
      numbers[id] = found.count
      found.append(nil)
      return found.count - 1
    }
    var stack = [(id: head, number: number(of: head))]
    while let (id, place) = stack.popLast() {
      if found[place] != nil { continue }
      if place < remembered, let memory {
        let known = memory[place]
        found[place] = Found(id: id, tree: known.tree, parents: known.parents, time: known.time)
        for parent in known.parents where found[parent] == nil { stack.append((memory[parent].id, parent)) }
      } else {
        let commit = try store.commit(id)
        let parents = commit.parents.map { number(of: $0) }
        found[place] = Found(id: id, tree: commit.tree, parents: parents, time: commit.committer.time)
        for (id, number) in zip(commit.parents, parents) where found[number] == nil {
          stack.append((id, number))
        }
      }
    }

    /// How many of the commits made from each are not listed yet.
    var openChildren = [Int](repeating: 0, count: found.count)
    for commit in found { for parent in commit?.parents ?? [] { openChildren[parent] += 1 } }
    var order: [Int] = []
    var places = [Int](repeating: 0, count: found.count)
    var free = LatestFirstQueue()
    free.insert(number(of: head), head, time: 0)
    while let next = free.popFirst() {
      places[next] = order.count
      order.append(next)
      for parent in found[next]?.parents ?? [] {
        openChildren[parent] -= 1
        if openChildren[parent] == 0, let commit = found[parent] {
          free.insert(parent, commit.id, time: commit.time)
        }
      }
    }
    newestFirst = order.compactMap { number in
      found[number].map { commit in
        Node(
          id: commit.id, tree: commit.tree, parents: commit.parents.map { places[$0] },
          isRemembered: number < remembered)
      }
    }
  }

  private struct Found {
    var id: ObjectID
    var tree: ObjectID
    var parents: [Int]
    var time: Int64
  }
}

/// A priority queue of commits; a binary heap.
private struct LatestFirstQueue {
  private var entries: [(time: Int64, id: ObjectID, number: Int)] = []

  mutating func insert(_ number: Int, _ id: ObjectID, time: Int64) {
    entries.append((time, id, number))
    var place = entries.count - 1
    while place > 0, precedes(place, (place - 1) / 2) {
      entries.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func popFirst() -> Int? {
    guard let last = entries.indices.last else { return nil }
    entries.swapAt(0, last)
    let first = entries.removeLast()
    var place = 0
    while true {
      let children = [2 * place + 1, 2 * place + 2].filter { $0 < entries.count }
      guard let child = children.min(by: precedes), precedes(child, place) else { return first.number }
      entries.swapAt(place, child)
      place = child
    }
  }

  private func precedes(_ left: Int, _ right: Int) -> Bool {
    let (one, other) = (entries[left], entries[right])
    return one.time != other.time ? one.time > other.time : one.id < other.id
  }
}
