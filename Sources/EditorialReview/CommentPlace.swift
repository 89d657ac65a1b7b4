public import Documents
public import JSONTree
import ThreeWayMerge

/// Where a comment belongs in its document as that stands now.
///
/// No comment is ever dropped: one whose words are gone says what they were.
public struct CommentPlace: Sendable {
  /// The field; `nil` for a comment on the whole document.
  public let pointer: JSONPointer?
  /// What became of the words, or of the field where no words were quoted.
  public let standing: PassageStanding
  /// The field's text as it is now; `nil` where it has none.
  public let text: String?
  /// The words as they were quoted; `nil` for a comment on a whole field or document.
  public let quote: String?
  /// Where the words, or what they became, stand in `text`, in scalars. See ``FoundPassage/range``.
  public let range: Range<Int>?

  /// The words as they are now; `nil` where none were quoted, or none are left.
  public var words: String? {
    guard let text, let range, !range.isEmpty else { return nil }
    return String(Array(text.unicodeScalars)[range])
  }

  /// The text with other words in the place of these; `nil` where there is no place.
  public func text(replacingWordsWith replacement: String) -> String? {
    guard let text, let range else { return nil }
    let scalars = Array(text.unicodeScalars)
    return String(scalars[..<range.lowerBound]) + replacement + String(scalars[range.upperBound...])
  }
}

extension Comment {
  /// Where the comment belongs in its document.
  ///
  /// - Parameter document: As it is now; elements of lists are looked up by what its kind knows them by.
  public func place(in document: Document) -> CommentPlace {
    let anchor = CommentAnchor(self.anchor)
    guard let pointer else {
      return CommentPlace(
        pointer: nil, standing: anchor == nil ? .exact : .orphaned, text: nil, quote: anchor?.exact,
        range: nil)
    }
    let value = document.value.value(at: pointer, keyField: document.kind.mergeRule.keyField(at:))
    let text = value?.text
    guard let anchor else {
      return CommentPlace(
        pointer: pointer, standing: value == nil ? .orphaned : .exact, text: text, quote: nil, range: nil)
    }
    let found = text.map { anchor.found(in: $0) } ?? FoundPassage(standing: .orphaned, range: nil)
    return CommentPlace(
      pointer: pointer, standing: found.standing, text: text, quote: anchor.exact, range: found.range)
  }
}
