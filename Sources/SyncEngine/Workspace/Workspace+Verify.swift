import CommitJoin
import Documents
import GitStore
public import ObjectModel
import ThreeWayMerge

/// What looking at everything a workspace holds has found.
public struct VerifyReport: Sendable {
  /// A version, as it names itself.
  public struct NamedVersion: Hashable, Sendable {
    public var id: ObjectID
    /// `nil` where the commit itself can't be read.
    public var author: Signature?
  }

  public enum Refusal: Hashable, Sendable {
    /// It says it only joins others, and is not what joining them gives. It counts as somebody's work.
    case forgedJoint(JointFlaw)
    /// It was joined by rules this program does not know.
    case newerRules(Int)
    /// An object is not here, or its bytes are not those of its id.
    case missing(ObjectID)
    case damaged(ObjectID)
    /// A name or a kind of file that must not become one here; in the newest version.
    case forbidden(TreeRefusal)
    /// A decision that one person wrote once and somebody else changed or deleted, and nobody has put right: whose it is,
    /// and the version that still has it as it was.
    case rewritten(by: String, after: ObjectID)
    case takenAway(by: String, after: ObjectID)
  }

  /// What a forged joint commit gives itself away by.
  public enum JointFlaw: String, Hashable, Sendable {
    /// Its parents are not sorted by id, or one of them is twice there or behind another.
    case parents
    /// It has an author, a time, a message or headers of its own.
    case form
    /// It holds something else than the work of its parents.
    case tree
  }

  public struct Finding: Hashable, Sendable {
    public var refusal: Refusal
    /// The version it was found in: for an object, the oldest that holds it.
    public var version: NamedVersion
    /// The bytes of the path, for a file or folder.
    public var path: [UInt8]?
  }

  /// Versions and joint commits looked at.
  public var commits = 0
  /// Joint commits that are what joining their parents gives.
  public var joined = 0
  /// Objects that were read and hashed.
  public var objects = 0
  /// What is wrong, oldest version first.
  public var refused: [Finding] = []
  /// Merges made by plain git. They count as somebody's work, and nothing is wrong with them.
  public var plainMerges: [NamedVersion] = []
  /// Commits that carry a signature of git. None is checked yet.
  public var signatures = 0
  /// Documents of the newest version that can't be read or that their schema does not accept.
  public var documents: [CommitReport.LeftOut] = []
  /// Whether joint commits could be recomputed; not so where a part of the history is missing.
  public var recomputedJoints = true

  public var isSound: Bool { refused.isEmpty }
}

/// What `ligne verify` is busy with.
public enum VerifyStage: Hashable, Sendable {
  case objects, joints
}

extension Workspace {
  /// Reads everything behind the newest version and the team's `main` as last seen, and recomputes what can be.
  ///
  /// Each object is read once, each joint commit made again from its parents. Nothing is changed.
  ///
  /// - Parameter progress: Called with what is done of how many commits.
  public func verify(progress: (VerifyStage, _ done: Int, _ total: Int) -> Void) throws -> VerifyReport {
    var report = VerifyReport()
    guard let head = try head() else { return report }
    let seen = try repository.reference(SyncReferences.seenMain)
    let heads = Set([head, seen].compactMap { $0 }).sorted()

    var walk = HistoryReading(store: repository)
    try walk.read(heads, into: &report) { progress(.objects, $0, $1) }
    report.recomputedJoints = walk.isWhole
    if walk.isWhole { try verifyJoints(heads, into: &report) { progress(.joints, $0, $1) } }
    let isRead = report.refused.allSatisfy { $0.refusal.lostObject == nil }
    if walk.isWhole, isRead {
      let forged = report.refused.compactMap { finding in
        if case .forgedJoint = finding.refusal { finding.version.id } else { nil }
      }
      var graph = CommitGraph()
      for head in heads { try graph.add(head, from: repository) }
      let versions = graph.commits(of: heads).reversed()
      report.refused += try rewritings(in: Array(versions), head: head, forged: Set(forged))
    }
    let place = Dictionary(walk.order.enumerated().map { ($1, $0) }) { first, _ in first }
    report.refused.sort { (place[$0.version.id] ?? 0) < (place[$1.version.id] ?? 0) }
    if walk.isWhole { try verifyNewest(head, into: &report) }
    return report
  }

  private func verifyJoints(
    _ heads: [ObjectID], into report: inout VerifyReport, progress: (Int, Int) -> Void
  ) throws {
    var graph = CommitGraph()
    for head in heads { try graph.add(head, from: repository) }
    // What is recomputed is compared and thrown away.
    let scratch = OverlayObjectStore(over: repository)
    let scratchRules = Rulebook(store: scratch)
    let total = report.commits
    let found: JoinVerification
    do throws(ObjectStoreError) {
      found = try JoinVerification(
        of: heads, in: graph, store: scratch,
        rules: { schemas throws(ObjectStoreError) in try scratchRules.mergeRules(in: schemas) },
        progress: { progress($0, total) })
    } catch {
      // A damaged object, which was named above; without it nothing can be recomputed.
      guard !report.refused.isEmpty else { throw error }
      report.recomputedJoints = false
      return
    }
    report.joined = found.sound
    for joint in found.forged {
      report.refused.append(
        .init(refusal: .forgedJoint(.init(joint.flaw)), version: try named(joint.id), path: nil))
    }
    for joint in found.unknown {
      report.refused.append(
        .init(refusal: .newerRules(joint.rulesVersion), version: try named(joint.id), path: nil))
    }
    report.plainMerges = try found.plainMerges.map(named)
  }

  private func named(_ id: ObjectID) throws -> VerifyReport.NamedVersion {
    VerifyReport.NamedVersion(id: id, author: try objects.commit(id).author)
  }

  /// What would keep the newest version from being written or read: names, kinds of files, documents.
  private func verifyNewest(_ head: ObjectID, into report: inout VerifyReport) throws {
    let tree = try objects.commit(head).tree
    let version = try named(head)
    let damaged = Set(report.refused.compactMap(\.path))
    do throws(ObjectStoreError) {
      for refusal in try objects.refusals(in: tree, notIn: nil) where !refusal.isAboutContent {
        report.refused.append(.init(refusal: .forbidden(refusal), version: version, path: refusal.path))
      }
      let schemas = try rulebook.schemas(ofTree: tree)
      for (path, file) in try objects.files(in: tree) where path.isDocument {
        if damaged.contains(Array(path.text.utf8)) { continue }
        let bytes = try objects.blob(file.id)
        // Schemas were all read as one set; each against the others again would cost the square of their number.
        let checked =
          path.isSchema ? readDocument(path, bytes) : checkDocument(path, bytes, schemas: schemas)
        if case .failure(let problem) = checked {
          report.documents.append(CommitReport.LeftOut(path: path, problem: problem))
        } else if path.isSchema, let problem = schemas.problems.first(where: { $0.path == path }) {
          let problem = DocumentProblem(path: path, reason: .schema(problem))
          report.documents.append(CommitReport.LeftOut(path: path, problem: problem))
        }
      }
    } catch {
      // Named already: what can't be read can't be checked.
      guard !report.refused.isEmpty else { throw error }
    }
  }
}

extension TreeRefusal {
  /// Whether it is about what the object holds, not about its name or kind.
  var isAboutContent: Bool {
    switch reason {
    case .missing, .wrongKind, .malformed: true
    case .name, .link, .submodule, .mode, .sameNameAs, .tooLarge, .tooMany: false
    }
  }

  /// Whether the walk ended at it, so that nobody knows what comes after.
  var isBeyondLimit: Bool {
    if case .tooMany = reason { true } else { false }
  }
}

/// Reads every object of a history once, oldest version first, and names what can't be read.
private struct HistoryReading {
  let store: any ObjectStore
  /// Commits, each after its parents.
  var order: [ObjectID] = []
  /// Whether every commit could be read.
  var isWhole = true
  private var seen: Set<ObjectID> = []

  init(store: any ObjectStore) { self.store = store }

  mutating func read(
    _ heads: [ObjectID], into report: inout VerifyReport, progress: (Int, Int) -> Void
  ) throws {
    var authors: [ObjectID: Signature] = [:]
    var trees: [(commit: ObjectID, tree: ObjectID)] = []
    // Commits first: their number is what progress is measured by.
    var stack = heads.reversed().map { (id: $0, child: $0, isReady: false) }
    while let (id, child, isReady) = stack.popLast() {
      if isReady {
        order.append(id)
        continue
      }
      guard seen.insert(id).inserted else { continue }
      do throws(ObjectStoreError) {
        let commit = try store.commit(id)
        authors[id] = commit.author
        trees.append((id, commit.tree))
        report.objects += 1
        if commit.header("gpgsig") != nil { report.signatures += 1 }
        stack.append((id, id, true))
        stack += commit.parents.map { ($0, id, false) }
      } catch {
        isWhole = false
        let version = VerifyReport.NamedVersion(id: child, author: authors[child])
        report.refused.append(.init(refusal: try .init(error, about: id), version: version, path: nil))
      }
    }
    report.commits = order.count
    let treeOf = Dictionary(trees.map { ($0.commit, $0.tree) }) { first, _ in first }
    for (place, id) in order.enumerated() {
      progress(place, order.count)
      guard let tree = treeOf[id] else { continue }
      try readTree(tree, of: .init(id: id, author: authors[id]), into: &report)
    }
  }

  /// Reads what no older version held.
  private mutating func readTree(
    _ tree: ObjectID, of version: VerifyReport.NamedVersion, into report: inout VerifyReport
  ) throws {
    var stack = [(id: tree, mode: FileMode.directory, path: [UInt8]())]
    while let (id, mode, path) = stack.popLast() {
      // Another project's commit, which is not kept here.
      if mode == .submodule || !seen.insert(id).inserted { continue }
      do throws(ObjectStoreError) {
        if mode == .directory {
          let tree = try store.tree(id)
          stack += tree.entries.reversed().map { entry in
            (entry.id, entry.mode, path + (path.isEmpty ? [] : [UInt8(ascii: "/")]) + entry.name)
          }
        } else {
          _ = try store.blob(id)
        }
        report.objects += 1
      } catch {
        report.refused.append(.init(refusal: try .init(error, about: id), version: version, path: path))
      }
    }
  }
}

extension VerifyReport.JointFlaw {
  fileprivate init(_ flaw: JoinVerification.Flaw) {
    self =
      switch flaw {
      case .parents: .parents
      case .form: .form
      case .tree: .tree
      }
  }
}

extension VerifyReport.Refusal {
  /// - Throws: The error itself where it is about the store and not about an object.
  fileprivate init(_ error: ObjectStoreError, about id: ObjectID) throws(ObjectStoreError) {
    switch error {
    case .missing: self = .missing(id)
    case .malformed: self = .damaged(id)
    case .referenceMoved, .locked, .failed: throw error
    }
  }
}
