import ObjectModel
import TestSupport

/// What a tree is, said the plain way: a dictionary of paths. Slow and hard to get wrong.
struct TreeModel: Equatable {
  var files: [WorkspacePath: TreeFile] = [:]

  mutating func apply(_ edits: [(WorkspacePath, TreeFile?)]) {
    for (path, file) in edits where file == nil { files[path] = nil }
    for case (let path, let file?) in edits {
      for other in files.keys where other.isInside(path) || path.isInside(other) { files[other] = nil }
      files[path] = file
    }
  }

  var sorted: [(path: WorkspacePath, file: TreeFile)] {
    files.map { ($0.key, $0.value) }.sorted { $0.path < $1.path }
  }

  func difference(to new: TreeModel) -> [PathChange] {
    Set(files.keys).union(new.files.keys).sorted().compactMap { path in
      let change = PathChange(path: path, old: files[path], new: new.files[path])
      return change.old == change.new ? nil : change
    }
  }
}

/// Few names, some of them beginnings of others, so that files and folders meet and sort next to each other.
struct TreeScript {
  var random: SeededRandom
  static let names = ["a", "a-", "a.b", "a0", "b", "é"]

  mutating func path() throws -> WorkspacePath {
    let depth = 1 + Int(random.next() % 3)
    return try WorkspacePath((0..<depth).map { _ in random.pick(Self.names) }.joined(separator: "/"))
  }

  /// Edits of which no two set a file and another one inside it.
  mutating func edits(count: Int, blobs: [ObjectID]) throws -> [(WorkspacePath, TreeFile?)] {
    var edits: [(WorkspacePath, TreeFile?)] = []
    for _ in 0..<count {
      let path = try path()
      if edits.contains(where: { $0.0 == path || $0.0.isInside(path) || path.isInside($0.0) }) { continue }
      let mode: FileMode = random.chance(1, in: 4) ? .executable : .file
      edits.append((path, random.chance(2, in: 5) ? nil : TreeFile(mode: mode, id: random.pick(blobs))))
    }
    return edits
  }
}
