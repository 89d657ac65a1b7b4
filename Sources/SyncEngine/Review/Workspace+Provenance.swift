import CommitJoin
public import Documents
public import EditorialReview
import JSONTree
public import ObjectModel
import ThreeWayMerge
public import Wording
import WorkingCopy

extension Workspace {
  /// What the history says of the documents of a version: whose words they are, and whose yes counts.
  ///
  /// - Parameters:
  ///   - documents: Those of the version, or of the folder on top of it.
  ///   - head: The version; `nil` before the first.
  ///   - attribution: Who made what the folder has on top of it; `nil` for whom git says works here.
  public func provenance(
    of documents: DocumentCollection, at head: ObjectID?, by attribution: Attribution? = nil
  ) throws -> Provenance {
    guard let head else { return Provenance(of: documents) }
    var trust = try trust(at: head)
    let folder = Authority.Version(
      settings: documents.document(at: Self.settingsPath), team: documents.document(at: Self.teamPath),
      by: try uncommittedAuthor(documents, attribution))
    trust.versions.append(folder)
    let authority = try Authority(
      of: trust.versions, reviews: documents,
      signatures: signatureRecords(of: documents, identity: trust.identity))
    let authors =
      authority.policy.hasFourEyes ? try authors(of: documents, head: head) : Provenance.makers(of:)
    return Provenance(authority: authority, authors: authors)
  }

  /// The states of the documents of the folder.
  ///
  /// - Parameter attribution: Who made what is not committed; `nil` for whom git says works here.
  public func states(
    of folder: DocumentsOfFolder, at now: Instant, by attribution: Attribution? = nil
  ) throws -> EditorialStates {
    EditorialStates(
      of: folder.collection, at: now, conflicted: folder.conflicted,
      provenance: try provenance(of: folder.collection, at: head(), by: attribution))
  }

  /// Where the documents of an earlier tree stood at a moment; whose signature counts is asked of the newest version.
  public func states(ofTree tree: ObjectID, at now: Instant) throws -> EditorialStates {
    let documents = try collection(ofTree: tree).documents
    return try states(
      of: DocumentsOfFolder(collection: documents, conflicted: conflicted(of: documents, in: tree)), at: now)
  }

  /// The id of the first version: what makes a history this workspace and no other. `nil` before it.
  public func identity() throws -> ObjectID? { try head().map { try trust(at: $0).identity } }

  static let settingsPath = try? WorkspacePath("ligne.json")
  static let teamPath = try? WorkspacePath("team.json")

  private func uncommittedAuthor(
    _ documents: DocumentCollection, _ attribution: Attribution?
  ) throws -> [JSONString] {
    guard let email = try attribution?.email ?? userIdentity()?.email else { return [] }
    return [author(email, in: documents.document(at: Self.teamPath))]
  }

  /// The id of the member with an address, else the address.
  private func author(_ email: String, in team: Document?) -> JSONString {
    team.flatMap { Team($0.value).member(withEmail: email)?.id } ?? JSONString(email)
  }
}

// MARK: - Whose yes counts

extension Workspace {
  private struct Trust {
    var identity: ObjectID
    var versions: [Authority.Version]
  }

  /// The versions in which `ligne.json` or `team.json` are others than in all they were made from, oldest first.
  ///
  /// Between people who worked at the same time the order is that of generations and ids: clocks have no say.
  private func trust(at head: ObjectID) throws -> Trust {
    let memory = try trustMemory(at: head)
    let schemas = try rulebook.schemas(ofTree: objects.commit(head).tree)
    let versions = try memory.commits.compactMap { id -> Authority.Version? in
      let commit = try objects.commit(id)
      func document(_ path: WorkspacePath?) throws -> Document? {
        guard let path, let file = try objects.file(at: path, in: commit.tree) else { return nil }
        return try? Document.recognize(path, try objects.blob(file.id), schemas: schemas).get()
      }
      let (settings, team) = (try document(Self.settingsPath), try document(Self.teamPath))
      // A file that could not be read for a while changed nothing by that.
      guard let settings, let team else { return nil }
      let by = isJoint(commit) ? [] : [author(commit.author.email, in: team)]
      return Authority.Version(settings: settings, team: team, by: by)
    }
    return Trust(identity: memory.identity, versions: versions)
  }

  /// Whether the settings and the team went through the same versions up to both heads, of which the second is the older.
  func hasSameTrust(_ head: ObjectID, as older: ObjectID?) throws -> Bool {
    guard let older else { return false }
    return try trustMemory(at: older).commits == trustMemory(at: head).commits
  }

  private func trustMemory(at head: ObjectID) throws -> TrustMemory {
    let known = TrustMemory(try files.local.recall(TrustMemory.name))
    if let known, known.head == head { return known }
    if let known, let memory = try extended(known, to: head) {
      // A few versions are looked at again as quickly as this is written.
      if memory.isWorthWriting(after: known) { try files.local.remember(TrustMemory.name, memory.bytes) }
      return memory
    }
    var graph = CommitGraph()
    try graph.add(head, from: objects)
    var seen: [ObjectID: [ObjectID?]] = [:]
    guard let first = graph.roots(of: head).min() else { throw ObjectStoreError.missing(head) }
    var memory = TrustMemory(head: head, identity: first, commits: [])
    for id in graph.commits(of: [head]).reversed() {
      let files = try guardedFiles(id)
      seen[id] = files
      if !graph.parents(of: id).contains(where: { seen[$0] == files }) { memory.commits.append(id) }
    }
    try files.local.remember(TrustMemory.name, memory.bytes)
    return memory
  }

  /// What was known of an earlier head, with the few versions that came one after the other since; `nil` where others came
  /// beside them, which may stand between the known ones.
  private func extended(_ known: TrustMemory, to head: ObjectID) throws -> TrustMemory? {
    var newer: [ObjectID] = []
    var id = head
    while id != known.head {
      guard newer.count < TrustMemory.mostUnwritten * 2, case let parents = try objects.commit(id).parents,
        parents.count == 1
      else { return nil }
      newer.append(id)
      id = parents[0]
    }
    var memory = known
    memory.head = head
    memory.unwritten = newer.count
    var before = try guardedFiles(known.head)
    for id in newer.reversed() {
      let files = try guardedFiles(id)
      if files != before { memory.commits.append(id) }
      before = files
    }
    return memory
  }

  private func guardedFiles(_ commit: ObjectID) throws -> [ObjectID?] {
    let tree = try objects.tree(objects.commit(commit).tree)
    return [Self.settingsPath, Self.teamPath].map { path in path.flatMap { tree[Array($0.name.utf8)]?.id } }
  }

  /// What checking signatures needs of the versions up to which revoked keys count.
  private func signatureRecords(
    of documents: DocumentCollection, identity: ObjectID
  ) throws -> SignatureRecords {
    let members = documents.document(at: Self.teamPath).map { Team($0.value).members } ?? []
    let people = Set(members.filter { !$0.revokedKeys.isEmpty }.compactMap(\.id))
    var there: Set<[String]> = []
    for since in Set(members.flatMap(\.revokedKeys).compactMap(\.since)).sorted() {
      guard let commit = ObjectID(hex: since), try objects.contains(commit) else { continue }
      let tree = try objects.commit(commit).tree
      for (document, review) in documents.views(Review.self) where review.by.map(people.contains) ?? false {
        if try self.document(at: document.path, inTree: tree) == document.value {
          there.insert([document.id.text, since])
        }
      }
    }
    return SignatureRecords(workspace: identity.hex) { [there] in there.contains([$0.text, $1]) }
  }
}

// MARK: - Whose words they are

extension Workspace {
  /// The people who ever changed what a document says, for documents somebody approved.
  private func authors(
    of documents: DocumentCollection, head: ObjectID
  ) throws -> @Sendable (Document) -> Set<JSONString> {
    let team = documents.document(at: Self.teamPath)
    let subjects = Set(
      documents.views(Review.self).filter { $0.view.verdict == .approve }.compactMap(\.view.subject))
    let asked = documents.all.filter { subjects.contains($0.id) }
    var authors = Dictionary(uniqueKeysWithValues: asked.map { ($0.path, Provenance.makers(of: $0)) })
    var graph = CommitGraph()
    try graph.add(head, from: objects)
    for id in graph.userCommits(of: [head], notIn: []) where !authors.isEmpty {
      let commit = try objects.commit(id)
      let before = try treeBefore(commit)
      for document in asked {
        let (old, new) = (
          try before.flatMap { try objects.file(at: document.path, in: $0) },
          try objects.file(at: document.path, in: commit.tree)
        )
        guard old != new, try words(old, of: document) != words(new, of: document) else { continue }
        authors[document.path]?.insert(author(commit.author.email, in: team))
      }
    }
    return { [authors] document in authors[document.path] ?? Provenance.makers(of: document) }
  }

  /// What a document by itself says to the public.
  private func words(_ file: TreeFile?, of document: Document) throws -> JSONValue? {
    guard let file, case .success(let value) = readDocument(document.path, try objects.blob(file.id)) else {
      return nil
    }
    let old = Document(path: document.path, value: value, kind: document.kind)
    return DocumentCollection([]).content(of: old)
  }
}

extension DocumentCollection {
  fileprivate func document(at path: WorkspacePath?) -> Document? { all.first { $0.path == path } }
}

// MARK: - Keys of this computer

extension Workspace {
  /// A setting of git's, of this workspace or of the person; `nil` where it is not set.
  public func setting(_ key: String) throws -> String? { try repository.configuration(key) }

  /// Which key of this computer signs here, by the path of its file.
  public func setSigningKey(_ path: String) throws {
    try repository.setConfiguration("ligne.signingkey", to: path)
  }
}
