import Foundation
import GitStore
import Glibc
import ObjectModel
import Synchronization
import TestSupport
import Testing

/// Connections that break or fall silent, disks that are full, and folders of others.
@Suite(.timeLimit(.minutes(15))) struct TransportFaultTests {
  let team: GitTeam

  init() throws { team = try GitTeam() }

  // MARK: the connection

  /// Cut at each of many places, a fetch and a push are either done or not done, never half; and the next one
  /// works.
  @Test(
    .enabled(
      if: SpoilingProxy.isInstalled && GitDaemon.isInstalled, "python3 or git daemon is not installed"),
    arguments: [SpoilingProxy.Direction.fromServer, .toServer])
  func aConnectionCutAnywhere(_ direction: SpoilingProxy.Direction) async throws {
    let version = try team.bigHistory(6, size: 3000)
    try team.share(version, as: "refs/heads/main")
    let daemon = try GitDaemon(root: team.folder.path, .writable)
    defer { withExtendedLifetime(daemon) {} }
    var broken = 0
    for byte in [0, 1, 40, 200, 500, 900, 1500, 3000, 6000, 9000, 12000] {
      let proxy = try SpoilingProxy(before: daemon.port, .cut, after: byte, direction)
      let address = try RemoteAddress("git://127.0.0.1:\(proxy.port)/team.git")

      let reader = "reader\(byte)"
      try team.addDevice(reader)
      let failure = await thrown { _ = try await team.transport(reader).fetch(from: address, everything) }
      let incoming = try team.reference("refs/ligne/incoming/main", in: reader)
      #expect(incoming == (failure == nil ? version : nil), "byte \(byte)")
      try Program.git("fsck", "--strict", in: team.folder[reader].path)
      if let failure {
        broken += 1
        #expect(["truncated", "unreachable"].contains(failure.code), "byte \(byte): \(failure)")
        _ = try await team.transport(reader).fetch(from: try team.address(), everything)
        #expect(try team.reference("refs/ligne/incoming/main", in: reader) == version)
      }

      let writer = "writer\(byte)"
      try team.addDevice(writer)
      let mine = try team.bigHistory(4, size: 3000, device: writer)
      let name = "refs/ligne/devices/\(writer)"
      let update = PushUpdate(name, from: nil, to: mine)
      let refusal = await self.failure(of: update, to: address, from: writer)
      // The answer alone may have been lost: then it is there, and asking again says so.
      let there = try team.reference(name, in: "team.git")
      #expect(there == nil || there == mine)
      if refusal == nil { #expect(there == mine) }
      if let refusal {
        broken += 1
        #expect(["truncated", "unreachable"].contains(refusal.code), "byte \(byte): \(refusal)")
      }
      #expect(
        try await team.transport(writer).push(to: try team.address(), [update]).map(\.outcome)
          == [there == mine ? .wasThere : .moved])
      withExtendedLifetime(proxy) {}
    }
    #expect(broken >= 8)
    try Program.git("fsck", "--strict", in: team.copy)
  }

  private func failure(
    of update: PushUpdate, to address: RemoteAddress, from device: String
  ) async -> TransportError? {
    await thrown {
      let result = try await team.transport(device).push(to: address, [update])[0]
      guard result.outcome == .moved else { throw TransportError.other(text: "\(result)") }
    }
  }

  @Test(
    .enabled(
      if: SpoilingProxy.isInstalled && GitHTTPServer.isInstalled, "python3 is not installed"))
  func aConnectionCutOverHTTP() async throws {
    let version = try team.bigHistory(6, size: 3000)
    try team.share(version, as: "refs/heads/main")
    let server = try GitHTTPServer(root: team.folder.path)
    for byte in [0, 40, 300, 1200, 4000, 9000] {
      let proxy = try SpoilingProxy(before: server.port, .cut, after: byte, .fromServer)
      let address = try RemoteAddress("http://127.0.0.1:\(proxy.port)/team.git")
      try team.addDevice("reader\(byte)")
      let error = await thrown {
        _ = try await team.transport("reader\(byte)").fetch(from: address, everything)
      }
      // Cut inside the headers, what is left looks like the empty answer of a page.
      let codes = ["truncated", "unreachable"] + (byte == 40 ? ["not-a-repository"] : [])
      #expect(codes.contains(error?.code ?? "none"), "byte \(byte): \(String(describing: error))")
      #expect(try team.references(in: "reader\(byte)") == [])
      withExtendedLifetime(proxy) {}
    }
    withExtendedLifetime(server) {}
  }

  @Test(
    .enabled(if: SpoilingProxy.isInstalled && GitDaemon.isInstalled, "python3 or git daemon is not installed")
  )
  func aByteChangedOnTheWay() async throws {
    let version = try team.bigHistory(3, size: 20_000)
    try team.share(version, as: "refs/heads/main")
    let daemon = try GitDaemon(root: team.folder.path)
    let proxy = try SpoilingProxy(before: daemon.port, .corrupt, after: 20_000, .fromServer)
    let address = try RemoteAddress("git://127.0.0.1:\(proxy.port)/team.git")
    try team.addDevice("leo")
    let leo = team.transport("leo")
    // The damage is on the way, not over there; from here they look the same, and the next fetch will tell.
    let report = try await leo.fetch(from: address, [everything[0]])
    #expect(report.refused.map(\.reason.code) == ["damaged-objects"])
    #expect(try team.references(in: "leo") == [])
    withExtendedLifetime((daemon, proxy)) {}
  }

  @Test(
    .enabled(if: SpoilingProxy.isInstalled && GitDaemon.isInstalled, "python3 or git daemon is not installed")
  )
  func aHostThatFallsSilent() async throws {
    try team.share(try team.bigHistory(6, size: 3000), as: "refs/heads/main")
    let daemon = try GitDaemon(root: team.folder.path)
    let proxy = try SpoilingProxy(before: daemon.port, .stall, after: 3000, .fromServer)
    let text = "git://127.0.0.1:\(proxy.port)/team.git"
    let address = try RemoteAddress(text)
    var limits = TransferLimits()
    limits.silence = .seconds(1)
    try team.addDevice("leo")
    let start = ContinuousClock.now
    let error = await thrown {
      _ = try await team.transport("leo", limits: limits).fetch(from: address, everything)
    }
    #expect(error == .unreachable(address: text, .silent(.seconds(1))))
    // The limit itself is a second; the rest is a machine that does other things.
    #expect(ContinuousClock.now - start < .seconds(60))
    #expect(try childrenHolding(text) == [])
    withExtendedLifetime((daemon, proxy)) {}
  }

  @Test(
    .enabled(if: SpoilingProxy.isInstalled && SSHServer.isInstalled, "python3 or sshd is not installed"))
  func cancellationEndsEverythingThatWasStarted() async throws {
    try team.share(try team.bigHistory(6, size: 3000), as: "refs/heads/main")
    let server = try SSHServer()
    let proxy = try SpoilingProxy(before: server.port, .stall, after: 6000, .fromServer)
    let text = "ssh://\(NSUserName())@127.0.0.1:\(proxy.port)\(team.copy)"
    let address = try RemoteAddress(text)
    let environment = [
      "GIT_SSH_COMMAND": server.environment()["GIT_SSH_COMMAND"]! + " -o StrictHostKeyChecking=no"
    ]
    try team.addDevice("leo")
    let (folder, gitEnvironment) = (team.folder["leo"].path, Program.gitEnvironment)
    let task = Task {
      await thrown {
        let transport = GitTransport(
          gitFolder: folder + "/.git", environment: gitEnvironment.merging(environment) { _, new in new },
          prompts: .refused)
        _ = try await transport.fetch(from: address, everything)
      }
    }
    // Until ssh is at work.
    for _ in 0..<100 where try childrenHolding("\(proxy.port)").isEmpty {
      try await Task.sleep(for: .milliseconds(50))
    }
    #expect(try !childrenHolding("\(proxy.port)").isEmpty)
    try await Task.sleep(for: .milliseconds(300))
    task.cancel()
    #expect(await task.value == .cancelled)
    for _ in 0..<40 where try !childrenHolding("\(proxy.port)").isEmpty {
      try await Task.sleep(for: .milliseconds(50))
    }
    #expect(try childrenHolding("\(proxy.port)") == [])
    withExtendedLifetime((server, proxy)) {}
  }

  /// Commands of git and ssh that are running with these words.
  private func childrenHolding(_ words: String) throws -> [String] {
    try Program.run("ps", ["-eo", "args", "-ww"]).text.split(separator: "\n").map(String.init).filter {
      line in
      line.contains(words) && (line.contains("git") || line.hasPrefix("ssh")) && !line.contains("python3")
        && !line.contains("sshd")
    }
  }

  // MARK: no git, old git

  @Test func withoutGit() async throws {
    let address = try team.address()
    let transport = team.transport(environment: ["PATH": team.folder["empty"].path])
    let error = await thrown { _ = try await transport.references(at: address) }
    #expect(error == .noGit(found: nil))
  }

  @Test func withAnOldGit() async throws {
    let address = try team.address()
    for (words, found) in [("git version 2.38.4", "2.38.4"), ("git version 1.9", "1.9"), ("bonjour", "")] {
      try Program.install("#!/bin/sh\necho '\(words)'\n", at: team.folder["old/git"].path)
      let transport = team.transport(environment: ["PATH": team.folder["old"].path + ":/usr/bin:/bin"])
      let error = await thrown { _ = try await transport.references(at: address) }
      #expect(error == .noGit(found: found))
    }
  }

  @Test func withAGitThatDoesNotRun() async throws {
    let address = try team.address()
    try Program.install(
      "#!/bin/sh\necho 'git: missing library' >&2\nexit 127\n", at: team.folder["broken/git"].path)
    let transport = team.transport(environment: ["PATH": team.folder["broken"].path + ":/usr/bin:/bin"])
    let error = await thrown { _ = try await transport.references(at: address) }
    #expect(error == .other(text: "git: missing library"))
  }

  /// Whoever draws on the terminal would wipe out a question of ssh before it is read.
  @Test func whoDrawsOnTheTerminalIsToldWhenSomebodyMayBeAsked() async throws {
    try team.share(try team.commit("one"), as: "refs/heads/main")
    let told = Mutex<[Bool]>([])
    func asked(_ prompts: Prompts, _ address: RemoteAddress) async -> [Bool] {
      told.withLock { $0 = [] }
      let transport = GitTransport(
        gitFolder: team.folder["ana/.git"].path,
        environment: Program.gitEnvironment.merging(["GIT_SSH_COMMAND": "false"]) { _, new in new },
        prompts: prompts, onQuestions: { mayBeAsked in told.withLock { $0.append(mayBeAsked) } })
      _ = await thrown { _ = try await transport.fetch(from: address, everything) }
      return told.withLock(\.self)
    }
    let far = try RemoteAddress("ssh://nobody@nowhere.invalid/team.git")
    #expect(await asked(.allowed, far) == [true, false])
    #expect(await asked(.refused, far) == [])
    #expect(await asked(.allowed, try team.address()) == [])
  }

  @Test func aWorkspaceInsideAnotherRepositoryIsNotMistakenForIt() async throws {
    try team.share(try team.commit("one"), as: "refs/heads/main")
    try team.folder.write("", to: "ana/inner/.git/nothing")
    let transport = GitTransport(
      gitFolder: team.folder["ana/inner/.git"].path, environment: Program.gitEnvironment, prompts: .refused)
    let address = try team.address()
    let error = await thrown { _ = try await transport.fetch(from: address, everything) }
    #expect(error != nil)
    #expect(try team.references(in: "ana") == [])
  }

  /// In a process of its own: variables are everybody's.
  @Test func variablesOfAnotherRepositoryAreNotFollowed() async {
    await #expect(processExitsWith: .success) {
      let team = try GitTeam()
      let version = try team.commit("one")
      try team.share(version, as: "refs/heads/main")
      try team.addDevice("leo")
      // As in a hook of that other repository.
      for (name, value) in [
        ("GIT_DIR", "leo/.git"), ("GIT_WORK_TREE", "leo"), ("GIT_OBJECT_DIRECTORY", "leo/.git/objects"),
        ("GIT_INDEX_FILE", "leo/.git/index"), ("GIT_COMMON_DIR", "leo/.git"), ("GIT_NAMESPACE", "x"),
      ] { setenv(name, team.folder[value].path, 1) }
      setenv("GIT_TRACE", "1", 1)
      setenv("LANGUAGE", "fr", 1)
      setenv("GIT_ALLOW_PROTOCOL", "ext:file", 1)
      _ = try await team.transport().fetch(from: try team.address(), everything)
      let report = try await team.transport().push(
        to: try team.address(), [PushUpdate("refs/ligne/devices/ana", from: version, to: version)])
      for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_NAMESPACE"] {
        unsetenv(name)
      }
      try #require(report.map(\.outcome) == [.rejected(.movedMeanwhile)])
      try #require(try team.reference("refs/ligne/incoming/main", in: "ana") == version)
      try #require(try team.references(in: "leo") == [])
    }
  }

  // MARK: disks and rights

  /// A git that finds a small or a read-only disk in the place of a folder. Only its own processes see it.
  private func gitWithDisk(_ options: String, over folder: String, readOnly: Bool = false) throws -> [String:
    String]
  {
    let script = """
      #!/bin/sh
      exec unshare --mount sh -c '
        real=$1 ; shift
        cp -a "\(folder)" "\(folder).before"
        mount -t tmpfs -o \(options) none "\(folder)" && cp -a "\(folder).before/." "\(folder)/"
        rm -rf "\(folder).before"
        \(readOnly ? "mount -o remount,ro \"\(folder)\"" : "")
        exec "$real" "$@"' sh \(Server.path(of: "git")!) "$@"
      """
    try Program.install(script, at: team.folder["disk/git"].path)
    return ["PATH": team.folder["disk"].path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")]
  }

  static let canMount =
    (try? Program.run("unshare", ["--mount", "mount", "-t", "tmpfs", "none", "/mnt"]))?.status == 0

  @Test(.enabled(if: canMount, "this account may not mount"))
  func aFullDiskOverThere() async throws {
    let version = try team.bigHistory(3, size: 300_000)
    let environment = try gitWithDisk("size=500k", over: team.copy)
    let address = try team.address()
    let error = await thrown {
      _ = try await team.transport(environment: environment).push(
        to: address, [PushUpdate("refs/heads/main", from: nil, to: version)])
    }
    #expect(error == .remoteFull(address: team.copy))
  }

  @Test(.enabled(if: canMount, "this account may not mount"))
  func aFullDiskHere() async throws {
    try team.share(try team.bigHistory(3, size: 300_000), as: "refs/heads/main")
    try team.addDevice("leo")
    let environment = try gitWithDisk("size=300k", over: team.folder["leo/.git/objects"].path)
    let address = try team.address()
    let error = await thrown {
      _ = try await team.transport("leo", environment: environment).fetch(from: address, everything)
    }
    #expect(error == .localDiskFull)
    #expect(try team.references(in: "leo") == [])
  }

  @Test(.enabled(if: canMount, "this account may not mount"))
  func aReadOnlyDisk() async throws {
    let version = try team.commit("one")
    let environment = try gitWithDisk("size=2m", over: team.copy, readOnly: true)
    let address = try team.address()
    let transport = team.transport(environment: environment)
    #expect(try await transport.references(at: address) == [])
    let error = await thrown {
      _ = try await transport.push(to: address, [PushUpdate("refs/heads/main", from: nil, to: version)])
    }
    // Seen from outside, the folder can be written to: git's words alone do not tell this from a full disk.
    #expect(error == .readOnly(address: team.copy) || error == .remoteFull(address: team.copy))
  }

  /// In a process of its own, which stops being root: to root no right is refused.
  @Test func aFolderWithoutTheRightToWrite() async {
    await #expect(processExitsWith: .success) {
      let team = try GitTeam()
      let version = try team.commit("one")
      if getuid() == 0 {
        try #require(try Program.run("chown", ["-R", "65534", team.folder.path]).status == 0)
        try #require(setgid(65534) == 0 && setuid(65534) == 0)
      }
      try #require(try Program.run("chmod", ["-R", "a-w", team.copy]).status == 0)
      let address = try team.address()
      try #require(try await team.transport().references(at: address) == [])
      let error = await thrown {
        _ = try await team.transport().push(
          to: address, [PushUpdate("refs/heads/main", from: nil, to: version)])
      }
      // Or the folder could not be taken away again.
      try #require(try Program.run("chmod", ["-R", "u+w", team.copy]).status == 0)
      try #require(error == .readOnly(address: team.copy))
    }
  }

  @Test(.enabled(if: getuid() == 0, "only root can give folders away"))
  func foldersOfSomebodyElse() async throws {
    let address = try team.address()
    try Program.git("config", "x.y", "z", in: team.copy)
    #expect(try Program.run("chown", ["-R", "65534", team.copy]).status == 0)
    let theirs = await thrown { _ = try await team.transport().references(at: address) }
    #expect(theirs == .dubiousOwnership(path: team.copy, .thisComputer))
    #expect(try Program.run("chown", ["-R", "0", team.copy]).status == 0)
    #expect(try Program.run("chown", ["-R", "65534", team.workspace]).status == 0)
    let ours = await thrown { _ = try await team.transport().fetch(from: address, everything) }
    #expect(ours == .dubiousOwnership(path: team.workspace, .thisComputer))
  }
}
