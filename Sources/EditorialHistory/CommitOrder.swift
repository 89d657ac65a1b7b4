import ObjectModel

/// All commits behind a head, newest first.
///
/// A commit comes before everything it was made from. Between commits where neither was made from the other, the
/// one recorded later comes first, and of two recorded at one time the one with the smaller id. Clocks can only
/// decide where the order does not matter, and every replica gets the same one.
///
/// What is remembered of a commit stays where it is until somebody asks for it: most questions are about few of them.
struct CommitOrder: RandomAccessCollection {
  struct Node {
    var id: ObjectID
    var tree: ObjectID
    /// Places in the list, all further on.
    var parents: CommitNumbers
    /// Whether it was not read, but remembered.
    var isRemembered: Bool
  }

  private let memory: (any HistoryMemory)?
  /// How many commits were remembered when this was made; those that were read have the numbers after them.
  private let countRemembered: Int
  private var read: [RememberedCommit?] = []
  /// By place.
  private var numbers: [Int32] = []
  /// By number; negative for what is not behind the head.
  private var places: [Int32]
  /// The places of those that were made from nothing.
  private var roots: [Int] = []

  var startIndex: Int { 0 }
  var endIndex: Int { numbers.count }

  subscript(place: Int) -> Node {
    let number = Int(numbers[place])
    let commit = self.commit(number)
    return Node(
      id: commit.id, tree: commit.tree, parents: places(of: commit.parents),
      isRemembered: number < countRemembered)
  }

  /// Those of the commits that one at a place was made from, all further on.
  func parents(of place: Int) -> CommitNumbers { places(of: commit(Int(numbers[place])).parents) }

  private func places(of parents: CommitNumbers) -> CommitNumbers {
    CommitNumbers(count: parents.count) { Int(places[parents[$0]]) }
  }

  /// Whether a remembered commit is one of these.
  func holds(remembered number: Int) -> Bool { number < countRemembered && places[number] >= 0 }

  /// How many are not remembered.
  var countUnremembered: Int { read.count }

  /// For each place, whether the commit is remembered, was made from others, and is not among these.
  func areRememberedOthers(than some: Set<Int>) -> [Bool] {
    var are = [Bool](repeating: true, count: count)
    for place in roots { are[place] = false }
    for place in places[countRemembered...] { are[Int(place)] = false }
    for number in some where number < countRemembered && places[number] >= 0 {
      are[Int(places[number])] = false
    }
    return are
  }

  private func commit(_ number: Int) -> RememberedCommit {
    if number < countRemembered, let memory { return memory[number] }
    guard let commit = read[number - countRemembered] else { preconditionFailure("a commit of the list") }
    return commit
  }

  /// - Parameter memory: What is known without reading.
  /// - Throws: `.missing` where a part of the history is not here.
  init(
    from head: ObjectID?, in store: some ObjectStore, remembering memory: (any HistoryMemory)?
  ) throws(ObjectStoreError) {
    self.memory = memory
    countRemembered = memory?.count ?? 0
    places = Array(repeating: -1, count: countRemembered)
    guard let head else { return }
    let newest = try find(head, in: store)

    /// How many of the commits made from each are not listed yet.
    var openChildren = [Int32](repeating: 0, count: places.count)
    for number in places.indices where places[number] == Self.found {
      for parent in commit(number).parents { openChildren[parent] += 1 }
    }
    var free = LatestFirstQueue()
    free.insert(newest, head, time: 0)
    while let next = free.popFirst() {
      places[next] = Int32(numbers.count)
      numbers.append(Int32(next))
      let parents = commit(next).parents
      if parents.isEmpty { roots.append(numbers.count - 1) }
      for parent in parents {
        openChildren[parent] -= 1
        if openChildren[parent] == 0 {
          let commit = commit(parent)
          free.insert(parent, commit.id, time: commit.time)
        }
      }
    }
  }

  /// In the place of a commit that is behind the head, and has none yet.
  private static let found: Int32 = -2

  /// Marks all that is behind a commit, reads what is not remembered, and gives it a number.
  ///
  /// - Returns: The number of the commit.
  private mutating func find(_ head: ObjectID, in store: some ObjectStore) throws(ObjectStoreError) -> Int {
    var newNumbers: [ObjectID: Int] = [:]
    var stack: [Int] = []
    var unread: [ObjectID] = []
    func number(of id: ObjectID) -> Int {
      if let known = memory?.number(of: id) ?? newNumbers[id] { return known }
      let new = countRemembered + unread.count
      newNumbers[id] = new
      unread.append(id)
      return new
    }
    let newest = number(of: head)
    stack.append(newest)
    while let next = stack.popLast() {
      if next < countRemembered {
        if places[next] == Self.found { continue }
        places[next] = Self.found
        for parent in commit(next).parents where places[parent] != Self.found { stack.append(parent) }
        continue
      }
      let place = next - countRemembered
      while read.count < unread.count { read.append(nil) }
      if read[place] != nil { continue }
      let commit = try store.commit(unread[place])
      let parents = commit.parents.map { number(of: $0) }
      read[place] = RememberedCommit(
        id: unread[place], tree: commit.tree, parents: CommitNumbers(parents), time: commit.committer.time)
      stack += parents
    }
    places += Array(repeating: Self.found, count: read.count)
    return newest
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
      var child = 2 * place + 1
      if child + 1 < entries.count, precedes(child + 1, child) { child += 1 }
      guard child < entries.count, precedes(child, place) else { return first.number }
      entries.swapAt(place, child)
      place = child
    }
  }

  private func precedes(_ left: Int, _ right: Int) -> Bool {
    let (one, other) = (entries[left], entries[right])
    return one.time != other.time ? one.time > other.time : one.id < other.id
  }
}
