/// Why a value cannot be changed at a place. Nothing was changed.
public struct JSONEditError: Error, Hashable, Sendable {
  public enum Reason: Error, Hashable, Sendable {
    /// The object has no such key.
    case noMember(JSONString)
    /// The object has the key already, and ``JSONValue/insert(_:at:keyField:)`` covers nothing.
    case memberExists(JSONString)
    /// The list has no element whose key field has this text.
    case noElement(JSONString, keyField: JSONString)
    /// More than one element has it.
    case severalElements(JSONString, keyField: JSONString, count: Int)
    /// The list is too short; indices go from 0 to `count` - 1.
    case noIndex(Int, count: Int)
    /// A list was asked for a key that is no index.
    case notAnIndex(JSONString)
    /// An object was asked for an element by its key field (`@`), as only lists have.
    case elementOfObject(JSONString)
    /// The value is a string, a number, a Boolean or null, and has no parts.
    case notAContainer
    /// The document itself can be set, but not inserted or removed.
    case wholeDocument
    /// The document would be too deep for ``JSONParser`` to read again.
    case tooDeep(limit: Int)
  }

  public let reason: Reason
  /// The place that was asked for.
  public let pointer: JSONPointer
  /// The part of it that exists: the reason speaks of the value there.
  public let place: JSONPointer

  public init(_ reason: Reason, pointer: JSONPointer, place: JSONPointer) {
    self.reason = reason
    self.pointer = pointer
    self.place = place
  }
}

extension JSONValue {
  /// Sets the value at a place: replaces what is there, or adds a key to an object.
  ///
  /// `-` after a list appends to it. Everything above the place must exist.
  ///
  /// - Parameter keyField: The field that names the elements of a list, by the place of the list.
  public mutating func set(
    _ value: JSONValue, at pointer: JSONPointer, keyField: (JSONPointer) -> JSONString = { _ in "id" }
  ) throws(JSONEditError) {
    try checkDepth(of: value, at: pointer)
    guard let target = try target(of: pointer, keyField: keyField) else {
      self = value
      return
    }
    switch target.spot {
    case .existing(let index):
      modify(target.container) { $0.setChild(index, to: value) }
    case .end:
      modify(target.container) { $0.insertChild(value, key: target.step.name, before: nil) }
    case .missing(let reason):
      guard case .noMember(let key) = reason else { throw target.failure(reason) }
      modify(target.container) { $0.insertChild(value, key: key, before: nil) }
    }
  }

  /// Adds a value at a place where none is: a new key of an object, or an element of a list before the one that
  /// is there now.
  ///
  /// The index after the last, or `-`, appends. An element named by its key (`@`) is the one to come before.
  public mutating func insert(
    _ value: JSONValue, at pointer: JSONPointer, keyField: (JSONPointer) -> JSONString = { _ in "id" }
  ) throws(JSONEditError) {
    try checkDepth(of: value, at: pointer)
    guard let target = try target(of: pointer, keyField: keyField) else {
      throw JSONEditError(.wholeDocument, pointer: pointer, place: .root)
    }
    switch target.spot {
    case .existing(let index):
      if target.isObject { throw target.failure(.memberExists(target.step.name)) }
      modify(target.container) { $0.insertChild(value, key: target.step.name, before: index) }
    case .missing(.noMember), .end:
      modify(target.container) { $0.insertChild(value, key: target.step.name, before: nil) }
    case .missing(.noIndex(let index, let count)) where index == count:
      modify(target.container) { $0.insertChild(value, key: target.step.name, before: nil) }
    case .missing(let reason):
      throw target.failure(reason)
    }
  }

  /// Takes the value at a place out of its object or list, and returns it.
  @discardableResult
  public mutating func remove(
    at pointer: JSONPointer, keyField: (JSONPointer) -> JSONString = { _ in "id" }
  ) throws(JSONEditError) -> JSONValue {
    guard let target = try target(of: pointer, keyField: keyField) else {
      throw JSONEditError(.wholeDocument, pointer: pointer, place: .root)
    }
    switch target.spot {
    case .existing(let index):
      var removed = JSONValue.null
      modify(target.container) { removed = $0.removeChild(index) }
      return removed
    case .end: throw target.failure(.notAnIndex(target.step.name))
    case .missing(let reason): throw target.failure(reason)
    }
  }
}

// MARK: Finding the place

/// The last step of a pointer, in the container that the steps before it lead to.
private struct EditTarget {
  enum Spot {
    case existing(Int)
    /// After the last element of a list.
    case end
    case missing(JSONEditError.Reason)
  }

  var pointer: JSONPointer
  var step: JSONPointer.Step
  var container: [Int]
  var isObject: Bool
  var spot: Spot

  func failure(_ reason: JSONEditError.Reason) -> JSONEditError {
    JSONEditError(reason, pointer: pointer, place: JSONPointer(pointer.steps.dropLast()))
  }
}

extension JSONValue {
  /// `nil` for the whole document.
  private func target(
    of pointer: JSONPointer, keyField: (JSONPointer) -> JSONString
  ) throws(JSONEditError) -> EditTarget? {
    guard let step = pointer.steps.last, let parent = pointer.parent else { return nil }
    let path: [Int]
    do { path = try self.path(to: parent, keyField: keyField) } catch {
      throw JSONEditError(error.reason, pointer: pointer, place: error.place)
    }
    let container = path.reduce(self) { $0.child($1) }
    let spot: EditTarget.Spot
    if case .array = container, step == .key("-") {
      spot = .end
    } else {
      do { spot = .existing(try container.index(of: step, keyField: keyField(parent))) } catch {
        spot = .missing(error)
      }
    }
    return EditTarget(
      pointer: pointer, step: step, container: path, isObject: container.object != nil, spot: spot)
  }

  private func checkDepth(of value: JSONValue, at pointer: JSONPointer) throws(JSONEditError) {
    let limit = JSONParser.defaultDepthLimit
    if pointer.steps.count + value.depth > limit {
      throw JSONEditError(.tooDeep(limit: limit), pointer: pointer, place: .root)
    }
  }

  /// How many objects and lists are inside each other: none in a string, one in `[]`, two in `[[]]`.
  public var depth: Int {
    switch self {
    case .array(let elements): 1 + (elements.lazy.map(\.depth).max() ?? 0)
    case .object(let object): 1 + (object.members.lazy.map(\.value.depth).max() ?? 0)
    default: 0
    }
  }
}

// MARK: Changing it

extension JSONValue {
  private mutating func modify(_ path: some Collection<Int>, _ change: (inout JSONValue) -> Void) {
    guard let index = path.first else { return change(&self) }
    var child = child(index)
    // Held once only while it is changed, so that nothing is copied.
    setChild(index, to: .null)
    child.modify(path.dropFirst(), change)
    setChild(index, to: child)
  }

  private mutating func setChild(_ index: Int, to value: JSONValue) {
    withParts { elements in
      elements[index] = value
    } members: { members in
      members[index].value = value
    }
  }

  private mutating func insertChild(_ value: JSONValue, key: JSONString, before index: Int?) {
    withParts { elements in
      elements.insert(value, at: index ?? elements.endIndex)
    } members: { members in
      members.insert(JSONObject.Member(key: key, value: value), at: index ?? members.endIndex)
    }
  }

  private mutating func removeChild(_ index: Int) -> JSONValue {
    withParts { elements in
      elements.remove(at: index)
    } members: { members in
      members.remove(at: index).value
    }
  }

  /// Changes the parts of an object or list in place.
  private mutating func withParts<Result>(
    _ elements: (inout [JSONValue]) -> Result, members: (inout [JSONObject.Member]) -> Result
  ) -> Result {
    switch self {
    case .array(var list):
      self = .null
      defer { self = .array(list) }
      return elements(&list)
    case .object(var object):
      self = .null
      defer { self = .object(object) }
      return members(&object.members)
    default: preconditionFailure("a value without parts")
    }
  }
}
