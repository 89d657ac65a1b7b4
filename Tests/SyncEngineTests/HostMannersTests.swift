import Foundation
import GitStore
import JSONTree
import ObjectModel
import SyncEngine
import TestSupport
import Testing

/// A host may refuse names that are no branches, or all names but `main`: work is shared all the same.
@Suite struct HostMannersTests {
  static let file = "posts/marche.json"

  struct Host: Sendable, CustomTestStringConvertible {
    let name: String
    /// What the host's check refuses, as a pattern of the shell.
    let refuses: String
    /// Whether it refuses everything that travels together.
    var hook = "update"
    let manners: HostManners
    let references: [String]
    var testDescription: String { name }
  }

  static let hosts = [
    Host(
      name: "takes everything", refuses: "nothing", manners: .devices, references: ["refs/ligne/devices/"]),
    Host(
      name: "takes branches", refuses: "refs/ligne/*", manners: .branches, references: ["refs/heads/ligne/"]),
    Host(name: "takes main", refuses: "refs/ligne/*|refs/heads/ligne/*", manners: .main, references: []),
    Host(
      name: "takes branches, and refuses all of a push with another name", refuses: "refs/ligne/*",
      hook: "pre-receive", manners: .branches, references: ["refs/heads/ligne/"]),
    Host(
      name: "takes main, and refuses all of a push with another name",
      refuses: "refs/ligne/*|refs/heads/ligne/*",
      hook: "pre-receive", manners: .main, references: []),
  ]

  private func install(_ host: Host, at pair: Pair) throws {
    let check =
      "case \"$ref\" in \(host.refuses)) echo 'names like this are not taken here' >&2; exit 1;; esac"
    let script =
      host.hook == "update"
      ? "#!/bin/sh\nref=$1\n\(check)\nexit 0\n"
      : "#!/bin/sh\nwhile read old new ref; do \(check); done\nexit 0\n"
    try Program.install(script, at: pair.address + "/hooks/\(host.hook)")
    for name in try pair.git("team.git", "for-each-ref", "--format=%(refname)", "refs/ligne/").split(
      separator: "\n")
    {
      try pair.git("team.git", "update-ref", "-d", String(name))
    }
  }

  @Test(arguments: hosts) func workIsSharedAndJoined(_ host: Host) async throws {
    let pair = try await Pair()
    try install(host, at: pair)
    try pair.change("ana", "/title", "Marché public")
    try pair.change("leo", "/at", "10 h")
    let first = try await pair.sync("ana")
    #expect(first.shared.count == 1 && first.waiting == [])
    #expect(first.manners == host.manners && first.hasNewManners == (host.manners != .devices))
    let second = try await pair.sync("leo")
    #expect(second.result == .joined && second.manners == host.manners)
    #expect(try await pair.sync("ana").result == .received)
    #expect(try pair.workspace("ana").head() == pair.workspace("leo").head())
    for name in ["ana", "leo"] {
      #expect(try pair.read(name, Self.file)["title"] == "Marché public")
      #expect(try pair.read(name, Self.file)["at"] == "10 h")
    }
    let names = try pair.git("team.git", "for-each-ref", "--format=%(refname)").split(separator: "\n")
      .filter { $0 != "refs/heads/main" }
    #expect(names.count == 2 * host.references.count)
    #expect(names.allSatisfy { name in host.references.contains { name.hasPrefix($0) } })
  }

  @Test(arguments: hosts) func itIsSaidOnceAndInStatus(_ host: Host) async throws {
    let pair = try await Pair()
    try install(host, at: pair)
    var news: [Bool] = []
    for at in ["10 h", "11 h"] {
      try pair.change("ana", "/at", JSONValue(at))
      news.append(try await pair.sync("ana").hasNewManners)
    }
    #expect(news == [host.manners != .devices, false])
    #expect(try pair.workspace("ana").status().manners == host.manners)
    // Another address is asked anew.
    try pair.workspace("ana").setAddress(pair.address + "/../autre.git")
    #expect(try pair.workspace("ana").hostManners() == .devices)
  }

  @Test func aCheckThatRefusesEverythingIsNoQuestionOfNames() async throws {
    let pair = try await Pair()
    try install(Host(name: "", refuses: "*", manners: .main, references: []), at: pair)
    try pair.change("ana", "/at", "10 h")
    let error = await #expect(throws: TransportError.self) { try await pair.sync("ana") }
    guard case .refusedByHost(let text)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(text.hasPrefix("names like this are not taken here"))
    #expect(try pair.workspace("ana").hostManners() == .devices)
    #expect(try pair.workspace("ana").status().ahead == 1)
  }

  /// Where `main` is all there is, whoever is overtaken waits a random part of a growing span.
  @Test func whoIsOvertakenWaitsAndTriesAgain() async throws {
    let pair = try await Pair()
    try install(Self.hosts[2], at: pair)
    try pair.change("leo", "/at", "8 h")
    _ = try await pair.sync("leo")
    var (pauses, others): ([Duration], Int) = ([], 0)
    try pair.change("leo", "/at", "10 h")
    let workspace = try pair.workspace("leo")
    let git = GitTransport(gitFolder: workspace.repository.gitFolder)
    let transport = Overtaken(by: git) {
      if others == 4 { return }
      others += 1
      try? pair.change("ana", "/note", JSONValue("\(others)"))
      _ = try? await pair.sync("ana")
    }
    var random = SeededRandom(seed: 7)
    let report = try await workspace.sync(
      over: transport, by: pair.attribution("leo"), random: &random, pause: { pauses.append($0) })
    #expect(report.attempts == 5 && report.shared.count == 1)
    #expect(pauses.count == 4)
    #expect(zip(pauses, [100, 200, 400, 800]).allSatisfy { $0 <= .milliseconds($1) })
    #expect(Set(pauses).count > 1)
    #expect(try pair.git("team.git", "rev-parse", "main") == pair.git("leo", "rev-parse", "HEAD"))
  }

  /// A host that answers "done" and puts everything back: a disk that keeps nothing, a mirror that is written over.
  @Test func aHostThatDoesNotKeepWhatItTakesIsTold() async throws {
    let pair = try await Pair()
    try Program.install(
      """
      #!/bin/sh
      while read old new ref; do
        case $old in *[1-9a-f]*) git update-ref $ref $old;; *) git update-ref -d $ref;; esac
      done
      """, at: pair.address + "/hooks/post-receive")
    try pair.change("leo", "/at", "10 h")
    let workspace = try pair.workspace("leo")
    var random = SeededRandom(seed: 9)
    var pauses = 0
    await #expect(throws: WorkspaceError.notTaken(address: pair.address)) {
      try await workspace.sync(
        over: GitTransport(gitFolder: workspace.repository.gitFolder), by: pair.attribution("leo"),
        random: &random, pause: { _ in pauses += 1 })
    }
    #expect(pauses == 3)
    #expect(try pair.read("leo", Self.file)["at"] == "10 h")
    #expect(try pair.workspace("leo").status().ahead == 1)
    // Once it keeps what it takes, nothing is missing.
    try FileManager.default.removeItem(atPath: pair.address + "/hooks/post-receive")
    #expect(try await pair.sync("leo").shared.count == 1)
    #expect(try pair.git("team.git", "rev-parse", "main") == pair.git("leo", "rev-parse", "HEAD"))
  }

  @Test func whoIsAlwaysOvertakenIsToldAndLosesNothing() async throws {
    let pair = try await Pair()
    try install(Self.hosts[2], at: pair)
    try pair.change("leo", "/at", "8 h")
    _ = try await pair.sync("leo")
    try pair.change("leo", "/at", "10 h")
    let workspace = try pair.workspace("leo")
    var count = 0
    let transport = Overtaken(by: GitTransport(gitFolder: workspace.repository.gitFolder)) {
      count += 1
      try? pair.change("ana", "/note", JSONValue("\(count)"))
      _ = try? await pair.sync("ana")
    }
    var random = SeededRandom(seed: 8)
    var pauses: [Duration] = []
    await #expect(throws: WorkspaceError.overtaken(attempts: 12)) {
      try await workspace.sync(
        over: transport, by: pair.attribution("leo"), random: &random, pause: { pauses.append($0) })
    }
    #expect(pauses.count == 11 && pauses.allSatisfy { $0 <= .seconds(5) })
    #expect(try pair.read("leo", Self.file)["at"] == "10 h")
    _ = try await pair.sync("leo")
    #expect(try pair.git("team.git", "rev-parse", "main") == pair.git("leo", "rev-parse", "HEAD"))
  }
}

/// A transport whose pushes somebody else always comes before.
private struct Overtaken: Transport {
  let git: GitTransport
  let before: () async -> Void

  init(by git: GitTransport, before: @escaping () async -> Void) { (self.git, self.before) = (git, before) }

  func references(at address: RemoteAddress) async throws(TransportError) -> [Reference] {
    try await git.references(at: address)
  }

  func holdsOtherBranches(at address: RemoteAddress) async throws(TransportError) -> Bool {
    try await git.holdsOtherBranches(at: address)
  }

  func fetch(
    from address: RemoteAddress, _ specifications: [RefSpec], progress: ((TransferProgress) -> Void)?
  ) async throws(TransportError) -> FetchReport {
    try await git.fetch(from: address, specifications, progress: progress)
  }

  func push(
    to address: RemoteAddress, _ updates: [PushUpdate], as unit: PushUnit,
    progress: ((TransferProgress) -> Void)?
  ) async throws(TransportError) -> [PushResult] {
    await before()
    return try await git.push(to: address, updates, as: unit, progress: progress)
  }
}
