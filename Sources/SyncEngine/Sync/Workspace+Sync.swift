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
  /// - Throws: `WorkspaceError.noAddress`, `.unrelatedTeam`, `.overtaken`, `.notTaken`, `TransportError`, and what a full disk
  ///   throws.
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
    var untaken = 0
    var questions: [WorkspacePath: BroughtQuestion] = [:]
    func finished() throws -> SyncReport {
      try locked(for: "sync", at: attribution.time) { try reopen(&questions, by: attribution) }
      return try completed(report)
    }
    report.manners = try hostManners()
    do {
      while attempt < HostManners.mostAttempts {
        if attempt > 0, let time = report.manners.pause(afterAttempt: attempt, random: &random) {
          try await pause(time)
        }
        attempt += 1
        report.attempts = attempt
        // Before the fetch: a command that fetches later, and remembers more, tells nothing of what this one fetched.
        let seen = try repository.reference(SyncReferences.seenMain)
        let fetched = try await fetched(
          from: remote, over: transport, at: attribution.time, progress: progress)
        guard let local = try head() else { throw WorkspaceError.nothingToCommit }
        var (team, graph) = try accepted(fetched, beyond: local, address: remote.shown)
        if team.heads.isEmpty, !team.mainIsRefused, try await transport.holdsOtherBranches(at: remote) {
          throw WorkspaceError.unrelatedTeam(address: remote.shown)
        }
        let makePlan = { [self] (local: ObjectID, report: inout SyncReport) throws -> SyncPlan in
          try withHistory { () throws(ObjectStoreError) in try takeHistory(of: local, into: &graph) }
          let plan = try planned(
            &team, in: graph, from: local, lastSeen: seen, report: &report)
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
          &plan, onto: local, sharing: !options.keepsOwnWork, by: attribution, report: &report,
          questions: &questions, again: makePlan)
        report.waiting = plan.outgoing
        report.findings = try findings(broughtInto: plan.head, since: before, at: now)
        report.crises = try crisisNews(in: plan.head, since: before)
        onTakenIn(report)
        try locked(for: "sync", at: attribution.time) { try remember(team) }
        let keepsOwnWork = options.keepsOwnWork && !EngineBug.sharesUnasked.isPlanted
        if keepsOwnWork || (plan.outgoing.isEmpty && plan.head == team.main) {
          return try finished()
        }
        let sharing = try await share(
          plan, to: remote, team: team, over: transport, at: attribution.time, random: &random,
          report: &report,
          progress: progress)
        // Where the work itself arrived with the device reference only `main` is behind, and whoever syncs next moves it.
        let isSafe = report.waiting.isEmpty && attempt >= Self.mostAttemptsAtMain
        if sharing == .done || isSafe { return try finished() }
        untaken = sharing == .notTaken ? untaken + 1 : 0
        if untaken == Self.mostUntaken { throw WorkspaceError.notTaken(address: remote.shown) }
      }
    } catch {
      // What was saved while the host was waited for answers no question, whatever came of the rest.
      try? locked(for: "sync", at: attribution.time) { try reopen(&questions, by: attribution) }
      throw error
    }
    let told = try finished()
    if told.waiting.isEmpty { return told }
    throw WorkspaceError.overtaken(attempts: attempt)
  }

  /// How often `main` is tried by somebody whose work is safe already: the more people try, the longer all of them wait.
  private static let mostAttemptsAtMain = 2

  /// How often in a row a host may say “done” of what is not there: a copy of it that is read a moment late is none that lies.
  private static let mostUntaken = 5

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
    _ fetched: FetchReport, beyond local: ObjectID, address: String
  ) throws -> (team: TeamCopy, graph: CommitGraph) {
    var team = try teamCopy(fetched)
    var graph = CommitGraph()
    try withHistory { () throws(ObjectStoreError) in try takeHistory(of: local, into: &graph) }
    try accept(&team, into: &graph, beyond: local)
    if team.isForeign {
      // Nothing of it is kept in a name of ours.
      for reference in try repository.references(withPrefix: SyncReferences.incoming) {
        try repository.moveReference(
          reference.name, from: reference.id, to: nil, reason: "ligne sync: another workspace")
      }
      throw WorkspaceError.unrelatedTeam(address: address)
    }
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
    report: inout SyncReport
  ) throws -> SyncPlan {
    var graph = graph
    let devices = team.devices.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let roots = graph.roots(of: local)
    for (name, id) in devices where graph.roots(of: id).isDisjoint(with: roots) {
      team.refuse(
        .init(
          reference: name, code: "other-workspace",
          reason: Sentence(
            fr: "Cela vient d’un autre espace de travail.", en: "It comes from another workspace.")))
    }
    if let seen, let main = team.main {
      try takeHistory(of: seen, into: &graph)
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
  ///   - questions: What this sync has asked so far.
  ///   - again: Makes a plan for another version. One that came since is in no plan, and would be gone from the branch; while
  ///     no other command can make one, all is planned once more, however many of them are at work here.
  private func takeIn(
    _ plan: inout SyncPlan, onto local: ObjectID, sharing: Bool, by attribution: Attribution,
    report: inout SyncReport, questions: inout [WorkspacePath: BroughtQuestion],
    again: (_ local: ObjectID, inout SyncReport) throws -> SyncPlan
  ) throws {
    if plan.head != local {
      try locked(for: "sync", at: attribution.time) {
        try reopen(&questions, by: attribution)
        let state = try localState()
        guard let head = state.head else { throw WorkspaceError.nothingToCommit }
        if head != local, !EngineBug.missesWhatCameMeanwhile.isPlanted { plan = try again(head, &report) }
        if plan.head == head { return }
        let carried = try carryOver(state, to: plan.tree, before: .sync, by: attribution)
        try advance(
          from: head, to: plan.head, writes: carried.writes, known: { state.folder[$0] }, command: "sync")
        try note(carried.writes, at: carried.records, of: plan.tree, on: state, in: &questions)
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

  // MARK: - 7. Report

  /// Remembers what the address held, where plain git looks for it.
  func remember(_ team: TeamCopy) throws {
    guard let main = team.main else { return }
    let seen = try repository.reference(SyncReferences.seenMain)
    if seen != main {
      try repository.moveReference(SyncReferences.seenMain, from: seen, to: main, reason: "ligne sync")
    }
  }

  /// What a sync did, with what is open in the folder now.
  ///
  /// - Parameter report: As it was handed to ``onTakenIn``, where the sync came no further.
  public func completed(_ report: SyncReport) throws -> SyncReport {
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
