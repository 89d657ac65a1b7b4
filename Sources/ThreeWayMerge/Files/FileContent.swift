public import JSONTree
public import ObjectModel

/// What the bytes of a file say, in the form that a merge looks at.
public enum FileContent: Hashable, Sendable {
  case document(JSONValue)
  case text(String)
  /// Anything else, and JSON that can't be read: whole, known by its object id.
  case opaque(ObjectID)

  /// - Parameters:
  ///   - id: The object id of these bytes.
  ///   - path: Whose name says whether it is JSON. Anything else is text where it can be.
  public init(_ bytes: [UInt8], of id: ObjectID, at path: WorkspacePath) {
    self.init(bytes, of: id, isJSON: path.isJSON)
  }

  init(_ bytes: [UInt8], of id: ObjectID, isJSON: Bool) {
    if isJSON {
      self = (try? JSONValue(parsing: bytes)).map(FileContent.document) ?? .opaque(id)
    } else if let text = plainText(of: bytes) {
      self = .text(text)
    } else {
      self = .opaque(id)
    }
  }

  /// The value that merges and conflicts are about.
  public var value: JSONValue {
    switch self {
    case .document(let value): value
    case .text(let text): JSONValue(text)
    case .opaque(let id): JSONValue(id.hex)
    }
  }

  public func rule(_ rules: MergeRules) -> MergeRule {
    switch self {
    case .document(let value): rules.rule(for: value)
    case .text: .text
    case .opaque: .atomic
    }
  }
}

extension JSONValue {
  /// The file that this candidate of a conflict names by its bytes; `nil` for one that is no object id.
  public var namedFile: ObjectID? {
    // A file has one name.
    text.flatMap { ObjectID(hex: $0) }.flatMap { JSONValue($0.hex) == self ? $0 : nil }
  }
}

extension ConflictRecord {
  /// Reads a record; `nil` for one that was damaged, and for whatever else somebody has put there.
  public init?(reading bytes: [UInt8]) {
    guard let value = try? JSONValue(parsing: bytes), let record = ConflictRecord(value) else { return nil }
    self = record
  }

  /// Reads a record; one that was damaged counts as one of nothing.
  public init(recordedIn bytes: [UInt8]) {
    self = ConflictRecord(reading: bytes) ?? ConflictRecord(.none)
  }
}

extension OpenConflicts {
  /// Reads a conflict record; one that was damaged counts as none.
  public init(recordedIn bytes: [UInt8]) {
    self = ConflictRecord(recordedIn: bytes).conflicts
  }

  /// Whether the file as a whole is contested between versions that can't be merged by what they say. Its candidates are
  /// the object ids of these, whatever the file that is shown may say.
  public var isOfWholeFiles: Bool {
    here?.isOfWholeFiles == true
  }
}

extension Conflict {
  /// Whether its candidates are the object ids of files, if it is that of a file as a whole.
  var isOfWholeFiles: Bool {
    // A text may be forty digits, too.
    kind != .text && !values.isEmpty && values.allSatisfy { $0.namedFile != nil }
  }

  /// What is open between whole files while this one stands there: where it is another one, it comes to them. All stay until
  /// somebody chooses, for whoever saved it may not have seen any of them, and least the one it covered.
  fileprivate func showing(_ file: ObjectID) -> Conflict {
    let file = Candidate.value(JSONValue(file.hex))
    return Conflict(
      kind: kind, base: base, candidates: Set(candidates).union([file]), showing: file)
  }
}

extension DocumentState {
  /// What a file says, with what is left of its recorded conflicts now that it says this.
  ///
  /// - Parameter id: The object id of the file.
  public init(_ content: FileContent, of id: ObjectID, recorded: OpenConflicts, rule: MergeRule) {
    if recorded.isOfWholeFiles {
      self.init(wholeFile: id, recorded: recorded)
      if conflicts.isOfWholeFiles {
        conflicts = recorded.withoutHere.with(here: conflicts.here)
      } else {
        // Somebody wrote in the only one that is left. It is still a question whether it shall exist, and that names no
        // file.
        let here = conflicts.here
        self.init(chosen: content, waiting: recorded, rule: rule)
        conflicts.here = here
      }
    } else if case .opaque = content {
      // What is open inside waits until it can be read. Where words of the whole were contested, nothing that has words
      // stands there any more.
      let here = recorded.here.flatMap { $0.values.isEmpty ? $0 : nil }
      self.init(value: content.value, conflicts: recorded.with(here: here))
    } else {
      self.init(document: content.value, recorded: recorded, rule: rule)
    }
  }

  /// What came of two sides that are known by their bytes: of several files it shows one that stands on a side, for a
  /// record may name some that nobody has; the last of them, so that exchanging the sides changes nothing.
  func showingOne(of sides: Versions<DocumentState>) -> DocumentState {
    let standing = [sides.ours.value, sides.theirs.value].compactMap { $0 }
    guard self != sides.ours, self != sides.theirs, let here = conflicts.here, here.isOfWholeFiles,
      let shown = standing.filter(here.values.contains).map(Candidate.value).max(),
      case .value(let value) = shown
    else { return self }
    let conflict = Conflict(
      kind: here.kind, base: here.base, candidates: here.candidates, showing: shown)
    return DocumentState(value: value, conflicts: conflicts.with(here: conflict))
  }

  /// A file that is known by its bytes, with what is left of its recorded conflicts now that it is this one.
  ///
  /// - Parameter id: `nil` for one that does not exist.
  init(wholeFile id: ObjectID?, recorded: OpenConflicts) {
    let here = recorded.here.flatMap { $0.isOfWholeFiles || $0.values.isEmpty ? $0 : nil }
    if let id, let here, here.isOfWholeFiles, here.values.count > 1 {
      self.init(value: JSONValue(id.hex), conflicts: OpenConflicts(here: here.showing(id)))
    } else {
      self.init(document: id.map { JSONValue($0.hex) }, recorded: OpenConflicts(here: here), rule: .atomic)
    }
  }
}
