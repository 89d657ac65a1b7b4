import JSONTree
import PlantedBugs
import Wording

/// What a merge gives: always a value, the conflicts that are left, and what was settled by rule.
public struct JSONMergeOutcome: Hashable, Sendable {
  public var state: DocumentState
  /// Sorted by pointer.
  public var notices: [Notice]
}

/// Merges two edited versions of a JSON document; a state without a value is a deleted document.
///
/// The same arguments give the same outcome on every machine, and exchanging `ours` and `theirs` gives the same
/// value and the same conflicts. A change made on one side only is kept. Where no rule reconciles two changes,
/// the document shows the candidate that sorts last by its canonical bytes, and the conflict holds all of them.
/// A conflict that was open before is merged like any other value: settled by one side it is settled, and a
/// candidate that side had not seen comes back.
public func mergeJSON(_ versions: Versions<DocumentState>, rule: MergeRule) -> JSONMergeOutcome {
  var merge = JSONMerge()
  let state = merge.merge(versions, rule: rule, at: .root)
  let notices = merge.notices.sorted {
    let (left, right) = ($0.pointer.description + " " + $0.words, $1.pointer.description + " " + $1.words)
    return JSONString(left) < JSONString(right)
  }
  return JSONMergeOutcome(state: state, notices: notices)
}

/// One merge on its way through a document. The functions for lists and texts are in extensions.
struct JSONMerge {
  var notices: [Notice] = []

  /// Merges what stands at one place: first whether it exists, then what it says.
  mutating func merge(
    _ versions: Versions<DocumentState>, rule: MergeRule, at pointer: JSONPointer
  ) -> DocumentState {
    resolveTrivially(versions) ?? mergeChanges(versions, rule: rule, at: pointer)
  }

  /// Merges what both sides changed, each in its own way.
  private mutating func mergeChanges(
    _ versions: Versions<DocumentState>, rule: MergeRule, at pointer: JSONPointer
  ) -> DocumentState {
    let isDeletedNowhere = [versions.base, versions.ours, versions.theirs].allSatisfy {
      $0.conflicts.here?.offersDeletion != true
    }
    if isDeletedNowhere, versions.ours.value != nil, versions.theirs.value != nil {
      return mergeContent(versions, rule: rule, at: pointer)
    }
    let presence = mergePresence(versions)
    guard presence.contains(.present) else { return .absent }

    let contents = versions.map(\.withoutPresence)
    var merged: DocumentState
    switch (contents.ours.value, contents.theirs.value) {
    case (nil, _): merged = contents.theirs
    case (_, nil): merged = contents.ours
    default: merged = resolveTrivially(contents) ?? mergeContent(contents, rule: rule, at: pointer)
    }
    if presence.contains(.absent) { merged.offerDeletion(base: versions.base.value) }
    return merged
  }

  /// Merges what stands at one step of three containers that all have it.
  mutating func mergePart(
    _ values: Versions<JSONValue>, _ conflicts: Versions<OpenConflicts>, rule: @autoclosure () -> MergeRule,
    at step: JSONPointer.Step, of pointer: JSONPointer
  ) -> DocumentState {
    let areSettled = conflicts.base.isEmpty && conflicts.ours.isEmpty && conflicts.theirs.isEmpty
    // Most parts, and comparing them is most of the work.
    if areSettled, let only = resolveTrivially(values) { return DocumentState(value: only) }
    let part = Versions(
      base: DocumentState(value: values.base, conflicts: conflicts.base[step]),
      ours: DocumentState(value: values.ours, conflicts: conflicts.ours[step]),
      theirs: DocumentState(value: values.theirs, conflicts: conflicts.theirs[step]))
    if !areSettled, let only = resolveTrivially(part) { return only }
    return mergeChanges(part, rule: rule(), at: pointer.appending(step))
  }

  /// Merges two versions that both exist and differ.
  mutating func mergeContent(
    _ versions: Versions<DocumentState>, rule: MergeRule, at pointer: JSONPointer
  ) -> DocumentState {
    let isSettled = [versions.base, versions.ours, versions.theirs].allSatisfy { $0.conflicts.here == nil }
    switch rule {
    case .byShape:
      guard isSettled else { break }
      if versions.allHold({ $0.object != nil }) {
        return mergeObjects(versions, rule: .object(members: [:], others: .byShape), at: pointer)
      }
      if versions.allHold({ $0.array != nil }) { return mergeLists(versions, rule: rule, at: pointer) }
    case .object:
      if isSettled, versions.allHold({ $0.object != nil }) {
        return mergeObjects(versions, rule: rule, at: pointer)
      }
    case .list, .sequence, .set:
      if versions.allHold({ $0.array != nil }) { return mergeLists(versions, rule: rule, at: pointer) }
    case .text:
      if versions.allHold({ $0.string != nil }), let merged = mergeTexts(versions, at: pointer) {
        return merged
      }
    case .ordered(let steps):
      if let safer = saferStep(versions, steps: steps) {
        notices.append(Notice(kind: .saferStep, pointer: pointer, words: safer.text ?? ""))
        return DocumentState(value: safer)
      }
    case .earliest:
      if let earlier = earlierMoment(versions) {
        notices.append(Notice(kind: .earlierMoment, pointer: pointer, words: earlier.text ?? ""))
        return DocumentState(value: earlier)
      }
    case .derived:
      let larger = [versions.ours, versions.theirs].compactMap(\.value)
        .max { Candidate.value($0) < Candidate.value($1) }
      return DocumentState(value: larger)
    case .atomic: break
    }
    return mergeAtoms(versions, rule: rule)
  }

  /// One value for the whole: the candidates of either side.
  func mergeAtoms(_ versions: Versions<DocumentState>, rule: MergeRule) -> DocumentState {
    let candidates = versions.map { Set($0.possibleValues(rule: rule)) }
    let merged = mergeCandidates(candidates)
    let (isOurs, isTheirs) = (merged == candidates.ours, merged == candidates.theirs)
    // Of two that differ in something else, neither is right.
    if isOurs, !isTheirs || versions.ours == versions.theirs { return versions.ours }
    if isTheirs, !isOurs { return versions.theirs }
    let shapes = Set(merged.map(\.shape))
    return DocumentState(
      candidates: merged, kind: shapes.count > 1 ? .type : .value, base: versions.base.value)
  }

  private mutating func mergeObjects(
    _ versions: Versions<DocumentState>, rule: MergeRule, at pointer: JSONPointer
  ) -> DocumentState {
    let objects = versions.map { $0.value?.object ?? JSONObject() }
    let conflicts = versions.map(\.conflicts)
    if let state = mergeMembersInOneOrder(objects, conflicts: conflicts, rule: rule, at: pointer) {
      return state
    }
    // Looking members up one by one would cost the square of their number.
    let members = objects.map { object in
      Dictionary(object.members.map { ($0.key, $0.value) }) { first, _ in first }
    }
    var states: [JSONString: DocumentState] = [:]
    for key in Set(members.ours.keys).union(members.theirs.keys).sorted() {
      let step = JSONPointer.Step.key(key)
      let member = Versions(
        base: DocumentState(value: members.base[key], conflicts: conflicts.base[step]),
        ours: DocumentState(value: members.ours[key], conflicts: conflicts.ours[step]),
        theirs: DocumentState(value: members.theirs[key], conflicts: conflicts.theirs[step]))
      let merged = merge(member, rule: rule.rule(forMember: key), at: pointer.appending(step))
      if merged.value != nil { states[key] = merged }
    }
    let order = mergeOrder(objects.map(\.keys), survivors: Set(states.keys)).order
    var result = DocumentState(value: nil)
    var merged: [JSONObject.Member] = []
    for key in order {
      guard let state = states[key], let value = state.value else { continue }
      merged.append(JSONObject.Member(key: key, value: value))
      result.conflicts[.key(key)] = state.conflicts
    }
    result.value = .object(JSONObject(uniqueMembers: merged))
    return result
  }

  /// Three versions with the same keys in the same order, which most are: nothing has to be looked up or put in order.
  ///
  /// - Returns: What the merge of any objects gives; `nil` for others.
  private mutating func mergeMembersInOneOrder(
    _ objects: Versions<JSONObject>, conflicts: Versions<OpenConflicts>, rule: MergeRule,
    at pointer: JSONPointer
  ) -> DocumentState? {
    let members = objects.map(\.members)
    guard members.ours.count == members.base.count, members.theirs.count == members.base.count,
      members.base.indices.allSatisfy({
        members.ours[$0].key == members.base[$0].key && members.theirs[$0].key == members.base[$0].key
      })
    else { return nil }
    var merged: [JSONObject.Member] = []
    merged.reserveCapacity(members.base.count)
    var open = OpenConflicts.none
    for (index, key) in members.base.lazy.map(\.key).enumerated() {
      let values = Versions(
        base: members.base[index].value, ours: members.ours[index].value, theirs: members.theirs[index].value)
      let state = mergePart(values, conflicts, rule: rule.rule(forMember: key), at: .key(key), of: pointer)
      guard let value = state.value else { continue }
      merged.append(JSONObject.Member(key: key, value: value))
      open[.key(key)] = state.conflicts
    }
    return DocumentState(value: .object(JSONObject(uniqueMembers: merged)), conflicts: open)
  }

  private mutating func mergeTexts(
    _ versions: Versions<DocumentState>, at pointer: JSONPointer
  ) -> DocumentState? {
    let texts = versions.map { $0.possibleValues(rule: .text).compactMap(\.string) }
    // A candidate that is no text makes it a question of the whole value.
    guard texts.ours.count == versions.ours.possibleValues(rule: .text).count,
      texts.theirs.count == versions.theirs.possibleValues(rule: .text).count
    else { return nil }
    let outcome = mergeText(texts)
    for sentence in outcome.sentencesToReadAgain {
      notices.append(Notice(kind: .readAgain, pointer: pointer, words: sentence))
    }
    for run in outcome.insertedTogether {
      notices.append(Notice(kind: .insertedTogether, pointer: pointer, words: run))
    }
    return DocumentState(
      candidates: Set(outcome.candidates.map(JSONValue.string)), kind: .text, base: versions.base.value)
  }

  /// The safest of two different steps; `nil` where a step is unknown to the workflow.
  private func saferStep(_ versions: Versions<DocumentState>, steps: [JSONString]) -> JSONValue? {
    var safest: (rank: Int, value: JSONValue)?
    for value in versions.ours.possibleValues(rule: .atomic) + versions.theirs.possibleValues(rule: .atomic) {
      guard let step = value.string, let rank = steps.firstIndex(of: step) else { return nil }
      if safest.map({ rank > $0.rank }) ?? true { safest = (rank, value) }
    }
    return safest?.value
  }

  /// The earliest of different moments, of those of one second the first by bytes; `nil` where one is no moment.
  private func earlierMoment(_ versions: Versions<DocumentState>) -> JSONValue? {
    var earliest: (seconds: Int, text: JSONString, value: JSONValue)?
    for value in versions.ours.possibleValues(rule: .atomic) + versions.theirs.possibleValues(rule: .atomic) {
      guard let text = value.string, let instant = Instant(rfc3339: text.text) else { return nil }
      let moment = (instant.secondsSince1970, text, value)
      if earliest.map({ (moment.0, moment.1) < ($0.seconds, $0.text) }) ?? true { earliest = moment }
    }
    return earliest?.value
  }
}

// MARK: - Presence

/// Whether a value exists: a set of both while a deletion stands against an edit.
private enum Presence: Hashable {
  case absent, present
  /// Present and changed since the base: a claim of its own that it shall exist.
  case edited
}

private func mergePresence(_ versions: Versions<DocumentState>) -> Set<Presence> {
  func presence(_ state: DocumentState, isBase: Bool) -> Set<Presence> {
    guard state.value != nil else { return [.absent] }
    let isEdited = !isBase && state.withoutPresence != versions.base.withoutPresence
    let present: Presence = isEdited ? .edited : .present
    return state.conflicts.here?.offersDeletion == true ? [.absent, present] : [present]
  }
  var sides = Versions(
    base: presence(versions.base, isBase: true),
    ours: presence(versions.ours, isBase: false),
    theirs: presence(versions.theirs, isBase: false))
  // Only a deletion on the other side makes an edit a claim; two edits agree that it exists.
  if !sides.ours.contains(.absent), !sides.theirs.contains(.absent) { return [.present] }
  if EngineBug.letsDeletionsWin.isPlanted { return [.absent] }
  if sides.ours.contains(.edited), sides.theirs.contains(.edited) {
    sides = sides.map { Set($0.map { $0 == .edited ? .present : $0 }) }
  }
  return Set(mergeCandidates(sides).map { $0 == .edited ? .present : $0 })
}

extension DocumentState {
  /// The same, without the question whether it exists.
  fileprivate var withoutPresence: DocumentState {
    guard let here = conflicts.here, here.offersDeletion else { return self }
    var copy = self
    let values = here.candidates.filter { $0 != .deleted && $0 != .kept }
    copy.conflicts.here =
      values.count > 1 ? here.offering(values) : nil
    return copy
  }

  /// Records that one side deleted what the other changed.
  mutating func offerDeletion(base: JSONValue?) {
    if let here = conflicts.here {
      conflicts.here = here.offering(Set(here.candidates).union([.deleted]))
    } else {
      conflicts.here = Conflict(kind: .deleteEdit, base: base, candidates: [.deleted, .kept])
    }
  }

  /// One value is settled; several are a conflict that shows the last.
  init(candidates: Set<JSONValue>, kind: Conflict.Kind, base: JSONValue?) {
    let sorted = candidates.map(Candidate.value).sorted()
    guard case .value(let shown)? = sorted.last else {
      self = .absent
      return
    }
    value = shown
    let isOpen = sorted.count > 1 && !EngineBug.takesOneSide.isPlanted
    conflicts = OpenConflicts(here: isOpen ? Conflict(kind: kind, base: base, candidates: sorted) : nil)
  }

  /// What the value may be: the candidates of its own conflict, or each way the conflicts further in may be
  /// settled, so that no candidate is left out. Sorted by canonical bytes.
  ///
  /// - Parameter rule: Says which field names the elements of lists.
  func possibleValues(rule: MergeRule) -> [JSONValue] {
    if conflicts.isEmpty { return value.map { [$0] } ?? [] }
    let values = Set(variants(rule: rule).compactMap { $0 })
    return values.map(Candidate.value).sorted().compactMap {
      if case .value(let value) = $0 { value } else { nil }
    }
  }

  /// The values the document takes when the first candidate of each open conflict is chosen, then the second, and so
  /// on; `nil` where that deletes it. As many as the longest conflict has candidates.
  ///
  /// - Parameter rule: Says which field names the elements of lists.
  func variants(rule: MergeRule) -> [JSONValue?] {
    guard let value else { return [nil] }
    if let here = conflicts.here {
      return here.candidates.flatMap { candidate -> [JSONValue?] in
        switch candidate {
        case .deleted: [nil]
        case .value(let value): [value]
        case .kept: DocumentState(value: value, conflicts: conflicts.insideOnly).variants(rule: rule)
        }
      }
    }
    if conflicts.isEmpty { return [value] }
    switch value {
    case .object(let object):
      let members = object.members.map { member in
        DocumentState(value: member.value, conflicts: conflicts[.key(member.key)])
          .variants(rule: rule.rule(forMember: member.key))
      }
      return choices(among: members).map { chosen in
        .object(
          JSONObject(
            uniqueMembers: zip(object.members, chosen).compactMap { member, value in
              value.map { JSONObject.Member(key: member.key, value: $0) }
            }))
      }
    case .array(let list):
      let (keyField, elementRule) = rule.elementKey
      let elements = list.enumerated().map { index, element in
        let named = element[keyField]?.string.map { conflicts[.element($0)] } ?? .none
        let open = named.isEmpty ? conflicts[.index(index)] : named
        return DocumentState(value: element, conflicts: open).variants(rule: elementRule)
      }
      return choices(among: elements).map { .array($0.compactMap { $0 }) }
    default: return [value]
    }
  }
}

/// The first of all parts, then the second of all, and so on; a part with fewer repeats its last.
private func choices(among parts: [[JSONValue?]]) -> [[JSONValue?]] {
  (0..<(parts.map(\.count).max() ?? 1)).map { index in parts.map { $0[min(index, $0.count - 1)] } }
}

extension OpenConflicts {
  fileprivate var insideOnly: OpenConflicts {
    var copy = self
    copy.here = nil
    return copy
  }
}

extension Versions where Value == DocumentState {
  /// Whether both sides, and the base where there is one, hold a value of one shape in every candidate.
  fileprivate func allHold(_ isShape: (JSONValue) -> Bool) -> Bool {
    [base, ours, theirs].allSatisfy { state in
      guard let value = state.value else { return true }
      return isShape(value) && (state.conflicts.here?.values.allSatisfy(isShape) ?? true)
    }
  }
}

extension JSONValue {
  fileprivate enum Shape { case null, bool, number, string, array, object }

  fileprivate var shape: Shape {
    switch self {
    case .null: .null
    case .bool: .bool
    case .number: .number
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }
}
