public import JSONTree
public import ObjectModel
import ThreeWayMerge

/// A document that earlier versions held and the newest one does not.
public struct LostDocument: Hashable, Sendable {
  /// Where it was last.
  public var path: WorkspacePath
  /// The id inside it; `nil` where it had none.
  public var id: JSONString?

  public init(path: WorkspacePath, id: JSONString? = nil) {
    self.path = path
    self.id = id
  }
}

extension History {
  /// Everything that was deleted and did not come back, sorted by path; a document once, where it was last.
  ///
  /// Compares every commit with those it was made from, so it is for a name that nothing of today answers to. A
  /// document that moved is not lost, and one that came back elsewhere is: its id says where it is now.
  public func lostDocuments() throws(ObjectStoreError) -> [LostDocument] {
    guard let head = commits.first else { return [] }
    var seen = Set(try store.files(in: head.tree).map(\.path))
    var lost: [LostDocument] = []
    var ids: Set<JSONString> = []
    for node in commits {
      for parent in node.parents {
        let changes = try store.difference(from: commits[parent].tree, to: node.tree)
        let arrivals = changes.filter { $0.old == nil }
        for change in changes
        where change.new == nil && isDocument(change.path) && !seen.contains(change.path) {
          guard let id = try id(of: change.old, at: change.path) else {
            seen.insert(change.path)
            lost.append(LostDocument(path: change.path))
            continue
          }
          var hasMoved = false
          for arrival in arrivals where isDocument(arrival.path) && !hasMoved {
            hasMoved = try self.id(of: arrival.new, at: arrival.path) == id
          }
          if hasMoved { continue }
          seen.insert(change.path)
          // Somebody moved it while somebody else deleted it where it was.
          if ids.insert(id).inserted { lost.append(LostDocument(path: change.path, id: id)) }
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
