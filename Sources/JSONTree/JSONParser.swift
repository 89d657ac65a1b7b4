/// Reads JSON from UTF-8 bytes, strictly as RFC 8259 has it, and keeps what a person wrote.
///
/// The order of keys and the text of numbers are kept. Refused, with the place and the reason: everything outside
/// the grammar, a byte order mark, bytes that are not UTF-8, `\u` escapes that stand for half a character, more than
/// ``depthLimit`` containers inside each other and, by default, a key twice in one object. The article
/// <doc:Decisions> says what was chosen where the RFC leaves a choice.
public struct JSONParser: Sendable {
  /// What a key twice in one object means. RFC 8259, section 4, calls the behaviour "unpredictable".
  public enum DuplicateKeys: Hashable, Sendable {
    /// An error that names both places, because one of the two values would be lost without a word.
    case refuse
    /// The last value, at the place of the first; ``ParsedJSON/duplicates`` lists what was dropped.
    case keepLast
  }

  public static let defaultDepthLimit = 512

  public var duplicateKeys: DuplicateKeys
  /// How many objects and arrays may stand inside each other; `[[]]` has two.
  public var depthLimit: Int

  public init(duplicateKeys: DuplicateKeys = .refuse, depthLimit: Int = defaultDepthLimit) {
    self.duplicateKeys = duplicateKeys
    self.depthLimit = depthLimit
  }

  public func parse(_ bytes: some Collection<UInt8>) throws(JSONSyntaxError) -> ParsedJSON {
    let bytes = Array(bytes)
    var run = ParseRun(rules: self)
    let value = try run.document(bytes.span)
    return ParsedJSON(
      value: value, isCanonical: run.isCanonical, duplicates: run.duplicates(in: bytes.span))
  }
}

/// A document that was read.
public struct ParsedJSON: Hashable, Sendable {
  public var value: JSONValue
  /// Whether the bytes are the ``JSONValue/canonicalForm`` of the value.
  public var isCanonical: Bool
  /// Keys that an object had more than once, in the order of their second place.
  public var duplicates: [DuplicateKey]

  public struct DuplicateKey: Hashable, Sendable {
    public let key: JSONString
    public let first: SourcePosition
    public let again: SourcePosition
  }
}

extension JSONValue {
  /// Reads a document that consists of this value.
  public init(
    parsing bytes: some Collection<UInt8>, duplicateKeys: JSONParser.DuplicateKeys = .refuse,
    depthLimit: Int = JSONParser.defaultDepthLimit
  ) throws(JSONSyntaxError) {
    self = try JSONParser(duplicateKeys: duplicateKeys, depthLimit: depthLimit).parse(bytes).value
  }
}

/// One document on its way in.
///
/// A loop with its own stacks instead of functions that call each other, so that depth costs memory and never the
/// stack. Finished values wait on `values` until their container closes and takes them all in one array of the
/// right size.
struct ParseRun {
  let rules: JSONParser
  var open: [OpenContainer] = []
  private var values: [JSONValue] = []
  /// The keys of the open objects; each object's n-th key belongs to its n-th value.
  private var keys: [JSONString] = []
  private var marks: [KeyMark] = []
  var strings = StringReader()
  private var dropped: [(key: JSONString, first: Int, again: Int)] = []
  /// Whether all that was read so far stands as ``JSONValue/canonicalForm`` writes it.
  var isCanonical = true
  /// Along the first version, whose containers are shared where they are the same.
  var walk: VersionWalk?
  private let remembersContainers: Bool
  /// Those that were met, for the versions that follow.
  private(set) var containers: [ReadContainer] = []

  struct OpenContainer {
    var kind: JSONSyntaxError.Container
    var offset: Int
    var firstValue: Int
    var firstKey: Int
    /// Its place in ``containers``.
    var index: Int
  }

  init(rules: JSONParser, along first: ReadVersion? = nil, remembersContainers: Bool = false) {
    self.rules = rules
    self.remembersContainers = remembersContainers
    walk = first.map(VersionWalk.init(along:))
    open.reserveCapacity(16)
    // Of a version that follows another, little is read.
    if first != nil { return }
    values.reserveCapacity(64)
    keys.reserveCapacity(64)
    marks.reserveCapacity(64)
    if remembersContainers { containers.reserveCapacity(64) }
  }

  var innermost: OpenContainer? { open.last }

  mutating func document(_ bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSONValue {
    try checkEncoding(of: bytes)
    var at = afterSpace(0, in: bytes)
    if at > 0 { isCanonical = false }
    if at == bytes.count { throw failure(.emptyDocument, at: at, in: bytes) }
    var expected = JSONSyntaxError.Expectation.value
    while true {
      var value: JSONValue
      let first = byte(at, of: bytes)
      switch first {
      case .openingBrace, .openingBracket:
        if let shared = sharedContainer(at: &at, in: bytes) {
          value = shared
          break
        }
        let isObject = first == .openingBrace
        try enter(isObject ? .object : .array, at: at, in: bytes)
        let end: UInt8 = isObject ? .closingBrace : .closingBracket
        at = afterOpening(at, end: end, in: bytes)
        guard byte(at, of: bytes) == end else {
          if isObject { try readKey(at: &at, expecting: .keyOrEndOfObject, in: bytes) }
          expected = isObject ? .value : .valueOrEndOfArray
          continue
        }
        at += 1
        value = isObject ? .object(JSONObject()) : .array([])
        leave(open.removeLast(), value, end: at)
      case .quotationMark:
        value = .string(try readString(at: &at, in: bytes))
      case .minus, .zero ... .nine:
        value = .number(try readNumber(at: &at, in: bytes))
      case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"):
        guard let word = readWord(at: &at, in: bytes) else {
          throw unexpected(at: at, expecting: expected, in: bytes)
        }
        value = word
      default: throw unexpected(at: at, expecting: expected, in: bytes)
      }

      expected = .value
      // The value is complete: give it to its container, and close the containers that end with it.
      finishing: while true {
        at = afterValue(at, in: bytes)
        guard let container = open.last else {
          guard at == bytes.count else { throw unexpectedContent(at: at, in: bytes) }
          return value
        }
        values.append(value)
        let next = byte(at, of: bytes)
        switch container.kind {
        case .object:
          if next == .comma {
            at = afterLineBreak(at + 1, level: open.count, in: bytes)
            try readKey(at: &at, expecting: .key, in: bytes)
            break finishing
          }
          guard next == .closingBrace else {
            throw unexpected(at: at, expecting: .commaOrEndOfObject, in: bytes)
          }
          value = .object(try close(container, in: bytes))
        case .array:
          if next == .comma {
            at = afterLineBreak(at + 1, level: open.count, in: bytes)
            break finishing
          }
          guard next == .closingBracket else {
            throw unexpected(at: at, expecting: .commaOrEndOfArray, in: bytes)
          }
          value = .array(Array(values[container.firstValue...]))
          values.removeLast(values.count - container.firstValue)
        }
        at += 1
        leave(open.removeLast(), value, end: at)
      }
    }
  }

  private mutating func enter(
    _ kind: JSONSyntaxError.Container, at offset: Int, in bytes: Span<UInt8>
  ) throws(JSONSyntaxError) {
    if open.count >= rules.depthLimit {
      throw failure(.depthExceeded(limit: rules.depthLimit), at: offset, in: bytes)
    }
    open.append(
      OpenContainer(
        kind: kind, offset: offset, firstValue: values.count, firstKey: keys.count, index: containers.count))
    if remembersContainers { containers.append(ReadContainer(range: offset..<offset, next: 0)) }
    walk?.enter()
  }

  private mutating func leave(_ container: OpenContainer, _ value: JSONValue, end: Int) {
    walk?.leave()
    guard remembersContainers else { return }
    containers[container.index] = ReadContainer(
      range: container.offset..<end, value: value, next: containers.count)
  }

  /// Reads a key and its colon, up to the value.
  private mutating func readKey(
    at: inout Int, expecting expectation: JSONSyntaxError.Expectation, in bytes: Span<UInt8>
  ) throws(JSONSyntaxError) {
    guard byte(at, of: bytes) == .quotationMark else {
      throw unexpected(at: at, expecting: expectation, in: bytes)
    }
    let offset = at
    let key = try readString(at: &at, in: bytes)
    keys.append(key)
    marks.append(KeyMark(key, offset: offset))
    let end = at
    at = afterSpace(at, in: bytes)
    guard byte(at, of: bytes) == .colon else { throw unexpected(at: at, expecting: .colon, in: bytes) }
    let value = afterSpace(at + 1, in: bytes)
    if at > end || value != at + 2 || bytes[at + 1] != .space { isCanonical = false }
    at = value
  }

  /// Takes the members of an object off the stacks.
  private mutating func close(
    _ object: OpenContainer, in bytes: Span<UInt8>
  ) throws(JSONSyntaxError) -> JSONObject {
    let count = keys.count - object.firstKey
    var members: [JSONObject.Member] = []
    members.reserveCapacity(count)
    for index in 0..<count {
      let (key, value) = (keys[object.firstKey + index], values[object.firstValue + index])
      members.append(JSONObject.Member(key: key, value: value))
    }
    if isCanonical { isCanonical = areInOrder(marks[object.firstKey...], members: members) }
    let repeats = repeatedKeys(marks[object.firstKey...], members: members)
    if !repeats.isEmpty { try settle(repeats, in: &members, of: bytes) }
    keys.removeLast(count)
    marks.removeLast(count)
    values.removeLast(count)
    return JSONObject(uniqueMembers: members)
  }

  /// Refuses keys that stand twice, or leaves only the last value of each.
  private mutating func settle(
    _ repeats: [KeyRepeat], in members: inout [JSONObject.Member], of bytes: Span<UInt8>
  ) throws(JSONSyntaxError) {
    for found in repeats {
      let key = members[found.again].key
      if rules.duplicateKeys == .refuse {
        let first = SourcePosition(offset: found.firstOffset, in: bytes)
        throw failure(.duplicateKey(key, first: first), at: found.againOffset, in: bytes)
      }
      dropped.append((key, found.firstOffset, found.againOffset))
      members[found.first].value = members[found.again].value
    }
    let gone = Set(repeats.map(\.again))
    members = members.indices.filter { !gone.contains($0) }.map { members[$0] }
  }

  func duplicates(in bytes: Span<UInt8>) -> [ParsedJSON.DuplicateKey] {
    if dropped.isEmpty { return [] }
    let lines = LineIndex(bytes)
    var found: [ParsedJSON.DuplicateKey] = []
    // Inner objects close first, so the places are not in order yet.
    for (key, first, again) in dropped.sorted(by: { $0.again < $1.again }) {
      found.append(
        ParsedJSON.DuplicateKey(
          key: key, first: lines.position(of: first, in: bytes), again: lines.position(of: again, in: bytes)))
    }
    return found
  }
}
