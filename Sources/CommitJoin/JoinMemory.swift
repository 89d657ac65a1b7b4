import ObjectModel
import ThreeWayMerge

/// What joins found out, for the next ones of the same store.
///
/// A merge is a pure function of the three trees it merges, and whether a commit is the joint commit it says it is, of
/// its history. So what is remembered is true for good; forgetting it costs time and nothing else.
public final class JoinMemory {
  var merges: [Versions<ObjectID?>: TreeMergeOutcome] = [:]
  var joints: [ObjectID: Bool] = [:]

  public init() {}
}
