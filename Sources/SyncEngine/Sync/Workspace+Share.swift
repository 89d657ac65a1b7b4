import CommitJoin
import GitStore
import ObjectModel
import PlantedBugs
import WorkingCopy

extension Workspace {
  /// Pushes the device references, then tries `main`, then reads back what arrived.
  ///
  /// - Throws: `TransportError`, also where the host refused `main` and our work is nowhere else there.
  func share(
    _ plan: SyncPlan, to remote: RemoteAddress, team: TeamCopy, over transport: some Transport,
    at time: Int64,
    random: inout some RandomNumberGenerator, report: inout SyncReport,
    progress: ((TransferProgress) -> Void)?
  ) async throws -> Sharing {
    // A `main` that was refused is left to whoever broke it; the device references carry the work meanwhile.
    let movesMain = !team.mainIsRefused
    var updates: [PushUpdate] = []
    var results: [PushResult] = []
    while true {
      updates = try deviceUpdates(for: plan.newestOutgoing, team: team, in: report.manners, random: &random)
      let devices = updates.count
      if movesMain { updates.append(PushUpdate(SyncReferences.main, from: team.main, to: plan.head)) }
      if updates.isEmpty { return .done }
      do throws(TransportError) {
        results = try await transport.push(to: remote, updates, as: .eachAlone, progress: progress)
      } catch {
        // Nothing of ours waits; somebody who may write there moves `main`.
        if plan.outgoing.isEmpty, error.isRefusal { return .done }
        throw error
      }
      guard results.prefix(devices).contains(where: \.isRefusedByHost), let other = report.manners.next else {
        break
      }
      // The host does not want these names; a check of the team that refuses everything says so of `main` in the end.
      report.manners = other
      report.hasNewManners = true
    }

    if results.contains(where: \.isHeldByAnother) { clearLocksLeftAt(remote) }
    // Believed only when read back.
    let there = try await transport.references(at: remote)
    let arrivals = try updates.map { try arrival(of: $0, in: there) }
    // What another command sent is noted by that one, which has looked at it.
    try locked(for: "sync", at: time) {
      try remember(zip(updates, arrivals).filter { $0.new == $1 }.map(\.0))
    }
    let main = movesMain ? arrivals.last ?? nil : nil
    let allDevicesArrived =
      report.manners != .main && !(movesMain ? arrivals.dropLast() : arrivals[...]).contains(nil)
    if report.hasNewManners, main != nil || allDevicesArrived {
      try remember(report.manners)
    }
    if main != nil || allDevicesArrived {
      report.shared += plan.outgoing
      report.waiting = []
      if report.result == .upToDate, !plan.outgoing.isEmpty { report.result = .shared }
      if report.result == .received, !plan.outgoing.isEmpty { report.result = .joined }
    }
    if main == plan.head {
      try locked(for: "sync", at: time) { try remember(TeamCopy(main: plan.head)) }
    }
    if main != nil { return .done }
    for case .rejected(.refusedByHost(let text)) in results.map(\.outcome) {
      // Safe at the address all the same, where the device references arrived; somebody who may moves `main`.
      if plan.outgoing.isEmpty || allDevicesArrived && !plan.newestOutgoing.isEmpty { return .done }
      throw TransportError.refusedByHost(text: text)
    }
    if !movesMain, allDevicesArrived { return .done }
    let nothingMoved = zip(updates, results).allSatisfy { update, result in
      result.outcome == .moved && there.id(of: update.reference) == update.expected
    }
    return nothingMoved ? .notTaken : .overtaken
  }

  /// The references that make our newest work safe at the address, one per commit that stands alone.
  private func deviceUpdates(
    for commits: [ObjectID], team: TeamCopy, in manners: HostManners,
    random: inout some RandomNumberGenerator
  ) throws -> [PushUpdate] {
    guard let prefix = manners.prefix, !EngineBug.sharesMainOnly.isPlanted else { return [] }
    var updates: [PushUpdate] = []
    for commit in commits {
      var device = updates.isEmpty ? try deviceName(random: &random) : newDeviceName(random: &random)
      var reference = prefix + device
      if let there = team.devices[reference] {
        var graph = CommitGraph()
        try takeHistory(of: commit, into: &graph)
        if !graph.isAncestor(there, of: commit) {
          // This folder is a copy of another one, or was put back: two may not write one reference.
          device = newDeviceName(random: &random)
          try files.local.writeSmall("device", Array((device + "\n").utf8))
          reference = prefix + device
        }
      }
      updates.append(PushUpdate(reference, from: team.devices[reference], to: commit))
    }
    return updates
  }

  /// This folder's name among the team's devices, made once.
  private func deviceName(random: inout some RandomNumberGenerator) throws -> String {
    if let bytes = try files.local.readSmall("device") {
      let name = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
      if name.utf8.count == 16, name.utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) }) { return name }
    }
    let name = newDeviceName(random: &random)
    try files.local.writeSmall("device", Array((name + "\n").utf8))
    return name
  }

  /// What the address holds under a reference, if that is what was sent or goes on from it: another command in this folder may
  /// have shared it, and more, under the same name.
  private func arrival(of update: PushUpdate, in there: [Reference]) throws -> ObjectID? {
    if EngineBug.believesTheAnswer.isPlanted { return update.new }
    guard let found = there.id(of: update.reference) else { return nil }
    if found == update.new { return found }
    var graph = CommitGraph()
    do throws(ObjectStoreError) {
      try takeHistory(of: found, into: &graph)
    } catch {
      switch error {
      // Somebody else's, or nothing that could go on from ours.
      case .missing, .malformed: return nil
      case .referenceMoved, .locked, .failed: throw error
      }
    }
    return graph.isAncestor(update.new, of: found) ? found : nil
  }

  /// Keeps what was read back where the next look at what waits expects it.
  private func remember(_ arrived: [PushUpdate]) throws {
    for update in arrived {
      let name = SyncReferences.incomingName(of: update.reference)
      let seen = try repository.reference(name)
      if seen == update.new { continue }
      do throws(ObjectStoreError) {
        try repository.moveReference(name, from: seen, to: update.new, reason: "ligne sync: read back")
      } catch .referenceMoved {
        // Git, which another command lets fetch and which knows nothing of the lock, has noted what is there now.
      }
    }
  }

  private func newDeviceName(random: inout some RandomNumberGenerator) -> String {
    let digits = String(random.next() as UInt64, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}

/// What came of an attempt to share.
enum Sharing {
  /// What was sent is at the address, or nobody of ours has anything left to do there.
  case done
  /// Others moved there meanwhile, and everything has to be looked at again.
  case overtaken
  /// The host answered that everything moved, and all stands there as it stood before.
  case notTaken
}

extension [Reference] {
  fileprivate func id(of name: String) -> ObjectID? {
    first { $0.name.utf8.elementsEqual(name.utf8) }?.id
  }
}

extension PushResult {
  fileprivate var isHeldByAnother: Bool {
    if case .rejected(.heldByAnother) = outcome { true } else { false }
  }
}

extension TransportError {
  /// Whether the host was reached and would not, or could not, take anything.
  fileprivate var isRefusal: Bool {
    switch self {
    case .refusedByHost, .readOnly, .remoteFull, .tooLargeForHost, .other: true
    default: false
    }
  }
}
