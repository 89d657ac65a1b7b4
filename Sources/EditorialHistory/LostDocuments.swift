public import JSONTree
public import ObjectModel
import ThreeWayMerge

/// A document that earlier versions held and the newest one does not.
public struct LostDocument: Hashable, Sendable {
  /// Where it was last.
  public var path: WorkspacePath
  /// The id inside it; `nil` where it had none.
  public var id: JSONString?
  /// What the version held that had it there last.
  public var tree: ObjectID
  /// Where the version that deleted it stands in the list, the newest first.
  public var place: Int
}

extension History {
  /// Everything that was deleted and did not come back, sorted by path.
  ///
  /// Compares every commit with those it was made from, so it is for a name that nothing of today answers to. A
  /// document that moved is not lost, and one that came back elsewhere is: its id says where it is now.
  public func lostDocuments() throws(ObjectStoreError) -> [LostDocument] {
    guard let head = commits.first else { return [] }
    var seen = Set(try store.files(in: head.tree).map(\.path))
    var lost: [LostDocument] = []
    for (place, node) in commits.enumerated() {
      for parent in node.parents {
        let changes = try store.difference(from: commits[parent].tree, to: node.tree)
        let arrivals = changes.filter { $0.old == nil }
        for change in changes
        where change.new == nil && isDocument(change.path) && !seen.contains(change.path) {
          guard let id = try id(of: change.old, at: change.path) else {
            seen.insert(change.path)
            lost.append(LostDocument(path: change.path, tree: commits[parent].tree, place: place))
            continue
          }
          var hasMoved = false
          for arrival in arrivals where isDocument(arrival.path) && !hasMoved {
            hasMoved = try self.id(of: arrival.new, at: arrival.path) == id
          }
          if hasMoved { continue }
          seen.insert(change.path)
          lost.append(LostDocument(path: change.path, id: id, tree: commits[parent].tree, place: place))
        }
      }
    }
    return lost.sorted { $0.path < $1.path }
  }

  private func isDocument(_ path: WorkspacePath) -> Bool { path.isJSON && path.documentOfRecord == nil }

  private func id(of file: TreeFile?, at path: WorkspacePath) throws(ObjectStoreError) -> JSONString? {
    guard let file else { return nil }
    return FileContent(try store.blob(file.id), of: file.id, at: path)["id"]
  }
}
