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

/// The text that bytes are; `nil` where they are not UTF-8, or hold zeros, as no text does.
func plainText(of bytes: [UInt8]) -> String? {
  bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
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
  /// The same with the questions inside as well, where the form is `.opaque` and ``states`` know of whole files only.
  let statesWithQuestions: Versions<DocumentState>
  /// What is open inside, where the form is `.opaque`.
  let waiting: OpenConflicts
  /// The base's file, where the form is `.opaque` and a side settled something in it by leaving it as it was.
  let settled: ObjectID?
  /// Those that are JSON, to write what comes of them.
  private(set) var documents = JSONVersions()

  init(
    _ bytes: Versions<[UInt8]?>, records: Versions<[UInt8]?>, ids: Versions<ObjectID?>, isJSON: Bool,
    rules: MergeRules
  ) {
    let presentCount = [bytes.base, bytes.ours, bytes.theirs].count { $0 != nil }
    let read =
      isJSON
      ? bytes.parsed(by: &documents).map { $0?.value }
      : bytes.map { $0.flatMap(plainText(of:)).map { JSONValue($0) } }
    let values = [read.base, read.ours, read.theirs].compactMap { $0 }

    let open = records.map { bytes in
      bytes.map(OpenConflicts.init(recordedIn:)) ?? .none
    }
    // What is open between whole files names them by their bytes. It stays so until somebody settles it, though the file
    // that is shown can be read: the others would be lost. Also where each side chose another one.
    let isOpenAsWhole = [open.base, open.ours, open.theirs].contains(where: \.isOfWholeFiles)

    let isReadable = values.count == presentCount && !isOpenAsWhole
    (form, rule) =
      switch (isReadable, isJSON) {
      case (true, true): (.json, rules.rule(for: values))
      case (true, false): (.text, .text)
      case (false, _): (.opaque, .atomic)
      }
    waiting = isReadable ? .none : open.waiting(in: ids)
    let isSettledAsItWas = [(ids.ours, open.ours), (ids.theirs, open.theirs)].contains { id, left in
      left.settlesSomething(of: open.base) && (id == ids.base || left.offers(ids.base))
    }
    settled = !isReadable && !open.base.isOfWholeFiles && isSettledAsItWas ? ids.base : nil
    if isReadable {
      states = Versions(
        base: DocumentState(document: read.base, recorded: open.base, rule: rule),
        ours: DocumentState(document: read.ours, recorded: open.ours, rule: rule),
        theirs: DocumentState(document: read.theirs, recorded: open.theirs, rule: rule))
      statesWithQuestions = states
    } else {
      states = Versions(
        base: DocumentState(wholeFile: ids.base, recorded: open.base),
        ours: DocumentState(wholeFile: ids.ours, recorded: open.ours),
        theirs: DocumentState(wholeFile: ids.theirs, recorded: open.theirs))
      statesWithQuestions = Versions(
        base: states.base.asking(open.base), ours: states.ours.asking(open.ours),
        theirs: states.theirs.asking(open.theirs))
    }
  }
}
