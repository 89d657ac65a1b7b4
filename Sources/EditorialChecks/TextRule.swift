public import JSONTree
public import Wording

/// A kind of rule that an editorial line can ask for: looks at one text by itself.
///
/// A new kind is one file under `Rules/` and one line in the table of kinds.
public protocol TextRule: Sendable {
  /// The `check` of the rules of this kind: `occurrence`.
  static var check: String { get }

  /// - Parameter parameters: The rule's own settings, as the guideline has them.
  /// - Throws: What is wrong with them, for the person who wrote the rule.
  init(parameters: JSONValue?) throws(RuleProblem)

  /// The places that break the rule, in the order of the text.
  func matches(in text: CheckedText) -> [RuleMatch]
}

/// A place in a text that breaks a rule.
public struct RuleMatch: Hashable, Sendable {
  /// In Unicode code points; `nil` where it is about the whole text.
  public var range: Range<Int>?
  /// What is wrong here, where the rule's own message would not say it; `nil` takes the rule's.
  public var message: Sentence?
  public var suggestion: Finding.Suggestion?
  /// The highest level this place may have, however strict the rule: a missing no-break space is never an error.
  public var atMost: Finding.Level?

  public init(
    _ range: Range<Int>? = nil, message: Sentence? = nil, suggestion: Finding.Suggestion? = nil,
    atMost: Finding.Level? = nil
  ) {
    (self.range, self.message, self.suggestion, self.atMost) = (range, message, suggestion, atMost)
  }

  /// The level of this place under a rule of a level.
  public func level(under rule: Finding.Level) -> Finding.Level { atMost.map { min($0, rule) } ?? rule }
}

/// Why a rule of a guideline can't be used. The other rules are.
public struct RuleProblem: Error, Hashable, Sendable {
  /// The place in the rule: `/parameters/tokens/0`.
  public var pointer: JSONPointer
  public var message: Sentence

  public init(at pointer: JSONPointer, _ message: Sentence) {
    (self.pointer, self.message) = (pointer, message)
  }
}
