import Documents
import JSONTree
import ThreeWayMerge

/// The fields of a document in the order one reads them: its texts, the main one first, then everything else.
struct DocumentFields {
  struct Field {
    var pointer: JSONPointer
    var value: JSONValue
  }

  /// What people write by words, and whatever has several lines.
  private(set) var texts: [Field] = []
  private(set) var details: [Field] = []

  /// Said at the head of the page, or of no interest to a reader.
  private static let inHead: Set<JSONString> = ["$schema", "id", "kind", "createdAt", "createdBy"]

  init(of document: Document) {
    let (main, title) = (document.kind.placement.body, document.kind.placement.title)
    for member in document.value.object?.sortedByKey().members ?? [] where !Self.inHead.contains(member.key) {
      let pointer = JSONPointer([.key(member.key)])
      if pointer == title { continue }
      add(member.value, at: pointer, rule: document.kind.mergeRule.rule(forMember: member.key))
    }
    // What goes out comes before what is said about it.
    let channels = document.kind.placement.channels
    func rank(_ field: Field) -> Int {
      if field.pointer == main { return 0 }
      return channels.map { field.pointer.hasPrefix($0) } ?? false ? 1 : 2
    }
    texts = texts.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
      .map(\.element)
  }

  private mutating func add(_ value: JSONValue, at pointer: JSONPointer, rule: MergeRule) {
    switch value {
    case .null: break
    case .string(let string) where string.text.utf8.isEmpty: break
    case .string(let string) where rule == .text || string.text.contains(where: \.isNewline):
      texts.append(Field(pointer: pointer, value: value))
    case .object(let object):
      for member in object.sortedByKey().members {
        add(member.value, at: pointer.appending(.key(member.key)), rule: rule.rule(forMember: member.key))
      }
    case .array(let elements) where elements.contains(where: { $0.object != nil || $0.array != nil }):
      let (key, elementRule) = rule.elementKey
      for (index, element) in elements.enumerated() {
        let step = element[key]?.string.map(JSONPointer.Step.element) ?? .index(index)
        var element = element
        // The name of the element already names its fields.
        if case .element = step, var object = element.object {
          object[key] = nil
          element = .object(object)
        }
        add(element, at: pointer.appending(step), rule: elementRule)
      }
    case .array(let elements) where elements.isEmpty: break
    case .array, .bool, .number, .string: details.append(Field(pointer: pointer, value: value))
    }
  }
}
