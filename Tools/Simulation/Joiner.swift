public import CommitJoin
public import ObjectModel

/// The join under test: Ligne's own, or one made wrong on purpose to see a law break.
public struct Joiner: Sendable {
  /// What is to be joined.
  public struct Request {
    public var heads: [ObjectID]
    /// The head that may only move forward.
    public var anchor: ObjectID?
    /// Holds all heads.
    public var graph: CommitGraph
    public var store: InMemoryObjectStore
  }

  /// What a join says of the user commits behind its heads, each list by head.
  public struct Facts {
    /// The user commits that no other head holds.
    public var own: [Set<ObjectID>]
    /// The newest of them, sorted.
    public var newest: [[ObjectID]]
    /// Whether a head holds all user commits of another.
    public var holds: [[Bool]]
    public var forged: Set<ObjectID>
  }

  public var join: @Sendable (Request) throws -> JoinOutcome
  public var facts: @Sendable (Request) throws -> Facts

  public init(
    join: @escaping @Sendable (Request) throws -> JoinOutcome,
    facts: @escaping @Sendable (Request) throws -> Facts = { try Joiner.ligne.facts($0) }
  ) {
    self.join = join
    self.facts = facts
  }

  /// The join of Sources/CommitJoin.
  public static let ligne = Joiner(
    join: { request in
      var join = try request.prepared()
      return try join.join(request.heads, anchor: request.anchor)
    },
    facts: { request in
      let join = try request.prepared()
      let heads = request.heads
      let others = heads.indices.map { index in
        heads.enumerated().filter { $0.offset != index }.map(\.element)
      }
      return Facts(
        own: zip(heads, others).map { Set(join.userCommits(of: $0, notIn: $1)) },
        newest: zip(heads, others).map { join.newestUserCommits(of: $0, notIn: $1) },
        holds: heads.map { head in heads.map { join.holds(head, everythingOf: $0) } },
        forged: Set(join.forgedJoints))
    })
}

extension Joiner.Request {
  fileprivate func prepared() throws(ObjectStoreError) -> Join {
    let store = store
    return try Join(heads: heads + (anchor.map { [$0] } ?? []), of: graph, in: store) {
      (folder) throws(ObjectStoreError) in try Rules.rules(in: folder, of: store)
    }
  }
}
