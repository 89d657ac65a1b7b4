import JSONTree
import ThreeWayMerge

/// How well a version answers for a candidate.
enum Likeness: Int, Comparable {
  /// It noted the candidate as one of an open question: what somebody had not committed yet, and never did otherwise.
  case record
  /// It made the same value by a change of something else.
  case value
  /// It brought a part of what tells the candidate from the others.
  case part
  /// It brought all of it, next to other words.
  case words
  /// It brought the candidate.
  case whole

  static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What tells one candidate from the others.
///
/// A merged candidate holds more than the change that it is about: other people's words around, and what somebody
/// wrote beside it while the conflict was open. So equality alone is no proof, and difference alone no refusal.
enum CandidateMarks {
  /// Nothing but the value itself.
  case none
  /// Words of a text that neither the other candidates nor the base have: whoever brought them wrote it.
  case ownWords(Set<JSONString>)
  /// Where a text differs by common words, or lacks some: the words it has there, alone and with those around.
  case spots([(own: [JSONString], inContext: [JSONString])])
  /// The elements of a list that others do not have, and those only others have.
  case elements(own: Set<JSONValue>, others: Set<JSONValue>)

  init(of value: JSONValue, in conflict: Conflict) {
    let others = conflict.values.filter { $0 != value }
    switch conflict.kind {
    case .text:
      let known = (others + [conflict.base].compactMap { $0 }).compactMap(\.text)
      let own = Set(words(of: value)).subtracting(known.flatMap(textTokens))
      self =
        own.isEmpty
        ? .spots(others.flatMap { differences(in: value.text ?? "", unlike: $0.text ?? "") }) : .ownWords(own)
    case .order:
      let known = others.map { Set($0.array ?? []) }
      let elements = Set(value.array ?? [])
      self = .elements(
        own: elements.filter { element in !known.allSatisfy { $0.contains(element) } },
        others: Set(known.joined()).subtracting(elements))
    case .value, .type, .deleteEdit: self = .none
    }
  }

  func likeness(of value: JSONValue, before: JSONValue?, after: JSONValue) -> Likeness? {
    let fallback: Likeness? = after == value ? .value : nil
    switch self {
    case .none: return after == value ? .whole : nil
    case .ownWords(let own):
      let brought = own.intersection(words(of: after)).subtracting(words(of: before))
      return brought.isEmpty ? fallback : brought == own ? .whole : .part
    case .spots(let spots):
      let (old, new) = (words(of: before), words(of: after))
      if new.isEmpty, after == value { return .whole }
      let isNew = { (words: [JSONString]) in !words.isEmpty && new.holds(words) && !old.holds(words) }
      guard spots.contains(where: { isNew($0.inContext) || isNew($0.own) }) else { return fallback }
      if after == value || spots.allSatisfy({ new.holds($0.inContext) }) { return .whole }
      return spots.allSatisfy { new.holds($0.own) } ? .words : .part
    case .elements(let own, let others):
      let (old, new) = (Set(before?.array ?? []), Set(after.array ?? []))
      let brought = own.intersection(new).subtracting(old)
      let took = others.intersection(old).subtracting(new)
      if brought.isEmpty, took.isEmpty { return fallback }
      return own.isSubset(of: new) && others.isDisjoint(with: new) ? .whole : .part
    }
  }
}

private func words(of value: JSONValue?) -> [JSONString] {
  textTokens(value?.text ?? "").filter { !$0.text.allSatisfy(\.isWhitespace) }
}

/// The spots where a text differs from another one, white space left out.
private func differences(in text: String, unlike other: String) -> [(
  own: [JSONString], inContext: [JSONString]
)] {
  let runs = wordRuns(from: other, to: text)
  var spots: [(own: [JSONString], inContext: [JSONString])] = []
  for (index, run) in runs.enumerated() where run.kind != .same {
    // A removed run with an added one behind it is one spot.
    if run.kind == .removed, index + 1 < runs.count, runs[index + 1].kind == .added { continue }
    let own = run.kind == .added ? words(of: JSONValue(run.text)) : []
    let before = runs[..<index].last { $0.kind == .same }.map { words(of: JSONValue($0.text)) } ?? []
    let after = runs[(index + 1)...].first.map { words(of: JSONValue($0.text)) } ?? []
    spots.append((own, before.suffix(1) + own + after.prefix(1)))
  }
  return spots
}

extension [JSONString] {
  /// Whether the words stand here one after the other.
  fileprivate func holds(_ words: [JSONString]) -> Bool {
    guard words.count <= count else { return false }
    return (0...(count - words.count)).contains { self[$0..<($0 + words.count)].elementsEqual(words) }
  }
}
