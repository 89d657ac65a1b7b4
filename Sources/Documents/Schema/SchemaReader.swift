import JSONTree

/// Reads schemas into nodes that know each other by index.
///
/// First every schema of a file is read, each with the address it stands at; then references are looked up, which may
/// bring in another file of the library; last, references that go in circles are refused.
struct SchemaReader {
  private let library: (String) -> JSONValue?
  private var files: [JSONValue] = []
  private(set) var nodes: [SchemaNode] = []
  private(set) var resources: [SchemaResource] = []
  private var nodeByPlace: [Place: Int] = [:]
  private var resourceByAddress: [String: Int] = [:]
  private var open: [OpenReference] = []

  private struct Place: Hashable {
    var file: Int
    var pointer: JSONPointer
  }

  /// A reference that is still a text.
  private struct OpenReference {
    var node: Int
    var keyword: Int
    var target: URIReference
    var isDynamic: Bool
    var written: String
    var pointer: JSONPointer
  }

  /// Schemas inside each other; far below what would exhaust the stack.
  static let greatestDepth = 100
  static let greatestCount = 20_000
  static let dialect = "https://json-schema.org/draft/2020-12/schema"

  /// - Parameter library: Other files, by their address.
  init(library: @escaping (String) -> JSONValue?) { self.library = library }

  /// Reads a file and all it refers to; its own schema is node 0.
  mutating func read(_ file: JSONValue, address: String) throws(SchemaError) {
    try readFile(file, address: address)
    var next = 0
    while next < open.count {
      try resolve(open[next])
      next += 1
    }
    try refuseEndlessReferences()
  }

  private mutating func readFile(_ file: JSONValue, address: String) throws(SchemaError) {
    files.append(file)
    let reference = URIReference(address)
    resources.append(SchemaResource(address: reference, file: files.count - 1, place: .root))
    resourceByAddress[reference.description] = resources.count - 1
    _ = try readSchema(file, at: .root, resource: resources.count - 1, depth: 0)
  }

  // MARK: - Schemas

  /// Reads one schema and those inside it.
  mutating func readSchema(
    _ value: JSONValue, at place: JSONPointer, resource outer: Int, depth: Int
  ) throws(SchemaError) -> Int {
    if depth > Self.greatestDepth {
      throw SchemaError(reason: .tooDeep(limit: Self.greatestDepth), pointer: place)
    }
    if nodes.count >= Self.greatestCount {
      throw SchemaError(reason: .tooLarge(limit: Self.greatestCount), pointer: place)
    }
    let index = nodes.count
    let file = resources[outer].file
    nodeByPlace[Place(file: file, pointer: place)] = index
    switch value {
    case .bool(let accepts):
      var node = SchemaNode(source: value, place: place, resource: outer)
      if !accepts { node.keywords = [.never] }
      nodes.append(node)
    case .object(let object):
      let resource = try self.resource(of: object, at: place, in: outer)
      nodes.append(SchemaNode(source: value, place: place, resource: resource))
      try register(object, node: index, at: place, resource: resource)
      try readKeywords(of: object, node: index, at: place, resource: resource, depth: depth)
    default: throw SchemaError(reason: .notASchema, pointer: place)
    }
    return index
  }

  /// The resource a schema belongs to: one of its own if it has an `$id`.
  private mutating func resource(
    of object: JSONObject, at place: JSONPointer, in outer: Int
  ) throws(SchemaError) -> Int {
    if let dialect = object["$schema"] {
      guard let name = dialect.text else { throw malformed("$schema", .text, place) }
      guard name == Self.dialect || name == Self.dialect + "#" else {
        throw SchemaError(reason: .otherDialect(name), pointer: place)
      }
    }
    guard let id = object["$id"] else { return outer }
    guard let text = id.text else { throw malformed("$id", .text, place) }
    var address = URIReference(text).resolved(against: resources[outer].address)
    // An empty fragment is allowed and means nothing. Source: JSON Schema Core 2020-12, section 8.2.1.
    if address.fragment == "" { address.fragment = nil }
    guard address.fragment == nil else { throw malformed("$id", .address, place) }
    let name = address.description
    if place.steps.isEmpty {
      resources[outer].address = address
      resourceByAddress[name] = outer
      return outer
    }
    if resourceByAddress[name] != nil {
      throw SchemaError(reason: .repeatedName(name), pointer: place)
    }
    resources.append(SchemaResource(address: address, file: resources[outer].file, place: place))
    resourceByAddress[name] = resources.count - 1
    return resources.count - 1
  }

  /// Notes the names a schema gives itself.
  private mutating func register(
    _ object: JSONObject, node: Int, at place: JSONPointer, resource: Int
  ) throws(SchemaError) {
    for (keyword, isDynamic) in [("$anchor", false), ("$dynamicAnchor", true)] {
      guard let value = object[JSONString(keyword)] else { continue }
      guard let name = value.text, isAnchor(name) else { throw malformed(keyword, .name, place) }
      if resources[resource].anchors[name] != nil {
        throw SchemaError(reason: .repeatedName(name), pointer: place)
      }
      resources[resource].anchors[name] = node
      if isDynamic { resources[resource].dynamicAnchors[name] = node }
    }
  }

  /// Source: JSON Schema Core 2020-12, section 8.2.2.
  private func isAnchor(_ name: String) -> Bool {
    let letters = ScalarSet("A"..."Z", "a"..."z", "_"..."_")
    let others = ScalarSet("A"..."Z", "a"..."z", "0"..."9", "-"..."-", "_"..."_", "."...".")
    guard let first = name.unicodeScalars.first else { return false }
    return letters.contains(first) && name.unicodeScalars.allSatisfy(others.contains)
  }

  mutating func add(_ keyword: SchemaKeyword, to node: Int) { nodes[node].keywords.append(keyword) }
  mutating func setMerge(_ annotation: MergeAnnotation, of node: Int) { nodes[node].merge = annotation }

  /// Adds a reference whose target is looked up later.
  mutating func addReference(
    _ text: String, isDynamic: Bool, to node: Int, at place: JSONPointer, resource: Int
  ) {
    let target = URIReference(text).resolved(against: resources[resource].address)
    open.append(
      OpenReference(
        node: node, keyword: nodes[node].keywords.count, target: target, isDynamic: isDynamic, written: text,
        pointer: place))
    nodes[node].keywords.append(.reference(node))
  }

  // MARK: - References

  private mutating func resolve(_ reference: OpenReference) throws(SchemaError) {
    let address = reference.target.withoutFragment.description
    if resourceByAddress[address] == nil, let file = library(address) {
      do throws(SchemaError) {
        try readFile(file, address: address)
      } catch {
        throw SchemaError(reason: .unresolvedReference(reference.written), pointer: reference.pointer)
      }
    }
    guard let resource = resourceByAddress[address],
      let target = node(fragment: reference.target.fragment ?? "", in: resource)
    else {
      throw SchemaError(reason: .unresolvedReference(reference.written), pointer: reference.pointer)
    }
    // A dynamic reference whose first target has no dynamic anchor of that name is a plain one.
    // Source: JSON Schema Core 2020-12, section 8.2.3.2.
    if reference.isDynamic, let name = reference.target.fragment,
      resources[nodes[target].resource].dynamicAnchors[name] == target
    {
      nodes[reference.node].keywords[reference.keyword] = .dynamicReference(anchor: name, target: target)
    } else {
      nodes[reference.node].keywords[reference.keyword] = .reference(target)
    }
  }

  private func node(fragment: String, in index: Int) -> Int? {
    let resource = resources[index]
    guard let name = percentDecoded(fragment) else { return nil }
    if !name.isEmpty, name.utf8.first != UInt8(ascii: "/") { return resource.anchors[name] }
    guard let steps = plainPointer(name) else { return nil }
    let place = JSONPointer(resource.place.steps + steps)
    return nodeByPlace[Place(file: resource.file, pointer: place)]
  }

  /// The steps of a pointer of RFC 6901, which knows no elements by key: `@` is a letter like any other.
  private func plainPointer(_ text: String) -> [JSONPointer.Step]? {
    var steps: [JSONPointer.Step] = []
    for part in text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst() {
      var name: [UInt8] = []
      var rest = part
      while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "~") else {
          name.append(byte)
          continue
        }
        switch rest.popFirst() {
        case UInt8(ascii: "0"): name.append(UInt8(ascii: "~"))
        case UInt8(ascii: "1"): name.append(UInt8(ascii: "/"))
        default: return nil
        }
      }
      steps.append(.key(JSONString(String(decoding: name, as: UTF8.self))))
    }
    return steps
  }

  // MARK: - Circles

  /// Refuses schemas that would ask themselves about the same value for ever.
  ///
  /// Dynamic references are followed to their first target only; the validator bounds the rest.
  private func refuseEndlessReferences() throws(SchemaError) {
    enum Mark { case new, open, done }
    var marks = [Mark](repeating: .new, count: nodes.count)
    for start in nodes.indices where marks[start] == .new {
      var path: [(node: Int, next: [Int])] = [(start, nodes[start].sameValueSchemas)]
      marks[start] = .open
      while let last = path.last {
        guard let next = last.next.last else {
          marks[last.node] = .done
          path.removeLast()
          continue
        }
        path[path.count - 1].next.removeLast()
        switch marks[next] {
        case .open: throw SchemaError(reason: .endlessReference, pointer: nodes[last.node].place)
        case .new:
          marks[next] = .open
          path.append((next, nodes[next].sameValueSchemas))
        case .done: break
        }
      }
    }
  }

  func malformed(_ keyword: String, _ form: SchemaError.Form, _ place: JSONPointer) -> SchemaError {
    SchemaError(reason: .malformed(keyword: keyword, form), pointer: place)
  }
}

extension SchemaNode {
  /// The schemas that are asked about the very value this one is asked about.
  fileprivate var sameValueSchemas: [Int] {
    keywords.flatMap { keyword -> [Int] in
      switch keyword {
      case .reference(let target), .dynamicReference(_, let target), .not(let target): [target]
      case .allOf(let schemas), .anyOf(let schemas), .oneOf(let schemas): schemas
      case .conditional(let condition, let then, let otherwise):
        [condition, then, otherwise].compactMap { $0 }
      case .dependentSchemas(let schemas): schemas.map(\.schema)
      default: []
      }
    }
  }
}
