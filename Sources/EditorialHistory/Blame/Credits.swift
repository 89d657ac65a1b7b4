import JSONTree
import ThreeWayMerge

/// The version that wrote something: its place in the list of commits, so that the smaller is the newer.
typealias Credit = Int

extension Credit {
  /// Of what stands in the folder and in no version.
  static let nobodyYet = -1
}

/// Who wrote what of a value; a tree of the same shape.
indirect enum Credits {
  /// A value that changes as one.
  case whole(Credit)
  /// A text: its words, and who wrote each.
  case words([JSONString], [Credit])
  /// A set: who brought each member.
  case members([JSONValue: Credit])
  case object([JSONString: Credits])
  /// One for each element.
  case list([Credits])

  /// The last version that had a hand in it; `nil` for what is empty.
  var newest: Credit? {
    switch self {
    case .whole(let credit): credit
    case .words(_, let credits): credits.min()
    case .members(let members): members.values.min()
    case .object(let members): members.values.compactMap(\.newest).min()
    case .list(let elements): elements.compactMap(\.newest).min()
    }
  }
}

extension Credits {
  /// Who wrote a part that has no place of its own: a member of a set, or something inside a value that changes as one.
  func credit(ofPart part: JSONValue) -> Credit? {
    switch self {
    case .whole(let credit): credit
    case .members(let members): members[part]
    case .words, .object, .list: nil
    }
  }
}

/// A value, and who wrote what of it.
struct CreditedValue {
  var value: JSONValue
  var credits: Credits

  func member(_ key: JSONString) -> CreditedValue? {
    guard let value = value.object?[key], case .object(let members) = credits, let credits = members[key]
    else {
      return nil
    }
    return CreditedValue(value: value, credits: credits)
  }

  func element(_ index: Int) -> CreditedValue? {
    guard let elements = value.array, case .list(let list) = credits, elements.indices.contains(index),
      list.indices.contains(index)
    else { return nil }
    return CreditedValue(value: elements[index], credits: list[index])
  }

  /// The part at a place; `nil` where there is none that is credited by itself.
  func part(at steps: ArraySlice<JSONPointer.Step>, rule: MergeRule) -> CreditedValue? {
    guard let step = steps.first else { return self }
    switch (value, step) {
    case (.object, .key(let key)):
      return member(key)?.part(at: steps.dropFirst(), rule: rule.rule(forMember: key))
    case (.array(let elements), _):
      let (key, element) = rule.elementKey
      let index =
        if case .element(let name) = step {
          elements.firstIndex { $0[key]?.string == name }
        } else {
          step.listIndex
        }
      return index.flatMap { self.element($0) }?.part(at: steps.dropFirst(), rule: element)
    default: return nil
    }
  }
}

/// What a rule makes of a value when who wrote it is asked.
enum CreditedShape {
  case whole
  case words(String)
  case members([JSONValue])
  case object(JSONObject)
  case list([JSONValue])

  init(of value: JSONValue, rule: MergeRule) {
    switch (value, rule) {
    case (.string(let text), .text): self = .words(text.text)
    case (.object(let object), .byShape) where !object.isEmpty,
      (.object(let object), .object) where !object.isEmpty:
      self = .object(object)
    case (.array(let members), .set): self = .members(members)
    case (.array(let elements), .byShape) where !elements.isEmpty,
      (.array(let elements), .list) where !elements.isEmpty,
      (.array(let elements), .sequence) where !elements.isEmpty:
      self = .list(elements)
    default: self = .whole
    }
  }
}
