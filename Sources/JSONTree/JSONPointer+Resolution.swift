// What a pointer points at.

extension JSONValue {
  /// The value at a place; `nil` where there is none.
  ///
  /// - Parameter keyField: The field whose text names the elements of a list (a string, else it names nothing), by the
  ///   place of the list. Where several elements have the same text, the first is found.
  public func value(
    at pointer: JSONPointer, keyField: (JSONPointer) -> JSONString = { _ in "id" }
  ) -> JSONValue? {
    var value = self
    for (depth, step) in pointer.steps.enumerated() {
      // The place of a list is only made where its elements are asked for by name.
      let index = try? value.index(
        of: step, keyField: keyField(JSONPointer(Array(pointer.steps[..<depth]))), allowingRepeats: true)
      guard let index else { return nil }
      value = value.child(index)
    }
    return value
  }

  /// A pointer as indices of members and elements, each taken in what the one before leads to.
  ///
  /// - Parameter allowingRepeats: Takes the first of several elements with one key, instead of refusing.
  func path(
    to pointer: JSONPointer, keyField: (JSONPointer) -> JSONString, allowingRepeats: Bool = false
  ) throws(JSONEditError) -> [Int] {
    var path: [Int] = []
    var value = self
    for (depth, step) in pointer.steps.enumerated() {
      let place = JSONPointer(Array(pointer.steps[..<depth]))
      do {
        let index = try value.index(
          of: step, keyField: keyField(place), allowingRepeats: allowingRepeats)
        path.append(index)
        value = value.child(index)
      } catch {
        throw JSONEditError(error, pointer: pointer, place: place)
      }
    }
    return path
  }

  /// The index of the member or element that a step leads to.
  func index(
    of step: JSONPointer.Step, keyField: @autoclosure () -> JSONString, allowingRepeats: Bool = false
  ) throws(JSONEditError.Reason) -> Int {
    switch (self, step) {
    case (.object, .element(let text)):
      throw .elementOfObject(text)
    case (.object(let object), _):
      guard let index = object.members.firstIndex(where: { $0.key == step.name }) else {
        throw .noMember(step.name)
      }
      return index
    case (.array(let elements), .element(let text)):
      let field = keyField()
      let found = elements.indices.filter { elements[$0][field]?.string == text }
      guard let first = found.first else { throw .noElement(text, keyField: field) }
      if found.count > 1 && !allowingRepeats {
        throw .severalElements(text, keyField: field, count: found.count)
      }
      return first
    case (.array(let elements), _):
      guard let index = step.listIndex else { throw .notAnIndex(step.name) }
      guard elements.indices.contains(index) else { throw .noIndex(index, count: elements.count) }
      return index
    default:
      throw .notAContainer
    }
  }

  /// The value of a member or element by its index, which must exist.
  func child(_ index: Int) -> JSONValue {
    switch self {
    case .array(let elements): elements[index]
    case .object(let object): object.members[index].value
    default: preconditionFailure("a value without parts")
    }
  }
}
