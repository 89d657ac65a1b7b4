import JSONTree
import ObjectModel
import ThreeWayMerge

/// Reads trees as people do, and remembers what it read.
final class Reader {
  let store: InMemoryObjectStore
  private var rules: [ObjectID?: MergeRules] = [:]
  private var marks: [ObjectID: Set<Int>] = [:]
  private var tokensOfBlob: [ObjectID: Set<JSONString>] = [:]
  private var tokensOfTree: [ObjectID: Set<JSONString>] = [:]

  init(store: InMemoryObjectStore) { self.store = store }

  func rules(in folder: ObjectID?) throws(ObjectStoreError) -> MergeRules {
    if let known = rules[folder] { return known }
    let read = try Rules.rules(in: folder, of: store)
    rules[folder] = read
    return read
  }

  /// A document of a tree, with its open conflicts.
  struct Document {
    enum Form { case json, text, opaque }

    var path: WorkspacePath
    var file: TreeFile
    var record: TreeFile?
    var form: Form
    var rule: MergeRule
    var state: DocumentState

    /// What is written for a value of this document.
    func bytes(of value: JSONValue?, in store: InMemoryObjectStore) throws -> [UInt8]? {
      guard let value else { return nil }
      return switch form {
      case .json: value.canonicalForm
      case .text: Array((value.text ?? "").utf8)
      case .opaque: try ObjectID(hex: value.text ?? "").map { try store.blob($0) }
      }
    }
  }

  /// The documents of a tree, sorted by path; records of conflicts count as part of theirs.
  func documents(in tree: ObjectID) throws -> [Document] {
    let files = try store.files(in: tree)
    let records = Dictionary(
      files.compactMap { entry in entry.path.documentOfRecord.map { ($0, entry.file) } },
      uniquingKeysWith: { $1 })
    let rules = try self.rules(in: store.folder(named: "schemas", in: tree))
    return try files.filter { $0.path.documentOfRecord == nil }.map { path, file in
      try document(at: path, file, record: records[path], rules: rules)
    }
  }

  private func document(
    at path: WorkspacePath, _ file: TreeFile, record: TreeFile?, rules: MergeRules
  ) throws -> Document {
    let bytes = try store.blob(file.id)
    let recorded = try record.flatMap { ConflictRecord(try JSONValue(parsing: store.blob($0.id))) }
    let content = FileContent(bytes, of: file.id, at: path)
    let rule = content.rule(rules)
    let state = DocumentState(content, of: file.id, recorded: recorded?.conflicts ?? .none, rule: rule)
    let form: Document.Form =
      switch content {
      case _ where state.conflicts.isOfWholeFiles: .opaque
      case .document: .json
      case .text: .text
      case .opaque: .opaque
      }
    return Document(path: path, file: file, record: record, form: form, rule: rule, state: state)
  }

  // MARK: - Marks

  /// The marked words that a tree holds: in documents, and among the candidates of conflicts that are open.
  func marks(in tree: ObjectID) throws -> Set<Int> {
    if let known = marks[tree] { return known }
    var found: Set<Int> = []
    for document in try documents(in: tree) {
      collect(document.state.value, into: &found)
      for (_, conflict) in document.state.conflicts.list {
        for value in conflict.values { collect(value, into: &found) }
      }
    }
    marks[tree] = found
    return found
  }

  private func collect(_ value: JSONValue?, into found: inout Set<Int>) {
    switch value {
    case .string(let string):
      collect(string.text.utf8, into: &found)
      // A file that is not read as text is known by its id.
      if string.text.utf8.count == 40, let id = ObjectID(hex: string.text), let bytes = try? store.blob(id) {
        collect(bytes, into: &found)
      }
    case .array(let elements): for element in elements { collect(element, into: &found) }
    case .object(let object):
      for member in object.members {
        collect(member.key.text.utf8, into: &found)
        collect(member.value, into: &found)
      }
    default: break
    }
  }

  private func collect(_ bytes: some Sequence<UInt8>, into found: inout Set<Int>) {
    var number: Int?
    for byte in bytes {
      if let digits = number, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
        number = digits * 10 + Int(byte - UInt8(ascii: "0"))
        continue
      }
      if let number, number > 0 { found.insert(number) }
      number = byte == UInt8(ascii: "m") ? 0 : nil
    }
    if let number, number > 0 { found.insert(number) }
  }

  // MARK: - Tokens

  /// Every word, sign, number and key that stands in the files of a tree.
  func tokens(in tree: ObjectID) throws -> Set<JSONString> {
    if let known = tokensOfTree[tree] { return known }
    var found: Set<JSONString> = []
    for (path, file) in try store.files(in: tree) {
      found.formUnion(try tokens(of: file, isRecord: path.documentOfRecord != nil))
    }
    tokensOfTree[tree] = found
    return found
  }

  private func tokens(of file: TreeFile, isRecord: Bool) throws -> Set<JSONString> {
    if let known = tokensOfBlob[file.id] { return known }
    var found: Set<JSONString> = []
    let bytes = try store.blob(file.id)
    if let value = try? JSONValue(parsing: bytes) {
      if isRecord, let record = ConflictRecord(value) {
        for (_, conflict) in record.conflicts.list {
          for value in conflict.values { tokens(of: value, into: &found) }
          if let base = conflict.base { tokens(of: base, into: &found) }
        }
      } else {
        tokens(of: value, into: &found)
      }
    } else if let text = String(validating: bytes, as: UTF8.self) {
      found = Set(textTokens(text))
    }
    tokensOfBlob[file.id] = found
    return found
  }

  private func tokens(of value: JSONValue, into found: inout Set<JSONString>) {
    switch value {
    case .string(let string):
      // The id of a file that is not read as text.
      if string.text.utf8.count == 40, ObjectID(hex: string.text) != nil { return }
      found.formUnion(textTokens(string.text))
    case .array(let elements): for element in elements { tokens(of: element, into: &found) }
    case .object(let object):
      for member in object.members {
        found.insert(JSONString("key " + member.key.text))
        tokens(of: member.value, into: &found)
      }
    case .number(let number): found.insert(JSONString("number " + number.text))
    case .null, .bool: break
    }
  }
}
