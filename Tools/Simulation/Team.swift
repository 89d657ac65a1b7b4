import CommitJoin
import JSONTree
public import ObjectModel
public import ThreeWayMerge

/// People with one history in memory, each with a head of their own, and a `main` they share.
///
/// Playing a history twice gives the same objects. What was made is kept in a ledger, apart from what the join under
/// test says of it. Disks, networks and crashes will come between a person's head and the others; they go around this.
public final class Team {
  public let store: InMemoryObjectStore
  let joiner: Joiner
  let reader: Reader
  private(set) var graph = CommitGraph()
  /// Each person's head.
  public private(set) var heads: [ObjectID] = []
  /// The heads each person had, oldest first, the present one last.
  private(set) var pasts: [[ObjectID]] = []
  public private(set) var main: ObjectID
  private(set) var ledger: [ObjectID: Made] = [:]
  /// The commits of the ledger in the order they were made.
  private(set) var order: [ObjectID] = []
  /// Changes with everything that was made, in its order.
  public private(set) var trace: UInt64 = 0xCBF2_9CE4_8422_2325
  private var clock: Int64 = 1_790_000_000

  /// A commit, and what is known of it without asking a join.
  struct Made {
    enum Kind { case byPerson, forged, joint }

    var kind: Kind
    var tree: ObjectID
    var parents: [ObjectID]
    /// The user commits it holds.
    var users: Set<ObjectID>
    /// What its author had before: the join of its parents.
    var seen: ObjectID?
  }

  /// The merge rules under a `schemas` folder of this team.
  public func rules(in schemas: ObjectID?) throws(ObjectStoreError) -> MergeRules {
    try Rules.rules(in: schemas, of: store)
  }

  /// The commits that only say they join others.
  public var forgedCommits: Set<ObjectID> { Set(ledger.filter { $0.value.kind == .forged }.keys) }
  /// The commits that were made by a join.
  public var jointCommits: Set<ObjectID> { Set(ledger.filter { $0.value.kind == .joint }.keys) }

  /// Starts a team whose workspace holds a post, a document without kind, a text and a schema.
  public init(people: Int, joiner: Joiner = .ligne) throws {
    store = InMemoryObjectStore()
    reader = Reader(store: store)
    self.joiner = joiner
    main = .emptyTree
    let files: [(WorkspacePath, TreeFile?)] = [
      (try Self.paths(ofDocument: 0)[0], try store.file(.object(Self.start(id: "a", kind: "post")))),
      (try Self.paths(ofDocument: 2)[0], try store.file(.object(Self.start(id: "divers", kind: nil)))),
      (
        try Self.paths(ofDocument: 3)[0],
        try store.file(Array("Appeler la mairie.\nLouer dix tables.\nPeindre.\n".utf8))
      ),
      (try WorkspacePath(Rules.path), try store.file(Rules.schema(Rules.start))),
    ]
    main = try commit(store.tree(applying: files, to: nil), parents: [], by: 0, kind: .byPerson)
    heads = Array(repeating: main, count: people)
    pasts = Array(repeating: [main], count: people)
  }

  public func play(_ history: History) throws {
    for step in history.steps { try play(step) }
  }

  /// Does one step; one that can do nothing does nothing.
  public func play(_ step: Step) throws {
    let others = step.from.filter { heads.indices.contains($0) && $0 != step.by }
    guard heads.indices.contains(step.by) else { return }
    let taken = others.map { pasts[$0][max(pasts[$0].count - 1 - step.back, 0)] }
    switch step.kind {
    case .edit:
      let head = heads[step.by]
      let tree = try self.tree(of: head, after: step.changes, by: step.by)
      if tree != ledger[head]?.tree { move(step.by, to: try commit(tree, parents: [head], by: step.by)) }
    case .exchange:
      if !taken.isEmpty { move(step.by, to: try join([heads[step.by]] + taken).commit) }
    case .sync:
      main = try join([heads[step.by]], anchor: main).commit
      move(step.by, to: main)
    case .mergeByGit:
      if let other = taken.first, other != heads[step.by] { try mergeByGit(step, other) }
    case .forge:
      if let other = taken.first, other != heads[step.by] { try forge(step, other) }
    }
  }

  private func move(_ person: Int, to head: ObjectID) {
    heads[person] = head
    if pasts[person].last != head { pasts[person].append(head) }
  }

  // MARK: - Commits

  func join(_ heads: [ObjectID], anchor: ObjectID? = nil) throws -> JoinOutcome {
    let outcome = try joiner.join(request(heads, anchor: anchor))
    let all = heads + [anchor].compactMap { $0 }
    if ledger[outcome.commit] == nil {
      let commit = try store.commit(outcome.commit)
      try record(
        outcome.commit,
        Made(
          kind: .joint, tree: commit.tree, parents: commit.parents,
          users: all.reduce(into: []) { $0.formUnion(ledger[$1]?.users ?? []) }))
    }
    return outcome
  }

  func request(_ heads: [ObjectID], anchor: ObjectID? = nil) -> Joiner.Request {
    Joiner.Request(heads: heads, anchor: anchor, graph: graph, store: store)
  }

  private func record(_ id: ObjectID, _ made: Made) throws {
    ledger[id] = made
    order.append(id)
    try graph.add(id, from: store)
    for byte in id.bytes { trace = (trace ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
  }

  /// A commit that a person made.
  private func commit(
    _ tree: ObjectID, parents: [ObjectID], by person: Int, kind: Made.Kind = .byPerson
  ) throws -> ObjectID {
    let author = signature(of: person)
    return try write(
      Commit(tree: tree, parents: parents, author: author, committer: author, message: "Travail \(clock)\n"),
      kind: kind)
  }

  private func write(_ commit: Commit, kind: Made.Kind) throws -> ObjectID {
    let id = try store.write(commit)
    // A forgery can be the very commit that somebody has.
    if ledger[id] != nil { return id }
    var users: Set<ObjectID> = [id]
    for parent in commit.parents { users.formUnion(ledger[parent]?.users ?? []) }
    let seen =
      switch commit.parents.count {
      case 0: ObjectID?.none
      case 1: ledger[commit.parents[0]]?.tree
      default: try joiner.join(request(commit.parents)).tree
      }
    try record(id, Made(kind: kind, tree: commit.tree, parents: commit.parents, users: users, seen: seen))
    return id
  }

  private func signature(of person: Int) -> Signature {
    clock += 60
    // Clocks of people are off by years, both ways.
    let time = clock + Int64(person) * 30_000_000 * (person.isMultiple(of: 2) ? 1 : -1)
    return Signature(name: "P\(person)", email: "p\(person)@exemple.example", time: time, offsetMinutes: -300)
  }

  private func tree(of head: ObjectID, after changes: [Change], by person: Int) throws -> ObjectID {
    try tree(ledger[head]?.tree ?? .emptyTree, after: changes, by: person)
  }

  private func tree(_ tree: ObjectID, after changes: [Change], by person: Int) throws -> ObjectID {
    var desk = Desk(
      reader: reader, tree: tree, past: pasts[person].reversed().compactMap { ledger[$0]?.tree })
    for change in changes { try desk.make(change) }
    return desk.tree
  }

  // MARK: - Other programs

  /// A merge commit with a tree of somebody's own.
  private func mergeByGit(_ step: Step, _ other: ObjectID) throws {
    let head = heads[step.by]
    let start: ObjectID? =
      switch step.way % 3 {
      case 0: ledger[head]?.tree
      case 1: ledger[other]?.tree
      default: try joiner.join(request([head, other])).tree
      }
    let tree = try self.tree(start ?? .emptyTree, after: step.changes, by: step.by)
    move(step.by, to: try commit(tree, parents: [head, other], by: step.by))
  }

  /// A commit that says of itself that it joins two heads, and is not what joining them gives.
  private func forge(_ step: Step, _ other: ObjectID) throws {
    let head = heads[step.by]
    let right = try joiner.join(request([head, other])).tree
    let changed = try tree(right, after: step.changes, by: step.by)
    let times = [head, other].map { ($0, (try? store.commit($0).committer.time) ?? 0) }
    let genuine = JointCommit.commit(joining: times, tree: right)
    var forged = genuine
    switch step.way % 6 {
    case 0: forged.tree = ledger[head]?.tree ?? right
    case 1: forged.parents.reverse()
    case 2: forged.committer = signature(of: step.by)
    case 3: forged.messageBytes += Array("Signed-off-by: P\(step.by)\n".utf8)
    case 4:
      // By the rules before these: nobody can recompute it, so it stands as it is.
      let version = JointCommit.rulesVersion
      let message = String(decoding: forged.messageBytes, as: UTF8.self)
        .replacing("Ligne-Join: \(version)\n", with: "Ligne-Join: \(version - 1)\n")
      forged.messageBytes = Array(message.utf8)
      forged.tree = ledger[other]?.tree ?? right
    default: break
    }
    if !step.changes.isEmpty { forged.tree = changed }
    // With the right bytes it is a joint commit, whoever wrote it, unless one parent is behind the other.
    let isNested = graph.isAncestor(head, of: other) || graph.isAncestor(other, of: head)
    if forged == genuine, !isNested { return }
    move(step.by, to: try write(forged, kind: .forged))
  }
}

extension InMemoryObjectStore {
  func file(_ value: JSONValue) throws -> TreeFile { try file(value.canonicalForm) }

  func file(_ bytes: [UInt8]) throws -> TreeFile { TreeFile(id: try write(blob: bytes)) }
}

// MARK: - The workspace

extension Team {
  static func name(ofDocument document: Int) -> String {
    ["a", "b", "divers", "notes"][document % 4]
  }

  /// Where a document may be; at its first path in the beginning.
  static func paths(ofDocument document: Int) throws -> [WorkspacePath] {
    switch document % 4 {
    case 0:
      [
        try WorkspacePath("posts/a.json"), try WorkspacePath("archives/a.json"),
        try WorkspacePath("été/a.json"),
      ]
    case 1:
      [
        try WorkspacePath("posts/b.json"), try WorkspacePath("archives/b.json"),
        try WorkspacePath("été/b.json"),
      ]
    case 2: [try WorkspacePath("divers.json"), try WorkspacePath("archives/divers.json")]
    default: [try WorkspacePath("notes.txt")]
    }
  }

  /// A document as somebody starts it; it holds something for each rule.
  static func start(id: String, kind: String?) -> JSONObject {
    var post: JSONObject = [
      "body": "Le marché ouvre samedi. Venez tôt avec vos paniers.\nOn vous attend près du pont.\n",
      "count": 16, "id": JSONValue(id), "labels": ["marché", "été"],
      "meta": ["k0": "zéro", "k1": "un"], "points": ["un", "deux", "trois"], "room": "B", "state": "idea",
      "thread": [
        ["body": "Premier billet.", "id": "k0"], ["body": "Deuxième billet.", "id": "k1"],
        ["body": "Troisième billet.", "id": "k2"],
      ],
      "title": "Marché",
    ]
    if let kind { post["kind"] = JSONValue(kind) }
    return post
  }
}
