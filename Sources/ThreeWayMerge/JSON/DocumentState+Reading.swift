public import JSONTree

extension DocumentState {
  /// Reads a document together with its record of open conflicts.
  ///
  /// People edit the document, by hand or with plain git, and the record stays as it was. So what they did is
  /// read from the document: a conflicted value that is not the shown candidate any more was settled by whoever
  /// wrote it. An edit of a text outside the contested words settles nothing and is carried into every
  /// candidate, of which the state shows the last, as after every merge. A place that is gone has no conflict any more.
  ///
  /// - Parameter rule: Says which field lists are keyed by.
  public init(document: JSONValue?, recorded: OpenConflicts, rule: MergeRule) {
    self.init(value: document)
    guard let document else { return }
    for (pointer, conflict) in recorded.list {
      guard let current = document.value(at: pointer.steps[...], rule: rule) else { continue }
      let left = conflict.after(current)
      conflicts[pointer] = left
      // An edit may have changed which candidate sorts last.
      guard let shown = left?.values.last, shown != current, var value else { continue }
      if (try? value.set(shown, at: pointer, keyField: rule.keyField)) != nil { self.value = value }
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

/// Makes the edit that led from one text to another in a third.
///
/// Where that third differs at the very place of the edit, what the edit inserted goes beside its words; an edit that
/// took words away stands.
private func carrying(from before: JSONString, to after: JSONString, into other: JSONString) -> JSONString {
  let texts = Versions(base: before, ours: after, theirs: other)
  let regions = threeWayRegions(texts.map { textTokens($0.text) })
  let carried = regions.flatMap { region in
    switch region {
    case .agreed(let tokens, _), .changed(_, _, let tokens): tokens
    case .contested(let spans): inserted(spans) ?? spans.ours
    }
  }
  return JSONString(carried.map(\.text).joined())
}

/// The words of the third text with those the edit put before or behind; `nil` where the edit did more, or where the
/// two would grow together into words nobody wrote.
private func inserted(_ spans: Versions<ArraySlice<JSONString>>) -> ArraySlice<JSONString>? {
  let (before, after, other) = (spans.base, spans.ours, spans.theirs)
  let both: ArraySlice<JSONString>
  if after.suffix(before.count) == before {
    both = after.dropLast(before.count) + other
  } else if after.prefix(before.count) == before {
    both = other + after.dropFirst(before.count)
  } else {
    return nil
  }
  return textTokens(both.map(\.text).joined()) == Array(both) ? both : nil
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
