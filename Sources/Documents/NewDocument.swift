public import JSONTree
public import ObjectModel
import ThreeWayMerge
public import Wording

/// Who makes a document, when and where: everything about a new document that is not asked for.
public struct Creation: Hashable, Sendable {
  public var id: ULID
  public var time: Instant
  /// What the clocks show at the workspace's place.
  public var offset: UTCOffset
  /// The id of a member, or a name where the author is none.
  public var author: String
  /// The workspace's first language: `fr-CA`.
  public var language: String
  /// The workspace's time zone: `America/Toronto`.
  public var timeZone: String

  public init(
    id: ULID, time: Instant, offset: UTCOffset, author: String, language: String, timeZone: String
  ) {
    (self.id, self.time, self.offset) = (id, time, offset)
    (self.author, self.language, self.timeZone) = (author, language, timeZone)
  }
}

/// What a person asks of a new document.
public struct DocumentWishes: Sendable {
  public var title: String?
  public var body: String?
  /// Ids of channels; a post gets a variant for each.
  public var channels: [String] = []
  /// Further fields, set in this order; objects on the way to them are made.
  public var fields: [(pointer: JSONPointer, value: JSONValue)] = []

  public init(
    title: String? = nil, body: String? = nil, channels: [String] = [],
    fields: [(pointer: JSONPointer, value: JSONValue)] = []
  ) {
    (self.title, self.body, self.channels, self.fields) = (title, body, channels, fields)
  }
}

/// Makes a document from the defaults of its schema.
///
/// A field gets its `default`, its `const`, or what `x-default` names: `id`, `time`, `date`, `author`, `language` or
/// `zone`. The path is that of the schema's `x-document`; the words in it stay when the title changes later. Whether
/// the document is complete is for its schema to say: the caller checks it. A kind whose schema says what its ids are
/// made of (a conversation, of channel and identifier there) gets that id instead of the one given.
///
/// - Returns: Where the document goes, and what it says.
public func newDocument(
  of kind: DocumentKind, _ wishes: DocumentWishes, _ creation: Creation
) throws(NewDocumentError) -> (path: WorkspacePath, value: JSONValue) {
  var value = kind.schema.defaults(creation)
  let placement = kind.placement
  if let title = wishes.title {
    guard let pointer = placement.title else { throw .noSuchField(.title, kind: kind.name) }
    try value.set(JSONValue(title), making: pointer, kind)
  }
  if let body = wishes.body {
    guard let pointer = placement.body else { throw .noSuchField(.body, kind: kind.name) }
    try value.set(JSONValue(body), making: pointer, kind)
  }
  if !wishes.channels.isEmpty {
    guard let pointer = placement.channels,
      let channels = kind.schema.channels(wishes.channels, at: pointer, creation)
    else { throw .noSuchField(.channels, kind: kind.name) }
    try value.set(channels, making: pointer, kind)
  }
  for field in wishes.fields { try value.set(field.value, making: field.pointer, kind) }

  var id = creation.id
  let parts = placement.idFields.compactMap { value.value(at: $0)?.text }
  if !parts.isEmpty, parts.count == placement.idFields.count {
    id = ULID(derivedFrom: [kind.name.text] + parts)
    try value.put(JSONValue(id.text), at: "/id", "/id", kind)
  }
  return (try path(of: value, id, kind, creation), value)
}

/// Why a document can't be made.
public enum NewDocumentError: Error, Hashable, Sendable {
  public enum Part: Hashable, Sendable { case title, body, channels }

  /// The kind has no title, no text or no channels.
  case noSuchField(Part, kind: JSONString)
  /// `id`, `kind` and what else the schema gives of itself.
  case fixedField(JSONPointer)
  /// There is no way to this place.
  case noWay(JSONPointer)
  /// The document does not have a field that every one of its kind has; ``Part`` where a word of its own fills it in.
  case missingField(JSONString, kind: JSONString, part: Part?)
  /// The schema of the kind does not accept it.
  case refused(SchemaViolation)
  case badPath(PathRefusal)
}

extension NewDocumentError: ExplainedError {
  public var code: String {
    switch self {
    case .noSuchField: "no-such-field"
    case .fixedField: "immutable-field"
    case .noWay: "unknown-pointer"
    case .missingField: "missing-field"
    case .refused: "refused-value"
    case .badPath(let refusal): refusal.code
    }
  }

  public var message: Sentence {
    switch self {
    case .noSuchField(.title, let kind):
      Sentence(fr: "Un document « \(kind) » n’a pas de titre.", en: "A “\(kind)” document has no title.")
    case .noSuchField(.body, let kind):
      Sentence(fr: "Un document « \(kind) » n’a pas de texte.", en: "A “\(kind)” document has no text.")
    case .noSuchField(.channels, let kind):
      Sentence(
        fr: "Un document « \(kind) » n’est pas fait pour un ou plusieurs canaux.",
        en: "A “\(kind)” document is not made for channels.")
    case .fixedField(let pointer):
      Sentence(fr: "« \(pointer) » se remplit tout seul.", en: "“\(pointer)” fills itself in.")
    case .noWay(let pointer):
      Sentence(
        fr: "« \(pointer) » ne mène nulle part dans ce document.",
        en: "“\(pointer)” leads nowhere in this document.")
    case .missingField(let name, let kind, _):
      Sentence(
        fr: "Un document « \(kind) » a besoin du champ « \(name) ».",
        en: "A “\(kind)” document needs the field “\(name)”.")
    case .refused(let violation):
      Sentence(
        fr: "Rien n’est écrit : \(violation.message.french)",
        en: "Nothing was written: \(violation.message.english)")
    case .badPath(let refusal): refusal.message
    }
  }

  public var hint: Sentence? {
    switch self {
    case .noSuchField, .noWay, .refused:
      Sentence(
        fr: "« --set /champ=valeur » remplit n’importe quel champ du schéma.",
        en: "“--set /field=value” fills in any field of the schema.")
    case .fixedField: nil
    case .missingField(let name, _, nil):
      Sentence(fr: "Ajoutez --set /\(name)=…", en: "Add --set /\(name)=…")
    case .missingField(_, _, .title): Sentence(fr: "Ajoutez --title \"…\"", en: "Add --title \"…\"")
    case .missingField(_, _, .body): Sentence(fr: "Ajoutez --body \"…\"", en: "Add --body \"…\"")
    case .missingField(_, _, .channels): Sentence(fr: "Ajoutez --channel CANAL", en: "Add --channel CHANNEL")
    case .badPath(let refusal): refusal.hint
    }
  }
}

extension DocumentKind {
  /// What keeps a new document from being written; `nil` where its schema accepts it.
  public func refusal(of document: JSONValue) -> NewDocumentError? {
    let violations = schema.violations(of: document)
    for case .missingMember(let name) in violations.filter(\.pointer.steps.isEmpty).map(\.reason) {
      return missing(name)
    }
    return violations.first.map(NewDocumentError.refused)
  }

  fileprivate func missing(_ field: JSONString) -> NewDocumentError {
    let pointer = JSONPointer([.key(field)])
    let part: NewDocumentError.Part? =
      switch pointer {
      case placement.title: .title
      case placement.body: .body
      case placement.channels: .channels
      default: nil
      }
    return .missingField(field, kind: name, part: part)
  }
}

// MARK: - Values

extension Schema {
  /// A document with everything that is known without being asked for, keys sorted.
  fileprivate func defaults(_ creation: Creation) -> JSONValue {
    defaults(of: 0, creation) ?? .object(JSONObject())
  }

  /// The value a schema starts from; `nil` where it says nothing about it.
  private func defaults(of index: Int, _ creation: Creation?) -> JSONValue? {
    let sources = sameValueNodes(of: [index]).map { nodes[$0] }
    for source in sources.map(\.source) {
      if let name = source["x-default"]?.text, let value = creation?.value(named: name) { return value }
      if let value = source["const"] ?? source["default"] { return value }
    }
    var object = JSONObject()
    for (key, node) in sources.flatMap({ $0.parts.members ?? [:] }).sorted(by: { $0.key < $1.key })
    where object[key] == nil {
      // Objects are made when somebody fills them in; what is in them starts empty.
      object[key] = nodes[node].hasOwnStart ? defaults(of: node, creation) : nil
    }
    return object.isEmpty ? nil : .object(object)
  }

  /// The value of a field that names channels; `nil` where the field can't hold them.
  fileprivate func channels(_ ids: [String], at pointer: JSONPointer, _ creation: Creation) -> JSONValue? {
    let nodes = nodes(at: pointer.steps).map { self.nodes[$0] }
    for node in nodes {
      let parts = node.parts
      if let variant = parts.otherMembers {
        var map = JSONObject()
        for id in ids { map[JSONString(id)] = defaults(of: variant, creation) ?? .object(JSONObject()) }
        return .object(map)
      }
      if parts.elements != nil { return .array(ids.map { JSONValue($0) }) }
      if node.acceptsText { return ids.count == 1 ? JSONValue(ids[0]) : nil }
    }
    return nil
  }
}

extension SchemaNode {
  fileprivate var hasOwnStart: Bool {
    ["x-default", "const", "default"].contains { source[$0] != nil }
  }

  fileprivate var acceptsText: Bool {
    keywords.contains { if case .type(let types) = $0 { types.contains(.string) } else { false } }
  }
}

extension Creation {
  /// A value that depends on who makes the document, and when.
  fileprivate func value(named name: String) -> JSONValue? {
    switch name {
    case "id": JSONValue(id.text)
    case "time": JSONValue(time.rfc3339(offset: offset))
    case "date": JSONValue(time.date(offset: offset).description)
    case "author": JSONValue(author)
    case "language": JSONValue(language)
    case "zone": JSONValue(timeZone)
    default: nil
    }
  }
}

/// What every document has from the moment it is made.
private let fixedFields: Set<JSONPointer> = ["/id", "/kind", "/createdAt", "/createdBy"]

extension JSONValue {
  /// Sets a field and makes the objects on the way to it.
  fileprivate mutating func set(
    _ value: JSONValue, making pointer: JSONPointer, _ kind: DocumentKind
  ) throws(NewDocumentError) {
    if pointer.steps.isEmpty || fixedFields.contains(pointer) { throw .fixedField(pointer) }
    for count in 1..<pointer.steps.count {
      let place = JSONPointer(Array(pointer.steps.prefix(count)))
      guard self.value(at: place) == nil else { continue }
      // `-` and an index want a list, any other name an object.
      let next = pointer.steps[count]
      let isList = next == .key("-") || next == .key("0")
      try put(isList ? .array([]) : .object(JSONObject()), at: place, pointer, kind)
    }
    try put(value, at: pointer, pointer, kind)
  }

  fileprivate mutating func put(
    _ value: JSONValue, at place: JSONPointer, _ pointer: JSONPointer, _ kind: DocumentKind
  ) throws(NewDocumentError) {
    let keyField = { kind.mergeRule.keyField(at: $0) }
    do {
      if place.steps.last == .key("0"), self.value(at: place) == nil {
        try insert(value, at: place, keyField: keyField)
      } else {
        try set(value, at: place, keyField: keyField)
      }
    } catch {
      throw .noWay(pointer)
    }
  }
}

// MARK: - The path

private func path(
  of document: JSONValue, _ id: ULID, _ kind: DocumentKind, _ creation: Creation
) throws(NewDocumentError) -> WorkspacePath {
  let date = creation.time.date(offset: creation.offset)
  let words =
    kind.placement.words.flatMap { document.value(at: $0)?.text }.map { readableWords(of: $0) } ?? ""
  var pattern = Array(kind.placement.path.utf8)[...]
  var text = ""
  while let byte = pattern.popFirst() {
    guard byte == UInt8(ascii: "{"), let end = pattern.firstIndex(of: UInt8(ascii: "}")) else {
      text.unicodeScalars.append(Unicode.Scalar(byte))
      continue
    }
    let name = String(decoding: pattern[..<end], as: UTF8.self)
    pattern = pattern[(end + 1)...]
    switch name {
    case "id": text += id.text
    case "year": text += date.description.prefix(4)
    case "month": text += date.description.dropFirst(5).prefix(2)
    case "words":
      text += words
      // A document without a name has no hyphen before its id, either.
      if words.isEmpty, pattern.first == UInt8(ascii: "-") { pattern.removeFirst() }
    default:
      guard let part = document[JSONString(name)]?.text, !part.isEmpty else {
        throw kind.missing(JSONString(name))
      }
      text += part
    }
  }
  do {
    return try WorkspacePath(text)
  } catch {
    throw .badPath(error)
  }
}
