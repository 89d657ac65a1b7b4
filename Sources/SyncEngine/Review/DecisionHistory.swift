import Documents
import EditorialChecks
import JSONTree
import ObjectModel
import ThreeWayMerge
import Wording

/// A decision, or another account of something that happened, as its writer wrote it.
struct WrittenDecision {
  /// The id of a member, else a name.
  var writer: JSONString
  /// What it said at first, and what its writer made of it since.
  var words: [JSONValue]
  /// What it is about: the ids that stand in it.
  var subjects: [JSONString]

  /// - Returns: `nil` for a document that may be edited.
  init?(_ document: Document) {
    guard document.kind.placement.isWrittenOnce else { return nil }
    writer = document.value["by"]?.string ?? document.value["createdBy"]?.string ?? ""
    words = [document.value]
    subjects = DocumentTies(of: document)?.named ?? []
  }
}

/// What became of decisions from one version to the next: who, beside its writer, changed or deleted which.
///
/// A merge of plain git that drops what one of its sides brought is whose it is; one that Ligne made decides nothing.
struct DecisionHistory {
  /// What a version did to somebody else’s decision.
  struct Break {
    var version: ObjectID
    var author: Signature
    /// A version that has it as it was, and where.
    var after: ObjectID
    var path: WorkspacePath
  }

  private(set) var decisions: [JSONString: WrittenDecision]
  private(set) var broken: [JSONString: Break] = [:]
  private var withdrawn: Set<JSONString> = []
  /// Which decision stands where nobody can read a file any more.
  private var unreadable: [ObjectID: JSONString] = [:]
  private let workspace: Workspace
  /// Whether decisions that nobody has heard of count as well.
  private let learns: Bool

  /// - Parameter decisions: The only ones to look at; `nil` for all that the versions hold.
  init(of decisions: [JSONString: WrittenDecision]?, in workspace: Workspace) {
    (self.decisions, learns, self.workspace) = (decisions ?? [:], decisions == nil, workspace)
  }

  /// - Parameter commit: One that somebody made, later than those that were taken already.
  mutating func take(_ version: ObjectID, _ commit: Commit) throws {
    let objects = workspace.objects
    let parents = try commit.parents.map { (id: $0, tree: try objects.commit($0).tree) }
    guard let first = parents.first else {
      for file in try objects.files(in: commit.tree) where file.path.isDocument && !file.path.isSchema {
        try note(read(file.path, file.file, in: commit.tree), version, commit, before: nil)
      }
      return
    }
    var gone: [JSONString: (parent: ObjectID, path: WorkspacePath)] = [:]
    var there: Set<JSONString> = []
    for parent in parents {
      for change in try objects.difference(from: parent.tree, to: commit.tree)
      where change.path.isDocument && !change.path.isSchema {
        let before = try change.old.flatMap { try known($0, at: change.path, in: parent.tree) }
        if let before, learns || decisions[before] != nil { gone[before] = (parent.id, change.path) }
        guard let new = change.new else { continue }
        let isAsIn = try parents.contains { try objects.file(at: change.path, in: $0.tree) == new }
        let document = try read(change.path, new, in: commit.tree)
        if let id = document?.id { there.insert(id) }
        if isAsIn && parents.count > 1 { continue }
        if let document {
          try note(document, version, commit, before: (parent.id, parent.tree))
        } else if let before, decisions[before] != nil {
          unreadable[new.id] = before
          try note(
            before, isOwnOf: commit, Break(version, commit, parent.id, change.path), before: parent.tree)
          there.insert(before)
        }
      }
    }
    for (id, place) in gone.sorted(by: { $0.key < $1.key }) where !there.contains(id) && decisions[id] != nil
    {
      if parents.count > 1, broken[id] != nil || withdrawn.contains(id) { continue }
      try note(id, isOwnOf: commit, Break(version, commit, place.parent, place.path), before: first.tree)
    }
  }

  /// What a version says in a document that it changed or brought.
  private mutating func note(
    _ document: Document?, _ version: ObjectID, _ commit: Commit, before: (id: ObjectID, tree: ObjectID)?
  ) throws {
    guard let document, let written = WrittenDecision(document) else { return }
    let id = document.id
    guard let known = decisions[id] else {
      if learns { decisions[id] = written }
      return
    }
    if known.words.contains(document.value) {
      broken[id] = nil
      return
    }
    guard let before else { return }
    if try isOwn(known, commit, in: before.tree) {
      decisions[id]?.words.append(document.value)
      broken[id] = nil
      withdrawn.remove(id)
    } else if try workspace.isOpen(document.path, in: before.tree) {
      // Somebody settled what its writer said differently in two places.
      return
    } else {
      broken[id] = Break(version, commit, before.id, document.path)
    }
  }

  /// A decision is gone, or nobody can read it.
  private mutating func note(
    _ id: JSONString, isOwnOf commit: Commit, _ found: Break, before tree: ObjectID
  ) throws {
    guard let known = decisions[id] else { return }
    if try isOwn(known, commit, in: tree) {
      broken[id] = nil
      withdrawn.insert(id)
    } else if broken[id] == nil {
      broken[id] = found
    }
  }

  private func isOwn(_ decision: WrittenDecision, _ commit: Commit, in tree: ObjectID) throws -> Bool {
    try workspace.isWriter(of: decision, name: commit.author.name, email: commit.author.email, in: tree)
  }

  /// Which decision a file is, or was before nobody could read it.
  private func known(_ file: TreeFile, at path: WorkspacePath, in tree: ObjectID) throws -> JSONString? {
    if let id = unreadable[file.id] { return id }
    guard let document = try read(path, file, in: tree), WrittenDecision(document) != nil else { return nil }
    return document.id
  }

  private func read(_ path: WorkspacePath, _ file: TreeFile, in tree: ObjectID) throws -> Document? {
    let schemas = try workspace.objects.folder(named: "schemas", in: tree)
    return try? workspace.documents([(path, file.id)], schemas: schemas, remembering: false)[0].get()
  }
}

extension DecisionHistory.Break {
  fileprivate init(_ version: ObjectID, _ commit: Commit, _ after: ObjectID, _ path: WorkspacePath) {
    self.init(version: version, author: commit.author, after: after, path: path)
  }
}
