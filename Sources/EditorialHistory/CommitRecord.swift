public import JSONTree
public import ObjectModel
import ThreeWayMerge

/// What is worth remembering of one commit: see ``HistoryMemory``.
public struct CommitRecord: Hashable, Sendable {
  public var id: ObjectID
  public var commit: Commit
  public var isJoint: Bool
  /// Everything that differs from one of the commits it was made from; sorted by path.
  public var changes: [ChangedPath]
  /// What it wrote, sorted by path.
  public var writings: [Writing]

  public init(
    id: ObjectID, commit: Commit, isJoint: Bool, changes: [ChangedPath], writings: [Writing]
  ) {
    (self.id, self.commit, self.isJoint) = (id, commit, isJoint)
    (self.changes, self.writings) = (changes, writings)
  }
}

/// A path at which a commit differs from one of those it was made from.
public struct ChangedPath: Hashable, Sendable {
  public var path: WorkspacePath
  /// The id of the document that stands there now; `nil` where nothing does, or nothing with an id.
  public var document: JSONString?

  public init(path: WorkspacePath, document: JSONString? = nil) {
    (self.path, self.document) = (path, document)
  }
}

/// The texts that one version wrote into one document.
public struct Writing: Hashable, Sendable {
  public var path: WorkspacePath
  /// What the document says of itself.
  public var document: JSONString?
  /// The file that holds them.
  public var file: TreeFile
  /// Those that no version before has at their place.
  public var texts: [WrittenText]

  public init(path: WorkspacePath, document: JSONString?, file: TreeFile, texts: [WrittenText]) {
    (self.path, self.document, self.file, self.texts) = (path, document, file, texts)
  }
}

extension History {
  /// How many commits are not remembered.
  public var countUnremembered: Int { commits.countUnremembered }

  /// Reads what is worth remembering of every commit that is not remembered yet, the oldest first.
  ///
  /// Compares each with those it was made from and reads what differs.
  public func records(_ visit: (CommitRecord) throws -> Void) throws {
    var ids: [ObjectID: JSONString?] = [:]
    for node in commits.reversed() where !node.isRemembered { try visit(record(of: node, &ids)) }
  }

  /// - Parameter ids: What documents that were read say of themselves, by the object ids of their files.
  private func record(
    of node: CommitOrder.Node, _ ids: inout [ObjectID: JSONString?]
  ) throws(ObjectStoreError) -> CommitRecord {
    let trees = node.parents.map { commits[$0].tree }
    var olds: [WorkspacePath: [TreeFile?]] = [:]
    var news: [WorkspacePath: TreeFile?] = [:]
    for tree in trees.isEmpty ? [ObjectID?.none] : trees.map(Optional.some) {
      for change in try store.difference(from: tree, to: node.tree) {
        olds[change.path, default: []].append(change.old)
        news.updateValue(change.new, forKey: change.path)
      }
    }
    let commit = try store.commit(node.id)
    var record = CommitRecord(
      id: node.id, commit: commit, isJoint: try isJoint(node.id, commit), changes: [], writings: [])
    let rules = try rules(schemas(of: node.tree, in: store))
    for path in news.keys.sorted() {
      guard let file = news[path] ?? nil, path.isJSON, path.documentOfRecord == nil else {
        record.changes.append(ChangedPath(path: path))
        continue
      }
      // What one of several parents has as it is was written there.
      let isWritten = olds[path]?.count == max(1, trees.count)
      if !isWritten, let id = ids[file.id] {
        record.changes.append(ChangedPath(path: path, document: id))
        continue
      }
      let value = try document(file, at: path)
      let id = value?["id"]?.string
      ids.updateValue(id, forKey: file.id)
      record.changes.append(ChangedPath(path: path, document: id))
      guard isWritten, let value else { continue }
      let rule = rules.rule(for: value)
      var known: Set<WrittenText> = []
      for case let old? in olds[path] ?? [] {
        if let value = try document(old, at: path) {
          known.formUnion(writtenTexts(in: value, rule: rule))
        }
      }
      let texts = writtenTexts(in: value, rule: rule).filter { !known.contains($0) }
      if !texts.isEmpty {
        record.writings.append(Writing(path: path, document: id, file: file, texts: texts))
      }
    }
    return record
  }

  /// The texts of a document, as the newest version's schemas see it.
  public func texts(in value: JSONValue) throws(ObjectStoreError) -> [WrittenText] {
    writtenTexts(in: value, rule: try rules(schemas(of: commits.first?.tree, in: store)).rule(for: value))
  }

  /// A file as it was in a commit, and its texts; `nil` where it is no document that can be read.
  public func texts(
    of file: ObjectID, at path: WorkspacePath, in commit: Commit
  ) throws(ObjectStoreError) -> (document: JSONValue, texts: [WrittenText])? {
    guard let value = try document(TreeFile(mode: .file, id: file), at: path) else { return nil }
    let rules = try rules(schemas(of: commit.tree, in: store))
    return (value, writtenTexts(in: value, rule: rules.rule(for: value)))
  }

  private func document(_ file: TreeFile, at path: WorkspacePath) throws(ObjectStoreError) -> JSONValue? {
    guard case .document(let value) = FileContent(try store.blob(file.id), of: file.id, at: path) else {
      return nil
    }
    return value
  }
}
