/// Merges what a value may be, where each version is a set of candidates: one when it is settled, several while
/// a conflict is open.
///
/// A candidate stays that both sides still have, or that one side brought; it goes when a side that had seen it
/// settled for another. Three people make one conflict with three candidates, a person who settled one keeps the
/// others from coming back, and a candidate nobody had seen yet does come back. Two people who settled
/// differently have the conflict again, also where what one of them took was a candidate before and the other found words
/// of their own: to settle for something is to write it.
///
/// Source: observed-remove semantics, Shapiro and others, "A comprehensive study of convergent and commutative
/// replicated data types", 2011; ARCHITECTURE.md.
func mergeCandidates<Candidate: Hashable>(_ versions: Versions<Set<Candidate>>) -> Set<Candidate> {
  if let only = resolveTrivially(versions) { return only }
  let (base, ours, theirs) = (versions.base, versions.ours, versions.theirs)
  if ours.count == 1, theirs.count == 1 { return ours.union(theirs) }
  let merged = ours.intersection(theirs).union(ours.subtracting(base)).union(theirs.subtracting(base))
  return merged.isEmpty ? ours.union(theirs) : merged
}
