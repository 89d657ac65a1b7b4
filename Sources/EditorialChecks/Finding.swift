public import Documents
public import JSONTree
public import ObjectModel
public import Wording

/// Something a check has to say about one place of one document.
public struct Finding: Hashable, Sendable {
  /// How much it matters. Only an error asks for a person before the text leaves.
  public enum Level: String, CaseIterable, Comparable, Sendable {
    case suggestion, warning, error

    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .suggestion: 0
      case .warning: 1
      case .error: 2
      }
    }
  }

  /// What to write instead, in the place of ``range``.
  public struct Suggestion: Hashable, Sendable {
    public var replacement: String
    /// Whether it changes nothing but signs and spaces, so that `check --fix` may apply it unasked.
    public var isSafe: Bool

    public init(_ replacement: String, isSafe: Bool = false) {
      (self.replacement, self.isSafe) = (replacement, isSafe)
    }
  }

  /// What found it: the id of a rule of the guideline, or the fixed name of a built-in check (`limit`,
  /// `two-answers`). Lower case, words joined by hyphens.
  public var rule: String
  public var level: Level
  /// The document a person has to open.
  public var path: WorkspacePath
  public var id: JSONString
  /// The place in it; the root where it is about the whole document.
  public var pointer: JSONPointer
  /// The words in the text at ``pointer``, in Unicode code points from its beginning; `nil` for the whole field.
  public var range: Range<Int>?
  /// What is wrong, for the person who wrote it.
  public var message: Sentence
  /// Why the house asks for it, in the house's own words.
  public var rationale: String?
  public var suggestion: Suggestion?

  public init(
    rule: String, level: Level, in document: Document, at pointer: JSONPointer = .root,
    range: Range<Int>? = nil, _ message: Sentence, rationale: String? = nil, suggestion: Suggestion? = nil
  ) {
    (self.rule, self.level, self.path, self.id) = (rule, level, document.path, document.id)
    (self.pointer, self.range, self.message) = (pointer, range, message)
    (self.rationale, self.suggestion) = (rationale, suggestion)
  }
}

extension CountedNoun {
  public static let errors = CountedNoun(fr: ("erreur", "erreurs"), en: ("error", "errors"))
  public static let warnings = CountedNoun(
    fr: ("avertissement", "avertissements"), en: ("warning", "warnings"))
  public static let suggestions = CountedNoun(
    fr: ("suggestion", "suggestions"), en: ("suggestion", "suggestions"))
}
