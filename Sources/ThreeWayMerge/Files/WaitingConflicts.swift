public import JSONTree

// What is open inside a document waits while the file as a whole is open, or can't be read: first somebody says which file
// it shall be, then which words.

extension OpenConflicts {
  /// What can be settled now, sorted by the bytes of the pointers.
  public var questions: [(pointer: JSONPointer, conflict: Conflict)] {
    guard isOfWholeFiles, let here else { return list }
    return [(.root, here)]
  }
}

extension Versions where Value == OpenConflicts {
  /// What waits in a file that is merged by its bytes: whatever waits on a side and was not settled on the other.
  ///
  /// Where each side has its own candidates for a place, all of them stay.
  var waiting: OpenConflicts {
    let inner = map(\.withoutHere)
    if let only = resolveTrivially(inner) { return only }
    var waiting = OpenConflicts.none
    for pointer in Set((inner.ours.list + inner.theirs.list).map(\.pointer)) {
      let conflicts = inner.map { $0[pointer] }
      if let only = resolveTrivially(conflicts) {
        waiting[pointer] = only
      } else if let ours = conflicts.ours, let theirs = conflicts.theirs {
        waiting[pointer] = ours.united(with: theirs)
      } else {
        waiting[pointer] = conflicts.ours ?? conflicts.theirs
      }
    }
    return waiting
  }
}

extension Conflict {
  /// Exchanging the two gives the same.
  fileprivate func united(with other: Conflict) -> Conflict {
    let candidates = Set(candidates).union(other.candidates)
    let kind =
      candidates.contains(.kept)
      ? .deleteEdit
      : self.kind == other.kind ? self.kind : [self.kind, other.kind].contains(.type) ? .type : .value
    return Conflict(kind: kind, base: base == other.base ? base : nil, candidates: candidates)
  }
}

extension DocumentState {
  /// A file that was chosen of several, with what waited inside it and is still open now that it says this.
  ///
  /// A place that holds one of its candidates is still open, and shows the last of them, as everywhere. Whoever wrote
  /// something else there, or chose a file without that place, has settled it.
  public init(chosen content: FileContent, waiting: OpenConflicts, rule: MergeRule) {
    guard case .document(let document) = content else {
      self.init(value: content.value)
      return
    }
    var shown = document
    var left = OpenConflicts.none
    for (pointer, conflict) in waiting.withoutHere.list {
      guard let current = document.value(at: pointer.steps[...], rule: rule) else { continue }
      left[pointer] = conflict
      guard let last = conflict.values.last, current != last, conflict.values.contains(current) else {
        continue
      }
      if (try? shown.set(last, at: pointer, keyField: rule.keyField)) == nil { left[pointer] = nil }
    }
    self.init(document: shown, recorded: left, rule: rule)
  }
}
