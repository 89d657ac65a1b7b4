import CommitJoin
import JSONTree
import ObjectModel
import ThreeWayMerge
import WorkingCopy

/// Which version changed each file last, up to a head: a cache in `.git/ligne`, and never more than that.
///
/// Last is what has the greatest generation, and of those the smallest id, as in ``CommitGraph``: clocks lie. A conflict
/// record counts as its document.
struct LastChanges {
  static let name = "last-changes"
  /// Another way to tell what was last is another version, and what was remembered before counts for nothing.
  private static let version = Array("ligne-last-changes-1".utf8)

  private struct Change {
    var version: ObjectID
    var generation: UInt32
    var author: Signature

    func isLater(than other: Change) -> Bool {
      generation != other.generation ? generation > other.generation : version < other.version
    }
  }

  var versions: KnownVersions
  private var changes: [WorkspacePath: Change] = [:]

  /// - Parameter versions: Those behind a head, of which all changes are still to be noted.
  init(of versions: KnownVersions) { self.versions = versions }

  /// Who changed a file last; `nil` where no version did.
  func author(of path: WorkspacePath) -> Signature? { changes[path]?.author }

  /// - Parameters:
  ///   - version: One of ``versions``.
  ///   - paths: What it changed.
  mutating func note(_ version: ObjectID, by author: Signature, changed paths: some Sequence<WorkspacePath>) {
    guard let generation = versions.generation(of: version) else { return }
    let change = Change(version: version, generation: generation, author: author)
    for path in paths {
      let path = path.documentOfRecord ?? path
      if let known = changes[path], !change.isLater(than: known) { continue }
      changes[path] = change
    }
  }
}

extension LastChanges {
  /// - Parameter bytes: What ``bytes`` once gave; `nil` for anything else.
  init?(_ bytes: [UInt8]?) {
    guard let bytes, bytes.starts(with: Self.version) else { return nil }
    var reader = ByteReader(bytes, at: Self.version.count)
    guard let versions = KnownVersions(&reader),
      let known = reader.list(
        bytesOfEach: 28,
        { reader -> Change? in
          guard let version = reader.id(), let generation = reader.word(), let line = reader.longText(),
            let author = Signature(decoding: Array(line.utf8)[...])
          else { return nil }
          return Change(version: version, generation: generation, author: author)
        }),
      let places = reader.list(
        bytesOfEach: 8,
        { reader -> (WorkspacePath, Int)? in
          guard let change = reader.word().map(Int.init), known.indices.contains(change),
            let path = reader.longText().flatMap({ try? WorkspacePath($0) })
          else { return nil }
          return (path, change)
        }), reader.isAtEnd
    else { return nil }
    self.versions = versions
    for (path, change) in places { changes[path] = known[change] }
  }

  /// A name that is not UTF-8 is kept as it shows.
  var bytes: [UInt8] {
    var bytes = Self.version
    versions.append(to: &bytes)
    var numbers: [ObjectID: Int] = [:]
    var known: [Change] = []
    var places: [(path: WorkspacePath, change: Int)] = []
    for (path, change) in changes.sorted(by: { $0.key < $1.key }) {
      let number = numbers[change.version] ?? known.count
      if number == known.count {
        numbers[change.version] = number
        known.append(change)
      }
      places.append((path, number))
    }
    bytes.append(list: known) { bytes, change in
      bytes += change.version.bytes
      bytes.append(number: change.generation)
      bytes.append(longText: String(decoding: change.author.line, as: UTF8.self))
    }
    bytes.append(list: places) { bytes, place in
      bytes.append(number: UInt32(place.change))
      bytes.append(longText: place.path.text)
    }
    return bytes
  }
}

extension Workspace {
  /// Who changed each file last, up to the newest version; `nil` before the first one.
  func lastChanges() throws -> LastChanges? {
    guard let head = try head() else { return nil }
    let stored = LastChanges(try files.local.recall(LastChanges.name))
    var changes: LastChanges
    var isWorthWriting = true
    if var known = stored, let new = try known.versions.advance(to: head, in: objects) {
      for (id, commit) in new { try note(id, commit, in: &known) }
      changes = known
      isWorthWriting = stored.map { known.versions.isWorthWriting(insteadOf: $0.versions) } ?? true
    } else {
      var graph = CommitGraph()
      try takeHistory(of: head, into: &graph)
      changes = LastChanges(of: KnownVersions(head: head, of: graph))
      for id in graph.commits(of: [head]) { try note(id, objects.commit(id), in: &changes) }
    }
    if isWorthWriting {
      changes.versions.settle()
      try files.local.remember(LastChanges.name, changes.bytes)
    }
    return changes
  }

  /// What a person's version changed; a join changes nothing by itself.
  private func note(_ id: ObjectID, _ commit: Commit, in changes: inout LastChanges) throws {
    if isJoint(commit) { return }
    let difference = try objects.difference(from: treeBefore(commit), to: commit.tree)
    changes.note(id, by: commit.author, changed: difference.map(\.path))
  }
}
