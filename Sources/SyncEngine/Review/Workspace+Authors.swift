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

  /// Whether a document of the folder says something else to the public than in the newest version, wherever it stands there.
  func saysSomethingNew(_ document: Document) throws -> Bool {
    guard let tree = try tree(of: head()) else { return true }
    var candidates: [(path: WorkspacePath, file: TreeFile)] = []
    if let file = try objects.file(at: document.path, in: tree) {
      candidates = [(document.path, file)]
    } else {
      // It may have been moved, and that is not committed.
      for change in try localState().changes where change.new == nil && change.path.isDocument {
        if let old = change.old { candidates.append((change.path, old)) }
      }
    }
    let none = DocumentCollection([])
    return try !candidates.contains { path, file in
      guard case .success(let before) = readDocument(path, try objects.blob(file.id)) else { return false }
      return before.documentID == document.value.documentID && none.saysTheSame(before, as: document.value)
    }
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

  /// The documents in which somebody wrote something between an older version and the newest of some, whether they had
  /// before or not. Where everybody may approve own words, nobody asks, and it is none.
  ///
  /// - Returns: `nil` where the one is not behind the other, or documents were given other ids.
  func writings(upTo versions: KnownVersions, since older: ObjectID) throws -> Set<AuthorTable.Writing>? {
    guard let new = try versions.versions(notBehind: older, in: objects) else { return nil }
    guard try mayHaveFourEyes(at: versions.head) else { return [] }
    var writings: Set<AuthorTable.Writing> = []
    for (_, commit) in new where !isJoint(commit) {
      let written = try written(by: commit, remembering: new.count <= 8)
      if !written.newIDs.isEmpty { return nil }
      writings.formUnion(written.documents)
    }
    return writings
  }
}

// MARK: - Found out once

extension Workspace {
  /// What the history says up to a version.
  func provenanceMemory(at head: ObjectID, withAuthors: Bool = false) throws -> ProvenanceMemory {
    if let known = provenanceMemories.memory(at: head, withAuthors: withAuthors) {
      provenanceMemories.note(known)
      return known
    }
    let stored = try storedProvenance()
    for case let base? in [provenanceMemories.newest, stored] where !withAuthors || base.authors != nil {
      guard let (memory, _) = try advanced(base, to: head) else { continue }
      try remember(memory)
      return memory
    }
    let memory = try newProvenance(at: head, withAuthors: withAuthors || stored?.authors != nil)
    try remember(memory)
    return memory
  }

  /// Writes down what was found of the newest version before it was that.
  func keepProvenance() throws {
    guard let head = try head(), let memory = provenanceMemories.memory(at: head, withAuthors: false) else {
      return
    }
    try remember(memory)
  }

  private func storedProvenance() throws -> ProvenanceMemory? {
    if let stored = provenanceMemories.stored { return stored }
    let stored = ProvenanceMemory(try files.local.recall(ProvenanceMemory.name))
    provenanceMemories.stored = stored
    return stored
  }

  /// For this command; for the next ones where it is of the newest version, because another may never become that.
  private func remember(_ memory: ProvenanceMemory) throws {
    provenanceMemories.note(memory)
    guard try memory.isWorthWriting(insteadOf: storedProvenance()), try head() == memory.head else { return }
    var settled = memory
    settled.versions.settle()
    try files.local.remember(ProvenanceMemory.name, settled.bytes)
    provenanceMemories.stored = settled
    provenanceMemories.note(settled)
  }

  /// The same for a later version, from what was said of an earlier one.
  ///
  /// - Returns: Also which documents somebody wrote something in between the two who had written nothing in them before;
  ///   `nil` for these where that may be any document. `nil` where the one is not behind the other, or another workspace was
  ///   mixed in.
  private func advanced(
    _ known: ProvenanceMemory, to head: ObjectID
  ) throws -> (memory: ProvenanceMemory, writings: Set<AuthorTable.Writing>?)? {
    var memory = known
    guard let new = try memory.versions.advance(to: head, in: objects) else { return nil }
    let isChain = new.allSatisfy { $0.commit.parents.count == 1 }
    // What comes after a version of ours one by one is ours.
    if !isChain, known.isMixed || new.contains(where: { $0.commit.parents.isEmpty }) { return nil }
    var facts = GuardedFiles(of: self)
    let changing = try new.filter { try facts.changed($0.id, from: $0.commit.parents) }.map(\.id)
    if !changing.isEmpty {
      memory.guarded = isChain ? memory.guarded + changing.reversed() : try newProvenance(at: head).guarded
    }
    guard var authors = memory.authors else { return (memory, []) }
    var writings: Set<AuthorTable.Writing>? = []
    for (_, commit) in new where !isJoint(commit) {
      // What a few versions changed is checked next.
      let written = try self.written(by: commit, remembering: new.count <= 8)
      for writing in authors.note(written, by: JSONString(commit.author.email)) { writings?.insert(writing) }
      // Those that were given an id of theirs by others since have the same authors.
      for (old, id) in written.newIDs where authors.note(old, became: id) { writings = nil }
    }
    memory.authors = authors
    return (memory, writings)
  }

  /// The same from the whole history.
  ///
  /// Between people who worked at the same time the order is that of generations and ids: clocks have no say.
  private func newProvenance(at head: ObjectID, withAuthors: Bool = false) throws -> ProvenanceMemory {
    var graph = CommitGraph()
    try takeHistory(of: head, into: &graph)
    guard let first = graph.origin(of: head) else { throw ObjectStoreError.missing(head) }
    let isMixed = graph.roots(of: head).count > 1
    let commits = graph.commits(of: [head])
    var facts = GuardedFiles(of: self)
    var guarded: [ObjectID] = []
    // Another workspace that somebody mixed in has no say in whose yes counts.
    let ours = isMixed ? graph.descendants(of: first) : nil
    func isOurs(_ id: ObjectID) -> Bool { ours?.contains(id) ?? true }
    for id in commits.reversed()
    where try isOurs(id) && facts.changed(id, from: graph.parents(of: id).filter(isOurs)) {
      guarded.append(id)
    }
    var authors: AuthorTable?
    if withAuthors {
      var table = AuthorTable()
      for id in graph.userCommits(of: [head], notIn: []) {
        let commit = try objects.commit(id)
        let written = try written(by: commit, remembering: false)
        _ = table.note(written, by: JSONString(commit.author.email))
        for (old, id) in written.newIDs { _ = table.note(old, became: id) }
      }
      authors = table
    }
    return ProvenanceMemory(
      versions: KnownVersions(head: head, of: graph), identity: first, isMixed: isMixed, guarded: guarded,
      authors: authors)
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

/// What a person's version did to the words of documents.
private struct Written {
  /// The documents that it gave other words than they had before, wherever they stood.
  var documents: [AuthorTable.Writing] = []
  /// Those it gave another id in their place: the old one, and the new one.
  var newIDs: [(old: JSONString, new: JSONString)] = []
}

extension AuthorTable {
  /// - Returns: Those whose author was not known.
  fileprivate mutating func note(_ written: Written, by email: JSONString) -> [Writing] {
    written.documents.filter { note(email, wrote: $0) }
  }
}

extension Workspace {
  /// What a person's version wrote.
  ///
  /// Who takes a document away or moves it wrote none of its words. What can't be read is somebody's, too; no schema is asked,
  /// or taking one away would hide what is written meanwhile.
  ///
  /// - Parameter remembering: Whether this command will ask for these documents again.
  private func written(by commit: Commit, remembering: Bool) throws -> Written {
    let (all, isCandidate) = try changes(by: commit)
    let changes = all.filter { $0.path.isDocument && !$0.path.isSchema }
    let schemas = try objects.folder(named: "schemas", in: commit.tree)
    func read(_ files: [(path: WorkspacePath, id: ObjectID)]) throws -> [WorkspacePath: JSONValue] {
      let documents = try documents(
        files, schemas: schemas, remembering: remembering && changes.count <= Self.mostToRemember)
      var values: [WorkspacePath: JSONValue] = [:]
      for (file, document) in zip(files, documents) {
        switch document {
        case .success(let document): values[file.path] = document.value
        case .failure:
          // Of a kind nobody knows, it says something all the same.
          let bytes = try objects.blob(file.id)
          if case .success(let value) = readDocument(file.path, bytes) { values[file.path] = value }
        }
      }
      return values
    }
    let movesSomething = changes.contains { $0.old != nil && $0.new == nil }
    let none = DocumentCollection([])
    var written = Written()
    var arrived: [JSONString: (path: WorkspacePath, value: JSONValue)] = [:]
    for portion in changes.filter({ $0.new != nil && isCandidate($0.path) }).portions(
      of: Self.portionOfWritings)
    {
      let old = try read(portion.compactMap { change in change.old.map { (change.path, $0.id) } })
      let new = try read(portion.compactMap { change in change.new.map { (change.path, $0.id) } })
      for change in portion {
        guard let value = new[change.path] else {
          written.documents.append(AuthorTable.Writing(path: change.path))
          continue
        }
        let (before, id) = (old[change.path], value.documentID)
        if let before, before.documentID == id {
          if none.saysTheSame(before, as: value) { continue }
        } else if let id {
          if let former = before?.documentID { written.newIDs.append((former, id)) }
          if change.old != nil || movesSomething, arrived[id] == nil {
            arrived[id] = (change.path, value)
            continue
          }
        }
        written.documents.append(AuthorTable.Writing(path: change.path, id: id))
      }
    }
    if arrived.isEmpty { return written }
    // They may have come from elsewhere.
    for portion in changes.filter({ $0.old != nil }).portions(of: Self.portionOfWritings) {
      let old = try read(portion.compactMap { change in change.old.map { (change.path, $0.id) } })
      for before in old.values {
        guard let id = before.documentID, let document = arrived[id],
          none.saysTheSame(before, as: document.value)
        else { continue }
        arrived[id] = nil
      }
    }
    written.documents += arrived.map { AuthorTable.Writing(path: $0.value.path, id: $0.key) }
    return written
  }

  /// What more documents than these said before a version is not asked for again.
  private static let mostToRemember = 64
  /// So many documents of each side are in memory at once.
  private static let portionOfWritings = 512

  /// What differs from the tree a version was made from, and which paths its person can have written at.
  private func changes(
    by commit: Commit
  ) throws -> (all: [PathChange], isCandidate: (WorkspacePath) -> Bool) {
    if commit.parents.count <= 1 {
      return (try objects.difference(from: treeBefore(commit), to: commit.tree), { _ in true })
    }
    // What is as one of several had it, was not written here. Joining them again costs more than looking.
    var candidates: Set<WorkspacePath>?
    for parent in commit.parents {
      let paths = try objects.difference(from: tree(of: parent), to: commit.tree).map(\.path)
      candidates = candidates?.intersection(paths) ?? Set(paths)
    }
    guard let candidates, !candidates.isEmpty else { return ([], { _ in false }) }
    return (try objects.difference(from: treeBefore(commit), to: commit.tree), candidates.contains)
  }
}

extension JSONValue {
  /// `nil` where a document has none that says something.
  fileprivate var documentID: JSONString? {
    self["id"]?.string.flatMap { $0.text.isEmpty ? nil : $0 }
  }
}

extension AuthorTable.Writing {
  fileprivate init(_ document: Document) { self.init(path: document.path, id: document.value.documentID) }
}
