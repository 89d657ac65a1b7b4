public import JSONTree
public import ObjectModel
public import ThreeWayMerge

/// The kinds of documents a workspace has: those that come with Ligne, as its `schemas` folder has them, and its own.
///
/// A file `schemas/<kind>.schema.json` makes a kind or replaces the built-in one. A file that can't be used disables
/// only itself: the built-in schema holds, or the shape of the values for a kind of the team's own, and `problems`
/// names it.
///
/// Built-in schemas decide merges where a workspace has none, so they belong to the version of the merge rules:
/// changing their `x-merge` asks for a new one, or two people with two programs would get two trees.
public struct SchemaSet: Sendable {
  /// Sorted by name.
  public let kinds: [DocumentKind]
  /// The files that can't be used, sorted by path.
  public let problems: [SchemaProblem]
  /// What the set was made from.
  let files: [(path: WorkspacePath, bytes: [UInt8])]
  private let kindsByName: [JSONString: Int]

  /// Larger files are no schemas.
  static let greatestSize = 1 << 20

  /// The schemas that come with Ligne.
  public static let builtIn = SchemaSet(files: [])

  /// - Parameter files: The files of a workspace's `schemas` folder, by their path in the workspace; others are ignored.
  public init(files: [(path: WorkspacePath, bytes: [UInt8])]) {
    var problems: [SchemaProblem] = []
    var sources: [JSONString: (source: JSONValue, path: WorkspacePath?)] = [:]
    for (name, source) in BuiltInSchemas.sources { sources[name] = (source, nil) }
    for (path, bytes) in files.sorted(by: { $0.path < $1.path }) {
      guard let name = path.schemaKind else { continue }
      do throws(SchemaProblem.Reason) {
        sources[name] = (try readSchema(bytes, kind: name), path)
      } catch {
        problems.append(SchemaProblem(path: path, reason: error))
      }
    }

    // Files of one folder may refer to each other by name.
    var library: [String: JSONValue] = [:]
    for (name, file) in sources { library[name.fileName] = file.source }
    var kinds: [DocumentKind] = []
    for (name, file) in sources.sorted(by: { $0.key < $1.key }) {
      do throws(SchemaError) {
        kinds.append(try makeKind(name, file.source, library: library, isBuiltIn: file.path == nil))
      } catch {
        if files.isEmpty { preconditionFailure("built-in schema \(name): \(error)") }
        if let path = file.path { problems.append(SchemaProblem(path: path, reason: .schema(error))) }
        if let builtIn = BuiltInSchemas.kinds[name] { kinds.append(builtIn) }
      }
    }
    self.files = files
    self.kinds = kinds
    self.problems = problems.sorted { $0.path < $1.path }
    kindsByName = Dictionary(uniqueKeysWithValues: kinds.enumerated().map { ($1.name, $0) })
  }

  public func kind(named name: JSONString) -> DocumentKind? { kindsByName[name].map { kinds[$0] } }

  /// The kind a document says it is; `nil` where it says none, or one that no schema describes.
  public func kind(of document: JSONValue) -> DocumentKind? {
    document["kind"]?.string.flatMap(kind(named:))
  }

  /// How a document merges; by the shape of its values where its kind is unknown.
  public func mergeRule(for document: JSONValue) -> MergeRule { kind(of: document)?.mergeRule ?? .byShape }

  /// Whether a field is fixed when the document is made. What no schema describes may change.
  public func isImmutable(_ pointer: JSONPointer, in document: JSONValue) -> Bool {
    kind(of: document)?.schema.isImmutable(pointer) ?? false
  }
}

private func readSchema(_ bytes: [UInt8], kind: JSONString) throws(SchemaProblem.Reason) -> JSONValue {
  guard bytes.count <= SchemaSet.greatestSize else { throw .tooBig(bytes: bytes.count) }
  let source: JSONValue
  do {
    source = try JSONValue(parsing: bytes)
  } catch {
    throw .syntax(error)
  }
  if let said = source["properties"]?["kind"]?["const"]?.string, said != kind { throw .otherKind(said) }
  return source
}

private func makeKind(
  _ name: JSONString, _ source: JSONValue, library: [String: JSONValue], isBuiltIn: Bool
) throws(SchemaError) -> DocumentKind {
  let schema = try Schema(source, address: name.fileName, library: library)
  return try DocumentKind(name: name, schema: schema, isBuiltIn: isBuiltIn)
}

extension BuiltInSchemas {
  static let sources: [JSONString: JSONValue] = {
    var sources: [JSONString: JSONValue] = [:]
    for (name, text) in files {
      do {
        sources[JSONString(name)] = try JSONValue(parsing: Array(text.utf8))
      } catch {
        preconditionFailure("built-in schema \(name): \(error)")
      }
    }
    return sources
  }()

  /// The built-in kinds, for workspaces whose own schema of that kind can't be used.
  static let kinds: [JSONString: DocumentKind] = Dictionary(
    uniqueKeysWithValues: SchemaSet.builtIn.kinds.map { ($0.name, $0) })
}

extension JSONString {
  /// `post.schema.json` for `post`.
  fileprivate var fileName: String { text + ".schema.json" }
}

extension WorkspacePath {
  /// Whether the file describes a kind of document.
  public var isSchema: Bool { components.first.map { $0.utf8.elementsEqual("schemas".utf8) } ?? false }

  private static let schemaEnding = ".schema.json"

  /// The kind a schema file describes by its name; `nil` for any other file.
  var schemaKind: JSONString? {
    let parts = components
    guard parts.count == 2, parts[0].utf8.elementsEqual("schemas".utf8) else { return nil }
    let (name, ending) = (parts[1].utf8, Self.schemaEnding.utf8)
    guard name.count > ending.count, name.suffix(ending.count).elementsEqual(ending) else { return nil }
    return JSONString(String(Substring(name.dropLast(ending.count))))
  }
}
