import Documents
import EditorialReview
import JSONTree
import ObjectModel
import Testing
import Wording

/// The documents of a small workspace as values, and the moment somebody looks at them.
struct DeskRoom {
  static let now = Instant(rfc3339: "2026-11-20T12:00:00-05:00") ?? Instant(secondsSince1970: 0)

  let documents: DocumentCollection
  let states: EditorialStates

  /// - Parameter values: Documents with an id and a kind; where they lie follows from these.
  init(_ values: [JSONValue], at now: Instant = DeskRoom.now) throws {
    documents = DocumentCollection(
      try values.map { value in
        let kind = try #require(SchemaSet.builtIn.kind(named: value["kind"]?.string ?? ""))
        let id = try #require(value["id"]?.string)
        return Document(
          path: try WorkspacePath("\(kind.name.text)/\(id.text).json"), value: value, kind: kind)
      })
    states = EditorialStates(of: documents, at: now)
  }
}
