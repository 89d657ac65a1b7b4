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
    // A text may be forty digits, too.
    guard let here, here.kind != .text, !here.values.isEmpty else { return false }
    return here.values.allSatisfy { $0.namedFile != nil }
  }
}

extension DocumentState {
  /// What a file says, with what is left of its recorded conflicts now that it says this.
  ///
  /// - Parameter id: The object id of the file.
  public init(_ content: FileContent, of id: ObjectID, recorded: OpenConflicts, rule: MergeRule) {
    if recorded.isOfWholeFiles {
      self.init(document: JSONValue(id.hex), recorded: recorded, rule: .atomic)
      // Somebody wrote something else. It may still be a question whether it shall exist, and that names no file.
      if !conflicts.isOfWholeFiles { value = content.value }
    } else if case .opaque = content, recorded.here?.values.isEmpty == false {
      // Words were contested, and nothing that has words stands there any more.
      self.init(value: content.value)
    } else {
      self.init(document: content.value, recorded: recorded, rule: rule)
    }
  }
}
