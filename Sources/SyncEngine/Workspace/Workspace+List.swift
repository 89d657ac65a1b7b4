import CommitJoin
public import Documents
import GitStore
public import JSONTree
public import ObjectModel
import ThreeWayMerge
import WorkingCopy

/// A document of the folder, as a list shows it.
public struct ListedDocument: Sendable {
  public var path: WorkspacePath
  public var value: JSONValue
  /// `nil` where no schema describes it.
  public var kind: DocumentKind?
  /// Whether something in it is to be settled.
  public var isConflicted: Bool
  /// The last version that changed it; `nil` where it was never committed.
  public var lastChange: Signature?
}

extension Workspace {
  /// Every document of the folder that can be read, sorted by path.
  public func documents() throws -> [ListedDocument] { try listing().documents }

  /// Every document of the folder, sorted by path: those that can be read, and what is wrong with some.
  ///
  /// One of a kind that no schema describes is in both lists.
  public func listing() throws -> (documents: [ListedDocument], problems: [CommitReport.LeftOut]) {
    let state = try localState()
    let schemas = try schemas()
    let deletedSettings = state.deletedSettings
    let paths =
      (state.folder.paths.filter { $0.isDocument && !$0.isSchema } + [deletedSettings?.path].compactMap { $0 })
      .sorted()
    let lastChanges = try lastChanges(of: Set(paths), from: state.head)
    var problems: [CommitReport.LeftOut] = []
    let documents = try paths.compactMap { path -> ListedDocument? in
      // By the settings of the newest version everything is read, so they are among what is there.
      let committed = try path == deletedSettings?.path ? committedSettings() : nil
      guard let bytes = try committed ?? files.read(path)?.bytes else { return nil }
      if let problem = problem(path, bytes, schemas: schemas) {
        problems.append(CommitReport.LeftOut(path: path, problem: problem))
        if problem.isUnreadable { return nil }
      }
      let value = try JSONValue(parsing: bytes)
      let record = try path.conflictRecord
      return ListedDocument(
        path: path, value: value, kind: schemas.kind(of: value), isConflicted: state.folder[record] != nil,
        lastChange: lastChanges[path])
    }
    return (documents, problems)
  }

  /// The ids of the channels of the workspace.
  public func channels() throws -> [String] {
    guard let bytes = try bytes(at: WorkspacePath("channels.json")),
      let value = try? JSONValue(parsing: bytes)
    else { return [] }
    return Channels(value).channels.compactMap { $0.id?.text }
  }

  /// What a channel may be on: the platforms Ligne knows, and those whose limits the workspace holds; sorted.
  public func platforms() throws -> [String] {
    let limits = try documentPaths().filter { $0.parent?.text == "limits" }.map { path in
      String(path.name.prefix { $0 != "." })
    }
    return Set(StarterWishes.platforms + limits).sorted()
  }

  /// Who changed each of these documents last; nothing of one that is in no version.
  public func lastChanges(of paths: Set<WorkspacePath>) throws -> [WorkspacePath: Signature] {
    try lastChanges(of: paths, from: head())
  }

  /// Walks the versions from the newest until every file is found.
  private func lastChanges(
    of paths: Set<WorkspacePath>, from head: ObjectID?
  ) throws -> [WorkspacePath: Signature] {
    guard let head else { return [:] }
    var graph = CommitGraph()
    try graph.add(head, from: objects)
    var found: [WorkspacePath: Signature] = [:]
    var open = paths
    for id in graph.userCommits(of: [head], notIn: []) where !open.isEmpty {
      let commit = try objects.commit(id)
      for change in try objects.difference(from: treeBefore(commit), to: commit.tree) {
        let path = change.path.documentOfRecord ?? change.path
        if open.remove(path) != nil { found[path] = commit.author }
      }
    }
    return found
  }
}
