import GitStore
import ObjectModel
import TestSupport
import Testing

/// A store of one of the two kinds, empty, and the folder it lives in.
struct StoreUnderTest {
  enum Kind: CaseIterable, Sendable {
    case inMemory, onDisk, onDiskBare
  }

  let store: any ObjectStore
  let folder: TemporaryFolder

  init(_ kind: Kind) throws {
    folder = try TemporaryFolder()
    store =
      switch kind {
      case .inMemory: InMemoryObjectStore()
      case .onDisk: try GitRepository.create(at: folder.path)
      case .onDiskBare: try GitRepository.create(at: folder.path, kind: .bare)
      }
  }
}

/// A new repository with a folder of files.
struct RepositoryUnderTest {
  let folder: TemporaryFolder
  let repository: GitRepository

  init() throws {
    folder = try TemporaryFolder()
    repository = try GitRepository.create(at: folder.path)
  }

  /// What git answers in this folder.
  @discardableResult
  func git(_ arguments: String..., environment: [String: String] = [:], input: [UInt8] = []) throws -> String
  {
    try Program.git(arguments, in: folder.path, environment: environment, input: input)
  }

  /// A commit of the files that stand in the folder, made by git.
  @discardableResult
  func commitEverything(_ message: String = "x") throws -> ObjectID {
    try git("add", "--all")
    try git("commit", "--quiet", "--allow-empty", "-m", message)
    return try #require(ObjectID(hex: try git("rev-parse", "HEAD")))
  }
}

let ana = Signature(name: "Ana", email: "ana@example.org", time: 1_714_744_800, offsetMinutes: -240)

extension ObjectStore {
  /// A commit with nothing in it but its message.
  func emptyCommit(_ message: String, parents: [ObjectID] = []) throws -> ObjectID {
    let tree = try write(Tree([]))
    return try write(Commit(tree: tree, parents: parents, author: ana, committer: ana, message: message))
  }
}
