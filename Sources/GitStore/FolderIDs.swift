import ObjectModel

/// The ids that folders of the index have as trees, for those where the index says the same as a tree: git's extension
/// `TREE`, with which a folder that did not change need not be compared file by file.
///
/// Source: gitformat-index(5), “Cache tree”.
struct FolderIDs: Hashable, Sendable {
  /// The last part of the path; empty at the top.
  var name: [UInt8]
  /// How many entries of the index lie in it, at any depth, and the tree that holds just them; `nil` where that is not
  /// known.
  var known: Known?
  /// In no order that counts.
  var folders: [FolderIDs]

  struct Known: Hashable, Sendable {
    var entries: Int
    var tree: ObjectID
  }

  init(name: [UInt8], known: Known?, folders: [FolderIDs] = []) {
    (self.name, self.known, self.folders) = (name, known, folders)
  }

  /// Forgets the folders a path lies in.
  mutating func forget(_ path: some Collection<UInt8>) {
    known = nil
    guard let slash = path.firstIndex(of: UInt8(ascii: "/")),
      let place = folders.firstIndex(where: { $0.name.elementsEqual(path[..<slash]) })
    else { return }
    folders[place].forget(path[path.index(after: slash)...])
  }

  subscript(_ name: [UInt8]) -> FolderIDs? { folders.first { $0.name == name } }
}

extension FolderIDs {
  static let signature = Array("TREE".utf8)
  /// As deep as anybody's folders are; git has no limit.
  private static let greatestDepth = 256

  /// Reads the content of the extension; `nil` for anything that is none. It saves work and is never needed.
  init?(decoding bytes: [UInt8]) {
    var rest = bytes[...]
    guard let folder = Self.read(&rest, depth: 0), rest.isEmpty, folder.name.isEmpty else { return nil }
    self = folder
  }

  private static func read(_ rest: inout ArraySlice<UInt8>, depth: Int) -> FolderIDs? {
    guard depth < greatestDepth, let name = take(&rest, until: 0),
      let entries = take(&rest, until: UInt8(ascii: " ")).flatMap(number),
      let count = take(&rest, until: UInt8(ascii: "\n")).flatMap(number), count >= 0
    else { return nil }
    var folder = FolderIDs(name: Array(name), known: nil)
    if entries >= 0 {
      guard rest.count >= 20 else { return nil }
      folder.known = Known(entries: entries, tree: ObjectID(bytes: rest.prefix(20)))
      rest = rest.dropFirst(20)
    }
    for _ in 0..<count {
      guard let inner = read(&rest, depth: depth + 1) else { return nil }
      folder.folders.append(inner)
    }
    return folder
  }

  private static func take(_ rest: inout ArraySlice<UInt8>, until end: UInt8) -> ArraySlice<UInt8>? {
    guard let place = rest.firstIndex(of: end) else { return nil }
    defer { rest = rest[(place + 1)...] }
    return rest[..<place]
  }

  private static func number(_ digits: some Collection<UInt8>) -> Int? {
    Int(String(decoding: digits, as: UTF8.self))
  }

  var encoded: [UInt8] {
    var bytes = name + [0]
    bytes += Array("\(known?.entries ?? -1) \(folders.count)\n".utf8)
    if let known { bytes += known.tree.bytes }
    // As git writes them; it finds them by halves.
    for folder in folders.sorted(by: Self.precedes) { bytes += folder.encoded }
    return bytes
  }

  /// Shorter names first. Source: git, `cache-tree.c`, `subtree_name_cmp`.
  private static func precedes(_ left: FolderIDs, _ right: FolderIDs) -> Bool {
    left.name.count != right.name.count
      ? left.name.count < right.name.count : left.name.lexicographicallyPrecedes(right.name)
  }
}
