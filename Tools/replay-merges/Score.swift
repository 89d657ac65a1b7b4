import JSONTree
import ThreeWayMerge

/// How a merge compares with what the people committed.
enum Verdict: String, CaseIterable, Sendable {
  /// No conflict, and exactly the people's result.
  case right = "right"
  /// No conflict, and the people's result up to the order of lists without identity.
  case rightButOrder = "right but list order"
  /// No conflict, and something else.
  case other = "clean, other"
  /// Conflicts, and everything outside of them is the people's result.
  case onlyDoubt = "right but for its conflicts"
  /// Conflicts, and something else besides.
  case conflict = "conflict"
  /// A version with duplicate keys is not merged; a result of people's that has some is none to be compared with.
  case duplicateKeys = "duplicate keys"

  /// Those of cases that can be compared.
  static let compared = allCases.filter { $0 != .duplicateKeys }
}

/// What must never happen in any merge.
enum Breach: String, CaseIterable, Sendable {
  case invalid = "result is not valid JSON, or not the merged value"
  case lostWord = "a word of a side is in neither result nor conflicts"
  case inventedWord = "a word nobody wrote"
  case sidesDiffer = "another result for swapped sides"
  case slow = "more than a second"
}

/// What came of one case.
struct Score: Sendable {
  var id: String
  var git: MergeCase.LineMerge
  var human: String
  var verdict: Verdict
  var breaches: Set<Breach> = []
  /// What the breaches are about, for people.
  var remarks: [String] = []
  /// Where people have to settle something.
  var doubts: [JSONPointer] = []
  /// What differs between the people's result and ours.
  var differences: [FieldChange] = []
  var time: Duration
}

extension MergeCase {
  /// Merges the case with the sides in both orders, and compares.
  func score(isJSON: Bool) -> Score {
    var score = Score(id: id, git: git, human: human, verdict: .conflict, time: .zero)
    let outcome: FileContentOutcome
    let swapped: FileContentOutcome
    let start = ContinuousClock.now
    do throws(FileContentError) {
      outcome = try mergeFileContents(versions, isJSON: isJSON, rules: .byShape)
      score.time = start.duration(to: .now)
      swapped = try mergeFileContents(versions.swapped, isJSON: isJSON, rules: .byShape)
    } catch {
      score.verdict = .duplicateKeys
      return score
    }
    if score.time > .seconds(1) { score.breaches.insert(.slow) }
    if outcome.value != swapped.value || outcome.conflicts != swapped.conflicts
      || outcome.bytes != swapped.bytes
    {
      score.breaches.insert(.sidesDiffer)
    }
    if isJSON, (try? JSONValue(parsing: outcome.bytes)) != outcome.value { score.breaches.insert(.invalid) }
    score.checkWords(of: outcome, versions.map { Self.value($0, isJSON: isJSON) ?? .null })
    score.doubts = outcome.conflicts.list.map(\.pointer)
    if let human = Self.value(result, isJSON: isJSON) {
      score.verdict = verdict(on: outcome, human: human)
      score.differences = fieldChanges(from: human, to: outcome.value, rule: isJSON ? .byShape : .text)
    } else {
      score.verdict = .duplicateKeys
    }
    return score
  }

  static func value(_ bytes: [UInt8], isJSON: Bool) -> JSONValue? {
    isJSON
      ? try? JSONValue(parsing: bytes) : String(validating: bytes, as: UTF8.self).map { JSONValue($0) }
  }

  private func verdict(on outcome: FileContentOutcome, human: JSONValue) -> Verdict {
    if outcome.conflicts.isEmpty {
      if outcome.value == human { return .right }
      return outcome.value.withSortedLists == human.withSortedLists ? .rightButOrder : .other
    }
    let doubts = outcome.conflicts.list.map(\.pointer)
    let (ours, theirs) = (outcome.value.erasing(doubts), human.erasing(doubts))
    return ours.withSortedLists == theirs.withSortedLists ? .onlyDoubt : .conflict
  }
}

extension Score {
  fileprivate mutating func checkWords(of outcome: FileContentOutcome, _ inputs: Versions<JSONValue>) {
    let written = inputs.map { wordCounts(of: $0) }
    let kept = Set(wordCounts(of: outcome.value).keys).union(outcome.conflicts.candidateWords)
    // What a side brought, and what the two sides together did not take away as often as it stood, has to be there.
    let lost = Set(written.ours.keys).union(written.theirs.keys).subtracting(kept).filter { word in
      (written.ours[word] ?? 0) + (written.theirs[word] ?? 0) > (written.base[word] ?? 0)
    }
    if !lost.isEmpty {
      breaches.insert(.lostWord)
      remarks.append("lost: " + lost.sorted().prefix(5).map(\.text).joined(separator: " "))
    }
    let invented = kept.filter { word in
      written.base[word] == nil && written.ours[word] == nil && written.theirs[word] == nil
    }
    if !invented.isEmpty {
      breaches.insert(.inventedWord)
      remarks.append("invented: " + invented.sorted().prefix(5).map(\.text).joined(separator: " "))
    }
  }
}

extension JSONValue {
  /// The same with every list in the order of its elements' bytes.
  var withSortedLists: JSONValue {
    switch self {
    case .array(let elements):
      .array(
        elements.map { ($0.withSortedLists, $0.withSortedLists.canonicalBytes) }
          .sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0))
    case .object(let object):
      .object(
        JSONObject(
          uniqueMembers: object.members.map {
            JSONObject.Member(key: $0.key, value: $0.value.withSortedLists)
          }))
    default: self
    }
  }

  /// The same without what stands at some places.
  fileprivate func erasing(_ places: [JSONPointer]) -> JSONValue {
    if places.contains(where: \.steps.isEmpty) { return .null }
    if places.isEmpty { return self }
    func inside(_ step: JSONPointer.Step) -> [JSONPointer] {
      places.compactMap { $0.steps.first == step ? JSONPointer(Array($0.steps.dropFirst())) : nil }
    }
    switch self {
    case .object(let object):
      return .object(
        JSONObject(
          uniqueMembers: object.members.compactMap { member in
            let inside = inside(.key(member.key))
            if inside.contains(where: \.steps.isEmpty) { return nil }
            return JSONObject.Member(key: member.key, value: member.value.erasing(inside))
          }))
    case .array(let elements):
      return .array(
        elements.enumerated().compactMap { index, element in
          var here = inside(.index(index))
          if let name = element["id"]?.string { here += inside(.element(name)) }
          return here.contains(where: \.steps.isEmpty) ? nil : element.erasing(here)
        })
    default: return self
    }
  }
}
