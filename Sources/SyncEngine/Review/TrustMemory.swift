import ObjectModel

/// Which versions changed what decides whose yes counts, up to a head: a cache in `.git/ligne`, and never more than that.
///
/// Text, an object id a line: the head, the first version, then those versions, oldest first.
struct TrustMemory {
  static let name = "trust"
  private static let version = "ligne-trust-1"

  var head: ObjectID
  /// The first version: the identity of the workspace.
  var identity: ObjectID
  var commits: [ObjectID]
  /// How many versions it has gone on since it was read.
  var unwritten = 0

  /// More than so many are written down.
  static let mostUnwritten = 32

  /// Whether the next command would gain.
  func isWorthWriting(after known: TrustMemory) -> Bool {
    unwritten > Self.mostUnwritten || commits != known.commits
  }

  init(head: ObjectID, identity: ObjectID, commits: [ObjectID]) {
    (self.head, self.identity, self.commits) = (head, identity, commits)
  }

  /// - Parameter bytes: What ``bytes`` once gave; `nil` for anything else.
  init?(_ bytes: [UInt8]?) {
    let lines = (bytes ?? []).split(separator: UInt8(ascii: "\n"))
    guard let first = lines.first, first.elementsEqual(Self.version.utf8) else { return nil }
    let ids = lines.dropFirst().map { ObjectID(hex: String(decoding: $0, as: UTF8.self)) }
    guard ids.count >= 2, let head = ids[0], let identity = ids[1] else { return nil }
    let commits = ids.dropFirst(2).compactMap { $0 }
    guard commits.count == ids.count - 2 else { return nil }
    self.init(head: head, identity: identity, commits: commits)
  }

  var bytes: [UInt8] {
    Array(([Self.version] + ([head, identity] + commits).map(\.hex)).joined(separator: "\n").utf8)
  }
}
