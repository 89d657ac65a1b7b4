public import Documents
public import EditorialReview
public import JSONTree
public import Wording

/// A kind of rule that an editorial line can ask for and that looks at a whole document: fields beside its texts, what
/// it refers to, the time.
public protocol DocumentRule: Sendable {
  /// The `check` of the rules of this kind: `alt-text`.
  static var check: String { get }

  /// - Parameter parameters: The rule's own settings, as the guideline has them.
  /// - Throws: What is wrong with them, for the person who wrote the rule.
  init(parameters: JSONValue?) throws(RuleProblem)

  /// The places of the document that break the rule.
  func matches(in document: PublicDocument, _ context: CheckContext) -> [PlacedMatch]
}

/// A kind of rule that compares documents with each other.
public protocol CollectionRule: Sendable {
  /// The `check` of the rules of this kind: `near-duplicate`.
  static var check: String { get }

  /// - Parameter parameters: The rule's own settings, as the guideline has them.
  /// - Throws: What is wrong with them, for the person who wrote the rule.
  init(parameters: JSONValue?) throws(RuleProblem)

  /// The places of those documents that break the rule.
  func matches(in documents: [Document], _ context: CheckContext) -> [PlacedMatch]
}

/// A document and those of its texts that people outside will see.
public struct PublicDocument: Sendable {
  public let document: Document
  public let texts: [CheckedText]

  public init(_ document: Document, in documents: DocumentCollection) {
    self.document = document
    texts = checkedTexts(of: document, in: documents)
  }
}

/// What a rule may look at beside the document it judges.
public struct CheckContext: Sendable {
  public let documents: DocumentCollection
  public let now: Instant
  /// The ids of documents in which something is to be settled.
  public let conflicted: Set<JSONString>
  /// What their history says of the documents; `nil` where it is not known.
  public let provenance: Provenance?

  public init(
    _ documents: DocumentCollection, at now: Instant, conflicted: Set<JSONString> = [],
    provenance: Provenance? = nil
  ) {
    (self.documents, self.now, self.conflicted) = (documents, now, conflicted)
    self.provenance = provenance
  }
}

/// A place in a document that breaks a rule.
public struct PlacedMatch: Sendable {
  public var document: Document
  public var pointer: JSONPointer
  /// The channel it is for; `nil` for all.
  public var channel: JSONString?
  public var match: RuleMatch
  /// The field that is not there, where that is what is wrong: a rule for this field is about this place.
  var missing: JSONString?

  public init(_ document: Document, _ pointer: JSONPointer, _ match: RuleMatch, channel: JSONString? = nil) {
    (self.document, self.pointer, self.match, self.channel) = (document, pointer, match, channel)
  }

  /// The words, or the whole text.
  struct Place: Hashable {
    let pointer: JSONPointer
    let range: Range<Int>?
  }

  var place: Place { Place(pointer: pointer, range: match.range) }

  /// A match in a text.
  init(_ text: CheckedText, _ match: RuleMatch) {
    self.init(text.document, text.pointer, match, channel: text.channel)
  }
}
