public import JSONTree
import Synchronization
public import ThreeWayMerge
public import Wording

/// A kind of document: its schema, and what follows from it.
///
/// The schema is read when something of it is asked for first: of most documents a command only has to know what they
/// are.
public struct DocumentKind: Sendable {
  /// The `kind` of its documents: `post`, `saved-reply`.
  public let name: JSONString
  private let details: LazyDetails

  public var schema: Schema { details.value.schema }
  public var mergeRule: MergeRule { details.value.mergeRule }
  public var placement: DocumentPlacement { details.value.placement }
  /// Whether the schema came with Ligne and not from the workspace.
  public var isBuiltIn: Bool { details.value.isBuiltIn }

  /// - Parameter details: Reads the schema; whoever asks gives the same answer.
  init(name: JSONString, details: @escaping @Sendable () -> Details) {
    (self.name, self.details) = (name, LazyDetails(details))
  }

  /// What a schema says of a kind.
  final class Details: Sendable {
    let schema: Schema
    let mergeRule: MergeRule
    let placement: DocumentPlacement
    let isBuiltIn: Bool

    /// - Throws: What is wrong with the schema's `x-document`.
    init(kind: JSONString, schema: Schema, isBuiltIn: Bool) throws(SchemaError) {
      (self.schema, self.isBuiltIn) = (schema, isBuiltIn)
      mergeRule = schema.mergeRule
      placement = try DocumentPlacement(schema.source, kind: kind)
    }
  }

  private final class LazyDetails: Sendable {
    private let make: @Sendable () -> Details
    private let made = AtomicLazyReference<Details>()

    init(_ make: @escaping @Sendable () -> Details) { self.make = make }

    var value: Details { made.load() ?? made.storeIfNil(make()) }
  }

  /// What people call it: “publication”, “post”.
  public var title: Sentence {
    schema.source.sentence("title") ?? Sentence(fr: name.text, en: name.text)
  }

  public var description: Sentence? { schema.source.sentence("description") }

  /// What names a document of this kind in a list: its title, else the beginning of its text; `nil` for neither. A conversation is
  /// known by who wrote first, and how it begins.
  public func title(of document: JSONValue) -> String? {
    if name == Conversation.kind,
      Conversation(document).messages.first?.text.contains(where: { !$0.isWhitespace }) == true
    {
      return Conversation(document).beginning
    }
    for pointer in [placement.title, placement.body].compactMap({ $0 }) {
      guard let text = document.value(at: pointer)?.text else { continue }
      let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
      if line.contains(where: { !$0.isWhitespace }) { return line }
    }
    return nil
  }
}

/// Where documents of a kind lie, and which of their fields mean what; from `x-document` of the schema.
public struct DocumentPlacement: Hashable, Sendable {
  /// A path with `{id}`, `{words}`, `{year}`, `{month}` and `{…}` for any field of the document.
  ///
  /// `posts/{year}/{month}/{words}-{id}.json`. Year and month are those of the moment of creation at its place.
  public let path: String
  /// The field that names the document: its title.
  public let title: JSONPointer?
  /// The field that holds its text.
  public let body: JSONPointer?
  /// The field that says for which channels it is: a map by channel, a set of channels, or one channel.
  public let channels: JSONPointer?
  /// The field whose text stands in the file's name.
  public let words: JSONPointer?
  /// The fields its id is made of, so that two people who note the same thing make the same document; none for an
  /// id of its own.
  public let idFields: [JSONPointer]
  /// Whether it records something that happened, and is never edited: reviews, publications, acknowledgements.
  public let isWrittenOnce: Bool

  init(_ schema: JSONValue, kind: JSONString) throws(SchemaError) {
    func refused() -> SchemaError {
      SchemaError(reason: .malformed(keyword: "x-document", .placement), pointer: .root)
    }
    let fields = schema["properties"]?.object
    let standsFor = { (name: JSONString) in fields?[name] == nil ? nil : JSONPointer([.key(name)]) }
    guard let annotation = schema["x-document"] else {
      path = kind.text + "/{words}-{id}.json"
      title = standsFor("title")
      body = standsFor("body")
      channels = nil
      words = title ?? body
      idFields = []
      isWrittenOnce = false
      return
    }
    guard let object = annotation.object, let path = object["path"]?.text, Self.isPath(path) else {
      throw refused()
    }
    func pointer(_ value: JSONValue) throws(SchemaError) -> JSONPointer {
      guard let text = value.text, let pointer = try? JSONPointer(parsing: text) else { throw refused() }
      return pointer
    }
    func pointer(_ key: JSONString) throws(SchemaError) -> JSONPointer? {
      guard let value = object[key] else { return nil }
      return try pointer(value)
    }
    self.path = path
    title = try pointer("title")
    body = try pointer("body")
    channels = try pointer("channels")
    words = try pointer("words") ?? title ?? body
    var idFields: [JSONPointer] = []
    for value in object["id"]?.array ?? [] { idFields.append(try pointer(value)) }
    self.idFields = idFields
    isWrittenOnce = object["writtenOnce"]?.bool ?? false
  }

  /// Whether there is one document of the kind in a workspace, at a fixed path: `team.json`.
  public var isSingle: Bool { !path.utf8.contains(UInt8(ascii: "{")) }

  /// A path with sound braces that ends in `.json`.
  private static func isPath(_ text: String) -> Bool {
    var isInside = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "{"):
        if isInside { return false }
        isInside = true
      case UInt8(ascii: "}"):
        if !isInside { return false }
        isInside = false
      default: break
      }
    }
    return !isInside && text.utf8.suffix(5).elementsEqual(".json".utf8)
  }
}
