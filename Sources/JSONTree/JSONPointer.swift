/// The place of a value inside a document.
///
/// Written as in RFC 6901, with one addition: `@` and a text name the element of a list whose key field has that
/// text, so that a pointer stays true when the list is reordered.
///
///     pointer = *( "/" step )
///     step    = element / key
///     element = "@" *character              ; the element of a list with this key
///     key     = [ [ "~2" / first ] *character ]  ; a key of an object, or an index of a list
///     character = any but "/" and "~" / "~0" (for "~") / "~1" (for "/")
///     first     = any character but "@"
///
/// So `~2` stands for the `@` of a key that begins with one, and stands nowhere else: `/thread/@01hx/body` is the
/// body of the element `01hx`, `/~2type` the key `@type`, `/@@x` the element `@x`. Each list of steps is written in
/// one way, and each text that follows the grammar comes back as it was.
public struct JSONPointer: Sendable {
  public enum Step: Sendable {
    /// A key of an object. In a list it is read as an index if it is one, and `-` as the place after the last.
    case key(JSONString)
    /// The index of an element of a list, from 0. Equal to the key that is written the same.
    case index(Int)
    /// The element of a list whose key field has this text.
    case element(JSONString)
  }

  public var steps: [Step]

  /// The whole document.
  public static let root = JSONPointer([])

  public init(_ steps: [Step]) { self.steps = steps }

  public func appending(_ step: Step) -> JSONPointer { JSONPointer(steps + [step]) }

  /// The place of the object or list that this place is in; `nil` for the whole document.
  public var parent: JSONPointer? { steps.isEmpty ? nil : JSONPointer(steps.dropLast()) }

  /// Whether this is the other place or one inside it.
  public func hasPrefix(_ other: JSONPointer) -> Bool { steps.starts(with: other.steps) }
}

extension JSONPointer: Hashable {}

extension JSONPointer.Step: Hashable {
  /// Steps are equal when they are written the same: parsing cannot tell the key `0` from the index 0.
  public static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.index(let left), .index(let right)): left == right
    case (.element(let left), .element(let right)): left == right
    case (.element, _), (_, .element): false
    default: left.name == right.name
    }
  }

  public func hash(into hasher: inout Hasher) {
    if case .element = self { hasher.combine(true) }
    hasher.combine(name)
  }

  /// The text of a key, an index or an element, without escapes.
  public var name: JSONString {
    switch self {
    case .key(let text), .element(let text): text
    case .index(let index): JSONString(String(index))
    }
  }

  /// The index that the step names in a list, if it does: digits without a leading zero. Source: RFC 6901, section 4.
  public var listIndex: Int? {
    switch self {
    case .index(let index): return index
    case .element: return nil
    case .key(let key):
      let digits = key.text.utf8
      guard digits.allSatisfy(\.isDigit), digits.first != .zero || digits.count == 1 else { return nil }
      return Int(key.text)
    }
  }
}

// MARK: Text

extension JSONPointer: CustomStringConvertible, ExpressibleByStringLiteral {
  public var description: String {
    var text = ""
    for step in steps { text += "/" + step.description }
    return text
  }

  /// - Parameter text: Must follow the grammar; ``init(parsing:)`` checks text from outside.
  public init(stringLiteral text: String) {
    do { self = try JSONPointer(parsing: text) } catch { preconditionFailure("\(text): \(error)") }
  }

  /// Reads a pointer as it is written; the empty text is the whole document.
  public init(parsing text: String) throws(JSONPointerError) {
    var steps: [Step] = []
    var reader = PointerReader(text)
    while let step = try reader.nextStep() { steps.append(step) }
    self.init(steps)
  }
}

extension JSONPointer.Step: CustomStringConvertible {
  /// The step as it is written in a pointer, without the `/` before it.
  public var description: String {
    var text = ""
    for (index, scalar) in name.text.unicodeScalars.enumerated() {
      switch scalar {
      case "~": text += "~0"
      case "/": text += "~1"
      case "@" where index == 0 && !isElement: text += "~2"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return isElement ? "@" + text : text
  }

  private var isElement: Bool { if case .element = self { true } else { false } }
}

/// Why a text is no pointer, and where.
public struct JSONPointerError: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// A pointer that is not empty begins with `/`.
    case missingSlash
    /// `~` without `0`, `1` or, at the beginning of a step, `2` behind it: what stands there, if anything.
    case unknownEscape(Unicode.Scalar?)
  }

  public let reason: Reason
  public let text: String
  /// Where in the text, from 1, in Unicode scalars.
  public let column: Int

  public init(reason: Reason, text: String, column: Int) {
    self.reason = reason
    self.text = text
    self.column = column
  }
}

private struct PointerReader {
  private let text: String
  private let scalars: [Unicode.Scalar]
  private var index = 0

  init(_ text: String) {
    self.text = text
    scalars = Array(text.unicodeScalars)
  }

  mutating func nextStep() throws(JSONPointerError) -> JSONPointer.Step? {
    guard index < scalars.count else { return nil }
    guard scalars[index] == "/" else { throw failure(.missingSlash) }
    index += 1
    let isElement = index < scalars.count && scalars[index] == "@"
    if isElement { index += 1 }
    var name = String.UnicodeScalarView()
    let start = index
    while index < scalars.count, scalars[index] != "/" {
      if scalars[index] != "~" {
        name.append(scalars[index])
        index += 1
        continue
      }
      let escaped = index + 1 < scalars.count ? scalars[index + 1] : nil
      switch escaped {
      case "0": name.append("~")
      case "1": name.append("/")
      case "2" where index == start && !isElement: name.append("@")
      default: throw failure(.unknownEscape(escaped))
      }
      index += 2
    }
    let text = JSONString(String(name))
    return isElement ? .element(text) : .key(text)
  }

  private func failure(_ reason: JSONPointerError.Reason) -> JSONPointerError {
    JSONPointerError(reason: reason, text: text, column: index + 1)
  }
}
