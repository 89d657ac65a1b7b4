import CLibgit2

/// Something that was begun with the `git` program and waits for its end.
public enum GitOperation: Hashable, Sendable {
  case merge, revert, cherryPick, rebase, applyMailbox
  /// Files with a conflict of git's, and nothing that says from what: an applied stash, for instance.
  case unmergedFiles

  /// The word after `git` that began it.
  public var command: String {
    switch self {
    case .merge: "merge"
    case .revert: "revert"
    case .cherryPick: "cherry-pick"
    case .rebase: "rebase"
    case .applyMailbox: "am"
    case .unmergedFiles: "add"
    }
  }

  /// The command that finishes it.
  public var finish: String {
    switch self {
    case .merge: "git commit"
    default: "git \(command) --continue"
    }
  }
}

extension GitRepository {
  /// What somebody began with git here and has not finished; `nil` for nothing.
  public func unfinishedOperation() throws -> GitOperation? {
    switch git_repository_state_t(UInt32(bitPattern: git_repository_state(handle))) {
    case GIT_REPOSITORY_STATE_MERGE: .merge
    case GIT_REPOSITORY_STATE_REVERT, GIT_REPOSITORY_STATE_REVERT_SEQUENCE: .revert
    case GIT_REPOSITORY_STATE_CHERRYPICK, GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE: .cherryPick
    case GIT_REPOSITORY_STATE_REBASE, GIT_REPOSITORY_STATE_REBASE_INTERACTIVE,
      GIT_REPOSITORY_STATE_REBASE_MERGE, GIT_REPOSITORY_STATE_APPLY_MAILBOX_OR_REBASE:
      .rebase
    case GIT_REPOSITORY_STATE_APPLY_MAILBOX: .applyMailbox
    default: try !indexTable().isMerging ? nil : .unmergedFiles
    }
  }
}
