import JSONTree
public import ObjectModel
public import ThreeWayMerge

/// The versions behind a head: who changed what, when, newest first.
///
/// A version is a commit that a person made. Joint commits say nothing of their own and are left out; what a
/// person changed is measured against the tree that the commits before it give. Making one reads every commit
/// once that is not remembered; listing reads the trees and documents it has to.
public struct History {
  public let store: any ObjectStore
  let commits: CommitOrder
  let memory: (any HistoryMemory)?
  let isJoint: (ObjectID, Commit) throws(ObjectStoreError) -> Bool
  let before: (Commit) throws(ObjectStoreError) -> ObjectID?
  let rules: (ObjectID?) throws(ObjectStoreError) -> MergeRules

  /// - Parameters:
  ///   - head: The newest commit; `nil` for a workspace without versions.
  ///   - memory: What is known of commits that were read before.
  ///   - isJoint: Whether a commit only joins others.
  ///   - before: The tree a commit was made from: that of its parent, the join of several, `nil` for none.
  ///   - rules: The merge rules that hold under a `schemas` folder, given by its tree id (`nil`: no such folder).
  /// - Throws: `.missing` where a part of the history is not here.
  public init(
    head: ObjectID?, in store: any ObjectStore, remembering memory: (any HistoryMemory)? = nil,
    isJoint: @escaping (_ id: ObjectID, _ commit: Commit) throws(ObjectStoreError) -> Bool,
    before: @escaping (_ commit: Commit) throws(ObjectStoreError) -> ObjectID?,
    rules: @escaping (_ schemas: ObjectID?) throws(ObjectStoreError) -> MergeRules
  ) throws(ObjectStoreError) {
    self.store = store
    self.isJoint = isJoint
    self.before = before
    self.rules = rules
    self.memory = memory
    commits = try CommitOrder(from: head, in: store, remembering: memory)
  }

  /// Whether a commit is behind the head, or is the head, of which the memory has this number.
  public func isBehind(remembered number: Int) -> Bool { commits.holds(remembered: number) }

  /// The versions of the workspace, newest first.
  ///
  /// A version comes before all it was made from; between people who worked at the same time, the later clock
  /// comes first.
  public func versions(matching filter: VersionFilter = .all) throws(ObjectStoreError) -> [Version] {
    var walk = WorkspaceHistory(self, matching: filter)
    var versions: [Version] = []
    while let version = try walk.next() { versions.append(version) }
    return versions
  }

  /// The versions somebody had not seen when they made their last one, newest first: those in none of theirs.
  ///
  /// Clocks have no say: what a colleague wrote earlier and shared later was not seen.
  ///
  /// - Parameter isTheirs: Whether somebody made a version, by what its commit says.
  /// - Returns: `last` is their newest. `nil` where they have made none: then nothing says what they have seen.
  public func versions(
    unseenBy isTheirs: (Commit) -> Bool
  ) throws(ObjectStoreError) -> (versions: [Version], last: Version)? {
    var isSeen = [Bool](repeating: false, count: commits.count)
    var unseen: [(id: ObjectID, commit: Commit)] = []
    var last: (id: ObjectID, commit: Commit)?
    for (place, node) in commits.enumerated() {
      let commit = try store.commit(node.id)
      if !isSeen[place] {
        if try isJoint(node.id, commit) { continue }
        if !isTheirs(commit) {
          unseen.append((node.id, commit))
          continue
        }
        if last == nil { last = (node.id, commit) }
      }
      for parent in node.parents { isSeen[parent] = true }
    }
    guard let last else { return nil }
    var versions: [Version] = []
    for (id, commit) in unseen { versions.append(try version(id, commit)) }
    return (versions, try version(last.id, last.commit))
  }

  private func version(_ id: ObjectID, _ commit: Commit) throws(ObjectStoreError) -> Version {
    Version(
      id: id, commit: commit,
      documents: try documentChanges(from: before(commit), to: commit.tree, in: store, rules: rules))
  }

  /// The versions that changed one document, newest first, each with that change only.
  ///
  /// - Parameter document: Where the document is at the head, or was last. It is followed by its id through moves.
  public func versions(
    of document: WorkspacePath, matching filter: VersionFilter = .all
  ) throws(ObjectStoreError) -> [Version] {
    var walk = DocumentHistory(of: document, in: self, matching: filter)
    var versions: [Version] = []
    while let version = try walk.next() { versions.append(version) }
    return versions
  }
}

/// The versions somebody asked for, and how many more there are.
public struct VersionListing: Hashable, Sendable {
  public var versions: [Version]
  /// How many are beyond the limit of the filter; this many and more where ``isCounted`` is false.
  public var leftOut: Int
  /// Whether all that are left out were counted: who asks for five need not wait for the count of thousands.
  public var isCounted: Bool

  static let mostCounted = 100
}

extension History {
  /// The same as `versions`, with how many more there are beyond the limit of the filter.
  ///
  /// - Parameter document: Only its versions; `nil` for those of the workspace.
  public func listing(
    of document: WorkspacePath?, matching filter: VersionFilter
  ) throws(ObjectStoreError) -> VersionListing {
    var versions: [Version] = []
    let rest: Int
    if let document {
      var walk = DocumentHistory(of: document, in: self, matching: filter)
      while let version = try walk.next() { versions.append(version) }
      rest = try walk.countRest(atMost: VersionListing.mostCounted + 1)
    } else {
      var walk = WorkspaceHistory(self, matching: filter)
      while let version = try walk.next() { versions.append(version) }
      rest = try walk.countRest(atMost: VersionListing.mostCounted + 1)
    }
    return VersionListing(
      versions: versions, leftOut: min(rest, VersionListing.mostCounted),
      isCounted: rest <= VersionListing.mostCounted)
  }

  /// Where a document is in a commit; `nil` where it does not exist there.
  ///
  /// - Parameters:
  ///   - document: Where it is at the head, or was last.
  ///   - commit: One of this history. In any other, a document is looked for at the path it has here.
  public func path(
    of document: WorkspacePath, in commit: ObjectID
  ) throws(ObjectStoreError) -> WorkspacePath? {
    guard let place = commits.indices.first(where: { commits.id(of: $0) == commit }) else {
      return try store.file(at: document, in: store.commit(commit).tree).map { _ in document }
    }
    var whereabouts = Whereabouts(of: document, in: self)
    let index = whereabouts.order.index(ofPlace: place)
    for newer in 0..<index { _ = try whereabouts.path(in: newer) }
    return try whereabouts.path(in: index)
  }
}

/// The versions of a workspace one after the other, for lists that may end early.
public struct WorkspaceHistory {
  private let history: History
  private let filter: VersionFilter
  private var place = 0
  private var count = 0

  public init(_ history: History, matching filter: VersionFilter = .all) {
    self.history = history
    self.filter = filter
  }

  /// The next older version; `nil` after the last.
  public mutating func next() throws(ObjectStoreError) -> Version? {
    while place < history.commits.count, count < filter.limit ?? .max {
      let id = history.commits.id(of: place)
      place += 1
      let commit = try history.store.commit(id)
      guard filter.admits(commit), try !history.isJoint(id, commit) else { continue }
      let documents = try documentChanges(
        from: history.before(commit), to: commit.tree, in: history.store, at: filter.field,
        rules: history.rules)
      if filter.field != nil, documents.isEmpty { continue }
      count += 1
      return Version(id: id, commit: commit, documents: documents)
    }
    return nil
  }
}

extension WorkspaceHistory {
  /// How many versions come after the last one that was asked for, or `limit`; no document is read.
  mutating func countRest(atMost limit: Int) throws(ObjectStoreError) -> Int {
    var rest = 0
    while rest < limit, place < history.commits.count {
      let id = history.commits.id(of: place)
      place += 1
      let commit = try history.store.commit(id)
      if filter.admits(commit), try !history.isJoint(id, commit) { rest += 1 }
    }
    return rest
  }
}

/// The versions of one document one after the other, each with what it did to that document.
public struct DocumentHistory {
  private let filter: VersionFilter
  private var trail: DocumentTrail
  private var count = 0

  /// - Parameter document: Where the document is at the head, or was last. It is followed by its id through moves.
  public init(of document: WorkspacePath, in history: History, matching filter: VersionFilter = .all) {
    self.filter = filter
    trail = DocumentTrail(of: document, in: history)
  }

  /// The next older version; `nil` after the first.
  public mutating func next() throws(ObjectStoreError) -> Version? {
    while count < filter.limit ?? .max, let step = try trail.nextStep(where: filter.admits) {
      guard let change = step.pair.change(at: filter.field) else { continue }
      count += 1
      return Version(id: step.id, commit: step.commit, documents: [change])
    }
    return nil
  }
}

extension DocumentHistory {
  /// How many versions come after the last one that was asked for, or `limit`.
  mutating func countRest(atMost limit: Int) throws(ObjectStoreError) -> Int {
    var rest = 0
    guard filter.field != nil else {
      while rest < limit, try trail.nextChange(where: filter.admits) != nil { rest += 1 }
      return rest
    }
    while rest < limit, let step = try trail.nextStep(where: filter.admits) {
      if step.pair.change(at: filter.field) != nil { rest += 1 }
    }
    return rest
  }
}
