import CommitJoin
import ObjectModel
import PlantedBugs
import ThreeWayMerge

/// What a sync has to do, from what is here and what is at the address. Pure: it moves nothing.
///
/// The five scenarios: 1 both hold the same; 2 they are ahead; 3 we are ahead; 4 both moved; 5 the two have no
/// first version in common, which is refused before anything moves.
struct SyncPlan {
  enum Scenario: Int {
    case same = 1
    case theyAreAhead, weAreAhead, bothMoved
  }

  var scenario: Scenario
  /// Where the branch here goes.
  var head: ObjectID
  var tree: ObjectID
  /// User commits we lack, oldest first.
  var incoming: [ObjectID]
  /// User commits the address lacks, oldest first.
  var outgoing: [ObjectID]
  /// The newest of them: what the device references have to hold.
  var newestOutgoing: [ObjectID]
  var notices: [FileNotice]
  var forgedJoints: [ObjectID]
  /// Whether `head` is a joint commit that did not exist before.
  var isNewJoint: Bool

  /// - Parameters:
  ///   - local: Our newest version.
  ///   - team: Heads of the address that were checked, all in the graph.
  ///   - memory: What earlier joins of this store found out.
  init(
    local: ObjectID, team: TeamCopy, graph: CommitGraph, store: some ObjectStore, rulebook: Rulebook,
    memory: JoinMemory
  ) throws(ObjectStoreError) {
    let theirs = team.heads(toJoinIn: graph)
    var join = try Join(heads: theirs + [local], of: graph, in: store, memory: memory) {
      schemas throws(ObjectStoreError) in try rulebook.mergeRules(in: schemas)
    }
    let own = EngineBug.leavesOwnWorkOut.isPlanted && !theirs.isEmpty ? [] : [local]
    let outcome = try join.join(own + theirs, anchor: team.main)
    let forged = Set(join.forgedJoints)
    incoming = graph.userCommits(of: theirs, notIn: [local], countingJoints: forged).reversed()
    outgoing = graph.userCommits(of: [local], notIn: theirs, countingJoints: forged).reversed()
    newestOutgoing = join.newestUserCommits(of: local, notIn: theirs)
    // A head that holds the very same work need not move.
    head = incoming.isEmpty && team.main == nil ? local : outcome.commit
    tree = outcome.tree
    notices = incoming.isEmpty ? [] : outcome.notices
    forgedJoints = join.forgedJoints
    isNewJoint = !graph.contains(head)
    scenario =
      switch (incoming.isEmpty, outgoing.isEmpty) {
      case (true, true): .same
      case (false, true): .theyAreAhead
      case (true, false): .weAreAhead
      case (false, false): .bothMoved
      }
  }
}
