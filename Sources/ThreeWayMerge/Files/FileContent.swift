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
    if path.isJSON {
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
  public var namedFile: ObjectID? { text.flatMap { ObjectID(hex: $0) } }
}

extension OpenConflicts {
  /// Reads a conflict record; one that was damaged counts as none.
  public init(recordedIn bytes: [UInt8]) {
    self = (try? JSONValue(parsing: bytes)).flatMap(ConflictRecord.init)?.conflicts ?? .none
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

  /// What is open between whole files while another one stands there: it takes the place of the one that was shown. The
  /// others stay until somebody chooses, for whoever saved it may not have seen them.
  fileprivate func showing(_ file: ObjectID) -> Conflict {
    let file = Candidate.value(JSONValue(file.hex))
    var left = Set(candidates)
    if !left.contains(file) { left.remove(candidates[shown]) }
    return Conflict(kind: kind, base: base, candidates: left.union([file]), showing: file)
  }
}

extension DocumentState {
  /// What a file says, with what is left of its recorded conflicts now that it says this.
  ///
  /// - Parameter id: The object id of the file.
  public init(_ content: FileContent, of id: ObjectID, recorded: OpenConflicts, rule: MergeRule) {
    if recorded.isOfWholeFiles {
      self.init(wholeFile: id, recorded: recorded)
      // Somebody wrote in the only one that is left. It is still a question whether it shall exist, and that names no file.
      if !conflicts.isOfWholeFiles { value = content.value }
    } else if case .opaque = content, recorded.here?.values.isEmpty == false {
      // Words were contested, and nothing that has words stands there any more.
      self.init(value: content.value)
    } else {
      self.init(document: content.value, recorded: recorded, rule: rule)
    }
  }

  /// A file that is known by its bytes, with what is left of its recorded conflicts now that it is this one.
  ///
  /// - Parameter id: `nil` for one that does not exist.
  init(wholeFile id: ObjectID?, recorded: OpenConflicts) {
    if let id, let here = recorded.here, here.isOfWholeFiles, here.values.count > 1 {
      self.init(value: JSONValue(id.hex), conflicts: OpenConflicts(here: here.showing(id)))
    } else {
      self.init(document: id.map { JSONValue($0.hex) }, recorded: recorded, rule: .atomic)
    }
  }
}
