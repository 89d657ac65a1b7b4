import Documents
public import JSONTree
import Wording

/// What a document takes from a statement is what the statement says now: not replaced, not expired, the same version.
///
/// No parameters. Looks at the field `statement` of replies and saved replies, and of kinds of the team's own.
public struct StatementFreshnessRule: DocumentRule {
  public static let check = "statement-freshness"

  public init(parameters: JSONValue?) throws(RuleProblem) { _ = try RuleParameters(parameters, knowing: []) }

  public func matches(in document: PublicDocument, _ context: CheckContext) -> [PlacedMatch] {
    let value = document.document.value
    let isOver = document.document.kind.name == Reply.kind && !Reply(value).mayGoOut
    guard !isOver, let reference = value["statement"], let id = reference["id"]?.string,
      let message = problem(id, reference["version"]?.count, context)
    else { return [] }
    return [PlacedMatch(document.document, "/statement", RuleMatch(message: message))]
  }

  private func problem(_ id: JSONString, _ version: Int?, _ context: CheckContext) -> Sentence? {
    guard let statement = context.documents[id], statement.kind.name == "statement" else {
      return Sentence(fr: "Cette déclaration n’existe pas : \(id)", en: "There is no such statement: \(id)")
    }
    let newer = context.documents.documents(of: "statement").first { $0.value["supersedes"]?.string == id }
    if let newer {
      return Sentence(
        fr: "Cette déclaration a été remplacée par \(Language.french.quoted(newer.title)).",
        en: "This statement has been replaced by \(Language.english.quoted(newer.title)).")
    }
    if let version, let current = statement.value["version"]?.count, version < current {
      return Sentence(
        fr: "La version \(version) de la déclaration est citée; la version \(current) est en vigueur.",
        en: "Version \(version) of the statement is quoted; version \(current) is in force.")
    }
    if let end = statement.value["validUntil"]?.text.flatMap(Instant.init(rfc3339:)), end < context.now {
      return Sentence(
        fr: "Cette déclaration n’est plus en vigueur.", en: "This statement is no longer in force.")
    }
    if let start = statement.value["validFrom"]?.text.flatMap(Instant.init(rfc3339:)), context.now < start {
      return Sentence(
        fr: "Cette déclaration n’est pas encore en vigueur.", en: "This statement is not in force yet.")
    }
    return nil
  }
}
