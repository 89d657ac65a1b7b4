import CLibgit2
public import ObjectModel

/// What the next commit follows.
public enum Head: Hashable, Sendable {
  /// A branch, by its short name (`main`), and its latest commit; `nil` before the first one.
  case branch(name: String, commit: ObjectID?)
  /// A commit that no branch follows: somebody looked at an old version with git.
  case detached(ObjectID)

  /// The latest commit.
  public var commit: ObjectID? {
    switch self {
    case .branch(_, let commit): commit
    case .detached(let commit): commit
    }
  }
}

extension GitRepository {
  public func head() throws(ObjectStoreError) -> Head {
    let target: String?
    do throws(GitError) {
      target = try symbolicTarget(of: "HEAD")
    } catch {
      throw ObjectStoreError(error)
    }
    let commit = try reference("HEAD")
    if let target {
      let isBranch = target.hasPrefix(branchPrefix)
      return .branch(name: isBranch ? String(target.dropFirst(branchPrefix.count)) : target, commit: commit)
    }
    guard let commit else { throw .failed(operation: "read HEAD", detail: "there is none") }
    return .detached(commit)
  }

  /// Makes the next commit follow a branch. Files and branches stay as they are.
  ///
  /// - Parameter name: Short, such as `main`; the branch need not exist yet.
  public func attach(toBranch name: String) throws(ObjectStoreError) {
    let target = branchPrefix + name
    guard Reference.isWellFormed(target) else {
      throw .failed(operation: "attach to \(name)", detail: "a branch can't have this name")
    }
    do throws(GitError) {
      try waitingForLocks { () throws(GitError) in
        let reference = try owned("attach to \(name)") {
          git_reference_symbolic_create(&$0, handle, "HEAD", target, 1, "ligne: attach to \(name)")
        }
        git_reference_free(reference)
      }
      guard try symbolicTarget(of: "HEAD") == target else {
        throw GitError(operation: "attach to \(name)", kind: .other, detail: "something else was read back")
      }
    } catch {
      throw ObjectStoreError(error)
    }
  }
}

private let branchPrefix = "refs/heads/"
