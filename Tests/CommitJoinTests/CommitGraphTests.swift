import CommitJoin
import ObjectModel
import TestSupport
import Testing

/// What a graph says of who comes after whom is what sets of ancestors say, also where commits are remembered.
@Suite struct CommitGraphTests {
  /// A random history, and for each commit all that is behind it, itself included.
  private struct History {
    let store = WatchedStore()
    var ids: [ObjectID] = []
    var parents: [ObjectID: [ObjectID]] = [:]
    var behind: [ObjectID: Set<ObjectID>] = [:]

    init(seed: UInt64) throws {
      var random = SeededRandom(seed: seed)
      for number in 0..<Int.random(in: 1...40, using: &random) {
        let count = ids.isEmpty ? 0 : [0, 1, 1, 1, 1, 2, 2, 3].randomElement(using: &random) ?? 1
        // Mostly of the newest, as people work.
        let near = ids.suffix(Int.random(in: 2...12, using: &random))
        let parents = Array(Set((0..<count).compactMap { _ in near.randomElement(using: &random) })).sorted()
        let someone = Signature(
          name: "p", email: "p@x", time: Int64.random(in: 0...9, using: &random), offsetMinutes: 0)
        let isJoint = parents.count > 1 && Bool.random(using: &random)
        let commit = Commit(
          tree: .emptyTree, parents: parents, author: someone, committer: someone,
          message: "\(number)\n\n" + (isJoint ? "Ligne-Join: 1\n" : ""))
        let id = try store.write(commit)
        ids.append(id)
        self.parents[id] = parents
        behind[id] = parents.reduce(into: [id]) { $0.formUnion(behind[$1] ?? []) }
      }
    }

    func all(behind heads: [ObjectID]) -> Set<ObjectID> {
      heads.reduce(into: []) { $0.formUnion(behind[$1] ?? []) }
    }
  }

  private func expect(_ graph: CommitGraph, saysWhat history: History, seed: UInt64) throws {
    var random = SeededRandom(seed: seed &+ 1)
    let known = history.ids.filter(graph.contains)
    #expect(graph.count == known.count)
    for id in known {
      #expect(graph.parents(of: id) == history.parents[id], "seed \(seed)")
      #expect(
        graph.roots(of: id) == history.behind[id]?.filter { history.parents[$0] == [] }, "seed \(seed)")
      #expect(
        graph.generation(of: id) == (history.parents[id] ?? []).map(graph.generation).reduce(0, max) + 1)
      for other in known {
        #expect(
          graph.isAncestor(other, of: id) == history.behind[id]?.contains(other), "seed \(seed)")
      }
    }
    for _ in 0..<20 {
      func some() -> [ObjectID] {
        (0..<Int.random(in: 0...3, using: &random)).compactMap { _ in known.randomElement(using: &random) }
      }
      let (heads, hidden) = (some(), some())
      let wanted = history.all(behind: heads).subtracting(history.all(behind: hidden))
      let found = graph.commits(of: heads, notIn: hidden)
      #expect(found.count == wanted.count && Set(found) == wanted, "seed \(seed)")
      let order = found.map { (-graph.generation(of: $0), $0) }
      #expect(zip(order, order.dropFirst()).allSatisfy { $0 < $1 }, "seed \(seed)")
      let newest = heads.filter { head in
        !heads.contains { $0 != head && history.behind[$0]?.contains(head) == true }
      }
      #expect(graph.newest(of: heads) == newest, "seed \(seed)")
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>) func saysWhatSetsOfAncestorsSay(seed: UInt64) throws {
    let history = try History(seed: seed)
    var random = SeededRandom(seed: seed)
    let memory = CommitMemory()
    var graph = CommitGraph()
    for head in [history.ids.randomElement(using: &random), history.ids.last].compactMap(\.self) {
      try graph.add(head, from: history.store, remembering: memory)
      // What is left out again was never there.
      let count = graph.count
      try graph.add(try #require(history.ids.randomElement(using: &random)), from: history.store)
      graph.forget(beyond: count)
      try expect(graph, saysWhat: history, seed: seed)
    }
    #expect(memory.news == graph.count)
    // The next command knows the same, and reads none of them again.
    let second = CommitMemory()
    second.recall(memory.bytes)
    #expect(second.bytes == memory.bytes && second.news == 0)
    var again = CommitGraph()
    let read = history.store.read
    for head in history.ids where graph.contains(head) {
      try again.add(head, from: history.store, remembering: second)
    }
    #expect(second.news == 0 && history.store.read == read)
    try expect(again, saysWhat: history, seed: seed)
  }

  /// What is remembered of a commit does not stand for it: one that is lost is missed.
  @Test func aCommitThatIsGoneIsMissed() throws {
    let history = try History(seed: 3)
    let head = try #require(history.ids.last)
    let memory = CommitMemory()
    var graph = CommitGraph()
    try graph.add(head, from: history.store, remembering: memory)
    let empty = InMemoryObjectStore()
    var again = CommitGraph()
    #expect(throws: ObjectStoreError.missing(head)) {
      try again.add(head, from: empty, remembering: memory)
    }
    #expect(again.count == 0)
  }

  @Test(arguments: [0, 1, 15, 16, 40, 70, 100, 200]) func whatIsDamagedIsPassedOver(at place: Int) throws {
    let history = try History(seed: 5)
    let memory = CommitMemory()
    var graph = CommitGraph()
    for id in history.ids { try graph.add(id, from: history.store, remembering: memory) }
    let bytes = Array(memory.bytes.prefix(place))
    let second = CommitMemory()
    second.recall(bytes)
    var again = CommitGraph()
    for id in history.ids { try again.add(id, from: history.store, remembering: second) }
    try expect(again, saysWhat: history, seed: 5)
    #expect(second.bytes.count == memory.bytes.count)
  }
}
