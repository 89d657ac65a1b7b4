import GitStore
import ObjectModel
import WorkingCopy

extension Workspace {
  /// The version a file was based on when a sync had to pass it by, because it could not be read.
  ///
  /// The file stays exactly as it is while others' changes go into the newest version. Once it can be read again,
  /// it is merged with them from this base. Kept in a reference, so that git keeps the bytes.
  func baseKept(of path: WorkspacePath) throws -> ObjectID? {
    try repository.reference(baseReference(of: path))
  }

  /// Remembers the base of a file that is passed by; the oldest one counts.
  ///
  /// - Parameter base: `nil` for a file that is in no version; an empty file stands for that.
  func keepBase(_ base: ObjectID?, of path: WorkspacePath) throws {
    if try baseKept(of: path) == nil { try setBase(base ?? objects.write(blob: []), of: path) }
  }

  /// The same for a file that is known to follow this base, whatever it was based on before.
  func setBase(_ base: ObjectID, of path: WorkspacePath) throws {
    let before = try baseKept(of: path)
    if before == base { return }
    try objects.keep([base])
    try repository.moveReference(
      baseReference(of: path), from: before, to: base, reason: "ligne sync: passed by")
  }

  /// A kept base as the base of a merge: a version that can't be read has nothing in common with two that can.
  ///
  /// - Returns: `nil` for that, as if both had been added; the base itself where a side is deleted or can't be read.
  func baseToMerge(
    _ base: ObjectID, of path: WorkspacePath, ours: TreeFile?, theirs: TreeFile?
  ) throws -> TreeFile? {
    let file = TreeFile(mode: .file, id: base)
    guard let ours, let theirs, try isMergeable(path, ours), try isMergeable(path, theirs) else {
      return file
    }
    return try isMergeable(path, file) ? file : nil
  }

  /// The bases that are kept of some files.
  func basesKept(of paths: [WorkspacePath]) throws -> [(path: WorkspacePath, base: ObjectID)] {
    if try repository.references(withPrefix: Self.basePrefix).isEmpty { return [] }
    return try paths.compactMap { path in try baseKept(of: path).map { (path, $0) } }
  }

  /// Forgets bases from which files were merged; one that was replaced meanwhile stays.
  func forgetBases(_ merged: [(path: WorkspacePath, base: ObjectID)]) throws {
    for (path, base) in merged where try baseKept(of: path) == base {
      try repository.moveReference(
        baseReference(of: path), from: base, to: nil, reason: "ligne commit: caught up")
    }
  }

  /// Forgets the bases of files that are as the newest version has them: whoever edits one now starts from that.
  ///
  /// Where something can't be seen, nobody knows that it is so.
  func forgetBases(besides state: LocalState) throws {
    let kept = try repository.references(withPrefix: Self.basePrefix)
    if kept.isEmpty || !state.refused.isEmpty { return }
    let meant = Set(state.changes.map { baseReference(of: $0.path) })
    for reference in kept where !meant.contains(reference.name) {
      try repository.moveReference(
        reference.name, from: reference.id, to: nil, reason: "ligne: as the newest version has it")
    }
  }

  /// A path is no reference name; the name of its bytes is.
  private func baseReference(of path: WorkspacePath) -> String {
    Self.basePrefix + ObjectID(blob: Array(path.text.utf8)).hex
  }

  private static let basePrefix = "refs/ligne/bases/"
}
