public import JSONTree
import Wording

/// Topics and words that ask for a second reader, in the singular and the plural.
///
/// `{"from": "/redLines"}` or `{"tokens": ["accident", "personne mineure"]}`
public struct RedLineRule: TextRule {
  public static let check = "red-line"
  private let wanted: Wanted

  public init(parameters: JSONValue?) throws(RuleProblem) {
    wanted = try Wanted(RuleParameters(parameters, knowing: Wanted.names), forms: pluralForms)
  }

  public func matches(in text: CheckedText) -> [RuleMatch] { wanted.ranges(in: text).map { RuleMatch($0) } }
}

/// The forms a group of words can take in the plural: the first word alone, and each word of up to four.
func pluralForms(_ phrase: String) -> [String] {
  let parts = phrase.split(separator: " ").map(String.init)
  guard parts.count <= 4 else { return [([plural(parts[0])] + parts.dropFirst()).joined(separator: " ")] }
  return (1..<(1 << parts.count)).map { choice in
    parts.enumerated().map { choice & (1 << $0) == 0 ? $1 : plural($1) }.joined(separator: " ")
  }
}

/// The regular plural of a French or English noun. Source: Grevisse, Le bon usage, § 515 to 525 (French).
func plural(_ word: String) -> String {
  let end = word.lowercased()
  if ["s", "x", "z"].contains(where: end.hasSuffix) { return word }
  if ["eau", "au", "eu"].contains(where: end.hasSuffix) { return word + "x" }
  if end.hasSuffix("al"), word.count > 3 { return word.dropLast(2) + "aux" }
  return word + "s"
}
