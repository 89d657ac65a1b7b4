import JSONTree
import ObjectModel
import Testing
import ThreeWayMerge

/// A document that one side left so that nobody can read it is contested as a whole, by the names of its bytes.
@Suite struct WholeFileConflictTests {
  static let orders: [[String]] = {
    func orders(_ words: [String]) -> [[String]] {
      if words.count < 2 { return [words] }
      return words.indices.flatMap { place in
        var rest = words
        let first = rest.remove(at: place)
        return orders(rest).map { [first] + $0 }
      }
    }
    return orders(["first", "second", "third", "broken"])
  }()

  /// Three edits that agree, and a file cut off in the middle: whichever comes when, nothing of any is lost. Where the file
  /// that is shown can be read, merging it by what it says would forget the others.
  @Test(arguments: orders) func keepsEveryVersionInEveryOrder(_ order: [String]) throws {
    let store = InMemoryObjectStore()
    let path = try WorkspacePath("posts/p.json")
    func tree(_ bytes: [UInt8]) throws -> ObjectID {
      try store.tree(applying: [(path, TreeFile(id: store.write(blob: bytes)))], to: nil)
    }
    func version(_ word: String) throws -> ObjectID {
      if word == "broken" { return try tree(Array("{\"title\": \"broken\", ".utf8)) }
      let value: JSONValue = ["id": "p", "first": "", "second": "", "third": ""]
      var object = value.object ?? JSONObject()
      object[JSONString(word)] = JSONValue(word)
      return try tree(JSONValue.object(object).canonicalForm)
    }
    let base = try tree((["id": "p", "first": "", "second": "", "third": ""] as JSONValue).canonicalForm)
    var state = try version(order[0])
    for word in order.dropFirst() {
      state = try mergeTrees(Versions(base: base, ours: state, theirs: version(word)), in: store) {
        _ throws(ObjectStoreError) in .byShape
      }.tree
    }

    let shown = try #require(try store.file(at: path, in: state))
    let record = try #require(try store.file(at: path.conflictRecord, in: state))
    let conflicts = try #require(ConflictRecord(JSONValue(parsing: store.blob(record.id)))).conflicts
    let candidates = try #require(conflicts[.root]).values.compactMap { ObjectID(hex: $0.text ?? "") }
    let held = try ([shown.id] + candidates).map { String(decoding: try store.blob($0), as: UTF8.self) }
    for word in order {
      #expect(held.contains { $0.contains(": \"\(word)\"") }, "\(word) is lost")
    }
  }

  /// What stands in the file is read as what it says again once the files that were contested are no longer offered, also
  /// where it is still open whether it shall exist.
  @Test(arguments: [
    (false, nil), (true, Conflict(kind: .deleteEdit, base: nil, candidates: [.deleted, .kept])),
  ])
  func whoWritesSomethingElseWritesADocument(_ offersDeletion: Bool, _ left: Conflict?) throws {
    let path = try WorkspacePath("posts/p.json")
    let names = ["un", "deux"].map { Candidate.value(JSONValue(ObjectID(blob: Array($0.utf8)).hex)) }
    let recorded = OpenConflicts(
      here: Conflict(kind: .value, base: nil, candidates: names + (offersDeletion ? [.deleted] : [])))
    #expect(recorded.isOfWholeFiles)
    let document: JSONValue = ["id": "p", "title": "Autre chose"]
    let id = ObjectID(blob: document.canonicalForm)
    let content = FileContent(document.canonicalForm, of: id, at: path)

    let state = DocumentState(content, of: id, recorded: recorded, rule: .byShape)

    #expect(state.value == document && state.conflicts.here == left)
  }
}
