import Foundation
import JSONTree
import TestSupport
import Testing

/// `ligne verify` from the outside: what is sound is said to be, and each kind of damage is named.
@Suite struct VerifyTests {
  /// Two people who worked at once, joined by a sync of Ana’s.
  private func joinedTeam() throws -> (ana: Desk, post: String) {
    let ana = try Desk()
    let address = ana.folder.path + "/equipe.git"
    try TestSupport.Program.git("init", "-q", "--bare", "-b", "main", address, in: ana.folder.path)
    for words in [
      ["new", "post", "--title", "Soirée", "--body", "Un."], ["commit", "-m", "Un post"],
      ["remote", address],
      ["sync"],
    ] {
      #expect(try ana.ligne(words).status == 0)
    }
    let leo = try Desk("Léo Roy <leo@ravaude.example>", in: ana.folder, cloning: address)
    let list = try JSONValue(parsing: ana.ligne(["list", "post", "--json"]).output)
    let post = try #require(list.array?.first?["path"]?.text)
    for (desk, place, value) in [(leo, "/title", "Soirée d’hiver"), (ana, "/body", "Deux.")] {
      #expect(try desk.ligne(["set", post, place, value]).status == 0)
      #expect(try desk.ligne(["commit", "-m", value]).status == 0)
      #expect(try desk.ligne(["sync"]).status == 0)
    }
    return (ana, post)
  }

  private func verified(_ desk: Desk) throws -> (status: Int32, value: JSONValue) {
    let answer = try desk.ligne(["verify", "--json"])
    return (answer.status, try JSONValue(parsing: answer.output))
  }

  /// A commit made by hand, and `main` moved to it.
  private func forge(_ desk: Desk, trailer: String, parents: [String], tree: String) throws -> String {
    let words =
      ["-c", "user.name=Eve", "-c", "user.email=eve@x.example", "commit-tree", tree]
      + parents.flatMap { ["-p", $0] } + ["-m", "Travail réuni / Work joined\n\n\(trailer)"]
    let id = try TestSupport.Program.git(words, in: desk.path)
    _ = try desk.git("reset", "-q", "--hard", id)
    return id
  }

  @Test func aTeamsHistoryIsSound() throws {
    let (ana, _) = try joinedTeam()
    let before = try ana.fingerprint()
    let (status, value) = try verified(ana)
    #expect(status == 0)
    #expect(value["ok"] == true && value["refused"] == [])
    #expect(value["commits"] == 5 && value["joined"] == 1)
    #expect(value["signatures"] == ["present": 0, "checked": 0])
    #expect(try ana.ligne(["verify"]).text.contains("Tout est intact"))
    #expect(try ana.fingerprint() == before)
  }

  @Test func aForgedJointIsNamedWithItsAuthor() throws {
    let (ana, _) = try joinedTeam()
    let parents = try ["HEAD^1", "HEAD^2"].map { try ana.git("rev-parse", $0) }.sorted()
    let tree = try ana.git("rev-parse", parents[0] + "^{tree}")
    let id = try forge(ana, trailer: "Ligne-Join: 1", parents: parents, tree: tree)
    let (status, value) = try verified(ana)
    #expect(status == 2 && value["ok"] == false)
    let finding = value["refused"]?.array?.first
    #expect(finding?["code"] == "forged-joint" && finding?["commit"]?.text == id)
    #expect(finding?["by"] == "Ana Tremblay")
    #expect(try ana.ligne(["verify"]).text.contains("Ana Tremblay"))
  }

  @Test func aMergeByGitIsInformation() throws {
    let (ana, _) = try joinedTeam()
    let person = ["-c", "user.name=Eve", "-c", "user.email=eve@x.example"]
    _ = try ana.git("switch", "-q", "-c", "essai", "HEAD~1")
    try ana.write("Notes\n", to: "notes.txt")
    _ = try ana.git("add", "notes.txt")
    for words in [
      ["commit", "-qm", "essai"], ["switch", "-q", "main"], ["merge", "-q", "-m", "par git", "essai"],
    ] {
      try TestSupport.Program.git(person + words, in: ana.path)
    }
    let (status, value) = try verified(ana)
    #expect(status == 0)
    #expect(value["merges"]?.array?.count == 1)
  }

  @Test(arguments: [true, false]) func aDamagedDocumentIsNamedWithItsVersion(isMissing: Bool) throws {
    let ana = try Desk()
    for words in [["new", "post", "--title", "Soirée", "--body", "Un."], ["commit", "-m", "Un"]] {
      #expect(try ana.ligne(words).status == 0)
    }
    let post = try ana.git("ls-files", "posts")
    // The post as its first version had it: no file on disk needs it.
    let blob = try ana.git("rev-parse", "HEAD:" + post)
    #expect(try ana.ligne(["set", post, "/body", "Deux."]).status == 0)
    #expect(try ana.ligne(["commit", "-m", "Deux"]).status == 0)
    let file = ana.path + "/.git/objects/" + blob.prefix(2) + "/" + blob.dropFirst(2)
    if isMissing {
      try FileManager.default.removeItem(atPath: file)
    } else {
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
      try Data("x".utf8).write(to: URL(filePath: file))
    }
    let (status, value) = try verified(ana)
    #expect(status == 2)
    let finding = try #require(value["refused"]?.array?.first)
    #expect(finding["code"]?.text == (isMissing ? "object-missing" : "object-damaged"))
    #expect(finding["path"]?.text == post && finding["object"]?.text == blob)
    #expect(finding["by"] == "Ana Côté")
  }

  @Test func newerRulesAreNamed() throws {
    let (ana, _) = try joinedTeam()
    let parents = try ["HEAD^1", "HEAD^2"].map { try ana.git("rev-parse", $0) }.sorted()
    let tree = try ana.git("rev-parse", "HEAD^{tree}")
    _ = try forge(ana, trailer: "Ligne-Join: 2", parents: parents, tree: tree)
    let (status, value) = try verified(ana)
    #expect(status == 2)
    #expect(value["refused"]?.array?.first?["code"] == "newer-version")
    #expect(value["refused"]?.array?.first?["rules"] == 2)
  }
}
