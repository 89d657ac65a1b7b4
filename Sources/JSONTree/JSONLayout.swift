/// A document as its author laid it out, to write changed values into it.
///
/// What is the same at the same place keeps its bytes: spacing, escapes, the order of keys. Elements of lists are at
/// the same place when their key field has the same text, or when they are equal. What is new follows the style of
/// the document: its indentation, line ends, spacing and escapes, and whether lists stand on one line.
///
/// Printing the unchanged value gives the same bytes, and printing any value gives a document that says exactly
/// that value, provided it is not deeper than ``JSONParser`` reads.
public struct JSONLayout: Sendable {
  /// What the document says.
  public let value: JSONValue
  private let source: [UInt8]
  private let tree: SourceTree
  private let style: WritingStyle

  /// Reads a document, by the rules of ``JSONParser`` with duplicate keys refused.
  public init(
    of bytes: some Collection<UInt8>, depthLimit: Int = JSONParser.defaultDepthLimit
  ) throws(JSONSyntaxError) {
    let bytes = Array(bytes)
    value = try JSONValue(parsing: bytes, depthLimit: depthLimit)
    tree = SourceTree(bytes.span)
    style = WritingStyle(of: bytes.span, tree)
    source = bytes
  }

  /// Writes a value in place of the document's own.
  ///
  /// - Parameter keyField: The field that names the elements of a list, by the place of the list.
  public func bytes(
    of new: JSONValue, keyField: (JSONPointer) -> JSONString = { _ in "id" }
  ) -> [UInt8] {
    let root = tree.nodes[0].value
    return withoutActuallyEscaping(keyField) { keyField in
      var writer = LayoutWriter(source: source, tree: tree, style: style, keyField: keyField)
      writer.copy(0..<root.lowerBound)
      writer.write(new, over: value, node: 0, at: .root, margin: [], form: nil)
      writer.copy(root.upperBound..<source.count)
      return writer.output.bytes
    }
  }
}
