import JSONTree

extension SchemaReader {
  /// Keywords that say nothing about which values are accepted.
  private static let remarks: Set<JSONString> = [
    "$schema", "$id", "$anchor", "$dynamicAnchor", "$comment", "title", "description", "default",
    "deprecated",
    "readOnly", "writeOnly", "examples", "contentEncoding", "contentMediaType",
  ]

  /// Reads what a schema asks. Sections named here are those of JSON Schema 2020-12, Core (C) and Validation (V).
  mutating func readKeywords(
    of object: JSONObject, node: Int, at place: JSONPointer, resource: Int, depth: Int
  ) throws(SchemaError) {
    let here = KeywordReader(object: object, place: place, resource: resource, depth: depth)
    for member in object.members where !member.key.text.utf8.starts(with: "x-".utf8) {
      guard Self.remarks.contains(member.key) || KeywordReader.names.contains(member.key) else {
        throw SchemaError(reason: .unknownKeyword(member.key.text), pointer: place)
      }
    }
    try here.checkRemarks()
    try readDefinitions(here)
    // `unevaluated…` comes last: it asks what the others have looked at.
    try readReferences(here, node)
    try readValueKeywords(here, node)
    try readCombinations(here, node)
    try readMembers(here, node)
    try readElements(here, node)
    if let schema = try subschema("unevaluatedItems", here) { add(.unevaluatedElements(schema), to: node) }
    if let schema = try subschema("unevaluatedProperties", here) {
      add(.unevaluatedMembers(schema), to: node)
    }
    if let rule = object["x-merge"] {
      guard let annotation = MergeAnnotation(rule) else { throw malformed("x-merge", .mergeRule, place) }
      setMerge(annotation, of: node)
    }
  }

  // MARK: - Schemas inside schemas

  private mutating func subschema(_ keyword: JSONString, _ here: KeywordReader) throws(SchemaError) -> Int? {
    guard let value = here.object[keyword] else { return nil }
    return try subschema(value, [.key(keyword)], here)
  }

  private mutating func subschema(
    _ value: JSONValue, _ steps: [JSONPointer.Step], _ here: KeywordReader
  ) throws(SchemaError) -> Int {
    try readSchema(
      value, at: JSONPointer(here.place.steps + steps), resource: here.resource, depth: here.depth + 1)
  }

  private mutating func schemaList(_ keyword: JSONString, _ here: KeywordReader) throws(SchemaError) -> [Int]?
  {
    guard let value = here.object[keyword] else { return nil }
    guard let elements = value.array, !elements.isEmpty else {
      throw malformed(keyword.text, .notEmptyList, here.place)
    }
    var schemas: [Int] = []
    for (index, element) in elements.enumerated() {
      schemas.append(try subschema(element, [.key(keyword), .key(JSONString(String(index)))], here))
    }
    return schemas
  }

  private mutating func schemaMap(
    _ keyword: JSONString, _ here: KeywordReader
  ) throws(SchemaError) -> [(JSONString, Int)] {
    guard let value = here.object[keyword] else { return [] }
    guard let members = value.object?.members else { throw malformed(keyword.text, .object, here.place) }
    var schemas: [(JSONString, Int)] = []
    for member in members {
      schemas.append((member.key, try subschema(member.value, [.key(keyword), .key(member.key)], here)))
    }
    return schemas
  }

  /// C 8.2.4 and V 8.3: schemas that hold nowhere by themselves.
  private mutating func readDefinitions(_ here: KeywordReader) throws(SchemaError) {
    _ = try schemaMap("$defs", here)
    _ = try subschema("contentSchema", here)
  }

  /// C 8.2.3.
  private mutating func readReferences(_ here: KeywordReader, _ node: Int) throws(SchemaError) {
    for (keyword, isDynamic) in [("$ref", false), ("$dynamicRef", true)] {
      guard let text = try here.text(keyword) else { continue }
      addReference(text, isDynamic: isDynamic, to: node, at: here.place, resource: here.resource)
    }
  }

  /// C 10.2.
  private mutating func readCombinations(_ here: KeywordReader, _ node: Int) throws(SchemaError) {
    if let schemas = try schemaList("allOf", here) { add(.allOf(schemas), to: node) }
    if let schemas = try schemaList("anyOf", here) { add(.anyOf(schemas), to: node) }
    if let schemas = try schemaList("oneOf", here) { add(.oneOf(schemas), to: node) }
    if let schema = try subschema("not", here) { add(.not(schema), to: node) }
    let condition = try subschema("if", here)
    let then = try subschema("then", here)
    let otherwise = try subschema("else", here)
    if let condition { add(.conditional(if: condition, then: then, else: otherwise), to: node) }
    let dependent = try schemaMap("dependentSchemas", here)
    if !dependent.isEmpty { add(.dependentSchemas(dependent.map { (member: $0, schema: $1) }), to: node) }
  }

  /// C 10.3.2.
  private mutating func readMembers(_ here: KeywordReader, _ node: Int) throws(SchemaError) {
    let named = try schemaMap("properties", here)
    var patterns: [(pattern: SchemaPattern, schema: Int)] = []
    for (text, schema) in try schemaMap("patternProperties", here) {
      patterns.append((try here.pattern(text.text), schema))
    }
    let others = try subschema("additionalProperties", here)
    if !named.isEmpty || !patterns.isEmpty || others != nil {
      let byName = Dictionary(named) { first, _ in first }
      add(.members(named: byName, patterns: patterns, others: others), to: node)
    }
    if let names = try subschema("propertyNames", here) { add(.memberNames(names), to: node) }
  }

  /// C 10.3.1.
  private mutating func readElements(_ here: KeywordReader, _ node: Int) throws(SchemaError) {
    let first = try schemaList("prefixItems", here) ?? []
    let others = try subschema("items", here)
    if !first.isEmpty || others != nil { add(.elements(first: first, others: others), to: node) }
    let least = try here.count("minContains")
    let most = try here.count("maxContains")
    if let schema = try subschema("contains", here) {
      add(.contains(schema, atLeast: least ?? 1, atMost: most), to: node)
    }
  }

  // MARK: - The value itself

  /// V 6 and 7.
  private mutating func readValueKeywords(_ here: KeywordReader, _ node: Int) throws(SchemaError) {
    if let types = try here.types() { add(.type(types), to: node) }
    if let value = here.object["enum"] {
      guard let values = value.array else { throw malformed("enum", .list, here.place) }
      add(.oneOfValues(values, comparable: Set(values.map(\.withCanonicalNumbers))), to: node)
    }
    if let value = here.object["const"] {
      add(.exactly(value, comparable: value.withCanonicalNumbers), to: node)
    }
    for (keyword, bound) in [
      ("minimum", SchemaBound.minimum), ("exclusiveMinimum", .exclusiveMinimum), ("maximum", .maximum),
      ("exclusiveMaximum", .exclusiveMaximum),
    ] {
      if let number = try here.number(keyword) { add(.bound(bound, number), to: node) }
    }
    if let divisor = try here.number("multipleOf") {
      guard ExactNumber(divisor).fitsAsDivisor else { throw malformed("multipleOf", .divisor, here.place) }
      add(.multiple(of: divisor), to: node)
    }
    if let (least, most) = try here.range("minLength", "maxLength") {
      add(.length(atLeast: least, atMost: most), to: node)
    }
    if let text = try here.text("pattern") { add(.pattern(try here.pattern(text)), to: node) }
    if let name = try here.text("format"), let format = SchemaFormat(rawValue: name) {
      add(.format(format), to: node)
    }
    if let (least, most) = try here.range("minItems", "maxItems") {
      add(.elementCount(atLeast: least, atMost: most), to: node)
    }
    if try here.flag("uniqueItems") { add(.uniqueElements, to: node) }
    if let (least, most) = try here.range("minProperties", "maxProperties") {
      add(.memberCount(atLeast: least, atMost: most), to: node)
    }
    if let names = try here.texts("required") { add(.required(names), to: node) }
    if let value = here.object["dependentRequired"] {
      guard let members = value.object?.members else {
        throw malformed("dependentRequired", .object, here.place)
      }
      var needs: [(member: JSONString, needs: [JSONString])] = []
      for member in members {
        guard let names = KeywordReader.texts(member.value) else {
          throw malformed("dependentRequired", .texts, here.place)
        }
        needs.append((member.key, names))
      }
      add(.dependentRequired(needs), to: node)
    }
  }
}

/// The keywords of one schema, with the form each must have.
struct KeywordReader {
  let object: JSONObject
  let place: JSONPointer
  let resource: Int
  let depth: Int

  static let names: Set<JSONString> = [
    "$ref", "$dynamicRef", "$defs", "allOf", "anyOf", "oneOf", "not", "if", "then", "else",
    "dependentSchemas",
    "properties", "patternProperties", "additionalProperties", "propertyNames", "items", "prefixItems",
    "contains",
    "minContains", "maxContains", "unevaluatedItems", "unevaluatedProperties", "type", "enum", "const",
    "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength",
    "pattern",
    "maxItems", "minItems", "uniqueItems", "maxProperties", "minProperties", "required", "dependentRequired",
    "format", "contentSchema",
  ]

  private func malformed(_ keyword: String, _ form: SchemaError.Form) -> SchemaError {
    SchemaError(reason: .malformed(keyword: keyword, form), pointer: place)
  }

  /// Remarks are read by people and by editors, but they have a form, too.
  func checkRemarks() throws(SchemaError) {
    for keyword in ["title", "description", "$comment", "contentEncoding", "contentMediaType"] {
      _ = try text(keyword)
    }
    for keyword in ["deprecated", "readOnly", "writeOnly"] { _ = try flag(keyword) }
    if let examples = object["examples"], examples.array == nil { throw malformed("examples", .list) }
  }

  func text(_ keyword: String) throws(SchemaError) -> String? {
    guard let value = object[JSONString(keyword)] else { return nil }
    guard let text = value.text else { throw malformed(keyword, .text) }
    return text
  }

  func flag(_ keyword: String) throws(SchemaError) -> Bool {
    guard let value = object[JSONString(keyword)] else { return false }
    guard let flag = value.bool else { throw malformed(keyword, .boolean) }
    return flag
  }

  func number(_ keyword: String) throws(SchemaError) -> JSONNumber? {
    guard let value = object[JSONString(keyword)] else { return nil }
    guard let number = value.number else { throw malformed(keyword, .number) }
    return number
  }

  func count(_ keyword: String) throws(SchemaError) -> Int? {
    guard let value = object[JSONString(keyword)] else { return nil }
    guard let count = value.number.flatMap({ ExactNumber($0).count }) else {
      throw malformed(keyword, .count)
    }
    return count
  }

  func range(_ least: String, _ most: String) throws(SchemaError) -> (Int, Int?)? {
    let (least, most) = (try count(least), try count(most))
    return least == nil && most == nil ? nil : (least ?? 0, most)
  }

  func texts(_ keyword: String) throws(SchemaError) -> [JSONString]? {
    guard let value = object[JSONString(keyword)] else { return nil }
    guard let texts = Self.texts(value) else { throw malformed(keyword, .texts) }
    return texts
  }

  static func texts(_ value: JSONValue) -> [JSONString]? {
    guard let elements = value.array else { return nil }
    let texts = elements.compactMap(\.string)
    return texts.count == elements.count && Set(texts).count == texts.count ? texts : nil
  }

  func types() throws(SchemaError) -> Set<JSONType>? {
    guard let value = object["type"] else { return nil }
    let names = value.text.map { [$0] } ?? Self.texts(value)?.map(\.text) ?? []
    let types = names.compactMap(JSONType.init(rawValue:))
    guard !names.isEmpty, types.count == names.count else {
      throw malformed("type", .oneOf(JSONType.allCases.map(\.rawValue)))
    }
    return Set(types)
  }

  func pattern(_ text: String) throws(SchemaError) -> SchemaPattern {
    do {
      return try SchemaPattern(text)
    } catch {
      throw SchemaError(reason: .badPattern(text, error), pointer: place)
    }
  }
}

extension MergeAnnotation {
  /// Reads the value of `x-merge`; `nil` where it is none of the known ones.
  init?(_ value: JSONValue) {
    switch value {
    case "atomic": self = .atomic
    case "text": self = .text
    case "set": self = .set
    case "sequence": self = .sequence
    case "map": self = .map
    case "derived": self = .derived
    case "earliest": self = .earliest
    case "list": self = .list(key: "id")
    case .object(let object):
      guard object.count == 1, let member = object.members.first else { return nil }
      switch (member.key, member.value) {
      case ("list", .string(let key)), ("key", .string(let key)): self = .list(key: key)
      case ("ordered", let steps):
        guard let steps = KeywordReader.texts(steps), steps.count > 1 else { return nil }
        self = .ordered(steps)
      default: return nil
      }
    default: return nil
    }
  }
}
