import GitStore
public import ObjectModel
import ThreeWayMerge
import WorkingCopy

/// One file of a copy of uncommitted work, kept before something touched it.
public struct KeptText: Hashable, Sendable {
  /// Names this file of this copy, in 40 digits; its beginning will do.
  public var id: String
  /// The commit that holds the copy.
  public var copy: ObjectID
  public var path: WorkspacePath
  /// Whose it is, and when it was kept.
  public var by: Signature
  public var reason: Reason
  public var file: TreeFile

  /// What was about to touch it.
  public enum Reason: String, Sendable, CaseIterable {
    case sync, restore, check, undo, delete
    /// A document was deleted by settling a conflict.
    case resolve
    /// An editor saved it in the moment the file was exchanged.
    case exchange
    /// The copy does not say: somebody made it by hand.
    case unknown
  }
}

/// What bringing a copy back did.
public struct KeptRestoration: Hashable, Sendable {
  /// What is in the folder again, sorted by path.
  public var texts: [KeptText]
  /// The commit that holds what was written over; `nil` where that was committed already.
  public var kept: ObjectID?
}

extension Workspace {
  /// Every copy of uncommitted work, file by file, the newest first.
  ///
  /// None is ever removed: a copy may hold words that no version has, and nobody else.
  public func keptTexts() throws -> [KeptText] {
    var texts: [KeptText] = []
    for reference in try repository.references(withPrefix: SyncReferences.kept) {
      guard try objects.header(of: reference.id)?.kind == .commit else { continue }
      let commit = try objects.commit(reference.id)
      let reason = commit.trailer("Ligne-Kept").flatMap(KeptText.Reason.init) ?? .unknown
      let before = try commit.parents.first.flatMap { try tree(of: $0) }
      for change in try objects.difference(from: before, to: commit.tree) {
        // That a file had been deleted is no text anybody could lose.
        guard let file = change.new else { continue }
        let id = ObjectID(blob: Array("\(reference.id.hex) \(change.path.text)".utf8)).hex
        texts.append(
          KeptText(
            id: id, copy: reference.id, path: change.path, by: commit.committer, reason: reason, file: file))
      }
    }
    return texts.sorted {
      ($0.by.time, $0.copy, $1.path) > ($1.by.time, $1.copy, $0.path)
    }
  }

  /// Brings texts back as uncommitted changes, byte for byte; what they are written over is kept first.
  ///
  /// - Parameter name: The beginning of a text's id, or of a copy's for all of it; at least four digits.
  /// - Throws: `WorkspaceError.unknownCopy`, `.ambiguousCopy`.
  public func restoreKept(_ name: String, by attribution: Attribution) throws -> KeptRestoration {
    try refuseUnfinishedGit()
    let texts = try keptTexts(named: name)
    return try locked(for: "kept", at: attribution.time) {
      let kept = try keepUncommitted(texts.map(\.path), before: .restore, by: attribution)
      let writes = try texts.map { text in
        FileWrite(
          path: text.path, expected: try files.read(text.path).map { try objects.write(blob: $0.bytes) },
          new: text.file)
      }
      try bring(writes, to: head())
      return KeptRestoration(texts: texts, kept: kept)
    }
  }

  private func keptTexts(named name: String) throws -> [KeptText] {
    let beginning = Array(name.lowercased().utf8)
    guard beginning.count >= 4 else { throw WorkspaceError.unknownCopy(name) }
    let all = try keptTexts()
    let single = all.filter { $0.id.utf8.starts(with: beginning) }
    let copies = Set(all.map(\.copy).filter { $0.hex.utf8.starts(with: beginning) })
    switch single.count + copies.count {
    case 0: throw WorkspaceError.unknownCopy(name)
    case 1: return single + all.filter { copies.contains($0.copy) }.sorted { $0.path < $1.path }
    default: throw WorkspaceError.ambiguousCopy(name, count: single.count + copies.count)
    }
  }
}
