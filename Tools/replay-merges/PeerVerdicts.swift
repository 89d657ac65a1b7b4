import Peers
import ThreeWayMerge

extension Peers {
  /// Judges others on our cases, by the judge that judges ours.
  ///
  /// - Returns: The verdicts on each peer, by its name, in the order they first answer.
  func verdicts(on cases: [MergeCase], isJSON: Bool) throws -> [(peer: String, verdicts: [Verdict])] {
    let byID = Dictionary(cases.map { ($0.id, $0) }) { first, _ in first }
    var names: [String] = []
    var verdicts: [String: [Verdict]] = [:]
    let questions = cases.map {
      Case(
        id: $0.id, isJSON: isJSON, base: $0.versions.base, ours: $0.versions.ours, theirs: $0.versions.theirs)
    }
    for answer in try answers(to: questions) {
      guard let asked = byID[answer.id] else { continue }
      if verdicts[answer.peer] == nil { names.append(answer.peer) }
      verdicts[answer.peer, default: []].append(asked.verdict(on: answer.result, isJSON: isJSON))
    }
    return names.map { ($0, verdicts[$0] ?? []) }
  }
}

extension MergeCase {
  /// How a peer's merge compares with the people's; `nil` for one with conflicts or none at all.
  fileprivate func verdict(on result: [UInt8]?, isJSON: Bool) -> Verdict {
    guard let result, let value = Self.value(result, isJSON: isJSON),
      let human = Self.value(self.result, isJSON: isJSON)
    else { return .conflict }
    if value == human { return .right }
    return value.withSortedLists == human.withSortedLists ? .rightButOrder : .other
  }
}
