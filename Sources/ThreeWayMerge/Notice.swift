public import JSONTree

/// Something a merge settled by rule that a person may want to look at. Nothing waits for it.
public struct Notice: Hashable, Sendable {
  public enum Kind: String, Sendable {
    /// Both sides changed words of one sentence; nobody has read the sentence that came out.
    case readAgain = "read-again"
    /// Both sides inserted text or elements at one place; both are kept, ordered by their bytes.
    case insertedTogether = "inserted-together"
    /// Both sides moved one element; it has one of the two places.
    case movedTwice = "moved-twice"
    /// Both sides moved a step of the workflow; the safer stands.
    case saferStep = "safer-step"
    /// Both sides set a moment; the earlier stands.
    case earlierMoment = "earlier-moment"
    /// A list has two elements with one key and was merged as one value.
    case duplicateKeys = "duplicate-keys"
    /// Both sides renamed the file; it has one of the two names.
    case renamedTwice = "renamed-twice"
    /// Its name and another one would be the same on some computers; one of the two files has another name now.
    case looksAlike = "looks-alike"
  }

  public var kind: Kind
  /// Where in the document.
  public var pointer: JSONPointer
  /// The words it is about: a sentence, an element's key, a member. May be empty.
  public var words: String

  public init(kind: Kind, pointer: JSONPointer, words: String = "") {
    self.kind = kind
    self.pointer = pointer
    self.words = words
  }
}
