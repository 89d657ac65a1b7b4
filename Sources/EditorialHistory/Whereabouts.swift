import JSONTree
import ObjectModel
import ThreeWayMerge

/// Where one document is in each commit of a history.
///
/// From the head down, each commit tells where the document is in those it was made from: at the same path or,
/// found by its id, at the one it left. That is enough until a commit does not hold the document: it may not have
/// been made yet, or somebody deleted it and it came back, or deleted it while others moved it. Then the rest of the history is
/// looked through once: down, for where it stood at a path that is known, and then from the oldest commit up, and the document
/// is followed from where it was made.
struct Whereabouts {
  private let store: any ObjectStore
  let order: DocumentOrder
  private let start: WorkspacePath
  var lookup: FileLookup
  /// The id inside the document; `nil` where it has none and is known by its path, or before it was seen.
  private var id: JSONString?
  private var ids: [ObjectID: JSONString?] = [:]
  /// By index of the commit in the order.
  private var places: [Place]

  private enum Place: Equatable {
    case unknown
    case at(WorkspacePath)
    /// It does not exist; `last` is where it was before.
    case nowhere(last: WorkspacePath?)

    var path: WorkspacePath? { if case .at(let path) = self { path } else { nil } }
  }

  /// - Parameter document: Where the document is at the head, or was last.
  init(of document: WorkspacePath, in history: History) {
    store = history.store
    order = DocumentOrder(of: document, in: history.commits, remembering: history.memory)
    start = document
    lookup = FileLookup(history.store)
    places = Array(repeating: .unknown, count: order.count)
  }

  /// The path of the document in a commit; `nil` where it does not exist.
  ///
  /// Asked for a commit after all that were made from it, or the whole history is looked through.
  mutating func path(in index: Int) throws(ObjectStoreError) -> WorkspacePath? {
    if index == 0, places[0] == .unknown { try begin() }
    if places[index] == .unknown { try lookEverywhere() }
    if let path = places[index].path { try tellParents(of: index, path) }
    return places[index].path
  }

  /// The path of the document in the tree a commit was made from, which may be the tree of no commit.
  mutating func path(before index: Int, in tree: ObjectID) throws(ObjectStoreError) -> WorkspacePath? {
    let parents = order.parents(of: index)
    for path in [places[index].path].compactMap({ $0 }) + parents.compactMap({ places[$0].path }).sorted()
    where try isHere(at: path, in: tree) {
      return path
    }
    return nil
  }

  /// The path of the document in the tree that some commits give.
  mutating func path(in tree: ObjectID, joining heads: [Int]) throws(ObjectStoreError) -> WorkspacePath? {
    var paths: [WorkspacePath] = []
    for head in heads {
      if let path = try path(in: head) { paths.append(path) }
    }
    for path in paths.sorted() where try isHere(at: path, in: tree) { return path }
    return nil
  }

  // MARK: - From the head down

  private mutating func begin() throws(ObjectStoreError) {
    guard let file = try lookup.file(at: start, in: order.tree(of: 0)) else { return }
    id = try documentID(file, at: start)
    places[0] = .at(start)
  }

  private mutating func tellParents(of index: Int, _ path: WorkspacePath) throws(ObjectStoreError) {
    let isInherited = order.isInherited(index)
    for (number, parent) in order.parents(of: index).enumerated() where places[parent] == .unknown {
      var isThere = isInherited
      if !isThere { isThere = try isHere(at: path, in: order.tree(of: parent)) }
      if isThere {
        places[parent] = .at(path)
      } else if let former = try pathOnly(in: order.treesBefore(index)[number], notIn: order.tree(of: index))
      {
        places[parent] = .at(former)
      }
    }
  }

  // MARK: - Everywhere

  private mutating func lookEverywhere() throws(ObjectStoreError) {
    // Where a commit has what its parents have, so far nothing, they are not asked either.
    var mayHold = order.indices.map { !order.isInherited($0) }
    for index in order.indices where !order.isInherited(index) {
      for parent in order.parents(of: index) { mayHold[parent] = true }
    }
    if places[0] == .unknown, id == nil { id = try idWhenDeleted(lookingAt: mayHold) }
    var known = Set(places.compactMap(\.path)).union([start]).sorted()
    for index in places.indices {
      if places[index] == .unknown, mayHold[index] {
        let tree = order.tree(of: index)
        for path in known {
          guard try isHere(at: path, in: tree) else { continue }
          places[index] = .at(path)
          break
        }
      }
      if let path = places[index].path {
        if !known.contains(path) { known = (known + [path]).sorted() }
        try tellParents(of: index, path)
      }
    }
    for index in places.indices.reversed() where places[index] == .unknown {
      places[index] = try placeFromParents(of: index, known: known)
    }
  }

  /// What was deleted at the head: what the newest commit says that holds something at the path. Newest in the list of all,
  /// where one that is left out stands before what it has the document from.
  private mutating func idWhenDeleted(lookingAt mayHold: [Bool]) throws(ObjectStoreError) -> JSONString? {
    for index in order.indicesByPlace where mayHold[index] {
      if let file = try lookup.file(at: start, in: order.tree(of: index)) {
        return try documentID(file, at: start)
      }
    }
    return nil
  }

  private mutating func placeFromParents(
    of index: Int, known: [WorkspacePath]
  ) throws(ObjectStoreError) -> Place {
    let parents = order.parents(of: index)
    if order.isInherited(index) { return places[parents[0]] }
    let tree = order.tree(of: index)
    var last: WorkspacePath?
    for (number, parent) in parents.enumerated() {
      guard let path = places[parent].path else { continue }
      if try isHere(at: path, in: tree) { return .at(path) }
      if let arrived = try pathOnly(in: tree, notIn: order.treesBefore(index)[number]) { return .at(arrived) }
      last = path
    }
    if last != nil { return .nowhere(last: last) }
    // Not made yet, or deleted: then it may come back where it was.
    for parent in parents {
      if case .nowhere(let path?) = places[parent] { last = path }
    }
    for path in [last].compactMap({ $0 }) + known where try isHere(at: path, in: tree) { return .at(path) }
    return .nowhere(last: last)
  }

  // MARK: - Knowing it

  private mutating func isHere(at path: WorkspacePath, in tree: ObjectID) throws(ObjectStoreError) -> Bool {
    guard let file = try lookup.file(at: path, in: tree) else { return false }
    guard let id, let found = try documentID(file, at: path) else { return true }
    return found == id
  }

  /// The path where one tree holds the document and another does not.
  private mutating func pathOnly(
    in one: ObjectID, notIn other: ObjectID
  ) throws(ObjectStoreError) -> WorkspacePath? {
    guard id != nil else { return nil }
    for change in try store.difference(from: other, to: one) {
      if try isIt(change.new, at: change.path), try !isIt(change.old, at: change.path) { return change.path }
    }
    return nil
  }

  private mutating func isIt(_ file: TreeFile?, at path: WorkspacePath) throws(ObjectStoreError) -> Bool {
    guard let file, path.isJSON, path.documentOfRecord == nil else { return false }
    return try documentID(file, at: path) == id
  }

  private mutating func documentID(
    _ file: TreeFile, at path: WorkspacePath
  ) throws(ObjectStoreError) -> JSONString? {
    guard path.isJSON else { return nil }
    if let known = ids[file.id] { return known }
    let id = FileContent(try store.blob(file.id), of: file.id, at: path)["id"]
    ids.updateValue(id, forKey: file.id)
    return id
  }
}
