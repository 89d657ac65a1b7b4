import CLibgit2

/// An open git repository. Everything it returns is a value that outlives it.
///
/// Not `Sendable`, on purpose: libgit2 forbids using one handle from two threads. Open one per task. Other
/// programs, git among them, may work in the repository at the same time.
public final class GitRepository {
  let handle: OpaquePointer
  /// Kept open: finding the packs again for every object would cost more than reading it.
  let database: OpaquePointer
  let looseObjects: LooseObjects
  /// Whether libgit2 looks for packs: only where their folder was there when the repository was opened.
  let findsPacks: Bool
  /// The folder of the files, without `/` at its end; `nil` for a repository that has none.
  public let workFolder: String?
  /// The folder `.git`, or what stands for it, without `/` at its end.
  public let gitFolder: String
  /// What all workspaces of one repository share; the same folder where there is one.
  let commonFolder: String
  /// The index as it was read last, and which one that was.
  var rememberedIndex: (stamp: IndexStamp, table: IndexTable)?

  private init(owning handle: OpaquePointer) throws(GitError) {
    commonFolder = withoutSlash(String(cString: git_repository_commondir(handle)))
    // Before libgit2 asks the same.
    findsPacks = DiskFile.isFolder(commonFolder + "/objects/pack")
    do throws(GitError) {
      database = try owned("open the objects") { git_repository_odb(&$0, handle) }
    } catch {
      git_repository_free(handle)
      throw error
    }
    self.handle = handle
    looseObjects = LooseObjects(at: commonFolder + "/objects")
    workFolder = git_repository_workdir(handle).map { withoutSlash(String(cString: $0)) }
    gitFolder = withoutSlash(String(cString: git_repository_path(handle)))
    try useGlobalConfigurationOfEnvironment()
  }

  deinit {
    git_odb_free(database)
    git_repository_free(handle)
  }
}

extension GitRepository {
  /// Opens the repository of a folder of files.
  ///
  /// - Parameter path: The folder itself; folders above it are not looked at.
  /// - Throws: `GitError` of the kind `.notFound` where there is no repository; ``UnsupportedRepository`` for one Ligne
  ///   can't work in.
  public static func open(at path: String) throws -> GitRepository {
    let repository = try open(path)
    if repository.workFolder == nil { throw UnsupportedRepository.bare }
    return repository
  }

  /// Opens a repository that has no folder of files, such as a team's copy on a shared disk.
  ///
  /// - Parameter path: The folder that holds `HEAD` and `objects`.
  /// - Throws: As `open(at:)`.
  public static func openBare(at path: String) throws -> GitRepository { try open(path) }

  private static func open(_ path: String) throws -> GitRepository {
    try Libgit2.start()
    let operation = "open the repository at \(path)"
    guard let layout = RepositoryLayout(at: withoutSlash(path)) else {
      throw GitError(operation: operation, kind: .notFound, detail: path)
    }
    try layout.check()
    do throws(GitError) {
      let handle = try owned(operation) {
        git_repository_open_ext(&$0, path, UInt32(GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue), nil)
      }
      return try GitRepository(owning: handle)
    } catch {
      // libgit2 1.5.1 answers "not found" where no configuration says whom to trust.
      if error.kind == .notOurs || error.detail.contains("safe.directory") {
        throw UnsupportedRepository.ownedBySomebodyElse(path: path)
      }
      throw error
    }
  }

  /// Whether a repository is made with a folder of files around it.
  public enum Kind: Sendable {
    case workspace
    /// Only the history: a place to share through.
    case bare
  }

  /// Makes an empty repository whose first commit will be on the branch `main`.
  ///
  /// - Parameter path: A folder, made with those above it if they are missing; what is in it stays.
  /// - Throws: `GitError` of the kind `.alreadyExists` where there is a repository already.
  public static func create(at path: String, kind: Kind = .workspace) throws(GitError) -> GitRepository {
    try Libgit2.start()
    let operation = "make a repository at \(path)"
    // One that holds nothing but Ligne's own folder is none yet.
    if let layout = RepositoryLayout(at: withoutSlash(path)),
      (try? DiskFile.names(in: layout.gitFolder)) != ["ligne"]
    {
      throw GitError(operation: operation, kind: .alreadyExists, detail: path)
    }
    let handle = try owned(operation) { result in
      var options = git_repository_init_options()
      git_repository_init_options_init(&options, UInt32(GIT_REPOSITORY_INIT_OPTIONS_VERSION))
      options.flags = GIT_REPOSITORY_INIT_NO_REINIT.rawValue | GIT_REPOSITORY_INIT_MKPATH.rawValue
      if kind == .bare { options.flags |= GIT_REPOSITORY_INIT_BARE.rawValue }
      return "main".withCString { branch in
        options.initial_head = branch
        return git_repository_init_ext(&result, path, &options)
      }
    }
    return try GitRepository(owning: handle)
  }
}

/// What a folder is for a team that wants to share through it.
public enum AddressFolder: String, Sendable {
  /// It was empty, and is a repository now.
  case prepared
  case missing
  /// It is a repository.
  case repository
  /// It holds something else, or is no folder.
  case somethingElse = "something-else"
}

extension GitRepository {
  /// Makes a folder a place to share through, if it is there and holds nothing but what file managers leave.
  ///
  /// - Throws: `GitError` where it can't be read, or nothing may be written there.
  public static func prepareToShare(through folder: String) throws(GitError) -> AddressFolder {
    guard DiskFile.exists(folder) else { return .missing }
    if RepositoryLayout(at: withoutSlash(folder)) != nil { return .repository }
    let leftByFileManagers = [".DS_Store", "desktop.ini", "Thumbs.db", ".directory"]
    guard DiskFile.isFolder(folder), try DiskFile.names(in: folder).allSatisfy(leftByFileManagers.contains)
    else { return .somethingElse }
    _ = try create(at: folder, kind: .bare)
    return .prepared
  }
}

func withoutSlash(_ path: String) -> String {
  var path = path
  while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
  return path
}
