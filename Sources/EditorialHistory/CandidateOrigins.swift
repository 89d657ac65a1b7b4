public import JSONTree
public import ObjectModel
public import ThreeWayMerge
public import Wording

/// Who wrote something: the version that brought it, and what that version says of itself.
public struct Origin: Hashable, Sendable {
  public var commit: ObjectID
  public var by: Author
  public var at: Moment

  public init(commit: ObjectID, by: Author, at: Moment) {
    self.commit = commit
    self.by = by
    self.at = at
  }
}

/// An open conflict of a document, and who wrote its candidates.
public struct AttributedConflict: Hashable, Sendable {
  public var pointer: JSONPointer
  public var conflict: Conflict
  /// One for each candidate, in their order; `nil` where no version is known to have brought it.
  public var origins: [Origin?]

  public init(pointer: JSONPointer, conflict: Conflict, origins: [Origin?]) {
    self.pointer = pointer
    self.conflict = conflict
    self.origins = origins
  }
}

extension History {
  /// Looks up who wrote the candidates of the open conflicts of a document.
  ///
  /// It is the newest version that made the candidate of what was there before: the value itself; for a text,
  /// whose candidates hold merged parts of others, the words in which it differs from the other candidates; for a
  /// deletion, the version that deleted; for what stays as it is, the last one that changed it. What met others’ work before
  /// it was committed stands in the record of a version alone, and is by whoever made that. Only the versions of this
  /// document are read, and only until all are found.
  ///
  /// - Returns: Sorted by the bytes of the pointers.
  public func candidateOrigins(
    of conflicts: OpenConflicts, in document: WorkspacePath
  ) throws(ObjectStoreError) -> [AttributedConflict] {
    let open = conflicts.list
    var searches = open.map { entry in
      entry.conflict.candidates.map {
        CandidateSearch(
          $0, of: entry.conflict, at: entry.pointer, isWholeFile: conflicts.isOfWholeFiles)
      }
    }
    var trail = DocumentTrail(of: document, in: self)
    while searches.joined().contains(where: { !$0.isSettled }), let step = try trail.nextStep() {
      let origin = Origin(commit: step.id, by: Author(step.commit.author), at: Moment(step.commit.author))
      for conflict in searches.indices {
        for candidate in searches[conflict].indices {
          searches[conflict][candidate].look(at: step.pair, of: origin)
        }
      }
    }
    return zip(open, searches).map { entry, searches in
      AttributedConflict(
        pointer: entry.pointer, conflict: entry.conflict, origins: searches.map { $0.best?.origin })
    }
  }
}

/// The search for the version that brought one candidate.
private struct CandidateSearch {
  private let candidate: Candidate
  private let pointer: JSONPointer
  /// Whether a candidate is the name of a file's bytes.
  private let isWholeFile: Bool
  private let marks: CandidateMarks
  private(set) var best: (likeness: Likeness, origin: Origin)?

  var isSettled: Bool { best?.likeness == .whole }

  init(_ candidate: Candidate, of conflict: Conflict, at pointer: JSONPointer, isWholeFile: Bool) {
    self.candidate = candidate
    self.pointer = pointer
    self.isWholeFile = isWholeFile
    if case .value(let value) = candidate {
      marks = CandidateMarks(of: value, in: conflict)
    } else {
      marks = .none
    }
  }

  mutating func look(at pair: SnapshotPair, of origin: Origin) {
    if let best, best.likeness == .whole { return }
    let (before, after) = (value(in: pair.old, pair.rule), value(in: pair.new, pair.rule))
    guard let likeness = likeness(before: before, after: after, pair) ?? (notes(pair) ? .record : nil) else {
      return
    }
    if best.map({ likeness > $0.likeness }) ?? true { best = (likeness, origin) }
  }

  /// Whether the candidate came into the record by this version.
  private func notes(_ pair: SnapshotPair) -> Bool {
    func holds(_ snapshot: Snapshot?) -> Bool {
      snapshot?.recorded[pointer]?.candidates.contains(candidate) == true
    }
    return holds(pair.new) && !holds(pair.old)
  }

  private func value(in snapshot: Snapshot?, _ rule: MergeRule) -> JSONValue? {
    guard let snapshot else { return nil }
    if isWholeFile { return JSONValue(snapshot.file.id.hex) }
    return snapshot.content.value.value(at: pointer.steps[...], rule: rule)
  }

  private func likeness(before: JSONValue?, after: JSONValue?, _ pair: SnapshotPair) -> Likeness? {
    switch candidate {
    case .deleted: return before != nil && after == nil ? .whole : nil
    case .kept:
      guard after != nil else { return nil }
      if before != after { return .whole }
      // An element that was only put elsewhere was changed as well.
      return pair.fields.contains { $0.pointer == pointer && $0.change == .moved } ? .whole : nil
    case .value(let value):
      guard before != after, let after else { return nil }
      return marks.likeness(of: value, before: before, after: after)
    }
  }
}
