public import JSONTree
public import ObjectModel
import ThreeWayMerge

/// The texts that one version wrote into one document.
public struct Writing: Hashable, Sendable {
  public var commit: ObjectID
  /// Who wrote them; `nil` for texts that only a join has, whose words are by several people.
  public var origin: Origin?
  public var path: WorkspacePath
  /// What the document says of itself.
  public var id: JSONString?
  public var title: JSONString?
  /// Those that no version before has at their place.
  public var texts: [WrittenText]
}

extension History {
  /// Every text that was ever written, version by version, the oldest first; deleted ones are among them.
  ///
  /// Compares every commit with those it was made from and reads what differs, so it costs the whole history.
  ///
  /// - Parameter visit: Called for each document of a version into which something was written.
  public func writings(_ visit: (Writing) -> Void) throws(ObjectStoreError) {
    for node in commits.reversed() {
      let trees = node.parents.map { commits[$0].tree }
      var olds: [WorkspacePath: [TreeFile?]] = [:]
      var news: [WorkspacePath: TreeFile] = [:]
      for tree in trees.isEmpty ? [ObjectID?.none] : trees.map(Optional.some) {
        for change in try store.difference(from: tree, to: node.tree) {
          guard let new = change.new, change.path.isJSON, change.path.documentOfRecord == nil
          else {
            continue
          }
          olds[change.path, default: []].append(change.old)
          news[change.path] = new
        }
      }
      // What one of several parents has as it is was written there.
      let written = news.keys.filter { olds[$0]?.count == max(1, trees.count) }.sorted()
      if written.isEmpty { continue }
      let commit = try store.commit(node.id)
      let isJoint = try isJoint(node.id, commit)
      let rules = try rules(schemas(of: node.tree, in: store))
      for path in written {
        guard let file = news[path], let value = try document(file, at: path) else { continue }
        let rule = rules.rule(for: value)
        var known: Set<WrittenText> = []
        for case let old? in olds[path] ?? [] {
          guard let value = try document(old, at: path) else { continue }
          known.formUnion(writtenTexts(in: value, rule: rule))
        }
        let texts = writtenTexts(in: value, rule: rule).filter { !known.contains($0) }
        if texts.isEmpty { continue }
        let origin =
          isJoint
          ? nil : Origin(commit: node.id, by: Author(commit.author), at: Moment(commit.author))
        visit(
          Writing(
            commit: node.id, origin: origin, path: path, id: value["id"]?.string,
            title: value["title"]?.string, texts: texts))
      }
    }
  }

  private func document(_ file: TreeFile, at path: WorkspacePath) throws(ObjectStoreError) -> JSONValue? {
    guard case .document(let value) = Snapshot.Content(try store.blob(file.id), of: file, at: path) else {
      return nil
    }
    return value
  }
}
