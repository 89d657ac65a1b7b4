import JSONTree
import ThreeWayMerge

/// Laws 2 and 4 of ARCHITECTURE.md for three versions: a change of one side is the result, and sides can be exchanged.
func brokenMerge(_ input: [UInt8], isJSON: Bool) -> String? {
  // Longer inputs find nothing that shorter ones do not, and cost minutes.
  guard input.count <= 4096, let parts = parts(of: input, 3) else { return nil }
  let versions: Versions<JSONValue?>
  if isJSON {
    let read = parts.map { try? JSONValue(parsing: $0) }
    guard let ours = read[1], let theirs = read[2] else { return nil }
    versions = Versions(base: read[0], ours: ours, theirs: theirs)
  } else {
    let texts = parts.compactMap { String(validating: $0, as: UTF8.self).map { JSONValue($0) } }
    guard texts.count == 3 else { return nil }
    versions = Versions(base: texts[0], ours: texts[1], theirs: texts[2])
  }
  let rule: MergeRule = isJSON ? .byShape : .text
  let states = versions.map { DocumentState(value: $0) }
  let merged = mergeJSON(states, rule: rule)
  if merged.state != mergeJSON(states.swapped, rule: rule).state { return "the sides can’t be exchanged" }
  for (base, side) in [
    (states.base, states.ours), (states.base, states.theirs), (states.ours, states.theirs),
  ] {
    if mergeJSON(Versions(base: base, ours: base, theirs: side), rule: rule).state != side {
      return "a change of one side alone is not the result"
    }
    if mergeJSON(Versions(base: base, ours: side, theirs: side), rule: rule).state != side {
      return "a change both sides made is not the result"
    }
  }
  guard let value = merged.state.value else { return "the document is gone, and nobody removed it" }
  let printed = value.canonicalForm
  return (try? JSONValue(parsing: printed)) == nil ? "the result can’t be read" : nil
}
