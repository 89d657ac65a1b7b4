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

  /// A path is no reference name; the name of its bytes is.
  private func baseReference(of path: WorkspacePath) -> String {
    "refs/ligne/bases/" + ObjectID(blob: Array(path.text.utf8)).hex
  }
}
