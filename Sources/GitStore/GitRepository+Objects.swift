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
    let read = RawObject(kind: kind, bytes: Array(bytes))
    // By ourselves: libgit2 looks for attacks on SHA-1 with each object it reads, which takes longer than unpacking it,
    // and which git has done already with all that came from elsewhere.
    guard ObjectID(hashing: read) == id else {
      throw GitError(operation: "read \(id)", kind: .damaged, detail: "its bytes have another id")
    }
    return read
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

  public func write(_ object: RawObject) throws(ObjectStoreError) -> ObjectID {
    try write([object])
    return ObjectID(hashing: object)
  }

  /// Stores few objects as files of their own and many as packs.
  ///
  /// Not by libgit2: on a full disk it has been seen to answer with the id of an object it had not written, and it waits
  /// for the disk twice for each.
  public func write(_ objects: [RawObject]) throws(ObjectStoreError) {
    var (new, damaged): ([RawObject], [RawObject]) = ([], [])
    var seen: Set<ObjectID> = []
    for object in objects {
      let id = ObjectID(hashing: object)
      guard seen.insert(id).inserted else { continue }
      if !isKnown(id) {
        new.append(object)
      } else if (try? self.object(id)) != object {
        damaged.append(object)
      }
    }
    do throws(GitError) {
      // A file of its own is looked into before any pack, so it mends what is damaged in either.
      try looseObjects.write(damaged)
      var rest = new[...]
      while findsPacks, let portion = rest.firstPackful(upTo: PackWriter.most) {
        try PackWriter(objectsFolder: looseObjects.own).write(portion)
        try call("look for new packs") { git_odb_refresh(database) }
        rest = rest[portion.endIndex...]
      }
      try looseObjects.write(rest)
    } catch {
      throw ObjectStoreError(error)
    }
  }

  /// Whether an object is where it was looked for last. Packs are not listed again for each: what others packed meanwhile
  /// is written once more, which does no harm.
  private func isKnown(_ id: ObjectID) -> Bool {
    var oid = git_oid(id)
    return git_odb_exists_ext(database, &oid, GIT_ODB_LOOKUP_NO_REFRESH.rawValue) == 1
  }
}

extension ArraySlice<RawObject> {
  /// The first of them, as many as a pack has room for; `nil` where the next has no room in any, or where those that are left
  /// are too few for one.
  ///
  /// - Parameter most: Bytes of content.
  func firstPackful(upTo most: Int) -> ArraySlice<RawObject>? {
    var room = most
    let portion = prefix { object in
      room -= object.bytes.count
      return room >= 0
    }
    if portion.isEmpty || (portion.endIndex == endIndex && portion.count < PackWriter.fewest) { return nil }
    return portion
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
}
