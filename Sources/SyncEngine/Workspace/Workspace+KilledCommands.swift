import GitStore
import ObjectModel
import SystemPackage
import WorkingCopy

/// What commands that were killed left behind, and what editors wrote where nobody looks any more.
///
/// Everything here wants the workspace held.
extension Workspace {
  /// Moves locks aside that a `git` which was killed left in the team's folder, where that is on this computer: nobody
  /// else will ever do it.
  ///
  /// They stay there, below `ligne`. What can't be judged or moved is left to whoever keeps the folder.
  func clearLocksLeftAt(_ address: RemoteAddress) {
    guard address.kind == .path else { return }
    let place = FilePath(folder).pushing(FilePath(address.text)).lexicallyNormalized()
    // What keeps us from it is told by the push that did not come through.
    _ = try? GitLock.clearAbandoned(
      in: place, workspace: place, local: LocalFolder(place.appending("ligne")))
  }
}
