public import JSONTree

/// One thing a person may choose when settling a conflict.
public enum Candidate: Hashable, Sendable {
  /// The value, element or document is gone.
  case deleted
  /// It stays as it stands in the document, whatever that is by now.
  case kept
  /// This value.
  case value(JSONValue)
}

extension Candidate: Comparable {
  /// Deletion first, then values by their canonical bytes: the last one is shown, but for ``Conflict/shown``.
  public static func < (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.deleted, .deleted), (.kept, _): false
    case (.deleted, _), (.value, .kept): true
    case (.value, .deleted): false
    case (.value(let left), .value(let right)):
      left.canonicallyPrecedes(right)
    }
  }
}

/// Two or more changes no rule reconciles, at one place of a document.
///
/// It holds values only. Who wrote them and when is looked up in history when it is shown, so that every replica
/// records the same bytes.
public struct Conflict: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    /// One value, changed differently.
    case value
    /// Words of a text, changed differently.
    case text
    /// One side deleted what the other changed.
    case deleteEdit = "delete-edit"
    /// Each side made another shape of it: a list, an object, a text.
    case type
    /// Elements of a list without identity, changed differently.
    case order
  }

  public var kind: Kind
  /// What it was before both changes; `nil` where there was nothing, or it is not known as one value.
  public var base: JSONValue?
  /// At least two, sorted.
  public let candidates: [Candidate]
  /// Which of them stands in the document: the last, but where somebody went on writing in a whole file.
  public let shown: Int

  /// - Parameters:
  ///   - candidates: At least two, in any order.
  ///   - shown: One of them; the last where it is none, or `nil`.
  public init(
    kind: Kind, base: JSONValue?, candidates: some Sequence<Candidate>, showing shown: Candidate? = nil
  ) {
    self.kind = kind
    self.base = base
    self.candidates = candidates.sorted()
    self.shown = shown.flatMap(self.candidates.firstIndex) ?? self.candidates.count - 1
  }

  /// The values among the candidates, sorted by their canonical bytes.
  public var values: [JSONValue] {
    candidates.compactMap { if case .value(let value) = $0 { value } else { nil } }
  }

  public var offersDeletion: Bool { candidates.first == .deleted }

  /// The same with other candidates, of which the one that is shown stays so if it is among them.
  func offering(_ candidates: some Sequence<Candidate>) -> Conflict {
    Conflict(kind: kind, base: base, candidates: candidates, showing: self.candidates[shown])
  }
}

/// The open conflicts of a document by place, as a tree of the same shape as the document.
public struct OpenConflicts: Hashable, Sendable {
  /// The conflict of this very place.
  public var here: Conflict?
  /// The conflicts further in, never empty ones.
  public private(set) var inside: [JSONPointer.Step: OpenConflicts] = [:]

  public static let none = OpenConflicts()

  public init(here: Conflict? = nil) { self.here = here }

  public init(_ conflicts: some Sequence<(JSONPointer, Conflict)>) {
    for (pointer, conflict) in conflicts { self[pointer] = conflict }
  }

  public var isEmpty: Bool { here == nil && inside.isEmpty }

  /// Those further in alone.
  public var withoutHere: OpenConflicts {
    var inner = self
    inner.here = nil
    return inner
  }

  func with(here conflict: Conflict?) -> OpenConflicts {
    var all = self
    all.here = conflict
    return all
  }

  /// The conflicts below one step.
  public subscript(step: JSONPointer.Step) -> OpenConflicts {
    get { inside[step] ?? .none }
    set {
      // Nearly always nothing is open, and a place among nothing need not be looked for.
      if newValue.isEmpty, inside.isEmpty { return }
      inside[step] = newValue.isEmpty ? nil : newValue
    }
  }

  /// The conflict at a place.
  public subscript(pointer: JSONPointer) -> Conflict? {
    get {
      var place = self
      for step in pointer.steps { place = place[step] }
      return place.here
    }
    set { set(newValue, at: pointer.steps[...]) }
  }

  private mutating func set(_ conflict: Conflict?, at steps: ArraySlice<JSONPointer.Step>) {
    guard let first = steps.first else {
      here = conflict
      return
    }
    var next = self[first]
    next.set(conflict, at: steps.dropFirst())
    self[first] = next
  }

  /// All of them, sorted by the bytes of their pointers.
  public var list: [(pointer: JSONPointer, conflict: Conflict)] {
    var found: [(JSONPointer, Conflict)] = []
    collect(at: .root, into: &found)
    return found.sorted { JSONString($0.0.description) < JSONString($1.0.description) }
      .map { (pointer: $0.0, conflict: $0.1) }
  }

  private func collect(at pointer: JSONPointer, into found: inout [(JSONPointer, Conflict)]) {
    if let here { found.append((pointer, here)) }
    for (step, conflicts) in inside { conflicts.collect(at: pointer.appending(step), into: &found) }
  }
}

/// What a document is at one moment: its value, if it exists, and its open conflicts.
public struct DocumentState: Hashable, Sendable {
  /// `nil` for a document, member or element that does not exist.
  public var value: JSONValue?
  public var conflicts: OpenConflicts

  public init(value: JSONValue?, conflicts: OpenConflicts = .none) {
    self.value = value
    self.conflicts = conflicts
  }

  public static let absent = DocumentState(value: nil)
}
