import GitStore
import ObjectModel
import SystemPackage
import WorkingCopy

/// What commands that were killed left behind, and what editors wrote where nobody looks any more.
///
/// Everything here wants the workspace held.
extension Workspace {
  /// Merges what a killed command displaced, or an editor wrote to a displaced file since, with the file that took its
  /// place.
  func takeInDisplaced() throws {
    guard try files.hasDisplaced() else { return }
    // A step that was begun is finished first: it says what the files shall be.
    guard try Journal(in: files.local).pending() == nil else { return }
    // What can't be read stays where it is kept.
    let displaced = try files.unsettled().filter { $0.found != nil }
    if displaced.isEmpty { return }
    let head = try head()
    try bring(displaced.flatMap { try writes(merging: $0, head: head) }, to: head)
    for displaced in displaced { try files.settle(displaced) }
  }

  /// Moves locks aside that a `git` which was killed left in the team's folder, where that is on this computer: nobody
  /// else will ever do it.
  ///
  /// They stay there, below `ligne`. What can't be judged or moved is left to whoever keeps the folder.
  func clearLocksLeftAt(_ address: RemoteAddress) {
    guard address.kind == .path else { return }
    let place = FilePath(folder).pushing(FilePath(address.text)).lexicallyNormalized()
    // What keeps us from it is told by the push that did not come through.
    try? GitLock.clear(
      in: place, workspace: place, local: LocalFolder(place.appending("ligne")), looks: 1)
  }
}
