public import JSONTree
import ObjectModel

// What is open inside a document waits while the file as a whole is open, or can't be read: first somebody says which file
// it shall be, then which words.

extension DocumentState {
  /// What can be settled now, sorted by the bytes of the pointers: nothing inside a file that is known by its bytes.
  public var questions: [(pointer: JSONPointer, conflict: Conflict)] {
    let isByItsBytes = conflicts.isOfWholeFiles || value?.text != nil
    return conflicts.list.filter { $0.pointer.steps.isEmpty || !isByItsBytes }
  }
}

extension OpenConflicts {
  /// Whether something that was open inside is so no more.
  func settlesSomething(of base: OpenConflicts) -> Bool {
    base.withoutHere.list.contains { self[$0.pointer] == nil }
  }

  /// Whether a file is one of those somebody has to choose between.
  func offers(_ file: ObjectID?) -> Bool {
    guard let file, let here, here.isOfWholeFiles else { return false }
    return here.values.contains(JSONValue(file.hex))
  }
}

extension DocumentState {
  /// The same with the questions of a record about what is inside.
  func asking(_ recorded: OpenConflicts) -> DocumentState {
    DocumentState(
      value: value, conflicts: value == nil ? .none : recorded.with(here: conflicts.here))
  }

  /// The same with a file beside the one that took its place: whoever settled something in it has said what it shall
  /// say, though by leaving it as it was, and that is a change like any other.
  ///
  /// - Parameter file: Its object id, with which the state's value and candidates are compared.
  func offering(_ file: ObjectID?) -> DocumentState {
    guard let value, let file = file.map({ JSONValue($0.hex) }), value != file else { return self }
    var candidates: Set<Candidate> = [.value(file)]
    if let here = conflicts.here {
      // Whether it shall be deleted is a question that names no file.
      if !here.isOfWholeFiles, !here.values.isEmpty { return self }
      candidates.formUnion(here.candidates.map { $0 == .kept ? .value(value) : $0 })
    } else {
      candidates.insert(.value(value))
    }
    let conflict = Conflict(
      kind: .value, base: conflicts.here?.base ?? file, candidates: candidates,
      showing: .value(value))
    return DocumentState(value: value, conflicts: conflicts.with(here: conflict))
  }
}

extension Versions where Value == OpenConflicts {
  /// What waits in a file that is merged by its bytes: whatever waits on a side and was not settled on the other.
  ///
  /// Where each side has its own candidates for a place, all of them stay. Who deletes a file settles nothing in it.
  ///
  /// - Parameter files: The files; `nil` for one that does not exist.
  func waiting(in files: Versions<ObjectID?>) -> OpenConflicts {
    let inner = map(\.withoutHere)
    if files.ours == nil { return files.theirs == nil ? .none : inner.theirs }
    if files.theirs == nil { return inner.ours }
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

  /// The same where the place says this. One that offers values as well as what stands there offers that as a value.
  fileprivate func asked(of current: JSONValue) -> Conflict {
    guard !values.isEmpty, candidates.contains(.kept) else { return self }
    let candidates = Set(candidates).subtracting([.kept]).union([.value(current)])
    return Conflict(kind: kind == .deleteEdit ? .value : kind, base: base, candidates: candidates)
  }
}

extension DocumentState {
  /// A file that was chosen of several, with what waited inside it and is still open now that it says this.
  ///
  /// A place that holds one of its candidates is still open, and shows the last of them, as everywhere. Whoever wrote
  /// something else there, or chose a file without that place, has settled it.
  public init(chosen content: FileContent, waiting: OpenConflicts, rule: MergeRule) {
    guard case .document(var document) = content else {
      // Nobody can say yet what it holds.
      self.init(value: content.value, conflicts: waiting.withoutHere)
      return
    }
    var left = OpenConflicts.none
    var open: [JSONPointer] = []
    for (pointer, waiting) in waiting.withoutHere.list {
      // Two sides may have contested a place, and one inside it: the outer one has all that is inside.
      if open.contains(where: { pointer.hasPrefix($0) }) { continue }
      guard let current = document.value(at: pointer.steps[...], rule: rule) else { continue }
      let conflict = waiting.asked(of: current)
      if let last = conflict.values.last {
        guard conflict.values.contains(current) else { continue }
        if current != last {
          guard (try? document.set(last, at: pointer, keyField: rule.keyField)) != nil else { continue }
        }
        open.append(pointer)
      }
      left[pointer] = conflict
    }
    self.init(value: document, conflicts: left)
  }
}
