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

/// Compares two edited versions of a sequence with the one they come from.
///
/// The regions, put together, cover each of the three sequences exactly once. The comparison of each side with
/// the base does not look at the other side, so exchanging the sides exchanges only their names.
///
/// Source: Khanna, Kunal and Pierce, "A formal investigation of diff3", FSTTCS 2007.
func threeWayRegions<Element: Hashable>(_ versions: Versions<[Element]>) -> [MergeRegion<Element>] {
  let (base, ours, theirs) = (versions.base, versions.ours, versions.theirs)
  let toOurs = SequenceDiff(from: base, to: ours).matches
  let toTheirs = SequenceDiff(from: base, to: theirs).matches

  var regions: [MergeRegion<Element>] = []
  var (b, o, t) = (0, 0, 0)
  while b < base.count || o < ours.count || t < theirs.count {
    // The longest stretch from here that all three share.
    var length = 0
    while b + length < base.count, toOurs[b + length] == o + length, toTheirs[b + length] == t + length {
      length += 1
    }
    if length > 0 {
      regions.append(.agreed(base[b..<b + length], base: base[b..<b + length]))
      (b, o, t) = (b + length, o + length, t + length)
      continue
    }
    // The next element that all three share ends the region where somebody changed something.
    var next = b
    while next < base.count, toOurs[next] < o || toTheirs[next] < t { next += 1 }
    let (oursEnd, theirsEnd) =
      next < base.count ? (toOurs[next], toTheirs[next]) : (ours.count, theirs.count)
    regions.append(
      region(base[b..<next], ours[o..<oursEnd], theirs[t..<theirsEnd]))
    (b, o, t) = (next, oursEnd, theirsEnd)
  }
  return regions
}

private func region<Element: Equatable>(
  _ base: ArraySlice<Element>, _ ours: ArraySlice<Element>, _ theirs: ArraySlice<Element>
) -> MergeRegion<Element> {
  if ours == theirs { return .agreed(ours, base: base) }
  if ours == base { return .changed(by: .theirs, old: base, new: theirs) }
  if theirs == base { return .changed(by: .ours, old: base, new: ours) }
  return .contested(Versions(base: base, ours: ours, theirs: theirs))
}
