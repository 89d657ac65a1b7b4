import CLibgit2
import ObjectModel

extension GitRepository {
  /// Whether a commit is another one, or came before it.
  ///
  /// - Returns: `false`, too, where `ancestor` is not in this repository: nothing that is here came after it.
  /// - Throws: `GitError` if a commit on the way can't be read.
  func isAncestor(_ ancestor: ObjectID, of commit: ObjectID) throws(GitError) -> Bool {
    // libgit2 holds that no commit comes before itself.
    if ancestor == commit { return true }
    guard contains(ancestor) else { return false }
    var (first, second) = (git_oid(commit), git_oid(ancestor))
    return try call("look whether \(ancestor) came before \(commit)") {
      git_graph_descendant_of(handle, &first, &second)
    } == 1
  }
}
