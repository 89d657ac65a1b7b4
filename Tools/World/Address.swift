import GitStore
import ObjectModel

/// A team's copy somewhere: a server, a shared folder, a stick that travels.
final class Address {
  enum Manner: Hashable, CaseIterable {
    /// References move by compare and swap, as git's do.
    case careful
    /// Whoever writes last wins: a folder on a share, written by a program that does not compare.
    case careless
  }

  let name: String
  /// As computers are told where it is.
  var location: String { "/" + name }
  let manner: Manner
  let store = InMemoryObjectStore()

  init(_ name: String, manner: Manner) {
    self.name = name
    self.manner = manner
  }

  /// Moves a reference as its owner or an attacker does: without asking.
  func put(_ name: String, at id: ObjectID?) throws {
    let there = try store.reference(name)
    if there != id { try store.moveReference(name, from: there, to: id, reason: "by hand") }
  }
}

/// What the network does to one exchange.
public enum NetworkFault: String, Hashable, Sendable, CaseIterable, Codable {
  case none, unreachable, cutWhileFetching, cutAfterFetching, cutWhilePushing, answerLost
  /// What was pushed is told as done, and nothing moved: a host that was killed before it wrote the names, or one that keeps
  /// a lock nobody holds any more.
  case answerFalse
}

/// The network of one computer, with its faults.
final class SimulatedTransport: Transport {
  private let addresses: [Address]
  private let computer: Computer
  private let fault: NetworkFault
  /// What others do while this computer is on the network: after its first fetch, holding nothing.
  private var meanwhile: (() async throws -> Void)?
  private(set) var hasFailed = false
  /// What a transport that believes itself takes for done.
  private var told: [PushUpdate] = []

  init(
    _ computer: Computer, addresses: [Address], fault: NetworkFault,
    meanwhile: @escaping () async throws -> Void
  ) {
    self.computer = computer
    self.addresses = addresses
    self.fault = fault
    self.meanwhile = meanwhile
  }

  private func over(_ copies: [RemoteAddress: any ObjectStore]) -> InMemoryTransport {
    InMemoryTransport(local: SimulatedRepository(computer), copies: copies)
  }

  private func address(_ remote: RemoteAddress) throws(TransportError) -> Address {
    guard fault != .unreachable, let found = addresses.first(where: { $0.location == remote.text }) else {
      hasFailed = true
      throw .unreachable(address: remote.shown, .noConnection)
    }
    return found
  }

  private func cut(
    _ step: InMemoryTransport.Step, at place: InMemoryTransport.Step, _ address: RemoteAddress
  )
    throws(TransportError)
  {
    guard step == place else { return }
    hasFailed = true
    throw .truncated(address: address.shown)
  }

  func references(at remote: RemoteAddress) async throws(TransportError) -> [Reference] {
    let there = try await over([remote: address(remote).store]).references(at: remote)
    if computer.bug != .believesThePush { return there }
    return there.filter { reference in
      !told.contains { $0.reference.utf8.elementsEqual(reference.name.utf8) }
    } + told.map { Reference(name: $0.reference, id: $0.new) }
  }

  func holdsOtherBranches(at address: RemoteAddress) async throws(TransportError) -> Bool {
    try await over([address: self.address(address).store]).holdsOtherBranches(at: address)
  }

  func fetch(
    from remote: RemoteAddress, _ specifications: [RefSpec], progress: ((TransferProgress) -> Void)?
  ) async throws(TransportError) -> FetchReport {
    let transport = over([remote: try address(remote).store])
    transport.interruption = { [self] step throws(TransportError) in
      if fault == .cutWhileFetching { try cut(step, at: .objectsCopied, remote) }
      if fault == .cutAfterFetching { try cut(step, at: .referencesMoved, remote) }
    }
    let report = try await transport.fetch(from: remote, specifications)
    if computer.bug == .fetchesIntoMain,
      let main = computer.disk.references[Array("refs/ligne/incoming/main".utf8)]
    {
      computer.disk.references[Array("refs/heads/main".utf8)] = main
    }
    if computer.bug == .fetchesNamesOnly {
      for id in computer.disk.objects.keys where id.bytes.first == 9 { computer.disk.objects[id] = nil }
    }
    if let others = meanwhile {
      meanwhile = nil
      do { try await others() } catch { throw .other(text: "\(error)") }
    }
    return report
  }

  func push(
    to remote: RemoteAddress, _ updates: [PushUpdate], as unit: PushUnit,
    progress: ((TransferProgress) -> Void)?
  ) async throws(TransportError) -> [PushResult] {
    let address = try address(remote)
    if computer.bug == .believesThePush {
      told = updates
      return updates.map { PushResult(reference: $0.reference, outcome: .moved) }
    }
    if fault == .answerFalse {
      hasFailed = true
      return updates.map { PushResult(reference: $0.reference, outcome: .moved) }
    }
    let store: any ObjectStore = address.manner == .careful ? address.store : Careless(address.store, updates)
    let transport = over([remote: store])
    transport.interruption = { [self] step throws(TransportError) in
      if fault == .cutWhilePushing { try cut(step, at: .objectsCopied, remote) }
      if fault == .answerLost { try cut(step, at: .referencesMoved, remote) }
    }
    return try await transport.push(to: remote, updates, as: unit)
  }
}

/// A store that believes what the writer expects, and so takes back what another wrote in between.
private final class Careless: ObjectStore {
  private let base: InMemoryObjectStore
  private let updates: [PushUpdate]

  init(_ base: InMemoryObjectStore, _ updates: [PushUpdate]) {
    self.base = base
    self.updates = updates
  }

  func object(_ id: ObjectID) throws(ObjectStoreError) -> RawObject { try base.object(id) }
  func contains(_ id: ObjectID) -> Bool { base.contains(id) }
  func header(of id: ObjectID) -> ObjectHeader? { base.header(of: id) }
  func write(_ object: RawObject) -> ObjectID { base.write(object) }

  func reference(_ name: String) throws(ObjectStoreError) -> ObjectID? {
    if let update = updates.first(where: { $0.reference.utf8.elementsEqual(name.utf8) }) {
      return update.expected
    }
    return try base.reference(name)
  }

  func references(withPrefix prefix: String) throws(ObjectStoreError) -> [Reference] {
    try base.references(withPrefix: prefix)
  }

  func moveReference(
    _ name: String, from expected: ObjectID?, to new: ObjectID?, reason: String
  ) throws(ObjectStoreError) {
    try base.moveReference(name, from: base.reference(name), to: new, reason: reason)
  }
}
