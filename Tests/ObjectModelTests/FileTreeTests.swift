import ObjectModel
import TestSupport
import Testing

@Suite struct FileTreeTests {
  /// Random edits on a tree do what they do on a dictionary, and write exactly the tree of that dictionary.
  @Test(arguments: 0..<60) func agreesWithADictionary(_ seed: Int) throws {
    let store = InMemoryObjectStore()
    let blobs = ["x", "y", "z"].map { store.write(RawObject(kind: .blob, bytes: Array($0.utf8))) }
    var script = TreeScript(random: SeededRandom(seed: UInt64(seed)))
    var model = TreeModel()
    var tree = ObjectID.emptyTree
    for step in 0..<25 {
      let edits = try script.edits(count: 1 + Int(script.random.next() % 6), blobs: blobs)
      let before = (model: model, tree: tree)
      model.apply(edits)
      tree = try store.tree(applying: edits, to: tree)
      let note: Comment = "seed \(seed), step \(step): \(edits)"

      let files = try store.files(in: tree)
      try #require(files.map(\.path) == model.sorted.map(\.path), note)
      try #require(files.map(\.file) == model.sorted.map(\.file), note)
      #expect(try store.difference(from: before.tree, to: tree) == before.model.difference(to: model), note)
      #expect(try store.difference(from: nil, to: tree) == TreeModel().difference(to: model), note)
      #expect(try store.difference(from: tree, to: nil) == model.difference(to: TreeModel()), note)
      // The way it was reached does not show.
      let fromNothing = model.sorted.map { ($0.path, Optional($0.file)) }.shuffled(using: &script.random)
      #expect(try store.tree(applying: fromNothing, to: nil) == tree, note)

      let path = try script.path()
      #expect(try store.file(at: path, in: tree) == model.files[path], note)
      let inside = model.sorted.filter { $0.path == path || $0.path.isInside(path) }
      #expect(try store.files(in: tree, under: path).map(\.path) == inside.map(\.path), note)
    }
  }

  /// A difference applied to the old tree gives the new one.
  @Test(arguments: 100..<130) func aDifferenceLeadsFromOneTreeToTheOther(_ seed: Int) throws {
    let store = InMemoryObjectStore()
    let blobs = ["x", "y"].map { store.write(RawObject(kind: .blob, bytes: Array($0.utf8))) }
    var script = TreeScript(random: SeededRandom(seed: UInt64(seed)))
    let old = try store.tree(applying: script.edits(count: 12, blobs: blobs), to: nil)
    let new = try store.tree(applying: script.edits(count: 12, blobs: blobs), to: nil)
    let changes = try store.difference(from: old, to: new)
    #expect(try store.tree(applying: changes.map { ($0.path, $0.new) }, to: old) == new, "seed \(seed)")
  }

  /// Bytes are compared eight at a time, whatever the lengths of the names before them.
  @Test(arguments: 1...40) func findsAChangeAtEveryPlaceOfAFolder(_ length: Int) throws {
    let store = InMemoryObjectStore()
    let (blob, other) = (
      TreeFile(id: try store.write(blob: "x".utf8)), TreeFile(id: try store.write(blob: "y".utf8))
    )
    let paths = try (1...9).map {
      try WorkspacePath(String(repeating: "\($0)", count: ($0 * length) % 41 + 1))
    }
    let old = try store.tree(applying: paths.map { ($0, blob) }, to: nil)
    for path in paths {
      let longer = try WorkspacePath(path.text + "0")
      for edits in [[(path, other)], [(path, nil)], [(longer, blob)], [(path, nil), (longer, blob)]]
        as [[(WorkspacePath, TreeFile?)]]
      {
        let new = try store.tree(applying: edits, to: old)
        #expect(try store.difference(from: old, to: new).map(\.path) == edits.map(\.0).sorted())
        #expect(try store.difference(from: new, to: old).map(\.path) == edits.map(\.0).sorted())
        for (path, file) in edits { #expect(try store.file(at: path, in: new) == file) }
      }
    }
  }

  @Test func costsOnlyWhatDiffers() throws {
    let store = WatchedStore()
    let blob = try store.write(blob: "x".utf8)
    var edits: [(WorkspacePath, TreeFile?)] = []
    for month in 1...12 {
      for post in 1...20 {
        edits.append((try WorkspacePath("posts/2026/\(month)/\(post).json"), TreeFile(id: blob)))
      }
    }
    let old = try store.tree(applying: edits, to: nil)
    let changed = try WorkspacePath("posts/2026/7/3.json")
    store.read = 0
    store.written = []
    let other = try store.write(blob: "y".utf8)
    let new = try store.tree(applying: [(changed, TreeFile(id: other))], to: old)
    #expect(store.read == 4)  // The top, posts, 2026 and 7.
    #expect(store.written.count == 5)  // The same, and the file.
    store.read = 0
    #expect(try store.difference(from: old, to: new).map(\.path) == [changed])
    #expect(store.read == 8)
    store.written = []
    #expect(try store.tree(applying: [(changed, TreeFile(id: other))], to: new) == new)
    #expect(try store.tree(applying: [(try WorkspacePath("posts/none.json"), nil)], to: new) == new)
    #expect(store.written.isEmpty)
  }

  @Test func writesTheEmptyTree() throws {
    let store = InMemoryObjectStore()
    let path = try WorkspacePath("a/b/c")
    let blob = try store.write(blob: [])
    let tree = try store.tree(applying: [(path, TreeFile(id: blob))], to: nil)
    #expect(try store.tree(applying: [(path, nil)], to: tree) == .emptyTree)
    #expect(try store.tree(applying: [], to: nil) == .emptyTree)
    #expect(store.contains(.emptyTree))
    #expect(try store.files(in: .emptyTree).isEmpty)
  }

  @Test func refusesAFileInsideAFile() throws {
    let store = InMemoryObjectStore()
    let file = TreeFile(id: try store.write(blob: []))
    #expect(throws: ObjectStoreError.self) {
      try store.tree(applying: [(try WorkspacePath("a"), file), (try WorkspacePath("a/b"), file)], to: nil)
    }
  }

  @Test func takesTheLastOfSeveralEditsOfOnePath() throws {
    let store = InMemoryObjectStore()
    let path = try WorkspacePath("a")
    let file = TreeFile(id: try store.write(blob: []))
    #expect(try store.tree(applying: [(path, file), (path, nil)], to: nil) == .emptyTree)
    #expect(try store.tree(applying: [(path, nil), (path, file)], to: nil) != .emptyTree)
  }

  /// Links, submodules and refused names are no files, and nobody's edit takes them away.
  @Test func keepsWhatIsNoFile() throws {
    let store = InMemoryObjectStore()
    let blob = try store.write(blob: "x".utf8)
    let inner = try store.write(Tree([entry("link", .link, blob)]))
    let hidden = try store.write(Tree([entry("secret", .file, blob)]))
    let tree = try store.write(
      Tree([
        entry("..", .file, blob), entry(".git", .directory, hidden), entry("a.json", .file, blob),
        entry("folder", .directory, inner), entry("lib", .submodule, blob),
        entry("odd", .other(0o100664), blob),
      ]))
    #expect(try store.files(in: tree).map(\.path.text) == ["a.json"])
    #expect(try store.difference(from: nil, to: tree).map(\.path.text) == ["a.json"])
    #expect(try store.file(at: try WorkspacePath("lib"), in: tree) == nil)

    let edited = try store.tree(
      applying: ["a.json", "lib", "odd", "folder/link"].map { (try WorkspacePath($0), nil) }, to: tree)
    #expect(
      try store.tree(edited).entries.map { String(decoding: $0.name, as: UTF8.self) }
        == ["..", ".git", "folder", "lib", "odd"])
    #expect(try store.tree(edited)[Array("folder".utf8)]?.id == inner)

    // What is set in their place stands there.
    let file = TreeFile(id: blob)
    let replaced = try store.tree(applying: [(try WorkspacePath("lib/x"), file)], to: tree)
    #expect(try store.file(at: try WorkspacePath("lib/x"), in: replaced) == file)
  }

  private func entry(_ name: String, _ mode: FileMode, _ id: ObjectID) -> TreeEntry {
    TreeEntry(name: Array(name.utf8), mode: mode, id: id)
  }
}
