public import JSONTree
public import ThreeWayMerge

/// A text that somebody wrote into a document, and where.
public struct WrittenText: Hashable, Sendable {
  /// Members of a set have the place of the set, as in a difference.
  public var pointer: JSONPointer
  public var text: JSONString

  public init(pointer: JSONPointer, text: JSONString) {
    self.pointer = pointer
    self.text = text
  }
}

/// Every text of a value, but what only tells documents apart: ids, kinds and who made it when.
///
/// - Parameter rule: Says by which field elements are known.
/// - Returns: In the order of the document, empty texts left out.
public func writtenTexts(in value: JSONValue, rule: MergeRule) -> [WrittenText] {
  var texts: [WrittenText] = []
  collect(value, rule, at: .root, into: &texts)
  return texts
}

private let bookkeeping: Set<JSONString> = ["$schema", "createdAt", "createdBy", "id", "kind"]

private func collect(
  _ value: JSONValue, _ rule: MergeRule, at pointer: JSONPointer, into texts: inout [WrittenText]
) {
  switch value {
  case .string(let text):
    if !text.text.utf8.isEmpty { texts.append(WrittenText(pointer: pointer, text: text)) }
  case .object(let object):
    for member in object.members where !(pointer.steps.isEmpty && bookkeeping.contains(member.key)) {
      collect(
        member.value, rule.rule(forMember: member.key), at: pointer.appending(.key(member.key)), into: &texts)
    }
  case .array(let elements):
    let (key, element) = rule.elementKey
    let names = elements.compactMap { $0[key]?.string }
    let isKeyed = if case .sequence = rule { false } else { Set(names).count == elements.count }
    for (index, part) in elements.enumerated() {
      let place = rule == .set ? pointer : pointer.appending(isKeyed ? .element(names[index]) : .index(index))
      collect(part, element, at: place, into: &texts)
    }
  case .null, .bool, .number: break
  }
}
