import ConcurrentMap
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
  ///
  /// - Returns: Also the bytes of the pictures of which they say something, and those of them that are open.
  public func listing() throws -> (
    documents: [ListedDocument], problems: [CommitReport.LeftOut], files: [WorkspacePath: ObjectID],
    open: Set<WorkspacePath>
  ) {
    let state = try localState()
    let schemas = try schemas()
    // By these of the newest version everything is read, so they are among what is there.
    let standIns = try standIns(in: state)
    var replaced = Dictionary(uniqueKeysWithValues: standIns.files.map { ($0.path, $0.file.id) })
    // Where a link has its place, what a version has is still the document.
    for path in try documentsBehindRefused(state) {
      replaced[path] = try state.headTree.flatMap { try objects.file(at: path, in: $0)?.id }
    }
    let paths = Set(state.folder.paths.filter { $0.isDocument && !$0.isSchema })
      .union(replaced.keys).sorted()
    let lastChanges = try lastChanges()
    let records = try recordPlaces(in: state)
    var problems = standIns.left
    var documents: [ListedDocument] = []
    for portion in paths.portions(of: 512) {
      let inFolder = portion.filter { replaced[$0] == nil }
      var readings = zip(inFolder, try files.read(inFolder)).makeIterator()
      let sources = try portion.compactMap { path -> (path: WorkspacePath, bytes: [UInt8])? in
        if let id = replaced[path] { return (path, try objects.blob(id)) }
        return readings.next()?.1.map { (path, $0.bytes) }
      }
      let read = sources.concurrentMap(portion: 16) { path, bytes in readDocument(path, bytes) }
      for (path, value) in zip(sources.map(\.path), read) {
        switch value {
        case .failure(let problem): problems.append(CommitReport.LeftOut(path: path, problem: problem))
        case .success(let value):
          if let problem = problem(of: value, at: path, schemas: schemas) {
            problems.append(CommitReport.LeftOut(path: path, problem: problem))
          }
          documents.append(
            ListedDocument(
              path: path, value: value, kind: schemas.kind(of: value),
              isConflicted: records[path].map { state.folder[$0] != nil } ?? false,
              lastChange: lastChanges?.author(of: path)))
        }
      }
    }
    var pictures: [WorkspacePath: ObjectID] = [:]
    var open: Set<WorkspacePath> = []
    for path in DocumentCollection.filesNamed(by: documents.lazy.compactMap(\.document)) {
      pictures[path] = state.file(at: path)?.id
      if records[path].map({ state.folder[$0] != nil }) ?? false { open.insert(path) }
    }
    return (documents, problems.sorted { $0.path < $1.path }, pictures, open)
  }

  /// What documents of the newest version are called, by their ids. One that it does not have, or that can’t be read there, has
  /// no entry.
  public func titles(of ids: Set<JSONString>) throws -> [JSONString: String] {
    do {
      return try foundTitles(of: ids)
    } catch ObjectStoreError.missing, ObjectStoreError.malformed {
      // What a thing is called is no reason not to tell of it, and `doctor` names what is lost.
      return [:]
    }
  }

  private func foundTitles(of ids: Set<JSONString>) throws -> [JSONString: String] {
    guard !ids.isEmpty, let tree = try tree(of: head()) else { return [:] }
    let schemas = try objects.folder(named: "schemas", in: tree)
    guard let ties = try ties(of: tree, schemas: schemas) else { return [:] }
    let records = ids.sorted().compactMap { ties.places(of: $0).first.flatMap(ties.record) }
    if ties.isBroken { return [:] }
    let found = try documents(records.map { ($0.path, $0.file) }, schemas: schemas).compactMap {
      try? $0.get()
    }
    return Dictionary(found.map { ($0.id, $0.title) }) { first, _ in first }
  }

  /// Refuses names of channels that the workspace does not have.
  ///
  /// - Throws: `WorkspaceError.unknownChannel`; `.problem` where nobody can read which ones there are.
  public func refuseUnknown(channels names: some Sequence<String>) throws {
    let names = Array(names)
    if names.isEmpty { return }
    let path = try WorkspacePath("channels.json")
    let value: JSONValue?
    do {
      value = try bytes(at: path).map { try readDocument(path, $0).get() }
    } catch let problem as DocumentProblem {
      throw WorkspaceError.problem(problem)
    }
    let known = value.map { Channels($0).channels.compactMap { $0.id?.text } } ?? []
    for name in names where !known.contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
      throw WorkspaceError.unknownChannel(name, known: known)
    }
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
    guard let changes = try lastChanges() else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: paths.compactMap { path in changes.author(of: path).map { (path, $0) } })
  }
}
