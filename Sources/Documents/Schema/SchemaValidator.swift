import JSONTree

/// One value on its way through a schema.
struct SchemaValidator {
  let schema: Schema
  /// The steps to the value that is looked at.
  var place: [JSONPointer.Step] = []
  /// The resources that were entered on the way, the outermost first. Source: JSON Schema Core 2020-12, section 7.1.
  private var scope: [Int] = []
  private var depth = 0

  /// Schemas and values inside each other; bounds the stack, whatever a schema and a value do together.
  static let greatestDepth = 600

  init(schema: Schema) { self.schema = schema }

  /// What a check found out about one value.
  struct Outcome {
    var violations: [SchemaViolation] = []
    var looks = Looks()

    var isAccepted: Bool { violations.isEmpty }

    /// Takes over what another schema found out about the same value.
    mutating func take(_ other: Outcome) {
      violations += other.violations
      if other.isAccepted { looks.formUnion(other.looks) }
    }
  }

  /// The parts of a value that some schema looked at, for `unevaluated…`.
  struct Looks {
    var members: Set<JSONString> = []
    var hasAllMembers = false
    var elements: Set<Int> = []
    /// All elements before this index.
    var elementsBefore = 0

    mutating func formUnion(_ other: Looks) {
      members.formUnion(other.members)
      hasAllMembers = hasAllMembers || other.hasAllMembers
      elements.formUnion(other.elements)
      elementsBefore = max(elementsBefore, other.elementsBefore)
    }
  }

  mutating func check(_ value: JSONValue, against index: Int) -> Outcome {
    var outcome = Outcome()
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.greatestDepth else {
      outcome.violations.append(violation(.tooDeep, of: nil))
      return outcome
    }
    let node = schema.nodes[index]
    scope.append(node.resource)
    defer { scope.removeLast() }
    for keyword in node.keywords { check(value, keyword, node, &outcome) }
    return outcome
  }

  /// Checks a part of the value; what it looks at is of no interest further out.
  mutating func checkPart(_ value: JSONValue, at step: JSONPointer.Step, against index: Int)
    -> [SchemaViolation]
  {
    place.append(step)
    defer { place.removeLast() }
    return check(value, against: index).violations
  }

  func violation(_ reason: SchemaViolation.Reason, of node: SchemaNode?) -> SchemaViolation {
    SchemaViolation(
      reason: reason, pointer: JSONPointer(place), example: node?.example,
      valueTitles: node?.source["x-values"]?.object?.sentences ?? [:])
  }

  private mutating func check(
    _ value: JSONValue, _ keyword: SchemaKeyword, _ node: SchemaNode, _ outcome: inout Outcome
  ) {
    switch keyword {
    case .reference(let target): outcome.take(check(value, against: target))
    case .dynamicReference(let anchor, let target):
      let outermost = scope.first { schema.resources[$0].dynamicAnchors[anchor] != nil }
      let node = outermost.flatMap { schema.resources[$0].dynamicAnchors[anchor] }
      outcome.take(check(value, against: node ?? target))
    case .allOf(let schemas):
      for schema in schemas { outcome.take(check(value, against: schema)) }
    case .anyOf(let schemas): checkAny(value, schemas, node, &outcome)
    case .oneOf(let schemas): checkOne(value, schemas, node, &outcome)
    case .not(let schema):
      if check(value, against: schema).isAccepted {
        outcome.violations.append(violation(.forbidden, of: node))
      }
    case .conditional(let condition, let then, let otherwise):
      let answer = check(value, against: condition)
      if answer.isAccepted { outcome.looks.formUnion(answer.looks) }
      if let branch = answer.isAccepted ? then : otherwise { outcome.take(check(value, against: branch)) }
    case .dependentSchemas(let schemas):
      guard let object = value.object else { return }
      for (member, schema) in schemas where object[member] != nil {
        outcome.take(check(value, against: schema))
      }
    case .members, .memberNames, .unevaluatedMembers, .memberCount, .required, .dependentRequired:
      if let object = value.object { checkObject(object, keyword, node, &outcome) }
    case .elements, .contains, .unevaluatedElements, .elementCount, .uniqueElements:
      if let elements = value.array { checkArray(elements, keyword, node, &outcome) }
    default:
      if let reason = objection(to: value, keyword) { outcome.violations.append(violation(reason, of: node)) }
    }
  }

  // MARK: - Choices

  private mutating func checkAny(
    _ value: JSONValue, _ schemas: [Int], _ node: SchemaNode, _ outcome: inout Outcome
  ) {
    var refusals: [[SchemaViolation]] = []
    var isAccepted = false
    for schema in schemas {
      let answer = check(value, against: schema)
      guard answer.isAccepted else {
        refusals.append(answer.violations)
        continue
      }
      isAccepted = true
      outcome.looks.formUnion(answer.looks)
      if !self.schema.notesLooks { break }
    }
    if !isAccepted { outcome.violations += explanation(of: refusals, node) }
  }

  private mutating func checkOne(
    _ value: JSONValue, _ schemas: [Int], _ node: SchemaNode, _ outcome: inout Outcome
  ) {
    var refusals: [[SchemaViolation]] = []
    var accepting = 0
    for schema in schemas {
      let answer = check(value, against: schema)
      if answer.isAccepted {
        accepting += 1
        outcome.looks.formUnion(answer.looks)
      } else {
        refusals.append(answer.violations)
      }
    }
    switch accepting {
    case 0: outcome.violations += explanation(of: refusals, node)
    case 1: break
    default: outcome.violations.append(violation(.severalAlternatives, of: node))
    }
  }

  /// Why none of several schemas accepts the value.
  ///
  /// Those that refuse it for its type or as a whole were not meant; if just one is left, its reasons help most.
  private func explanation(of refusals: [[SchemaViolation]], _ node: SchemaNode) -> [SchemaViolation] {
    let here = JSONPointer(place)
    let meant = refusals.filter { violations in
      !violations.contains { $0.pointer == here && $0.reason.isAboutTheWhole }
    }
    if meant.count == 1 { return meant[0] }
    let allowed = refusals.compactMap { violations -> [JSONValue]? in
      guard violations.count == 1, violations[0].pointer == here else { return nil }
      return violations[0].reason.allowedValues
    }
    if allowed.count == refusals.count { return [violation(.notAllowed(allowed.flatMap { $0 }), of: node)] }
    return [violation(.noAlternative, of: node)]
  }
}

extension SchemaNode {
  /// The first example the schema gives.
  var example: JSONValue? { source["examples"]?.array?.first }
}
