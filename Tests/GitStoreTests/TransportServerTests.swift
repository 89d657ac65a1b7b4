import Foundation
import GitStore
import Glibc
import ObjectModel
import TestSupport
import Testing

/// The same exchange with every kind of host, and what each says when something is wrong. All on loopback,
/// with servers the tests start themselves.
@Suite(.timeLimit(.minutes(15))) struct TransportServerTests {
  let team: GitTeam

  init() throws { team = try GitTeam() }

  /// Shares, lists and receives; then is too late once, then shares again.
  ///
  /// - Parameter server: Kept alive until the end.
  private func exchange(
    _ text: String, _ environment: [String: String] = [:], with server: AnyObject? = nil
  ) async throws {
    defer { withExtendedLifetime(server) {} }
    let address = try RemoteAddress(text)
    let ana = team.transport(environment: environment)
    let first = try team.commit("one")
    let device = PushUpdate("refs/ligne/devices/ana", from: nil, to: first)
    let main = PushUpdate("refs/heads/main", from: nil, to: first)
    #expect(try await ana.references(at: address) == [])
    #expect(try await ana.fetch(from: address, everything) == FetchReport(absent: ["refs/heads/main"]))
    #expect(try await ana.push(to: address, [device, main]).map(\.outcome) == [.moved, .moved])

    try team.addDevice("leo")
    let leo = team.transport("leo", environment: environment)
    #expect(try await leo.fetch(from: address, everything) == FetchReport())
    #expect(try team.reference("refs/ligne/incoming/devices/ana", in: "leo") == first)
    let theirs = try team.commit("theirs", after: first, device: "leo")
    let mine = try team.commit("mine", after: first)
    #expect(
      try await leo.push(to: address, [PushUpdate("refs/heads/main", from: first, to: theirs)]).map(\.outcome)
        == [.moved])
    #expect(
      try await ana.push(
        to: address,
        [
          PushUpdate("refs/heads/main", from: first, to: mine),
          PushUpdate("refs/ligne/devices/ana", from: first, to: mine),
        ]
      ).map(\.outcome) == [.rejected(.movedMeanwhile), .moved])
    #expect(
      try await ana.references(at: address) == [
        Reference(name: "refs/heads/main", id: theirs), Reference(name: "refs/ligne/devices/ana", id: mine),
      ])
  }

  @Test func aFolder() async throws { try await exchange(team.copy) }

  @Test func aFolderByARelativePath() async throws { try await exchange("../team.git") }

  @Test func aFileAddress() async throws {
    try await exchange("file://" + team.copy.replacingOccurrences(of: "team", with: "%74eam"))
  }

  @Test(.enabled(if: GitDaemon.isInstalled, "git daemon is not installed"))
  func aGitDaemon() async throws {
    let server = try GitDaemon(root: team.folder.path, .writable)
    try await exchange(server.address("team.git"), with: server)
  }

  @Test(.enabled(if: SSHServer.isInstalled, "sshd is not installed, or cannot be started here"))
  func anSSHServer() async throws {
    let server = try SSHServer()
    try await exchange(server.address(team.copy), server.environment(), with: server)
  }

  @Test(.enabled(if: SSHServer.isInstalled, "sshd is not installed, or cannot be started here"))
  func anAliasOfTheSSHConfiguration() async throws {
    let server = try SSHServer()
    try await exchange("team:" + team.copy, server.environment(), with: server)
  }

  @Test(.enabled(if: WebServer.isInstalled, "lighttpd is not installed"))
  func aWebServer() async throws {
    let server = try webServer()
    try await exchange(server.address("team.git"), with: server)
  }

  @Test(.enabled(if: WebServer.isInstalled, "lighttpd is not installed"))
  func aWebServerWithAPasswordFromAHelper() async throws {
    let server = try webServer(login: ("ana", "se cret"))
    // The person's own credential helper, as git knows it.
    let helper = "!f() { echo username=ana; echo 'password=se cret'; }; f"
    try await exchange(
      server.address("team.git"),
      ["GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "credential.helper", "GIT_CONFIG_VALUE_0": helper],
      with: server)
  }

  @Test(.enabled(if: WebServer.canEncrypt, "lighttpd, its mod_openssl or openssl is not installed"))
  func anHTTPSServerWithAPrivateAuthority() async throws {
    let server = try webServer(isEncrypted: true)
    try await exchange(server.address("team.git"), ["GIT_SSL_CAINFO": server.certificate], with: server)
  }

  private func webServer(
    login: (String, String)? = nil, isEncrypted: Bool = false, largestRequest: Int? = nil
  ) throws -> WebServer {
    try Program.git("config", "http.receivepack", "true", in: team.copy)
    return try WebServer(
      root: team.folder.path, login: login, isEncrypted: isEncrypted, largestRequest: largestRequest)
  }

  private func httpServer(
    _ manner: GitHTTPServer.Manner = .friendly, security: GitHTTPServer.Security = .none
  ) throws -> GitHTTPServer {
    try Program.git("config", "http.receivepack", "true", in: team.copy)
    return try GitHTTPServer(root: team.folder.path, manner, security: security)
  }

  // MARK: troubles

  /// What reading and writing an address come to.
  private func troubles(
    _ text: String, _ environment: [String: String] = [:], with server: AnyObject? = nil
  ) async throws -> [TransportError?] {
    defer { withExtendedLifetime(server) {} }
    let address = try RemoteAddress(text)
    let transport = team.transport(environment: environment)
    let version = try team.commit("one")
    return [
      await thrown { _ = try await transport.references(at: address) },
      await thrown { _ = try await transport.fetch(from: address, everything) },
      await thrown {
        let update = PushUpdate("refs/heads/main", from: nil, to: version)
        let result = try await transport.push(to: address, [update])[0]
        guard result.outcome == .moved else { throw TransportError.other(text: "\(result)") }
      },
    ]
  }

  private func expect(
    _ meaning: TransportError, _ text: String, _ environment: [String: String] = [:],
    with server: AnyObject? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let found = try await troubles(text, environment, with: server)
    #expect(found == [meaning, meaning, meaning], sourceLocation: sourceLocation)
  }

  @Test func aFolderThatIsNotThere() async throws {
    let path = team.folder["stick/team.git"].path
    try await expect(.unreachable(address: path, .pathMissing), path)
    try await expect(.unreachable(address: "file://" + path, .pathMissing), "file://" + path)
    try await expect(.unreachable(address: "../nowhere", .pathMissing), "../nowhere")
  }

  @Test func aFolderThatIsNoRepository() async throws {
    try team.folder.write("", to: "plain/file")
    let path = team.folder["plain"].path
    try await expect(.notARepository(address: path, .nothingThere), path)
  }

  @Test func hostsThatDoNotExist() async throws {
    for text in ["https://no-such-host.invalid/x.git", "git://no-such-host.invalid/x.git"] {
      try await expect(.unreachable(address: text, .hostUnknown), text)
    }
    if Server.path(of: "ssh") != nil {
      try await expect(
        .unreachable(address: "ssh://no-such-host.invalid/x.git", .hostUnknown),
        "ssh://no-such-host.invalid/x.git")
    }
  }

  @Test func portsNobodyListensOn() async throws {
    let port = try freePort()
    try await expect(
      .unreachable(address: "git://127.0.0.1:\(port)/x", .nothingListens), "git://127.0.0.1:\(port)/x")
    try await expect(
      .unreachable(address: "http://127.0.0.1:\(port)/x", .noConnection), "http://127.0.0.1:\(port)/x")
    if Server.path(of: "ssh") != nil {
      try await expect(
        .unreachable(address: "ssh://127.0.0.1:\(port)/x", .nothingListens), "ssh://127.0.0.1:\(port)/x")
    }
  }

  @Test(.enabled(if: SSHServer.isInstalled, "sshd is not installed, or cannot be started here"))
  func sshTroubles() async throws {
    let server = try SSHServer()
    let address = server.address(team.copy)
    try await expect(.authentication(address: address), address, server.environment(.wrong), with: server)
    try await expect(
      .hostKey(address: address, .unknown), address, server.environment(.right, .unknown), with: server)
    try await expect(
      .hostKey(address: address, .changed), address, server.environment(.right, .changed), with: server)
    let nowhere = server.address(team.folder.path + "/nowhere.git")
    try await expect(
      .notARepository(address: nowhere, .nothingThere), nowhere, server.environment(), with: server)
  }

  @Test(.enabled(if: SSHServer.isInstalled, "sshd is not installed, or cannot be started here"))
  func sshHostsThatOnlyTalk() async throws {
    let greeting = try SSHServer(greeting: "echo Welcome to this machine")
    let first = greeting.address(team.copy)
    try await expect(
      .notARepository(address: first, .somethingElse), first, greeting.environment(), with: greeting)
    let refusing = try SSHServer(greeting: "echo Interactive login is disabled >&2; exit 1")
    try await expect(
      .other(text: "Interactive login is disabled"), refusing.address(team.copy), refusing.environment(),
      with: refusing)
  }

  @Test(.enabled(if: GitHTTPServer.isInstalled, "python3 is not installed"))
  func passwords() async throws {
    let server = try httpServer(.asking(user: "ana", password: "secret"))
    let none = server.address("team.git")
    try await expect(.authentication(address: none), none, with: server)
    let wrong = server.address("team.git", user: "ana:wrong")
    let shown = server.address("team.git", user: "***")
    try await expect(.authentication(address: shown), wrong, with: server)
  }

  @Test(.enabled(if: WebServer.isInstalled, "lighttpd is not installed"))
  func aWebServerThatTakesOnlySmallRequests() async throws {
    let server = try webServer(largestRequest: 100)
    let address = try RemoteAddress(server.address("team.git"))
    let small = try team.bigHistory(1, size: 2000)
    let large = try team.bigHistory(1, size: 200_000)
    let transport = team.transport()
    #expect(
      try await transport.push(to: address, [PushUpdate("refs/heads/main", from: nil, to: small)])
        .map(\.outcome) == [.moved])
    let error = await thrown {
      _ = try await transport.push(to: address, [PushUpdate("refs/ligne/devices/ana", from: nil, to: large)])
    }
    #expect(error == .tooLargeForHost(address: server.address("team.git")))
    #expect(try team.references(in: "team.git") == ["refs/heads/main"])
  }

  @Test(.enabled(if: GitHTTPServer.isInstalled, "python3 is not installed"))
  func anHTTPServerOnlyForReading() async throws {
    let server = try httpServer(.readOnly)
    let address = server.address("team.git")
    #expect(try await troubles(address, with: server) == [nil, nil, .readOnly(address: address)])
  }

  @Test(.enabled(if: GitDaemon.isInstalled, "git daemon is not installed"))
  func aGitDaemonOnlyForReading() async throws {
    let server = try GitDaemon(root: team.folder.path)
    let address = server.address("team.git")
    #expect(try await troubles(address, with: server) == [nil, nil, .readOnly(address: address)])
    let nowhere = server.address("nowhere.git")
    #expect(
      try await troubles(nowhere, with: server) == [
        .notARepository(address: nowhere, .nothingThere), .notARepository(address: nowhere, .nothingThere),
        .readOnly(address: nowhere),
      ])
  }

  @Test(.enabled(if: GitHTTPServer.isInstalled, "python3 is not installed"))
  func httpStatuses() async throws {
    for (status, meaning) in [(404, 0), (410, 0), (500, 1), (502, 1), (503, 1), (429, 1)] {
      let server = try httpServer(.status(status, words: "words of the host"))
      let address = server.address("team.git")
      try await expect(
        meaning == 0
          ? .notARepository(address: address, .nothingThere) : .unreachable(address: address, .notServing),
        address,
        with: server)
    }
    let server = try httpServer(.status(403, words: "not for you"))
    let address = server.address("team.git")
    #expect(
      try await troubles(address, with: server) == [
        .notARepository(address: address, .nothingThere), .notARepository(address: address, .nothingThere),
        .readOnly(address: address),
      ])
  }

  @Test(
    .enabled(
      if: GitHTTPServer.isInstalled && Server.path(of: "openssl") != nil,
      "python3 or openssl is not installed"))
  func certificates() async throws {
    let own = try httpServer(security: .selfSigned)
    let plain = try httpServer()
    for (text, environment, server) in [
      (own.address("team.git"), [:], own),
      (own.address("team.git", host: "127.0.0.1"), ["GIT_SSL_CAINFO": own.certificate], own),
      ("https://127.0.0.1:\(plain.port)/team.git", [:], plain),
    ] {
      for error in try await troubles(text, environment, with: server) {
        guard case .tls(text, let detail) = error else {
          Issue.record("\(String(describing: error))")
          continue
        }
        #expect(!detail.isEmpty && !detail.contains("https://"))
      }
    }
  }

  /// A page of one line without line end is, to git's old http protocol, an empty list of references: git
  /// says the team shares nothing, and a fetch that prunes would delete everything fetched before.
  @Test(
    .enabled(if: GitHTTPServer.isInstalled, "python3 is not installed"),
    arguments: [
      "<html>please sign in</html>", "", "<html>\n<body>please\tsign in\n</html>\n", "0000",
      "001e# service=git-upload-pack\n0000",
    ])
  func aPageInThePlaceOfGit(_ page: String) async throws {
    let before = try team.commit("before")
    try team.setReference("refs/ligne/incoming/main", to: before, in: "ana")
    try team.setReference("refs/ligne/incoming/devices/leo", to: before, in: "ana")
    let server = try httpServer(.page(page))
    let address = server.address("team.git")
    try await expect(.notARepository(address: address, .webPage), address, with: server)
    let devices = await thrown {
      _ = try await team.transport().fetch(from: try RemoteAddress(address), [everything[1]])
    }
    #expect(devices == .notARepository(address: address, .webPage))
    withExtendedLifetime(server) {}
    #expect(
      try team.references(in: "ana") == ["refs/ligne/incoming/devices/leo", "refs/ligne/incoming/main"])
  }

  @Test(.enabled(if: GitHTTPServer.isInstalled, "python3 is not installed"))
  func aPortalThatRedirects() async throws {
    let server = try httpServer(.redirectingToPage)
    let address = server.address("team.git")
    try await expect(.notARepository(address: address, .webPage), address, with: server)
  }
}
