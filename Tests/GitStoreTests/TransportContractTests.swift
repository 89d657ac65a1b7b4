import GitStore
import ObjectModel
import TestSupport
import Testing

/// What every transport promises, on the git program over a folder and on the copy in memory alike, so that
/// what the simulator proves holds for real.
@Suite struct TransportContractTests {
  enum Kind: CaseIterable, Sendable { case git, inMemory }

  /// Two devices, Ana's and Leo's, and their team.
  private struct World {
    let address: RemoteAddress
    let ana, leo: any ObjectStore
    let team: any ObjectStore
    let anaTransport, leoTransport: any Transport
    private let folder: GitTeam?

    init(_ kind: Kind) throws {
      switch kind {
      case .git:
        let team = try GitTeam()
        try team.addDevice("leo")
        folder = team
        address = try team.address()
        ana = try GitRepository.open(at: team.workspace)
        leo = try GitRepository.open(at: team.workspace(of: "leo"))
        self.team = try GitRepository.openBare(at: team.copy)
        anaTransport = team.transport()
        leoTransport = team.transport("leo")
      case .inMemory:
        folder = nil
        address = try RemoteAddress("/team")
        (ana, leo, team) = (InMemoryObjectStore(), InMemoryObjectStore(), InMemoryObjectStore())
        anaTransport = InMemoryTransport(local: ana, copies: [address: team])
        leoTransport = InMemoryTransport(local: leo, copies: [address: team])
      }
    }

    func push(_ updates: PushUpdate..., as unit: PushUnit = .eachAlone) async throws -> [PushResult.Outcome] {
      try await anaTransport.push(to: address, updates, as: unit).map(\.outcome)
    }
  }

  /// A version with one file.
  private static func version(
    _ text: String, after parents: ObjectID..., in store: any ObjectStore
  ) throws -> ObjectID {
    let blob = try store.write(blob: text.utf8)
    let tree = try store.write(Tree([TreeEntry(name: Array("text".utf8), mode: .file, id: blob)]))
    let somebody = Signature(name: "Ana", email: "ana@example.org", time: 1_714_744_800, offsetMinutes: -240)
    return try store.write(
      Commit(tree: tree, parents: parents, author: somebody, committer: somebody, message: text))
  }

  @Test(arguments: Kind.allCases) func whatIsSharedArrivesWhole(_ kind: Kind) async throws {
    let world = try World(kind)
    let first = try Self.version("one", in: world.ana)
    let second = try Self.version("two", after: first, in: world.ana)
    #expect(try await world.leoTransport.references(at: world.address) == [])
    #expect(
      try await world.leoTransport.fetch(from: world.address, everything)
        == FetchReport(absent: ["refs/heads/main"]))
    #expect(
      try await world.push(
        PushUpdate("refs/heads/main", from: nil, to: first),
        PushUpdate("refs/ligne/devices/ana", from: nil, to: second)) == [.moved, .moved])
    #expect(
      try await world.leoTransport.references(at: world.address) == [
        Reference(name: "refs/heads/main", id: first), Reference(name: "refs/ligne/devices/ana", id: second),
      ])
    #expect(try await world.leoTransport.fetch(from: world.address, everything) == FetchReport())
    #expect(try world.leo.reference("refs/ligne/incoming/main") == first)
    #expect(try world.leo.reference("refs/ligne/incoming/devices/ana") == second)
    let commit = try world.leo.commit(second)
    let file = try #require(try world.leo.tree(commit.tree)["text".utf8])
    #expect(try world.leo.blob(file.id) == Array("two".utf8))
    #expect(try world.leo.commit(first).message == "one")
  }

  @Test(arguments: Kind.allCases) func whatIsGoneDisappears(_ kind: Kind) async throws {
    let world = try World(kind)
    let first = try Self.version("one", in: world.ana)
    for name in ["refs/heads/main", "refs/ligne/devices/ana"] {
      #expect(try await world.push(PushUpdate(name, from: nil, to: first)) == [.moved])
    }
    _ = try await world.leoTransport.fetch(from: world.address, everything)
    try world.leo.moveReference("refs/heads/own", from: nil, to: first, reason: "test")
    for name in ["refs/heads/main", "refs/ligne/devices/ana"] {
      try world.team.moveReference(name, from: first, to: nil, reason: "test")
    }
    #expect(
      try await world.leoTransport.fetch(from: world.address, everything)
        == FetchReport(absent: ["refs/heads/main"]))
    #expect(try world.leo.references(withPrefix: "refs/").map(\.name) == ["refs/heads/own"])
  }

  @Test(arguments: Kind.allCases) func referencesMoveFromWhatWasSeenAndForward(_ kind: Kind) async throws {
    let world = try World(kind)
    let first = try Self.version("one", in: world.ana)
    let second = try Self.version("two", after: first, in: world.ana)
    let aside = try Self.version("aside", after: first, in: world.ana)
    let both = try Self.version("both", after: second, aside, in: world.ana)
    let main = "refs/heads/main"
    let other = "refs/ligne/devices/ana"
    #expect(try await world.push(PushUpdate(main, from: first, to: second)) == [.rejected(.movedMeanwhile)])
    #expect(try await world.push(PushUpdate(main, from: nil, to: second)) == [.moved])
    #expect(try await world.push(PushUpdate(main, from: nil, to: both)) == [.rejected(.movedMeanwhile)])
    #expect(try await world.push(PushUpdate(main, from: first, to: both)) == [.rejected(.movedMeanwhile)])
    #expect(try await world.push(PushUpdate(main, from: second, to: first)) == [.rejected(.notForward)])
    #expect(try await world.push(PushUpdate(main, from: second, to: aside)) == [.rejected(.notForward)])
    // Asked again after the answer was lost.
    #expect(try await world.push(PushUpdate(main, from: nil, to: second)) == [.wasThere])
    #expect(
      try await world.push(
        PushUpdate(other, from: nil, to: both), PushUpdate(main, from: first, to: both), as: .allOrNone)
        == [.rejected(.leftOut), .rejected(.movedMeanwhile)])
    #expect(try world.team.reference(other) == nil)
    #expect(
      try await world.push(
        PushUpdate(other, from: nil, to: both), PushUpdate(main, from: aside, to: both)) == [
          .moved, .rejected(.movedMeanwhile),
        ])
    #expect(
      try await world.push(PushUpdate(main, from: second, to: both), as: .allOrNone) == [.moved])
    #expect(try world.team.reference(main) == both)
  }

  @Test(arguments: Kind.allCases) func damagedObjectsKeepOnlyTheirOwnReferenceAway(_ kind: Kind) async throws
  {
    let world = try World(kind)
    let first = try Self.version("one", in: world.ana)
    // A folder with one name twice.
    let blob = try world.ana.write(blob: "x".utf8)
    let entry = Array("100644 a\0".utf8) + blob.bytes
    let tree = try world.team.write(RawObject(kind: .tree, bytes: entry + entry))
    _ = try world.team.write(blob: "x".utf8)
    let commit = try world.ana.commit(first)
    let bad = try world.team.write(
      Commit(tree: tree, parents: [], author: commit.author, committer: commit.committer, message: "bad"))
    try world.team.moveReference("refs/ligne/devices/bad", from: nil, to: bad, reason: "test")
    #expect(try await world.push(PushUpdate("refs/heads/main", from: nil, to: first)) == [.moved])

    let report = try await world.leoTransport.fetch(from: world.address, everything)
    #expect(report.refused.map(\.reference) == ["refs/ligne/devices/bad"])
    #expect(try world.leo.references(withPrefix: "refs/ligne/").map(\.name) == ["refs/ligne/incoming/main"])
  }

  @Test(arguments: Kind.allCases) func anAddressWithNothingThere(_ kind: Kind) async throws {
    let world = try World(kind)
    let nowhere = try RemoteAddress("/nowhere/at/all")
    let error = await thrown { _ = try await world.anaTransport.references(at: nowhere) }
    #expect(error == .unreachable(address: "/nowhere/at/all", .pathMissing))
  }

  // MARK: the copy in memory alone

  /// Broken at any step, what was done stays done, and doing it again completes it.
  @Test(arguments: InMemoryTransport.Step.allCases)
  func anInterruptedExchangeCanBeRepeated(_ step: InMemoryTransport.Step) async throws {
    let (ana, leo, team) = (InMemoryObjectStore(), InMemoryObjectStore(), InMemoryObjectStore())
    let address = try RemoteAddress("/team")
    let transports = [ana, leo].map { InMemoryTransport(local: $0, copies: [address: team]) }
    let first = try Self.version("one", in: ana)
    let broken = TransportError.truncated(address: "/team")
    for transport in transports {
      transport.interruption = { at throws(TransportError) in if at == step { throw broken } }
    }
    let update = PushUpdate("refs/heads/main", from: nil, to: first)
    let sending = await thrown { _ = try await transports[0].push(to: address, [update]) }
    #expect(sending == broken)
    #expect(try team.reference("refs/heads/main") == (step == .referencesMoved ? first : nil))
    #expect(team.contains(first) == (step != .connected))
    transports[0].interruption = nil
    #expect(
      try await transports[0].push(to: address, [update]).map(\.outcome) == [
        step == .referencesMoved ? .wasThere : .moved
      ])

    let receiving = await thrown { _ = try await transports[1].fetch(from: address, everything) }
    #expect(receiving == broken)
    #expect(try leo.reference("refs/ligne/incoming/main") == (step == .referencesMoved ? first : nil))
    transports[1].interruption = nil
    _ = try await transports[1].fetch(from: address, everything)
    #expect(try leo.reference("refs/ligne/incoming/main") == first)
  }

  @Test func anotherDeviceCanBeFasterInBetween() async throws {
    let (ana, leo, team) = (InMemoryObjectStore(), InMemoryObjectStore(), InMemoryObjectStore())
    let address = try RemoteAddress("/team")
    let mine = try Self.version("mine", in: ana)
    let theirs = try Self.version("theirs", in: leo)
    let transport = InMemoryTransport(local: ana, copies: [address: team])
    _ = team.write(RawObject(kind: .commit, bytes: try leo.object(theirs).bytes))
    transport.interruption = { step in
      if step == .objectsCopied {
        try? team.moveReference("refs/heads/main", from: nil, to: theirs, reason: "test")
      }
    }
    let results = try await transport.push(to: address, [PushUpdate("refs/heads/main", from: nil, to: mine)])
    #expect(results.map(\.outcome) == [.rejected(.movedMeanwhile)])
    #expect(try team.reference("refs/heads/main") == theirs)
  }
}
