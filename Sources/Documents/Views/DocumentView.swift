public import JSONTree

/// A document read by the names of its fields: a view, nothing is copied and unknown fields stay.
///
/// What a document lacks or has in another shape reads as absent: the schema says what has to be there, and a view
/// must not fail on a document that somebody is in the middle of editing.
public protocol DocumentView: Sendable {
  /// The fields the view reads, as JSON Pointers; each is in the schema of the kind.
  associatedtype Field: RawRepresentable<String>, CaseIterable
  static var kind: JSONString { get }
  var value: JSONValue { get }
  init(_ value: JSONValue)
}

extension DocumentView {
  subscript(field: Field) -> JSONValue? {
    // The keys of the place, without reading it as a pointer: this is asked for every field of every document.
    var rest = field.rawValue.utf8.dropFirst()
    var found = value
    while true {
      let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
      guard let next = found[JSONString(String(Substring(rest[..<end])))] else { return nil }
      if end == rest.endIndex { return next }
      found = next
      rest = rest[rest.index(after: end)...]
    }
  }

  func text(_ field: Field) -> String? { self[field]?.text }
  func texts(_ field: Field) -> [String] { self[field]?.array?.compactMap(\.text) ?? [] }
  func elements(_ field: Field) -> [JSONValue] { self[field]?.array ?? [] }
  func members(_ field: Field) -> [JSONObject.Member] { self[field]?.object?.sortedByKey().members ?? [] }
}

extension JSONValue {
  /// A whole number from 0; `nil` for anything else.
  package var count: Int? { number.flatMap { ExactNumber($0).count } }
}
