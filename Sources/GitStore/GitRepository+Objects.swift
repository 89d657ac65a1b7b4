import CLibgit2
public import ObjectModel

extension GitRepository: ObjectStore {
  public func object(_ id: ObjectID) throws(ObjectStoreError) -> RawObject {
    do throws(GitError) {
      if let object = try looseObjects.object(id) { return object }
      return try packedObject(id)
    } catch {
      throw ObjectStoreError(error, about: id)
    }
  }

  private func packedObject(_ id: ObjectID) throws(GitError) -> RawObject {
    var oid = git_oid(id)
    let object = try owned("read \(id)") { git_odb_read(&$0, database, &oid) }
    defer { git_odb_object_free(object) }
    guard let kind = ObjectKind(git_odb_object_type(object)) else {
      throw GitError(operation: "read \(id)", kind: .damaged, detail: "it is of no kind git knows")
    }
    let bytes = UnsafeRawBufferPointer(
      start: git_odb_object_data(object), count: git_odb_object_size(object))
    return RawObject(kind: kind, bytes: Array(bytes))
  }

  public func contains(_ id: ObjectID) -> Bool {
    var oid = git_oid(id)
    return git_odb_exists(database, &oid) == 1
  }

  public func header(of id: ObjectID) throws(ObjectStoreError) -> ObjectHeader? {
    do throws(GitError) {
      if let header = try looseObjects.header(of: id) { return header }
      return try packedHeader(of: id)
    } catch {
      if error.kind == .notFound { return nil }
      throw ObjectStoreError(error, about: id)
    }
  }

  private func packedHeader(of id: ObjectID) throws(GitError) -> ObjectHeader {
    var oid = git_oid(id)
    var size = 0
    var type = GIT_OBJECT_INVALID
    try call("look at \(id)") { git_odb_read_header(&size, &type, database, &oid) }
    guard let kind = ObjectKind(type) else {
      throw GitError(operation: "look at \(id)", kind: .damaged, detail: "it is of no kind git knows")
    }
    return ObjectHeader(kind: kind, size: size)
  }

  /// Stores an object as a file of its own, flushed, and reads it back before it is relied on: on a full disk,
  /// libgit2 has been seen to answer with the id of an object it had not written.
  public func write(_ object: RawObject) throws(ObjectStoreError) -> ObjectID {
    let id = ObjectID(hashing: object)
    var written = git_oid()
    do throws(GitError) {
      try call("write \(id)") {
        object.bytes.withUnsafeBytes {
          git_odb_write(&written, database, $0.baseAddress, $0.count, object.kind.libgit2Type)
        }
      }
    } catch {
      throw ObjectStoreError(error)
    }
    guard ObjectID(written) == id else {
      throw .failed(operation: "write \(id)", detail: "the repository called it \(ObjectID(written))")
    }
    // Reading hashes the bytes and compares; what is wrong with them is thrown.
    let stored = try self.object(id)
    guard stored.kind == object.kind, stored.bytes.count == object.bytes.count else {
      throw .failed(operation: "write \(id)", detail: "something else was read back")
    }
    return id
  }

  /// Stores few objects as files of their own and many as packs.
  public func write(_ objects: [RawObject]) throws(ObjectStoreError) {
    var rest = objects[...]
    while let portion = rest.firstPackful() {
      do throws(GitError) {
        try PackWriter(objectsFolder: commonFolder + "/objects").write(portion)
        try call("look for new packs") { git_odb_refresh(database) }
      } catch {
        throw ObjectStoreError(error)
      }
      for object in portion where !contains(ObjectID(hashing: object)) {
        throw .failed(
          operation: "write \(portion.count) objects", detail: "\(ObjectID(hashing: object)) is not found")
      }
      rest = rest[portion.endIndex...]
    }
    for object in rest { _ = try write(object) }
  }
}

extension ArraySlice<RawObject> {
  /// The first of them that make a pack; `nil` where a pack is not worth it.
  fileprivate func firstPackful() -> ArraySlice<RawObject>? {
    var room = PackWriter.most
    let portion = prefix { object in
      room -= object.bytes.count
      return room >= 0
    }
    return portion.count < PackWriter.fewest ? nil : portion
  }
}

extension ObjectStoreError {
  fileprivate init(_ error: GitError, about id: ObjectID) {
    self =
      switch error.kind {
      case .notFound: .missing(id)
      case .damaged: .malformed(id, expected: nil, reason: error.detail)
      default: ObjectStoreError(error)
      }
  }
}

extension ObjectKind {
  fileprivate init?(_ type: git_object_t) {
    switch type {
    case GIT_OBJECT_BLOB: self = .blob
    case GIT_OBJECT_TREE: self = .tree
    case GIT_OBJECT_COMMIT: self = .commit
    case GIT_OBJECT_TAG: self = .tag
    default: return nil
    }
  }

  fileprivate var libgit2Type: git_object_t {
    switch self {
    case .blob: GIT_OBJECT_BLOB
    case .tree: GIT_OBJECT_TREE
    case .commit: GIT_OBJECT_COMMIT
    case .tag: GIT_OBJECT_TAG
    }
  }
}
