import Foundation
import GitStore
import ObjectModel
import TestSupport
import Testing

/// The repository on disk next to git itself: what one writes the other reads, in the same bytes.
@Suite struct GitRepositoryTests {
  @Test func callsObjectsWhatGitCallsThem() throws {
    let test = try RepositoryUnderTest()
    for object in ObjectStoreContractTests.objects {
      let id = try test.repository.write(object)
      // Tags and commits of the table are not what git would write: only their names are compared.
      let name = try test.git(
        "hash-object", "--literally", "-t", object.kind.rawValue, "--stdin", input: object.bytes)
      #expect(name == id.hex)
      #expect(try test.git("cat-file", "-t", id.hex) == object.kind.rawValue)
    }
  }

  @Test func writesWhatGitCanReadAndCheck() throws {
    let test = try RepositoryUnderTest()
    let store = test.repository
    let blob = try store.write(blob: "{}\n".utf8)
    let file = TreeFile(id: blob)
    let tree = try store.tree(
      applying: [
        (try WorkspacePath("posts/2026/été.json"), file), (try WorkspacePath("posts/2026.json"), file),
        (try WorkspacePath("run.sh"), TreeFile(mode: .executable, id: blob)),
      ], to: nil)
    let first = try store.write(
      Commit(tree: tree, parents: [], author: ana, committer: ana, message: "Première version\n"))
    let second = try store.emptyCommit("Join\n\nLigne-Join: 1\n", parents: [first])
    try store.moveReference("refs/heads/main", from: nil, to: second, reason: "commit")
    #expect(try test.git("fsck", "--strict", "--no-dangling") == "")
    #expect(
      try test.git("ls-tree", "-r", "-z", "--name-only", first.hex).split(separator: "\0")
        == ["posts/2026.json", "posts/2026/été.json", "run.sh"])
    #expect(
      try test.git("log", "--format=%an %ae %ad %s", "--date=iso", first.hex)
        == "Ana ana@example.org 2024-05-03 10:00:00 -0400 Première version")
    #expect(try test.git("log", "-1", "--format=%(trailers:key=Ligne-Join,valueonly)").hasPrefix("1"))
    #expect(try test.git("reflog", "--format=%gs", "main") == "commit")
  }

  /// Commits as the git program makes them with all it has: signatures, other encodings, no final line end.
  @Test func readsAndRewritesEveryCommitOfGits() throws {
    let test = try RepositoryUnderTest()
    try test.folder.write("{}\n", to: "posts/a.json")
    try test.commitEverything("Première")
    try test.git("config", "i18n.commitEncoding", "ISO-8859-1")
    try test.git(
      "commit", "--quiet", "--allow-empty", "-F", "-", input: [0xC9, 0x74, 0xE9, 10])
    try test.git("config", "--unset", "i18n.commitEncoding")
    try test.git(
      "commit", "--quiet", "--allow-empty", "--cleanup=verbatim", "-F", "-", input: Array("no end".utf8))
    try test.git("commit", "--quiet", "--allow-empty", "--allow-empty-message", "-m", "")
    try test.git("checkout", "--quiet", "-b", "side")
    try test.git("commit", "--quiet", "--allow-empty", "-m", "side")
    try test.git("checkout", "--quiet", "main")
    try test.git("commit", "--quiet", "--allow-empty", "-m", "main goes on")
    try test.git("merge", "--quiet", "--no-ff", "-m", "merged", "side")
    try test.git(
      "commit", "--quiet", "--allow-empty", "-m", "odd author",
      environment: ["GIT_AUTHOR_NAME": "O'Brien, \"the\" A.", "GIT_AUTHOR_DATE": "@1 +1234"])
    // git won't write these today; others did.
    let raw =
      Array("tree \(ObjectID.emptyTree)\nauthor An".utf8) + [0xE9]
      + Array(" <a@b> 1 +051800\ncommitter <> 1 -0000\nHG:extra x\n\nx".utf8)
    let foreign = try test.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", input: raw)
    try test.git("update-ref", "refs/heads/foreign", foreign)

    let ids = try test.git("rev-list", "--all").split(separator: "\n").compactMap { ObjectID(hex: $0) }
    #expect(ids.count == 9)
    for id in ids {
      let stored = try test.repository.object(id)
      let commit = try Commit(decoding: stored.bytes)
      #expect(commit.encoded == stored.bytes)
      #expect(try test.repository.write(commit) == id)
      for (path, _) in try test.repository.files(in: commit.tree) { #expect(path.text == "posts/a.json") }
    }
    let latin = try #require(
      try ids.map { try test.repository.commit($0) }.first { $0.header("encoding") != nil })
    #expect(latin.message == "Été\n")
  }

  @Test(.enabled(if: (try? Program.run("ssh-keygen", ["-?"])) != nil, "ssh-keygen is not installed"))
  func keepsSignaturesAsTheyAre() throws {
    let test = try RepositoryUnderTest()
    let key = test.folder["key"].path
    _ = try Program.run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key])
    try test.git("config", "gpg.format", "ssh")
    try test.git("config", "user.signingKey", key)
    try test.git("commit", "-q", "-S", "--allow-empty", "-m", "signed")
    let id = try #require(try test.repository.reference("HEAD"))
    let commit = try test.repository.commit(id)
    let signature = String(decoding: try #require(commit.header("gpgsig")), as: UTF8.self)
    #expect(signature.hasPrefix("-----BEGIN SSH SIGNATURE-----\n"))
    #expect(signature.hasSuffix("\n-----END SSH SIGNATURE-----"))
    #expect(try test.repository.write(commit) == id)

    // A merge of a signed tag holds the tag itself.
    try test.git("checkout", "-q", "-b", "side")
    try test.git("commit", "-q", "--allow-empty", "-m", "side")
    try test.git("tag", "-s", "v1", "-m", "version 1")
    try test.git("checkout", "-q", "main")
    try test.git("merge", "-q", "--no-ff", "-m", "merged", "v1")
    let mergeID = try #require(try test.repository.reference("HEAD"))
    let merge = try test.repository.commit(mergeID)
    let tag = try test.repository.object(try #require(try test.repository.reference("refs/tags/v1")))
    let mergedTag = try #require(merge.header("mergetag"))
    #expect(mergedTag + [10] == tag.bytes)
    #expect(try test.repository.write(merge) == mergeID)
  }

  @Test func seesWhatAnotherProgramBrings() throws {
    let test = try RepositoryUnderTest()
    #expect(try test.repository.reference("refs/heads/main") == nil)
    try test.folder.write("x", to: "a")
    let id = try test.commitEverything()
    #expect(try test.repository.reference("refs/heads/main") == id)
    #expect(try test.repository.files(in: test.repository.commit(id).tree).count == 1)
    // Packed and gone from their old place while the repository is open.
    try test.git("repack", "-a", "-d", "-q")
    try test.git("pack-refs", "--all")
    #expect(try test.repository.commit(id).message == "x\n")
    #expect(try test.repository.references(withPrefix: "refs/").map(\.id) == [id])
    let next = try test.repository.emptyCommit("next", parents: [id])
    try test.repository.moveReference("refs/heads/main", from: id, to: next, reason: "x")
    #expect(try test.git("rev-parse", "main") == next.hex)
    try test.repository.moveReference("refs/heads/main", from: next, to: nil, reason: "x")
    #expect(try test.git("for-each-ref") == "")
  }

  /// Packed references are files of one name only: nobody but us says that one is in the way.
  @Test func refusesAReferenceInsideAPackedOne() throws {
    let test = try RepositoryUnderTest()
    let id = try test.repository.emptyCommit("x")
    for name in ["refs/heads/a", "refs/heads/b/c"] {
      try test.repository.moveReference(name, from: nil, to: id, reason: "x")
    }
    try test.git("pack-refs", "--all", "--prune")
    for name in ["refs/heads/a/b", "refs/heads/b"] {
      #expect(throws: ObjectStoreError.self) {
        try test.repository.moveReference(name, from: nil, to: id, reason: "x")
      }
    }
    #expect(try test.git("for-each-ref", "--format=%(refname)") == "refs/heads/a\nrefs/heads/b/c")
  }

  @Test func waitsForGitsLockAndThenSaysSo() throws {
    let test = try RepositoryUnderTest()
    let id = try test.repository.emptyCommit("x")
    try test.folder.write("", to: ".git/refs/heads/main.lock")
    let start = ContinuousClock.now
    let error = #expect(throws: ObjectStoreError.self) {
      try test.repository.moveReference("refs/heads/main", from: nil, to: id, reason: "x")
    }
    #expect(ContinuousClock.now - start >= .seconds(1))
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(error == .locked(lock: test.folder[".git/refs/heads/main.lock"].path))
    #expect(error?.code == "git-lock-in-use")
    #expect(try test.repository.reference("refs/heads/main") == nil)

    // A lock that is given back while we wait.
    let lock = test.folder[".git/refs/heads/main.lock"]
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.2)
      try? FileManager.default.removeItem(at: lock)
    }
    try test.repository.moveReference("refs/heads/main", from: nil, to: id, reason: "x")
    #expect(try test.repository.reference("refs/heads/main") == id)
  }

  /// Of many who move one reference from the same place, exactly one succeeds each time: nothing is lost.
  @Test func letsExactlyOneOfManyWin() async throws {
    let test = try RepositoryUnderTest()
    let path = test.folder.path
    let writers = 4
    let rounds = 25
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<writers {
        group.addTask {
          let repository = try GitRepository.open(at: path)
          for round in 0..<rounds {
            while true {
              let seen = try repository.reference("refs/heads/main")
              let commit = try repository.emptyCommit("\(writer) \(round)", parents: seen.map { [$0] } ?? [])
              do {
                try repository.moveReference("refs/heads/main", from: seen, to: commit, reason: "x")
                break
              } catch ObjectStoreError.referenceMoved { continue }
            }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try test.git("rev-list", "--count", "main") == "\(writers * rounds)")
  }

  @Test func letsExactlyOneCreate() async throws {
    let test = try RepositoryUnderTest()
    let path = test.folder.path
    for round in 0..<20 {
      let name = "refs/heads/race-\(round)"
      let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
        for writer in 0..<4 {
          group.addTask {
            let repository = try GitRepository.open(at: path)
            let commit = try repository.emptyCommit("\(writer)")
            do {
              try repository.moveReference(name, from: nil, to: commit, reason: "x")
              return true
            } catch ObjectStoreError.referenceMoved { return false }
          }
        }
        return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(winners == 1)
    }
  }

  @Test func refusesToMakeARepositoryTwice() throws {
    let test = try RepositoryUnderTest()
    let error = #expect(throws: GitError.self) { try GitRepository.create(at: test.folder.path) }
    #expect(error?.kind == .alreadyExists)
    #expect(try test.git("symbolic-ref", "HEAD") == "refs/heads/main")
    #expect(test.repository.workFolder == test.folder.path)
    #expect(test.repository.gitFolder == test.folder.path + "/.git")
    let bare = test.folder["shared/team.git"].path
    let shared = try GitRepository.create(at: bare, kind: .bare)
    #expect(shared.workFolder == nil)
    #expect(shared.gitFolder == bare)
    #expect(try Program.git("rev-parse", "--is-bare-repository", in: bare) == "true")
    #expect(try GitRepository.openBare(at: bare).gitFolder == bare)
  }

  @Test func saysThatThereIsNoRepository() throws {
    let test = try RepositoryUnderTest()
    try test.folder.write("x", to: "posts/a")
    for path in ["posts", "nowhere"] {
      let error = #expect(throws: GitError.self) { try GitRepository.open(at: test.folder[path].path) }
      #expect(error?.kind == .notFound)
    }
  }

  @Test func opensWorktrees() throws {
    let test = try RepositoryUnderTest()
    try test.folder.write("x", to: "a")
    let id = try test.commitEverything()
    let place = try TemporaryFolder()
    try test.git("worktree", "add", "--quiet", place["second"].path, "-b", "second")
    let repository = try GitRepository.open(at: place["second"].path)
    #expect(try repository.head() == .branch(name: "second", commit: id))
    #expect(repository.workFolder == place["second"].path)
    #expect(try repository.readIndex().files.map(\.path.text) == ["a"])
  }
}
