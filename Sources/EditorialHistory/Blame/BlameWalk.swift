import JSONTree
import ObjectModel
import ThreeWayMerge

/// Replays the versions of one document, from the first on, and keeps who wrote what.
///
/// All versions are read by one rule, so that the same place is the same field in each of them.
struct BlameWalk {
  private let history: History
  private let rule: MergeRule
  private var trail: DocumentTrail
  private var stages = 0

  typealias Traces = DocumentTrail.Traces

  init(of document: WorkspacePath, in history: History, rule: MergeRule) {
    self.history = history
    self.rule = rule
    trail = DocumentTrail(of: document, in: history)
  }

  /// The document as some commits have it.
  private struct Stage {
    /// Two stages with one number are the same; a later one has the larger.
    var number: Int
    /// As it was last, for a document that is deleted or can't be read.
    var document: CreditedValue
    /// The candidates of its open conflicts.
    var candidates: [(pointer: JSONPointer, value: CreditedValue)]
  }

  /// - Parameter standing: The document as it is in the folder.
  mutating func credited(_ standing: JSONValue) throws(ObjectStoreError) -> CreditedValue {
    let head = try newestStage()
    if let head, head.document.value == standing { return head.document }
    return credited(standing, by: .person(.nobodyYet), from: [head].compactMap { $0 })
  }

  private mutating func newestStage() throws(ObjectStoreError) -> Stage? {
    let order = trail.order
    let traces = try trail.allTraces()

    var stages = [Stage?](repeating: nil, count: order.count)
    var childrenLeft = [Int](repeating: 0, count: order.count)
    for index in order.indices { for parent in order.parents(of: index) { childrenLeft[parent] += 1 } }
    for index in order.indices.reversed() {
      let parents = order.parents(of: index)
      if order.isInherited(index),
        parents.allSatisfy({ stages[$0]?.number == stages[parents[0]]?.number })
      {
        stages[index] = stages[parents[0]]
      } else {
        stages[index] = try stage(at: index, traces, stages)
      }
      for parent in parents {
        childrenLeft[parent] -= 1
        if childrenLeft[parent] == 0 { stages[parent] = nil }
      }
    }
    return stages.first ?? nil
  }

  private mutating func stage(
    at index: Int, _ traces: [Traces?], _ stages: [Stage?]
  ) throws(ObjectStoreError) -> Stage? {
    let (place, id) = (trail.order.place(of: index), trail.order.id(of: index))
    let parents = trail.order.parents(of: index)
    let remembered = distinct(parents.compactMap { stages[$0] })
    guard let here = traces[index] else { return remembered.last }
    let living = parents.filter { traces[$0] != nil }
    // One that comes back after it was deleted is still by who wrote it.
    let sources = living.isEmpty ? remembered : distinct(living.compactMap { stages[$0] })
    if sources.count == 1, living.contains(where: { traces[$0] == here }) { return sources[0] }

    let commit = try history.store.commit(id)
    if try history.isJoint(id, commit) { return try stage(of: here, by: .join(place), from: sources) }
    guard commit.parents.count > 1 else { return try stage(of: here, by: .person(place), from: sources) }
    // Whoever merged with plain git wrote what differs from the join.
    guard let tree = try history.before(commit), let before = try trail.traces(before: index, in: tree) else {
      return try stage(of: here, by: .person(place), from: sources)
    }
    let joined = try stage(of: before, by: .join(place), from: sources)
    return before == here ? joined : try stage(of: here, by: .person(place), from: [joined].compactMap { $0 })
  }

  private mutating func stage(
    of traces: Traces, by maker: Crediting.Maker, from sources: [Stage]
  ) throws(ObjectStoreError) -> Stage? {
    let snapshot = try trail.snapshot(traces)
    // What can't be read says nothing of who wrote what was there before.
    if snapshot.content.form == .opaque {
      guard sources.count > 1, let last = sources.last else { return sources.last }
      stages += 1
      return Stage(number: stages, document: last.document, candidates: sources.flatMap(\.candidates))
    }
    // Candidates that are whole files say nothing of words; those that wait inside do.
    var open = snapshot.openConflicts(rule: rule)
    if snapshot.recorded.isOfWholeFiles { open.here = nil }
    let candidates = open.list.flatMap { pointer, conflict in
      conflict.values.map { value in
        (pointer: pointer, value: credited(value, at: pointer, by: maker, from: sources))
      }
    }
    stages += 1
    return Stage(
      number: stages, document: credited(snapshot.content.value, by: maker, from: sources),
      candidates: candidates)
  }

  private func credited(
    _ value: JSONValue, at pointer: JSONPointer = .root, by maker: Crediting.Maker, from sources: [Stage]
  ) -> CreditedValue {
    let steps = pointer.steps[...]
    let offers = sources.flatMap(\.candidates).compactMap { candidate in
      candidate.pointer.hasPrefix(pointer)
        ? Crediting.Offer(
          steps: candidate.pointer.steps.dropFirst(steps.count), candidate: candidate.value) : nil
    }
    return CreditedValue(
      value: value,
      credits: Crediting(maker: maker).credits(
        of: value, rule: rule.rule(at: steps),
        from: sources.compactMap { $0.document.part(at: steps, rule: rule) }, offers: offers))
  }

  /// Each stage once, the oldest first.
  private func distinct(_ stages: [Stage]) -> [Stage] {
    var seen: Set<Int> = []
    return stages.filter { seen.insert($0.number).inserted }.sorted { $0.number < $1.number }
  }
}
