import JSONTree

/// Where the members of an ordered collection go, and what was decided on the way.
struct OrderMergeOutcome<Key: Hashable> {
  var order: [Key]
  /// Keys that both sides moved to different places.
  var movedTwice: [Key] = []
  /// Whether both sides inserted at one place.
  var insertedTogether: [[Key]] = []
}

/// Merges two orders of keys that come from one.
///
/// A key is moved by a side when it is not in the longest run of keys that the side left in their old order.
/// A key moved by one side goes where that side put it, behind the nearest key before it that was not moved;
/// a new key likewise. A key moved by both has the place whose neighbour before it is smaller by bytes.
/// What both sides put behind one key stays in whole runs, ordered by bytes. Exchanging the sides changes
/// nothing.
///
/// - Parameters:
///   - versions: Each without duplicates.
///   - survivors: The keys of the result; each is in at least one version of a side.
func mergeOrder<Key: Hashable & Comparable>(
  _ versions: Versions<[Key]>, survivors: Set<Key>
) -> OrderMergeOutcome<Key> {
  var outcome = OrderMergeOutcome<Key>(order: [])
  let basePlaces = places(of: versions.base)
  let ours = SideOrder(versions.ours.filter(survivors.contains), basePlaces: basePlaces)
  let theirs = SideOrder(versions.theirs.filter(survivors.contains), basePlaces: basePlaces)

  // Who decides where a key goes. Keys nobody moved are the backbone, in their old order.
  var owner: [Key: Owner] = [:]
  for key in survivors {
    let oursPuts = ours.placed.contains(key)
    let theirsPuts = theirs.placed.contains(key)
    switch (oursPuts, theirsPuts) {
    case (false, false): owner[key] = .backbone
    case (true, false): owner[key] = .ours
    case (false, true): owner[key] = .theirs
    case (true, true):
      let (before, after) = (ours.neighbour[key] ?? nil, theirs.neighbour[key] ?? nil)
      if before == after {
        owner[key] = .both
      } else {
        if basePlaces[key] != nil { outcome.movedTwice.append(key) }
        owner[key] = isBefore(before, after) ? .ours : .theirs
      }
    }
  }
  outcome.movedTwice.sort()

  let backbone = versions.base.filter { owner[$0] == .backbone }
  let oursRuns = ours.runs(behind: Set(backbone)) { owner[$0] == .ours || owner[$0] == .both }
  let theirsRuns = theirs.runs(behind: Set(backbone)) { owner[$0] == .theirs || owner[$0] == .both }

  var emitted: Set<Key> = []
  func emit(_ keys: [Key]) {
    for key in keys where emitted.insert(key).inserted { outcome.order.append(key) }
  }
  for anchor in [nil] + backbone.map(Optional.some) {
    if let anchor { emit([anchor]) }
    let (oursRun, theirsRun) = (oursRuns[anchor] ?? [], theirsRuns[anchor] ?? [])
    if !oursRun.isEmpty, !theirsRun.isEmpty, Set(oursRun).isDisjoint(with: theirsRun) {
      outcome.insertedTogether.append([oursRun, theirsRun].sorted(by: precedes).flatMap { $0 })
    }
    emit(mergeRuns(oursRun, theirsRun))
  }
  return outcome
}

private enum Owner { case backbone, ours, theirs, both }

/// One side's order, and which keys that side put where they are.
private struct SideOrder<Key: Hashable & Comparable> {
  let keys: [Key]
  /// New keys, and keys moved against the base.
  let placed: Set<Key>
  /// The key before each key; `.some(nil)` for the first.
  let neighbour: [Key: Key?]

  init(_ keys: [Key], basePlaces: [Key: Int]) {
    self.keys = keys
    let known = keys.filter { basePlaces[$0] != nil }
    let unmoved = Set(longestIncreasing(known.map { basePlaces[$0]! }).map { known[$0] })
    placed = Set(keys).subtracting(unmoved)
    var neighbour: [Key: Key?] = [:]
    for (index, key) in keys.enumerated() { neighbour[key] = .some(index == 0 ? nil : keys[index - 1]) }
    self.neighbour = neighbour
  }

  /// The keys this side decides about, by the backbone key they stand behind.
  func runs(behind backbone: Set<Key>, deciding isOwn: (Key) -> Bool) -> [Key?: [Key]] {
    var runs: [Key?: [Key]] = [:]
    var anchor: Key?
    for key in keys {
      if backbone.contains(key) { anchor = key } else if isOwn(key) { runs[anchor, default: []].append(key) }
    }
    return runs
  }
}

private func places<Key: Hashable>(of keys: [Key]) -> [Key: Int] {
  Dictionary(keys.enumerated().map { ($1, $0) }) { first, _ in first }
}

private func isBefore<Key: Comparable>(_ left: Key?, _ right: Key?) -> Bool {
  switch (left, right) {
  case (_, nil): false
  case (nil, _): true
  case (let left?, let right?): left < right
  }
}

private func precedes<Key: Comparable>(_ left: [Key], _ right: [Key]) -> Bool {
  left.lexicographicallyPrecedes(right)
}

/// Two runs at one place: what they share keeps its order, what stands between stays whole, smaller bytes first.
private func mergeRuns<Key: Hashable & Comparable>(_ left: [Key], _ right: [Key]) -> [Key] {
  let (first, second) = precedes(right, left) ? (right, left) : (left, right)
  let matches = SequenceDiff(from: first, to: second).matches
  var merged: [Key] = []
  var (i, j) = (0, 0)
  func takeUpTo(_ firstEnd: Int, _ secondEnd: Int) {
    let parts = [Array(first[i..<firstEnd]), Array(second[j..<secondEnd])]
    merged += parts.sorted(by: precedes).flatMap { $0 }
    (i, j) = (firstEnd, secondEnd)
  }
  for (index, match) in matches.enumerated() where match >= 0 {
    takeUpTo(index, match)
    merged.append(first[index])
    (i, j) = (index + 1, match + 1)
  }
  takeUpTo(first.count, second.count)
  return merged
}
