import CommitJoin
import Documents
public import GitStore
public import ObjectModel
import ThreeWayMerge
public import Wording
public import WorkingCopy

/// Where a workspace stands.
public struct StatusReport: Hashable, Sendable {
  /// The newest version; `nil` before the first.
  public var head: ObjectID?
  public var headTree: ObjectID?
  /// What stands in the folder, as a tree: the newest version with everything uncommitted on top.
  public var folderTree: ObjectID
  /// Files that differ from the newest version, sorted by path.
  public var changes: [PathChange]
  /// Documents that can't be committed as they stand, and why; sorted by path. Those are among them that are
  /// committed already and that nobody can read.
  public var left: [CommitReport.LeftOut]
  /// Files and links Ligne leaves alone.
  public var refused: [RefusedFile]
  /// Own versions that the team's address did not have when it was last asked; all of them without an address.
  public var ahead: Int
  /// Versions fetched and not taken in yet.
  public var behind: Int
  /// What a person has to settle, in the folder as it stands.
  public var conflicts: [OpenConflict]
  public var address: String?
  /// A merge or the like that somebody began with git and has not finished.
  public var unfinishedGit: GitOperation?
  /// Under which names the address takes what this device shares.
  public var manners = HostManners.devices
  /// How much the line and the platforms have to say of the documents that differ from the newest version; `nil` where nobody
  /// asked, or these are too many to look at on the way.
  public var findings: Int?
  /// The crises that are under way, sorted by path.
  public var crises: [CrisisUnderWay] = []
  /// Those of the refused that stand in the place of a document of the newest version: links, mostly.
  public var inPlaceOfDocuments: Set<[UInt8]> = []
  /// What waits for whoever asks; `nil` where nobody asks, or it can’t be told because a part of the history is lost.
  public var asked: AwaitedDocuments?
}

/// A crisis that was declared and is not closed.
public struct CrisisUnderWay: Hashable, Sendable {
  public var path: WorkspacePath
  public var title: String
  /// The id of its level; `nil` where it names none.
  public var level: String?
}

extension StatusReport {
  /// Files that may hold somebody’s work and could not be looked at, with why. Links and the like were never meant to
  /// be shared, unless a document has its place there.
  public var unseen: [(path: [UInt8], reason: Sentence)] {
    refused.compactMap { file in
      switch file.reason {
      case .unreadable, .tooBig, .keepsChanging, .name: (file.path, file.reason.wording)
      case .link, .specialFile, .nestedRepository:
        inPlaceOfDocuments.contains(file.path) ? (file.path, file.reason.wording) : nil
      }
    }
  }
}

extension Workspace {
  /// Says where the workspace stands. Nothing is changed but git's memory of which files were read.
  ///
  /// - Parameters:
  ///   - now: When it is asked, which some findings depend on; `nil` leaves findings uncounted.
  ///   - attribution: Who asks; `nil` leaves aside what waits for them.
  public func status(at now: Instant? = nil, by attribution: Attribution? = nil) throws -> StatusReport {
    let state = try localState()
    let folderTree = try folderTree(state)
    let standing = try standing(of: state.head)
    let left = try commitPlan(state.changes, state: state, by: attribution).left
    let named = Set(left.map(\.path))
    let committed = try committedProblems().filter { !named.contains($0.path) }
    let read = try treeToRead(state)
    return StatusReport(
      head: state.head, headTree: state.headTree,
      folderTree: folderTree, changes: state.changes,
      left: (left + committed).sorted { $0.path < $1.path }, refused: state.refused,
      ahead: standing.ahead, behind: standing.behind, conflicts: try openConflicts(),
      address: try address(), unfinishedGit: try unfinishedGit(), manners: try hostManners(),
      findings: try now.map { try countOfFindings(in: state, folderTree: read, at: $0) } ?? nil,
      crises: try crises(in: read),
      inPlaceOfDocuments: Set(try documentsBehindRefused(state).map { Array($0.text.utf8) }),
      asked: try asked(of: attribution, in: read, at: now))
  }

  /// Documents of the newest version in whose place the folder has something that is no file: a link, mostly.
  func documentsBehindRefused(_ state: LocalState) throws -> [WorkspacePath] {
    guard let headTree = state.headTree else { return [] }
    return try state.refused.compactMap { try? WorkspacePath(utf8: $0.path) }.filter { path in
      try path.isDocument && !path.isSchema && objects.file(at: path, in: headTree) != nil
    }
  }

  /// Those that lie where the schema puts them: a look at the folder does not read every document for one elsewhere.
  private func crises(in tree: ObjectID) throws -> [CrisisUnderWay] {
    let schemas = try objects.folder(named: "schemas", in: tree)
    let place = try rulebook.schemas(in: schemas).kind(named: CrisisActivation.kind)?.placement.path
    let parts = place?.prefix { $0 != "{" }.split(separator: "/").joined(separator: "/")
    guard let folder = parts.flatMap({ try? WorkspacePath($0) }) else { return [] }
    do {
      let files = try objects.files(in: tree, under: folder).map { ($0.path, $0.file.id) }
      return try documents(files, schemas: schemas).compactMap { document in
        guard let document = try? document.get(), document.kind.name == CrisisActivation.kind else {
          return nil
        }
        let crisis = CrisisActivation(document.value)
        return crisis.isClosed
          ? nil : CrisisUnderWay(path: document.path, title: document.title, level: crisis.level)
      }
    } catch ObjectStoreError.missing, ObjectStoreError.malformed {
      // Everything else can be told all the same, and `doctor` names what is lost.
      return []
    }
  }

  private func asked(
    of person: Attribution?, in tree: ObjectID, at now: Instant?
  ) throws -> AwaitedDocuments? {
    guard let person, let now else { return nil }
    do {
      return try documentsAwaiting(person, in: tree, at: now)
    } catch ObjectStoreError.missing, ObjectStoreError.malformed {
      // Everything else can be told all the same, and `doctor` names what is lost.
      return nil
    }
  }

  private struct Standing {
    var ahead = 0
    var behind = 0
  }

  /// How far the branch and what was last seen of the team are apart.
  ///
  /// Counting walks the history, so the answer is remembered until one of the references moves.
  private func standing(of head: ObjectID?) throws -> Standing {
    guard let head else { return Standing() }
    let theirs =
      try repository.references(withPrefix: SyncReferences.incoming).map(\.id)
      + [repository.reference(SyncReferences.seenMain)].compactMap { $0 }
    if Set(theirs) == [head] { return Standing() }
    let key = ObjectID(blob: Array(([head] + theirs).flatMap(\.bytes))).hex
    if let bytes = try files.local.recall("standing") {
      let words = String(decoding: bytes, as: UTF8.self).split(separator: " ")
      if words.count == 3, words[0] == key, let ahead = Int(words[1]), let behind = Int(words[2]) {
        return Standing(ahead: ahead, behind: behind)
      }
    }
    var graph = CommitGraph()
    try takeHistory(of: head, into: &graph)
    var known: [ObjectID] = []
    for id in theirs {
      // A head that can't be read was named by the sync that fetched it.
      if (try? takeHistory(of: id, into: &graph, bytesPerCommit: Self.bytesPerCommit)) != nil {
        known.append(id)
      }
    }
    let standing = Standing(
      ahead: graph.userCommits(of: [head], notIn: known).count,
      behind: graph.userCommits(of: known, notIn: [head]).count)
    let line = "\(key) \(standing.ahead) \(standing.behind)"
    try files.local.remember("standing", Array(line.utf8))
    return standing
  }
}
