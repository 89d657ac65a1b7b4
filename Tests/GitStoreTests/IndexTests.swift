import Foundation
import GitStore
import ObjectModel
import TestSupport
import Testing

/// The index we read and write, with git as the judge: after us, `git status` has nothing to say and nothing to read.
@Suite struct IndexTests {
  /// What the file system says of a file of the folder, as `updateIndex` takes it.
  private func indexed(_ text: String, in test: RepositoryUnderTest) throws -> IndexedFile {
    var status = stat()
    try #require(lstat(test.folder[text].path, &status) == 0)
    let bytes = try test.folder.read(text)
    return IndexedFile(
      path: try WorkspacePath(text), mode: status.st_mode & 0o100 == 0 ? .file : .executable,
      id: ObjectID(hashing: RawObject(kind: .blob, bytes: bytes)), size: Int64(status.st_size),
      modified: IndexTime(seconds: Int64(status.st_mtim.tv_sec), nanoseconds: Int32(status.st_mtim.tv_nsec)),
      changed: IndexTime(seconds: Int64(status.st_ctim.tv_sec), nanoseconds: Int32(status.st_ctim.tv_nsec)),
      inode: UInt64(status.st_ino), device: UInt64(status.st_dev), user: status.st_uid, group: status.st_gid)
  }

  /// Commits files with our own means: objects, tree, reference, index.
  private func commit(_ changes: [String: String?], in test: RepositoryUnderTest) throws {
    let store = test.repository
    var edits: [(WorkspacePath, TreeFile?)] = []
    for (text, content) in changes {
      let path = try WorkspacePath(text)
      if let content {
        try test.folder.write(content, to: text)
        edits.append((path, TreeFile(id: try store.write(blob: content.utf8))))
      } else {
        try FileManager.default.removeItem(at: test.folder[text])
        edits.append((path, nil))
      }
    }
    let head = try store.head().commit
    let tree = try store.tree(applying: edits, to: head.map { try store.commit($0).tree })
    let commit = try store.write(
      Commit(tree: tree, parents: head.map { [$0] } ?? [], author: ana, committer: ana, message: "x\n"))
    try store.moveReference("refs/heads/main", from: head, to: commit, reason: "commit")
    let written = changes.filter { $0.value != nil }.map(\.key).sorted()
    let removed = changes.filter { $0.value == nil }.map(\.key).sorted()
    try store.updateIndex(
      set: written.map { try indexed($0, in: test) }, remove: removed.map { try WorkspacePath($0) })
  }

  private func expectSilence(_ test: RepositoryUnderTest, _ location: SourceLocation = #_sourceLocation)
    throws
  {
    // `diff-files` compares with the file system only, so it is silent only if what the index says of it is right.
    #expect(try test.git("diff-files") == "", sourceLocation: location)
    #expect(try test.git("status", "--porcelain") == "", sourceLocation: location)
    #expect(try test.git("fsck", "--strict", "--no-dangling") == "", sourceLocation: location)
  }

  @Test func leavesGitNothingToSay() throws {
    let test = try RepositoryUnderTest()
    try commit(["posts/2026/a.json": "{}", "posts/2026/été.json": "[]", "ligne.json": "{}"], in: test)
    try expectSilence(test)
    try commit(["posts/2026/a.json": "{\"x\": 1}", "posts/2026/été.json": nil, "b": ""], in: test)
    try expectSilence(test)
    // A file becomes a folder, a folder a file.
    try FileManager.default.removeItem(at: test.folder["b"])
    try FileManager.default.removeItem(at: test.folder["posts"])
    try commit(["b/c": "x", "posts": "y"], in: test)
    try expectSilence(test)
    #expect(try test.git("ls-files") == "b/c\nligne.json\nposts")
  }

  @Test func worksOnWhatGitWroteAndTheReverse() throws {
    for version in ["2", "3", "4"] {
      let test = try RepositoryUnderTest()
      for name in ["a", "a.b", "a-/c", "long/\(String(repeating: "x", count: 180))/y", "é"] {
        try test.folder.write(name, to: name)
      }
      try test.commitEverything()
      try test.git("update-index", "--index-version=\(version)", "--force-write-index")
      let contents = try test.repository.readIndex()
      let expected = try test.git("ls-files", "-z").split(separator: "\0").map(String.init)
      #expect(contents.files.map(\.path.text) == expected)
      for file in contents.files {
        #expect(try indexed(file.path.text, in: test) == file)
      }
      var status = stat()
      try #require(lstat(test.folder[".git/index"].path, &status) == 0)
      #expect(contents.writtenAt?.seconds == Int64(status.st_mtim.tv_sec))
      #expect(contents.writtenAt?.nanoseconds == Int32(status.st_mtim.tv_nsec))

      try commit(["a": "changed", "new": "x"], in: test)
      try expectSilence(test)
      try test.folder.write("git's turn", to: "new")
      try test.commitEverything()
      #expect(try test.repository.readIndex().files.count == 6)
      try expectSilence(test)
    }
  }

  @Test func hasNoIndexInANewRepository() throws {
    let test = try RepositoryUnderTest()
    #expect(try test.repository.readIndex() == IndexContents())
    try test.repository.updateIndex(set: [], remove: [])
    #expect(!FileManager.default.fileExists(atPath: test.folder[".git/index"].path))
  }

  @Test func keepsWhatAPersonToldGit() throws {
    let test = try RepositoryUnderTest()
    for name in ["assumed", "skipped", "other"] { try test.folder.write("x", to: name) }
    try test.commitEverything()
    try test.git("update-index", "--assume-unchanged", "assumed")
    try test.git("update-index", "--skip-worktree", "skipped")
    try test.folder.write("x", to: "planned")
    try test.git("add", "--intent-to-add", "planned")
    let before = try test.git("ls-files", "-v", "-t", "assumed", "skipped", "planned")
    try commit(["other": "y"], in: test)
    #expect(try test.git("ls-files", "-v", "-t", "assumed", "skipped", "planned") == before)
    #expect(try test.git("ls-files", "--debug", "planned").contains("flags: 20004000"))
  }

  @Test func endsAConflictOfGits() throws {
    let test = try RepositoryUnderTest()
    try test.folder.write("base", to: "post.json")
    try test.folder.write("base", to: "plan.json")
    try test.commitEverything()
    try test.git("checkout", "-q", "-b", "side")
    for name in ["post.json", "plan.json"] { try test.folder.write("side", to: name) }
    try test.commitEverything()
    try test.git("checkout", "-q", "main")
    for name in ["post.json", "plan.json"] { try test.folder.write("main", to: name) }
    try test.commitEverything()
    _ = try Program.run(
      "git", ["merge", "-q", "side"], environment: Program.gitEnvironment, folder: test.folder.path)
    #expect(try test.repository.readIndex().conflicted.map(\.text) == ["plan.json", "post.json"])
    try test.folder.write("settled", to: "post.json")
    try test.repository.updateIndex(
      set: [try indexed("post.json", in: test)], remove: [try WorkspacePath("plan.json")])
    #expect(try test.git("ls-files", "--unmerged") == "")
    #expect(try test.repository.readIndex().conflicted.isEmpty)
  }

  /// A file changed in the same tick as the index was written keeps being read again after the index is newer.
  @Test func neverTrustsAFileThatCouldHaveChangedUnseen() throws {
    let test = try RepositoryUnderTest()
    try test.folder.write("one", to: "a")
    try test.folder.write("x", to: "b")
    try test.commitEverything()
    // As if the change came within the clock's tick: same size, and the times the index knows.
    let known = try #require(try test.repository.readIndex().files.first)
    let index = test.folder[".git/index"].path
    try setTime(index, to: known.modified)
    let old = try indexed("a", in: test)
    try test.folder.write("two", to: "a")
    try setTime(test.folder["a"].path, to: old.modified)

    try Data("y".utf8).write(to: test.folder["b"])
    try test.repository.updateIndex(set: [try indexed("b", in: test)], remove: [])
    #expect(try test.repository.readIndex().files.first?.size == 0)
    #expect(try test.git("status", "--porcelain", "a") == "M a".replacingOccurrences(of: "M", with: " M"))
  }

  private func setTime(_ path: String, to time: IndexTime) throws {
    let moment = timespec(tv_sec: Int(time.seconds), tv_nsec: Int(time.nanoseconds))
    try #require(utimensat(AT_FDCWD, path, [moment, moment], 0) == 0)
  }

  /// git reads a file again only if the index is wrong about it: counted with the system calls it makes.
  @Test(.enabled(if: (try? Program.run("strace", ["-V"])) != nil, "strace is not installed"))
  func sparesGitFromReadingFilesAgain() throws {
    let test = try RepositoryUnderTest()
    let names = (0..<20).map { "posts/\($0).json" }
    try commit(Dictionary(uniqueKeysWithValues: names.map { ($0, $0) }), in: test)
    // A file written in the same second as the index is read again by git's rule for races.
    let minuteAgo = IndexTime(seconds: Int64(time(nil)) - 60, nanoseconds: 0)
    for name in names { try setTime(test.folder[name].path, to: minuteAgo) }
    try test.repository.updateIndex(set: try names.map { try indexed($0, in: test) }, remove: [])
    let trace = try Program.run(
      "strace", ["-f", "-e", "trace=open,openat", "git", "status", "--porcelain"],
      environment: Program.gitEnvironment, folder: test.folder.path)
    #expect(trace.status == 0)
    #expect(trace.errorText.contains("index"))
    #expect(!trace.errorText.contains(".json"))
  }

  @Test func resetsToATree() throws {
    let test = try RepositoryUnderTest()
    for name in ["a", "b/c", "b/d"] { try test.folder.write(name, to: name) }
    try FileManager.default.createSymbolicLink(
      atPath: test.folder["link"].path, withDestinationPath: "a")
    let id = try test.commitEverything()
    let tree = try test.repository.commit(id).tree
    let before = try test.git("ls-files", "-s")
    try test.git("rm", "-q", "--cached", "b/d")
    try test.folder.write("staged", to: "new")
    try test.git("add", "new")
    try test.repository.resetIndex(to: tree)
    #expect(try test.git("ls-files", "-s") == before)
    #expect(try test.git("status", "--porcelain") == "?? new")
    // From nothing: git has to look at the files once, and then finds nothing.
    try FileManager.default.removeItem(at: test.folder[".git/index"])
    try test.repository.resetIndex(to: tree, stats: ["a", "b/c"].map { try indexed($0, in: test) })
    #expect(try test.git("diff-files") != "")
    #expect(try test.git("diff-files", "a", "b/c") == "")
    #expect(try test.git("status", "--porcelain") == "?? new")
    try test.repository.resetIndex(to: .emptyTree)
    #expect(try test.git("ls-files") == "")
  }

  @Test func waitsForGitsLock() throws {
    let test = try RepositoryUnderTest()
    try test.folder.write("x", to: "a")
    try test.folder.write("", to: ".git/index.lock")
    let file = try indexed("a", in: test)
    let error = #expect(throws: GitError.self) { try test.repository.updateIndex(set: [file], remove: []) }
    #expect(error?.kind == .locked)
    let lock = test.folder[".git/index.lock"]
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.2)
      try? FileManager.default.removeItem(at: lock)
    }
    try test.repository.updateIndex(set: [file], remove: [])
    #expect(try test.git("ls-files") == "a")
    #expect(!FileManager.default.fileExists(atPath: lock.path))
  }

  /// Many at once, each its own file: read and written under one lock, none takes away another's.
  @Test func losesNoFileOfManyWriters() async throws {
    let test = try RepositoryUnderTest()
    let path = test.folder.path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          let repository = try GitRepository.open(at: path)
          for number in 0..<20 {
            let file = IndexedFile(
              path: try WorkspacePath("\(writer)/\(number)"), mode: .file, id: ObjectID.emptyTree, size: 1,
              modified: IndexTime(seconds: 1, nanoseconds: 0), changed: IndexTime(seconds: 1, nanoseconds: 0),
              inode: 1, device: 1)
            try repository.updateIndex(set: [file], remove: [])
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try test.repository.readIndex().files.count == 80)
  }

  /// Every byte of an index, changed: an error or an index, never a crash.
  @Test func survivesADamagedIndex() throws {
    let test = try RepositoryUnderTest()
    for name in ["a", "b/c", "d"] { try test.folder.write(name, to: name) }
    try test.commitEverything()
    try test.git("update-index", "--index-version=4", "--force-write-index")
    let whole = try test.folder.read(".git/index")
    var refused = 0
    for length in stride(from: 0, to: whole.count, by: 7) {
      try test.folder.write(whole.prefix(length), to: ".git/index")
      #expect(throws: (any Error).self) { try test.repository.readIndex() }
    }
    for place in whole.indices {
      var bytes = whole
      bytes[place] ^= 0xFF
      // Without a checksum, as `index.skipHash` leaves it, the parts themselves have to be looked at.
      bytes.replaceSubrange((bytes.count - 20)..., with: repeatElement(0, count: 20))
      try test.folder.write(bytes, to: ".git/index")
      do {
        _ = try test.repository.readIndex()
      } catch {
        refused += 1
      }
    }
    #expect(refused > 10)
  }
}
