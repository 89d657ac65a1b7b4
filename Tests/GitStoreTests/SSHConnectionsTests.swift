import Foundation
import GitStore
import Glibc
import ObjectModel
import TestSupport
import Testing

/// What one sync says to a host goes through one connection, and what a person set up is left alone.
@Suite(
  .enabled(if: SSHServer.isInstalled, "sshd is not installed, or cannot be started here"),
  .timeLimit(.minutes(15)))
struct SSHConnectionsTests {
  let team: GitTeam

  init() throws { team = try GitTeam() }

  /// Lists, sends, fetches and reads back.
  private func exchange(_ transport: GitTransport, _ address: RemoteAddress) async throws {
    let version = try team.commit(UUID().uuidString)
    let update = PushUpdate("refs/ligne/devices/\(version.hex.prefix(16))", from: nil, to: version)
    _ = try await transport.references(at: address)
    _ = try await transport.fetch(from: address, everything)
    #expect(try await transport.push(to: address, [update]).map(\.outcome) == [.moved])
    #expect(try await transport.references(at: address).contains { $0.id == version })
  }

  /// How many runs of git the exchange is: the first fetch finds no `main`, and asks again.
  private static let runs = 5

  @Test func oneConnectionForAll() async throws {
    let server = try SSHServer()
    let address = try RemoteAddress(server.address(team.copy))
    for round in 1...2 {
      try await exchange(team.transport(environment: server.environment()), address)
      #expect(server.connections.begun == round)
      // It ends with the transport.
      try await eventually { server.connections.ended == round }
    }
  }

  @Test func anAliasIsReachedOverOneConnectionToo() async throws {
    let server = try SSHServer()
    let address = try RemoteAddress("team:" + team.copy)
    try await exchange(team.transport(environment: server.environment()), address)
    #expect(server.connections.begun == 1)
  }

  @Test func whereSSHIsSetInTheConfigurationOfGit() async throws {
    let server = try SSHServer()
    let command = try #require(server.environment()["GIT_SSH_COMMAND"])
    try Program.git("config", "core.sshCommand", command, in: team.workspace)
    let address = try RemoteAddress(server.address(team.copy))
    try await exchange(team.transport(), address)
    #expect(server.connections.begun == 1)
  }

  @Test func whoSharesConnectionsAlreadyKeepsSharingThose() async throws {
    let server = try SSHServer()
    let command = try #require(server.environment()["GIT_SSH_COMMAND"])
    let place = try ShortFolder()
    let own = command + " -o ControlMaster=auto -o ControlPath=\(place.path)/own -o ControlPersist=60"
    let address = try RemoteAddress(server.address(team.copy))
    for _ in 1...2 { try await exchange(team.transport(environment: ["GIT_SSH_COMMAND": own]), address) }
    #expect(server.connections == (1, 0))
    #expect(try place.names() == ["own"])
    #expect(
      try Program.run("ssh", ["-F", "none", "-O", "exit", "-S", place.path + "/own", "host"]).status == 0)
  }

  struct Setting: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let environment: @Sendable (_ command: String, GitTeam) throws -> [String: String]
  }

  static let ownPrograms = [
    Setting(testDescription: "a program of one's own") { command, team in
      try Program.install("#!/bin/sh\nexec \(command) \"$@\"\n", at: team.folder["reach"].path)
      return ["GIT_SSH_COMMAND": team.folder["reach"].path, "GIT_SSH_VARIANT": "ssh"]
    },
    Setting(testDescription: "a program without options") { command, team in
      try Program.install("#!/bin/sh\nexec \(command) \"$@\"\n", at: team.folder["reach"].path)
      return ["GIT_SSH": team.folder["reach"].path]
    },
    Setting(testDescription: "ssh that is said to be something else") { command, _ in
      ["GIT_SSH_COMMAND": command, "GIT_SSH_VARIANT": "simple"]
    },
    Setting(testDescription: "ssh behind other words") { command, _ in
      ["GIT_SSH_COMMAND": "env A=b \(command)"]
    },
    // Its complaints, and those of who leads through another host, would be lost with the first run.
    Setting(testDescription: "ssh that tells everything") { command, _ in
      ["GIT_SSH_COMMAND": "\(command) -v"]
    },
    Setting(testDescription: "a way through another host") { command, _ in
      ["GIT_SSH_COMMAND": "\(command) -J team"]
    },
    Setting(testDescription: "ssh that is told not to share") { command, _ in
      ["GIT_SSH_COMMAND": "\(command) -S none"]
    },
    Setting(testDescription: "another program called ssh") { command, team in
      let script = "case \"$1\" in -V) echo Dropbear >&2; exit 1;; esac; exec \(command) \"$@\""
      try Program.install("#!/bin/sh\n\(script)\n", at: team.folder["other/ssh"].path)
      return ["GIT_SSH_COMMAND": team.folder["other/ssh"].path]
    },
  ]

  @Test(arguments: ownPrograms) func whatIsNoPlainSSHConnectsEachTime(_ setting: Setting) async throws {
    let server = try SSHServer()
    let command = try #require(server.environment()["GIT_SSH_COMMAND"])
    // "simple" takes no port; the alias has one.
    let address = try RemoteAddress("team:" + team.copy)
    try await exchange(team.transport(environment: try setting.environment(command, team)), address)
    #expect(server.connections.begun >= Self.runs)
  }

  @Test func aHostThatTakesOneSessionAtATime() async throws {
    let server = try SSHServer(sessions: 1)
    let address = try RemoteAddress(server.address(team.copy))
    try await exchange(team.transport(environment: server.environment()), address)
    #expect(server.connections.begun == 1)
  }

  @Test(.enabled(if: SpoilingProxy.isInstalled, "python3 is not installed"))
  func aConnectionThatFellSilentIsNotUsedAgain() async throws {
    try team.share(try team.bigHistory(6, size: 3000), as: "refs/heads/main")
    let server = try SSHServer()
    // Each connection falls silent after so many bytes: enough to list, too few to fetch.
    let proxy = try SpoilingProxy(before: server.port, .stall, after: 9000, .fromServer)
    let text = "ssh://\(NSUserName())@127.0.0.1:\(proxy.port)\(team.copy)"
    let command = try #require(server.environment()["GIT_SSH_COMMAND"])
    var limits = TransferLimits()
    limits.silence = .seconds(3)
    try team.addDevice("leo")
    let transport = team.transport(
      "leo", environment: ["GIT_SSH_COMMAND": command + " -o StrictHostKeyChecking=no"], limits: limits)
    let address = try RemoteAddress(text)
    let error = await thrown { _ = try await transport.fetch(from: address, everything) }
    #expect(error == .unreachable(address: text, .silent(.seconds(3))))
    // On a busy computer it may have been given up before the server knew of it.
    let begun = server.connections.begun
    #expect(begun <= 1)
    #expect(try await transport.references(at: address).map(\.name) == ["refs/heads/main"])
    #expect(server.connections.begun == begun + 1)
    withExtendedLifetime(proxy) {}
  }

  @Test func aConnectionThatDiedIsReplaced() async throws {
    let server = try SSHServer()
    let address = try RemoteAddress(server.address(team.copy))
    let transport = team.transport(environment: server.environment())
    try await exchange(transport, address)
    try server.endConnections()
    try await exchange(transport, address)
    // One run may go alone: ssh that has not yet seen its connection die stands in the way of the next one's.
    #expect((2...3).contains(server.connections.begun))
  }

  /// A team and its host, for a process whose connections have a folder of the test's own.
  private static func besideARuntimeFolder() throws -> (GitTeam, ShortFolder, SSHServer, RemoteAddress) {
    let (team, place, server) = (try GitTeam(), try ShortFolder(), try SSHServer())
    setenv("XDG_RUNTIME_DIR", place.path, 1)
    return (team, place, server, try RemoteAddress(server.address(team.copy)))
  }

  /// In a process of its own: variables are everybody's.
  @Test func nothingIsLeftBehind() async {
    await #expect(processExitsWith: .success) {
      let (team, place, server, address) = try Self.besideARuntimeFolder()
      do {
        let transport = team.transport(environment: server.environment())
        _ = try await transport.references(at: address)
        let rights = try FileManager.default.attributesOfItem(atPath: place.path + "/ligne")
        try #require(rights[.posixPermissions] as? Int == 0o700)
        try #require(try place.names(in: "ligne").count == 1)
        withExtendedLifetime(transport) {}
      }
      try await eventually { try place.names(in: "ligne").isEmpty }
      // Nor where nobody was let in.
      _ = await thrown {
        _ = try await team.transport(environment: server.environment(.wrong)).references(at: address)
      }
      try await eventually { try place.names(in: "ligne").isEmpty }
    }
  }

  /// Somebody else could put a connection of their own there.
  @Test func aFolderThatOthersMayEnterIsNotUsed() async {
    await #expect(processExitsWith: .success) {
      let (team, place, server, address) = try Self.besideARuntimeFolder()
      try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: place.path)
      _ = try await team.transport(environment: server.environment()).references(at: address)
      try #require(try place.names().isEmpty)
    }
  }

  /// As when a person logs out elsewhere in the middle of a sync.
  @Test func withoutAPlaceForItEachRunConnects() async {
    await #expect(processExitsWith: .success) {
      let (team, place, server, address) = try Self.besideARuntimeFolder()
      let transport = team.transport(environment: server.environment())
      _ = try await transport.references(at: address)
      try FileManager.default.removeItem(atPath: place.path + "/ligne")
      for _ in 1...2 { _ = try await transport.references(at: address) }
      try #require(server.connections.begun >= 3)
    }
  }
}

/// A folder with a name short enough for sockets, gone with the value.
private final class ShortFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/\(String(repeating: "X", count: 6))".utf8CString)
    path = try #require(mkdtemp(&template).map { String(cString: $0) })
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func names(in folder: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path + "/" + folder)
  }
}

/// Waits until something is so; fails if it is not after a while.
private func eventually(
  _ isSo: () throws -> Bool, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  for _ in 0..<200 {
    if try isSo() { return }
    try await Task.sleep(for: .milliseconds(50))
  }
  #expect(try isSo(), sourceLocation: sourceLocation)
}
