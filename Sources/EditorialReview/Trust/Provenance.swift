public import Documents
public import JSONTree

/// What the history of a workspace says of its documents and a folder alone does not: whose words they are, and whose
/// yes counts.
public struct Provenance: Sendable {
  public let authority: Authority
  /// The people whose words a document holds: ids of members, else addresses.
  public let authors: @Sendable (Document) -> Set<JSONString>

  /// - Parameter authors: See ``authors``.
  public init(authority: Authority, authors: @escaping @Sendable (Document) -> Set<JSONString>) {
    (self.authority, self.authors) = (authority, authors)
  }

  /// What the documents themselves say: who made each, and how approval was before somebody loosened it.
  public init(of documents: DocumentCollection) {
    self.init(authority: Authority(of: documents), authors: Self.makers(of:))
  }

  /// Who made a document, as it says itself.
  @Sendable public static func makers(of document: Document) -> Set<JSONString> {
    Set([document.value["createdBy"]?.string].compactMap { $0 })
  }
}
