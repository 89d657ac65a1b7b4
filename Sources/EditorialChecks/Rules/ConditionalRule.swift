public import JSONTree
import Wording

/// Where one thing stands, another has to stand too: a contest asks for its rules, a figure for its source.
///
/// `{"if": ["concours"], "then": ["règlement"]}`; either may be `{"patterns": […]}` instead of words.
public struct ConditionalRule: WordRule {
  public static let check = "conditional"
  private let condition: Wanted
  private let needed: Wanted
  private let neededWords: String?

  public init(parameters: JSONValue?) throws(RuleProblem) {
    let outer = try RuleParameters(
      parameters, knowing: ["if", "then", "ignoreCase", RuleParameters.language])
    let object = parameters?.object ?? JSONObject()
    (condition, _) = try Self.part("if", of: object, outer)
    (needed, neededWords) = try Self.part("then", of: object, outer)
  }

  private static func part(
    _ name: JSONString, of object: JSONObject, _ outer: RuleParameters
  ) throws(RuleProblem) -> (Wanted, words: String?) {
    guard let patterns = object[name]?.object else {
      return (try Wanted(outer, tokensIn: name), try outer.texts(name).first)
    }
    do throws(RuleProblem) {
      var inner = patterns
      inner[RuleParameters.language] = inner[RuleParameters.language] ?? object[RuleParameters.language]
      return (try Wanted(RuleParameters(.object(inner), knowing: Wanted.names)), nil)
    } catch {
      // The place is counted from the rule; what it calls its parameters stands one level lower here.
      let steps = error.pointer.steps.dropFirst()
      throw RuleProblem(at: JSONPointer([.key("parameters"), .key(name)] + steps), error.message)
    }
  }

  public func matches(in text: CheckedText) -> [RuleMatch] {
    guard let first = condition.ranges(in: text).first, needed.ranges(in: text).isEmpty else { return [] }
    let words = text.text(in: first)
    return [
      RuleMatch(
        first,
        message: neededWords.map {
          Sentence(
            fr: "\(Language.french.quoted(words)) demande aussi \(Language.french.quoted($0)).",
            en: "\(Language.english.quoted(words)) asks for \(Language.english.quoted($0)) too.")
        })
    ]
  }
}
