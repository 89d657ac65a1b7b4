import CommitJoin
import EditorialHistory
import JSONTree
import ObjectModel
import Testing
import ThreeWayMerge
import Wording

/// A workspace in memory whose history is written commit by commit.
///
/// Commits are made on top of any others, one after the other in time unless a clock says otherwise; those that
/// join are made by the real join.
struct Newsroom {
  let store = CountingStore()
  private(set) var joints: Set<ObjectID> = []
  private var graph = CommitGraph()
  private var clock: Int64 = 1_793_700_000  // 3 November 2026, 05:00 in Montréal.

  static let rules = MergeRules { document in
    switch document["kind"]?.text {
    case "post":
      .object(
        members: [
          "body": .text, "labels": .set, "steps": .sequence(element: .byShape),
          "thread": .list(key: "id", element: .object(members: ["body": .text], others: .byShape)),
        ], others: .byShape)
    default: .byShape
    }
  }

  /// Makes a commit.
  ///
  /// - Parameters:
  ///   - edits: Paths and what they hold now: JSON is written in canonical form if it can be read; `nil` deletes.
  ///   - parents: Several for a merge that a person made; its tree is their join with the edits.
  ///   - date: RFC 3339; an hour after the commit before, if `nil`.
  mutating func commit(
    _ edits: [String: String?], after parents: ObjectID..., by name: String = "Ana", at date: String? = nil,
    message: String = "travail\n"
  ) throws -> ObjectID {
    var changes: [(WorkspacePath, TreeFile?)] = []
    for (path, text) in edits {
      let bytes = text.map { text in
        (path.hasSuffix(".json") ? try? JSONValue(parsing: Array(text.utf8)).canonicalForm : nil)
          ?? Array(text.utf8)
      }
      changes.append((try WorkspacePath(path), try bytes.map { TreeFile(id: try store.write(blob: $0)) }))
    }
    let tree = try store.tree(applying: changes, to: tree(before: parents))
    clock += 3600
    let moment = try date.map { try #require(Instant.parse(rfc3339: $0)) }
    let signature = Signature(
      name: name, email: "\(name.lowercased())@exemple.example",
      time: moment.map { Int64($0.instant.secondsSince1970) } ?? clock,
      offsetMinutes: moment.map { $0.offset.seconds / 60 } ?? -300)
    let id = try store.write(
      Commit(tree: tree, parents: parents, author: signature, committer: signature, message: message))
    try graph.add(id, from: store)
    return id
  }

  /// Joins heads as a sync does.
  mutating func join(_ heads: ObjectID...) throws -> ObjectID {
    var join = try Join(heads: heads, of: graph, in: store) { _ throws(ObjectStoreError) in Self.rules }
    let joined = try join.join(heads, anchor: nil).commit
    if !heads.contains(joined) { joints.insert(joined) }
    try graph.add(joined, from: store)
    return joined
  }

  /// The tree that some commits give.
  func tree(before parents: [ObjectID]) throws(ObjectStoreError) -> ObjectID? {
    guard let first = parents.first else { return nil }
    if parents.count == 1 { return try store.commit(first).tree }
    var join = try Join(heads: parents, of: graph, in: store) { _ throws(ObjectStoreError) in Self.rules }
    return try join.tree(joining: parents)
  }

  func history(
    from head: ObjectID?, remembering memory: (any HistoryMemory)? = nil
  ) throws -> History {
    try History(
      head: head, in: store, remembering: memory,
      isJoint: { id, _ throws(ObjectStoreError) in joints.contains(id) },
      before: { commit throws(ObjectStoreError) in try tree(before: commit.parents) },
      rules: { _ throws(ObjectStoreError) in Self.rules })
  }

  func tree(of commit: ObjectID) throws -> ObjectID { try store.commit(commit).tree }

  func changes(from old: ObjectID?, to new: ObjectID?) throws -> [DocumentChange] {
    try documentChanges(from: old.map(tree(of:)), to: new.map(tree(of:)), in: store) {
      _ throws(ObjectStoreError) in
      Self.rules
    }
  }

  func document(_ path: String, at commit: ObjectID) throws -> JSONValue? {
    guard let file = try store.file(at: WorkspacePath(path), in: tree(of: commit)) else { return nil }
    return try JSONValue(parsing: store.blob(file.id))
  }

  /// The conflicts that are open in a document.
  func openConflicts(_ path: String, at commit: ObjectID) throws -> OpenConflicts {
    guard let value = try document("conflicts/" + path, at: commit), let record = ConflictRecord(value) else {
      return .none
    }
    let document = try document(path, at: commit)
    return DocumentState(
      document: document, recorded: record.conflicts, rule: document.map(Self.rules.rule(for:)) ?? .byShape
    ).conflicts
  }
}

/// A store in memory that counts what is read.
final class CountingStore: ObjectStore {
  private let store = InMemoryObjectStore()
  private(set) var blobsRead: [ObjectID] = []

  private(set) var countOfReads = 0

  func forgetCounts() { (blobsRead, countOfReads) = ([], 0) }

  func object(_ id: ObjectID) throws(ObjectStoreError) -> RawObject {
    let object = try store.object(id)
    countOfReads += 1
    if object.kind == .blob { blobsRead.append(id) }
    return object
  }

  func contains(_ id: ObjectID) -> Bool { store.contains(id) }
  func header(of id: ObjectID) -> ObjectHeader? { store.header(of: id) }
  func write(_ object: RawObject) -> ObjectID { store.write(object) }
  func reference(_ name: String) throws(ObjectStoreError) -> ObjectID? { try store.reference(name) }

  func references(withPrefix prefix: String) throws(ObjectStoreError) -> [Reference] {
    try store.references(withPrefix: prefix)
  }

  func moveReference(
    _ name: String, from expected: ObjectID?, to new: ObjectID?, reason: String
  ) throws(ObjectStoreError) {
    try store.moveReference(name, from: expected, to: new, reason: reason)
  }
}

/// A post in few words.
func post(_ id: String, _ members: String = "") -> String {
  #"{"id":"\#(id)","kind":"post","title":"Titre \#(id)"\#(members.isEmpty ? "" : "," + members)}"#
}

/// A change of a document on one line.
func line(_ change: DocumentChange) -> String {
  var line = "\(change.change.rawValue) \(change.path)"
  if let former = change.formerPath { line += " (\(former))" }
  if change.form != .document { line += " [\(change.form.rawValue)]" }
  line += change.fields.map { " \($0.change.rawValue):\($0.pointer == .root ? "/" : $0.pointer.description)" }
    .joined()
  if let conflicts = change.conflicts {
    line += conflicts.opened.map { " opened:\($0)" }.joined()
    line += conflicts.settled.map { " settled:\($0)" }.joined()
    line += conflicts.changed.map { " still-open:\($0)" }.joined()
  }
  return line
}
