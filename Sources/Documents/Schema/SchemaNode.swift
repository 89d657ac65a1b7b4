import JSONTree

/// One schema of a file, after reading: what it asks of a value, and where it stands.
struct SchemaNode: Sendable {
  /// What the schema says, for annotations.
  let source: JSONValue
  /// Where it stands, from the root of its file.
  let place: JSONPointer
  /// The schema resource it belongs to, by its index.
  let resource: Int
  /// What it asks, in the order in which it is asked: `unevaluated…` last.
  var keywords: [SchemaKeyword] = []
  /// The meaning its `x-merge` gives to a merge, with the rules of its parts still to be filled in.
  var merge: MergeAnnotation?
}

/// A part of a schema that has its own address. Source: JSON Schema Core 2020-12, section 4.3.5.
struct SchemaResource: Sendable {
  var address: URIReference
  /// Which file it lies in, and where.
  var file: Int
  var place: JSONPointer
  /// Nodes by `$anchor` and `$dynamicAnchor`.
  var anchors: [String: Int] = [:]
  /// Nodes by `$dynamicAnchor` alone.
  var dynamicAnchors: [String: Int] = [:]
}

/// What a schema asks. Other schemas are named by the index of their node.
enum SchemaKeyword: Sendable {
  // Schemas for the same value.
  case reference(Int)
  /// `target` holds unless a resource entered earlier has a dynamic anchor of that name.
  case dynamicReference(anchor: String, target: Int)
  case allOf([Int])
  case anyOf([Int])
  case oneOf([Int])
  case not(Int)
  case conditional(if: Int, then: Int?, else: Int?)
  case dependentSchemas([(member: JSONString, schema: Int)])

  // Schemas for parts of the value.
  case members(named: [JSONString: Int], patterns: [(pattern: SchemaPattern, schema: Int)], others: Int?)
  case memberNames(Int)
  case elements(first: [Int], others: Int?)
  case contains(Int, atLeast: Int, atMost: Int?)
  case unevaluatedMembers(Int)
  case unevaluatedElements(Int)

  // What the value is.
  case never
  case type(Set<JSONType>)
  case oneOfValues([JSONValue], comparable: Set<JSONValue>)
  case exactly(JSONValue, comparable: JSONValue)
  case bound(SchemaBound, JSONNumber)
  case multiple(of: JSONNumber)
  case length(atLeast: Int, atMost: Int?)
  case pattern(SchemaPattern)
  case format(SchemaFormat)
  case elementCount(atLeast: Int, atMost: Int?)
  case uniqueElements
  case memberCount(atLeast: Int, atMost: Int?)
  case required([JSONString])
  case dependentRequired([(member: JSONString, needs: [JSONString])])
}

/// An edge of a range of numbers; `exclusive` ones do not belong to it.
public enum SchemaBound: Hashable, Sendable { case minimum, exclusiveMinimum, maximum, exclusiveMaximum }

/// The types of JSON values as schemas name them. Source: JSON Schema Validation 2020-12, section 6.1.1.
public enum JSONType: String, Hashable, Sendable, CaseIterable {
  case null, boolean, object, array, number, string, integer

  /// The type of a value; a whole number is `.integer`.
  init(_ value: JSONValue) {
    self =
      switch value {
      case .null: .null
      case .bool: .boolean
      case .number(let number): ExactNumber(number).isInteger ? .integer : .number
      case .string: .string
      case .array: .array
      case .object: .object
      }
  }
}

/// What `x-merge` of a schema says. See ``Schema/mergeRule``.
enum MergeAnnotation: Hashable, Sendable {
  case atomic, text, set, sequence, map, derived, earliest
  case list(key: JSONString)
  case ordered([JSONString])
}
