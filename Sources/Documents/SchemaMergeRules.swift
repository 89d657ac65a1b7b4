import JSONTree
public import ThreeWayMerge

extension MergeRule {
  /// The rule a schema file gives for its documents.
  ///
  /// - Parameter bytes: A schema that stands alone.
  /// - Throws: `JSONSyntaxError` or ``SchemaError``.
  public init(ofSchema bytes: [UInt8]) throws {
    self = try Schema(JSONValue(parsing: bytes)).mergeRule
  }
}

extension Schema {
  /// How values that follow the schema merge.
  ///
  /// `x-merge` decides where there is one: `"atomic"`, `"text"`, `"set"`, `"map"`, `"sequence"`, `"derived"`,
  /// `"earliest"`,
  /// `{"list": "id"}` (also written `{"key": "id"}`) and `{"ordered": […]}`, the values from the least safe to the
  /// safest. Without it the shape does: objects member by member, lists by `id` where their elements must have one,
  /// other lists element by element, everything else as a whole. `$ref` and `allOf` are followed.
  public var mergeRule: MergeRule {
    var builder = MergeRuleBuilder(schema: self)
    return builder.rule(of: 0)
  }
}

private struct MergeRuleBuilder {
  let schema: Schema
  /// The schemas on the way to the one that is looked at.
  private var open: Set<Int> = []

  init(schema: Schema) { self.schema = schema }

  /// A schema that contains itself merges by shape from its second level on: rules are trees.
  mutating func rule(of index: Int) -> MergeRule {
    guard open.insert(index).inserted else { return .byShape }
    defer { open.remove(index) }
    let node = schema.nodes[index]
    let parts = node.parts
    switch node.merge {
    case .atomic: return .atomic
    case .text: return .text
    case .set: return .set
    case .derived: return .derived
    case .earliest: return .earliest
    case .ordered(let steps): return .ordered(steps)
    case .list(let key): return .list(key: key, element: elementRule(of: index, 0))
    case .sequence: return .sequence(element: elementRule(of: index, 0))
    case .map: return objectRule(of: index, 0) ?? .object(members: [:], others: .byShape)
    case nil: break
    }
    if let object = objectRule(of: index, 0) { return object }
    if let elements = parts.elements {
      let element = rule(of: elements)
      let needsID = schema.nodes[elements].requiredMembers.contains("id")
      return needsID ? .list(key: "id", element: element) : .sequence(element: element)
    }
    for target in parts.sameValue {
      let rule = rule(of: target)
      if rule != .byShape { return rule }
    }
    return node.isScalar ? .atomic : .byShape
  }

  /// The rule for the elements of a list, found here or where the schema refers to.
  private mutating func elementRule(of index: Int, _ depth: Int) -> MergeRule {
    let parts = schema.nodes[index].parts
    if let elements = parts.elements { return rule(of: elements) }
    guard depth < Schema.greatestDetour else { return .byShape }
    for target in parts.sameValue {
      let rule = elementRule(of: target, depth + 1)
      if rule != .byShape { return rule }
    }
    return .byShape
  }

  /// Members of the schema and of those it refers to, the nearest first; `nil` if none of them speaks of members.
  private mutating func objectRule(of index: Int, _ depth: Int) -> MergeRule? {
    let parts = schema.nodes[index].parts
    var members: [JSONString: MergeRule] = [:]
    var others: MergeRule?
    var speaks = false
    if let named = parts.members {
      speaks = true
      for (key, node) in named { members[key] = rule(of: node) }
    }
    if let node = parts.otherMembers, !schema.nodes[node].refusesAll {
      speaks = true
      others = rule(of: node)
    }
    guard depth < Schema.greatestDetour else { return nil }
    for target in parts.sameValue where schema.nodes[target].merge == nil && !open.contains(target) {
      guard case .object(let more, let rest)? = objectRule(of: target, depth + 1) else { continue }
      speaks = true
      members.merge(more) { near, _ in near }
      if others == nil, rest != .byShape { others = rest }
    }
    return speaks ? .object(members: members, others: others ?? .byShape) : nil
  }
}

extension Schema {
  /// How many references may be followed from one place without going into the value.
  static let greatestDetour = 32
}

/// The schemas a node hands parts of the value to, or the value itself.
struct SchemaParts {
  var members: [JSONString: Int]?
  var memberPatterns: [(pattern: SchemaPattern, schema: Int)] = []
  var otherMembers: Int?
  var firstElements: [Int] = []
  var elements: Int?
  /// References and `allOf`, which hold without condition, then the branches of choices.
  var sameValue: [Int] = []
  var choices: [Int] = []
}

extension SchemaNode {
  var parts: SchemaParts {
    var parts = SchemaParts()
    for keyword in keywords {
      switch keyword {
      case .members(let named, let patterns, let others):
        parts.members = named
        parts.memberPatterns = patterns
        parts.otherMembers = others
      case .elements(let first, let others):
        parts.firstElements = first
        parts.elements = others
      case .reference(let target), .dynamicReference(_, let target): parts.sameValue.append(target)
      case .allOf(let schemas): parts.sameValue += schemas
      case .anyOf(let schemas), .oneOf(let schemas): parts.choices += schemas
      case .conditional(_, let then, let otherwise): parts.choices += [then, otherwise].compactMap { $0 }
      case .dependentSchemas(let schemas): parts.choices += schemas.map(\.schema)
      default: break
      }
    }
    return parts
  }

  var requiredMembers: [JSONString] {
    keywords.flatMap { if case .required(let names) = $0 { names } else { [JSONString]() } }
  }

  /// `false` as a schema.
  var refusesAll: Bool { source == false }

  /// Whether only values without parts are accepted, as far as the schema itself says.
  fileprivate var isScalar: Bool {
    keywords.contains {
      switch $0 {
      case .type(let types): types.isDisjoint(with: [.object, .array])
      case .oneOfValues(let values, _): values.allSatisfy { $0.array == nil && $0.object == nil }
      case .exactly(let value, _): value.array == nil && value.object == nil
      default: false
      }
    }
  }
}
