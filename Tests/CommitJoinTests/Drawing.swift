import CommitJoin
import JSONTree
import ObjectModel
import TestSupport
import ThreeWayMerge

/// A history drawn by hand: named commits with the value they hold.
struct Drawing {
  let store = WatchedStore()
  var ids: [String: ObjectID] = [:]

  mutating func commit(_ name: String, after parents: [String], v: String?) throws {
    let edits: [(WorkspacePath, TreeFile?)] =
      try v.map { value in
        let bytes = JSONValue.object(["v": JSONValue(value)]).canonicalForm
        return [(try WorkspacePath("a.json"), TreeFile(id: try store.write(blob: bytes)))]
      } ?? []
    let author = Signature(name: name, email: "p@exemple.example", time: 1_790_000_000, offsetMinutes: 0)
    ids[name] = try store.write(
      Commit(
        tree: store.tree(applying: edits, to: nil), parents: parents.compactMap { ids[$0] }, author: author,
        committer: author, message: "\(name)\n"))
  }

  func join(_ names: String...) throws -> JoinOutcome { try join(names) }

  func join(
    _ names: [String], remembering memory: JoinMemory = JoinMemory()
  ) throws -> JoinOutcome {
    let heads = names.compactMap { ids[$0] }
    var graph = CommitGraph()
    for head in heads { try graph.add(head, from: store) }
    var join = try Join(heads: heads, of: graph, in: store, memory: memory) { _ throws(ObjectStoreError) in
      .byShape
    }
    return try join.join(heads, anchor: nil)
  }

  mutating func join(as name: String, _ names: String...) throws { try join(as: name, names) }

  mutating func join(as name: String, _ names: [String]) throws { ids[name] = try join(names).commit }

  /// The candidates for `v`: one when it is settled.
  func values(of outcome: JoinOutcome) throws -> [String] {
    guard let file = try store.file(at: WorkspacePath("a.json"), in: outcome.tree) else { return [] }
    let value = try JSONValue(parsing: store.blob(file.id))
    let record = try store.file(at: WorkspacePath("conflicts/a.json"), in: outcome.tree)
    guard let record, let open = ConflictRecord(try JSONValue(parsing: store.blob(record.id))) else {
      return [value["v"]?.text].compactMap { $0 }
    }
    return open.conflicts["/v"]?.values.compactMap(\.text) ?? []
  }
}
