/// An object or array of a document, and the white space around its parts.
struct SourceContainer {
  struct Part {
    /// The white space before it, from the bracket or comma on.
    var lead: Range<Int>
    /// The white space behind it, up to the bracket or comma.
    var trail: Range<Int>
    var node: Int
  }

  let parts: [Part]
  /// `.lines` if a line ends anywhere between the parts.
  let form: WritingStyle.Form
  /// Whether none of the parts has parts.
  let isPlain: Bool

  init(_ node: Int, in tree: SourceTree, _ bytes: Span<UInt8>) {
    var parts: [Part] = []
    var form = WritingStyle.Form.oneLine
    var behind = tree.nodes[node].value.lowerBound + 1
    for child in tree.children(of: node) {
      let (start, end) = (tree.nodes[child].start, tree.nodes[child].value.upperBound)
      let delimiter = afterSpace(end, in: bytes)
      let part = Part(lead: behind..<start, trail: end..<delimiter, node: child)
      if lastLine(of: part.lead, in: bytes) != nil || lastLine(of: part.trail, in: bytes) != nil {
        form = .lines
      }
      parts.append(part)
      behind = delimiter + 1
    }
    self.parts = parts
    self.form = form
    isPlain =
      parts.count == tree.nodes[node].next - node - 1
      && parts.allSatisfy {
        bytes[tree.nodes[$0.node].value.lowerBound] != .openingBrace
          && bytes[tree.nodes[$0.node].value.lowerBound] != .openingBracket
      }
  }
}

/// What follows the last line end in a stretch of white space; `nil` if no line ends there.
func lastLine(of range: Range<Int>, in bytes: Span<UInt8>) -> Range<Int>? {
  for index in range.reversed() where bytes[index] == .lineFeed || bytes[index] == .carriageReturn {
    return index + 1..<range.upperBound
  }
  return nil
}
