import JSONTree
import ObjectModel
import Testing
import ThreeWayMerge

/// Many files are merged some at a time, on all processors.
@Suite struct ManyFilesTests {
  private static func document(_ number: Int, _ deepest: JSONValue) -> [UInt8] {
    var value = deepest
    // Deep enough to need some room on each thread.
    for _ in 0..<20 { value = [value] }
    return JSONValue.object(["id": JSONValue("d\(number)"), "deep": value]).canonicalForm
  }

  /// More than one portion, as deep as they may be, and each with something to settle or not by its number: what comes out
  /// is in the order of the paths, and the same from either side.
  @Test func eachIsMergedByItselfInItsOrder() throws {
    let store = InMemoryObjectStore()
    func tree(_ deepest: (Int) -> JSONValue) throws -> ObjectID {
      try store.tree(
        applying: (0..<300).map {
          try (WorkspacePath("d/\($0).json"), TreeFile(id: store.write(blob: Self.document($0, deepest($0)))))
        }, to: nil)
    }
    let base = try tree { _ in 0 }
    let ours = try tree { .number(JSONNumber($0)) }
    let theirs = try tree { $0.isMultiple(of: 3) ? "theirs" : .number(JSONNumber($0)) }
    func merged(_ ours: ObjectID, _ theirs: ObjectID) throws -> TreeMergeOutcome {
      try mergeTrees(Versions(base: base, ours: ours, theirs: theirs), in: store) {
        _ throws(ObjectStoreError) in .byShape
      }
    }
    let outcome = try merged(ours, theirs)
    #expect(try merged(theirs, ours).tree == outcome.tree)
    let records = try store.files(in: outcome.tree, under: WorkspacePath("conflicts")).map(\.path.text)
    // What both changed alike is no conflict, and `0` is what the first said before.
    let contested = (1..<300).filter { $0.isMultiple(of: 3) }.map { "conflicts/d/\($0).json" }
    #expect(records == contested.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect(outcome.notices.map(\.path) == outcome.notices.map(\.path).sorted())
  }
}
