import ObjectModel

/// Finds a few files in very many trees, and opens a folder that did not change from one tree to the next only
/// once.
struct FileLookup {
  private let store: any ObjectStore
  private var tables: [WorkspacePath: Table] = [:]

  init(_ store: any ObjectStore) { self.store = store }

  /// The file at a path; `nil` where there is none, also if there is a folder.
  mutating func file(at path: WorkspacePath, in tree: ObjectID) throws(ObjectStoreError) -> TreeFile? {
    try tables[path, default: Table(path)].file(in: tree, of: store)
  }

  /// What is known of one path.
  private struct Table {
    private let names: [String]
    /// For each level of folders, what the folder of this id holds at the rest of the path.
    private var known: [[ObjectID: TreeFile?]]

    init(_ path: WorkspacePath) {
      names = path.components
      known = Array(repeating: [:], count: names.count)
    }

    mutating func file(in tree: ObjectID, of store: any ObjectStore) throws(ObjectStoreError) -> TreeFile? {
      var opened = [tree]
      var found: TreeFile?
      for (level, name) in names.enumerated() {
        let folder = opened[level]
        if let file = known[level][folder] {
          found = file
          opened.removeLast()
          break
        }
        guard let entry = try store.entry(named: name, in: folder) else { break }
        if level == names.count - 1, entry.mode.isFile {
          found = TreeFile(mode: entry.mode, id: entry.id)
        } else if level < names.count - 1, entry.mode == .directory {
          opened.append(entry.id)
          continue
        }
        break
      }
      for (level, folder) in opened.enumerated() { known[level].updateValue(found, forKey: folder) }
      return found
    }
  }
}
