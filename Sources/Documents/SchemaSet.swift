public import JSONTree
public import ObjectModel
import Synchronization
public import ThreeWayMerge
import Wording

/// The kinds of documents a workspace has: those that come with Ligne, as its `schemas` folder has them, and its own.
///
/// A file `schemas/<kind>.schema.json` makes a kind or replaces the built-in one. A file that can't be used disables
/// only itself: the built-in schema holds, or the shape of the values for a kind of the team's own, and `problems`
/// names it.
///
/// Built-in schemas decide merges where a workspace has none, so they belong to the version of the merge rules:
/// changing their `x-merge` asks for a new one, or two people with two programs would get two trees.
public struct SchemaSet: Sendable {
  /// What the set was made from.
  let files: [(path: WorkspacePath, bytes: [UInt8])]
  private let shelf: Shelf
  private let known = KnownKinds()

  /// Larger files are no schemas.
  static let greatestSize = 1 << 20

  /// The schemas that come with Ligne.
  public static let builtIn = SchemaSet(files: [])

  /// - Parameter files: The files of a workspace's `schemas` folder, by their path in the workspace; others are ignored.
  public init(files: [(path: WorkspacePath, bytes: [UInt8])]) {
    self.files = files
    shelf = Shelf(files)
  }

  /// Sorted by name.
  public var kinds: [DocumentKind] { shelf.names.compactMap(kind(named:)) }

  /// The files that can't be used, sorted by path.
  public var problems: [SchemaProblem] {
    shelf.names.compactMap { shelf.problem(of: $0) }.sorted { $0.path < $1.path }
  }

  public func kind(named name: JSONString) -> DocumentKind? { known.kind(named: name, on: shelf) }

  /// The kind that people call so: by its name, or by its title in French or in English, one or several, whatever the capitals
  /// and accents.
  ///
  /// The name counts first, for the title of one kind may be the name of another.
  public func kind(called words: String) -> DocumentKind? {
    if let kind = kind(named: JSONString(words)) { return kind }
    func parts(_ words: String) -> [Substring] { readableWords(of: words, limit: .max).split(separator: "-") }
    let typed = parts(words)
    if typed.isEmpty { return nil }
    return kinds.first { kind in
      [kind.name.text, kind.title.french, kind.title.english].map(parts).contains { name in
        // In French several words of one may have an “s”: “plans de crise”, “réponses types”.
        name.count == typed.count && zip(name, typed).allSatisfy { $0 == $1 || $0 + "s" == $1 }
      }
    }
  }

  /// What the schema of a kind says; `nil` where there is none.
  fileprivate func details(of name: JSONString) -> DocumentKind.Details? { shelf.details(of: name) }

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

/// The kinds that a command has met.
private final class KnownKinds: Sendable {
  private let known = Mutex<[JSONString: DocumentKind]>([:])

  /// `nil` where there is no such kind, or none that can be used.
  func kind(named name: JSONString, on shelf: Shelf) -> DocumentKind? {
    if let kind = known.withLock({ $0[name] }) { return kind }
    guard let kind = newKind(named: name, on: shelf) else { return nil }
    // Whoever else made it meanwhile made the same.
    known.withLock { $0[name] = kind }
    return kind
  }

  /// What comes with Ligne is a kind whatever a file of the workspace says; of a kind of the team's own only its schema
  /// tells whether it is one.
  private func newKind(named name: JSONString, on shelf: Shelf) -> DocumentKind? {
    if BuiltInSchemas.texts[name] != nil {
      return DocumentKind(name: name) {
        guard let details = shelf.details(of: name) else { preconditionFailure("built-in schema \(name)") }
        return details
      }
    }
    return shelf.details(of: name).map { details in DocumentKind(name: name) { details } }
  }
}

/// Schemas that are read when somebody first asks for their kind: most commands need one or two of twenty.
private final class Shelf: Sendable {
  /// Of all kinds, sorted.
  let names: [JSONString]
  /// The files of the workspace by kind; of two for one kind the one whose path comes last.
  private let files: [JSONString: (path: WorkspacePath, bytes: [UInt8])]
  private let read = Mutex(Read())

  private struct Read {
    var sources: [JSONString: Source] = [:]
    var made: [JSONString: Made] = [:]
  }

  /// What a kind is made from.
  private struct Source {
    var value: JSONValue?
    var path: WorkspacePath?
    /// What is wrong with the workspace's file, which then counts for nothing.
    var problem: SchemaProblem?
  }

  private struct Made {
    var details: DocumentKind.Details?
    var problem: SchemaProblem?
  }

  init(_ files: [(path: WorkspacePath, bytes: [UInt8])]) {
    var byKind: [JSONString: (path: WorkspacePath, bytes: [UInt8])] = [:]
    for file in files.sorted(by: { $0.path < $1.path }) {
      if let name = file.path.schemaKind { byKind[name] = file }
    }
    self.files = byKind
    names = Set(byKind.keys).union(BuiltInSchemas.texts.keys).sorted()
  }

  /// `nil` where there is no such kind, or none that can be used.
  func details(of name: JSONString) -> DocumentKind.Details? { made(name).details }

  func problem(of name: JSONString) -> SchemaProblem? { made(name).problem }

  private func made(_ name: JSONString) -> Made {
    if let made = read.withLock({ $0.made[name] }) { return made }
    let made = make(name)
    read.withLock { $0.made[name] = made }
    return made
  }

  private func make(_ name: JSONString) -> Made {
    let source = source(of: name)
    guard let value = source.value else { return Made(problem: source.problem) }
    do throws(SchemaError) {
      // Files of one folder may refer to each other by name.
      let schema = try Schema(value, address: name.fileName) { address in
        JSONString(fileName: address).flatMap { self.source(of: $0).value }
      }
      let details = try DocumentKind.Details(kind: name, schema: schema, isBuiltIn: source.path == nil)
      return Made(details: details, problem: source.problem)
    } catch {
      guard let path = source.path else {
        // What comes with Ligne is tried by itself; among files of a workspace it may refer to one that is wrong.
        precondition(!files.isEmpty, "built-in schema \(name): \(error)")
        return Made(details: SchemaSet.builtIn.details(of: name), problem: source.problem)
      }
      let problem = SchemaProblem(path: path, reason: .schema(error))
      return Made(details: SchemaSet.builtIn.details(of: name), problem: problem)
    }
  }

  private func source(of name: JSONString) -> Source {
    if let source = read.withLock({ $0.sources[name] }) { return source }
    var source = Source(value: nil)
    if let file = files[name] {
      do throws(SchemaProblem.Reason) {
        source = Source(value: try readSchema(file.bytes, kind: name), path: file.path)
      } catch {
        source.problem = SchemaProblem(path: file.path, reason: error)
      }
    }
    if source.value == nil { source.value = BuiltInSchemas.source(of: name) }
    read.withLock { [source] in $0.sources[name] = source }
    return source
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

extension BuiltInSchemas {
  fileprivate static let texts: [JSONString: String] = Dictionary(
    uniqueKeysWithValues: files.map { (JSONString($0.kind), $0.text) })

  /// Each kind with its schema.
  static var sources: [JSONString: JSONValue] {
    var sources: [JSONString: JSONValue] = [:]
    for kind in texts.keys { sources[kind] = source(of: kind) }
    return sources
  }

  /// `nil` for a kind that does not come with Ligne.
  fileprivate static func source(of kind: JSONString) -> JSONValue? {
    guard let text = texts[kind] else { return nil }
    do {
      return try JSONValue(parsing: Array(text.utf8))
    } catch {
      preconditionFailure("built-in schema \(kind): \(error)")
    }
  }
}

extension JSONString {
  /// `post.schema.json` for `post`.
  fileprivate var fileName: String { text + schemaEnding }

  /// `post` for `post.schema.json`; `nil` for the name of anything else.
  fileprivate init?(fileName: String) {
    let (name, ending) = (fileName.utf8, schemaEnding.utf8)
    guard name.count > ending.count, name.suffix(ending.count).elementsEqual(ending) else { return nil }
    self.init(String(Substring(name.dropLast(ending.count))))
  }
}

extension WorkspacePath {
  /// Whether the file describes a kind of document.
  public var isSchema: Bool { components.first.map { $0.utf8.elementsEqual("schemas".utf8) } ?? false }

  /// The kind a schema file describes by its name; `nil` for any other file.
  var schemaKind: JSONString? {
    let parts = components
    guard parts.count == 2, parts[0].utf8.elementsEqual("schemas".utf8) else { return nil }
    return JSONString(fileName: parts[1])
  }
}

private let schemaEnding = ".schema.json"
