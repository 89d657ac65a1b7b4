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
  ///   - isDeciding: Whether it is also asked who might say yes, and not only which yes counts.
  ///   - subject: What somebody is about to decide on in the folder; what it says there and not in the version is theirs.
  ///   - wordsHead: An older version up to which words count, where only whose yes counts is as it is at `head`.
  public func provenance(
    of documents: DocumentCollection, at head: ObjectID?, by attribution: Attribution? = nil,
    isDeciding: Bool = false, deciding subject: Document? = nil, wordsUntil wordsHead: ObjectID? = nil
  ) throws -> Provenance {
    guard let head else { return Provenance(of: documents) }
    var trust = try trust(at: head)
    let person = try uncommittedAuthor(documents, attribution)
    let (settings, team) = (documents.document(at: Self.settingsPath), documents.document(at: Self.teamPath))
    // Who only looks has changed nothing of what decides whose yes counts. What nobody can read says nothing.
    let headTree = try objects.commit(head).tree
    let isChanged = try [(Self.settingsPath, settings), (Self.teamPath, team)].contains { path, document in
      let file = try path.flatMap { try objects.file(at: $0, in: headTree) }
      let committed = try path.flatMap { path in try file.map { readDocument(path, try objects.blob($0.id)) }
      }
      return (try? committed?.get()) != document?.value
    }
    let committed = try teams(before: [head])
    let folder = Authority.Version(
      settings: settings, team: team, by: isChanged ? person : [], teamsBefore: committed)
    trust.versions.append(folder)
    let authority = try Authority(
      of: trust.versions, reviews: documents,
      signatures: signatureRecords(of: documents, trust, until: head))
    // The history is asked only where a yes hangs on it.
    let isAsked =
      isDeciding || subject != nil || documents.views(Review.self).contains { $0.view.verdict == .approve }
    guard authority.policy.hasFourEyes, isAsked else {
      return Provenance(authority: authority, authors: Provenance.makers(of:))
    }
    let authors = try authors(at: wordsHead ?? head, team: documents.document(at: Self.teamPath))
    let rewritten = try subject.flatMap { try saysSomethingNew($0) ? $0.path : nil }
    return Provenance(authority: authority) { document in
      authors(document).union(document.path == rewritten ? person : [])
    }
  }

  /// The states of the documents of the folder.
  ///
  /// - Parameters:
  ///   - attribution: Who made what is not committed; `nil` for whom git says works here.
  ///   - subject: What somebody is about to decide on.
  public func states(
    of folder: DocumentsOfFolder, at now: Instant, by attribution: Attribution? = nil,
    deciding subject: Document? = nil
  ) throws -> EditorialStates {
    EditorialStates(
      of: folder.collection, at: now, conflicted: folder.conflicted,
      provenance: try provenance(
        of: folder.collection, at: head(), by: attribution, isDeciding: true, deciding: subject))
  }

  /// Where the documents of an earlier tree stood at a moment; whose signature counts is asked of the newest version.
  public func states(ofTree tree: ObjectID, at now: Instant) throws -> EditorialStates {
    let documents = try collection(ofTree: tree).documents
    return try states(
      of: DocumentsOfFolder(
        collection: documents, conflicted: conflicted(of: documents, in: tree), partOf: nil), at: now)
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
  func author(_ email: String, in team: Document?) -> JSONString {
    team.flatMap { Team($0.value).member(withEmail: email)?.id } ?? JSONString(email)
  }
}

// MARK: - Whose yes counts

/// What tells whose yes counts at a version.
struct Trust {
  var identity: ObjectID
  /// Those that changed the settings or the team, oldest first.
  var versions: [Authority.Version]
}

extension Workspace {
  /// The versions in which `ligne.json` or `team.json` are others than in all they were made from, oldest first.
  ///
  /// Between people who worked at the same time the order is that of generations and ids: clocks have no say.
  private func trust(at head: ObjectID) throws -> Trust {
    try provenanceMemories.trust(at: head) { try newTrust(at: head) }
  }

  private func newTrust(at head: ObjectID) throws -> Trust {
    let memory = try provenanceMemory(at: head)
    let schemas = try rulebook.schemas(ofTree: objects.commit(head).tree)
    let versions = try memory.guarded.compactMap { id -> Authority.Version? in
      let commit = try objects.commit(id)
      let settings = try guardedDocument(Self.settingsPath, in: id, schemas)
      let team = try guardedDocument(Self.teamPath, in: id, schemas)
      // A file that could not be read for a while changed nothing by that.
      guard let settings, let team else { return nil }
      let by = isJoint(commit) ? [] : [author(commit.author.email, in: team)]
      return Authority.Version(
        settings: settings, team: team, by: by, commit: id.hex,
        teamsBefore: try teams(before: commit.parents))
    }
    return Trust(identity: memory.identity, versions: versions)
  }

  /// The team as some versions have it; where one can't be read, as those before it had it.
  private func teams(before versions: [ObjectID]) throws -> [Document] {
    var (teams, seen, next): ([Document], Set<ObjectID>, [ObjectID]) = ([], [], versions)
    while let id = next.popLast() {
      guard seen.insert(id).inserted else { continue }
      let commit = try objects.commit(id)
      if let team = try guardedDocument(Self.teamPath, in: id, rulebook.schemas(ofTree: commit.tree)) {
        teams.append(team)
      } else {
        next += commit.parents
      }
    }
    return teams
  }

  private func guardedDocument(
    _ path: WorkspacePath?, in commit: ObjectID, _ schemas: SchemaSet
  ) throws -> Document? {
    guard let path, let file = try objects.file(at: path, in: objects.commit(commit).tree) else { return nil }
    return try? Document.recognize(path, try objects.blob(file.id), schemas: schemas).get()
  }

  /// Every id that the settings and the team have or had up to a version. Decisions name what they are about by its id.
  func guardedIDs(at head: ObjectID) throws -> Set<JSONString> {
    Set(try trust(at: head).versions.flatMap { [$0.settings?.id, $0.team?.id].compactMap(\.self) })
  }

  /// Whether nobody may approve own words at a version, or might not before; where this is `false`, everybody may.
  func mayHaveFourEyes(at head: ObjectID) throws -> Bool {
    try trust(at: head).versions.contains { version in
      version.settings.map { WorkspaceSettings($0.value).hasFourEyes } ?? false
    }
  }

  /// What checking signatures needs of the versions up to which revoked keys count, or the yeses of who has left since.
  private func signatureRecords(
    of documents: DocumentCollection, _ trust: Trust, until head: ObjectID
  ) throws -> SignatureRecords {
    let members = trust.versions.compactMap(\.team).flatMap { Team($0.value).members }
    let revoked = Set(members.filter { !$0.revokedKeys.isEmpty }.compactMap(\.id))
    let known = try provenanceMemory(at: head).versions
    // In a version of this history alone: whatever else lies in one computer's store says nothing to the others.
    func tree(_ commit: String) throws -> ObjectID? {
      guard let id = ObjectID(hex: commit), known.holds(id) else { return nil }
      return try objects.commit(id).tree
    }
    var there: Set<[String]> = []
    let reviews = documents.views(Review.self).map { entry in
      (entry.document, entry.view, ObjectID(blob: entry.document.value.canonicalForm))
    }
    func note(_ commit: String, _ isMeant: (Review) -> Bool) throws {
      guard let tree = try tree(commit) else { return }
      for (document, review, bytes) in reviews where isMeant(review) {
        guard let file = try objects.file(at: document.path, in: tree) else { continue }
        // What nobody can read there was not there.
        if file.id == bytes
          || (try? readDocument(document.path, objects.blob(file.id)).get()) == document.value
        {
          there.insert([document.id.text, commit])
        }
      }
    }
    for since in Set(members.flatMap(\.revokedKeys).compactMap(\.since)) {
      try note(since) { $0.by.map(revoked.contains) ?? false }
    }
    let subjects = Set(trust.versions.flatMap { [$0.settings?.id, $0.team?.id].compactMap(\.self) })
    for version in trust.versions {
      let people = version.peopleWhoLost
      guard let commit = version.commit, !people.isEmpty else { continue }
      try note(commit) { review in
        review.subject.map(subjects.contains) ?? false
          && [review.by, review.onBehalfOf].contains { $0.map(people.contains) ?? false }
      }
    }
    return SignatureRecords(workspace: trust.identity.hex) { [there] in there.contains([$0.text, $1]) }
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
