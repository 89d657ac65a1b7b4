import ByteSpans

/// Reads versions of one document, and writes new ones, faster than one by one.
///
/// An object or array that stands in a version as it does in the first, byte for byte and near the same place, is not read
/// again: both values share it. Reading it costs a comparison of bytes then, comparing the two values nothing, and
/// writing it a copy. A version that differs where it is deepest costs the comparison at each level: the bytes times the
/// depth, which is limited, at worst.
public struct JSONVersions: Sendable {
  private let rules: JSONParser
  private var first: ReadVersion?

  public init(rules: JSONParser = JSONParser()) { self.rules = rules }

  /// Reads the next version.
  ///
  /// - Returns: What `rules.parse(bytes)` returns.
  public mutating func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> ParsedJSON {
    var run = ParseRun(rules: rules, along: first, remembersContainers: first == nil)
    let value = try run.document(bytes.span)
    let parsed = ParsedJSON(
      value: value, isCanonical: run.isCanonical, duplicates: run.duplicates(in: bytes.span))
    // Who shared a part that has a key twice would not know of it.
    if first == nil, parsed.duplicates.isEmpty {
      first = ReadVersion(bytes: bytes, isCanonical: run.isCanonical, containers: run.containers)
    }
    return parsed
  }

  /// - Returns: ``JSONValue/canonicalForm`` of a value, which may be made of parts of these versions.
  public func canonicalForm(of value: JSONValue) -> [UInt8] {
    guard let first, first.isCanonical else { return value.canonicalForm }
    return JSONPrinter.canonical.bytes(of: value, sharing: first)
  }
}

/// A version that was read, and where its containers stand.
struct ReadVersion: Sendable {
  var bytes: [UInt8]
  var isCanonical: Bool
  /// In the order of their opening brackets: the first one inside of one comes behind it.
  var containers: [ReadContainer]
}

/// An object or array of a document.
struct ReadContainer: Sendable {
  /// Where it stands, with its brackets.
  var range: Range<Int>
  var value = JSONValue.null
  /// The index of the first container behind it.
  var next: Int
}

/// Goes through the containers of a version, while somebody reads or writes another version from its begin to its end.
struct VersionWalk: Sendable {
  let version: ReadVersion
  /// By depth, beginning with the document itself.
  private var levels: [Level]

  /// Which containers come next in one that is open in the other version.
  private struct Level {
    /// The one at the same place, if nothing was put in or taken out.
    var next: Int
    /// The one behind the last that was the same: where it goes on behind what was put in.
    var behindSame: Int
    /// The index of the first one that does not belong here.
    let end: Int

    init(_ indices: Range<Int>) {
      (next, behindSame, end) = (indices.lowerBound, indices.lowerBound, indices.upperBound)
    }
  }

  /// How many containers that follow are looked at: somebody may have taken out elements of a list.
  private static let reach = 4

  init(along version: ReadVersion) {
    self.version = version
    levels = [Level(0..<version.containers.count)]
    levels.reserveCapacity(16)
  }

  /// Goes behind the container that is the same as the next one of the other version; stays where there is none.
  mutating func takeNext(where isSame: (ReadContainer) -> Bool) -> ReadContainer? {
    let level = levels[levels.count - 1]
    var candidate = level.next
    for _ in 0..<Self.reach where candidate < level.end {
      let container = version.containers[candidate]
      if isSame(container) { return take(container) }
      candidate = container.next
    }
    guard level.behindSame < level.next else { return nil }
    let container = version.containers[level.behindSame]
    return isSame(container) ? take(container) : nil
  }

  private mutating func take(_ container: ReadContainer) -> ReadContainer {
    levels[levels.count - 1].next = container.next
    levels[levels.count - 1].behindSame = container.next
    return container
  }

  /// Goes into the container at the place of the next one, which is not the same; where there is none, nothing is inside.
  mutating func enter() {
    let level = levels[levels.count - 1]
    guard level.next < level.end else { return levels.append(Level(0..<0)) }
    let next = version.containers[level.next].next
    levels[levels.count - 1].next = next
    levels.append(Level(level.next + 1..<next))
  }

  mutating func leave() { levels.removeLast() }
}

extension ParseRun {
  /// Takes over the container that begins here, if the first version has it; `nil` if it has to be read.
  mutating func sharedContainer(at index: inout Int, in bytes: Span<UInt8>) -> JSONValue? {
    // What is the same stands in canonical form as well.
    guard let version = walk?.version, version.isCanonical || !isCanonical else { return nil }
    let start = index
    let shared = walk?.takeNext { container in
      let end = start + container.range.count
      guard end <= bytes.count else { return false }
      return firstDifference(version.bytes.span.extracting(container.range), bytes.extracting(start..<end))
        == nil
    }
    guard let shared else { return nil }
    index += shared.range.count
    return shared.value
  }
}

extension JSONValue {
  /// Whether both are one and the same container in memory. Equal containers need not be.
  func isSameContainer(as other: JSONValue) -> Bool {
    switch (self, other) {
    case (.object(let left), .object(let right)): left.members.span.isIdentical(to: right.members.span)
    case (.array(let left), .array(let right)): left.span.isIdentical(to: right.span)
    default: false
    }
  }
}
