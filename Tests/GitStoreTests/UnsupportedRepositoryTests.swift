import Foundation
import GitStore
import ObjectModel
import TestSupport
import Testing

/// Repositories git can work in and we can not: each is recognised when it is opened, and called by its name.
@Suite struct UnsupportedRepositoryTests {
  /// A repository with two commits and some files to start from.
  private func source() throws -> RepositoryUnderTest {
    let test = try RepositoryUnderTest()
    for name in ["a/1", "a/2", "b/1"] { try test.folder.write(name, to: name) }
    try test.commitEverything("one")
    try test.folder.write("more", to: "a/1")
    try test.commitEverything("two")
    try test.git("config", "uploadpack.allowFilter", "true")
    return test
  }

  private func expect(_ problem: UnsupportedRepository, at path: String) {
    #expect(throws: problem) { try GitRepository.open(at: path) }
  }

  @Test func sha256() throws {
    let folder = try TemporaryFolder()
    try Program.git("init", "-q", "--object-format=sha256", in: folder.path)
    expect(.sha256, at: folder.path)
  }

  @Test func shallow() throws {
    let source = try source()
    let folder = try TemporaryFolder()
    try Program.git("clone", "-q", "--depth=1", "file://\(source.folder.path)", "copy", in: folder.path)
    expect(.shallowClone, at: folder["copy"].path)
    try Program.git("fetch", "-q", "--unshallow", in: folder["copy"].path)
    _ = try GitRepository.open(at: folder["copy"].path)
  }

  @Test func partial() throws {
    let source = try source()
    let folder = try TemporaryFolder()
    try Program.git(
      "clone", "-q", "--filter=blob:none", "file://\(source.folder.path)", "copy", in: folder.path)
    expect(.partialClone, at: folder["copy"].path)
  }

  @Test(arguments: [["--no-cone"], ["--cone"], ["--cone", "--sparse-index"]])
  func sparse(_ options: [String]) throws {
    let source = try source()
    try Program.git(["sparse-checkout", "set"] + options + ["b"], in: source.folder.path)
    expect(.sparseCheckout, at: source.folder.path)
    try source.git("sparse-checkout", "disable")
    _ = try GitRepository.open(at: source.folder.path)
  }

  @Test func splitIndex() throws {
    let source = try source()
    try source.git("update-index", "--split-index")
    expect(.splitIndex, at: source.folder.path)
    #expect(throws: UnsupportedRepository.splitIndex) { try source.repository.readIndex() }
    // The other half stays behind for a while, and means nothing.
    try source.git("update-index", "--no-split-index")
    _ = try GitRepository.open(at: source.folder.path)
  }

  @Test func extensions() throws {
    let source = try source()
    try source.git("config", "core.repositoryFormatVersion", "1")
    for harmless in ["noop", "preciousObjects", "worktreeConfig"] {
      try source.git("config", "extensions.\(harmless)", "true")
    }
    let repository = try GitRepository.open(at: source.folder.path)
    #expect(try repository.readIndex().files.count == 3)
    try source.git("config", "extensions.refStorage", "reftable")
    expect(.unknownExtension("refstorage"), at: source.folder.path)
    // git itself does not touch such a repository.
    let config = String(decoding: try source.folder.read(".git/config"), as: UTF8.self)
    try source.folder.write(
      config.replacingOccurrences(of: "ormatversion = 1", with: "ormatversion = 2")
        .replacingOccurrences(of: "ormatVersion = 1", with: "ormatVersion = 2"), to: ".git/config")
    expect(.format(2), at: source.folder.path)
  }

  @Test func bare() throws {
    let folder = try TemporaryFolder()
    try Program.git("init", "-q", "--bare", in: folder.path)
    expect(.bare, at: folder.path)
    _ = try GitRepository.openBare(at: folder.path)
  }

  @Test(.enabled(if: geteuid() == 0, "only the administrator can give a folder away"))
  func ownedBySomebodyElse() throws {
    let source = try source()
    for path in [source.folder.path, source.folder.path + "/.git"] {
      try #require(chown(path, 4321, 4321) == 0)
    }
    expect(.ownedBySomebodyElse(path: source.folder.path), at: source.folder.path)
  }

  @Test func explainsItself() {
    let all: [UnsupportedRepository] = [
      .sha256, .format(2), .unknownExtension("x"), .shallowClone, .partialClone, .sparseCheckout, .splitIndex,
      .unknownIndex("x"), .bare, .ownedBySomebodyElse(path: "/a"),
    ]
    #expect(Set(all.map(\.code)).count == all.count)
  }

  /// Layouts that look unusual and are none of our business.
  @Test func opensEverythingElse() throws {
    let source = try source()
    try source.git("update-index", "--index-version=4")
    try source.git("config", "index.skipHash", "true")
    try source.git("update-index", "--untracked-cache")
    try source.git("repack", "-a", "-d", "-q")
    try source.git("commit-graph", "write")
    try source.git("multi-pack-index", "write")
    try source.git("pack-refs", "--all")
    let repository = try GitRepository.open(at: source.folder.path)
    #expect(try repository.readIndex().files.map(\.path.text) == ["a/1", "a/2", "b/1"])
    let folder = try TemporaryFolder()
    try Program.git("clone", "-q", "--shared", source.folder.path, "copy", in: folder.path)
    let copy = try GitRepository.open(at: folder["copy"].path)
    let head = try #require(try copy.head().commit)
    #expect(try copy.files(in: copy.commit(head).tree).count == 3)
  }
}
