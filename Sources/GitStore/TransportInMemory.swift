public import ObjectModel

/// Teams' copies held in memory, with the manners of git: objects travel whole, references move by compare
/// and swap.
///
/// For the simulator and for tests. Nothing in it waits, so that what one device does between two steps of
/// another is decided by `interruption` alone, and the same seed gives the same run.
public final class InMemoryTransport: Transport {
  /// Where an exchange can be interrupted.
  public enum Step: Hashable, Sendable, CaseIterable {
    /// The other side answered; nothing has travelled.
    case connected
    /// The objects are there, no reference has moved.
    case objectsCopied
    /// Everything is done, and the answer is still on its way.
    case referencesMoved
  }

  private let local: any ObjectStore
  private var copies: [RemoteAddress: any ObjectStore]

  /// Called at each step of each exchange. What it throws, the caller gets; what was done by then stays done,
  /// as when a connection breaks. It may let other devices work in between.
  public var interruption: ((Step) throws(TransportError) -> Void)?

  /// - Parameters:
  ///   - local: This device's own store.
  ///   - copies: What can be reached. Two devices are a team if they were given the same store.
  public init(local: any ObjectStore, copies: [RemoteAddress: any ObjectStore]) {
    self.local = local
    self.copies = copies
  }

  public func references(at address: RemoteAddress) async throws(TransportError) -> [Reference] {
    let copy = try connect(to: address)
    return try translated { () throws(ObjectStoreError) in
      try copy.references(withPrefix: "refs/").filter { isShared($0.name) }
    }
  }

  public func holdsOtherBranches(at address: RemoteAddress) async throws(TransportError) -> Bool {
    let copy = try connect(to: address)
    return try translated { () throws(ObjectStoreError) in
      try copy.references(withPrefix: "refs/heads/").contains { !isShared($0.name) }
    }
  }

  public func fetch(
    from address: RemoteAddress, _ specifications: [RefSpec], progress: ((TransferProgress) -> Void)?
  ) async throws(TransportError) -> FetchReport {
    let copy = try connect(to: address)
    var report = FetchReport()
    let theirs = try translated { () throws(ObjectStoreError) in try copy.references(withPrefix: "refs/") }

    var arrived: [(name: String, id: ObjectID)] = []
    // Those that stay as they are, because theirs is refused.
    var kept: [String] = []
    for specification in specifications {
      let covered = theirs.compactMap { reference in
        specification.destination(of: reference.name).map { (reference, $0) }
      }
      if covered.isEmpty, !specification.isPattern { report.absent.append(specification.source) }
      for (reference, destination) in covered {
        do throws(ObjectStoreError) {
          try copyReachable(from: reference.id, in: copy, to: local)
          arrived.append((destination, reference.id))
        } catch {
          report.refused.append(
            .init(reference: reference.name, reason: .damagedObjects(detail: legible("\(error)"))))
          kept.append(destination)
        }
      }
    }
    try interruption?(.objectsCopied)

    let gone = try translated { () throws(ObjectStoreError) in
      try local.references(withPrefix: "refs/").map(\.name)
    }.filter { name in
      specifications.contains { $0.mayLead(to: name) }
        && !arrived.contains { $0.name.utf8.elementsEqual(name.utf8) }
        && !kept.contains { $0.utf8.elementsEqual(name.utf8) }
    }
    try translated { () throws(ObjectStoreError) in
      for name in gone {
        try local.moveReference(name, from: try local.reference(name), to: nil, reason: "fetch: gone")
      }
      for (name, id) in arrived {
        let current = try local.reference(name)
        if current != id { try local.moveReference(name, from: current, to: id, reason: "fetch") }
      }
    }
    try interruption?(.referencesMoved)
    return report
  }

  public func push(
    to address: RemoteAddress, _ updates: [PushUpdate], as unit: PushUnit,
    progress: ((TransferProgress) -> Void)?
  ) async throws(TransportError) -> [PushResult] {
    let copy = try connect(to: address)
    let areForward = try translated { () throws(ObjectStoreError) in
      try updates.map { update throws(ObjectStoreError) in
        guard let expected = update.expected else { return true }
        return try isAncestor(expected, of: update.new, in: local)
      }
    }
    try translated { () throws(ObjectStoreError) in
      for (update, isForward) in zip(updates, areForward) where isForward {
        try copyReachable(from: update.new, in: local, to: copy)
      }
    }
    try interruption?(.objectsCopied)

    // No interruption from here to the last move, so what is seen now holds for all of them.
    var outcomes = try translated { () throws(ObjectStoreError) in
      try zip(updates, areForward).map { update, isForward throws(ObjectStoreError) -> PushResult.Outcome in
        guard isForward else { return .rejected(.notForward) }
        let current = try copy.reference(update.reference)
        if current == update.new { return .wasThere }
        return current == update.expected ? .moved : .rejected(.movedMeanwhile)
      }
    }
    if unit == .allOrNone, outcomes.contains(where: { $0 != .moved && $0 != .wasThere }) {
      outcomes = outcomes.map { $0 == .moved ? .rejected(.leftOut) : $0 }
    }
    try translated { () throws(ObjectStoreError) in
      for (update, outcome) in zip(updates, outcomes) where outcome == .moved {
        try copy.moveReference(update.reference, from: update.expected, to: update.new, reason: "push")
      }
    }
    try interruption?(.referencesMoved)
    return zip(updates, outcomes).map { PushResult(reference: $0.reference, outcome: $1) }
  }

  private func connect(to address: RemoteAddress) throws(TransportError) -> any ObjectStore {
    guard let copy = copies[address] else {
      throw .unreachable(address: address.shown, .pathMissing)
    }
    try interruption?(.connected)
    return copy
  }
}

/// Whether a reference is among those teams exchange.
func isShared(_ name: String) -> Bool {
  name.utf8.elementsEqual("refs/heads/main".utf8) || name.utf8.starts(with: "refs/ligne/".utf8)
    || name.utf8.starts(with: "refs/heads/ligne/".utf8)
}

/// A store that fails in the middle of an exchange is not the network's fault; what it says is passed on.
private func translated<Value>(
  _ body: () throws(ObjectStoreError) -> Value
) throws(TransportError) -> Value {
  do throws(ObjectStoreError) { return try body() } catch { throw .other(text: legible("\(error)")) }
}

/// Copies an object and everything it leads to, what it leads to first, so that a store never holds an object
/// without what belongs to it.
private func copyReachable(
  from id: ObjectID, in source: any ObjectStore, to target: any ObjectStore
) throws(ObjectStoreError) {
  enum Work {
    case visit(ObjectID)
    case write(ObjectID, RawObject)
  }
  // An explicit stack: a history is as deep as it is long.
  var stack = [Work.visit(id)]
  while let work = stack.popLast() {
    switch work {
    case .visit(let id):
      // Every store knows the empty folder without keeping it.
      if id == .emptyTree { continue }
      if try target.contains(id) { continue }
      let object = try source.object(id)
      stack.append(.write(id, object))
      stack += try links(of: object, id).map { .visit($0) }
    case .write(let id, let object):
      guard try target.write(object) == id else {
        throw .malformed(id, expected: object.kind, reason: "its bytes have another id")
      }
    }
  }
}

/// The objects an object names.
private func links(of object: RawObject, _ id: ObjectID) throws(ObjectStoreError) -> [ObjectID] {
  switch object.kind {
  case .blob: return []
  case .tree:
    do {
      return try Tree(decoding: object.bytes).entries.filter { $0.mode != .submodule }.map(\.id)
    } catch { throw .malformed(id, expected: .tree, reason: "\(error)") }
  case .commit:
    do {
      let commit = try Commit(decoding: object.bytes)
      return [commit.tree] + commit.parents
    } catch { throw .malformed(id, expected: .commit, reason: "\(error)") }
  case .tag:
    // "object ", then 40 digits.
    guard let target = ObjectID(hex: String(decoding: object.bytes.dropFirst(7).prefix(40), as: UTF8.self))
    else { throw .malformed(id, expected: .tag, reason: "it names no object") }
    return [target]
  }
}

private func isAncestor(
  _ ancestor: ObjectID, of descendant: ObjectID, in store: any ObjectStore
) throws(ObjectStoreError) -> Bool {
  var queue = [descendant]
  var seen: Set<ObjectID> = [descendant]
  var next = 0
  while next < queue.count {
    let id = queue[next]
    next += 1
    if id == ancestor { return true }
    let object = try store.object(id)
    guard object.kind == .commit else { continue }
    // The first link of a commit is its tree.
    for parent in try links(of: object, id).dropFirst() where seen.insert(parent).inserted {
      queue.append(parent)
    }
  }
  return false
}
