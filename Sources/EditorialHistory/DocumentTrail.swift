import JSONTree
import ObjectModel
import ThreeWayMerge

/// What one version made of one document.
struct DocumentStep {
  var id: ObjectID
  var commit: Commit
  /// Where the commit stands in the history's list.
  var place: Int
  var pair: SnapshotPair
}

/// Follows one document through history, newest first.
///
/// Commits are compared at the place of the document only, and nothing is read where they agree.
struct DocumentTrail {
  private let history: History
  private var whereabouts: Whereabouts
  private var next = 0
  /// What was read last: most often what the next older version has made.
  private var lastRead: (traces: Traces, snapshot: Snapshot)?

  init(of document: WorkspacePath, in history: History) {
    self.history = history
    whereabouts = Whereabouts(of: document, in: history)
  }

  /// The next older version of the document; `nil` after the first.
  ///
  /// - Parameter admits: Says of a commit, before documents are read, whether it may be the one.
  mutating func nextStep(
    where admits: (Commit) -> Bool = { _ in true }
  ) throws(ObjectStoreError) -> DocumentStep? {
    guard let change = try nextChange(where: admits) else { return nil }
    let node = history.commits[change.place]
    // The newer first: it is what the step before came from.
    let new = try change.new.map { traces throws(ObjectStoreError) in try snapshot(traces) }
    let old = try change.old.map { traces throws(ObjectStoreError) in try snapshot(traces) }
    return DocumentStep(
      id: node.id, commit: change.commit, place: change.place,
      pair: SnapshotPair(
        old: old, new: new, rules: try history.rules(schemas(of: change.commit.tree, in: history.store))))
  }

  /// The same without reading what the document says.
  mutating func nextChange(
    where admits: (Commit) -> Bool = { _ in true }
  ) throws(ObjectStoreError) -> (place: Int, commit: Commit, old: Traces?, new: Traces?)? {
    while next < history.commits.count {
      let index = next
      next += 1
      // The place is passed on to those it was made from.
      _ = try whereabouts.path(in: index)
      if whereabouts.isInherited(in: index) { continue }
      let node = history.commits[index]
      let here = try traces(in: index)
      var isInherited = !node.parents.isEmpty
      for parent in node.parents where try traces(in: parent) != here { isInherited = false }
      if isInherited { continue }
      let commit = try history.store.commit(node.id)
      guard admits(commit), try !history.isJoint(node.id, commit) else { continue }

      var old: Traces?
      if node.parents.count == 1 {
        old = try traces(in: node.parents[0])
      } else if let before = try history.before(commit) {
        old = try traces(before: index, in: before)
      }
      if old == here { continue }
      return (index, commit, old, here)
    }
    return nil
  }

  /// Where the document is in the tree that some commits give, in their order in the list.
  ///
  /// Asked once the trail has come as far as everything that was made from those commits.
  mutating func path(in tree: ObjectID, joining heads: [Int]) throws(ObjectStoreError) -> WorkspacePath? {
    try whereabouts.path(in: tree, joining: heads)
  }

  /// Where the document is in a commit the trail has come to.
  mutating func path(in place: Int) throws(ObjectStoreError) -> WorkspacePath? {
    try whereabouts.path(in: place)
  }

  /// What stands for the document in one tree.
  struct Traces: Equatable {
    var path: WorkspacePath
    var file: TreeFile
    var record: TreeFile?
  }

  /// What stands for the document in a commit; asked from the newest down, as for ``path(in:)``.
  mutating func traces(in place: Int) throws(ObjectStoreError) -> Traces? {
    try traces(of: whereabouts.path(in: place), in: history.commits[whereabouts.source(of: place)].tree)
  }

  /// Whether the document is known to be in a commit as in all those it was made from.
  func isInherited(in place: Int) -> Bool { whereabouts.isInherited(in: place) }

  /// What stands for the document in each commit, in the order of the list.
  mutating func allTraces() throws(ObjectStoreError) -> [Traces?] {
    var all = [Traces?](repeating: nil, count: history.commits.count)
    // Where it is in older commits is known from the newer ones; what it is where nothing changed, from the older ones.
    for place in all.indices {
      _ = try whereabouts.path(in: place)
      if !whereabouts.isInherited(in: place) { all[place] = try traces(in: place) }
    }
    for place in all.indices.reversed() where whereabouts.isInherited(in: place) {
      all[place] = all[history.commits.parents(of: place)[0]]
    }
    return all
  }

  /// What stands for the document in the tree a commit was made from, which may be the tree of no commit.
  mutating func traces(before place: Int, in tree: ObjectID) throws(ObjectStoreError) -> Traces? {
    try traces(of: whereabouts.path(before: place, in: tree), in: tree)
  }

  private mutating func traces(
    of path: WorkspacePath?, in tree: ObjectID
  ) throws(ObjectStoreError) -> Traces? {
    guard let path, let file = try whereabouts.lookup.file(at: path, in: tree) else { return nil }
    guard let record = try? path.conflictRecord else { return Traces(path: path, file: file) }
    return Traces(path: path, file: file, record: try whereabouts.lookup.file(at: record, in: tree))
  }

  mutating func snapshot(_ traces: Traces) throws(ObjectStoreError) -> Snapshot {
    if let lastRead, lastRead.traces == traces { return lastRead.snapshot }
    var snapshot = Snapshot(
      path: traces.path, file: traces.file,
      content: FileContent(
        try history.store.blob(traces.file.id), of: traces.file.id, at: traces.path))
    if let record = traces.record {
      snapshot.recorded = OpenConflicts(recordedIn: try history.store.blob(record.id))
    }
    lastRead = (traces, snapshot)
    return snapshot
  }
}
