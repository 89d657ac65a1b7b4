import CLibgit2
public import ObjectModel

/// One move of a reference, as git's log of it tells.
public struct ReferenceMove: Hashable, Sendable {
  /// Where it was; `nil` if it did not exist.
  public var from: ObjectID?
  /// Where it went; `nil` if it was deleted.
  public var to: ObjectID?
  /// One line: `ligne sync`, `commit: …`.
  public var reason: String
  /// Seconds since 1970, by the clock of whoever moved it.
  public var time: Int64

  public init(from: ObjectID?, to: ObjectID?, reason: String, time: Int64) {
    (self.from, self.to, self.reason, self.time) = (from, to, reason, time)
  }
}

extension GitRepository {
  /// How a reference moved on this computer, the newest move first; empty where nothing was written down.
  ///
  /// Git forgets moves that are months old, and keeps none where `core.logAllRefUpdates` is off.
  public func moves(of reference: String) throws(GitError) -> [ReferenceMove] {
    let log = try owned("read the log of \(reference)") { git_reflog_read(&$0, handle, reference) }
    defer { git_reflog_free(log) }
    return (0..<git_reflog_entrycount(log)).compactMap { place in
      guard let entry = git_reflog_entry_byindex(log, place) else { return nil }
      return ReferenceMove(
        from: git_reflog_entry_id_old(entry).flatMap { ObjectID(unlessZero: $0.pointee) },
        to: git_reflog_entry_id_new(entry).flatMap { ObjectID(unlessZero: $0.pointee) },
        reason: git_reflog_entry_message(entry).map { String(cString: $0) } ?? "",
        time: git_reflog_entry_committer(entry)?.pointee.when.time ?? 0)
    }
  }
}

extension ObjectID {
  /// `nil` for the zeros that stand for no object.
  fileprivate init?(unlessZero oid: git_oid) {
    var oid = oid
    if git_oid_is_zero(&oid) == 1 { return nil }
    self.init(oid)
  }
}
