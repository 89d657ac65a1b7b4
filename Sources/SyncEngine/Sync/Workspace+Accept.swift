import CommitJoin
import Documents
import GitStore
import ObjectModel
import PlantedBugs
import Wording

/// What may be taken in of what was fetched.
///
/// A clone and a sync ask the same, and so come to the same verdict: what would be written or joined is looked at,
/// the newest tree of a head and the versions a joint commit there stands for. What an older version held and a later
/// one put right holds nobody up; it is never written, and a base of a merge gives nothing to its result. Every
/// version's contents have to be here.
extension Workspace {
  /// Takes the heads of the address into the graph that can be read and that hold nothing forbidden.
  ///
  /// One that is not accepted is left out by name; the others go on.
  ///
  /// - Parameter local: Our newest version; `nil` for a folder that has none yet.
  /// - Throws: `WorkspaceError.newerFormat`, `.newerMergeRules` where the team has moved on to what this program does
  ///   not know.
  func accept(_ team: inout TeamCopy, into graph: inout CommitGraph, beyond local: ObjectID?) throws {
    let devices = team.devices.map { Reference(name: $0.key, id: $0.value) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    let heads = team.main.map { [Reference(name: SyncReferences.main, id: $0)] + devices } ?? devices
    var hasMovedOn: WorkspaceError?
    var judged: [ObjectID: [TreeRefusal]] = [:]
    // Who clones a team takes its own version for the team's, which comes first.
    var ours = local
    for (name, id) in heads.map({ ($0.name, $0.id) }) {
      let known = graph.count
      do throws(ObjectStoreError) {
        var isAccepted = false
        defer { if !isAccepted { graph.forget(beyond: known) } }
        try takeHistory(of: id, into: &graph, bytesPerCommit: Self.bytesPerCommit)
        // Before anything else is asked of it: a project of another kind is refused for many reasons.
        if let local, SyncReferences.main.utf8.elementsEqual(name.utf8),
          !EngineBug.takesStrangersIn.isPlanted,
          graph.roots(of: id).isDisjoint(with: graph.roots(of: local))
        {
          team.isForeign = true
          return
        }
        if let ours, graph.origin(of: id) != graph.origin(of: ours),
          !graph.roots(of: id).isDisjoint(with: graph.roots(of: ours))
        {
          team.refuse(
            .init(
              reference: name, code: "other-workspace", reason: Self.reasonOfMixture, hint: Self.cloneAnew))
        } else if let refusal = try refusal(of: id, named: name, beyond: local, in: graph, judged: &judged) {
          team.refuse(refusal)
        } else if let stranger = try refusal(ofForeign: id, named: name, beyond: local) {
          team.refuse(stranger)
        } else if let joint = try newerJoint(behind: id, named: name, beyond: local, team, in: graph) {
          team.refuse(.init(reference: name, code: joint.code, reason: joint.message, hint: joint.hint))
        } else if let newer = try newerVersion(declaredIn: id) {
          if SyncReferences.main.utf8.elementsEqual(name.utf8) { hasMovedOn = newer }
          team.refuse(.init(reference: name, code: newer.code, reason: newer.message, hint: newer.hint))
        } else {
          isAccepted = true
          if ours == nil { ours = id }
        }
      } catch {
        switch error {
        case .missing, .malformed:
          if EngineBug.stopsAtTheFirstRefusal.isPlanted { throw error }
          team.refuse(
            .init(
              reference: name, code: "history-unreadable",
              reason: Sentence(
                fr: "Son historique est incomplet ou illisible.",
                en: "Its history is incomplete or unreadable."),
              hint: askToSyncAgain))
        case .referenceMoved, .locked, .failed: throw error
        }
      }
    }
    if let hasMovedOn { throw hasMovedOn }
  }

  /// Whose yes counts is told from the first version on. Another workspace may come into ours by plain git, not ours into another.
  private static let reasonOfMixture = Sentence(
    fr: "Son historique et le nôtre ne commencent pas dans le même espace de travail.",
    en: "Its history and ours do not begin in the same workspace.")
  private static let cloneAnew = Sentence(
    fr: "« ligne clone » dans un nouveau dossier donne l’espace de l’équipe.",
    en: "“ligne clone” into a new folder gives the team’s workspace.")

  /// What one commit may be at most, in bytes; a thousand pages of message are in it.
  static let bytesPerCommit = 2 << 20

  /// A version in which the workspace is no workspace any more is not joined: nobody could open the folder.
  ///
  /// The team's `main` is left to a clone, which says what the address holds instead.
  private func refusal(
    ofForeign head: ObjectID, named name: String, beyond local: ObjectID?
  ) throws(ObjectStoreError) -> SyncReport.Refused? {
    if local == nil, SyncReferences.main.utf8.elementsEqual(name.utf8) { return nil }
    guard let path = try? WorkspacePath("ligne.json") else { return nil }
    let tree = try objects.commit(head).tree
    if try objects.file(at: path, in: tree) != nil { return nil }
    return .init(
      reference: name, code: "settings-missing",
      reason: Sentence(
        fr: "Les réglages de l’espace (ligne.json) n’y sont plus.",
        en: "The workspace’s settings (ligne.json) are no longer in it."),
      hint: Sentence(
        fr: "Demandez à la personne qui l’a partagé de remettre ce fichier.",
        en: "Ask the person who shared it to put that file back."))
  }

  /// Why what a device shared can't be joined, if a joint commit in it was made by rules this program does not know.
  ///
  /// One device must not stop the others. Where it is the team's own version, the sync stops as a whole.
  private func newerJoint(
    behind head: ObjectID, named name: String, beyond local: ObjectID?, _ team: TeamCopy,
    in graph: CommitGraph
  ) throws(ObjectStoreError) -> WorkspaceError? {
    let known = [local, team.main].compactMap { $0 }
    if SyncReferences.main.utf8.elementsEqual(name.utf8) || graph.commits(of: [head], notIn: known).isEmpty {
      return nil
    }
    guard let joint = try graph.jointByNewerRules(between: known + [head], in: objects) else { return nil }
    return .newerJoint(joint.id, found: joint.rulesVersion, supported: JointCommit.rulesVersion)
  }

  /// - Parameter judged: What was found in versions that were looked at before: the heads of a team have most of theirs in
  ///   common.
  private func refusal(
    of head: ObjectID, named name: String, beyond local: ObjectID?, in graph: CommitGraph,
    judged: inout [ObjectID: [TreeRefusal]]
  ) throws(ObjectStoreError) -> SyncReport.Refused? {
    let known = [local].compactMap { $0 }
    let new = graph.commits(of: [head], notIn: known)
    if new.isEmpty || EngineBug.judgesNothing.isPlanted { return nil }
    var found: [(commit: ObjectID, refusals: [TreeRefusal])] = []
    for commit in new {
      guard let tree = graph.tree(of: commit) else { continue }
      let before = graph.parents(of: commit).first.flatMap { graph.tree(of: $0) }
      if judged[commit] == nil { judged[commit] = try objects.refusals(in: tree, notIn: before) }
      let refusals = judged[commit] ?? []
      // Beyond a limit nothing more is looked at, in this version or in older ones.
      if let broken = refusals.first(where: { $0.isAboutContent || $0.isBeyondLimit }) {
        return try told(broken, in: commit, named: name)
      }
      if !refusals.isEmpty { found.append((commit, refusals)) }
    }
    // Most teams never see one, and nothing is in a tree that no version brought.
    if found.isEmpty { return nil }

    let knownTree = local.flatMap { graph.tree(of: $0) }
    for side in sides(of: head, notIn: known, in: graph) {
      guard let tree = graph.tree(of: side),
        let refusal = try objects.refusals(in: tree, notIn: knownTree).first
      else { continue }
      let bringer = found.first { $0.refusals.contains { $0.path == refusal.path } }?.commit
      return try told(refusal, in: bringer ?? side, named: name)
    }
    return nil
  }

  /// The head itself, and the user commits a joint commit stands for, without those that others of them hold.
  private func sides(of head: ObjectID, notIn known: [ObjectID], in graph: CommitGraph) -> [ObjectID] {
    let new = Set(graph.commits(of: [head], notIn: known))
    let users = Set(graph.userCommits(of: [head], notIn: known))
    var sides: Set<ObjectID> = []
    var seen: Set<ObjectID> = []
    var stack = [head]
    while let id = stack.popLast() {
      guard new.contains(id), seen.insert(id).inserted else { continue }
      if users.contains(id) { sides.insert(id) } else { stack += graph.parents(of: id) }
    }
    let newest = sides.filter { side in
      !sides.contains { $0 != side && graph.isAncestor(side, of: $0) }
    }
    return [head] + newest.subtracting([head]).sorted()
  }

  private func told(
    _ refusal: TreeRefusal, in commit: ObjectID, named name: String
  ) throws(ObjectStoreError) -> SyncReport.Refused {
    let author = try objects.commit(commit).author
    var refused = SyncReport.Refused(
      reference: name, code: refusal.code, reason: refusal.message, hint: askToSyncAgain)
    if !refusal.isAboutContent {
      refused.hint = Sentence(
        fr:
          "Demandez à \(author.name) de le renommer ou de le retirer; la mise en commun qui suit recevra tout.",
        en: "Ask \(author.name) to rename it or take it out; the sync after that takes everything in.")
    }
    refused.path = refusal.path
    refused.commit = commit
    refused.author = author
    return refused
  }

  /// Why a version can't be joined by this program, if its settings ask for a newer one.
  private func newerVersion(declaredIn head: ObjectID) throws(ObjectStoreError) -> WorkspaceError? {
    let tree = try objects.commit(head).tree
    guard let path = try? WorkspacePath("ligne.json"), let file = try objects.file(at: path, in: tree),
      case .success(let value) = readDocument(path, try objects.blob(file.id))
    else { return nil }
    let settings = WorkspaceSettings(value)
    if let format = settings.formatVersion, format > Self.format {
      return .newerFormat(found: format, supported: Self.format)
    }
    if let rules = settings.mergeRulesVersion, rules > JointCommit.rulesVersion {
      return .newerMergeRules(found: rules, supported: JointCommit.rulesVersion)
    }
    return nil
  }
}

/// What to do about work that did not arrive whole.
let askToSyncAgain = Sentence(
  fr: "Demandez à la personne qui l’a partagé de synchroniser de nouveau.",
  en: "Ask the person who shared it to sync again.")

extension TeamCopy {
  mutating func refuse(_ refusal: SyncReport.Refused) {
    refused.append(refusal)
    if refusal.isMain {
      main = nil
      mainIsRefused = true
    } else {
      devices[refusal.reference] = nil
    }
  }
}
