/// What a store does that knows no better way.
extension ObjectStore {
  public func header(of id: ObjectID) throws(ObjectStoreError) -> ObjectHeader? {
    guard try contains(id) else { return nil }
    let object = try object(id)
    return ObjectHeader(kind: object.kind, size: object.bytes.count)
  }

  public func write(_ objects: [RawObject]) throws(ObjectStoreError) {
    for object in objects { _ = try write(object) }
  }
}

/// Reading and writing objects as what they are.
extension ObjectStore {
  /// The content of a file.
  public func blob(_ id: ObjectID) throws(ObjectStoreError) -> [UInt8] {
    try bytes(of: id, as: .blob)
  }

  /// A folder.
  public func tree(_ id: ObjectID) throws(ObjectStoreError) -> Tree {
    let bytes = try bytes(ofTree: id)
    do throws(MalformedTree) {
      return try Tree(decoding: bytes)
    } catch {
      throw .malformed(id, expected: .tree, reason: "\(error)")
    }
  }

  /// Looks whether a folder is one as git writes it, as ``tree(_:)`` does, without making entries of it.
  func checkTree(_ id: ObjectID) throws(ObjectStoreError) {
    var scanner = TreeScanner(try bytes(ofTree: id))
    do throws(MalformedTree) {
      while try scanner.next() != nil {}
    } catch {
      throw .malformed(id, expected: .tree, reason: "\(error)")
    }
  }

  public func commit(_ id: ObjectID) throws(ObjectStoreError) -> Commit {
    let bytes = try bytes(of: id, as: .commit)
    do throws(MalformedCommit) {
      return try Commit(decoding: bytes)
    } catch {
      throw .malformed(id, expected: .commit, reason: "\(error)")
    }
  }

  public func write(blob bytes: some Sequence<UInt8>) throws(ObjectStoreError) -> ObjectID {
    try write(RawObject(kind: .blob, bytes: Array(bytes)))
  }

  public func write(_ tree: Tree) throws(ObjectStoreError) -> ObjectID {
    try write(RawObject(kind: .tree, bytes: tree.encoded))
  }

  public func write(_ commit: Commit) throws(ObjectStoreError) -> ObjectID {
    try write(RawObject(kind: .commit, bytes: commit.encoded))
  }

  /// The content of a tree object, undecoded.
  func bytes(ofTree id: ObjectID) throws(ObjectStoreError) -> [UInt8] {
    // Git does not store the empty one unless somebody asks for it.
    try id == .emptyTree ? [] : bytes(of: id, as: .tree)
  }

  private func bytes(of id: ObjectID, as kind: ObjectKind) throws(ObjectStoreError) -> [UInt8] {
    let object = try object(id)
    guard object.kind == kind else {
      throw .malformed(id, expected: kind, reason: "it is a \(object.kind.rawValue)")
    }
    return object.bytes
  }
}
