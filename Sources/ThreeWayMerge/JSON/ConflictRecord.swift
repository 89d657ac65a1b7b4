public import JSONTree

/// The file that carries the open conflicts of a document: `conflicts/<path of the document>`.
///
/// ```json
/// {
///   "conflicts": [
///     {
///       "base": "2026-11-03T09:00:00-05:00",
///       "candidates": [ { "value": "2026-11-03T10:00:00-05:00" }, { "value": "2026-11-03T11:00:00-05:00" } ],
///       "kind": "value",
///       "pointer": "/variants/facebook/schedule/at",
///       "shown": 1
///     }
///   ],
///   "kind": "conflicts"
/// }
/// ```
///
/// A candidate is `{"value": …}`, `{"deleted": true}` or `{"kept": true}` (it stays as it stands in the
/// document). `shown` is the index of the candidate in the document, and read only where candidates are whole files:
/// elsewhere it is the last. Entries are sorted by pointer, candidates by their canonical bytes, so the file is a pure
/// function of values. Where the file as a whole is open, what is open inside it stands in its record too, is shown nowhere,
/// and waits until the file is chosen. Source: ARCHITECTURE.md.
public struct ConflictRecord: Hashable, Sendable {
  public var conflicts: OpenConflicts

  public init(_ conflicts: OpenConflicts) { self.conflicts = conflicts }

  /// Reads a record; `nil` where it does not have this shape.
  ///
  /// A record is rebuilt from history at any time, so one that was damaged by hand counts as none.
  public init?(_ value: JSONValue) {
    guard let entries = value["conflicts"]?.array else { return nil }
    conflicts = .none
    for entry in entries {
      guard let text = entry["pointer"]?.text, let pointer = try? JSONPointer(parsing: text),
        let kind = entry["kind"]?.text.flatMap(Conflict.Kind.init(rawValue:)),
        let list = entry["candidates"]?.array
      else { return nil }
      let candidates = list.compactMap(Candidate.init(recorded:))
      guard candidates.count == list.count, Set(candidates).count > 1 else { return nil }
      let conflict = Conflict(kind: kind, base: entry["base"], candidates: Set(candidates))
      let shown = entry["shown"]?.number.flatMap { Int($0.text) }
      conflicts[pointer] =
        if pointer.steps.isEmpty, conflict.isOfWholeFiles, let shown, candidates.indices.contains(shown),
          case .value = candidates[shown]
        {
          Conflict(
            kind: kind, base: entry["base"], candidates: conflict.candidates, showing: candidates[shown])
        } else {
          conflict
        }
    }
  }

  public var value: JSONValue {
    let entries: [JSONValue] = conflicts.list.map { pointer, conflict in
      var entry: JSONObject = [
        "candidates": .array(conflict.candidates.map(\.recorded)),
        "kind": JSONValue(conflict.kind.rawValue),
        "pointer": JSONValue(pointer.description),
        "shown": .number(JSONNumber(conflict.shown)),
      ]
      if let base = conflict.base { entry["base"] = base }
      return .object(entry)
    }
    return ["conflicts": .array(entries), "kind": "conflicts"]
  }
}

extension Candidate {
  fileprivate init?(recorded value: JSONValue) {
    guard let object = value.object, object.count == 1, let member = object.members.first else { return nil }
    switch (member.key, member.value) {
    case ("value", let value): self = .value(value)
    case ("deleted", .bool(true)): self = .deleted
    case ("kept", .bool(true)): self = .kept
    default: return nil
    }
  }

  fileprivate var recorded: JSONValue {
    switch self {
    case .deleted: ["deleted": true]
    case .kept: ["kept": true]
    case .value(let value): ["value": value]
    }
  }
}
