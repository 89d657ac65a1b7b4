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
  func keepBase(_ base: ObjectID, of path: WorkspacePath) throws {
    guard try baseKept(of: path) == nil else { return }
    try repository.moveReference(
      baseReference(of: path), from: nil, to: base, reason: "ligne sync: passed by")
  }

  func forgetBases(of paths: [WorkspacePath]) throws {
    guard try !repository.references(withPrefix: "refs/ligne/bases/").isEmpty else { return }
    for path in paths {
      guard let base = try baseKept(of: path) else { continue }
      try repository.moveReference(
        baseReference(of: path), from: base, to: nil, reason: "ligne commit: caught up")
    }
  }

  /// Forgets the bases of files that are as the newest version has them: whoever edits one now starts from that.
  ///
  /// - Parameter changes: All that differs from the newest version.
  func forgetBases(besides changes: [PathChange]) throws {
    let meant = Set(changes.map { baseReference(of: $0.path) })
    for reference in try repository.references(withPrefix: "refs/ligne/bases/")
    where !meant.contains(reference.name) {
      try repository.moveReference(
        reference.name, from: reference.id, to: nil, reason: "ligne: as the newest version has it")
    }
  }

  /// A path is no reference name; the name of its bytes is.
  private func baseReference(of path: WorkspacePath) -> String {
    "refs/ligne/bases/" + ObjectID(blob: Array(path.text.utf8)).hex
  }
}
