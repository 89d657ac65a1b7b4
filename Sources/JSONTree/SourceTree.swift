/// Where the parts of a document lie in its bytes: one node for each value, in the order they are written.
///
/// Found by a second, light pass over bytes that ``JSONParser`` has read before.
struct SourceTree: Sendable {
  struct Node: Sendable {
    /// The bytes of the value.
    var value: Range<Int>
    /// The bytes of its key with the quotation marks, in an object.
    var key: Range<Int>?
    /// The number of the first node behind this one and everything inside it.
    var next: Int

    /// Where the member or element begins, with its key if it has one.
    var start: Int { key?.lowerBound ?? value.lowerBound }
  }

  private(set) var nodes: [Node] = []

  /// - Parameter bytes: A JSON document without errors.
  init(_ bytes: Span<UInt8>) {
    var open: [Int] = []
    var key: Range<Int>?
    var at = afterSpace(0, in: bytes)
    while at < bytes.count {
      let start = at
      switch bytes[at] {
      case .openingBrace, .openingBracket:
        open.append(nodes.count)
        at += 1
      case .closingBrace, .closingBracket:
        at += 1
        if let container = open.popLast() {
          nodes[container].value = nodes[container].value.lowerBound..<at
          nodes[container].next = nodes.count
        }
        at = afterSpace(at, in: bytes)
        continue
      case .comma, .colon:
        at = afterSpace(at + 1, in: bytes)
        continue
      case .quotationMark:
        at = Self.afterString(at, in: bytes)
        let next = afterSpace(at, in: bytes)
        if byte(next, of: bytes) == .colon {
          key = start..<at
          at = next
          continue
        }
      default:
        while at < bytes.count, !Self.endsWord(bytes[at]) { at += 1 }
      }
      nodes.append(Node(value: start..<at, key: key, next: nodes.count + 1))
      key = nil
      at = afterSpace(at, in: bytes)
    }
  }

  /// The nodes directly inside a node.
  func children(of node: Int) -> [Int] {
    var children: [Int] = []
    var child = node + 1
    while child < nodes[node].next {
      children.append(child)
      child = nodes[child].next
    }
    return children
  }

  /// The node that a path of child indices leads to from the root.
  func node(at path: [Int]) -> Int {
    path.reduce(0) { children(of: $0)[$1] }
  }

  private static func afterString(_ start: Int, in bytes: Span<UInt8>) -> Int {
    var at = afterPlain(start + 1, in: bytes)
    while byte(at, of: bytes) == .backslash { at = afterPlain(at + 2, in: bytes) }
    return at + 1
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    byte.isSpace || byte == .comma || byte == .closingBrace || byte == .closingBracket
  }
}
