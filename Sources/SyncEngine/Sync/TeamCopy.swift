import CommitJoin
import GitStore
import ObjectModel

/// What the team's address held when it was last asked.
struct TeamCopy: Hashable {
  /// The team's `main`; `nil` before anybody shared.
  var main: ObjectID?
  /// Whether there is a `main` that was not accepted.
  var mainIsRefused = false
  /// Whether `main` began as something else than our workspace: nothing of ours has any business at the address.
  var isForeign = false
  /// What each device shared last, by the name of its reference there.
  var devices: [String: ObjectID] = [:]
  /// References that were not taken in, and why.
  var refused: [SyncReport.Refused] = []

  /// All heads, sorted by id, each once.
  var heads: [ObjectID] { Set(devices.values).union([main].compactMap { $0 }).sorted() }

  /// The heads that have to be joined: `main`, and those that no other holds already.
  ///
  /// A device that nobody uses any more stays where it was for ever. Were it joined, everything since would lie between
  /// the heads, and each sync would make all joint commits of the years again.
  func heads(toJoinIn graph: CommitGraph) -> [ObjectID] {
    Set(graph.newest(of: heads)).union([main].compactMap { $0 }).sorted()
  }
}

/// Where things are: on the team's address, and here.
enum SyncReferences {
  static let main = "refs/heads/main"
  static let devices = "refs/ligne/devices/"
  /// What was fetched, before it was looked at.
  static let incoming = "refs/ligne/incoming/"
  static let incomingMain = incoming + "main"
  static let incomingDevices = incoming + "devices/"
  /// The same for hosts that take nothing but branches.
  static let deviceBranches = "refs/heads/ligne/"
  static let incomingBranches = incoming + "branches/"
  /// Where plain git expects the team's `main`.
  static let seenMain = "refs/remotes/origin/main"
  static let kept = "refs/ligne/kept/"
  /// The folder as syncs left it, uncommitted work included, each after the one before.
  static let carried = "refs/ligne/carried"

  /// The device whose reference this is at the address; `nil` for any other.
  static func device(of reference: String) -> String? {
    for prefix in [devices, deviceBranches] where reference.utf8.starts(with: prefix.utf8) {
      return String(decoding: reference.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
    }
    return nil
  }

  /// Where a reference of the address stands here.
  static func incomingName(of reference: String) -> String {
    for specification in specifications {
      if let name = specification.destination(of: reference) { return name }
    }
    preconditionFailure("\(reference) is not one of ours")
  }

  static var specifications: [RefSpec] {
    [
      RefSpec(main, to: incomingMain), RefSpec(devices + "*", to: incomingDevices + "*"),
      RefSpec(deviceBranches + "*", to: incomingBranches + "*"),
    ]
  }
}
