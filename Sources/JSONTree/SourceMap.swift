/// The places of a document's values in its bytes, for messages that name line and column.
public struct SourceMap: Sendable {
  /// What the document says.
  public let value: JSONValue
  private let bytes: [UInt8]
  private let tree: SourceTree
  private let lines: LineIndex

  /// Reads a document, by the rules of ``JSONParser`` with duplicate keys refused.
  public init(
    parsing bytes: some Collection<UInt8>, depthLimit: Int = JSONParser.defaultDepthLimit
  ) throws(JSONSyntaxError) {
    let bytes = Array(bytes)
    value = try JSONValue(parsing: bytes, depthLimit: depthLimit)
    tree = SourceTree(bytes.span)
    lines = LineIndex(bytes.span)
    self.bytes = bytes
  }

  /// Where the value at a pointer stands; `nil` where the document has none there.
  ///
  /// - Parameter keyField: The field that names the elements of a list, by the place of the list.
  public func range(
    of pointer: JSONPointer, keyField: (JSONPointer) -> JSONString = { _ in "id" }
  ) -> SourceRange? {
    node(at: pointer, keyField).map { lines.range(of: $0.value, in: bytes.span) }
  }

  /// Where the key of the member at a pointer stands, with its quotation marks; `nil` for what is no member.
  public func keyRange(
    of pointer: JSONPointer, keyField: (JSONPointer) -> JSONString = { _ in "id" }
  ) -> SourceRange? {
    node(at: pointer, keyField)?.key.map { lines.range(of: $0, in: bytes.span) }
  }

  /// Line and column of a byte of the document, or of its end.
  public func position(ofByte offset: Int) -> SourcePosition {
    precondition(offset >= 0 && offset <= bytes.count, "byte \(offset) of \(bytes.count)")
    return lines.position(of: offset, in: bytes.span)
  }

  private func node(at pointer: JSONPointer, _ keyField: (JSONPointer) -> JSONString) -> SourceTree.Node? {
    guard let path = try? value.path(to: pointer, keyField: keyField, allowingRepeats: true) else {
      return nil
    }
    return tree.nodes[tree.node(at: path)]
  }
}
