import Foundation
import GitStore
import ObjectModel
import TestSupport
import Testing

/// What is left out is what git leaves out, rule by rule.
@Suite struct IgnoreRulesTests {
  /// What git says: the paths of these that are ignored, by the rules alone.
  private func ignoredByGit(_ paths: [String], in test: RepositoryUnderTest) throws -> Set<String> {
    let answer = try Program.run(
      "git", ["check-ignore", "-z", "--stdin", "--no-index"], environment: Program.gitEnvironment,
      folder: test.folder.path, input: paths.flatMap { Array($0.utf8) + [0] })
    return Set(String(decoding: answer.output, as: UTF8.self).split(separator: "\0").map(String.init))
  }

  @Test func knowsRulesOfEveryKind() throws {
    let test = try RepositoryUnderTest()
    try test.folder.write(
      "\u{FEFF}*.tmp\n/build/\r\nlogs/**/debug\n!keep.tmp\n# comment\n\\#sharp\n\\!loud\ndocs/*.pdf\nfoo[0-9]\n"
        + "**/cache\nspace\\ \nplain  \n[[:upper:]]x\na/**\n!a/kept\n/**/deep\nx**y\n/\n!\nback\\\\slash\n[z-\n",
      to: ".gitignore")
    try test.folder.write("*.json\n!launch.json\n/only-here\n", to: "posts/drafts/.gitignore")
    try test.folder.write("!*\n", to: "build/.gitignore")
    try test.folder.write("private/\n", to: ".git/info/exclude")
    try test.folder.write("*.mine\n", to: "mine")
    try test.git("config", "core.excludesFile", test.folder["mine"].path)
    let paths = [
      "a.tmp", "posts/b.tmp", "keep.tmp", "build/x", "posts/build/x", "logs/debug", "logs/a/b/debug",
      "#sharp", "!loud",
      "docs/a.pdf", "docs/sub/a.pdf", "foo1", "fooa", "x/cache/y", "posts/drafts/a.json",
      "posts/drafts/launch.json",
      "posts/drafts/sub/b.json", "posts/drafts/only-here", "posts/drafts/sub/only-here", "posts/a.json",
      "private/x",
      "b/private/x", "build.json", "été.tmp", "space ", "plain", "Ax", "ax", "a/b/c", "a/kept", "deep",
      "x/y/deep",
      "xzy", "x/y", "s.mine", "z-", "[z-",
    ]
    let repository = try GitRepository.open(at: test.folder.path)
    let rules = try repository.ignoreRules()
    let expected = try ignoredByGit(paths, in: test)
    #expect(expected.count > 15)
    for text in paths {
      guard let path = try? WorkspacePath(text) else { continue }
      #expect(rules.isIgnored(path, isFolder: false) == expected.contains(text), "\(text)")
    }
    #expect(rules.isIgnored(try WorkspacePath("build"), isFolder: true))
    #expect(rules.isIgnored(try WorkspacePath("not/there/private"), isFolder: true))
    #expect(!rules.isIgnored(try WorkspacePath("not/there/private"), isFolder: false))
  }

  @Test func seesRulesThatChange() throws {
    let test = try RepositoryUnderTest()
    let path = try WorkspacePath("new.json")
    #expect(!(try test.repository.isIgnored(path: path, isFolder: false)))
    try test.folder.write("new.json\n", to: ".gitignore")
    #expect(try test.repository.isIgnored(path: path, isFolder: false))
    // A list that is a link could lead anywhere; git does not follow it either.
    try FileManager.default.moveItem(at: test.folder[".gitignore"], to: test.folder["elsewhere"])
    try FileManager.default.createSymbolicLink(
      atPath: test.folder[".gitignore"].path, withDestinationPath: "elsewhere")
    #expect(!(try test.repository.isIgnored(path: path, isFolder: false)))
  }

  @Test func ignoresCaseWhereTheRepositoryDoes() throws {
    let test = try RepositoryUnderTest()
    try test.folder.write("Build/\n*.TMP\n[a-c]9\n", to: ".gitignore")
    for setting in ["true", "false"] {
      try test.git("config", "core.ignoreCase", setting)
      let paths = ["build/x", "BUILD/x", "a.tmp", "a.TmP", "B9", "b9", "D9"]
      let expected = try ignoredByGit(paths, in: test)
      let rules = try test.repository.ignoreRules()
      for text in paths {
        #expect(
          rules.isIgnored(try WorkspacePath(text), isFolder: false) == expected.contains(text),
          "\(text), \(setting)")
      }
    }
  }

  /// Random rules of all the characters that mean something, on short paths, against git.
  @Test(arguments: 0..<40) func agreesWithGit(_ seed: Int) throws {
    let test = try RepositoryUnderTest()
    var random = SeededRandom(seed: UInt64(seed))
    let pieces = [
      "a", "a", "b", "c", "*", "*", "**", "?", "/", "/", "**/", "/**", "[ab]", "[!a]", "[a-b]", "[^b-c]",
      "\\a", "\\*",
      ".", "[]a]", "[[:alpha:]]", "[a", "!", "-", "]", " ", "\\ ", "#", "[a-]", "[[:x:]]", "[\\b]",
    ]
    func rule() -> String {
      (random.chance(1, in: 6) ? "!" : "")
        + (0..<(1 + random.next() % 5)).map { _ in random.pick(pieces) }.joined()
    }
    let rules = (0..<6).map { _ in rule() }
    let inner = (0..<3).map { _ in rule() }
    try test.folder.write(rules.joined(separator: "\n") + "\n", to: ".gitignore")
    try test.folder.write(inner.joined(separator: "\n") + "\n", to: "a/.gitignore")
    let names = ["a", "b", "ab", "a.b", "ba", "c", "aa", "-", "]", "a b"]
    let paths = (0..<150).map { _ in
      (0..<(1 + random.next() % 4)).map { _ in random.pick(names) }.joined(separator: "/")
    }.filter { (try? WorkspacePath($0)) != nil }
    let expected = try ignoredByGit(paths, in: test)
    let snapshot = try test.repository.ignoreRules()
    for text in Set(paths).sorted() {
      // git looks what stands there: a folder, because of the rules in it, or nothing.
      let found = snapshot.isIgnored(try WorkspacePath(text), isFolder: text == "a")
      #expect(
        found == expected.contains(text), "seed \(seed): \(text) by \(rules) and, in a, \(inner)")
    }
  }

  /// A rule from a stranger can't make a walk take forever.
  @Test(.timeLimit(.minutes(1))) func givesUpOnRulesWithoutEnd() throws {
    let test = try RepositoryUnderTest()
    let hard = [
      String(repeating: "*a", count: 60) + "b", String(repeating: "**/", count: 300) + "b",
      String(repeating: "**/a*", count: 100) + "b", String(repeating: "*", count: 900_000) + "b",
      String(repeating: "**/", count: 300_000) + "b",
    ]
    try test.folder.write(hard.joined(separator: "\n") + "\n*.tmp\n", to: ".gitignore")
    let rules = try test.repository.ignoreRules()
    let deep = Array(repeating: "aaaaaaaaaaaaaaaaaaaa", count: 16).joined(separator: "/")
    for _ in 0..<20 {
      #expect(!rules.isIgnored(try WorkspacePath(deep), isFolder: false))
      #expect(!rules.isIgnored(try WorkspacePath(String(repeating: "a", count: 199)), isFolder: false))
    }
    #expect(rules.isIgnored(try WorkspacePath("x.tmp"), isFolder: false))
  }
}
