import CommitJoin
public import GitStore
import JSONTree
import ObjectModel
import PlantedBugs
import ThreeWayMerge
import Wording
import WorkingCopy

extension Workspace {
  /// Exchanges work with the team: takes in what others shared, joins it with ours, and shares the result.
  ///
  /// The network is spoken to without holding the workspace. Own work is safe at the address before the team's
  /// `main` is touched, because each device writes a reference of its own; "shared" is said only of what was read
  /// back from there. If the network fails half-way, what was taken in stays, and what waits is named.
  ///
  /// - Parameters:
  ///   - transport: Speaks to the address.
  ///   - random: Names a new device, once; says how long to wait where a host takes `main` alone.
  ///   - pause: Waits.
  /// - Throws: `WorkspaceError.noAddress`, `.unrelatedTeam`, `TransportError`, and what a full disk throws.
  public func sync(
    _ options: SyncOptions = SyncOptions(), over transport: some Transport, by attribution: Attribution,
    random: inout some RandomNumberGenerator,
    pause: (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    progress: ((TransferProgress) -> Void)? = nil
  ) async throws -> SyncReport {
    guard let address = try repository.remoteAddress() else { throw WorkspaceError.noAddress }
    try refuseUnfinishedGit()
    let remote = try RemoteAddress(address)
    try checkWritable()
    // The `git` of a sync that was killed leaves its locks where this one's would meet them.
    try locked(for: "sync", at: attribution.time, searching: .everywhere) {}
    var report = SyncReport()
    let now = Instant(secondsSince1970: Int(attribution.time))
    let before = try head()
    var attempt = 0
    report.manners = try hostManners()
    while attempt < HostManners.mostAttempts {
      if attempt > 0, let time = report.manners.pause(afterAttempt: attempt, random: &random) {
        try await pause(time)
      }
      attempt += 1
      report.attempts = attempt
      // Before the fetch: a command that fetches later, and remembers more, tells nothing of what this one fetched.
      let seen = try repository.reference(SyncReferences.seenMain)
      let fetched = try await fetched(from: remote, over: transport, at: attribution.time, progress: progress)
      guard let local = try head() else { throw WorkspaceError.nothingToCommit }
      var (team, graph) = try accepted(fetched, beyond: local)
      let makePlan = { [self] (local: ObjectID, report: inout SyncReport) throws -> SyncPlan in
        try withHistory { () throws(ObjectStoreError) in try graph.add(local, from: objects) }
        let plan = try planned(
          &team, in: graph, from: local, lastSeen: seen, address: remote.shown, report: &report)
        report.refused = team.refused
        return plan
      }
      var plan = try makePlan(local, &report)
      if options.isRehearsal {
        report.received += plan.incoming
        report.waiting = plan.outgoing
        report.result = result(of: plan)
        report.head = try head()
        report.conflicts = try openPlaces(in: plan.tree)
        report.findings = try findings(broughtInto: plan.head, since: before, at: now)
        return report
      }
      try takeIn(
        &plan, onto: local, sharing: !options.keepsOwnWork, by: attribution, report: &report, again: makePlan)
      report.waiting = plan.outgoing
      report.findings = try findings(broughtInto: plan.head, since: before, at: now)
      report.crises = try crisisNews(in: plan.head, since: before)
      onFindings(report.findings)
      try locked(for: "sync", at: attribution.time) { try remember(team) }
      let keepsOwnWork = options.keepsOwnWork && !EngineBug.sharesUnasked.isPlanted
      if keepsOwnWork || (plan.outgoing.isEmpty && plan.head == team.main) {
        return try finished(report)
      }
      let isDone = try await share(
        plan, to: remote, team: team, over: transport, at: attribution.time, random: &random, report: &report,
        progress: progress)
      // Where the work itself arrived with the device reference only `main` is behind, and whoever syncs next moves it.
      let isSafe = report.waiting.isEmpty && attempt >= Self.mostAttemptsAtMain
      if isDone || isSafe { return try finished(report) }
    }
    if report.waiting.isEmpty { return try finished(report) }
    throw WorkspaceError.overtaken(attempts: attempt)
  }

  /// How often `main` is tried by somebody whose work is safe already: the more people try, the longer all of them wait.
  private static let mostAttemptsAtMain = 2

  // MARK: - 1. What is there

  func teamCopy(_ fetched: FetchReport) throws -> TeamCopy {
    var team = TeamCopy()
    team.main = try repository.reference(SyncReferences.incomingMain)
    for (here, there) in [
      (SyncReferences.incomingDevices, SyncReferences.devices),
      (SyncReferences.incomingBranches, SyncReferences.deviceBranches),
    ] {
      for reference in try repository.references(withPrefix: here) {
        let name = String(decoding: reference.name.utf8.dropFirst(here.utf8.count), as: UTF8.self)
        team.devices[there + name] = reference.id
      }
    }
    for refusal in fetched.refused {
      team.refused.append(
        SyncReport.Refused(
          reference: refusal.reference, code: refusal.reason.code,
          reason: Sentence(
            fr: "Ce qui est arrivé est endommagé : \(refusal.detail)",
            en: "What arrived is damaged: \(refusal.detail)"), hint: askToSyncAgain))
      // What it held before is still joined, and it is not pushed to.
      if team.refused.last?.isMain == true { team.mainIsRefused = true }
    }
    return team
  }

  // MARK: - 2 and 3. Check and plan

  /// What may be joined of what was fetched, with its history and ours.
  private func accepted(
    _ fetched: FetchReport, beyond local: ObjectID
  ) throws -> (team: TeamCopy, graph: CommitGraph) {
    var team = try teamCopy(fetched)
    var graph = CommitGraph()
    try withHistory { () throws(ObjectStoreError) in try graph.add(local, from: objects) }
    try accept(&team, into: &graph, beyond: local)
    return (team, graph)
  }

  /// What has to be done.
  ///
  /// - Parameters:
  ///   - team: Heads that were accepted.
  ///   - graph: Their history and ours.
  ///   - seen: The team's `main` as it was known before the fetch.
  func planned(
    _ team: inout TeamCopy, in graph: CommitGraph, from local: ObjectID, lastSeen seen: ObjectID?,
    address: String, report: inout SyncReport
  ) throws -> SyncPlan {
    var graph = graph
    if let main = team.main, !EngineBug.takesStrangersIn.isPlanted,
      graph.roots(of: main).isDisjoint(with: graph.roots(of: local))
    {
      // Nothing of it is kept in a name of ours.
      for reference in try repository.references(withPrefix: SyncReferences.incoming) {
        try repository.moveReference(
          reference.name, from: reference.id, to: nil, reason: "ligne sync: another workspace")
      }
      throw WorkspaceError.unrelatedTeam(address: address)
    }
    let devices = team.devices.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    for (name, id) in devices where graph.roots(of: id).isDisjoint(with: graph.roots(of: local)) {
      team.refuse(
        .init(
          reference: name, code: "other-workspace",
          reason: Sentence(
            fr: "Cela vient d’un autre espace de travail.", en: "It comes from another workspace.")))
    }
    if let seen, let main = team.main {
      try graph.add(seen, from: objects)
      if report.rewritten == nil, !graph.isAncestor(seen, of: main) {
        report.rewritten = SyncReport.Rewritten(
          commit: main, by: try objects.commit(main).committer,
          missing: graph.userCommits(of: [seen], notIn: [main]).reversed())
      }
    } else if seen != nil, team.heads.isEmpty, !team.mainIsRefused {
      report.wasEmptied = true
    }
    try checkShareable(graph.tree(of: local) ?? local)
    if let joint = try graph.jointByNewerRules(
      between: team.heads(toJoinIn: graph) + [local], in: objects)
    {
      throw WorkspaceError.newerJoint(
        joint.id, found: joint.rulesVersion, supported: JointCommit.rulesVersion)
    }
    let own = EngineBug.followsARewrite.isPlanted ? report.rewritten?.commit ?? local : local
    if let known = try files.local.recall(Self.jointMemory) { joinMemory.recall(known) }
    let plan = try SyncPlan(
      local: own, team: team, graph: graph, store: objects, rulebook: rulebook, memory: joinMemory)
    if joinMemory.hasNews { try files.local.remember(Self.jointMemory, joinMemory.bytes) }
    report.forgedJoints = plan.forgedJoints
    return plan
  }

  private static let jointMemory = "joints"

  /// Refuses to share what others would have to refuse.
  ///
  /// A tree in which nothing was found is remembered, and only what differs from it is looked at the next time.
  private func checkShareable(_ tree: ObjectID) throws {
    let remembered = try files.local.recall(Self.shareableMemory).flatMap {
      ObjectID(hex: String(decoding: $0, as: UTF8.self))
    }
    if remembered == tree { return }
    let known = try remembered.flatMap { try objects.contains($0) ? $0 : nil }
    let unshareable = try objects.refusals(in: tree, notIn: known)
    if !unshareable.isEmpty {
      throw WorkspaceError.unshareable(unshareable.map { String(decoding: $0.path, as: UTF8.self) })
    }
    try files.local.remember(Self.shareableMemory, Array(tree.hex.utf8))
  }

  private static let shareableMemory = "shareable"

  private func withHistory(_ read: () throws(ObjectStoreError) -> Void) throws {
    do throws(ObjectStoreError) {
      try read()
    } catch .missing(let id) {
      throw WorkspaceError.missingHistory(id)
    }
  }

  private func result(of plan: SyncPlan) -> SyncReport.Result {
    switch plan.scenario {
    case .same: .upToDate
    case .theyAreAhead: .received
    case .weAreAhead: .shared
    case .bothMoved: .joined
    }
  }

  // MARK: - 5. Take in

  /// Moves the branch to the join and brings the files after it.
  ///
  /// - Parameters:
  ///   - local: The version here that the plan was made for.
  ///   - again: Makes a plan for another version. One that came since is in no plan, and would be gone from the branch; while
  ///     no other command can make one, all is planned once more, however many of them are at work here.
  private func takeIn(
    _ plan: inout SyncPlan, onto local: ObjectID, sharing: Bool, by attribution: Attribution,
    report: inout SyncReport, again: (_ local: ObjectID, inout SyncReport) throws -> SyncPlan
  ) throws {
    if plan.head != local {
      try locked(for: "sync", at: attribution.time) {
        let state = try localState()
        guard let head = state.head else { throw WorkspaceError.nothingToCommit }
        if head != local, !EngineBug.missesWhatCameMeanwhile.isPlanted { plan = try again(head, &report) }
        if plan.head == head { return }
        let carried = try carryOver(state, to: plan.tree, before: .sync, by: attribution)
        try advance(
          from: head, to: plan.head, writes: carried.writes, known: { state.folder[$0] }, command: "sync")
        try forgetBases(carried.caughtUp)
        report.carried = carried.carried
        report.passedBy += carried.passedBy.filter { !report.passedBy.contains($0) }
        report.notices += carried.notices + plan.notices
      }
    }
    report.received += plan.incoming
    if plan.isNewJoint { report.joined.append(plan.head) }
    if report.result == .upToDate || plan.scenario == .bothMoved {
      // What is not going to be shared is not said to be.
      report.result = plan.scenario == .weAreAhead && !sharing ? .upToDate : result(of: plan)
    }
    report.head = plan.head
  }

  // MARK: - 6. Share

  /// Pushes the device references, then tries `main`, then reads back what arrived.
  ///
  /// - Returns: `false` if `main` had moved meanwhile, and everything has to be looked at again.
  private func share(
    _ plan: SyncPlan, to remote: RemoteAddress, team: TeamCopy, over transport: some Transport,
    at time: Int64,
    random: inout some RandomNumberGenerator, report: inout SyncReport,
    progress: ((TransferProgress) -> Void)?
  ) async throws -> Bool {
    // A `main` that was refused is left to whoever broke it; the device references carry the work meanwhile.
    let movesMain = !team.mainIsRefused
    var updates: [PushUpdate] = []
    var results: [PushResult] = []
    while true {
      updates = try deviceUpdates(for: plan.newestOutgoing, team: team, in: report.manners, random: &random)
      let devices = updates.count
      if movesMain { updates.append(PushUpdate(SyncReferences.main, from: team.main, to: plan.head)) }
      if updates.isEmpty { return true }
      do throws(TransportError) {
        results = try await transport.push(to: remote, updates, as: .eachAlone, progress: progress)
      } catch {
        // Nothing of ours waits; somebody who may write there moves `main`.
        if plan.outgoing.isEmpty, error.isRefusal { return true }
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
    if main != nil { return true }
    for case .rejected(.refusedByHost(let text)) in results.map(\.outcome) {
      // Safe at the address all the same, where the device references arrived; somebody who may moves `main`.
      if plan.outgoing.isEmpty || allDevicesArrived && !plan.newestOutgoing.isEmpty { return true }
      throw TransportError.refusedByHost(text: text)
    }
    return !movesMain && allDevicesArrived
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
        try graph.add(commit, from: objects)
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
    guard let found = there.first(where: { $0.name.utf8.elementsEqual(update.reference.utf8) })?.id else {
      return nil
    }
    if found == update.new { return found }
    var graph = CommitGraph()
    do throws(ObjectStoreError) {
      try graph.add(found, from: objects)
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

  // MARK: - 7. Report

  /// Remembers what the address held, where plain git looks for it.
  func remember(_ team: TeamCopy) throws {
    guard let main = team.main else { return }
    let seen = try repository.reference(SyncReferences.seenMain)
    if seen != main {
      try repository.moveReference(SyncReferences.seenMain, from: seen, to: main, reason: "ligne sync")
    }
  }

  private func finished(_ report: SyncReport) throws -> SyncReport {
    try keepProvenance()
    var report = report
    report.head = try head()
    // As the folder stands: uncommitted work may have met what was received, or settled what the version holds.
    let open = try openConflicts()
    report.conflicts = open.map {
      SyncReport.OpenPlace(path: $0.path, pointer: $0.pointer, kind: $0.conflict.kind)
    }
    let contradicted = Set(open.filter { $0.isNew && !$0.uncommitted.isEmpty }.map(\.path))
    report.unreadable = try committedProblems().filter { !report.passedBy.contains($0.path) }
    report.contradicted = report.carried.filter(contradicted.contains)
    return report
  }

  /// Everything a person has to settle in a version.
  func openPlaces(in tree: ObjectID?) throws -> [SyncReport.OpenPlace] {
    guard let tree else { return [] }
    var places: [SyncReport.OpenPlace] = []
    let rules = try rulebook.mergeRules(in: objects.folder(named: "schemas", in: tree))
    for (record, file) in try objects.files(in: tree, under: WorkspacePath("conflicts")) {
      guard let path = record.documentOfRecord, let document = try objects.file(at: path, in: tree) else {
        continue
      }
      let recorded = OpenConflicts(recordedIn: try objects.blob(file.id))
      let content = FileContent(try objects.blob(document.id), of: document.id, at: path)
      let state = DocumentState(
        content, of: document.id, recorded: recorded, rule: content.rule(rules))
      for (pointer, conflict) in state.questions {
        places.append(SyncReport.OpenPlace(path: path, pointer: pointer, kind: conflict.kind))
      }
    }
    return places
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
