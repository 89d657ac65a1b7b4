import Foundation
import GitStore
import ObjectModel
import TestSupport
import Testing

/// What a team's copy may send: damage, names that are meant to harm, and too much of everything.
@Suite(.timeLimit(.minutes(15))) struct TransportArrivalTests {
  let team: GitTeam

  init() throws { team = try GitTeam() }

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
    try team.share(try team.bigHistory(120, size: 30_000), as: "refs/heads/main")
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
    try team.share(try team.bigHistory(120, size: 3000), as: "refs/heads/main")
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
