import Foundation
import JSONTree
import TestSupport
import Testing

/// What git does with documents once Ligne is set as its driver, and that it is set wherever files ask for it.
@Suite struct DriversTests {
  private func deskWithPost() throws -> (desk: Desk, post: String) {
    let desk = try Desk()
    for words in [
      ["new", "post", "--title", "Soirée", "--body", "Un. Deux. Trois."], ["commit", "-m", "Un post"],
    ] {
      #expect(try desk.ligne(words).status == 0)
    }
    return (desk, try desk.git("ls-files", "posts"))
  }

  @Test func gitDiffShowsFieldsAndWords() throws {
    let (desk, post) = try deskWithPost()
    _ = try desk.ligne(["set", post, "/body", "Un. Deux bis. Trois."])
    let text = try desk.git("diff")
    #expect(text.contains("/body"))
    #expect(text.contains("{+bis+}") || text.contains("{+ bis+}"), "\(text)")
    #expect(!text.contains("@@"))
    #expect(try desk.git("diff", "--no-ext-diff").contains("@@"))
  }

  @Test func whatCannotBeReadIsSaidAndTheComparisonGoesOn() throws {
    let (desk, post) = try deskWithPost()
    try desk.write("{\"a\"", to: "channels.json")
    _ = try desk.ligne(["set", post, "/title", "Matinée"])
    let text = try desk.git("diff")
    #expect(text.contains("channels.json") && text.contains("/title"))
    let moved = post.replacingOccurrences(of: ".json", with: "-bis.json")
    _ = try desk.git("mv", post, moved)
    #expect(try desk.git("diff", "-M", "HEAD").contains(moved))
    _ = try desk.git("rm", "-qf", moved)
    #expect(try desk.git("diff", "HEAD").contains("Soirée"))
  }

  /// Git keeps its own side in the folder and calls the path unmerged, as for any file it can't merge.
  @Test func anUnreadableSideLeavesTheFilesAsTheyAre() throws {
    let (desk, post) = try deskWithPost()
    _ = try desk.git("switch", "-q", "-c", "autre")
    try desk.write("{\"title\": ", to: post)
    let person = ["-c", "user.name=x", "-c", "user.email=x@y.example"]
    _ = try TestSupport.Program.git(person + ["commit", "-qam", "cassé"], in: desk.path)
    _ = try desk.git("switch", "-q", "main")
    _ = try desk.ligne(["set", post, "/title", "Matinée"])
    _ = try desk.ligne(["commit", "-m", "titre"])
    let before = try desk.read(post)
    #expect(throws: (any Error).self) {
      try desk.git("-c", "user.name=x", "-c", "user.email=x@y.example", "merge", "autre")
    }
    #expect(try desk.read(post) == before)
    #expect(try desk.git("ls-files", "-u", "--", post) != "")

    // The driver itself, as git calls it: status 1, and no file changed.
    for (name, text) in [("base", before), ("ours", before), ("theirs", "{\"title\": ")] {
      try desk.write(text, to: name)
    }
    let answer = try desk.ligne(["merge-file", "base", "ours", "theirs", post])
    #expect(answer.status == 1)
    #expect(
      try [desk.read("base"), desk.read("ours"), desk.read("theirs")] == [before, before, "{\"title\": "])
  }

  @Test func aFolderClonedByPlainGitGetsTheDriversWithTheFirstChange() throws {
    let (desk, post) = try deskWithPost()
    let plain = desk.folder.path + "/Léo"
    try TestSupport.Program.git("clone", "-q", desk.path, plain, in: desk.folder.path)
    let leo = try Desk("Léo Roy <leo@ravaude.example>", in: desk.folder, at: plain)
    #expect(throws: (any Error).self) { try leo.git("config", "merge.ligne.driver") }
    #expect(try leo.ligne(["status"]).status == 0)
    #expect(throws: (any Error).self) { try leo.git("config", "merge.ligne.driver") }
    #expect(try leo.ligne(["set", post, "/title", "Matinée"]).status == 0)
    #expect(try leo.git("config", "merge.ligne.driver") == "ligne merge-file %O %A %B %P")
    #expect(try leo.git("config", "diff.ligne.command") == "ligne diff-file --")
  }

  @Test func filesWithoutAHistoryGetOne() throws {
    let (desk, post) = try deskWithPost()
    try FileManager.default.removeItem(atPath: desk.path + "/.git")
    let text = try desk.read(post)
    let answer = try desk.ligne(["status", "--json"])
    #expect(try JSONValue(parsing: answer.output)["error"]?["code"] == "no-history")
    let begun = try desk.ligne(["init"])
    #expect(begun.status == 0 && begun.text.contains("La Ravaude"), "\(begun.errorText)")
    #expect(try desk.read(post) == text)
    #expect(try desk.git("status", "--porcelain") == "")
    #expect(try desk.git("rev-list", "--count", "HEAD") == "1")
    #expect(
      try JSONValue(parsing: desk.ligne(["init", "--json"]).output)["error"]?["code"] == "already-a-workspace"
    )
  }
}

/// A clone that fails leaves nothing, and says what to do in words that fit somebody who has no workspace yet.
@Suite struct FailedCloneTests {
  @Test(arguments: [
    ("projet", "no-workspace-there"), ("vide.git", "nothing-there"), ("nulle-part", "unreachable"),
    ("ssh://git@127.0.0.1:9/x.git", "unreachable"),
  ])
  func leavesNothingAndSpeaksOfNoSync(_ address: String, code: String) throws {
    let desk = try Desk()
    let root = desk.folder.path
    try TestSupport.Program.git("init", "-q", "--bare", "-b", "main", root + "/vide.git", in: root)
    try TestSupport.Program.git("init", "-q", "-b", "main", root + "/projet", in: root)
    try Data("x".utf8).write(to: URL(filePath: root + "/projet/a.txt"))
    try TestSupport.Program.git("add", "a.txt", in: root + "/projet")
    try TestSupport.Program.git("commit", "-qm", "a", in: root + "/projet")
    let target = root + "/neuf/dossier"
    let answer = try desk.ligne(
      ["clone", address.contains("://") ? address : root + "/" + address, target, "--json"], outside: true)
    #expect(answer.status == 1)
    let error = try JSONValue(parsing: answer.output)["error"]
    #expect(error?["code"]?.text == code, "\(answer.text)")
    if code != "nothing-there" {
      #expect(
        error?["hint"]?.text?.contains("sync") == false && error?["hint"]?.text?.contains("remote") == false)
    }
    #expect(!FileManager.default.fileExists(atPath: root + "/neuf"))
  }
}
