import GitStore
import ObjectModel
import TestSupport
import Testing

@Suite struct HeadAndConfigurationTests {
  @Test func knowsWhatTheNextCommitFollows() throws {
    let test = try RepositoryUnderTest()
    #expect(try test.repository.head() == .branch(name: "main", commit: nil))
    let id = try test.commitEverything()
    #expect(try test.repository.head() == .branch(name: "main", commit: id))
    try test.git("checkout", "--quiet", "--detach")
    #expect(try test.repository.head() == .detached(id))
    #expect(try test.repository.head().commit == id)

    try test.repository.attach(toBranch: "main")
    #expect(try test.git("symbolic-ref", "HEAD") == "refs/heads/main")
    try test.repository.attach(toBranch: "essai/été")
    #expect(try test.repository.head() == .branch(name: "essai/été", commit: nil))
    #expect(throws: ObjectStoreError.self) { try test.repository.attach(toBranch: "a..b") }
    #expect(throws: ObjectStoreError.self) { try test.repository.attach(toBranch: "") }
    #expect(try test.repository.head() == .branch(name: "essai/été", commit: nil))
  }

  @Test func readsAndWritesConfiguration() throws {
    let test = try RepositoryUnderTest()
    let repository = test.repository
    #expect(try repository.configuration("ligne.none") == nil)
    try repository.setConfiguration("merge.ligne.name", to: "Ligne « fusion » # \"x\" \\ ;")
    #expect(try test.git("config", "merge.ligne.name") == "Ligne « fusion » # \"x\" \\ ;")
    #expect(try repository.configuration("merge.ligne.name") == "Ligne « fusion » # \"x\" \\ ;")
    try test.git("config", "merge.ligne.name", "again")
    #expect(try repository.configuration("merge.ligne.name") == "again")
    try repository.setConfiguration("merge.ligne.name", to: nil)
    try repository.setConfiguration("merge.ligne.name", to: nil)
    #expect(try repository.configuration("merge.ligne.name") == nil)
    #expect(throws: GitError.self) { try repository.setConfiguration("no-section", to: "x") }
  }

  @Test func keepsTheTeamsAddressWhereGitLooksForIt() throws {
    let test = try RepositoryUnderTest()
    #expect(try test.repository.remoteAddress() == nil)
    try test.repository.setRemoteAddress("git@example.org:équipe/ligne.git")
    #expect(try test.repository.remoteAddress() == "git@example.org:équipe/ligne.git")
    #expect(try test.git("remote", "get-url", "origin") == "git@example.org:équipe/ligne.git")
    #expect(try test.git("config", "remote.origin.fetch") == "+refs/heads/*:refs/remotes/origin/*")
    try test.git("config", "remote.origin.fetch", "+refs/heads/main:refs/remotes/origin/main")
    try test.repository.setRemoteAddress("/media/clé usb/équipe.git")
    #expect(try test.git("remote", "get-url", "origin") == "/media/clé usb/équipe.git")
    #expect(
      try test.git("config", "--get-all", "remote.origin.fetch")
        == "+refs/heads/main:refs/remotes/origin/main")
  }

  @Test func knowsWhoWorksHere() throws {
    let test = try RepositoryUnderTest()
    try test.repository.setConfiguration("user.name", to: "")
    try test.repository.setConfiguration("user.email", to: "ana@example.org")
    #expect(try test.repository.userIdentity() == nil)
    try test.repository.setConfiguration("user.name", to: "Ana Tremblay")
    let identity = try test.repository.userIdentity()
    #expect(identity?.name == "Ana Tremblay")
    #expect(identity?.email == "ana@example.org")
  }
}
