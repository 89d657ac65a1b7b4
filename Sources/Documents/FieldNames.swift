public import JSONTree
public import Wording

/// What the fields of one kind of document are called, and what stands in them, in the words of its schema.
public struct FieldNames: Sendable {
  /// Says what an id stands for.
  ///
  /// - Parameters:
  ///   - id: As a field holds it.
  ///   - what: The kind of document it names, or `member`; see ``SchemaField/refersTo``.
  /// - Returns: `nil` where nobody knows it: then it is said as it is written.
  public typealias Calling = @Sendable (_ id: JSONString, _ what: String) -> String?

  private let schema: Schema?
  private let calling: Calling
  private let clock: ZonedClock?

  /// - Parameters:
  ///   - kind: `nil` where no schema says anything: then fields are called as they are written.
  ///   - calling: Names of people and titles of documents.
  ///   - clock: By which times are told; `nil` for those they were written by.
  public init(
    of kind: DocumentKind?, calling: @escaping Calling = { _, _ in nil }, clock: ZonedClock? = nil
  ) {
    (schema, self.calling, self.clock) = (kind?.schema, calling, clock)
  }

  // MARK: - Names

  /// All the way to a field: “Versions par canal › mastodon › Texte”.
  public func name(of pointer: JSONPointer) -> Sentence {
    if pointer.steps.isEmpty { return Sentence(fr: "tout le document", en: "the whole document") }
    let steps = pointer.steps.indices.map { lastName(of: JSONPointer(Array(pointer.steps[...$0]))) }
    return Sentence(
      fr: steps.map(\.french).joined(separator: " › "), en: steps.map(\.english).joined(separator: " › "))
  }

  /// A field without what it is part of: “Texte”.
  public func lastName(of pointer: JSONPointer) -> Sentence {
    title(of: pointer) ?? pointer.steps.last.map { Sentence(fr: $0.name.text, en: $0.name.text) }
      ?? name(of: pointer)
  }

  /// Whether the schema has a name for the field, or for something it is part of.
  public func isNamed(_ pointer: JSONPointer) -> Bool {
    pointer.steps.indices.contains { title(of: JSONPointer(Array(pointer.steps[...$0]))) != nil }
  }

  private func title(of pointer: JSONPointer) -> Sentence? {
    guard case .key(let key)? = pointer.steps.last, let field = schema?.field(at: pointer) else { return nil }
    // What all members of a map are is the name of none of them.
    let place = field.place.steps.suffix(2)
    return place.first?.name == "properties" && place.last?.name == key ? field.title : nil
  }

  /// The field that people call so: by the names above, or as it is written in the document, whatever the capitals and
  /// accents; parts of it behind `›`, or else behind `>` or `/`.
  ///
  /// - Returns: `nil` where the schema knows none, or several.
  public func pointer(called words: String) -> JSONPointer? {
    let isShown = words.contains("›")
    let parts = words.split(omittingEmptySubsequences: false) {
      isShown ? $0 == "›" : $0 == ">" || $0 == "/"
    }
    var place = JSONPointer.root
    for part in parts {
      guard let step = step(called: part.split(separator: " ").joined(separator: " "), in: place) else {
        return nil
      }
      place = place.appending(step)
    }
    return place
  }

  /// The fields of the document itself, as they are written, sorted.
  public var topFields: [JSONPointer] {
    members(of: .root).map { JSONPointer([.key($0)]) }
  }

  private func step(called words: String, in place: JSONPointer) -> JSONPointer.Step? {
    let members = members(of: place)
    if let exact = members.first(where: { $0 == JSONString(words) }) { return .key(exact) }
    let typed = readableWords(of: words, limit: .max)
    if !typed.isEmpty {
      let called = members.filter { key in
        let name = lastName(of: place.appending(.key(key)))
        return [name.french, name.english].contains { readableWords(of: $0, limit: .max) == typed }
      }
      if called.count > 1 { return nil }
      if let only = called.first { return .key(only) }
    }
    // A channel of a map, an element of a list.
    guard let schema, !place.steps.isEmpty, !words.isEmpty else { return nil }
    let element = JSONString(words.hasPrefix("@") ? String(words.dropFirst()) : words)
    let steps = [JSONPointer.Step.key(JSONString(words)), .element(element)]
    return steps.first { schema.field(at: place.appending($0)) != nil }
  }

  private func members(of place: JSONPointer) -> [JSONString] {
    guard let schema else { return [] }
    let named = schema.nodes(at: place.steps).compactMap { schema.nodes[$0].parts.members?.keys }
    return Set(named.joined()).sorted()
  }

  // MARK: - Values

  /// A value in words: names instead of ids, dates as people say them, lists one after the other.
  public func words(of value: JSONValue, at pointer: JSONPointer, in language: Language) -> String {
    switch value {
    case .null: Sentence(fr: "rien", en: "nothing").text(in: language)
    case .bool(let bool): Sentence(fr: bool ? "oui" : "non", en: bool ? "yes" : "no").text(in: language)
    case .number(let number): number.text
    case .string(let string): words(of: string, at: pointer, in: language)
    case .array(let elements):
      elements.enumerated().map { words(of: $1, at: pointer.appending(.index($0)), in: language) }
        .joined(separator: ", ")
    case .object(let object):
      object.members.map { member in
        let place = pointer.appending(.key(member.key))
        let (name, value) = (lastName(of: place), words(of: member.value, at: place, in: language))
        return Sentence(fr: "\(name.french)\u{A0}: \(value)", en: "\(name.english): \(value)").text(
          in: language)
      }.joined(separator: "; ")
    }
  }

  /// A text in words: of one that people wrote, the text itself.
  public func words(of string: JSONString, at pointer: JSONPointer, in language: Language) -> String {
    let field = field(sayingValueAt: pointer)
    if let title = field?.valueTitles[string] { return title.text(in: language) }
    if let what = field?.refersTo, let name = calling(string, what) { return name }
    if let moment = Moment(rfc3339: string.text) {
      let offset = moment.offset
      guard let clock else { return moment.instant.fullWording(offset: offset).text(in: language) }
      let isOfAnotherPlace = namesItsZone(at: pointer) && clock.rules.offset(at: moment.instant) != offset
      let wording =
        isOfAnotherPlace
        ? moment.instant.fullWording(offset: offset, place: offset.wording)
        : clock.fullWording(of: moment.instant)
      return wording.text(in: language)
    }
    return string.text
  }

  /// Whether a time stands beside the zone whose clocks it is by.
  private func namesItsZone(at pointer: JSONPointer) -> Bool {
    let beside = JSONPointer(pointer.steps.dropLast() + [.key("zone")])
    return schema?.field(at: beside) != nil
  }

  /// What the schema says of one value at a place: what changed in a set is told at the place of the set.
  private func field(sayingValueAt pointer: JSONPointer) -> SchemaField? {
    let field = schema?.field(at: pointer)
    if field?.takesText == true { return field }
    return schema?.field(at: pointer.appending(.key("-"))) ?? field
  }

  /// The documents and people that a value names, each with what it is.
  public func references(in value: JSONValue, at pointer: JSONPointer) -> [(id: JSONString, what: String)] {
    switch value {
    case .string(let id): field(sayingValueAt: pointer)?.refersTo.map { [(id, $0)] } ?? []
    case .array(let elements):
      elements.enumerated().flatMap { references(in: $1, at: pointer.appending(.index($0))) }
    case .object(let object):
      object.members.flatMap { references(in: $0.value, at: pointer.appending(.key($0.key))) }
    default: []
    }
  }
}
