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

  /// Those that are remembered, and after them those that were read.
  private var known: RememberedCommits
  private let countRemembered: Int
  /// By place.
  private var numbers: [Int32] = []
  /// By number; negative for what is not behind the head.
  private var places: [Int32]

  var startIndex: Int { 0 }
  var endIndex: Int { numbers.count }

  subscript(place: Int) -> Node {
    let number = Int(numbers[place])
    return Node(
      id: known.ids[number], tree: known.trees[number], parents: parents(of: place),
      isRemembered: number < countRemembered)
  }

  func id(of place: Int) -> ObjectID { known.ids[Int(numbers[place])] }

  func tree(of place: Int) -> ObjectID { known.trees[Int(numbers[place])] }

  /// Those of the commits that one at a place was made from, all further on.
  func parents(of place: Int) -> CommitNumbers {
    let parents = known.parents(of: Int(numbers[place]))
    return CommitNumbers(count: parents.count) { Int(places[Int(parents[parents.startIndex + $0])]) }
  }

  /// Whether a remembered commit is one of these.
  func holds(remembered number: Int) -> Bool { number < countRemembered && places[number] >= 0 }

  /// How many are not remembered.
  var countUnremembered: Int { known.count - countRemembered }

  /// For each place, whether the commit is remembered, was made from others, and is not among these.
  func areRememberedOthers(than some: Set<Int>) -> [Bool] {
    var are = numbers.map { $0 < countRemembered && !known.parents(of: Int($0)).isEmpty }
    for number in some where holds(remembered: number) { are[Int(places[number])] = false }
    return are
  }

  /// - Parameter memory: What is known without reading.
  /// - Throws: `.missing` where a part of the history is not here.
  init(
    from head: ObjectID?, in store: some ObjectStore, remembering memory: (any HistoryMemory)?
  ) throws(ObjectStoreError) {
    known = memory?.commits ?? RememberedCommits()
    countRemembered = known.count
    places = Array(repeating: -1, count: known.count)
    guard let head else { return }
    let newest = try find(head, in: store, remembering: memory)

    /// How many of the commits made from each are not listed yet.
    var openChildren = [Int32](repeating: 0, count: places.count)
    for number in places.indices where places[number] == Self.found {
      for parent in known.parents(of: number) { openChildren[Int(parent)] += 1 }
    }
    var free = LatestFirstQueue()
    free.insert(newest, in: known)
    while let next = free.popFirst(in: known) {
      places[next] = Int32(numbers.count)
      numbers.append(Int32(next))
      for parent in known.parents(of: next) {
        openChildren[Int(parent)] -= 1
        if openChildren[Int(parent)] == 0 { free.insert(Int(parent), in: known) }
      }
    }
  }

  /// In the place of a commit that is behind the head, and has none yet.
  private static let found: Int32 = -2

  /// Marks all that is behind a commit, and reads what is not remembered.
  ///
  /// - Returns: The number of the commit.
  private mutating func find(
    _ head: ObjectID, in store: some ObjectStore, remembering memory: (any HistoryMemory)?
  ) throws(ObjectStoreError) -> Int {
    var newNumbers: [ObjectID: Int] = [:]
    var unread: [ObjectID] = []
    func number(of id: ObjectID) -> Int {
      if let number = memory?.number(of: id) ?? newNumbers[id] { return number }
      let new = countRemembered + unread.count
      newNumbers[id] = new
      unread.append(id)
      return new
    }
    let newest = number(of: head)
    if newest < countRemembered { places[newest] = Self.found }
    // In the order of their numbers; reading one finds more of them.
    var place = 0
    while place < unread.count {
      let commit = try store.commit(unread[place])
      let parents = commit.parents.map { UInt32(number(of: $0)) }
      known.append(
        id: unread[place], tree: commit.tree, parents: parents, time: commit.committer.time)
      for parent in parents where parent < countRemembered { places[Int(parent)] = Self.found }
      place += 1
    }
    places += Array(repeating: Self.found, count: unread.count)
    // What a remembered commit was made from has a smaller number.
    for number in (0..<countRemembered).reversed() where places[number] == Self.found {
      for parent in known.parents(of: number) { places[Int(parent)] = Self.found }
    }
    return newest
  }
}

/// A priority queue of commits by their numbers; a binary heap.
private struct LatestFirstQueue {
  private var entries: [(time: Int64, number: Int)] = []

  mutating func insert(_ number: Int, in commits: RememberedCommits) {
    entries.append((commits.times[number], number))
    var place = entries.count - 1
    while place > 0, precedes(place, (place - 1) / 2, in: commits) {
      entries.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func popFirst(in commits: RememberedCommits) -> Int? {
    guard let last = entries.indices.last else { return nil }
    entries.swapAt(0, last)
    let first = entries.removeLast()
    var place = 0
    while true {
      var child = 2 * place + 1
      if child + 1 < entries.count, precedes(child + 1, child, in: commits) { child += 1 }
      guard child < entries.count, precedes(child, place, in: commits) else { return first.number }
      entries.swapAt(place, child)
      place = child
    }
  }

  private func precedes(_ left: Int, _ right: Int, in commits: RememberedCommits) -> Bool {
    let (one, other) = (entries[left], entries[right])
    return one.time != other.time
      ? one.time > other.time : commits.ids[one.number] < commits.ids[other.number]
  }
}
