public import Documents
public import JSONTree

/// One text of a document, as the check rules see it.
///
/// It is made once and handed from rule to rule, and as it is large, nobody copies it.
public final class CheckedText: Sendable {
  public let document: Document
  /// Where it stands in the document.
  public let pointer: JSONPointer
  /// The channel it is for; `nil` for a text all channels share.
  public let channel: JSONString?
  /// Its language, a BCP 47 tag: `fr-CA`.
  public let language: String
  public let text: String
  /// The text in Unicode code points, which is what ``Finding/range`` counts.
  public let scalars: [Unicode.Scalar]
  /// The same without differences of case, for finding words.
  let searched: SearchedText
  /// The same without what is not language; read once for all rules.
  let prose: Prose
  /// Addresses, handles, hashtags and {slots}: no words of anybody.
  let addresses: [Range<Int>]

  public init(
    _ text: String, in document: Document, at pointer: JSONPointer, channel: JSONString? = nil,
    language: String
  ) {
    (self.document, self.pointer, self.channel, self.language) = (document, pointer, channel, language)
    self.text = text
    scalars = text.scalars
    searched = SearchedText(FoldedText(scalars))
    addresses = EditorialChecks.addresses(in: scalars)
    prose = Prose(scalars, addresses: addresses)
  }

  /// `fr` for `fr-CA`.
  var primaryLanguage: Substring { language.prefix { $0 != "-" } }

  /// The characters of a part of it.
  func text(in range: Range<Int>) -> String { String(scalars: scalars[range]) }
}
