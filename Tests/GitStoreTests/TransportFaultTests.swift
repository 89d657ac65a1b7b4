import Foundation
import GitStore
import Glibc
import ObjectModel
import TestSupport
import Testing

/// Connections that break or fall silent, disks that are full, folders of others, and packages that are meant
/// to harm.
@Suite(.timeLimit(.minutes(5))) struct TransportFaultTests {
  let team: GitTeam

  init() throws { team = try GitTeam() }

  /// Versions with incompressible content, each of about `size` bytes.
  private func bigHistory(_ count: Int, size: Int, device: String = "ana") throws -> ObjectID {
    var random = SeededRandom(seed: 7)
    var parents: [ObjectID] = []
    for _ in 0..<count {
      let text = String((0..<size).map { _ in Character(Unicode.Scalar(UInt8(33 + random.next() % 90))) })
      parents = [try team.commit(text, parents: parents, device: device)]
    }
    return parents[0]
  }

  // MARK: the connection

  /// Cut at each of many places, a fetch and a push are either done or not done, never half; and the next one
  /// works.
  @Test(
    .enabled(
      if: SpoilingProxy.isInstalled && GitDaemon.isInstalled, "python3 or git daemon is not installed"),
    arguments: [SpoilingProxy.Direction.fromServer, .toServer])
  func aConnectionCutAnywhere(_ direction: SpoilingProxy.Direction) async throws {
    let version = try bigHistory(6, size: 3000)
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
      let mine = try bigHistory(4, size: 3000, device: writer)
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
        try await team.transport(writer).push(to: try team.address(), [update]).map(\.outcome) == [.moved])
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
    let version = try bigHistory(6, size: 3000)
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
    let version = try bigHistory(3, size: 20_000)
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
    try team.share(try bigHistory(6, size: 3000), as: "refs/heads/main")
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
    try team.share(try bigHistory(6, size: 3000), as: "refs/heads/main")
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
      let git = try team.folder.write("#!/bin/sh\necho '\(words)'\n", to: "old/git")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: git.path)
      let transport = team.transport(environment: ["PATH": team.folder["old"].path + ":/usr/bin:/bin"])
      let error = await thrown { _ = try await transport.references(at: address) }
      #expect(error == .noGit(found: found))
    }
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
    let git = try team.folder.write(script, to: "disk/git")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: git.path)
    return ["PATH": team.folder["disk"].path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")]
  }

  static let canMount =
    (try? Program.run("unshare", ["--mount", "mount", "-t", "tmpfs", "none", "/mnt"]))?.status == 0

  @Test(.enabled(if: canMount, "this account may not mount"))
  func aFullDiskOverThere() async throws {
    let version = try bigHistory(3, size: 300_000)
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
    try team.share(try bigHistory(3, size: 300_000), as: "refs/heads/main")
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

  // MARK: what arrives

  /// A tree with any name in it, which git's own commands would not make.
  private func tree(named name: String, mode: String = "100644") throws -> String {
    let blob = try Program.git("hash-object", "-w", "--stdin", in: team.workspace, input: Array("x".utf8))
    let bytes = Array("\(mode) \(name)\0".utf8) + (try id(blob)).bytes
    return try Program.git(
      "hash-object", "-t", "tree", "-w", "--literally", "--stdin", in: team.workspace, input: bytes)
  }

  @Test func oneBadDeviceDoesNotKeepTheOthersAway() async throws {
    let first = try team.commit("one")
    try team.share(first, as: "refs/heads/main")
    for number in 0..<9 {
      try team.share(try team.commit("\(number)", after: first), as: "refs/ligne/devices/good\(number)")
    }
    let bad = try team.commit(tree: try tree(named: ".git"), ["-p", first.hex])
    let worse = try team.commit(tree: try tree(named: ".."), ["-p", first.hex])
    try team.share(bad, as: "refs/ligne/devices/bad")
    try team.share(worse, as: "refs/ligne/devices/worse")

    try team.addDevice("leo")
    let before = try team.commit("what was there before", device: "leo")
    for name in ["bad", "gone"] {
      try team.setReference("refs/ligne/incoming/devices/\(name)", to: before, in: "leo")
    }
    let leo = team.transport("leo")
    // As often as it is asked: what was left of the first time must not make the second one trust it.
    for _ in 0..<2 {
      let report = try await leo.fetch(from: try team.address(), everything)
      #expect(report.refused.map(\.reference) == ["refs/ligne/devices/bad", "refs/ligne/devices/worse"])
      #expect(report.refused.first?.detail.contains("hasDotgit") == true)
      #expect(report.refused.last?.detail.contains("hasDotdot") == true)
      #expect(report.absent == [])
    }
    #expect(try team.reference("refs/ligne/incoming/main", in: "leo") == first)
    #expect(try team.references(in: "leo", below: "refs/ligne/incoming/devices/").count == 10)
    #expect(try team.reference("refs/ligne/incoming/devices/bad", in: "leo") == before)
    #expect(try team.reference("refs/ligne/incoming/devices/gone", in: "leo") == nil)
  }

  @Test func whatOldToolsLeftBehindIsLetThrough() async throws {
    let blob = try Program.git("hash-object", "-w", "--stdin", in: team.workspace, input: Array("x".utf8))
    let empty = try Program.git("mktree", in: team.workspace, input: Array("100644 blob \(blob)\ta\n".utf8))
    let texts = [
      // A time zone nobody lives in, a mail without its bracket's space, no name.
      "tree \(empty)\nauthor A <a@b> 1 +051800\ncommitter A <a@b> 1 +0000\n\nx\n",
      "tree \(empty)\nauthor A<a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\nx\n",
      "tree \(empty)\nauthor <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\nx\n",
      "tree \(empty)\nauthor A <a@b> 01 +0000\ncommitter A <a@b> 1 +0000\n\nx\n",
    ]
    for (number, text) in texts.enumerated() {
      let commit = try Program.git(
        "hash-object", "-t", "commit", "-w", "--literally", "--stdin", in: team.workspace,
        input: Array(text.utf8))
      try team.share(try id(commit), as: "refs/ligne/devices/\(number)")
    }
    try team.addDevice("leo")
    #expect(try await team.transport("leo").fetch(from: try team.address(), [everything[1]]) == FetchReport())
    #expect(try team.references(in: "leo").count == texts.count)
  }

  @Test func aTeamCopyWithMissingPartsIsNotTakenIn() async throws {
    let first = try team.commit("one")
    let second = try team.commit("two", after: first)
    try team.share(second, as: "refs/heads/main")
    try team.share(try team.commit("sound"), as: "refs/ligne/devices/sound")
    let tree = try Program.git("rev-parse", "\(first.hex)^{tree}", in: team.workspace)
    try FileManager.default.removeItem(
      at: team.folder["team.git/objects/\(tree.prefix(2))/\(tree.dropFirst(2))"])
    try team.addDevice("leo")
    let report = try await team.transport("leo").fetch(from: try team.address(), everything)
    #expect(report.refused.map(\.reference) == ["refs/heads/main"])
    #expect(report.refused.first?.reason.code == "damaged-objects")
    #expect(try team.references(in: "leo") == ["refs/ligne/incoming/devices/sound"])
  }

  @Test(
    .enabled(if: SpoilingProxy.isInstalled && GitDaemon.isInstalled, "python3 or git daemon is not installed")
  )
  func packagesHaveLimits() async throws {
    try team.share(try bigHistory(120, size: 30_000), as: "refs/heads/main")
    let daemon = try GitDaemon(root: team.folder.path)
    // As slow as a network is, or git would not say how much has come; and never whole, or everything could be there
    // before anybody could end it.
    let proxy = try SpoilingProxy(before: daemon.port, .crawl, after: 1_500_000, .fromServer)
    let text = "git://127.0.0.1:\(proxy.port)/team.git"
    let address = try RemoteAddress(text)
    for (device, limit, what) in [
      ("leo", { $0.objects = 200 }, TransportError.TooMuch.objects(limit: 200)),
      ("mia", { $0.bytes = 400_000 }, .bytes(limit: 400_000)),
    ] as [(String, (inout TransferLimits) -> Void, TransportError.TooMuch)] {
      var limits = TransferLimits()
      limit(&limits)
      try team.addDevice(device)
      let report = try await team.transport(device, limits: limits).fetch(from: address, everything)
      #expect(report.refused == [.init(reference: "refs/heads/main", reason: .tooMuch(address: text, what))])
      #expect(try team.references(in: device) == [])
      #expect(try packs(of: device) == [])
    }
    withExtendedLifetime((daemon, proxy)) {}
  }

  /// What lies in the folder of packages.
  private func packs(of device: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: team.folder["\(device)/.git/objects/pack"].path)
      .sorted()
  }

  @Test(
    .enabled(if: SpoilingProxy.isInstalled && GitDaemon.isInstalled, "python3 or git daemon is not installed")
  )
  func whatAnotherGitIsWritingStays() async throws {
    try team.share(try bigHistory(120, size: 3000), as: "refs/heads/main")
    let daemon = try GitDaemon(root: team.folder.path)
    let proxy = try SpoilingProxy(before: daemon.port, .stall, after: 100_000, .fromServer)
    let address = try RemoteAddress("git://127.0.0.1:\(proxy.port)/team.git")
    try team.addDevice("leo")
    try team.folder.write("old", to: "leo/.git/objects/pack/tmp_pack_before")
    var limits = TransferLimits()
    limits.silence = .seconds(2)
    let leo = team.transport("leo", limits: limits)
    let pack = team.folder["leo/.git/objects/pack/tmp_pack_other"].path
    // Another program begins a package while ours is on its way, and has it open.
    let other = try Server(announcing: ["sh", "-c", "sleep 1; exec 3>'\(pack)'; echo ready 1; sleep 30"])
    let error = await thrown { _ = try await leo.fetch(from: address, everything) }
    #expect(error?.code == "unreachable")
    #expect(try packs(of: "leo") == ["tmp_pack_before", "tmp_pack_other"])
    withExtendedLifetime((daemon, proxy, other)) {}
  }

  @Test func referencesHaveALimit() async throws {
    let version = try team.commit("one")
    try team.share(version, as: "refs/heads/main")
    let lines = (0..<300).map { "create refs/ligne/devices/\($0) \(version.hex)\n" }.joined()
    try Program.git("update-ref", "--stdin", in: team.copy, input: Array(lines.utf8))
    let address = try team.address()
    var limits = TransferLimits()
    limits.references = 100
    let transport = team.transport(limits: limits)
    let expected = TransportError.tooMuch(address: team.copy, .references(limit: 100))
    #expect(await thrown { _ = try await transport.references(at: address) } == expected)
    #expect(await thrown { _ = try await transport.fetch(from: address, everything) } == expected)
    limits.references = 301
    #expect(try await team.transport(limits: limits).references(at: address).count == 301)
  }

  /// 120 MB of zeros are a package of 120 KB; read carelessly they are 120 MB of memory.
  @Test(.enabled(if: GitDaemon.isInstalled, "git daemon is not installed"))
  func aPackageThatUnfoldsDoesNotTakeTheMemory() async throws {
    let size = 120 << 20
    try Program.git("config", "core.bigFileThreshold", "1m", in: team.workspace)
    #expect(try Program.run("truncate", ["-s", "\(size)", team.folder["ana/zeros"].path]).status == 0)
    let blob = try Program.git("hash-object", "-w", "zeros", in: team.workspace)
    let tree = try Program.git(
      "mktree", in: team.workspace, input: Array("100644 blob \(blob)\tzeros\n".utf8))
    try team.share(try team.commit(tree: tree), as: "refs/heads/main")
    try team.addDevice("leo")
    // Over a folder the other end would be under the same limit.
    let daemon = try GitDaemon(root: team.folder.path)
    defer { withExtendedLifetime(daemon) {} }
    let address = try RemoteAddress(daemon.address("team.git"))
    var limits = TransferLimits()
    limits.memory = 64 << 20
    // Streamed to the disk, a piece at a time.
    #expect(try await team.transport("leo", limits: limits).fetch(from: address, everything) == FetchReport())

    // A commit cannot be streamed: its device is left out, the others are not.
    let head = "tree \(tree)\nauthor A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\n"
    try team.folder.write(Data(head.utf8) + Data(repeating: UInt8(ascii: "a"), count: size), to: "ana/long")
    let commit = try Program.git("hash-object", "-t", "commit", "-w", "long", in: team.workspace)
    try team.share(try id(commit), as: "refs/ligne/devices/big")
    try team.share(try team.commit("small"), as: "refs/ligne/devices/small")
    let report = try await team.transport("leo", limits: limits).fetch(from: address, everything)
    #expect(
      report.refused == [
        .init(
          reference: "refs/ligne/devices/big",
          reason: .tooMuch(address: address.text, .memory(limit: 64 << 20)))
      ])
    #expect(
      try team.references(in: "leo") == ["refs/ligne/incoming/devices/small", "refs/ligne/incoming/main"])
  }
}
