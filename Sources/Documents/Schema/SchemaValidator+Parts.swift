import JSONTree

// What schemas ask of values by their type. Sections are those of JSON Schema Validation 2020-12.

extension SchemaValidator {
  // MARK: - Objects

  mutating func checkObject(
    _ object: JSONObject, _ keyword: SchemaKeyword, _ node: SchemaNode, _ outcome: inout Outcome
  ) {
    switch keyword {
    case .members(let named, let patterns, let others):
      for member in object.members {
        var schemas = named[member.key].map { [$0] } ?? []
        schemas += patterns.lazy.filter { $0.pattern.matches(member.key.text) }.map(\.schema)
        if schemas.isEmpty, let others { schemas = [others] }
        if schemas.isEmpty { continue }
        if schema.notesLooks { outcome.looks.members.insert(member.key) }
        for schema in schemas { checkMember(member, against: schema, &outcome) }
      }
    case .memberNames(let schema):
      for member in object.members {
        let answer = checkPart(.string(member.key), at: .key(member.key), against: schema)
        if let first = answer.first {
          place.append(.key(member.key))
          outcome.violations.append(violation(.badName(first.reason), of: self.schema.nodes[schema]))
          place.removeLast()
        }
      }
    case .unevaluatedMembers(let schema):
      if outcome.looks.hasAllMembers { return }
      for member in object.members where !outcome.looks.members.contains(member.key) {
        checkMember(member, against: schema, &outcome)
      }
      outcome.looks.hasAllMembers = true
    case .memberCount(let least, let most):
      if object.count < least {
        outcome.violations.append(violation(.tooFewMembers(least: least, count: object.count), of: node))
      }
      if let most, object.count > most {
        outcome.violations.append(violation(.tooManyMembers(most: most, count: object.count), of: node))
      }
    case .required(let names):
      for name in names where object[name] == nil {
        outcome.violations.append(violation(.missingMember(name), of: node))
      }
    case .dependentRequired(let dependents):
      for (member, needs) in dependents where object[member] != nil {
        for name in needs where object[name] == nil {
          outcome.violations.append(violation(.missingCompanion(name, of: member), of: node))
        }
      }
    default: break
    }
  }

  private mutating func checkMember(
    _ member: JSONObject.Member, against index: Int, _ outcome: inout Outcome
  ) {
    if schema.nodes[index].refusesAll {
      place.append(.key(member.key))
      outcome.violations.append(violation(.unknownMember, of: nil))
      place.removeLast()
      return
    }
    outcome.violations += checkPart(member.value, at: .key(member.key), against: index)
  }

  // MARK: - Arrays

  mutating func checkArray(
    _ elements: [JSONValue], _ keyword: SchemaKeyword, _ node: SchemaNode, _ outcome: inout Outcome
  ) {
    switch keyword {
    case .elements(let first, let others):
      let steps = self.steps(to: elements, of: node)
      for (index, element) in elements.enumerated() {
        guard let schema = index < first.count ? first[index] : others else { break }
        outcome.violations += checkPart(element, at: steps[index], against: schema)
      }
      let looked = others == nil ? min(first.count, elements.count) : elements.count
      outcome.looks.elementsBefore = max(outcome.looks.elementsBefore, looked)
    case .contains(let schema, let least, let most):
      let found = elements.indices.filter {
        checkPart(elements[$0], at: .index($0), against: schema).isEmpty
      }
      outcome.looks.elements.formUnion(found)
      if found.count < least {
        outcome.violations.append(violation(.tooFewMatching(least: least, count: found.count), of: node))
      }
      if let most, found.count > most {
        outcome.violations.append(violation(.tooManyMatching(most: most, count: found.count), of: node))
      }
    case .unevaluatedElements(let schema):
      let steps = self.steps(to: elements, of: node)
      for index in elements.indices
      where index >= outcome.looks.elementsBefore && !outcome.looks.elements.contains(index) {
        outcome.violations += checkPart(elements[index], at: steps[index], against: schema)
      }
      outcome.looks.elementsBefore = elements.count
    case .elementCount(let least, let most):
      if elements.count < least {
        outcome.violations.append(violation(.tooFewElements(least: least, count: elements.count), of: node))
      }
      if let most, elements.count > most {
        outcome.violations.append(violation(.tooManyElements(most: most, count: elements.count), of: node))
      }
    case .uniqueElements:
      var seen: Set<JSONValue> = []
      for (index, element) in elements.enumerated() where !seen.insert(element.withCanonicalNumbers).inserted
      {
        place.append(.index(index))
        outcome.violations.append(violation(.repeatedElement(element), of: nil))
        place.removeLast()
      }
    default: break
    }
  }

  /// How each element is named: by its key, where it has one that no element before it has, else by its index.
  private func steps(to elements: [JSONValue], of node: SchemaNode) -> [JSONPointer.Step] {
    var key: JSONString = "id"
    if case .list(let field)? = node.merge { key = field }
    var seen: Set<JSONString> = []
    return elements.enumerated().map { index, element in
      guard let name = element[key]?.string, seen.insert(name).inserted else { return .index(index) }
      return .element(name)
    }
  }

  // MARK: - Values without parts

  /// What a keyword about the value itself objects to.
  func objection(to value: JSONValue, _ keyword: SchemaKeyword) -> SchemaViolation.Reason? {
    switch (keyword, value) {
    case (.never, _): return .forbidden
    case (.type(let types), _):
      let found = JSONType(value)
      if types.contains(found) || (found == .integer && types.contains(.number)) { return nil }
      return .wrongType(expected: JSONType.allCases.filter(types.contains), found: found)
    case (.oneOfValues(let allowed, let comparable), _):
      return comparable.contains(value.withCanonicalNumbers) ? nil : .notAllowed(allowed)
    case (.exactly(let expected, let comparable), _):
      return comparable == value.withCanonicalNumbers ? nil : .notAllowed([expected])
    case (.bound(let bound, let limit), .number(let number)):
      let (value, edge) = (ExactNumber(number), ExactNumber(limit))
      let isInside =
        switch bound {
        case .minimum: value >= edge
        case .exclusiveMinimum: value > edge
        case .maximum: value <= edge
        case .exclusiveMaximum: value < edge
        }
      return isInside ? nil : .outOfBounds(bound, limit)
    case (.multiple(let divisor), .number(let number)):
      return ExactNumber(number).isMultiple(of: ExactNumber(divisor)) ? nil : .notMultiple(of: divisor)
    case (.length(let least, let most), .string(let text)):
      // Code points, as JSON Schema Validation 2020-12, section 6.3, counts.
      let count = text.text.unicodeScalars.count
      if count < least { return .tooShort(least: least, count: count) }
      if let most, count > most { return .tooLong(most: most, count: count) }
      return nil
    case (.pattern(let pattern), .string(let text)):
      return pattern.matches(text.text) ? nil : .mismatch(pattern: pattern.text)
    case (.format(let format), .string(let text)):
      return format.accepts(text.text) ? nil : .badFormat(format)
    default: return nil
    }
  }
}
