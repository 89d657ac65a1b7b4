public import ObjectModel

import struct SystemPackage.Errno

extension WorkingTree {
  /// Brings files of the workspace from what they are believed to be to what they shall be.
  ///
  /// Each file is whole at every instant, the old one or the new one, also after a power cut. Nothing is written in
  /// place: the new files are prepared in Ligne's own folder and flushed, then each is exchanged with the one in its
  /// place in a single step of the file system; only then is what was displaced looked at. If that is not what was
  /// expected, somebody saved in between: it is kept and reported, and its text can be merged. Nothing that is not a
  /// file of the expected kind is touched or followed; it is reported as an obstacle, and the rest goes on.
  ///
  /// Doing it again does no harm: a file that already is what it shall be costs one reading. That is how a step
  /// that was interrupted is finished. Call ``unsettled()`` first then: it finds what the interrupted one displaced.
  ///
  /// The workspace must be locked (``WorkspaceLock``).
  ///
  /// - Parameters:
  ///   - plan: Each path once, in any order. Folders are made where they are missing, and removed where a removed
  ///     file leaves them empty.
  ///   - content: The bytes of a file by their id. Called once for each file to write, before anything is changed.
  /// - Returns: What was written, removed, displaced, and could not be reached. `displaced` is also on disk, until
  ///   ``settle(_:)``.
  /// - Throws: What `content` throws, or a ``WorkingCopyError`` naming the path. A full disk or a folder without the
  ///   right to write is found before any file is changed, as far as the system can tell; in any case the same plan
  ///   can be applied again.
  public func apply(
    _ plan: [FileWrite], content: (ObjectID) throws -> [UInt8]
  ) throws -> ApplyReport {
    try apply(plan, beforeExchange: { _ in }, content: content)
  }

  /// The same, for tests that change a file at the worst moment.
  ///
  /// - Parameter beforeExchange: Called when a file's new content is prepared, before its place is looked at.
  package func apply(
    _ plan: [FileWrite], beforeExchange: (WorkspacePath) -> Void, content: (ObjectID) throws -> [UInt8]
  ) throws -> ApplyReport {
    precondition(Set(plan.map(\.path)).count == plan.count, "a plan names each file once")
    precondition(plan.allSatisfy { $0.new?.mode.isFile ?? true }, "a plan writes files only")

    try local.tidy()
    var report = ApplyReport()
    let top = try OpenFolder.open(root, probe: probe)
    var pending: [PendingWrite] = []
    for examined in try examine(plan, below: top) {
      switch examined.state {
      case .done(let known): report.note(examined.write, known)
      case .blocked(let obstacle): report.obstacles.append(obstacle)
      case .pending: pending.append(PendingWrite(write: examined.write, permissions: examined.permissions))
      }
    }
    if !pending.isEmpty {
      let exchange = try ExchangeFolder.create(in: local)
      try prepare(&pending, in: exchange, content: content)
      var materialiser = Materialiser(pending: pending, top: top, exchange: exchange)
      for place in pending.indices {
        beforeExchange(pending[place].write.path)
        try materialiser.carryOut(place)
      }
      try materialiser.flush()
      try materialiser.look(into: &report)
    }
    report.obstacles.sort { $0.path < $1.path }
    report.displaced.sort { $0.path < $1.path }
    report.removed.sort()
    return report
  }
}

/// A write that is not done yet.
struct PendingWrite {
  let write: FileWrite
  /// Of the file in its place, for the new one to have as well; `nil` if there is none.
  let permissions: UInt32?
  /// The prepared file's own.
  var prepared: FileStamp?
}

extension WorkingTree {
  /// Writes and flushes all new files and the plan. If that fails, nothing is left of it.
  private func prepare(
    _ pending: inout [PendingWrite], in exchange: ExchangeFolder, content: (ObjectID) throws -> [UInt8]
  ) throws {
    do {
      var rest = pending.indices.compactMap { place in pending[place].write.new.map { (place, $0) } }[...]
      while !rest.isEmpty {
        // The disk takes some together faster than one after the other, and so few may be open at once anywhere.
        let group = rest.prefix(64)
        rest = rest.dropFirst(64)
        let files = try group.map { place, new in
          let bytes = try content(new.id)
          precondition(ObjectID(blob: bytes) == new.id, "the content of a file is what its id says")
          return try exchange.folder.createFile(
            ExchangeFile(place, .new).name, bytes, mode: new.mode, like: pending[place].permissions)
        }
        for file in files { try file.startFlushing() }
        for ((place, _), file) in zip(group, files) {
          try file.flush()
          pending[place].prepared = try file.status().stamp
        }
      }
      try exchange.begin(pending.map(\.write))
    } catch {
      // The first trouble is the one to tell; without a plan, the next command removes what is left.
      try? exchange.discard()
      throw error
    }
  }
}

extension OpenFolder {
  /// Creates a file with its whole content, which is not flushed.
  ///
  /// - Parameter permissions: Of the file it replaces, kept but for who may run it; `nil` for the usual ones.
  func createFile(
    _ name: EntryName, _ bytes: [UInt8], mode: FileMode, like permissions: UInt32?
  ) throws(WorkingCopyError) -> OpenFile {
    let file = try create(name, permissions: mode == .executable ? 0o777 : 0o666)
    try file.write(bytes)
    if let permissions {
      // Whoever may read it may run it, as git does.
      try file.allow(
        mode == .executable ? permissions | (permissions & 0o444) >> 2 : permissions & ~UInt32(0o111))
    }
    return file
  }
}

extension ApplyReport {
  /// Notes a write that was done before.
  fileprivate mutating func note(_ write: FileWrite, _ known: KnownFile?) {
    if write.new == nil { removed.append(write.path) } else { written[write.path] = known }
  }
}
