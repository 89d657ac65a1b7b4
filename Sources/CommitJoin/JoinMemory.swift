import ObjectModel
import ThreeWayMerge

/// What joins found out, for the next ones of the same store.
///
/// A merge is a pure function of the three trees it merges, and whether a commit is the joint commit it says it is, of
/// its history. So what is remembered is true for good; forgetting it costs time and nothing else.
public final class JoinMemory {
  var merges: [Versions<ObjectID?>: TreeMergeOutcome] = [:]
  /// Whether commits that say they join others are what joining gives.
  private var joints: [ObjectID: Bool] = [:]
  /// Those that were asked about.
  private var asked: Set<ObjectID> = []
  /// Whether something was found out that ``bytes`` did not say when they were recalled.
  public private(set) var hasNews = false

  public init() {}

  func verdict(on joint: ObjectID) -> Bool? {
    guard let known = joints[joint] else { return nil }
    asked.insert(joint)
    return known
  }

  func note(_ isJoint: Bool, on joint: ObjectID) {
    joints[joint] = isJoint
    asked.insert(joint)
    hasNews = true
  }
}

// MARK: Between two programs
//
//     ligne-joints 1
//     + 98b1dee620a6d276f8867e45ccb2b9a228199128
//     - a763c206b789385856e6a5187f69c92fae97c8ae

extension JoinMemory {
  /// What was found of the joint commits that were asked about, as text: a commit a line, those that are joint with `+`.
  ///
  /// Where somebody always has work apart, the parts of a history never meet in one commit, and each join has all joint
  /// commits of the years between its heads. Made again one by one they would cost a merge each.
  public var bytes: [UInt8] {
    let lines = asked.sorted().compactMap { id in joints[id].map { "\($0 ? "+" : "-") \(id.hex)" } }
    return Array(([Self.heading] + lines).joined(separator: "\n").utf8)
  }

  /// Takes over what ``bytes`` once gave; anything else is passed over.
  public func recall(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    guard let first = lines.first, first.elementsEqual(Self.heading.utf8) else { return }
    for line in lines.dropFirst() {
      guard let id = ObjectID(hex: String(decoding: line.dropFirst(2), as: UTF8.self)) else { continue }
      if joints[id] == nil { joints[id] = line.first == UInt8(ascii: "+") }
    }
  }

  private static let heading = "ligne-joints \(JointCommit.rulesVersion)"
}
