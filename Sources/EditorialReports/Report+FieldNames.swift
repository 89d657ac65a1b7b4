import Documents
import JSONTree

extension Report {
  /// What the fields of a document are called, and what stands in them.
  func fieldNames(of document: Document) -> FieldNames {
    FieldNames(
      of: document.kind,
      calling: { id, what in
        switch what {
        case "member": name(of: id)
        case "channel", "role": nil
        default: source.documents[id]?.title
        }
      }, clock: source.clock)
  }

  /// The document a value names, so that one can go there.
  func document(namedBy value: JSONValue, at pointer: JSONPointer, in document: Document) -> Document? {
    guard let string = value.string, let kind = document.kind.schema.field(at: pointer)?.refersTo,
      !["member", "channel", "role"].contains(kind)
    else { return nil }
    return source.documents[string]
  }
}
