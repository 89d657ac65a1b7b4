import JSONTree
import ObjectModel
import Testing
import ThreeWayMerge

/// Names that some computers take for one, each made by somebody who could not know of the other.
@Suite struct LookAlikesTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var base: [String: String] = [:]
    var ours: [String: String]
    var theirs: [String: String]
    /// Paths and contents; `*` stands for the mark of a file that had to make way.
    var merged: [String: String]
  }

  static let cases = [
    Case(
      testDescription: "two files whose names differ by a capital: the one that sorts first keeps its name",
      ours: ["Plan.json": "1"], theirs: ["plan.json": "2"], merged: ["Plan.json": "1", "plan-*.json": "2"]),
    Case(
      testDescription: "a name that was there stays",
      base: ["plan.json": "1"], ours: ["plan.json": "1", "notes.txt": "n"],
      theirs: ["plan.json": "1", "Plan.json": "2"],
      merged: ["plan.json": "1", "notes.txt": "n", "Plan-*.json": "2"]),
    Case(
      testDescription: "a folder with its accents in one and in two code points is one folder",
      ours: ["\u{E9}t\u{E9}/a.txt": "1"], theirs: ["e\u{301}te\u{301}/b.txt": "2"],
      merged: ["e\u{301}te\u{301}/a.txt": "1", "e\u{301}te\u{301}/b.txt": "2"]),
    Case(
      testDescription: "two files of one name in folders that look alike are both kept",
      ours: ["\u{E9}t\u{E9}/a.txt": "1"], theirs: ["e\u{301}te\u{301}/a.txt": "2"],
      merged: ["e\u{301}te\u{301}/a-*.txt": "1", "e\u{301}te\u{301}/a.txt": "2"]),
    Case(
      testDescription: "folders that look alike within folders that look alike",
      ours: ["A/b/x.txt": "1"], theirs: ["a/B/y.txt": "2"], merged: ["A/B/y.txt": "2", "A/B/x.txt": "1"]),
    Case(
      testDescription: "ß and ss, and the Kelvin sign",
      ours: ["stra\u{DF}e.txt": "1", "k.txt": "3"], theirs: ["strasse.txt": "2", "\u{212A}.txt": "4"],
      merged: ["strasse.txt": "2", "stra\u{DF}e-*.txt": "1", "k.txt": "3", "\u{212A}-*.txt": "4"]),
    Case(
      testDescription: "a file keeps the ending that programs know it by, and only that",
      ours: ["Photo.JPEG": "1", "Notes. Suite": "1", "v1.2-final": "1", "Lisez.moi.md": "1"],
      theirs: ["photo.jpeg": "2", "notes. suite": "2", "V1.2-final": "2", "lisez.moi.md": "2"],
      merged: [
        "Photo.JPEG": "1", "photo-*.jpeg": "2", "Notes. Suite": "1", "notes. suite-*": "2",
        "v1.2-final-*": "1",
        "V1.2-final": "2", "Lisez.moi.md": "1", "lisez.moi-*.md": "2",
      ]),
    Case(
      testDescription: "a file and a folder that look alike",
      ours: ["Plan": "1"], theirs: ["plan/a.txt": "2"], merged: ["Plan": "1", "plan-*/a.txt": "2"]),
    Case(
      testDescription: "a record that plain git left behind makes way for that of a document",
      base: ["plan.json": "1"], ours: ["plan.json": "1", "conflicts/Plan.json": titles],
      theirs: ["plan.json": "1", "conflicts/plan.json": titles],
      merged: ["plan.json": "1", "conflicts/plan.json": titles]),
    Case(
      testDescription: "so does the record of a document that one side deletes without it",
      base: ["Plan.json": "1", "conflicts/Plan.json": titles], ours: ["conflicts/Plan.json": titles],
      theirs: ["Plan.json": "1", "conflicts/Plan.json": titles, "notes.txt": "n"],
      merged: ["notes.txt": "n"]),
    Case(
      testDescription: "what belongs to a record is told by the trees, in whatever order it is looked at",
      ours: ["conflicts/a.json": titles, "conflicts/conflicts/a.json": titles], theirs: ["notes.txt": "n"],
      merged: ["notes.txt": "n", "conflicts/conflicts/a.json": titles]),
    Case(
      testDescription: "a file of somebody's own among the records stays",
      base: ["plan.json": "1"], ours: ["plan.json": "1", "conflicts/notes.json": "{}"],
      theirs: ["plan.json": "2"], merged: ["plan.json": "2", "conflicts/notes.json": "{}"]),
  ]

  /// The record of two titles.
  private static let titles = String(
    decoding: ConflictRecord(
      OpenConflicts([
        (
          JSONPointer([.key("title")]),
          Conflict(kind: .value, base: nil, candidates: [.value("un"), .value("deux")])
        )
      ])
    ).value.canonicalForm, as: UTF8.self)

  @Test(arguments: cases) func areKeptApart(_ known: Case) throws {
    let store = InMemoryObjectStore()
    func tree(_ files: [String: String]) throws -> ObjectID {
      try store.tree(
        applying: files.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { path, text in
          (try WorkspacePath(path), TreeFile(id: try store.write(blob: Array(text.utf8))))
        }, to: nil)
    }
    let (base, ours, theirs) = try (tree(known.base), tree(known.ours), tree(known.theirs))
    func merge(_ left: ObjectID, _ right: ObjectID) throws -> TreeMergeOutcome {
      try mergeTrees(Versions(base: base, ours: left, theirs: right), in: store) {
        _ throws(ObjectStoreError) in .byShape
      }
    }
    let outcome = try merge(ours, theirs)
    #expect(try merge(theirs, ours).tree == outcome.tree, "the sides are exchanged")
    #expect(try store.refusals(in: outcome.tree, notIn: nil).isEmpty)

    var left = known.merged.map { (pattern: Array($0.key.utf8), text: $0.value) }
    for (path, file) in try store.files(in: outcome.tree) {
      let text = String(decoding: try store.blob(file.id), as: UTF8.self)
      let place = left.firstIndex { $0.text == text && fits(Array(path.text.utf8), $0.pattern) }
      if let place { left.remove(at: place) } else { Issue.record("\(path) with \(text) was not expected") }
    }
    #expect(left.isEmpty)
  }

  private func fits(_ path: [UInt8], _ pattern: [UInt8]) -> Bool {
    guard let star = pattern.firstIndex(of: UInt8(ascii: "*")) else { return path == pattern }
    let (head, tail) = (pattern[..<star], pattern[(star + 1)...])
    // The mark stands before the ending of a document and at the end of any other name.
    return path.starts(with: head) && path.suffix(tail.count).elementsEqual(tail)
      && path.count >= head.count + tail.count + 8
  }
}
