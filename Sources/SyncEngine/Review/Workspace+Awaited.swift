import ConcurrentMap
import Documents
import EditorialChecks
import EditorialDesk
import EditorialReview
import JSONTree
public import ObjectModel
import ThreeWayMerge
import Wording
import WorkingCopy

/// What waits for one person; each sorted by path.
public struct AwaitedDocuments: Hashable, Sendable {
  /// Documents that wait for their decision.
  public var toDecide: [WorkspacePath] = []
  /// Conversations they have in hand in which somebody waits for an answer.
  public var toAnswer: [WorkspacePath] = []
}

extension Workspace {
  /// The documents of the folder that wait for a person's decision, and the conversations that wait for their answer.
  ///
  /// They are those of ``EditorialStates/awaitedReviews()`` that wait for this very person, and the open ones of an inbox that
  /// they have in hand. A look at the folder must cost little, so who is asked about what is remembered of the newest version
  /// and of the folder on top of it, and what changed since is looked at again with what that is tied to. Where whose yes
  /// counts changed, that is every document.
  ///
  /// - Parameters:
  ///   - tree: What the folder says.
  ///   - attribution: The person, who made what is not committed, too.
  func documentsAwaiting(
    _ attribution: Attribution, in tree: ObjectID, at now: Instant
  ) throws -> AwaitedDocuments {
    guard let head = try head() else { return AwaitedDocuments() }
    var table = try awaitedTable(at: head, now)
    if tree != table.tree {
      let known = AwaitedTable(try files.local.recall(AwaitedTable.names.folder))
      let authority = ObjectID(blob: table.authority.bytes + Array(attribution.email.utf8))
      if let known, known.head == head, known.tree == tree, known.authority == authority, known.holds(at: now)
      {
        table = known
      } else {
        let paths = try touched(from: table.tree, to: tree, head, writings: []).map { $0.union(table.paths) }
        table = try self.table(of: paths, in: tree, head, authority, now, by: attribution)
        try files.local.remember(AwaitedTable.names.folder, table.bytes)
      }
    }
    let person = JSONString(try self.person(attribution))
    func those(of people: [WorkspacePath: [JSONString]]) -> [WorkspacePath] {
      people.filter { $0.value.contains(person) }.keys.sorted()
    }
    return AwaitedDocuments(toDecide: those(of: table.asked), toAnswer: those(of: table.inHand))
  }

  /// Whose decision the documents of a version wait for.
  private func awaitedTable(at head: ObjectID, _ now: Instant) throws -> AwaitedTable {
    let known = AwaitedTable(try files.local.recall(AwaitedTable.names.version))
    if let known, known.head == head, known.holds(at: now) { return known }
    let tree = try objects.commit(head).tree
    let memory = try provenanceMemory(at: head)
    let authority = ObjectID(blob: memory.guarded.flatMap(\.bytes))
    var paths: Set<WorkspacePath>?
    if let known, known.since <= now, known.authority == authority,
      let writings = try writings(upTo: memory.versions, since: known.head)
    {
      paths = try touched(from: known.tree, to: tree, head, writings: writings).map { $0.union(known.paths) }
    }
    let table = try table(of: paths, in: tree, head, authority, now, by: nil)
    try files.local.remember(AwaitedTable.names.version, table.bytes)
    return table
  }

  /// Of which documents a difference may change who is asked; `nil` where that may be any.
  private func touched(
    from old: ObjectID, to new: ObjectID, _ head: ObjectID, writings: Set<AuthorTable.Writing>
  ) throws -> Set<WorkspacePath>? {
    if old == new, writings.isEmpty { return [] }
    guard try objects.contains(old) else { return nil }
    return try touched(
      from: old, to: new, andWith: writings, guarded: guardedIDs(at: head), countingForAll: decidesWhoIsAsked
    )?.asked
  }

  /// - Parameter paths: The documents that may wait; `nil` for any.
  private func table(
    of paths: Set<WorkspacePath>?, in tree: ObjectID, _ head: ObjectID, _ authority: ObjectID, _ now: Instant,
    by attribution: Attribution?
  ) throws -> AwaitedTable {
    var table = AwaitedTable(
      head: head, tree: tree, authority: authority, since: now, until: nil, asked: [:], inHand: [:])
    guard let paths = try paths ?? pathsThatMayAsk(in: tree, at: now) else {
      try add(to: &table, nil, by: attribution)
      return table
    }
    // What a few of them need is read, and let go again: in a team of ten years, that of all is a lot.
    for portion in paths.sorted().portions(of: Self.portionOfAsking) {
      try add(to: &table, Set(portion), by: attribution)
      if paths.count > Self.portionOfAsking { documentMemory.forget() }
    }
    return table
  }

  /// So many documents that may wait are looked at together.
  private static let portionOfAsking = 2_048

  /// - Returns: `nil` where that can't be told.
  private func pathsThatMayAsk(in tree: ObjectID, at now: Instant) throws -> Set<WorkspacePath>? {
    let schemas = try objects.folder(named: "schemas", in: tree)
    guard let ties = try ties(of: tree, schemas: schemas) else { return nil }
    let paths = documentsThatMayAsk(among: ties, at: now).compactMap { ties.record(at: $0)?.path }
    return ties.isBroken ? nil : Set(paths)
  }

  /// - Parameter paths: Those that may wait; `nil` for any.
  private func add(
    to table: inout AwaitedTable, _ paths: Set<WorkspacePath>?, by attribution: Attribution?
  ) throws {
    let now = table.since
    let folder = try documents(around: paths, in: table.tree, judgedAt: table.head)
    let states = try states(of: folder, at: now, by: attribution)
    func isMeant(_ document: Document) -> Bool { paths?.contains(document.path) ?? true }
    var ends = [table.until]
    for document in folder.collection.all where isMeant(document) {
      guard let awaited = states.awaitedReview(of: document) else { continue }
      table.asked[document.path] = states.peopleAsked(awaited)
      ends.append(states.endOfWaiting(of: document))
    }
    // By whose clocks the team answers has no say in who does.
    for entry in Inbox(of: states, zone: .utc).entries where entry.state.isOpen && isMeant(entry.document) {
      let people = entry.peopleInHand
      // Nobody takes one in hand by the hour alone, and most are nobody's.
      if people.isEmpty { continue }
      table.inHand[entry.document.path] = people
      ends.append(entry.claim?.until?.instant)
    }
    table.until = ends.compactMap(\.self).min()
  }
}

/// Whether documents of a kind say of every other one whether somebody is asked about it.
private func decidesWhoIsAsked(_ kind: JSONString) -> Bool {
  [WorkspaceSettings.kind, Team.kind, Channels.kind, CrisisActivation.kind].contains(kind)
}
