import CLibgit2
public import ObjectModel

extension GitRepository {
  public func reference(_ name: String) throws(ObjectStoreError) -> ObjectID? {
    guard Reference.isWellFormed(name) else { return nil }
    var oid = git_oid()
    do throws(GitError) {
      try call("read \(name)") { git_reference_name_to_id(&oid, handle, name) }
      return ObjectID(oid)
    } catch {
      if error.kind == .notFound { return nil }
      throw ObjectStoreError(error)
    }
  }

  /// All references whose full name begins with `prefix`, sorted by the bytes of their names.
  ///
  /// References whose names are not UTF-8 and symbolic ones that lead nowhere are left out.
  public func references(withPrefix prefix: String) throws(ObjectStoreError) -> [Reference] {
    // What can't be in a name can't be in the prefix of one; and it would be read as a pattern.
    if prefix.utf8.contains(where: "*?[\\".utf8.contains) { return [] }
    var names: [String] = []
    do throws(GitError) {
      let iterator = try owned("list references") {
        git_reference_iterator_glob_new(&$0, handle, prefix + "*")
      }
      defer { git_reference_iterator_free(iterator) }
      var name: UnsafePointer<CChar>?
      while true {
        let code = git_reference_next_name(&name, iterator)
        if code == GIT_ITEROVER.rawValue { break }
        try call("list references") { code }
        if let text = name.flatMap({ String(validatingCString: $0) }) { names.append(text) }
      }
    } catch {
      throw ObjectStoreError(error)
    }
    names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var found: [Reference] = []
    for name in names {
      if let id = try reference(name) { found.append(Reference(name: name, id: id)) }
    }
    return found
  }

  /// Moves a reference, if it still is where the caller saw it, and reads it back.
  ///
  /// What the caller saw is compared while git's lock on the reference is held, so of two programs that try at
  /// once, one gets `.referenceMoved`. (libgit2's own "create if absent" looks before it locks.)
  public func moveReference(
    _ name: String, from expected: ObjectID?, to new: ObjectID?, reason: String
  ) throws(ObjectStoreError) {
    guard Reference.isWellFormed(name) else {
      throw .failed(operation: "move \(name)", detail: "a reference can't have this name")
    }
    if let new, !contains(new) { throw .missing(new) }
    let place: String
    do throws(GitError) {
      place = try finalName(of: name)
    } catch {
      throw ObjectStoreError(error)
    }
    var outcome: Result<Void, ObjectStoreError> = .success(())
    do throws(GitError) {
      try waitingForLocks { () throws(GitError) in
        outcome = try attempt(place, from: expected, to: new, reason: oneLine(reason))
      }
    } catch {
      throw ObjectStoreError(error)
    }
    if case .failure(.referenceMoved(_, let found)) = outcome {
      throw .referenceMoved(name: name, found: found)
    }
    try outcome.get()
    // libgit2 gives the written lock the name of the reference as well, and takes its own name away; where the disk won't have
    // that, it says nothing, and nobody could move the reference again.
    if new != nil {
      let file = commonFolder + "/" + place
      DiskFile.remove(file + ".lock", ifItIs: file)
    }
    // Some third value is another program's move that came after ours.
    if expected != new, try reference(place) == expected {
      throw .failed(operation: "move \(name)", detail: "it is where it was before")
    }
  }

  private func attempt(
    _ name: String, from expected: ObjectID?, to new: ObjectID?, reason: String
  ) throws(GitError) -> Result<Void, ObjectStoreError> {
    let transaction = try owned("move \(name)") { git_transaction_new(&$0, handle) }
    defer { git_transaction_free(transaction) }
    try call("lock \(name)") { git_transaction_lock_ref(transaction, name) }
    do throws(ObjectStoreError) {
      let found = try reference(name)
      if found != expected { return .failure(.referenceMoved(name: name, found: found)) }
      if expected == nil, let other = try inTheWay(of: name) {
        return .failure(.failed(operation: "move \(name)", detail: "\(other) is in the way"))
      }
    } catch {
      return .failure(error)
    }
    if let new {
      var oid = git_oid(new)
      try call("move \(name)") { git_transaction_set_target(transaction, name, &oid, nil, reason) }
    } else if expected != nil {
      try call("delete \(name)") { git_transaction_remove(transaction, name) }
    } else {
      return .success(())
    }
    do throws(GitError) {
      try call("move \(name)") { git_transaction_commit(transaction) }
    } catch {
      guard expected != new, moved(name, to: new) else { throw error }
    }
    // As git does. A log left behind would be in the way of a reference that needs its place for a folder.
    if new == nil { try call("delete the log of \(name)") { git_reflog_delete(handle, name) } }
    return .success(())
  }

  /// Whether a move that ended in an error was made all the same.
  ///
  /// The last step of a move asks the disk to keep the folder it was made in. Where that fails, everybody sees the
  /// reference in its new place already, and to tell of a move that was not made would leave the files behind it.
  private func moved(_ name: String, to new: ObjectID?) -> Bool {
    do { return try reference(name) == new } catch { return false }
  }

  /// The reference at the end of symbolic ones, whether it exists or not.
  private func finalName(of name: String) throws(GitError) -> String {
    var name = name
    for _ in 0..<5 {  // As many as git follows.
      guard let target = try symbolicTarget(of: name) else { return name }
      name = target
    }
    throw GitError(operation: "read \(name)", kind: .damaged, detail: "it names itself")
  }

  /// What a symbolic reference names; `nil` for others, and where there is none.
  func symbolicTarget(of name: String) throws(GitError) -> String? {
    do throws(GitError) {
      let reference = try owned("read \(name)") { git_reference_lookup(&$0, handle, name) }
      defer { git_reference_free(reference) }
      return git_reference_symbolic_target(reference).map { String(cString: $0) }
    } catch {
      if error.kind == .notFound { return nil }
      throw error
    }
  }

  /// A reference that would be a folder where `name` is a file, or the reverse.
  ///
  /// The file system says so for references in files of their own, not for packed ones.
  private func inTheWay(of name: String) throws(ObjectStoreError) -> String? {
    if let inside = try references(withPrefix: name + "/").first { return inside.name }
    var parts = name.split(separator: "/")
    while parts.count > 2 {
      parts.removeLast()
      let above = parts.joined(separator: "/")
      if try reference(above) != nil { return above }
    }
    return nil
  }
}

/// The log of a reference has one line per move.
private func oneLine(_ reason: String) -> String {
  String(reason.map { $0.isNewline ? " " : $0 })
}
