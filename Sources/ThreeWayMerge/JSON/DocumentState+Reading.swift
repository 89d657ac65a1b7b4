public import JSONTree

extension DocumentState {
  /// Reads a document together with its record of open conflicts.
  ///
  /// People edit the document, by hand or with plain git, and the record stays as it was. So what they did is
  /// read from the document: a conflicted value that is not the shown candidate any more was settled by whoever
  /// wrote it. An edit of a text outside the contested words settles nothing and is carried into every
  /// candidate. A place that is gone has no conflict any more.
  ///
  /// - Parameter rule: Says which field lists are keyed by.
  public init(document: JSONValue?, recorded: OpenConflicts, rule: MergeRule) {
    self.init(value: document)
    guard let document else { return }
    for (pointer, conflict) in recorded.list {
      guard let current = document.value(at: pointer.steps[...], rule: rule) else { continue }
      conflicts[pointer] = conflict.after(current)
    }
  }
}

extension Conflict {
  /// What is left of the conflict when its place now holds `current`.
  fileprivate func after(_ current: JSONValue) -> Conflict? {
    guard let shown = values.last, current != shown else { return self }
    var left: Set<Candidate> = [.value(current)]
    if kind == .text, let edited = current.string, let before = shown.string {
      for case .string(let other) in values {
        left.insert(.value(.string(carrying(from: before, to: edited, into: other))))
      }
    }
    if left.count == 1 { left = offersDeletion ? [.kept] : left }
    if offersDeletion { left.insert(.deleted) }
    guard left.count > 1 else { return nil }
    return Conflict(kind: left.contains(.kept) ? .deleteEdit : kind, base: base, candidates: left)
  }
}

/// Makes the edit that led from one text to another in a third; where that third differs at the very place of
/// the edit, the edit stands.
private func carrying(from before: JSONString, to after: JSONString, into other: JSONString) -> JSONString {
  let texts = Versions(base: before, ours: after, theirs: other)
  let regions = threeWayRegions(texts.map { textTokens($0.text) })
  var carried = ""
  for region in regions {
    switch region {
    case .agreed(let tokens, _), .changed(_, _, let tokens): carried += tokens.map(\.text).joined()
    case .contested(let spans): carried += spans.ours.map(\.text).joined()
    }
  }
  return JSONString(carried)
}

extension JSONValue {
  /// The value at a place, lists read by the key field their rule names (`id` by default).
  public func value(at steps: ArraySlice<JSONPointer.Step>, rule: MergeRule) -> JSONValue? {
    guard let step = steps.first else { return self }
    switch (self, step) {
    case (.object(let object), .key(let key)):
      return object[key]?.value(at: steps.dropFirst(), rule: rule.rule(forMember: key))
    case (.array(let elements), .element(let name)):
      let (key, element) = rule.elementKey
      return elements.first { $0[key]?.string == name }?.value(at: steps.dropFirst(), rule: element)
    case (.array(let elements), let step):
      guard let index = step.listIndex, elements.indices.contains(index) else { return nil }
      return elements[index].value(at: steps.dropFirst(), rule: rule.elementKey.element)
    default: return nil
    }
  }
}
