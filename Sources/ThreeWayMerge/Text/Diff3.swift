/// A stretch of a three-way comparison, in order.
enum MergeRegion<Element> {
  /// Both sides left it as it was, or both made the same of it.
  case agreed(ArraySlice<Element>, base: ArraySlice<Element>)
  /// One side changed it; `new` is what that side made of it.
  case changed(by: Side, old: ArraySlice<Element>, new: ArraySlice<Element>)
  /// Each side made its own change, with nothing unchanged in between.
  case contested(Versions<ArraySlice<Element>>)
}

extension MergeRegion {
  /// What each version has here.
  var spans: Versions<ArraySlice<Element>> {
    switch self {
    case .agreed(let both, let base): Versions(base: base, ours: both, theirs: both)
    case .changed(.ours, let old, let new): Versions(base: old, ours: new, theirs: old)
    case .changed(.theirs, let old, let new): Versions(base: old, ours: old, theirs: new)
    case .contested(let spans): spans
    }
  }
}

enum Side { case ours, theirs }

/// Whether changes of the two sides that touch, with nothing unchanged between them, are contested.
enum TouchingChanges {
  /// They are.
  case contest
  /// They are, wherever either may as well stand: words beside changed words are read together.
  case contestInReach
  /// They are not, as long as each side changed its own elements: elements of a list are whole.
  case merge
}

/// Compares two edited versions of a sequence with the one they come from.
///
/// The regions, put together, cover each of the three sequences exactly once. The comparison of each side with
/// the base does not look at the other side, so exchanging the sides exchanges only their names.
///
/// Source: Khanna, Kunal and Pierce, "A formal investigation of diff3", FSTTCS 2007.
func threeWayRegions<Element: Hashable>(
  _ versions: Versions<[Element]>, touching: TouchingChanges = .contest
) -> [MergeRegion<Element>] {
  let (base, ours, theirs) = (versions.base, versions.ours, versions.theirs)
  return threeWayRegions(
    versions, ours: SequenceDiff(from: base, to: ours).matches,
    theirs: SequenceDiff(from: base, to: theirs).matches,
    touching: touching)
}

/// The same for sides whose elements were matched to the base's in another way than by being equal.
///
/// - Parameters:
///   - toOurs: For each element of the base the index of its match in ours, or -1. Increasing where not -1. A match
///     whose elements differ is a change of that element.
///   - toTheirs: The same for theirs.
func threeWayRegions<Element: Hashable>(
  _ versions: Versions<[Element]>, ours toOurs: [Int], theirs toTheirs: [Int], touching: TouchingChanges
) -> [MergeRegion<Element>] {
  let (base, ours, theirs) = (versions.base, versions.ours, versions.theirs)
  let oursChanges = changes(from: base, to: ours, toOurs)
  let theirsChanges = changes(from: base, to: theirs, toTheirs)

  var regions: [MergeRegion<Element>] = []
  var (b, o, t) = (0, 0, 0)
  var (nextOurs, nextTheirs) = (0, 0)
  while nextOurs < oursChanges.count || nextTheirs < theirsChanges.count {
    // The changes that belong together with the first one that is left.
    var cluster = ChangeCluster(
      at: min(oursChanges[from: nextOurs]?.old, theirsChanges[from: nextTheirs]?.old))
    let (firstOurs, firstTheirs) = (nextOurs, nextTheirs)
    var grows = true
    while grows {
      grows = false
      while let change = oursChanges[from: nextOurs], cluster.takesIn(change, of: .ours, touching) {
        cluster.extend(to: change, of: .ours)
        nextOurs += 1
        grows = true
      }
      while let change = theirsChanges[from: nextTheirs], cluster.takesIn(change, of: .theirs, touching) {
        cluster.extend(to: change, of: .theirs)
        nextTheirs += 1
        grows = true
      }
    }
    let unchanged = cluster.range.lowerBound - b
    if unchanged > 0 { regions.append(.agreed(base[b..<b + unchanged], base: base[b..<b + unchanged])) }
    (b, o, t) = (b + unchanged, o + unchanged, t + unchanged)
    let length = cluster.range.count
    let oursEnd = o + length + growth(of: oursChanges[firstOurs..<nextOurs])
    let theirsEnd = t + length + growth(of: theirsChanges[firstTheirs..<nextTheirs])
    regions.append(region(base[b..<b + length], ours[o..<oursEnd], theirs[t..<theirsEnd]))
    (b, o, t) = (b + length, oursEnd, theirsEnd)
  }
  if b < base.count { regions.append(.agreed(base[b...], base: base[b...])) }
  return regions
}

/// What one side made of a stretch of the base.
private struct Change {
  var old: Range<Int>
  var new: Range<Int>
  /// The stretch of the base in which the change may as well stand: “the ” before “end” is “ the” behind what comes
  /// before. Where in it the comparison put it means nothing.
  var reach: Range<Int>
}

/// The changes of one side, in order, with at least one unchanged element between two of them, or two matched ones.
private func changes<Element: Equatable>(
  from base: [Element], to side: [Element], _ matches: [Int]
) -> [Change] {
  var changes: [Change] = []
  var (b, s) = (0, 0)
  func close(_ baseEnd: Int, _ sideEnd: Int) {
    if b < baseEnd || s < sideEnd {
      let (old, new) = (b..<baseEnd, s..<sideEnd)
      changes.append(Change(old: old, new: new, reach: reach(of: old, new, in: base, side)))
    }
    (b, s) = (baseEnd, sideEnd)
  }
  for (index, match) in matches.enumerated() where match >= 0 {
    close(index, match)
    if base[index] != side[match] {
      changes.append(
        Change(old: index..<index + 1, new: match..<match + 1, reach: index..<index + 1))
    }
    (b, s) = (index + 1, match + 1)
  }
  close(base.count, side.count)
  return changes
}

/// How far an insertion or a deletion can be moved along the base without changing the outcome.
private func reach<Element: Equatable>(
  of old: Range<Int>, _ new: Range<Int>, in base: [Element], _ side: [Element]
) -> Range<Int> {
  var (low, high) = (0, 0)
  if old.isEmpty {
    while old.lowerBound - low > 0, new.upperBound - low > 0,
      base[old.lowerBound - 1 - low] == side[new.upperBound - 1 - low]
    {
      low += 1
    }
    while old.upperBound + high < base.count, new.lowerBound + high < side.count,
      base[old.upperBound + high] == side[new.lowerBound + high]
    {
      high += 1
    }
  } else if new.isEmpty {
    while old.lowerBound - low > 0, base[old.lowerBound - 1 - low] == base[old.upperBound - 1 - low] {
      low += 1
    }
    while old.upperBound + high < base.count, base[old.upperBound + high] == base[old.lowerBound + high] {
      high += 1
    }
  }
  return old.lowerBound - low..<old.upperBound + high
}

/// A stretch of the base that changes of either side belong to.
private struct ChangeCluster {
  private(set) var range: Range<Int>
  /// How far the changes of each side reach.
  private var reachEnd: (ours: Int?, theirs: Int?)

  /// Begins with the change at this place, which is the first one left.
  init(at range: Range<Int>) { self.range = range }

  func takesIn(_ change: Change, of side: Side, _ touching: TouchingChanges) -> Bool {
    if change.old.lowerBound < range.upperBound || change.old == range { return true }
    switch touching {
    case .merge: return false
    case .contest: return change.old.lowerBound <= range.upperBound
    case .contestInReach:
      guard let end = side == .ours ? reachEnd.theirs : reachEnd.ours else { return false }
      return change.reach.lowerBound <= end
    }
  }

  mutating func extend(to change: Change, of side: Side) {
    range = range.lowerBound..<max(range.upperBound, change.old.upperBound)
    switch side {
    case .ours: reachEnd.ours = max(reachEnd.ours ?? 0, change.reach.upperBound)
    case .theirs: reachEnd.theirs = max(reachEnd.theirs ?? 0, change.reach.upperBound)
    }
  }
}

extension [Change] {
  fileprivate subscript(from index: Int) -> Change? { index < count ? self[index] : nil }
}

/// The one that comes first; of two that begin together, an insertion. At least one is there.
private func min(_ left: Range<Int>?, _ right: Range<Int>?) -> Range<Int> {
  guard let left else { return right ?? 0..<0 }
  guard let right else { return left }
  return (left.lowerBound, left.upperBound) <= (right.lowerBound, right.upperBound) ? left : right
}

private func growth(of changes: ArraySlice<Change>) -> Int {
  changes.reduce(0) { $0 + $1.new.count - $1.old.count }
}

private func region<Element: Equatable>(
  _ base: ArraySlice<Element>, _ ours: ArraySlice<Element>, _ theirs: ArraySlice<Element>
) -> MergeRegion<Element> {
  if ours == theirs { return .agreed(ours, base: base) }
  if ours == base { return .changed(by: .theirs, old: base, new: theirs) }
  if theirs == base { return .changed(by: .ours, old: base, new: ours) }
  return .contested(Versions(base: base, ours: ours, theirs: theirs))
}
