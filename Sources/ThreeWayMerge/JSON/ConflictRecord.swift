public import JSONTree
public import ObjectModel

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
///
/// A merge of three versions or more may make a document on the way that no version holds. Where such a one is a candidate, only
/// its name would be known to whoever gets the result; so `files` has the text of each candidate that has one, by its name.
public struct ConflictRecord: Hashable, Sendable {
  public var conflicts: OpenConflicts
  /// What those of the candidates say that are files, can be read and are not shown.
  public private(set) var files: [ObjectID: [UInt8]] = [:]

  /// - Parameter files: Those that are no candidates, or stand in the place of the document, are left out.
  public init(_ conflicts: OpenConflicts, files: [ObjectID: [UInt8]] = [:]) {
    self.conflicts = conflicts
    guard !files.isEmpty, conflicts.isOfWholeFiles, let here = conflicts.here else { return }
    for (place, candidate) in here.candidates.enumerated() where place != here.shown {
      if case .value(let value) = candidate, let id = value.namedFile { self.files[id] = files[id] }
    }
  }

  /// Reads a record; `nil` where it does not have this shape.
  ///
  /// A record is rebuilt from history at any time, so one that was damaged by hand counts as none.
  public init?(_ value: JSONValue) {
    guard let entries = value["conflicts"]?.array else { return nil }
    var conflicts = OpenConflicts.none
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
    var files: [ObjectID: [UInt8]] = [:]
    for member in value["files"]?.object?.members ?? [] {
      // Whoever writes into a record can't give a file another content.
      guard let id = ObjectID(hex: member.key.text), let text = member.value.text,
        case let bytes = Array(text.utf8), ObjectID(blob: bytes) == id
      else { continue }
      files[id] = bytes
    }
    self.init(conflicts, files: files)
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
    var record: JSONObject = ["conflicts": .array(entries), "kind": "conflicts"]
    if !files.isEmpty {
      let texts = files.sorted { $0.key < $1.key }.map {
        JSONObject.Member(
          key: JSONString($0.key.hex), value: JSONValue(String(decoding: $0.value, as: UTF8.self)))
      }
      record["files"] = .object(JSONObject(uniqueMembers: texts))
    }
    return .object(record)
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
