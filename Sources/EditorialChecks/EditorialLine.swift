import Documents
import JSONTree
import ObjectModel
import Wording

/// The rules of every guideline in force, ready to run, and what keeps some of them from running.
///
/// A rule may take its words from another place of its guideline: `"from": "/terms"`. What stands there may itself be
/// such a reference, `{"from": "/rules/@b/parameters"}`, and references are followed until they end.
struct EditorialLine: Sendable {
  /// A rule in force.
  struct Rule: Sendable {
    let id: JSONString
    let level: Finding.Level
    let runnable: RunnableRule
    let scope: RuleScope
    let isEnabled: Bool
    /// In the language of the guideline.
    let message: String?
    let rationale: String?

    /// What is said where a match has no words of its own.
    var sentence: Sentence {
      message.map { Sentence(fr: $0, en: $0) }
        ?? Sentence(
          fr: "La règle « \(id) » demande autre chose.", en: "The rule “\(id)” asks for something else.")
    }
  }

  private(set) var rules: [Rule] = []
  /// What is wrong with rules, each at its exact place in the guideline. The others run.
  private(set) var problems: [Finding] = []

  /// The fixed name of what is wrong with a rule.
  static let brokenRule = "broken-rule"

  /// - Parameter spelling: Whom rules of spelling ask; without it they find nothing.
  init(
    _ documents: DocumentCollection, schemas: SchemaSet, spelling: (any SpellingDictionary)? = nil,
    at now: Instant
  ) {
    let channels =
      documents.documents(of: Channels.kind).isEmpty
      ? nil : Set(documents.channels.compactMap(\.id))
    for guideline in documents.documents(of: Guideline.kind) where isInForce(guideline, at: now) {
      var seen: Set<JSONString> = []
      for (index, rule) in Guideline(guideline.value).rules.enumerated()
      where rule.isEnabled || rule.isStanding {
        // A name that stands twice leads to the first; the second is found by its number.
        let isNamed = rule.id.map { seen.insert($0).inserted } ?? false
        let step = isNamed ? elementStep(rule.value, index) : JSONPointer.Step.index(index)
        let place = JSONPointer([.key("rules"), step])
        for problem in RuleScope.problems(in: rule.value["scope"], schemas: schemas, channels: channels) {
          problems.append(Self.finding(problem, .warning, at: place, in: guideline))
        }
        do throws(RuleProblem) {
          rules.append(try Self.rule(rule, in: guideline, spelling))
        } catch {
          // What the rule would have said weighs as much as that nobody says it.
          let level = rule.level.flatMap(Finding.Level.init(rawValue:)) ?? .error
          problems.append(Self.finding(error, level, at: place, in: guideline))
        }
      }
    }
  }

  private static func finding(
    _ problem: RuleProblem, _ level: Finding.Level, at place: JSONPointer, in guideline: Document
  ) -> Finding {
    Finding(
      rule: brokenRule, level: level, in: guideline, at: JSONPointer(place.steps + problem.pointer.steps),
      problem.message)
  }

  private static func rule(
    _ rule: Guideline.Rule, in guideline: Document, _ spelling: (any SpellingDictionary)?
  ) throws(RuleProblem) -> Rule {
    guard let level = rule.level.flatMap(Finding.Level.init(rawValue:)) else {
      throw RuleProblem(
        at: "/level", Sentence(fr: "La règle n’a pas de niveau.", en: "The rule has no level."))
    }
    let check = rule.check ?? ""
    let parameters = try resolved(rule.parameters, in: guideline)
    let runnable = try RunnableRule(
      check: check, parameters: parameters, of: Guideline(guideline.value), spelling: spelling)
    guard let runnable else {
      let known = RuleKinds.names.joined(separator: ", ")
      throw RuleProblem(
        at: "/check",
        Sentence(
          fr: "Ligne ne connaît pas la vérification « \(check) »; elle connaît : \(known).",
          en: "Ligne does not know the check “\(check)”; it knows: \(known)."))
    }
    return Rule(
      id: rule.id ?? "", level: level, runnable: runnable, scope: RuleScope(rule.value["scope"]),
      isEnabled: rule.isEnabled, message: rule.message, rationale: rule.value["rationale"]?.text)
  }

  /// The parameters with what `from` leads to in its place.
  private static func resolved(
    _ parameters: JSONValue?, in guideline: Document
  ) throws(RuleProblem) -> JSONValue? {
    guard case .object(var object)? = parameters, let reference = object[RuleParameters.reference] else {
      return parameters
    }
    object[RuleParameters.reference] = try target(of: reference, in: guideline)
    return .object(object)
  }

  private static func target(of reference: JSONValue, in guideline: Document) throws(RuleProblem) -> JSONValue
  {
    let place = RuleParameters.place(RuleParameters.reference)
    var value = reference
    var seen: Set<JSONString> = []
    while let text = value.string {
      guard let pointer = try? JSONPointer(parsing: text.text), !pointer.steps.isEmpty else {
        throw RuleProblem(
          at: place,
          Sentence(
            fr: "« \(text) » n’est pas un endroit de la ligne, comme /terms.",
            en: "“\(text)” is not a place of the guideline, such as /terms."))
      }
      guard seen.insert(text).inserted else {
        throw RuleProblem(
          at: place,
          Sentence(
            fr: "Ces renvois tournent en rond : \(text)", en: "These references go in circles: \(text)"))
      }
      guard let found = guideline.value.value(at: pointer) else {
        // A field the schema knows and nobody has filled in yet holds no words, and that is no mistake.
        if guideline.kind.schema.field(at: pointer) != nil, !pointer.namesAnElement { return .null }
        throw RuleProblem(
          at: place,
          Sentence(
            fr: "« \(text) » ne mène à rien dans cette ligne.",
            en: "“\(text)” leads to nothing in this guideline."))
      }
      value = found
      if let members = found.object, members.count == 1, let next = members[RuleParameters.reference] {
        value = next
      }
    }
    return value
  }
}

extension JSONPointer {
  fileprivate var namesAnElement: Bool {
    steps.contains { if case .element = $0 { true } else { false } }
  }
}

extension Guideline.Rule {
  /// Whether it speaks of a check that looks unless a rule switches it off.
  fileprivate var isStanding: Bool { standingChecks.contains { $0.check != nil && $0.check == check } }
}

/// A guideline holds from its day on; the day begins at midnight UTC.
func isInForce(_ guideline: Document, at now: Instant) -> Bool {
  guard let day = Guideline(guideline.value).effectiveFrom.flatMap(CivilDate.init) else { return true }
  return day.daysSince1970 <= now.date(offset: .utc).daysSince1970
}
