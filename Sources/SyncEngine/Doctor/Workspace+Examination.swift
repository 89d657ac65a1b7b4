import CommitJoin
import Documents
import GitStore
import ObjectModel
import SystemPackage
import ThreeWayMerge
import Wording
import WorkingCopy

/// The parts of an examination that need an open workspace.
extension Workspace {
  // MARK: References

  /// Names what leads nowhere, and puts `main` back where it was.
  func examineReferences(with examination: Examination) throws {
    let wasDamaged = examination.complaints.contains { $0.problem == .referenceDamaged(Self.mainReference) }
    let main = try repository.reference(Self.mainReference)
    if let main {
      // Behind a damaged file git has the value that was packed last, which may be months old.
      guard wasDamaged, let (id, source) = try lastKnownMain(), id != main,
        try isAncestor(main, of: id)
      else { return }
      if examination.repairs {
        try repository.moveReference(Self.mainReference, from: main, to: id, reason: "ligne doctor")
      }
      return examination.complain(.mainLost(to: id, source: source), isRepaired: examination.repairs)
    }
    guard let (id, source) = try lastKnownMain() else {
      // A folder without a version yet is as it should be.
      if wasDamaged { examination.complain(.mainLost(to: nil, source: nil)) }
      return
    }
    if examination.repairs {
      try repository.moveReference(Self.mainReference, from: nil, to: id, reason: "ligne doctor")
    }
    examination.complain(.mainLost(to: id, source: source), isRepaired: examination.repairs)
  }

  private func isAncestor(_ main: ObjectID, of id: ObjectID) throws -> Bool {
    var graph = CommitGraph()
    do throws(ObjectStoreError) { try graph.add(id, from: objects) } catch { return false }
    return graph.isAncestor(main, of: id)
  }

  /// The newest version that something still names.
  private func lastKnownMain() throws -> (ObjectID, Complaint.Source)? {
    func isVersion(_ id: ObjectID) throws -> Bool { (try? objects.header(of: id))?.kind == .commit }
    for move in try repository.moves(of: Self.mainReference) + repository.moves(of: "HEAD") {
      if let id = move.to, try isVersion(id) { return (id, .log) }
    }
    for (name, source) in [
      (SyncReferences.seenMain, Complaint.Source.seenMain), (SyncReferences.incomingMain, .received),
    ] {
      if let id = try repository.reference(name), try isVersion(id) { return (id, source) }
    }
    return nil
  }

  /// - Returns: Whether the folder is on `main`.
  func examineHead(with examination: Examination) throws -> Bool {
    let main = try repository.reference(Self.mainReference)
    switch try repository.head() {
    case .branch("main", _): return true
    case .branch(let name, let commit):
      examination.complain(.notOnMain(branch: name, isHarmless: commit == main))
      return false
    case .detached(let commit):
      // On the same version, nothing is on it that main lacks.
      let isHarmless = commit == main
      if isHarmless, examination.repairs { try repository.attach(toBranch: "main") }
      examination.complain(
        .notOnMain(branch: nil, isHarmless: isHarmless), isRepaired: isHarmless && examination.repairs)
      return isHarmless && examination.repairs
    }
  }

  func examineLocks(with examination: Examination) throws {
    for lock in try files.gitLocks(in: FilePath(repository.gitFolder)) {
      guard lock.verdict == .abandoned else {
        examination.complain(.gitLock(lock.path.string, isInUse: true))
        continue
      }
      let kept = examination.repairs ? try files.moveAside(lock) : nil
      examination.complain(
        .gitLock(lock.path.string, isInUse: false), isRepaired: examination.repairs, keptAt: kept?.string)
    }
  }

  // MARK: Objects

  /// Names what is missing and damaged, and takes it from the folder or from another copy.
  func examineObjects(
    with examination: Examination, from other: String?,
    transport makeTransport: (_ gitFolder: String) -> some Transport,
    progress: (VerifyStage, _ done: Int, _ total: Int) -> Void
  ) async throws {
    guard try head() != nil else { return }
    var report = try verify(progress: progress)
    for finding in report.refused where finding.refusal.lostObject == nil {
      examination.complain(.historySuspect(finding.version.id))
    }
    var lost = report.lostObjects
    if lost.isEmpty { return }
    var kept: [ObjectID: String] = [:]
    if examination.repairs {
      for (id, complaint) in lost {
        guard let object = try fromFolder(id, complaint) else { continue }
        if let place = try examination.replace(object) { kept[id] = place }
      }
      report = try verify(progress: progress)
      if !report.lostObjects.isEmpty, let address = try other ?? repository.remoteAddress() {
        do {
          // What the other copy gives may lead to more that is lost; each round reads everything again.
          try await withCopy(of: RemoteAddress(address), transport: makeTransport) { copy in
            for _ in 0..<16 {
              let before = report.lostObjects
              for (id, _) in before { try take(id, from: copy, into: examination, kept: &kept) }
              report = try verify(progress: progress)
              for (id, complaint) in report.lostObjects where lost[id] == nil { lost[id] = complaint }
              if report.lostObjects.isEmpty || report.lostObjects.keys == before.keys { return }
            }
          }
        } catch let error as any ExplainedError {
          // What is lost is named all the same.
          examination.complain(error)
        }
      }
    }
    let left = report.lostObjects
    for (id, complaint) in lost.sorted(by: { $0.key < $1.key }) {
      examination.complain(complaint, isRepaired: examination.repairs && left[id] == nil, keptAt: kept[id])
    }
  }

  /// A lost text, if the folder still holds it.
  private func fromFolder(_ id: ObjectID, _ complaint: Complaint.Problem) throws -> RawObject? {
    guard let text = complaint.path, let path = try? WorkspacePath(text), let reading = try files.read(path),
      ObjectID(blob: reading.bytes) == id
    else { return nil }
    return RawObject(kind: .blob, bytes: reading.bytes)
  }

  /// Takes an object and all it leads to that can't be read here.
  private func take(
    _ id: ObjectID, from copy: GitRepository, into examination: Examination, kept: inout [ObjectID: String]
  ) throws {
    var stack = [id]
    var seen: Set<ObjectID> = []
    while let id = stack.popLast() {
      guard seen.insert(id).inserted, (try? repository.object(id)) == nil, let object = try? copy.object(id)
      else {
        continue
      }
      if let place = try examination.replace(object) { kept[id] = place }
      switch object.kind {
      case .commit:
        let commit = try copy.commit(id)
        stack += [commit.tree] + commit.parents
      case .tree: stack += try copy.tree(id).entries.filter { $0.mode != .submodule }.map(\.id)
      case .blob, .tag: break
      }
    }
  }

  /// Fetches everything an address holds into a folder of its own, gone afterwards.
  private func withCopy(
    of address: RemoteAddress, transport makeTransport: (_ gitFolder: String) -> some Transport,
    _ body: (GitRepository) throws -> Void
  ) async throws {
    let place = FilePath(files.local.place(of: "copy"))
    func clear() throws {
      guard try !WorkingTree.isEmptyOrMissing(place) || WorkingTree.missingFolders(of: place).isEmpty else {
        return
      }
      try WorkingTree.empty(place)
      try WorkingTree.remove([place])
    }
    try clear()
    do {
      let copy = try GitRepository.create(at: place.string, kind: .bare)
      let names = [SyncReferences.main, SyncReferences.devices + "*", SyncReferences.deviceBranches + "*"]
      _ = try await makeTransport(place.string).fetch(
        from: address, names.map { RefSpec($0, to: $0.replacing("refs/heads/", with: "refs/copy/")) },
        progress: nil)
      try body(copy)
    } catch {
      // The first trouble is the one to tell; the next examination clears the place.
      try? clear()
      throw error
    }
    try clear()
  }

  // MARK: Local state

  func examineLocalState(with examination: Examination) throws {
    let repairs = examination.repairs
    do {
      _ = try repository.readIndex()
    } catch let error as GitError where error.kind == .damaged {
      let kept = repairs ? try examination.resetIndex(of: self, to: tree(of: head())) : nil
      examination.complain(.indexDamaged, isRepaired: repairs, keptAt: kept)
    }
    if let entry = try Journal(in: files.local).pending() {
      if repairs { try settleLeftovers() }
      examination.complain(.unfinishedStep(command: entry.command), isRepaired: repairs)
    } else {
      if try files.local.readSmall("journal") != nil {
        let kept = repairs ? try examination.moveAside(files.local.place(of: "journal")) : nil
        examination.complain(.journalDamaged, isRepaired: repairs, keptAt: kept)
      }
      if try files.hasLeftovers(), repairs { try settleLeftovers() }
    }
    if !savedMeanwhile.isEmpty { examination.complain(.savedMeanwhile, isRepaired: true) }
    for place in try files.unexplained() { examination.complain(.unexplained(place.string)) }
    if try lacksDrivers() {
      if repairs { try setMissingDrivers() }
      examination.complain(.driversMissing, isRepaired: repairs)
    }
  }

  // MARK: The folder

  func examineFolder(with examination: Examination, at now: Instant) throws {
    // Without a list of files, nothing more can be said of them.
    if examination.complaints.contains(Complaint(.indexDamaged)) { return }
    if let operation = try unfinishedGit() {
      let error = WorkspaceError.unfinishedGit(operation)
      examination.complain(.unfinishedGit(message: error.message, hint: error.hint))
    }
    guard let head = try head() else { return }
    let committer = try objects.commit(head).committer
    let days = (Int(clamping: committer.time) - now.secondsSince1970) / 86_400
    if days > 0 { examination.complain(.clockBehind(days: days, author: committer.name)) }
    do throws(ObjectStoreError) {
      _ = try objects.files(in: objects.commit(head).tree)
    } catch {
      return  // Named above; without it, nothing can be compared.
    }
    let report = try status()
    for file in report.unseen { examination.complain(.fileUnseen(path: file.path, reason: file.reason)) }
    for document in report.left { examination.complain(.documentUnreadable(document.path, document.problem)) }
  }
}

extension VerifyReport {
  /// What can't be read, with what needs it.
  fileprivate var lostObjects: [ObjectID: Complaint.Problem] {
    Dictionary(
      refused.compactMap { finding in
        finding.refusal.lostObject.map { id in
          let path = finding.path.flatMap { $0.isEmpty ? nil : String(decoding: $0, as: UTF8.self) }
          if case .missing = finding.refusal { return (id, .objectMissing(id, path: path)) }
          return (id, .objectDamaged(id, path: path))
        }
      }, uniquingKeysWith: { first, _ in first })
  }
}

extension VerifyReport.Refusal {
  /// The object that can’t be read; `nil` for anything else that is wrong.
  var lostObject: ObjectID? {
    switch self {
    case .missing(let id), .damaged(let id): id
    case .forgedJoint, .newerRules, .forbidden, .rewritten, .takenAway: nil
    }
  }
}

extension Complaint.Problem {
  fileprivate var path: String? {
    switch self {
    case .objectMissing(_, let path), .objectDamaged(_, let path): path
    default: nil
    }
  }
}
