import JSONTree

extension JSONMerge {
  /// Merges two lists by what their elements are known by.
  mutating func mergeLists(
    _ versions: Versions<DocumentState>, rule: MergeRule, at pointer: JSONPointer
  ) -> DocumentState {
    // A list that is in conflict as a whole is merged as a whole.
    guard [versions.base, versions.ours, versions.theirs].allSatisfy({ $0.conflicts.here == nil }) else {
      return mergeAtoms(versions, rule: rule)
    }
    let isOpenInside = [versions.base, versions.ours, versions.theirs].contains { !$0.conflicts.isEmpty }
    let lists = versions.map { $0.value?.array ?? [] }
    switch rule {
    // What is open in an element can be told apart only while elements have names.
    case .set: return isOpenInside ? mergeAtoms(versions, rule: rule) : mergeSets(lists, at: pointer)
    case .list(let key, let element):
      if let merged = mergeElementsInOneOrder(
        lists, key: key, conflicts: versions.map(\.conflicts), element: element, at: pointer)
      {
        return merged
      }
      let keyed = lists.map { KeyedList($0, key: key) }
      guard let base = keyed.base, let ours = keyed.ours, let theirs = keyed.theirs else {
        notices.append(Notice(kind: .duplicateKeys, pointer: pointer, words: key.text))
        return mergeAtoms(versions, rule: rule)
      }
      return mergeKeyed(
        Versions(base: base, ours: ours, theirs: theirs), conflicts: versions.map(\.conflicts),
        element: element, at: pointer)
    case .sequence(let element):
      return isOpenInside
        ? mergeAtoms(versions, rule: rule) : mergeSequences(lists, element: element, at: pointer)
    default:
      if let byID = mergeKeyed(lists, key: "id", versions, at: pointer) { return byID }
      return isOpenInside
        ? mergeAtoms(versions, rule: rule) : mergeByNaturalKeys(lists, versions, at: pointer)
    }
  }

  private mutating func mergeKeyed(
    _ lists: Versions<[JSONValue]>, key: JSONString, _ versions: Versions<DocumentState>,
    at pointer: JSONPointer
  ) -> DocumentState? {
    if let merged = mergeElementsInOneOrder(
      lists, key: key, conflicts: versions.map(\.conflicts), element: .byShape, at: pointer)
    {
      return merged
    }
    let keyed = lists.map { KeyedList($0, key: key) }
    guard let base = keyed.base, let ours = keyed.ours, let theirs = keyed.theirs else { return nil }
    return mergeKeyed(
      Versions(base: base, ours: ours, theirs: theirs), conflicts: versions.map(\.conflicts),
      element: .byShape,
      at: pointer)
  }

  /// Merges lists without a declared key by each field that could be one, and element by element; the first of these
  /// that leaves nothing to settle counts, or else the first.
  private mutating func mergeByNaturalKeys(
    _ lists: Versions<[JSONValue]>, _ versions: Versions<DocumentState>, at pointer: JSONPointer
  ) -> DocumentState {
    var first: (merge: JSONMerge, state: DocumentState)?
    for key in naturalKeys(of: lists) {
      var attempt = JSONMerge()
      guard let merged = attempt.mergeKeyed(lists, key: key, versions, at: pointer) else { continue }
      let state = asOneConflict(merged, keyField: key, base: lists.base)
      if state.conflicts.isEmpty {
        notices += attempt.notices
        return state
      }
      first = first ?? (attempt, state)
    }
    var attempt = JSONMerge()
    let state = attempt.mergeSequences(lists, element: .byShape, at: pointer)
    let chosen = state.conflicts.isEmpty ? (attempt, state) : first ?? (attempt, state)
    notices += chosen.0.notices
    return chosen.1
  }

  /// Conflicts inside a list whose key was found and not declared, as one conflict of the list: a pointer that names
  /// an element would have to say by which field.
  private func asOneConflict(
    _ merged: DocumentState, keyField: JSONString, base: [JSONValue]
  ) -> DocumentState {
    if merged.conflicts.isEmpty { return merged }
    return DocumentState(
      candidates: Set(merged.variants(rule: .list(key: keyField, element: .byShape)).compactMap { $0 }),
      kind: .order, base: .array(base)
    )
  }

  // MARK: - Lists keyed by a field

  /// Three versions with the same names in the same order, which most are: nothing was added, removed or moved.
  ///
  /// - Returns: What the merge of any keyed lists gives; `nil` for others.
  private mutating func mergeElementsInOneOrder(
    _ lists: Versions<[JSONValue]>, key: JSONString, conflicts: Versions<OpenConflicts>,
    element rule: MergeRule,
    at pointer: JSONPointer
  ) -> DocumentState? {
    guard lists.ours.count == lists.base.count, lists.theirs.count == lists.base.count else { return nil }
    var names: [JSONString] = []
    names.reserveCapacity(lists.base.count)
    for index in lists.base.indices {
      guard let name = lists.base[index][key]?.string, lists.ours[index][key]?.string == name,
        lists.theirs[index][key]?.string == name
      else { return nil }
      names.append(name)
    }
    guard Set(names).count == names.count else { return nil }
    var merged: [JSONValue] = []
    merged.reserveCapacity(names.count)
    var open = OpenConflicts.none
    for (index, name) in names.enumerated() {
      let values = lists.map { $0[index] }
      let state = mergePart(values, conflicts, rule: rule, at: .element(name), of: pointer)
      guard let value = state.value else { continue }
      merged.append(value)
      open[.element(name)] = state.conflicts
    }
    return DocumentState(value: .array(merged), conflicts: open)
  }

  private mutating func mergeKeyed(
    _ lists: Versions<KeyedList>, conflicts: Versions<OpenConflicts>, element rule: MergeRule,
    at pointer: JSONPointer
  ) -> DocumentState {
    let moved = Versions<Set<JSONString>>(
      base: [], ours: lists.ours.moved(against: lists.base),
      theirs: lists.theirs.moved(against: lists.base))
    var states: [JSONString: DocumentState] = [:]
    for key in Set(lists.ours.order).union(lists.theirs.order).sorted() {
      let step = JSONPointer.Step.element(key)
      let element = Versions(
        base: DocumentState(value: lists.base.elements[key], conflicts: conflicts.base[step]),
        ours: DocumentState(value: lists.ours.elements[key], conflicts: conflicts.ours[step]),
        theirs: DocumentState(value: lists.theirs.elements[key], conflicts: conflicts.theirs[step]))
      var merged = merge(element, rule: rule, at: pointer.appending(step))
      if merged.value == nil, let kept = keptByMove(element, key: key, moved: moved) { merged = kept }
      if merged.value != nil { states[key] = merged }
    }
    let outcome = mergeOrder(lists.map(\.order), survivors: Set(states.keys))
    for key in outcome.movedTwice {
      notices.append(
        Notice(kind: .movedTwice, pointer: pointer.appending(.element(key)), words: key.text))
    }
    for run in outcome.insertedTogether {
      notices.append(
        Notice(
          kind: .insertedTogether, pointer: pointer, words: run.map(\.text).joined(separator: ", ")))
    }
    var result = DocumentState(value: .array(outcome.order.compactMap { states[$0]?.value }))
    for key in outcome.order {
      result.conflicts[.element(key)] = states[key]?.conflicts ?? .none
    }
    return result
  }

  /// An element that one side deleted and the other put elsewhere: it stays, and a person decides.
  private func keptByMove(
    _ element: Versions<DocumentState>, key: JSONString, moved: Versions<Set<JSONString>>
  ) -> DocumentState? {
    guard let base = element.base.value else { return nil }
    let mover: DocumentState
    switch (element.ours.value, element.theirs.value) {
    case (nil, _?) where moved.theirs.contains(key): mover = element.theirs
    case (_?, nil) where moved.ours.contains(key): mover = element.ours
    default: return nil
    }
    var kept = mover
    kept.offerDeletion(base: base)
    return kept
  }

  // MARK: - Sets

  private mutating func mergeSets(_ lists: Versions<[JSONValue]>, at pointer: JSONPointer) -> DocumentState {
    let members = lists.map { list in
      var seen: Set<SetMember> = []
      return list.map(SetMember.init).filter { seen.insert($0).inserted }
    }
    let survivors = mergeCandidatesOfSet(members.map { Set($0) })
    let order = mergeOrder(members, survivors: survivors).order
    return DocumentState(value: .array(order.map(\.value)))
  }

  /// A member stays that both sides still have, or that one side added.
  private func mergeCandidatesOfSet(_ sets: Versions<Set<SetMember>>) -> Set<SetMember> {
    sets.ours.intersection(sets.theirs)
      .union(sets.ours.subtracting(sets.base))
      .union(sets.theirs.subtracting(sets.base))
  }

  // MARK: - Lists without identity

  /// Compares element by element; an element that both sides changed is merged itself where that leaves no
  /// conflict.
  private mutating func mergeSequences(
    _ lists: Versions<[JSONValue]>, element rule: MergeRule, at pointer: JSONPointer
  ) -> DocumentState {
    var ours: [JSONValue] = []
    var theirs: [JSONValue] = []
    var isContested = false
    func takeBoth(_ elements: some Sequence<JSONValue>) {
      ours += elements
      theirs += elements
    }
    for region in threeWayRegions(lists, touching: .merge) {
      switch region {
      case .agreed(let elements, _): takeBoth(elements)
      case .changed(_, _, let elements): takeBoth(elements)
      case .contested(let spans):
        if spans.base.isEmpty {
          let run = bothRuns(Array(spans.ours), Array(spans.theirs))
          takeBoth(run)
          notices.append(Notice(kind: .insertedTogether, pointer: pointer))
        } else if let merged = mergeAlone(spans, rule: rule, at: pointer) {
          takeBoth(merged)
        } else {
          isContested = true
          ours += spans.ours
          theirs += spans.theirs
        }
      }
    }
    guard isContested else { return DocumentState(value: .array(ours)) }
    return DocumentState(
      candidates: [.array(ours), .array(theirs)], kind: .order, base: .array(lists.base))
  }

  /// Both inserted runs whole, the smaller by bytes first; what one begins or ends with is not repeated.
  private func bothRuns(_ ours: [JSONValue], _ theirs: [JSONValue]) -> [JSONValue] {
    for (long, short) in [(ours, theirs), (theirs, ours)] where long.count >= short.count {
      if Array(long.prefix(short.count)) == short || Array(long.suffix(short.count)) == short {
        return long
      }
    }
    let runs = [ours, theirs].sorted { Candidate.value(.array($0)) < Candidate.value(.array($1)) }
    // The same element added on both sides counts once.
    return runs[0] + runs[1].filter { !runs[0].contains($0) }
  }

  /// One element that both sides changed, merged by itself; `nil` where that leaves a conflict.
  ///
  /// More than one would have to be paired by index, and equal places are no identity.
  private mutating func mergeAlone(
    _ spans: Versions<ArraySlice<JSONValue>>, rule: MergeRule, at pointer: JSONPointer
  ) -> [JSONValue]? {
    guard spans.base.count == 1, spans.ours.count == 1, spans.theirs.count == 1 else { return nil }
    var attempt = JSONMerge()
    let state = attempt.merge(spans.map { DocumentState(value: $0.first) }, rule: rule, at: pointer)
    guard let value = state.value, state.conflicts.isEmpty else { return nil }
    notices += attempt.notices
    return [value]
  }
}

/// Fields that name the elements of three versions of a list, though no schema says so: each element is an object
/// with a text under it, no two of a version with the same.
///
/// - Returns: Those under which most elements of the base are found again first, of these the usual names for a name.
private func naturalKeys(of lists: Versions<[JSONValue]>) -> [JSONString] {
  let all = [lists.base, lists.ours, lists.theirs]
  guard let first = all.joined().first?.object, all.joined().allSatisfy({ $0.object != nil }) else {
    return []
  }
  var found: [(key: JSONString, usual: Int, kept: Int)] = []
  for member in first.members where member.value.string != nil && member.key != "id" {
    let names = all.map { list in list.compactMap { $0[member.key]?.string } }
    guard zip(all, names).allSatisfy({ $0.count == $1.count && Set($1).count == $1.count }) else { continue }
    let base = Set(names[0])
    let kept = base.intersection(names[1]).count + base.intersection(names[2]).count
    // Nothing in common with the base names nothing.
    if !base.isEmpty, kept == 0 { continue }
    found.append((member.key, usualNames.firstIndex(of: member.key) ?? usualNames.count, kept))
  }
  return found.sorted {
    ($0.usual, -$0.kept) != ($1.usual, -$1.kept)
      ? ($0.usual, -$0.kept) < ($1.usual, -$1.kept) : $0.key < $1.key
  }.map(\.key)
}

private let usualNames: [JSONString] = ["uuid", "key", "slug", "name"]

/// A list whose elements are objects known by the text of one field.
private struct KeyedList {
  var order: [JSONString]
  var elements: [JSONString: JSONValue]

  /// `nil` where an element has no such field or two have the same.
  init?(_ list: [JSONValue], key: JSONString) {
    order = []
    elements = [:]
    for element in list {
      guard let name = element[key]?.string, elements.updateValue(element, forKey: name) == nil else {
        return nil
      }
      order.append(name)
    }
  }

  /// The keys that are not where the base had them, relative to the others.
  func moved(against base: KeyedList) -> Set<JSONString> {
    let places = Dictionary(uniqueKeysWithValues: base.order.enumerated().map { ($1, $0) })
    let known = order.filter { places[$0] != nil }
    let unmoved = longestIncreasing(known.compactMap { places[$0] }).map { known[$0] }
    return Set(known).subtracting(unmoved)
  }
}

/// A member of a set, known by its value and ordered by its canonical bytes.
private struct SetMember: Hashable, Comparable {
  var value: JSONValue

  init(_ value: JSONValue) { self.value = value }

  static func < (left: Self, right: Self) -> Bool {
    Candidate.value(left.value) < Candidate.value(right.value)
  }
}
