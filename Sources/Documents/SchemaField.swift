public import JSONTree
public import Wording

/// What a schema tells people about one field.
public struct SchemaField: Sendable {
  /// The name of the field; `nil` where the schema gives none.
  public let title: Sentence?
  public let description: Sentence?
  /// The values that are allowed, if they are listed.
  public let allowedValues: [JSONValue]
  /// Names of values, from `x-values`.
  public let valueTitles: [JSONString: Sentence]
  /// The kind of document, or `member`, `channel` or `role`, that the field's text names; from `x-refers`.
  public let refersTo: String?
  /// Fixed when the document is made; from `readOnly`.
  public let isImmutable: Bool
  /// Whether it holds text and nothing else.
  public let takesText: Bool
  /// Whether it holds a list of texts.
  public let takesTexts: Bool
  /// Whether it holds a yes or a no.
  public let takesYesOrNo: Bool
  /// The field's place in the schema's file.
  public let place: JSONPointer
}

extension SchemaField {
  /// The allowed value that people call so: as it is written, or by its name in French or in English, whatever the capitals and
  /// accents; `nil` for none.
  public func value(called words: String) -> String? {
    let values = allowedValues.compactMap(\.string)
    if let exact = values.first(where: { $0 == JSONString(words) }) { return exact.text }
    let typed = readableWords(of: words, limit: .max)
    if typed.isEmpty { return nil }
    return values.first { value in
      let title = valueTitles[value]
      return [title?.french, title?.english].compactMap(\.self)
        .contains { readableWords(of: $0, limit: .max) == typed }
    }?.text
  }

  /// What people call the allowed values.
  public var valueNames: [Sentence] {
    allowedValues.compactMap(\.string).map { valueTitles[$0] ?? Sentence(fr: $0.text, en: $0.text) }
  }
}

extension Schema {
  /// What the schema says about the field at a place; `nil` where it knows no such field.
  ///
  /// Elements of lists may be named by key or by index; it makes no difference.
  public func field(at pointer: JSONPointer) -> SchemaField? {
    nodes(at: pointer.steps).first.map { field(of: $0) }
  }

  /// Whether the field at a place, or something it is part of, is fixed when the document is made.
  public func isImmutable(_ pointer: JSONPointer) -> Bool {
    pointer.steps.indices.contains { index in
      nodes(at: Array(pointer.steps[...index])).contains { nodes[$0].source["readOnly"]?.bool == true }
    }
  }

  private func field(of index: Int) -> SchemaField {
    let sources = sameValueNodes(of: [index]).map { nodes[$0] }
    func first<Value>(_ read: (SchemaNode) -> Value?) -> Value? { sources.lazy.compactMap(read).first }
    return SchemaField(
      title: first { $0.source.sentence("title") },
      description: first { $0.source.sentence("description") },
      allowedValues: first { $0.source["enum"]?.array } ?? [],
      valueTitles: first { $0.source["x-values"]?.object?.sentences } ?? [:],
      refersTo: first { $0.source["x-refers"]?.text },
      isImmutable: sources.contains { $0.source["readOnly"]?.bool == true },
      takesText: sources.contains(where: \.asksForText) && !sources.contains(where: \.asksForSomethingElse),
      takesTexts: sources.contains { node in
        node.source["type"]?.text == "array"
          && (node.parts.elements.map { sameValueNodes(of: [$0]) } ?? []).contains { nodes[$0].asksForText }
      }, takesYesOrNo: sources.contains { $0.source["type"]?.text == "boolean" }, place: nodes[index].place)
  }

  /// The schemas that speak of the value at a place, the nearest first.
  func nodes(at steps: [JSONPointer.Step]) -> [Int] {
    var current = sameValueNodes(of: [0])
    for step in steps {
      let next = current.flatMap { children(of: nodes[$0], at: step) }
      if next.isEmpty { return [] }
      current = sameValueNodes(of: next)
    }
    return current
  }

  /// The schemas themselves and all that are asked about the same value, each once.
  func sameValueNodes(of start: [Int]) -> [Int] {
    var found: [Int] = []
    var open = Array(start.reversed())
    var seen: Set<Int> = []
    while let index = open.popLast() {
      guard seen.insert(index).inserted else { continue }
      found.append(index)
      let parts = nodes[index].parts
      open += (parts.sameValue + parts.choices).reversed()
    }
    return found
  }

  private func children(of node: SchemaNode, at step: JSONPointer.Step) -> [Int] {
    let parts = node.parts
    var found: [Int] = []
    if case .key(let key) = step {
      if let named = parts.members?[key] { found.append(named) }
      found += parts.memberPatterns.filter { $0.pattern.matches(key.text) }.map(\.schema)
      if found.isEmpty, let others = parts.otherMembers { found.append(others) }
    }
    // A key that is a number is an index in a list.
    if let index = step.listIndex, index < parts.firstElements.count {
      found.append(parts.firstElements[index])
    } else if let elements = parts.elements, step.listIndex != nil || step.isElement || step == .key("-") {
      found.append(elements)
    }
    return found.filter { !nodes[$0].refusesAll }
  }
}

extension JSONPointer.Step {
  fileprivate var isElement: Bool { if case .element = self { true } else { false } }
}

extension JSONValue {
  /// A remark of a schema in both languages: French under its own keyword, English in `x-en`.
  func sentence(_ keyword: JSONString) -> Sentence? {
    guard let french = self[keyword]?.text else { return nil }
    return Sentence(fr: french, en: self["x-en"]?[keyword]?.text ?? french)
  }
}

extension JSONObject {
  /// Members of the form `{"fr": …, "en": …}` as sentences.
  var sentences: [JSONString: Sentence] {
    var sentences: [JSONString: Sentence] = [:]
    for member in members {
      guard let french = member.value["fr"]?.text, let english = member.value["en"]?.text else { continue }
      sentences[member.key] = Sentence(fr: french, en: english)
    }
    return sentences
  }
}

extension SchemaNode {
  /// Whether its `type` or its `enum` lets only text pass.
  fileprivate var asksForText: Bool {
    source["type"]?.text == "string"
      || source["enum"]?.array?.allSatisfy { $0.string != nil } ?? false
  }

  fileprivate var asksForSomethingElse: Bool { source["type"].map { $0.text != "string" } ?? false }
}
