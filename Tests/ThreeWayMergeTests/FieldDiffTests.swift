import JSONTree
import TestSupport
import Testing
import ThreeWayMerge

/// What changed between two versions, as a person would list it: one line per field, elements by their key.
@Suite struct FieldDiffTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var from: String?
    var to: String?
    /// One change per line, as ``line(_:)`` writes it.
    var changes: [String]

    init(_ name: String, _ from: String?, _ to: String?, _ changes: String...) {
      (self.name, self.from, self.to, self.changes) = (name, from, to, changes)
    }

    var testDescription: String { name }
  }

  static let rule = MergeRule.object(
    members: [
      "body": .text, "labels": .set, "state": .ordered(["idea", "draft"]), "options": .atomic,
      "steps": .sequence(element: .byShape),
      "thread": .list(
        key: "id", element: .object(members: ["body": .text, "assets": .set], others: .byShape)),
      "messages": .list(key: "externalId", element: .byShape),
    ], others: .byShape)

  static let cases = [
    Case("nothing", #"{"a":1}"#, #"{"a":1}"#),
    Case("other order of keys", #"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#),
    Case("a new document is one change", nil, #"{"a":{"b":1}}"#, #"added "" {"a":{"b":1}}"#),
    Case("a deleted document too", #"{"a":1}"#, nil, #"removed "" {"a":1}"#),
    Case("one field", #"{"a":1,"b":2}"#, #"{"a":1,"b":3}"#, "changed /b 2 -> 3"),
    Case("a new field with all it holds", "{}", #"{"a":{"b":[1,2]}}"#, #"added /a {"b":[1,2]}"#),
    Case("a field that is gone", #"{"a":{"b":1}}"#, "{}", #"removed /a {"b":1}"#),
    Case("null is not absent", #"{"a":null}"#, "{}", "removed /a null"),
    Case("null is a value", #"{"a":null}"#, #"{"a":1}"#, "changed /a null -> 1"),
    Case("numbers by their text", #"{"a":1}"#, #"{"a":1.0}"#, "changed /a 1 -> 1.0"),
    Case(
      "accents by their bytes", "{\"a\":\"\u{E9}\"}", "{\"a\":\"e\u{301}\"}",
      "changed /a \"\u{E9}\" -> \"e\u{301}\""),
    Case(
      "fields inside objects, in the order of their bytes", #"{"z":{"é":1,"e":1},"a":1}"#,
      #"{"z":{"é":2,"e":2},"a":2}"#, "changed /a 1 -> 2", "changed /z/e 1 -> 2", "changed /z/é 1 -> 2"),
    Case(
      "keys that look like steps", ##"{"a/b":1,"@c":1,"~":1}"##, ##"{"a/b":2,"@c":2,"~":2}"##,
      "changed /~2c 1 -> 2", "changed /a~1b 1 -> 2", "changed /~0 1 -> 2"),
    Case("another shape", #"{"a":[1]}"#, #"{"a":{"b":1}}"#, #"changed /a [1] -> {"b":1}"#),
    Case(
      "an atomic object as a whole", #"{"options":{"a":1,"b":1}}"#, #"{"options":{"a":2,"b":1}}"#,
      #"changed /options {"a":1,"b":1} -> {"a":2,"b":1}"#),
    Case(
      "a text is one change", #"{"body":"Venez tôt."}"#, #"{"body":"Venez tard."}"#,
      #"changed /body "Venez tôt." -> "Venez tard." (words)"#),

    Case(
      "members of a set", #"{"labels":["a","b"]}"#, #"{"labels":["c","a"]}"#,
      #"removed /labels "b""#, #"added /labels "c""#),
    Case("a set in another order", #"{"labels":["a","b"]}"#, #"{"labels":["b","a"]}"#),
    Case(
      "a member counts once", #"{"labels":["a","a"]}"#, #"{"labels":["a","b","b"]}"#, #"added /labels "b""#),

    Case(
      "an element by its key", #"{"thread":[{"id":"x","body":"un"}]}"#,
      #"{"thread":[{"id":"x","body":"deux"}]}"#,
      #"changed /thread/@x/body "un" -> "deux" (words)"#),
    Case(
      "another key field", #"{"messages":[{"externalId":"7","at":1}]}"#,
      #"{"messages":[{"externalId":"7","at":2}]}"#,
      "changed /messages/@7/at 1 -> 2"),
    Case(
      "a new element and its place", #"{"thread":[{"id":"x"},{"id":"z"}]}"#,
      #"{"thread":[{"id":"x"},{"id":"y"},{"id":"z"}]}"#,
      #"added /thread/@y {"id":"y"} at 1"#),
    Case(
      "a removed element moves nobody", #"{"thread":[{"id":"x"},{"id":"y"},{"id":"z"}]}"#,
      #"{"thread":[{"id":"y"},{"id":"z"}]}"#,
      #"removed /thread/@x {"id":"x"}"#),
    Case(
      "only the element that moved is moved", #"{"thread":[{"id":"a"},{"id":"b"},{"id":"c"}]}"#,
      #"{"thread":[{"id":"c"},{"id":"a"},{"id":"b"}]}"#, "moved /thread/@c 2 -> 0"),
    Case(
      "moved and changed are two changes", #"{"thread":[{"id":"a","n":1},{"id":"b"},{"id":"c"}]}"#,
      #"{"thread":[{"id":"b"},{"id":"c"},{"id":"a","n":2}]}"#, "moved /thread/@a 0 -> 2",
      "changed /thread/@a/n 1 -> 2"),
    Case(
      "in the order of the list, what is gone where it was",
      #"{"thread":[{"id":"a"},{"id":"b"},{"id":"c","n":1}]}"#,
      #"{"thread":[{"id":"d"},{"id":"a"},{"id":"c","n":2}]}"#,
      #"added /thread/@d {"id":"d"} at 0"#, #"removed /thread/@b {"id":"b"}"#, "changed /thread/@c/n 1 -> 2"),
    Case(
      "without a rule, lists of objects are keyed by id", #"{"links":[{"id":"a","url":"u"}]}"#,
      #"{"links":[{"id":"a","url":"v"}]}"#,
      #"changed /links/@a/url "u" -> "v""#),
    Case(
      "a key twice: element by element", #"{"thread":[{"id":"a"},{"id":"a"}]}"#, #"{"thread":[{"id":"a"}]}"#,
      #"removed /thread/1 {"id":"a"}"#),

    Case(
      "an element of a list without keys", #"{"steps":["a","b","c"]}"#, #"{"steps":["a","x","c"]}"#,
      #"changed /steps/1 "b" -> "x""#),
    Case(
      "removed by the old index, added by the new", #"{"steps":["a","b","c","d"]}"#,
      #"{"steps":["b","c","x","y","d"]}"#,
      #"removed /steps/0 "a""#, #"added /steps/2 "x""#, #"added /steps/3 "y""#),
    Case(
      "beside a new element, an edited one counts as new", #"{"steps":[{"t":1,"u":1},2]}"#,
      #"{"steps":[0,{"t":1,"u":2},2]}"#,
      #"removed /steps/0 {"t":1,"u":1}"#, "added /steps/0 0", #"added /steps/1 {"t":1,"u":2}"#),
    Case(
      "as many as before: each is the edited one", #"{"steps":[{"t":1,"u":1},2]}"#,
      #"{"steps":[{"t":1,"u":2},2]}"#,
      "changed /steps/0/u 1 -> 2"),
  ]

  @Test(arguments: cases) func listsWhatAPersonWouldSay(_ c: Case) throws {
    let (from, to) = try (c.from.map(parse), c.to.map(parse))
    let changes = fieldChanges(from: from, to: to, rule: Self.rule)
    #expect(changes.map(line) == c.changes)
    #expect(normalised(try applying(changes, to: from), Self.rule) == normalised(to, Self.rule))
  }

  @Test func pointersBeginWithThePlaceOfTheValue() {
    let changes = fieldChanges(from: ["at": 1], to: ["at": 2], rule: .byShape, at: "/variants/x")
    #expect(changes == [FieldChange(.changed, at: "/variants/x/at", from: 1, to: 2)])
  }

  @Test func wordsAreGivenForChangedTextsOnly() {
    let changes = fieldChanges(
      from: ["body": "un deux", "title": "un deux"], to: ["body": "un trois", "title": "un trois"],
      rule: Self.rule)
    #expect(
      changes.map(\.words) == [
        [WordRun(.same, "un "), WordRun(.removed, "deux"), WordRun(.added, "trois")], nil,
      ])
  }

  // MARK: - The law

  static let seeds: Range<UInt64> = 0..<400

  /// Applying the changes to the old version gives the new one, up to the order of keys and of set members.
  @Test(arguments: seeds) func theChangesLeadFromOneVersionToTheOther(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<10 {
      let from = randomDocument(&random)
      let to = random.chance(1, in: 4) ? randomDocument(&random) : edited(from, &random)
      for rule in [Self.rule, .byShape, .atomic] {
        let changes = fieldChanges(from: from, to: to, rule: rule)
        let result = normalised(try applying(changes, to: from), rule)
        #expect(result == normalised(to, rule), "seed \(seed): \(from) -> \(to)")
        #expect(changes.isEmpty == (normalised(from, rule) == normalised(to, rule)), "seed \(seed)")
      }
    }
  }

  /// What went from one to the other comes back: added and removed exchange their names.
  ///
  /// Not for lists without keys: of several ways to match their elements, each direction may find another one.
  @Test(arguments: seeds) func theWayBackIsTheMirror(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let from = randomDocument(&random)
    let to = edited(from, &random)
    let there = fieldChanges(from: from, to: to, rule: Self.rule)
    let back = fieldChanges(from: to, to: from, rule: Self.rule)
    func count(_ changes: [FieldChange], _ kind: FieldChange.Change) -> Int {
      changes.count { change in
        let isInSequence = change.pointer.steps.contains { if case .index = $0 { true } else { false } }
        return change.change == kind && !isInSequence
      }
    }
    #expect(count(there, .added) == count(back, .removed), "seed \(seed)")
    #expect(count(there, .removed) == count(back, .added), "seed \(seed)")
    #expect(count(there, .changed) == count(back, .changed), "seed \(seed)")
    #expect(count(there, .moved) == count(back, .moved), "seed \(seed)")
  }
}

// MARK: - What the tests are written with

private func parse(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

/// A change on one line.
private func line(_ change: FieldChange) -> String {
  let pointer = change.pointer == .root ? "\"\"" : change.pointer.description
  let values = [change.from, change.to].compactMap { $0 }.map {
    String(decoding: $0.canonicalBytes, as: UTF8.self)
  }
  let place = change.place.map { " at \($0)" } ?? ""
  let words = change.words == nil ? "" : " (words)"
  return "\(change.change.rawValue) \(pointer) \(values.joined(separator: " -> "))\(place)\(words)"
}

private struct Inapplicable: Error {
  var change: FieldChange
}

/// Makes the changes in a value, knowing nothing but what they say.
private func applying(_ changes: [FieldChange], to value: JSONValue?) throws -> JSONValue? {
  var value = value
  // Elements leave by their old index or key, then arrive by their new index in order; then what stayed is changed.
  let isElement = { (change: FieldChange) in
    switch change.pointer.steps.last {
    case .index, .element: true
    default: false
    }
  }
  func depth(_ change: FieldChange) -> Int { change.pointer.steps.count }
  for level in 0...(changes.map(depth).max() ?? 0) {
    let here = changes.filter { depth($0) == level }
    let leaving = here.filter { isElement($0) && ($0.change == .removed || $0.change == .moved) }
    var carried: [JSONPointer: JSONValue] = [:]
    for change in leaving.reversed() {
      let taken = try update(&value, at: change.pointer.steps[...], change) { element in
        defer { element = nil }
        return element
      }
      if change.change == .moved { carried[change.pointer] = taken }
    }
    let arriving = here.filter { isElement($0) && ($0.change == .added || $0.change == .moved) }
    func place(_ change: FieldChange) throws -> Int {
      if case .index(let index)? = change.pointer.steps.last { return index }
      guard let place = change.place ?? change.to?.number.flatMap({ Int($0.text) }) else {
        throw Inapplicable(change: change)
      }
      return place
    }
    for change in try arriving.sorted(by: { try place($0) < place($1) }) {
      let element = change.change == .moved ? carried[change.pointer] : change.to
      let index = try place(change)
      try update(&value, at: change.pointer.steps.dropLast(), change) { list in
        guard var elements = list?.array, let element, index <= elements.count else {
          throw Inapplicable(change: change)
        }
        elements.insert(element, at: index)
        list = .array(elements)
      }
    }
    for change in here where !isElement(change) || change.change == .changed {
      try update(&value, at: change.pointer.steps[...], change) { field in
        switch change.change {
        case .changed:
          guard field == change.from else { throw Inapplicable(change: change) }
          field = change.to
        case .added where field?.array != nil:
          field = .array((field?.array ?? []) + [change.to].compactMap { $0 })
        case .added:
          guard field == nil else { throw Inapplicable(change: change) }
          field = change.to
        case .removed where field != change.from:
          guard var members = field?.array, let member = change.from, members.contains(member) else {
            throw Inapplicable(change: change)
          }
          members.removeAll { $0 == member }
          field = .array(members)
        case .removed: field = nil
        case .moved: throw Inapplicable(change: change)
        }
      }
    }
  }
  return value
}

/// Hands the value at a place to `body`; `nil` afterwards takes it away.
@discardableResult
private func update<Result>(
  _ value: inout JSONValue?, at steps: ArraySlice<JSONPointer.Step>, _ change: FieldChange,
  _ body: (inout JSONValue?) throws -> Result
) throws -> Result {
  guard let step = steps.first else { return try body(&value) }
  switch (value, step) {
  case (.object(var object), .key(let key)):
    var member = object[key]
    let result = try update(&member, at: steps.dropFirst(), change, body)
    object[key] = member
    value = .object(object)
    return result
  case (.array(var elements), .index), (.array(var elements), .element):
    let place: Int?
    switch step {
    case .index(let index): place = elements.indices.contains(index) ? index : nil
    default:
      place = elements.firstIndex { $0["id"]?.string == step.name || $0["externalId"]?.string == step.name }
    }
    guard let place else { throw Inapplicable(change: change) }
    var element: JSONValue? = elements[place]
    let result = try update(&element, at: steps.dropFirst(), change, body)
    elements.replaceSubrange(place...place, with: [element].compactMap { $0 })
    value = .array(elements)
    return result
  default: throw Inapplicable(change: change)
  }
}

/// Sets sorted and each member once, by a rule; keys need nothing, objects compare without their order.
private func normalised(_ value: JSONValue?, _ rule: MergeRule) -> JSONValue? {
  switch (value, rule) {
  case (.object(let object), .object), (.object(let object), .byShape):
    var copy = JSONObject()
    for member in object.members {
      copy[member.key] = normalised(member.value, rule.rule(forMember: member.key))
    }
    return .object(copy)
  case (.array(let elements), .set):
    return .array(Set(elements).sorted { $0.canonicallyPrecedes($1) })
  case (.array(let elements), .list), (.array(let elements), .sequence), (.array(let elements), .byShape):
    return .array(elements.compactMap { normalised($0, rule.elementKey.element) })
  default: return value
  }
}

private func randomDocument(_ random: inout SeededRandom) -> JSONValue {
  var document = JSONObject()
  for (key, chance) in [
    ("body", 3), ("labels", 3), ("thread", 3), ("steps", 3), ("messages", 2), ("options", 2), ("autre", 2),
  ]
  where random.chance(UInt64(chance), in: 4) {
    document[JSONString(key)] = randomField(key, &random)
  }
  return .object(document)
}

private func randomField(_ key: String, _ random: inout SeededRandom) -> JSONValue {
  let count = Int(random.next() % 6)
  let letters = ["a", "b", "c", "d", "é"]
  switch key {
  case "body": return JSONValue((0..<count).map { _ in random.pick(letters) }.joined(separator: " "))
  case "labels": return .array((0..<count).map { _ in JSONValue(random.pick(letters)) })
  case "steps": return .array((0..<count).map { _ in randomValue(&random, depth: 2) })
  case "thread", "messages":
    var elements: [JSONValue] = []
    for letter in letters.shuffled(using: &random).prefix(count) {
      var element: JSONObject = [key == "thread" ? "id" : "externalId": JSONValue(letter)]
      if random.chance(1, in: 2) { element["body"] = randomField("body", &random) }
      if random.chance(1, in: 3) { element["n"] = randomValue(&random, depth: 1) }
      elements.append(.object(element))
    }
    if random.chance(1, in: 8), let first = elements.first { elements.append(first) }
    return .array(elements)
  default: return randomValue(&random, depth: 3)
  }
}

private func randomValue(_ random: inout SeededRandom, depth: Int) -> JSONValue {
  switch random.next() % (depth > 0 ? 7 : 4) {
  case 0: return .null
  case 1: return .bool(random.chance(1, in: 2))
  case 2: return .number(JSONNumber(Int(random.next() % 4)))
  case 3: return JSONValue(random.pick(["x", "y", ""]))
  case 4: return .array((0..<Int(random.next() % 4)).map { _ in randomValue(&random, depth: depth - 1) })
  default:
    var object = JSONObject()
    for _ in 0..<Int(random.next() % 4) {
      object[JSONString(random.pick(["k", "l", "@m", "n/o"]))] = randomValue(&random, depth: depth - 1)
    }
    return .object(object)
  }
}

/// A version that shares most with another one.
private func edited(_ document: JSONValue, _ random: inout SeededRandom) -> JSONValue {
  guard var object = document.object else { return document }
  for key in object.keys where random.chance(1, in: 2) {
    guard var elements = object[key]?.array, random.chance(3, in: 4) else {
      object[key] = random.chance(1, in: 5) ? nil : randomField(key.text, &random)
      continue
    }
    for _ in 0..<Int(random.next() % 3) where !elements.isEmpty {
      let taken = elements.remove(at: Int(random.next() % UInt64(elements.count)))
      if random.chance(2, in: 3) {
        elements.insert(taken, at: Int(random.next() % UInt64(elements.count + 1)))
      }
    }
    object[key] = .array(elements)
  }
  return .object(object)
}
