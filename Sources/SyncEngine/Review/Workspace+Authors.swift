import CommitJoin
import ConcurrentMap
import Documents
import EditorialReview
import JSONTree
import ObjectModel
import ThreeWayMerge
import WorkingCopy

extension Workspace {
  /// Whose words documents hold at a version: of whoever ever changed what one says, and of who made it.
  ///
  /// - Parameter team: Names people by their addresses.
  func authors(
    at head: ObjectID, team: Document?
  ) throws -> @Sendable (Document) -> Set<JSONString> {
    guard let table = try provenanceMemory(at: head, withAuthors: true).authors else {
      return Provenance.makers(of:)
    }
    let ids = Dictionary(uniqueKeysWithValues: table.people.map { ($0, author($0.text, in: team)) })
    return { document in
      let authors = table.authors(of: AuthorTable.Writing(document))
      return Provenance.makers(of: document).union(authors.map { ids[$0] ?? $0 })
    }
  }

  /// Whether a document of the folder says something else to the public than in the newest version.
  func saysSomethingNew(_ document: Document) throws -> Bool {
    guard let tree = try tree(of: head()), let file = try objects.file(at: document.path, in: tree),
      case .success(let before) = try self.document(
        at: document.path, file.id, schemas: objects.folder(named: "schemas", in: tree))
    else { return true }
    return !DocumentCollection([]).saysTheSame(before, as: document)
  }

  /// The documents that hold words of somebody at a version of whom they hold none at an older one.
  ///
  /// - Returns: `nil` where somebody's yes may count for more or less than before, or nothing is known of the older one.
  func writings(upTo head: ObjectID, since older: ObjectID) throws -> Set<AuthorTable.Writing>? {
    let before = try provenanceMemory(at: older, withAuthors: mayHaveFourEyes(at: older))
    guard let (after, writings) = try advanced(before, to: head), after.guarded == before.guarded else {
      return nil
    }
    try remember(after)
    return writings
  }
}

// MARK: - Found out once

extension Workspace {
  /// What the history says up to a version.
  func provenanceMemory(at head: ObjectID, withAuthors: Bool = false) throws -> ProvenanceMemory {
    if let known = provenanceMemories.memory(at: head, withAuthors: withAuthors) { return known }
    let stored = try storedProvenance()
    if let base = provenanceMemories.newest ?? stored, !withAuthors || base.authors != nil,
      let (memory, _) = try advanced(base, to: head)
    {
      try remember(memory)
      return memory
    }
    let memory = try newProvenance(at: head, withAuthors: withAuthors || stored?.authors != nil)
    try remember(memory)
    return memory
  }

  private func storedProvenance() throws -> ProvenanceMemory? {
    if let stored = provenanceMemories.stored { return stored }
    let stored = ProvenanceMemory(try files.local.recall(ProvenanceMemory.name))
    provenanceMemories.stored = stored
    return stored
  }

  private func remember(_ memory: ProvenanceMemory) throws {
    provenanceMemories.note(memory)
    let stored = try storedProvenance()
    // An older version is asked about beside the newest, and does not take its place.
    guard memory.isWorthWriting(after: stored),
      stored?.holds(memory.head) != true || stored?.head == memory.head
    else { return }
    try files.local.remember(ProvenanceMemory.name, memory.bytes)
    provenanceMemories.stored = memory
  }

  /// The same for a later version, from what was said of an earlier one.
  ///
  /// - Returns: Also who wrote something between the two that they had not written before; `nil` where the one is not
  ///   behind the other.
  private func advanced(
    _ known: ProvenanceMemory, to head: ObjectID
  ) throws -> (memory: ProvenanceMemory, writings: Set<AuthorTable.Writing>)? {
    var new: [(id: ObjectID, commit: Commit)] = []
    var seen: Set<ObjectID> = []
    var isLater = false
    var stack = [head]
    while let id = stack.popLast() {
      if id == known.head { isLater = true }
      if known.holds(id) || !seen.insert(id).inserted { continue }
      let commit = try objects.commit(id)
      // Another beginning may come before the one that is known.
      if commit.parents.isEmpty { return nil }
      new.append((id, commit))
      stack += commit.parents
    }
    guard isLater else { return nil }
    var memory = known
    memory.advance(to: head, with: seen)
    var facts = GuardedFiles(of: self)
    let changing = try new.filter { try facts.changed($0.id, from: $0.commit.parents) }.map(\.id)
    if !changing.isEmpty {
      let isChain = new.allSatisfy { $0.commit.parents.count == 1 }
      memory.guarded = isChain ? memory.guarded + changing.reversed() : try newProvenance(at: head).guarded
    }
    guard var authors = memory.authors else { return (memory, []) }
    var writings: Set<AuthorTable.Writing> = []
    for (_, commit) in new where !isJoint(commit) {
      // What a few versions changed is checked next.
      for writing in try self.writings(by: commit, remembering: new.count <= 8)
      where authors.note(JSONString(commit.author.email), wrote: writing) { writings.insert(writing) }
    }
    memory.authors = authors
    return (memory, writings)
  }

  /// The same from the whole history.
  ///
  /// Between people who worked at the same time the order is that of generations and ids: clocks have no say.
  private func newProvenance(at head: ObjectID, withAuthors: Bool = false) throws -> ProvenanceMemory {
    var graph = CommitGraph()
    try graph.add(head, from: objects)
    guard let first = graph.roots(of: head).min() else { throw ObjectStoreError.missing(head) }
    let commits = graph.commits(of: [head])
    var facts = GuardedFiles(of: self)
    var guarded: [ObjectID] = []
    for id in commits.reversed() where try facts.changed(id, from: graph.parents(of: id)) {
      guarded.append(id)
    }
    var authors: AuthorTable?
    if withAuthors {
      var table = AuthorTable()
      for id in graph.userCommits(of: [head], notIn: []) {
        let commit = try objects.commit(id)
        for writing in try writings(by: commit, remembering: false) {
          _ = table.note(JSONString(commit.author.email), wrote: writing)
        }
      }
      authors = table
    }
    return ProvenanceMemory(head: head, identity: first, guarded: guarded, authors: authors, behind: commits)
  }
}

/// The two files that decide whose yes counts, in the versions that were looked at.
private struct GuardedFiles {
  private let workspace: Workspace
  private var files: [ObjectID: [ObjectID?]] = [:]

  init(of workspace: Workspace) { self.workspace = workspace }

  /// Whether a version has them otherwise than every one it was made from.
  mutating func changed(_ commit: ObjectID, from parents: [ObjectID]) throws -> Bool {
    let own = try ids(in: commit)
    for parent in parents where try ids(in: parent) == own { return false }
    return true
  }

  private mutating func ids(in commit: ObjectID) throws -> [ObjectID?] {
    if let known = files[commit] { return known }
    let tree = try workspace.objects.tree(workspace.objects.commit(commit).tree)
    let ids = [Workspace.settingsPath, Workspace.teamPath].map { path in
      path.flatMap { tree[Array($0.name.utf8)]?.id }
    }
    files[commit] = ids
    return ids
  }
}

// MARK: - What a version wrote

extension Workspace {
  /// The documents that a person's version gave other words than they had before it, wherever they stood.
  ///
  /// Who takes a document away or moves it wrote none of its words. What can't be read is somebody's, too.
  ///
  /// - Parameter remembering: Whether this command will ask for these documents again.
  private func writings(by commit: Commit, remembering: Bool) throws -> [AuthorTable.Writing] {
    let changes = try changes(by: commit).filter { $0.path.isDocument && !$0.path.isSchema }
    let schemas = try objects.folder(named: "schemas", in: commit.tree)
    func read(_ files: [(path: WorkspacePath, id: ObjectID)]) throws -> [WorkspacePath: Document] {
      let documents = try documents(
        files, schemas: schemas, remembering: remembering && changes.count <= Self.mostToRemember)
      return Dictionary(
        documents.compactMap { try? $0.get() }.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
    }
    let movesSomething = changes.contains { $0.old != nil && $0.new == nil }
    let none = DocumentCollection([])
    var writings: [AuthorTable.Writing] = []
    var arrived: [JSONString: Document] = [:]
    for portion in changes.filter({ $0.new != nil }).portions(of: Self.portionOfWritings) {
      let old = try read(portion.compactMap { change in change.old.map { (change.path, $0.id) } })
      let new = try read(portion.compactMap { change in change.new.map { (change.path, $0.id) } })
      for change in portion {
        guard let document = new[change.path] else {
          writings.append(AuthorTable.Writing(path: change.path))
          continue
        }
        if let before = old[change.path], before.id == document.id {
          if none.saysTheSame(before, as: document) { continue }
        } else if change.old != nil || movesSomething, !document.id.text.isEmpty, arrived[document.id] == nil
        {
          arrived[document.id] = document
          continue
        }
        writings.append(AuthorTable.Writing(document))
      }
    }
    if arrived.isEmpty { return writings }
    // They may have come from elsewhere.
    for portion in changes.filter({ $0.old != nil }).portions(of: Self.portionOfWritings) {
      let old = try read(portion.compactMap { change in change.old.map { (change.path, $0.id) } })
      for before in old.values {
        guard let document = arrived[before.id], none.saysTheSame(before, as: document) else { continue }
        arrived[before.id] = nil
      }
    }
    return writings + arrived.values.map { AuthorTable.Writing($0) }
  }

  /// What more documents than these said before a version is not asked for again.
  private static let mostToRemember = 64
  /// So many documents of each side are in memory at once.
  private static let portionOfWritings = 512

  /// What differs from the tree a version was made from.
  private func changes(by commit: Commit) throws -> [PathChange] {
    if commit.parents.count > 1 {
      // What is as one of several had it, was not written here. Joining them again costs more than looking.
      var candidates: Set<WorkspacePath>?
      for parent in commit.parents {
        let paths = try objects.difference(from: tree(of: parent), to: commit.tree).map(\.path)
        candidates = candidates?.intersection(paths) ?? Set(paths)
      }
      if candidates?.isEmpty ?? true { return [] }
    }
    return try objects.difference(from: treeBefore(commit), to: commit.tree)
  }
}

extension AuthorTable.Writing {
  fileprivate init(_ document: Document) {
    self.init(path: document.path, id: document.id.text.isEmpty ? nil : document.id)
  }
}
