public import JSONTree

/// A JSON Schema, read and ready to check values.
///
/// The language is JSON Schema 2020-12: all of the core, applicator, validation and unevaluated vocabularies, but for
/// `$vocabulary`, which only schemas of schemas have. A keyword it does not know is an error, unless it begins with
/// `x-`: those are remarks for other readers (see <doc:Schemas>). `format` is checked for the formats of
/// ``SchemaFormat``. Measured with the official test suite, see `SchemaConformanceTests`.
public struct Schema: Sendable {
  /// What the file says.
  public let source: JSONValue
  let nodes: [SchemaNode]
  let resources: [SchemaResource]
  /// Whether some schema asks what others have looked at, so that it has to be noted.
  let notesLooks: Bool

  /// Reads a schema and everything it refers to.
  ///
  /// - Parameters:
  ///   - source: The content of a schema file.
  ///   - address: What references in it start from; a file name for files of one folder.
  ///   - library: Other files it may refer to, by their address.
  /// - Throws: The first thing that is wrong with it, or with a file it refers to.
  public init(
    _ source: JSONValue, address: String = "", library: [String: JSONValue] = [:]
  ) throws(SchemaError) {
    try self.init(source, address: address) { library[$0] }
  }

  /// The same where the other files are looked for when they are needed.
  init(
    _ source: JSONValue, address: String, library: @escaping (String) -> JSONValue?
  ) throws(SchemaError) {
    var reader = SchemaReader(library: library)
    try reader.read(source, address: address)
    self.source = source
    nodes = reader.nodes
    resources = reader.resources
    notesLooks = nodes.contains { node in
      node.keywords.contains {
        switch $0 {
        case .unevaluatedMembers, .unevaluatedElements: true
        default: false
        }
      }
    }
  }

  /// What keeps a value from being accepted, sorted by place; nothing for a value that is accepted.
  public func violations(of value: JSONValue) -> [SchemaViolation] {
    var validator = SchemaValidator(schema: self)
    let violations = validator.check(value, against: 0).violations
    return violations.sorted { left, right in
      let (leftPlace, rightPlace) = (left.pointer.description, right.pointer.description)
      if JSONString(leftPlace) != JSONString(rightPlace) {
        return JSONString(leftPlace) < JSONString(rightPlace)
      }
      return JSONString(left.keyword) < JSONString(right.keyword)
    }
  }

  public func accepts(_ value: JSONValue) -> Bool {
    var validator = SchemaValidator(schema: self)
    return validator.check(value, against: 0).violations.isEmpty
  }
}
