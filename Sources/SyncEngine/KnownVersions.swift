import CommitJoin
import ObjectModel

/// The versions behind a head, itself included, for caches in `.git/ligne` that go on from one head to a later one: what
/// they say of a head holds for every later one, with what the versions between them add.
struct KnownVersions {
  private struct Entry: Comparable {
    var id: ObjectID
    var generation: UInt32

    static func < (left: Self, right: Self) -> Bool { left.id < right.id }
  }

  private(set) var head: ObjectID
  /// Sorted.
  private var known: [Entry]
  private var added: [ObjectID: UInt32] = [:]

  /// - Parameter graph: Holds the head.
  init(head: ObjectID, of graph: CommitGraph) {
    self.head = head
    known = graph.commits(of: [head]).map {
      Entry(id: $0, generation: UInt32(clamping: graph.generation(of: $0)))
    }.sorted()
  }

  /// Whether a version is behind the head, or the head.
  func holds(_ version: ObjectID) -> Bool { generation(of: version) != nil }

  /// The longest way from a version down to a first one; `nil` where it is not behind the head.
  func generation(of version: ObjectID) -> UInt32? {
    if let generation = added[version] { return generation }
    var (low, high) = (0, known.count)
    while low < high {
      let middle = low + (high - low) / 2
      if known[middle].id < version { low = middle + 1 } else { high = middle }
    }
    return low < known.count && known[low].id == version ? known[low].generation : nil
  }

  /// Whether the next command would gain from these where it would begin with others: a few versions are looked at again
  /// as quickly as this is written.
  func isWorthWriting(insteadOf stored: KnownVersions) -> Bool {
    // Somebody went back with git, or put other versions in the place of those that were looked at.
    if stored.head != head, !holds(stored.head) || stored.holds(head) { return true }
    return added.count > 8
  }

  /// Counts what was added as known: it is written down.
  mutating func settle() {
    known = (known + added.map { Entry(id: $0.key, generation: $0.value) }).sorted()
    added = [:]
  }

  /// The versions behind the head that are not behind an older one; `nil` where that is not behind the head.
  ///
  /// Cost follows what is between the two: the newest of what is left to look at comes first, by generation, and so do the
  /// newest of those that are found.
  func versions(
    notBehind older: ObjectID, in objects: some ObjectStore
  ) throws(ObjectStoreError) -> [(id: ObjectID, commit: Commit)]? {
    guard holds(older) else { return nil }
    // Whether each is behind the older one; all that come later in this order are looked at before it.
    var waiting = [head: false]
    waiting[older] = true
    var found: [(id: ObjectID, commit: Commit)] = []
    while waiting.values.contains(false) {
      guard let next = waiting.max(by: { order($0.key) < order($1.key) }) else { break }
      waiting[next.key] = nil
      let commit = try objects.commit(next.key)
      if !next.value { found.append((next.key, commit)) }
      for parent in commit.parents { waiting[parent] = waiting[parent] ?? false || next.value }
    }
    return found
  }

  private func order(_ id: ObjectID) -> (UInt32, ObjectID) { (generation(of: id) ?? 0, id) }

  /// Goes on to a later head.
  ///
  /// - Returns: The versions between the two, nearer ones first along each line; `nil` where the one is not behind the
  ///   other or comes from another beginning too, and then nothing is changed.
  mutating func advance(
    to newHead: ObjectID, in objects: some ObjectStore
  ) throws(ObjectStoreError) -> [(id: ObjectID, commit: Commit)]? {
    var new: [(id: ObjectID, commit: Commit)] = []
    var commits: [ObjectID: Commit] = [:]
    var isLater = false
    var stack = [newHead]
    while let id = stack.popLast() {
      if id == head { isLater = true }
      if holds(id) || commits[id] != nil { continue }
      let commit = try objects.commit(id)
      if commit.parents.isEmpty { return nil }
      commits[id] = commit
      new.append((id, commit))
      stack += commit.parents
    }
    guard isLater else { return nil }
    note(new.map(\.id), commits)
    head = newHead
    return new
  }

  /// Gives versions their generations, those they were made from before them.
  private mutating func note(_ ids: [ObjectID], _ commits: [ObjectID: Commit]) {
    var stack = ids
    while let id = stack.last {
      guard added[id] == nil, let commit = commits[id] else {
        stack.removeLast()
        continue
      }
      let open = commit.parents.filter { !holds($0) }
      if open.isEmpty {
        added[id] = 1 + (commit.parents.compactMap(generation).max() ?? 0)
        stack.removeLast()
      } else {
        stack += open
      }
    }
  }
}

extension KnownVersions {
  /// - Returns: `nil` for anything else than ``append(to:)`` gave.
  init?(_ reader: inout ByteReader) {
    guard let head = reader.id(),
      let known = reader.list(
        bytesOfEach: 24,
        { reader -> Entry? in
          guard let id = reader.id(), let generation = reader.word() else { return nil }
          return Entry(id: id, generation: generation)
        })
    else { return nil }
    (self.head, self.known) = (head, known)
  }

  func append(to bytes: inout [UInt8]) {
    bytes += head.bytes
    var settled = self
    settled.settle()
    bytes.append(list: settled.known) { bytes, entry in
      bytes += entry.id.bytes
      bytes.append(number: entry.generation)
    }
  }
}
