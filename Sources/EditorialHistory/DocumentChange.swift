public import JSONTree
public import ObjectModel
public import ThreeWayMerge

/// What became of one document, or of one other file, between two versions of a workspace.
public struct DocumentChange: Hashable, Sendable {
  public enum Change: String, CaseIterable, Sendable {
    case added
    case removed
    /// It stands where it stood; its fields, its conflicts or only its layout are others.
    case changed
    /// The file has another path; its fields may have changed as well.
    case moved
  }

  /// What the bytes of a file were compared as.
  public enum Form: String, CaseIterable, Sendable {
    /// A JSON document, by its fields.
    case document
    /// Other text: one change of the whole, with its words.
    case text
    /// Neither, in one of the versions: a picture, or JSON that can not be read. No fields.
    case opaque
  }

  /// Where it is; where it was, for a removed one.
  public var path: WorkspacePath
  /// Where it was, for a moved one.
  public var formerPath: WorkspacePath?
  /// What the document says of itself, now or, for a removed one, last. `nil` where it does not say it as text.
  public var id: JSONString?
  public var kind: JSONString?
  public var title: JSONString?
  public var change: Change
  public var form: Form
  /// Empty where only the layout, the mode of the file or its open conflicts are others, and for opaque files.
  public var fields: [FieldChange]
  /// `nil` where no open conflict came or went.
  public var conflicts: ConflictChange?

  public init(
    _ change: Change, at path: WorkspacePath, from formerPath: WorkspacePath? = nil, id: JSONString? = nil,
    kind: JSONString? = nil, title: JSONString? = nil, form: Form = .document, fields: [FieldChange] = [],
    conflicts: ConflictChange? = nil
  ) {
    self.path = path
    self.formerPath = formerPath
    self.id = id
    self.kind = kind
    self.title = title
    self.change = change
    self.form = form
    self.fields = fields
    self.conflicts = conflicts
  }
}

/// What became of the open conflicts of a document. Pointers are sorted by their bytes.
public struct ConflictChange: Hashable, Sendable {
  /// Places in conflict that were not.
  public var opened: [JSONPointer]
  /// Places that were in conflict and are settled.
  public var settled: [JSONPointer]
  /// Places still in conflict, with other candidates or another one of them shown.
  public var changed: [JSONPointer]

  public init(opened: [JSONPointer] = [], settled: [JSONPointer] = [], changed: [JSONPointer] = []) {
    self.opened = opened
    self.settled = settled
    self.changed = changed
  }

  /// - Returns: `nil` where both are the same.
  init?(from old: OpenConflicts, to new: OpenConflicts) {
    if old == new { return nil }
    opened = new.list.map(\.pointer).filter { old[$0] == nil }
    settled = old.list.map(\.pointer).filter { new[$0] == nil }
    changed = new.list.filter { old[$0.pointer] != nil && old[$0.pointer] != $0.conflict }.map(\.pointer)
  }
}
