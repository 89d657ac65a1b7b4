import Documents
import EditorialChecks
public import JSONTree
public import ObjectModel
public import Wording

extension Workspace {
  /// Lets a document break a rule where it does today: adds a waiver for each text in question, uncommitted.
  ///
  /// - Parameters:
  ///   - rule: The id of the rule, as findings name it.
  ///   - field: Only for this text; `nil` for every one that breaks the rule.
  ///   - reason: Why; for whoever reads the post later.
  ///   - end: When the exception ends; `nil` with the text.
  /// - Returns: The waivers.
  /// - Throws: `WorkspaceError.nothingToWaive`; `.notWaivable` for a kind without the field `waivers`.
  public func waive(
    _ rule: String, in path: WorkspacePath, field: JSONPointer?, reason: String, until end: Moment?,
    by attribution: Attribution, random: inout some RandomNumberGenerator
  ) throws -> [JSONValue] {
    let report = try check([path], at: Instant(secondsSince1970: Int(attribution.time)))
    guard let document = report.documents.first,
      document.kind.schema.field(at: JSONPointer([.key("waivers")])) != nil
    else { throw WorkspaceError.notWaivable(path) }
    var places: [JSONPointer] = []
    for finding in report.findings where finding.rule.utf8.elementsEqual(rule.utf8) {
      if field ?? finding.pointer == finding.pointer, !places.contains(finding.pointer) {
        places.append(finding.pointer)
      }
    }
    let person = try person(attribution)
    let waivers = places.compactMap { place -> JSONValue? in
      guard let hash = textHash(at: place, in: document) else { return nil }
      let id = ULID(milliseconds: UInt64(max(0, attribution.time)) * 1000, using: &random)
      var waiver: JSONObject = [
        "id": JSONValue(id.text), "rule": JSONValue(rule), "textHash": JSONValue(hash),
        "reason": JSONValue(reason), "by": JSONValue(person),
      ]
      waiver["until"] = end.map { JSONValue($0.description) }
      return .object(waiver)
    }
    if waivers.isEmpty { throw WorkspaceError.nothingToWaive(rule: rule, document: path) }
    let standing = document.value["waivers"]?.array ?? []
    try set(path, "/waivers", to: .array(standing + waivers), by: attribution)
    return waivers
  }
}
