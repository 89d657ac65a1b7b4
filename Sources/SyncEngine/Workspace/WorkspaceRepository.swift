package import GitStore
package import ObjectModel

/// The history of a workspace as the engine sees it: objects and references, git's index, and its configuration.
///
/// `GitRepository` is one on disk. The simulator has one in memory, so that a whole team lives in one process.
package protocol WorkspaceRepository: ObjectStore {
  /// Git's folder, an absolute path.
  var gitFolder: String { get }

  func head() throws(ObjectStoreError) -> Head
  /// A merge or the like that somebody began with git; `nil` for none.
  func unfinishedOperation() throws -> GitOperation?

  /// Makes a branch the one that is worked on.
  func attach(toBranch name: String) throws(ObjectStoreError)
  /// How a reference moved on this computer, the newest move first.
  func moves(of reference: String) throws(GitError) -> [ReferenceMove]

  func readIndex() throws -> IndexContents
  func indexTable() throws -> IndexTable
  func updateIndex(set: [IndexedFile], remove: [WorkspacePath], tree: ObjectID?) throws
  /// Makes git's index anew, as a tree has it.
  func resetIndex(to tree: ObjectID) throws

  func configuration(_ key: String) throws(GitError) -> String?
  func setConfiguration(_ key: String, to value: String?) throws(GitError)
  func userIdentity() throws(GitError) -> (name: String, email: String)?
  func remoteAddress() throws(GitError) -> String?
  func setRemoteAddress(_ address: String) throws(GitError)

  /// Which paths a walk through the folder passes over; made for one walk.
  func ignoring() throws(GitError) -> (_ path: WorkspacePath, _ isFolder: Bool) -> Bool
}

extension GitRepository: WorkspaceRepository {
  package func resetIndex(to tree: ObjectID) throws { try resetIndex(to: tree, stats: []) }

  package func ignoring() throws(GitError) -> (_ path: WorkspacePath, _ isFolder: Bool) -> Bool {
    try ignoreRules().isIgnored
  }
}
