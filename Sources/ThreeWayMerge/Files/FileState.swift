import JSONTree
public import ObjectModel

/// How the bytes of a file are merged.
enum FileForm: Hashable {
  /// A JSON document, by its rules.
  case json
  /// Other text, by lines and words.
  case text
  /// Anything else, and JSON that does not parse: whole, known by its object id.
  case opaque
}

/// A file of one version, and the record of its open conflicts.
struct FileVersion: Hashable {
  var file: TreeFile?
  var record: TreeFile?
}

extension WorkspacePath {
  /// Where the open conflicts of the document at this path are recorded.
  public var conflictRecord: WorkspacePath {
    get throws(PathRefusal) { try WorkspacePath("conflicts").appending(self) }
  }

  /// The document a conflict record belongs to; `nil` for any other path.
  public var documentOfRecord: WorkspacePath? {
    (try? WorkspacePath("conflicts")).flatMap(relative(to:))
  }

  /// Whether it is JSON by its name.
  public var isJSON: Bool { name.utf8.suffix(5).elementsEqual(".json".utf8) }
}

/// A file's content as a document state, in the form that all versions of it share.
struct FileStates {
  let form: FileForm
  let rule: MergeRule
  let states: Versions<DocumentState>

  init(
    _ bytes: Versions<[UInt8]?>, records: Versions<[UInt8]?>, ids: Versions<ObjectID?>, isJSON: Bool,
    rules: MergeRules
  ) {
    let present = [bytes.base, bytes.ours, bytes.theirs].compactMap { $0 }
    let parsed = bytes.map { $0.flatMap { try? JSONValue(parsing: $0) } }
    let parsedCount = [parsed.base, parsed.ours, parsed.theirs].count { $0 != nil }
    let texts = bytes.map { $0.flatMap { String(validating: $0, as: UTF8.self) } }
    let textCount = [texts.base, texts.ours, texts.theirs].count { $0 != nil }

    let open = records.map { bytes in
      bytes.map(OpenConflicts.init(recordedIn:)) ?? .none
    }
    // What is open between whole files names them by their bytes. It stays so until somebody settles it, though the file
    // that is shown can be read: the others would be lost.
    let isOpenAsWhole = open.ours.isOfWholeFiles || open.theirs.isOfWholeFiles

    let values: Versions<JSONValue?>
    if isJSON, parsedCount == present.count, !isOpenAsWhole {
      form = .json
      rule = rules.rule(for: [parsed.base, parsed.ours, parsed.theirs].compactMap { $0 })
      values = parsed
    } else if !isJSON, textCount == present.count, !isOpenAsWhole,
      !present.contains(where: { $0.contains(0) })
    {
      form = .text
      rule = .text
      values = texts.map { $0.map { JSONValue($0) } }
    } else {
      form = .opaque
      rule = .atomic
      values = ids.map { $0.map { JSONValue($0.hex) } }
    }
    states = Versions(
      base: DocumentState(document: values.base, recorded: open.base, rule: rule),
      ours: DocumentState(document: values.ours, recorded: open.ours, rule: rule),
      theirs: DocumentState(document: values.theirs, recorded: open.theirs, rule: rule))
  }
}
