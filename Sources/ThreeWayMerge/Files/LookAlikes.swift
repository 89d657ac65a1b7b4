public import ObjectModel

/// A tree in which no two names are the same on computers that ignore case, or the form of accents.
///
/// - Parameters:
///   - base: The version the tree was made from; its names stay.
///   - added: The paths that are new, as far as they are in the tree.
///   - store: Where the tree is, and where the new one is written.
public func treeWithoutLookAlikes(
  _ tree: ObjectID, base: ObjectID?, added: Set<WorkspacePath>, in store: some ObjectStore
) throws(ObjectStoreError) -> ObjectID {
  var lookAlikes = LookAlikes(store: store, base: base, added: added)
  return try lookAlikes.separated(tree)
}

/// Finds names of a merged tree that some computers take for one, such as `Été` and `été`, and gives each file a name
/// of its own: nobody's computer could hold both, and nobody did anything wrong.
///
/// Folders that look alike become one. Of two files the one that was there before the merge keeps its name, else the
/// one whose name sorts first; the other's name gets a mark that depends on its bytes only. A document's open conflicts
/// go with it. Only names that the two sides added are looked at.
struct LookAlikes {
  let store: any ObjectStore
  /// The version both sides come from.
  let base: ObjectID?
  /// What either side added, as far as it is in the merged tree.
  var added: Set<WorkspacePath>
  /// The files that got another name: the new names.
  private(set) var renamed: [WorkspacePath] = []

  init(store: any ObjectStore, base: ObjectID?, added: Set<WorkspacePath>) {
    (self.store, self.base, self.added) = (store, base, added)
  }

  /// The tree without names that look alike.
  mutating func separated(_ tree: ObjectID) throws(ObjectStoreError) -> ObjectID {
    if added.isEmpty { return tree }
    var tree = tree
    // Folders that became one can hold names that look alike; each round settles one level.
    for _ in 0..<WorkspacePath.greatestDepth {
      var moves: [(from: WorkspacePath, to: WorkspacePath)] = []
      try find(
        in: tree, base: base, below: nil, among: Set(added.filter { $0.documentOfRecord == nil }), &moves)
      if moves.isEmpty { return tree }
      tree = try carryOut(moves, in: tree)
    }
    return tree
  }

  private func find(
    in tree: ObjectID, base: ObjectID?, below folder: WorkspacePath?, among added: Set<WorkspacePath>,
    _ moves: inout [(from: WorkspacePath, to: WorkspacePath)]
  ) throws(ObjectStoreError) {
    let depth = folder?.components.count ?? 0
    let entries = try store.tree(tree).entries
    let baseTree = try base.map { id throws(ObjectStoreError) in try store.tree(id) }
    var holders: [LookAlikeName: [TreeEntry]] = [:]
    var named: [[UInt8]: TreeEntry] = [:]
    for entry in entries {
      holders[LookAlikeName(entry.name), default: []].append(entry)
      named[entry.name] = entry
    }

    // The names of this folder under which something was added.
    let names = Dictionary(grouping: added) { Array($0.components[depth].utf8) }
    for (bytes, below) in names.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      guard let entry = named[bytes] else { continue }
      let name = String(decoding: bytes, as: UTF8.self)
      let path =
        try? folder.map { folder throws(PathRefusal) in try folder.appending(name) } ?? WorkspacePath(name)
      guard let path else { continue }
      let alike = holders[LookAlikeName(entry.name)] ?? []
      let old = alike.filter { baseTree?[$0.name] != nil }
      let keeper = (old.isEmpty ? alike : old).min { $0.name.lexicographicallyPrecedes($1.name) }
      if let keeper, keeper.name != entry.name, baseTree?[entry.name] == nil {
        let kept = String(decoding: keeper.name, as: UTF8.self)
        if keeper.mode == .directory, entry.mode == .directory {
          for (inner, _) in try store.files(in: entry.id) {
            let target = [folder?.text, kept, inner.text].compactMap { $0 }.joined(separator: "/")
            if let from = try? path.appending(inner.text), let to = try? WorkspacePath(target) {
              moves.append((from, to))
            }
          }
        } else if entry.mode == .directory {
          for (inner, _) in try store.files(in: entry.id) {
            if let from = try? path.appending(inner.text), let to = path.marked(entry.id, followedBy: inner) {
              moves.append((from, to))
            }
          }
        } else if let to = path.marked(entry.id) {
          moves.append((path, to))
        }
      } else if entry.mode == .directory {
        try find(
          in: entry.id, base: baseTree?[entry.name].flatMap { $0.mode == .directory ? $0.id : nil },
          below: path,
          among: Set(below.filter { $0.components.count > depth + 1 }), &moves)
      }
    }
  }

  private mutating func carryOut(
    _ moves: [(from: WorkspacePath, to: WorkspacePath)], in tree: ObjectID
  ) throws(ObjectStoreError) -> ObjectID {
    var edits: [WorkspacePath: TreeFile?] = [:]
    for (from, wanted) in moves {
      guard let file = try store.file(at: from, in: tree) else { continue }
      var to = wanted
      let isTaken = try store.file(at: to, in: tree) != nil || (edits[to] ?? nil) != nil
      if isTaken, let marked = to.marked(file.id) { to = marked }
      edits.updateValue(nil, forKey: from)
      edits.updateValue(file, forKey: to)
      if let record = try? from.conflictRecord, let target = try? to.conflictRecord,
        let open = try store.file(at: record, in: tree)
      {
        edits.updateValue(nil, forKey: record)
        edits.updateValue(open, forKey: target)
      }
      added.remove(from)
      added.insert(to)
      renamed.append(to)
    }
    return try store.tree(applying: edits.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, to: tree)
  }
}

extension WorkspacePath {
  /// The same place with a mark in its name that depends on the content only: `posts/été-1f2e3d4c.json`.
  ///
  /// - Parameter rest: Below it, where it is a folder.
  fileprivate func marked(_ content: ObjectID, followedBy rest: WorkspacePath? = nil) -> WorkspacePath? {
    let mark = "-" + content.hex.prefix(8)
    let ending = rest == nil ? self.ending : ""
    let stem = String(decoding: text.utf8.dropLast(ending.utf8.count), as: UTF8.self)
    return try? WorkspacePath(stem + mark + ending + (rest.map { "/" + $0.text } ?? ""))
  }

  /// What programs know a file by: `.json`, `.png`; nothing where the name ends with no such thing.
  private var ending: String {
    let name = name.utf8
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex else { return "" }
    let letters = name[dot...].dropFirst()
    let isPlain = letters.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }
    return (1...8).contains(letters.count) && isPlain ? String(decoding: name[dot...], as: UTF8.self) : ""
  }
}
