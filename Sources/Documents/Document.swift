public import JSONTree
public import ObjectModel
import ThreeWayMerge

/// What a document may be at most. Nothing a person writes comes near.
public enum DocumentLimits {
  /// In bytes: 4 MiB.
  public static let size = 4 << 20
  /// Objects and lists inside each other.
  public static let depth = 64
}

/// A document file that was read and that its schema accepts.
public struct Document: Sendable {
  public let path: WorkspacePath
  /// What it says, unknown fields included.
  public let value: JSONValue
  public let kind: DocumentKind

  /// A document that somebody else has checked, or that stands for one: nothing is asked of a schema here.
  public init(path: WorkspacePath, value: JSONValue, kind: DocumentKind) {
    (self.path, self.value, self.kind) = (path, value, kind)
  }

  /// Its id. A file name is only a label; this is what the document is.
  public var id: JSONString { value["id"]?.string ?? "" }

  /// What names it in a list: its title, the beginning of its text, or else its path.
  public var title: String { kind.title(of: value) ?? path.text }

  /// Reads a document and checks it against the schema of its kind.
  public static func read(
    _ path: WorkspacePath, _ bytes: [UInt8], schemas: SchemaSet
  ) -> Result<Document, DocumentProblem> {
    readDocument(path, bytes).flatMap { value in
      let name = value["kind"]?.string
      guard let kind = name.flatMap(schemas.kind(named:)) else {
        return .failure(DocumentProblem(path: path, reason: .unknownKind(name)))
      }
      let violations = kind.schema.violations(of: value)
      if violations.isEmpty { return .success(Document(path: path, value: value, kind: kind)) }
      let placed = placed(violations, in: bytes, kind: kind)
      return .failure(DocumentProblem(path: path, reason: .violations(placed)))
    }
  }
}

extension Document {
  /// Reads a document of a known kind without asking whether the schema of that kind accepts every field of it.
  ///
  /// For what looks at many documents and takes from each what is there, such as checks and lists.
  public static func recognize(
    _ path: WorkspacePath, _ bytes: [UInt8], schemas: SchemaSet
  ) -> Result<Document, DocumentProblem> {
    readDocument(path, bytes).flatMap { value in
      let name = value["kind"]?.string
      guard let kind = name.flatMap(schemas.kind(named:)) else {
        return .failure(DocumentProblem(path: path, reason: .unknownKind(name)))
      }
      return .success(Document(path: path, value: value, kind: kind))
    }
  }
}

/// Reads a document without asking whether a schema accepts it.
///
/// - Returns: What it says; the problem is one of syntax, depth or size.
public func readDocument(_ path: WorkspacePath, _ bytes: [UInt8]) -> Result<JSONValue, DocumentProblem> {
  guard bytes.count <= DocumentLimits.size else {
    return .failure(DocumentProblem(path: path, reason: .tooBig(bytes: bytes.count)))
  }
  do {
    return .success(try JSONValue(parsing: bytes, depthLimit: DocumentLimits.depth))
  } catch {
    if case .depthExceeded(let limit) = error.reason {
      return .failure(DocumentProblem(path: path, reason: .tooDeep(limit: limit, at: error.position)))
    }
    return .failure(DocumentProblem(path: path, reason: .syntax(error)))
  }
}

/// Reads a document and checks it: by the schema of its kind, and a schema by whether it can be used.
public func checkDocument(
  _ path: WorkspacePath, _ bytes: [UInt8], schemas: SchemaSet
) -> Result<JSONValue, DocumentProblem> {
  guard path.schemaKind == nil else {
    return readDocument(path, bytes).flatMap { value in
      // With the others of the workspace, which it may refer to.
      let set = SchemaSet(files: schemas.files.filter { $0.path != path } + [(path, bytes)])
      guard let problem = set.problems.first(where: { $0.path == path }) else { return .success(value) }
      return .failure(DocumentProblem(path: path, reason: .schema(problem)))
    }
  }
  return Document.read(path, bytes, schemas: schemas).map(\.value)
}

/// Violations with their lines, in the order of the file.
private func placed(
  _ violations: [SchemaViolation], in bytes: [UInt8], kind: DocumentKind
) -> [DocumentProblem.PlacedViolation] {
  guard let map = try? SourceMap(parsing: bytes, depthLimit: DocumentLimits.depth) else {
    preconditionFailure("a document that was read can be read again")
  }
  let keyField = { kind.mergeRule.keyField(at: $0) }
  let placed = violations.map { violation in
    let isAboutKey =
      switch violation.reason {
      case .unknownMember, .badName: true
      default: false
      }
    let key = isAboutKey ? map.keyRange(of: violation.pointer, keyField: keyField) : nil
    let range = key ?? map.range(of: violation.pointer, keyField: keyField)
    let position = range?.start ?? map.position(ofByte: 0)
    return DocumentProblem.PlacedViolation(violation: violation, position: position)
  }
  // Violations of one place stay in their order.
  return placed.enumerated()
    .sorted { ($0.element.position.offset, $0.offset) < ($1.element.position.offset, $1.offset) }
    .map(\.element)
}
