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
  /// The commits it is followed through.
  var order: DocumentOrder { whereabouts.order }
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
    // The newer first: it is what the step before came from.
    let new = try change.new.map { traces throws(ObjectStoreError) in try snapshot(traces) }
    let old = try change.old.map { traces throws(ObjectStoreError) in try snapshot(traces) }
    return DocumentStep(
      id: order.id(of: change.index), commit: change.commit, place: order.place(of: change.index),
      pair: SnapshotPair(
        old: old, new: new, rules: try history.rules(schemas(of: change.commit.tree, in: history.store))))
  }

  /// The same without reading what the document says.
  mutating func nextChange(
    where admits: (Commit) -> Bool = { _ in true }
  ) throws(ObjectStoreError) -> (index: Int, commit: Commit, old: Traces?, new: Traces?)? {
    while next < order.count {
      let index = next
      next += 1
      // The place is passed on to those it was made from.
      _ = try whereabouts.path(in: index)
      if order.isInherited(index) { continue }
      let parents = order.parents(of: index)
      let here = try traces(in: index)
      var isInherited = !parents.isEmpty
      for parent in parents where try traces(in: parent) != here { isInherited = false }
      if isInherited { continue }
      let id = order.id(of: index)
      let commit = try history.store.commit(id)
      guard admits(commit), try !history.isJoint(id, commit) else { continue }

      var old: Traces?
      if parents.count == 1 {
        old = try traces(in: parents[0])
      } else if let before = try history.before(commit) {
        old = try traces(before: index, in: before)
      }
      if old == here { continue }
      return (index, commit, old, here)
    }
    return nil
  }

  /// Where the document is in the tree that some commits of the list give, in their order there.
  ///
  /// Asked once the trail has come as far as everything that was made from those commits.
  mutating func path(in tree: ObjectID, joining heads: [Int]) throws(ObjectStoreError) -> WorkspacePath? {
    try whereabouts.path(in: tree, joining: heads.map { order.index(ofPlace: $0) })
  }

  /// Where the document is in a commit of the list that the trail has come to.
  mutating func path(inPlace place: Int) throws(ObjectStoreError) -> WorkspacePath? {
    try whereabouts.path(in: order.index(ofPlace: place))
  }

  /// What stands for the document in one tree.
  struct Traces: Equatable {
    var path: WorkspacePath
    var file: TreeFile
    var record: TreeFile?
  }

  /// What stands for the document in a commit; asked from the newest down, as for its path.
  mutating func traces(in index: Int) throws(ObjectStoreError) -> Traces? {
    try traces(of: whereabouts.path(in: index), in: order.tree(of: index))
  }

  /// What stands for the document in each commit of the order.
  mutating func allTraces() throws(ObjectStoreError) -> [Traces?] {
    var all: [Traces?] = []
    for index in order.indices { all.append(try traces(in: index)) }
    return all
  }

  /// What stands for the document in the tree a commit was made from, which may be the tree of no commit.
  mutating func traces(before index: Int, in tree: ObjectID) throws(ObjectStoreError) -> Traces? {
    try traces(of: whereabouts.path(before: index, in: tree), in: tree)
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
