import ConcurrentMap
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

  /// Its writer has put something in the place of what stood there. What they wrote elsewhere at the same time stays.
  mutating func write(_ value: JSONValue, over before: JSONValue?) {
    words.removeAll { $0 == before }
    if !words.contains(value) { words.append(value) }
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
  /// Also of those that stand as they were again: whether one does, the tree says that is asked about.
  private(set) var broken: [JSONString: Break] = [:]
  /// Those of them that somebody wrote as they were again: who breaks one of these next is named instead.
  private var mended: Set<JSONString> = []
  private var withdrawn: Set<JSONString> = []
  /// Which decision stands where nobody can read a file any more.
  private var unreadable: [TreeContentPlace: JSONString] = [:]
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
      let files = try objects.files(in: commit.tree).map { ($0.path, $0.file.id) }
      for document in try read(files, in: commit.tree) { if let document { learn(document) } }
      return
    }
    var gone: [JSONString: (parent: ObjectID, path: WorkspacePath)] = [:]
    var before: [JSONString: [JSONValue]] = [:]
    var brought: [WorkspacePath: (document: Document, parent: (id: ObjectID, tree: ObjectID))] = [:]
    var there: Set<JSONString> = []
    for parent in parents {
      let changes = try objects.difference(from: parent.tree, to: commit.tree)
        .filter { $0.path.isDocument && !$0.path.isSchema }
      let old = try read(
        changes.compactMap { change in change.old.map { (change.path, $0.id) } }, in: parent.tree)
      let new = try read(
        changes.compactMap { change in change.new.map { (change.path, $0.id) } }, in: commit.tree)
      var (nextOld, nextNew) = (old.makeIterator(), new.makeIterator())
      for change in changes {
        var known: JSONString?
        if let file = change.old, let document = nextOld.next() {
          if let document {
            if WrittenDecision(document) != nil { known = document.id }
            before[document.id, default: []].append(document.value)
          } else {
            known = unreadable[TreeContentPlace(path: change.path, id: file.id)]
          }
        }
        if let known, learns || decisions[known] != nil { gone[known] = (parent.id, change.path) }
        guard let file = change.new, let document = nextNew.next() else { continue }
        if let document {
          there.insert(document.id)
          // In a merge, what is as one of several had it was not written here.
          let isAsIn =
            try parents.count > 1
            && parents.contains { try objects.file(at: change.path, in: $0.tree) == file }
          if !isAsIn { brought[change.path] = (document, parent) }
        } else if let known, decisions[known] != nil {
          unreadable[TreeContentPlace(path: change.path, id: file.id)] = known
          there.insert(known)
          try lose(known, to: commit, Break(version, commit, parent.id, change.path), from: parent.tree)
        }
      }
    }
    for (_, (document, parent)) in brought.sorted(by: { $0.key < $1.key }) {
      try note(document, over: before[document.id] ?? [], version, commit, from: parent)
    }
    for (id, place) in gone.sorted(by: { $0.key < $1.key }) where !there.contains(id) && decisions[id] != nil
    {
      try lose(id, to: commit, Break(version, commit, place.parent, place.path), from: first.tree)
    }
  }

  private mutating func learn(_ document: Document) {
    if learns, decisions[document.id] == nil { decisions[document.id] = WrittenDecision(document) }
  }

  /// What a version says in a document that it changed, moved or brought.
  ///
  /// - Parameter before: What the document said in the versions it was made from.
  private mutating func note(
    _ document: Document, over before: [JSONValue], _ version: ObjectID, _ commit: Commit,
    from parent: (id: ObjectID, tree: ObjectID)
  ) throws {
    let id = document.id
    guard WrittenDecision(document) != nil || decisions[id] != nil else { return }
    guard let known = decisions[id] else { return learn(document) }
    if known.words.contains(document.value) {
      mended.insert(id)
      withdrawn.remove(id)
      return
    }
    // It was moved, and said that already.
    if before.contains(document.value) { return }
    if try isOwn(known, commit, in: parent.tree) {
      decisions[id]?.write(document.value, over: before.first)
      (broken[id], withdrawn) = (nil, withdrawn.subtracting([id]))
      return
    }
    // Somebody settled what its writer said differently in two places.
    let old = before.first.map { Document(path: document.path, value: $0, kind: document.kind) }
    if let old, try workspace.isSettled(old, as: document.value, in: parent.tree) { return }
    note(Break(version, commit, parent.id, document.path), of: id)
  }

  private mutating func note(_ found: Break, of id: JSONString) {
    if broken[id] == nil || mended.remove(id) != nil { broken[id] = found }
  }

  /// A decision is gone, or nobody can read it.
  private mutating func lose(
    _ id: JSONString, to commit: Commit, _ found: Break, from tree: ObjectID
  ) throws {
    guard let known = decisions[id] else { return }
    if try isOwn(known, commit, in: tree) {
      broken[id] = nil
      withdrawn.insert(id)
    } else if !withdrawn.contains(id) {
      note(found, of: id)
    }
  }

  private func isOwn(_ decision: WrittenDecision, _ commit: Commit, in tree: ObjectID) throws -> Bool {
    try workspace.isWriter(of: decision, name: commit.author.name, email: commit.author.email, in: tree)
  }

  /// Documents of a tree, in the order of their files; `nil` for what nobody can read.
  private func read(
    _ files: [(path: WorkspacePath, id: ObjectID)], in tree: ObjectID
  ) throws -> [Document?] {
    let schemas = try workspace.objects.folder(named: "schemas", in: tree)
    return try files.portions(of: 512).flatMap { portion in
      try workspace.documents(Array(portion), schemas: schemas, remembering: false).map { try? $0.get() }
    }
  }
}

/// A file in its place.
private struct TreeContentPlace: Hashable {
  var path: WorkspacePath
  var id: ObjectID
}

extension DecisionHistory.Break {
  fileprivate init(_ version: ObjectID, _ commit: Commit, _ after: ObjectID, _ path: WorkspacePath) {
    self.init(version: version, author: commit.author, after: after, path: path)
  }
}
