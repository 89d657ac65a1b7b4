import CommitJoin
import Foundation
import ObjectModel
import ThreeWayMerge

/// A writing session replayed as a team's history: each stretch of writing a commit, each meeting a join.
struct SessionReplay {
  /// How many joins of some were right, in conflict, or neither.
  struct Outcome {
    var joins = 0
    var right = 0
    var conflicts = 0
    var wrong = 0
    var time = Duration.zero
  }

  private let store = InMemoryObjectStore()
  private let memory = JoinMemory()
  private var graph = CommitGraph()
  /// The commit that holds what a step left.
  private var commits: [Int: ObjectID] = [:]
  private let path: WorkspacePath

  private init() throws { path = try WorkspacePath("texte.txt") }

  /// - Parameter limit: How many steps of the session to play.
  static func play(_ session: WritingSession, upTo limit: Int) throws -> Outcome {
    var replay = try SessionReplay()
    var texts = SessionTexts()
    var outcome = Outcome()
    var lastText = ""
    // A step that only the same line goes on from needs no commit of its own.
    var heldBy: [Int: [ObjectID]] = [:]
    for (number, step) in session.steps.prefix(limit).enumerated() {
      var parents = step.parents.flatMap { replay.commits[$0].map { [$0] } ?? heldBy[$0] ?? [] }
      let (before, after) = texts.play(step)
      if step.parents.count > 1 {
        parents = [try replay.join(parents, expecting: before, &outcome)]
      }
      lastText = after
      let goesOn = step.childCount == 1 && number + 1 < limit
      let next = number + 1 < session.steps.count ? session.steps[number + 1] : nil
      if goesOn, next?.parents == [number] {
        heldBy[number] = parents
      } else {
        replay.commits[number] = try replay.commit(after, after: parents, by: step.agent, at: number)
      }
    }
    if limit >= session.steps.count, lastText != session.endText {
      throw ReplayTrouble(description: "\(session.name) does not end in the text it is said to end in")
    }
    return outcome
  }

  private mutating func commit(
    _ text: String, after parents: [ObjectID], by agent: Int, at number: Int
  ) throws -> ObjectID {
    let file = TreeFile(id: try store.write(blob: Array(text.utf8)))
    let author = Signature(
      name: "Person \(agent)", email: "\(agent)@exemple.example", time: 1_700_000_000 + Int64(number),
      offsetMinutes: 0)
    let id = try store.write(
      Commit(
        tree: store.tree(applying: [(path, file)], to: nil), parents: parents.sorted(), author: author,
        committer: author, message: "\(number)\n"))
    try graph.add(id, from: store)
    return id
  }

  private mutating func join(
    _ heads: [ObjectID], expecting text: String, _ outcome: inout Outcome
  ) throws -> ObjectID {
    let start = ContinuousClock.now
    var join = try Join(heads: heads, of: graph, in: store, memory: memory) { _ throws(ObjectStoreError) in
      .byShape
    }
    let joined = try join.join(heads, anchor: nil)
    outcome.time += start.duration(to: .now)
    try graph.add(joined.commit, from: store)

    outcome.joins += 1
    let file = try store.file(at: path, in: joined.tree)
    if try store.file(at: path.conflictRecord, in: joined.tree) != nil {
      outcome.conflicts += 1
    } else if let file, try store.blob(file.id).elementsEqual(text.utf8) {
      outcome.right += 1
    } else {
      outcome.wrong += 1
    }
    return joined.commit
  }
}
